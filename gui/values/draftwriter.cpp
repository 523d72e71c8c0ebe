// SPDX-License-Identifier: GPL-3.0-or-later
#include "values/draftwriter.h"

namespace pk::gui {

DraftWriter::DraftWriter(document::DraftStore &store, QObject *parent) : QObject(parent), m_store(store) { }

DraftWriter::~DraftWriter()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void DraftWriter::save(document::Draft draft, WallTime now)
{
    m_holds = true;
    ++m_newest;
    {
        const std::lock_guard lock(m_mutex);
        m_next = Job{m_newest, std::move(draft), now};
    }
    m_wake.notify_all();
    if (!m_thread.joinable())
        m_thread = std::thread([this] { work(); });
}

Result<void> DraftWriter::remove(const std::string &id)
{
    m_holds = false;
    ++m_newest; // Nobody is told of what was written before.
    {
        std::unique_lock lock(m_mutex);
        m_next.reset();
        m_wake.wait(lock, [this] { return !m_writing; });
    }
    return m_store.remove(id);
}

void DraftWriter::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_stopping || m_next; });
        if (!m_next)
            return; // Stopping, and nothing waits any more.
        const Job job = std::move(*m_next);
        m_next.reset();
        m_writing = true;
        lock.unlock();
        const Result<void> saved = m_store.save(job.draft, job.now);
        QMetaObject::invokeMethod(
            this,
            [this, id = job.id, failed = saved ? std::nullopt : std::optional(saved.error())] {
                if (id == m_newest)
                    Q_EMIT written(failed);
            },
            Qt::QueuedConnection);
        lock.lock();
        m_writing = false;
        m_wake.notify_all();
    }
}

} // namespace pk::gui
