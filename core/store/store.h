// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "store/rows.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace pk::store {

/// What Poolkeeper remembers between its runs: one SQLite file, used on a thread of its own.
///
/// Writes are queued and kept in order; nobody waits for them. Answers to questions come through `post` (which runs
/// work on the asker's thread). A file that is locked, damaged or of a newer Poolkeeper makes every question fail with
/// the same Error (ids "store.locked", "store.damaged", "store.newer", "store.unavailable", parameter "path") and drops
/// writes; nothing else stops working. No secret ever goes in: texts pass redact().
class Store
{
public:
    using Post = std::function<void(std::function<void()>)>;
    template <class T> using Done = std::function<void(Result<T>)>;

    /// Opens (or makes) the file, on the store's thread.
    Store(std::string path, Post post);
    /// Finishes what is queued, then joins. Answers that have not been posted by then never come.
    ~Store();
    Store(const Store &) = delete;
    Store &operator=(const Store &) = delete;

    /// Whether the file could be opened; asked once at the start.
    void state(Done<bool> done);

    void addEvictions(std::vector<EvictionRow> rows);
    struct EvictionQuery
    {
        std::string cluster = {};
        std::string ns = {}; ///< Empty: all.
        std::string pool = {}; ///< Empty: all.
        WallTime since = {};
        int limit = 1000;
    };
    void evictions(EvictionQuery query, Done<std::vector<EvictionRow>> done); ///< Newest first.

    /// A new operation; `done` gets its id.
    void beginOperation(OperationRow row, Done<std::int64_t> done);
    void addStep(std::int64_t operation, StepRow step);
    void setRevision(std::int64_t operation, int revision);
    void endOperation(std::int64_t operation, std::string outcome, std::string message, WallTime when);
    /// Those that never ended, newest first: for the question at the next start.
    void leftOperations(std::string cluster, Done<std::vector<OperationRow>> done);

    void approve(ApprovalRow row);
    void revoke(std::string hash);
    void approvals(Done<std::vector<ApprovalRow>> done);

    /// Rows over 30 days old are dropped now and then.
    void addDisk(std::vector<DiskRow> rows);
    void disk(
        std::string cluster, std::string subject, WallTime since, Done<std::vector<DiskRow>> done); ///< Oldest first.

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace pk::store
