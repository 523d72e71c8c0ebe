// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "release/operation.h"
#include "store/store.h"

#include <QLockFile>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace pk::gui {

/// Writes one operation down while it runs, so that the next start can tell what a crash has left. While it lives, it
/// holds a lock by which another Poolkeeper knows that somebody is at work. GUI thread.
class OperationJournal
{
public:
    /// Begins a row. `folder` is where locks lie; borrows `store`.
    OperationJournal(store::Store &store, const QString &folder, store::OperationRow row);
    ~OperationJournal();
    OperationJournal(const OperationJournal &) = delete;
    OperationJournal &operator=(const OperationJournal &) = delete;

    void step(const release::StepEvent &event);
    /// `outcome`: "done", "failed", "stopped". Once; without it the operation counts as left.
    void end(const std::string &outcome, const QString &message, WallTime when);

    /// True while a living process works on the release of `row`, this one included.
    static bool isAtWork(const QString &folder, const store::OperationRow &row);

private:
    struct Row;

    store::Store &m_store;
    std::shared_ptr<Row> m_row; ///< Shared with the store's answer, which may come after the end.
    QLockFile m_lock;
};

} // namespace pk::gui
