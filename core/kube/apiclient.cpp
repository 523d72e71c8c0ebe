// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/apiclient.h"

#include "kube/discovery.h"
#include "kube/listoperation.h"
#include "kube/logstream.h"
#include "kube/reflector.h"
#include "yaml/json.h"

#include <unistd.h>

namespace pk::kube {

namespace {

/// How an operation that starts on the I/O thread is stopped by a Call that died, wherever it has come to.
template <class Operation> class Running
{
public:
    void set(std::weak_ptr<Operation> operation) { *m_operation = std::move(operation); }
    std::function<void()> abort(std::function<void(std::function<void(http::IoCore &)>)> post) const
    {
        return [post = std::move(post), operation = m_operation] {
            post([operation](http::IoCore &) {
                if (const auto running = operation->lock())
                    running->cancel();
            });
        };
    }

private:
    std::shared_ptr<std::weak_ptr<Operation>> m_operation = std::make_shared<std::weak_ptr<Operation>>();
};

PluginEnvironment pluginEnvironment(const ApiClient::Options &options)
{
    PluginEnvironment environment{.searchPath = options.searchPath, .timeout = options.pluginTimeout};
    std::string path;
    for (char **variable = environ; *variable; ++variable) {
        environment.variables.emplace_back(*variable);
        if (environment.variables.back().starts_with("PATH="))
            path = environment.variables.back().substr(5);
    }
    if (environment.searchPath.empty())
        for (std::size_t begin = 0; begin < path.size();) {
            const auto end = std::min(path.find(':', begin), path.size());
            environment.searchPath.push_back(path.substr(begin, end - begin));
            begin = end + 1;
        }
    return environment;
}

std::string serverTimeout(const CallOptions &options)
{
    return std::to_string(std::max<std::int64_t>(1, options.timeout.count() / 1000)) + "s";
}

Query writeQuery(const std::string &fieldManager, bool dryRun, bool strict)
{
    Query query{{"fieldManager", fieldManager}, {"fieldValidation", strict ? "Strict" : "Warn"}};
    if (dryRun)
        query.emplace_back("dryRun", "All");
    return query;
}

ObjectPath collection(ObjectPath path)
{
    path.name.clear();
    return path;
}

std::vector<std::string> textsOf(const Value &list)
{
    std::vector<std::string> texts;
    if (list.isList())
        for (const Value &item : list.asList().items)
            texts.push_back(item.stringOr());
    return texts;
}

/// A decoder that reads the whole tree first, for small answers.
template <class T> Decoder<T> fromTree(std::function<T(const Value &)> convert)
{
    return [convert = std::move(convert)](std::string_view json) -> Result<T> {
        const auto tree = parseObject(json);
        if (!tree)
            return tree.error();
        return convert(*tree);
    };
}

Value accessReview(const AccessQuestion &question)
{
    Value attributes =
        Value::map({{"verb", Value::string(question.verb)}, {"resource", Value::string(question.resource)}});
    const auto set = [&attributes](const char *key, const std::string &text) {
        if (!text.empty())
            attributes.asMap().set(key, Value::string(text));
    };
    set("group", question.group);
    set("subresource", question.subresource);
    set("namespace", question.nameSpace);
    set("name", question.name);
    return Value::map(
        {{"apiVersion", Value::string("authorization.k8s.io/v1")}, {"kind", Value::string("SelfSubjectAccessReview")},
            {"spec", Value::map({{"resourceAttributes", attributes}})}});
}

Value deleteBody(const DeleteOptions &options)
{
    Value body = Value::map({{"apiVersion", Value::string("v1")}, {"kind", Value::string("DeleteOptions")}});
    Value preconditions = Value::map();
    if (!options.uid.empty())
        preconditions.asMap().set("uid", Value::string(options.uid));
    if (!options.resourceVersion.empty())
        preconditions.asMap().set("resourceVersion", Value::string(options.resourceVersion));
    if (!preconditions.asMap().isEmpty())
        body.asMap().set("preconditions", preconditions);
    if (options.propagation != DeleteOptions::Propagation::ServerDefault)
        body.asMap().set("propagationPolicy",
            Value::string(options.propagation == DeleteOptions::Propagation::Background ? "Background"
                    : options.propagation == DeleteOptions::Propagation::Foreground     ? "Foreground"
                                                                                        : "Orphan"));
    if (options.graceSeconds)
        body.asMap().set("gracePeriodSeconds", Value::integer(*options.graceSeconds));
    if (options.dryRun)
        body.asMap().set("dryRun", Value::strings({"All"}));
    return body;
}

Error unknownKind(const std::string &apiVersion, const std::string &kind)
{
    return {.code = Error::Code::NotFound,
        .message = "no matches for kind \"" + kind + "\" in version \"" + apiVersion + "\"",
        .id = "kube.kind-unknown",
        .parameters = {{"kind", kind}, {"version", apiVersion}}};
}

constexpr const char *contentType(PatchType type)
{
    switch (type) {
    case PatchType::Json:
        return "application/json-patch+json";
    case PatchType::Merge:
        return "application/merge-patch+json";
    case PatchType::StrategicMerge:
        break;
    }
    return "application/strategic-merge-patch+json";
}

} // namespace

ApiClient::ApiClient(
    http::IoThread &io, std::shared_ptr<http::Dispatcher> dispatcher, ContextConfig context, Options options) :
    m_name(context.name),
    m_nameSpace(context.nameSpace), m_dispatcher(std::move(dispatcher)), m_post(io.poster()),
    m_session(
        std::make_shared<Session>(std::move(context), options.approvals, pluginEnvironment(options), options.http1Only))
{
}

ApiClient::~ApiClient() = default;

std::optional<std::chrono::milliseconds> ApiClient::lastLatency() const
{
    const auto latency = m_session->latency();
    return latency < 0 ? std::nullopt : std::optional(std::chrono::milliseconds(latency));
}

http::Call ApiClient::get(const ObjectPath &path, Done<Value> done, const CallOptions &options)
{
    return get<Value>(path, parseObject, std::move(done), options);
}

ObjectReader ApiClient::reader() const
{
    return [shared = std::shared_ptr<const ApiClient>(new ApiClient(*this))](const std::string &path,
               std::shared_ptr<http::Dispatcher> dispatcher, std::function<void(Answer<Value>)> done) {
        ApiClient asking(*shared);
        asking.m_dispatcher = std::move(dispatcher);
        return asking.request<Value>({.path = path}, parseObject, std::move(done));
    };
}

http::Call ApiClient::write(Raw raw, Query query, const CallOptions &options, const Value &body, Done<Value> done)
{
    raw.query = std::move(query);
    raw.query.emplace_back("timeout", serverTimeout(options));
    raw.options = options;
    raw.body = yaml::toJson(body);
    return request<Value>(std::move(raw), parseObject, std::move(done));
}

http::Call ApiClient::create(const ObjectPath &path, const Value &object, const WriteOptions &options, Done<Value> done)
{
    return write({.method = "POST", .path = collection(path).text()},
        writeQuery(options.fieldManager, options.dryRun, options.strict), options.call, object, std::move(done));
}

http::Call ApiClient::replace(
    const ObjectPath &path, const Value &object, const WriteOptions &options, Done<Value> done)
{
    return write({.method = "PUT", .path = path.text()},
        writeQuery(options.fieldManager, options.dryRun, options.strict), options.call, object, std::move(done));
}

http::Call ApiClient::apply(const ObjectPath &path, const Value &object, const ApplyOptions &options, Done<Value> done)
{
    Query query = writeQuery(options.fieldManager, options.dryRun, true);
    query.emplace_back("force", options.force ? "true" : "false");
    // The name says YAML, but JSON is YAML, and has none of its traps (y, on, 1_000).
    return write({.method = "PATCH", .path = path.text(), .contentType = "application/apply-patch+yaml"},
        std::move(query), options.call, object, std::move(done));
}

http::Call ApiClient::patch(
    const ObjectPath &path, PatchType type, const Value &patch, const WriteOptions &options, Done<Value> done)
{
    return write({.method = "PATCH", .path = path.text(), .contentType = contentType(type)},
        writeQuery(options.fieldManager, options.dryRun, options.strict), options.call, patch, std::move(done));
}

http::Call ApiClient::remove(const ObjectPath &path, const DeleteOptions &options, Done<Value> done)
{
    return write({.method = "DELETE", .path = path.text()}, {}, options.call, deleteBody(options), std::move(done));
}

http::Call ApiClient::version(Done<ServerVersion> done)
{
    return request<ServerVersion>({.path = "/version"}, fromTree<ServerVersion>([](const Value &tree) {
        return ServerVersion{.gitVersion = tree.get("gitVersion").stringOr(),
            .major = tree.get("major").stringOr(),
            .minor = tree.get("minor").stringOr(),
            .platform = tree.get("platform").stringOr()};
    }),
        std::move(done));
}

http::Call ApiClient::mayI(const AccessQuestion &question, Done<Access> done)
{
    return request<Access>({.method = "POST",
                               .path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                               .body = yaml::toJson(accessReview(question))},
        fromTree<Access>([](const Value &tree) {
            const Value status = tree.get("status");
            return Access{.allowed = status.get("allowed").boolOr(false),
                .reason = status.get("reason").stringOr(),
                .evaluationError = status.get("evaluationError").stringOr()};
        }),
        std::move(done));
}

http::Call ApiClient::whoAmI(Done<Identity> done)
{
    const Value review = Value::map(
        {{"apiVersion", Value::string("authentication.k8s.io/v1")}, {"kind", Value::string("SelfSubjectReview")}});
    return request<Identity>(
        {.method = "POST", .path = "/apis/authentication.k8s.io/v1/selfsubjectreviews", .body = yaml::toJson(review)},
        fromTree<Identity>([](const Value &tree) {
            const Value user = tree.at({"status", "userInfo"});
            return Identity{.username = user.get("username").stringOr(),
                .uid = user.get("uid").stringOr(),
                .groups = textsOf(user.get("groups"))};
        }),
        std::move(done));
}

http::Call ApiClient::discover(Done<ResourceCatalog> done)
{
    const auto delivery = std::make_shared<http::Delivery<Answer<ResourceCatalog>>>(m_dispatcher, std::move(done));
    Running<Discovery> running;
    delivery->setAbort(running.abort(m_post));
    m_post([session = m_session, delivery, running](http::IoCore &core) mutable {
        if (!delivery->isCancelled())
            running.set(
                Discovery::start(core, session, [delivery](Result<ResourceCatalog> catalog, const AnswerInfo &info) {
                    delivery->finish({std::move(catalog), info});
                }));
    });
    return http::Call(delivery);
}

http::Call ApiClient::resourceOf(const std::string &apiVersion, const std::string &kind, Done<Resource> done)
{
    const auto delivery = std::make_shared<http::Delivery<Answer<Resource>>>(m_dispatcher, std::move(done));
    if (auto known = knownResource(apiVersion, kind)) {
        delivery->finish({std::move(*known)});
        return http::Call(delivery);
    }
    Running<Discovery> running;
    delivery->setAbort(running.abort(m_post));
    m_post([session = m_session, delivery, running, apiVersion, kind](http::IoCore &core) mutable {
        const Resource *remembered = session->catalog() ? session->catalog()->find(apiVersion, kind) : nullptr;
        if (remembered)
            return delivery->finish({*remembered});
        if (delivery->isCancelled())
            return;
        running.set(Discovery::start(core, session,
            [session, delivery, apiVersion, kind](Result<ResourceCatalog> catalog, const AnswerInfo &info) {
                if (!catalog)
                    return delivery->finish({catalog.error(), info});
                session->setCatalog(std::make_shared<ResourceCatalog>(std::move(*catalog)));
                const Resource *found = session->catalog()->find(apiVersion, kind);
                delivery->finish({found ? Result<Resource>(*found) : unknownKind(apiVersion, kind), info});
            }));
    });
    return http::Call(delivery);
}

http::Call ApiClient::logs(const ObjectPath &pod, const LogOptions &options, std::function<void(LogChunk)> onChunk)
{
    const auto feed = std::make_shared<LogFeed>(m_dispatcher, std::move(onChunk));
    Running<LogStream> running;
    feed->setAbort(running.abort(m_post));
    m_post([session = m_session, pod, options, feed, running](http::IoCore &core) mutable {
        if (!feed->isCancelled())
            running.set(LogStream::start(core, session, pod, options, feed));
    });
    return http::Call(feed);
}

std::function<void(std::chrono::milliseconds, const std::string &)> ApiClient::waitingOn(
    const CallOptions &options, const std::shared_ptr<http::CallState> &state) const
{
    if (!options.waiting)
        return {};
    return [dispatcher = m_dispatcher, waiting = options.waiting, state](
               std::chrono::milliseconds wait, const std::string &reason) {
        dispatcher->post([waiting, state, wait, reason] {
            if (state->isWaiting())
                waiting(wait, reason);
        });
    };
}

void ApiClient::start(Raw raw, const std::shared_ptr<http::CallState> &state, RawDone done)
{
    Running<RequestOperation> running;
    state->setAbort(running.abort(m_post));
    const CallOptions options = raw.options;
    auto waiting = waitingOn(options, state);
    m_post([session = m_session, state, running, raw = std::move(raw), waiting = std::move(waiting),
               tries = options.tries, timeout = options.timeout, done = std::move(done)](http::IoCore &core) mutable {
        if (state->isCancelled())
            return;
        Sending sending{.method = raw.method,
            .path = std::move(raw.path),
            .query = std::move(raw.query),
            .body = std::move(raw.body),
            .contentType = std::move(raw.contentType),
            .accept = std::move(raw.accept),
            .timeout = timeout,
            .bodyLimit = 64u << 20};
        running.set(RequestOperation::startWhole(core, session, std::move(sending), tries, std::move(waiting),
            [done = std::move(done)](Result<std::string> body, const AnswerInfo &info, const http::Headers &) {
                done(std::move(body), info);
            }));
    });
}

void ApiClient::startList(const ObjectPath &path, const Selection &selection, const CallOptions &options,
    const std::shared_ptr<http::CallState> &state, ListTaker taker, ListDone done)
{
    Running<ListOperation> running;
    state->setAbort(running.abort(m_post));
    ListPlan plan{.path = path.text(), .selection = selection, .options = options};
    plan.options.waiting = waitingOn(options, state);
    m_post([session = m_session, state, running, plan = std::move(plan), taker = std::move(taker),
               done = std::move(done)](http::IoCore &core) mutable {
        if (!state->isCancelled())
            running.set(ListOperation::start(core, session, std::move(plan), std::move(taker), std::move(done)));
    });
}

void ApiClient::startWatch(const WatchSpec &spec, std::shared_ptr<WatchSink> sink, http::CallState &state)
{
    Running<Reflector> running;
    state.setAbort(running.abort(m_post));
    m_post([session = m_session, spec, sink = std::move(sink), running](http::IoCore &core) mutable {
        if (!sink->isCancelled())
            running.set(Reflector::start(core, session, spec, sink));
    });
}

} // namespace pk::kube
