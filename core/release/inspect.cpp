// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/inspect.h"

#include "release/task.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace pk::release {

namespace {

kube::ObjectPath secretsOf(const std::string &ns)
{
    return {.resource = *kube::knownResource("v1", "Secret"), .nameSpace = ns};
}

ReleaseList sortReleases(kube::Listing<Value> secrets, const std::string &ns)
{
    ReleaseList list;
    list.unreadable = secrets.undecodable;
    std::map<std::string, std::vector<Record>> byName;
    for (const Value &secret : secrets.items) {
        if (auto record = Record::fromSecret(secret))
            byName[record->name()].push_back(std::move(*record));
        else
            ++list.unreadable;
    }
    for (auto &[name, revisions] : byName) {
        std::ranges::sort(revisions, std::greater(), &Record::revision);
        list.releases.push_back({name, ns, std::move(revisions)});
    }
    return list;
}

} // namespace

const Record *ReleaseHistory::current() const
{
    for (const Record &record : revisions) {
        if (record.status() == Status::Deployed)
            return &record;
    }
    return revisions.empty() ? nullptr : &revisions.front();
}

http::Call listReleases(ClusterApi &api, const std::string &ns, std::function<void(Result<ReleaseList>)> done)
{
    return api.list(secretsOf(ns), {.labels = "owner=helm", .fields = "type=helm.sh/release.v1"},
        [ns, done = std::move(done)](kube::Answer<kube::Listing<Value>> answer) {
            if (!answer)
                return done(answer.error());
            done(sortReleases(std::move(*answer), ns));
        });
}

http::Call readHistory(
    ClusterApi &api, const std::string &ns, const std::string &name, std::function<void(Result<ReleaseHistory>)> done)
{
    return api.list(secretsOf(ns), {.labels = "name=" + name + ",owner=helm", .fields = "type=helm.sh/release.v1"},
        [ns, name, done = std::move(done)](kube::Answer<kube::Listing<Value>> answer) {
            if (!answer)
                return done(answer.error());
            ReleaseList list = sortReleases(std::move(*answer), ns);
            if (list.unreadable > 0 && list.releases.empty())
                return done(Error{.code = Error::Code::InvalidInput,
                    .message = "the records of release " + name + " cannot be read",
                    .id = "release.unreadable",
                    .parameters = {{"name", name}}});
            done(list.releases.empty() ? ReleaseHistory{name, ns, {}} : std::move(list.releases.front()));
        });
}

std::optional<LeftOperation> leftOperation(const ReleaseHistory &history)
{
    if (history.revisions.empty())
        return {};
    const Record &last = history.revisions.front();
    if (!isPending(last.status()) && last.status() != Status::Uninstalling)
        return {};
    LeftOperation left{.revision = last.revision(),
        .status = last.status(),
        .since = last.lastDeployed(),
        .lastDeployed = 0,
        .description = last.description()};
    for (const Record &record : history.revisions) {
        if (record.status() == Status::Deployed)
            left.lastDeployed = std::max(left.lastDeployed, record.revision());
    }
    return left;
}

std::vector<kube::AccessQuestion> neededPermissions(
    Action action, const std::vector<Object> &before, const std::vector<Object> &after, const std::string &ns)
{
    std::vector<kube::AccessQuestion> questions;
    std::set<std::tuple<std::string, std::string, std::string, std::string>> asked;
    const auto ask = [&](const char *verb, const std::string &group, const std::string &plural,
                         const std::string &where) {
        if (asked.emplace(verb, group, plural, where).second)
            questions.push_back({.verb = verb, .group = group, .resource = plural, .nameSpace = where});
    };
    for (const char *verb : {"list", "create", "update", "delete"}) {
        const bool deletes = std::string_view(verb) == "delete";
        const bool creates = std::string_view(verb) == "create";
        if ((deletes && action == Action::Install) || (creates && action == Action::Uninstall))
            continue;
        ask(verb, "", "secrets", ns); // The records themselves.
    }
    std::set<std::string> oldKeys, newKeys;
    for (const Object &object : before)
        oldKeys.insert(object.key());
    for (const Object &object : after)
        newKeys.insert(object.key());
    if (action != Action::Uninstall) {
        for (const Object &object : after) {
            ask("get", object.group(), object.resource.plural, object.ns);
            // A server-side apply that creates needs both.
            ask("patch", object.group(), object.resource.plural, object.ns);
            if (!oldKeys.contains(object.key()))
                ask("create", object.group(), object.resource.plural, object.ns);
        }
    }
    for (const Object &object : before) {
        const bool goes = action == Action::Uninstall || !newKeys.contains(object.key());
        if (!goes || isKept(object.tree))
            continue;
        ask("get", object.group(), object.resource.plural, object.ns);
        ask("delete", object.group(), object.resource.plural, object.ns);
    }
    return questions;
}

// --- Dry run

class DryRun::Run
{
public:
    Run(ClusterApi &api, std::vector<Object> objects, std::string release, std::string ns, bool force, OnDone onDone) :
        m_api(api), m_objects(std::move(objects)), m_release(std::move(release)), m_ns(std::move(ns)), m_force(force),
        m_onDone(std::move(onDone)), m_main(main())
    {
    }
    void start() { m_main.start(); }

private:
    Task<DryRunResult> tryOne(const Object &object)
    {
        DryRunResult result{.key = object.key(), .live = {}, .result = {}, .error = {}, .warnings = {}};
        const kube::ObjectPath path = object.path();
        Reply<kube::Answer<Value>> reading([&](auto done) { return m_api.get(path, std::move(done)); });
        kube::Answer<Value> live = co_await reading;
        if (live)
            result.live = *live;
        const Value wanted = withOwnership(object.tree, m_release, m_ns);
        const kube::ApplyOptions options{.fieldManager = "helm", .force = m_force, .dryRun = true};
        Reply<kube::Answer<Value>> applying(
            [&](auto done) { return m_api.apply(path, wanted, options, std::move(done)); });
        kube::Answer<Value> answer = co_await applying;
        result.warnings = answer.info.warnings;
        if (answer)
            result.result = *answer;
        else
            result.error = answer.error();
        co_return result;
    }

    Task<bool> main()
    {
        std::vector<Task<DryRunResult>> tries;
        for (const Object &object : m_objects)
            tries.push_back(tryOne(object));
        All<DryRunResult> all(std::move(tries));
        m_results = co_await all;
        // Not from within this coroutine: the receiver may destroy it.
        m_telling = m_api.after(std::chrono::milliseconds(0), [this] {
            const OnDone onDone = m_onDone;
            onDone(std::move(m_results));
        });
        co_return true;
    }

    ClusterApi &m_api;
    std::vector<Object> m_objects;
    std::string m_release, m_ns;
    bool m_force;
    OnDone m_onDone;
    std::vector<DryRunResult> m_results;
    http::Call m_telling;
    Task<bool> m_main;
};

DryRun::DryRun(
    ClusterApi &api, std::vector<Object> objects, std::string release, std::string ns, bool force, OnDone onDone) :
    m_run(std::make_unique<Run>(api, std::move(objects), std::move(release), std::move(ns), force, std::move(onDone)))
{
}
DryRun::~DryRun() = default;

void DryRun::start()
{
    m_run->start();
}

} // namespace pk::release
