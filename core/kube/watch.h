// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/mailbox.h"
#include "http/call.h"
#include "kube/answer.h"
#include "kube/apirequest.h"

#include <iterator>
#include <memory>

namespace pk::kube {

/// How far what a watch has told can be trusted. A table of a stale watch must look stale.
struct WatchState
{
    enum class Phase {
        Loading, ///< The first list is on its way.
        Live,
        Stale, ///< The connection was lost at `since`; it is tried again.
        Forbidden, ///< Not allowed, or not logged in; it is tried again, slowly.
    };
    Phase phase = Phase::Loading;
    WallTime since = {};
    Error error = {}; ///< The last failure, for Stale and Forbidden (and Loading, when the first tries failed).
};

/// Tells an object from all others, and its states from each other.
struct ObjectKey
{
    std::string nameSpace = {};
    std::string name = {};
    std::string uid = {};
    std::string resourceVersion = {}; ///< Opaque: equal or not, nothing else.
    bool operator==(const ObjectKey &) const = default;
};

enum class ChangeKind { Added, Updated, Deleted };

template <class T> struct WatchChange
{
    ChangeKind kind = ChangeKind::Added;
    ObjectKey key = {};
    T object; ///< For Deleted the last state.
};

/// All that happened since the last update, in order.
template <class T> struct WatchUpdate
{
    WatchState state = {};
    bool replaced = false; ///< `changes` begin with the full list (all Added): everything known before is void.
    std::vector<WatchChange<T>> changes = {};
    int undecodable = 0; ///< Objects that the decoder refused.
};

/// What a watch follows, and how patient it is. The defaults are Kubernetes' reflector's.
struct WatchSpec
{
    Resource resource = {};
    std::string nameSpace = {}; ///< Empty: the whole cluster.
    Selection selection = {};
    int pageSize = 500;
    std::chrono::milliseconds firstBackoff{800};
    std::chrono::milliseconds longestBackoff{30'000};
    std::chrono::milliseconds goodAfter{120'000}; ///< So long without failure resets the backoff.
    std::chrono::milliseconds silence{150'000}; ///< No byte for so long: the connection is dead.
    std::size_t lineLimit = 8u << 20; ///< Bytes of one event.
};

/// Where a reflector delivers to; on the I/O thread.
class WatchSink
{
public:
    virtual ~WatchSink() = default;
    /// The objects from now until flush() are the full list.
    virtual void replaceAll() = 0;
    /// False when it could not be decoded; it is left out then.
    virtual bool object(ChangeKind kind, ObjectKey key, std::string_view json) = 0;
    /// Of the objects collected since the last flush(), only the first `count` still count.
    virtual void truncate(std::size_t count) = 0;
    /// Forgets what was collected since the last flush(), and replaceAll() too.
    virtual void discard() = 0;
    /// Hands over what was collected, with the state of the watch.
    virtual void flush(const WatchState &state, int undecodable) = 0;
    virtual bool isCancelled() const = 0;
};

/// Decodes on the I/O thread and carries updates to the receiver's thread. A slow receiver gets fewer, larger ones.
template <class T>
class WatchFeed : public http::CallState, public WatchSink, public std::enable_shared_from_this<WatchFeed<T>>
{
public:
    using Callback = std::function<void(WatchUpdate<T>)>;

    WatchFeed(Decoder<T> decoder, std::shared_ptr<http::Dispatcher> dispatcher, Callback callback) :
        m_decoder(std::move(decoder)), m_callback(std::move(callback)),
        m_box([this, dispatcher = std::move(dispatcher)] {
            dispatcher->post([self = this->shared_from_this()] { self->drain(); });
        })
    {
    }

    void replaceAll() override
    {
        m_next = {};
        m_next.replaced = true;
    }
    bool object(ChangeKind kind, ObjectKey key, std::string_view json) override
    {
        auto decoded = m_decoder(json);
        if (decoded)
            m_next.changes.push_back({kind, std::move(key), std::move(*decoded)});
        return decoded.ok();
    }
    void truncate(std::size_t count) override
    {
        m_next.changes.erase(m_next.changes.begin() + std::ptrdiff_t(count), m_next.changes.end());
    }
    void discard() override { m_next = {}; }
    void flush(const WatchState &state, int undecodable) override
    {
        m_next.state = state;
        m_next.undecodable = undecodable;
        m_box.send(std::exchange(m_next, {}));
    }
    bool isCancelled() const override { return CallState::isCancelled(); }
    bool isWaiting() const override { return m_callback != nullptr; }

protected:
    void dropCallback() override { m_callback = nullptr; }

private:
    void drain()
    {
        auto updates = m_box.takeAll();
        if (updates.empty() || !m_callback)
            return;
        WatchUpdate<T> all = std::move(updates.front());
        for (auto next = std::next(updates.begin()); next != updates.end(); ++next) {
            if (next->replaced) {
                all = std::move(*next);
                continue;
            }
            all.state = std::move(next->state);
            all.undecodable += next->undecodable;
            std::move(next->changes.begin(), next->changes.end(), std::back_inserter(all.changes));
        }
        const Callback callback = m_callback; // It may destroy its Call.
        callback(std::move(all));
    }

    Decoder<T> m_decoder; ///< I/O thread only.
    WatchUpdate<T> m_next; ///< I/O thread only.
    Callback m_callback; ///< Receiver's thread only.
    Mailbox<WatchUpdate<T>> m_box;
};

} // namespace pk::kube
