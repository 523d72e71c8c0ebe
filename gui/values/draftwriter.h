// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "document/draftstore.h"

#include <QObject>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace pk::gui {

/// Writes the drafts of one session on a thread of its own: taking the secrets out of some megabytes and syncing them
/// to the disk must not hold up a key. A newer draft replaces one that still waits. Lives on the GUI thread; written()
/// is emitted there.
class DraftWriter : public QObject
{
    Q_OBJECT
public:
    /// Borrows `store`.
    explicit DraftWriter(document::DraftStore &store, QObject *parent = nullptr);
    /// Writes what still waits.
    ~DraftWriter() override;

    void save(document::Draft draft, WallTime now);
    /// Drops what waits; what is being written is waited for, so that it cannot come back.
    Result<void> remove(const std::string &id);
    /// Something was given to be written that was not removed since.
    bool holdsDraft() const { return m_holds; }

Q_SIGNALS:
    /// Only ever for the newest draft.
    void written(const std::optional<pk::Error> &failed);

private:
    struct Job
    {
        quint64 id = 0;
        document::Draft draft;
        WallTime now{};
    };
    void work();

    document::DraftStore &m_store;
    quint64 m_newest = 0;
    bool m_holds = false;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::optional<Job> m_next; ///< Guarded by m_mutex.
    bool m_writing = false; ///< Guarded by m_mutex.
    bool m_stopping = false; ///< Guarded by m_mutex.
    std::thread m_thread; ///< Begins with the first draft.
};

} // namespace pk::gui
