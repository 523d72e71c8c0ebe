// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/call.h"
#include "http/iothread.h"
#include "kube/answer.h"
#include "kube/apirequest.h"
#include "kube/execapproval.h"
#include "kube/json.h"
#include "kube/kubeconfig.h"
#include "kube/listtaker.h"
#include "kube/watch.h"
#include "value/value.h"

#include <memory>
#include <optional>

namespace pk::kube {

class Session;

/// GET /version
struct ServerVersion
{
    std::string gitVersion = {}; ///< "v1.36.3", authoritative.
    std::string major = {};
    std::string minor = {}; ///< May end in "+".
    std::string platform = {};
};

struct Access
{
    bool allowed = false;
    std::string reason = {};
    std::string evaluationError = {};
};

struct Identity
{
    std::string username = {};
    std::string uid = {};
    std::vector<std::string> groups = {};
};

struct LogLine
{
    std::string time = {}; ///< RFC 3339 with nanoseconds, as the server wrote it; may be empty.
    std::string text = {}; ///< As it came, without the line end; cut at 64 KiB. Not cleaned: it may hold colours.
};

/// The next part of a log.
struct LogChunk
{
    std::vector<LogLine> lines = {};
    bool ended = false; ///< Nothing more comes: the whole log was read, or see `error`.
    bool reconnecting = false; ///< A followed log lost its connection and is being resumed.
    std::optional<Error> error = {};
};

/// Asks for the object (or list) at a path of the API, for a thread of its own: the answer comes through the dispatcher
/// that is given with the question. May be called from any thread, and outlives the client that it came from.
using ObjectReader = std::function<http::Call(
    const std::string &path, std::shared_ptr<http::Dispatcher> dispatcher, std::function<void(Answer<Value>)> done)>;

/// One cluster as one user: asks its API server without ever blocking the caller.
///
/// Each call returns a Call that must be kept until the answer came; callbacks run on the thread of the dispatcher.
/// Requests run on the I/O thread over few HTTP/2 connections; credentials come from the context (certificates, token,
/// token file, plugin) and are renewed once after a 401. Answers may come in another order than the calls. Calls that
/// are pending when the client dies still complete. The I/O thread must outlive the client.
class ApiClient
{
public:
    struct Options
    {
        std::shared_ptr<ExecApprovals> approvals = {}; ///< Empty: no plugin may run.
        std::vector<std::string> searchPath = {}; ///< Folders for bare plugin commands; empty: $PATH.
        std::chrono::milliseconds pluginTimeout{300'000}; ///< People log in with a browser.
        bool http1Only = false;
    };
    template <class T> using Done = std::function<void(Answer<T>)>;

    ApiClient(http::IoThread &io, std::shared_ptr<http::Dispatcher> dispatcher, ContextConfig context, Options options);
    ~ApiClient();

    const std::string &contextName() const { return m_name; }
    /// The namespace of the context; never empty.
    const std::string &nameSpace() const { return m_nameSpace; }
    /// Of the last answer, for "Live, 41 ms"; nothing before the first.
    std::optional<std::chrono::milliseconds> lastLatency() const;

    // --- Reading
    http::Call get(const ObjectPath &path, Done<Value> done, const CallOptions &options = {});
    template <class T>
    http::Call get(const ObjectPath &path, Decoder<T> decoder, Done<T> done, const CallOptions &options = {})
    {
        return request<T>({.path = path.text(), .options = options}, std::move(decoder), std::move(done));
    }
    ObjectReader reader() const;
    /// All objects, in pages of 500, decoded one by one; restarts by itself when the list expires in between.
    template <class T>
    http::Call list(const ObjectPath &path, const Selection &selection, Decoder<T> decoder, Done<Listing<T>> done,
        const CallOptions &options = {});
    /// Follows the objects of a kind (list, then watch) until the Call dies. See WatchUpdate.
    template <class T>
    http::Call watch(const WatchSpec &spec, Decoder<T> decoder, std::function<void(WatchUpdate<T>)> onUpdate)
    {
        const auto feed = std::make_shared<WatchFeed<T>>(std::move(decoder), m_dispatcher, std::move(onUpdate));
        startWatch(spec, feed, *feed);
        return http::Call(feed);
    }
    /// Parts of a container's log. A followed log that loses its connection resumes where it was, without duplicates.
    http::Call logs(const ObjectPath &pod, const LogOptions &options, std::function<void(LogChunk)> onChunk);

    // --- Writing. `object` must name apiVersion, kind and metadata.name; paths are of the object, without subresource
    // unless that is meant.
    http::Call create(const ObjectPath &path, const Value &object, const WriteOptions &options, Done<Value> done);
    http::Call replace(const ObjectPath &path, const Value &object, const WriteOptions &options, Done<Value> done);
    /// Server-side apply: creates or updates. Other owners of a field: code Conflict, id "kube.field-conflict", one
    /// cause for each field. An unknown or mistyped field: "kube.not-accepted".
    http::Call apply(const ObjectPath &path, const Value &object, const ApplyOptions &options, Done<Value> done);
    http::Call patch(
        const ObjectPath &path, PatchType type, const Value &patch, const WriteOptions &options, Done<Value> done);
    /// The answer is the object as it is now (perhaps terminating), or a Status.
    http::Call remove(const ObjectPath &path, const DeleteOptions &options, Done<Value> done);

    // --- About the server and ourselves
    http::Call version(Done<ServerVersion> done);
    /// All kinds that the server knows. Aggregated discovery, or the older way on servers without it.
    http::Call discover(Done<ResourceCatalog> done);
    /// The kind of an object: at once for those that Poolkeeper knows, else by discovery, which is then remembered.
    /// Code NotFound, id "kube.kind-unknown", for kinds that the server does not have.
    http::Call resourceOf(const std::string &apiVersion, const std::string &kind, Done<Resource> done);
    /// May the user do this? Ask many at once: they share a connection.
    http::Call mayI(const AccessQuestion &question, Done<Access> done);
    /// Code NotFound on servers before 1.28.
    http::Call whoAmI(Done<Identity> done);

    /// Any other request.
    struct Raw
    {
        std::string method = "GET";
        std::string path = {}; ///< "/api/v1/nodes/NAME/proxy/stats/summary"
        Query query = {};
        std::string body = {};
        std::string contentType = "application/json";
        std::string accept = "application/json";
        CallOptions options = {};
    };
    template <class T> http::Call request(Raw raw, Decoder<T> decoder, Done<T> done)
    {
        auto delivery = std::make_shared<http::Delivery<Answer<T>>>(m_dispatcher, std::move(done));
        start(std::move(raw), delivery,
            [delivery, decoder = std::move(decoder)](Result<std::string> body, const AnswerInfo &info) {
                if (!body)
                    return delivery->finish({body.error(), info});
                body->reserve(body->size() + jsonPadding);
                delivery->finish({decoder(*body), info});
            });
        return http::Call(delivery);
    }

private:
    ApiClient(const ApiClient &) = default;

    using RawDone = std::function<void(Result<std::string> body, const AnswerInfo &info)>;
    using ListDone = std::function<void(Result<ListEnd> end, const AnswerInfo &info)>;

    http::Call write(Raw raw, Query query, const CallOptions &options, const Value &body, Done<Value> done);
    void start(Raw raw, const std::shared_ptr<http::CallState> &state, RawDone done);
    void startList(const ObjectPath &path, const Selection &selection, const CallOptions &options,
        const std::shared_ptr<http::CallState> &state, ListTaker taker, ListDone done);
    void startWatch(const WatchSpec &spec, std::shared_ptr<WatchSink> sink, http::CallState &state);
    std::function<void(std::chrono::milliseconds, const std::string &)> waitingOn(
        const CallOptions &options, const std::shared_ptr<http::CallState> &state) const;

    std::string m_name;
    std::string m_nameSpace;
    std::shared_ptr<http::Dispatcher> m_dispatcher;
    std::function<void(std::function<void(http::IoCore &)>)> m_post;
    std::shared_ptr<Session> m_session;
};

template <class T>
http::Call ApiClient::list(const ObjectPath &path, const Selection &selection, Decoder<T> decoder,
    Done<Listing<T>> done, const CallOptions &options)
{
    const auto delivery = std::make_shared<http::Delivery<Answer<Listing<T>>>>(m_dispatcher, std::move(done));
    const auto listing = std::make_shared<Listing<T>>(); // I/O thread only.
    ListTaker taker{.item =
                        [listing, decoder = std::move(decoder)](std::string_view json) {
                            auto decoded = decoder(json);
                            if (decoded)
                                listing->items.push_back(std::move(*decoded));
                            return decoded.ok();
                        },
        .truncate =
            [listing](std::size_t count) {
                listing->items.erase(listing->items.begin() + std::ptrdiff_t(count), listing->items.end());
            }};
    startList(path, selection, options, delivery, std::move(taker),
        [listing, delivery](Result<ListEnd> end, const AnswerInfo &info) {
            if (!end)
                return delivery->finish({end.error(), info});
            listing->resourceVersion = std::move(end->resourceVersion);
            listing->undecodable = end->undecodable;
            delivery->finish({std::move(*listing), info});
        });
    return http::Call(delivery);
}

} // namespace pk::kube
