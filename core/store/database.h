// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "store/store.h"

#include <memory>
#include <string>
#include <vector>

struct sqlite3;

namespace pk::store {

/// The file itself, on one thread. Every write is one transaction, so a killed process loses at most the one it was in.
class Database
{
public:
    static Result<std::unique_ptr<Database>> open(const std::string &path);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    Result<void> addEvictions(const std::vector<EvictionRow> &rows);
    Result<std::vector<EvictionRow>> evictions(const Store::EvictionQuery &query);
    Result<std::int64_t> beginOperation(const OperationRow &row);
    Result<void> addStep(std::int64_t operation, const StepRow &step);
    Result<void> setRevision(std::int64_t operation, int revision);
    Result<void> endOperation(
        std::int64_t operation, const std::string &outcome, const std::string &message, WallTime when);
    Result<std::vector<OperationRow>> leftOperations(const std::string &cluster);
    Result<void> approve(const ApprovalRow &row);
    Result<void> revoke(const std::string &hash);
    Result<std::vector<ApprovalRow>> approvals();
    Result<void> addDisk(const std::vector<DiskRow> &rows);
    Result<std::vector<DiskRow>> disk(const std::string &cluster, const std::string &subject, WallTime since);

private:
    Database(sqlite3 *handle, std::string path) : m_handle(handle), m_path(std::move(path)) { }
    Result<void> migrate();
    Result<void> run(const char *sql);
    Error failure() const;

    sqlite3 *m_handle;
    std::string m_path;
};

} // namespace pk::store
