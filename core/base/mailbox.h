// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace pk {

/// The one way in which threads hand each other data: many senders, one receiver, order kept.
///
/// The bell is called on the sending thread when the box goes from empty to not empty. It only wakes the receiver (a
/// curl_multi_wakeup, a queued Qt call): it must not block, and must not touch the box. After close() nothing is taken
/// any more and no bell rings, so a receiver closes its box before it dies. Senders hold the box by std::shared_ptr.
template <class Message> class Mailbox
{
public:
    explicit Mailbox(std::function<void()> bell) : m_bell(std::move(bell)) { }

    /// False when the box is closed; the message is dropped then.
    bool send(Message message)
    {
        const std::lock_guard lock(m_mutex);
        if (m_closed)
            return false;
        m_messages.push_back(std::move(message));
        // Under the lock, so that close() can promise that no bell rings after it.
        if (m_messages.size() == 1 && m_bell)
            m_bell();
        return true;
    }

    /// All that has come since the last call, oldest first. On the receiver's thread.
    std::vector<Message> takeAll()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_messages, {});
    }

    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_messages.clear();
    }

private:
    std::mutex m_mutex;
    std::vector<Message> m_messages;
    std::function<void()> m_bell;
    bool m_closed = false;
};

} // namespace pk
