// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/discovery.h"

#include "kube/json.h"

#include <algorithm>

namespace pk::kube {

namespace {

constexpr auto acceptAggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
                                  "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
                                  "application/json";

std::vector<Value> itemsOf(const Value &value, std::string_view key)
{
    const Value list = value.get(key);
    return list.isList() ? list.asList().items : std::vector<Value>();
}

std::vector<std::string> textsOf(const Value &value, std::string_view key)
{
    std::vector<std::string> texts;
    for (const Value &item : itemsOf(value, key))
        texts.push_back(item.stringOr());
    return texts;
}

std::pair<std::string, std::string> splitVersion(const std::string &groupVersion)
{
    const auto slash = groupVersion.find('/');
    if (slash == groupVersion.npos)
        return {{}, groupVersion};
    return {groupVersion.substr(0, slash), groupVersion.substr(slash + 1)};
}

void addIfUsable(ResourceCatalog &catalog, Resource resource)
{
    if (isApiName(resource.plural) && isApiName(resource.version)
        && (resource.group.empty() || isApiName(resource.group)))
        catalog.resources.push_back(std::move(resource));
}

void addSubKind(ResourceCatalog &catalog, const std::string &groupVersion, const std::string &kind)
{
    const std::string name = groupVersion + "/" + kind;
    if (isApiName(kind) && std::ranges::find(catalog.subKinds, name) == catalog.subKinds.end())
        catalog.subKinds.push_back(name);
}

} // namespace

void addAggregated(ResourceCatalog &catalog, const Value &list)
{
    for (const Value &group : itemsOf(list, "items")) {
        const std::string groupName = group.at({"metadata", "name"}).stringOr();
        for (const Value &version : itemsOf(group, "versions")) {
            const std::string versionName = version.get("version").stringOr();
            const std::string groupVersion = groupName.empty() ? versionName : groupName + "/" + versionName;
            const bool stale = version.get("freshness").stringOr() == "Stale";
            (stale ? catalog.unavailable : catalog.groupVersions).push_back(groupVersion);
            for (const Value &resource : itemsOf(version, "resources")) {
                for (const Value &sub : stale ? std::vector<Value>() : itemsOf(resource, "subresources"))
                    addSubKind(catalog, groupVersion, sub.at({"responseKind", "kind"}).stringOr());
                addIfUsable(catalog,
                    {.group = groupName,
                        .version = versionName,
                        .kind = resource.at({"responseKind", "kind"}).stringOr(),
                        .plural = resource.get("resource").stringOr(),
                        .namespaced = resource.get("scope").stringOr() == "Namespaced",
                        .verbs = textsOf(resource, "verbs")});
            }
        }
    }
}

void addResourceList(ResourceCatalog &catalog, const std::string &groupVersion, const Value &list)
{
    const auto [group, version] = splitVersion(groupVersion);
    for (const Value &resource : itemsOf(list, "resources")) {
        const std::string name = resource.get("name").stringOr();
        const std::string kind = resource.get("kind").stringOr();
        // Subresources ("pods/log") are listed as if they were resources.
        if (name.find('/') != name.npos)
            addSubKind(catalog, groupVersion, kind);
        else
            addIfUsable(catalog,
                {.group = group,
                    .version = version,
                    .kind = kind,
                    .plural = name,
                    .namespaced = resource.get("namespaced").boolOr(false),
                    .verbs = textsOf(resource, "verbs")});
    }
}

std::vector<std::string> groupVersionsOf(const Value &list)
{
    std::vector<std::string> names = textsOf(list, "versions"); // APIVersions, of the core group
    for (const Value &group : itemsOf(list, "groups"))
        for (const Value &version : itemsOf(group, "versions"))
            names.push_back(version.get("groupVersion").stringOr());
    std::erase_if(names, [](const std::string &name) {
        const auto [group, version] = splitVersion(name);
        return !isApiName(version) || (!group.empty() && !isApiName(group));
    });
    return names;
}

std::weak_ptr<Discovery> Discovery::start(http::IoCore &core, std::shared_ptr<Session> session, Done done)
{
    const std::shared_ptr<Discovery> discovery(new Discovery(core, std::move(session), std::move(done)));
    discovery->m_kept = core.keep(discovery);
    discovery->m_pending = 2;
    discovery->ask("/api", true, {});
    discovery->ask("/apis", true, {});
    return discovery;
}

Discovery::~Discovery()
{
    for (const auto &request : m_requests)
        if (const auto running = request.lock())
            running->cancel();
}

void Discovery::cancel()
{
    m_core.release(std::exchange(m_kept, 0));
}

void Discovery::ask(const std::string &path, bool root, const std::string &groupVersion)
{
    Sending sending{.path = path,
        .accept = root ? acceptAggregated : "application/json",
        .timeout = std::chrono::milliseconds(32'000),
        .bodyLimit = 64u << 20};
    m_requests.push_back(RequestOperation::startWhole(m_core, m_session, std::move(sending), 3, {},
        [this, root, groupVersion](Result<std::string> body, const AnswerInfo &info, const http::Headers &) {
            const auto self = shared_from_this();
            --m_pending;
            if (root)
                rootAnswer(std::move(body), info);
            else
                versionAnswer(groupVersion, std::move(body));
            finishIfDone();
        }));
}

void Discovery::rootAnswer(Result<std::string> body, const AnswerInfo &info)
{
    m_info = info;
    const auto list = body ? parseObject(*body) : Result<Value>(body.error());
    if (!list) {
        m_error = list.error();
        return;
    }
    // The kind in the body says the same as the Content-Type, and cannot be lost on the way.
    if (list->get("kind").stringOr() == "APIGroupDiscoveryList")
        return addAggregated(m_catalog, *list);
    for (const std::string &groupVersion : groupVersionsOf(*list)) {
        m_catalog.groupVersions.push_back(groupVersion); // Listed even if its kinds cannot be had.
        ++m_pending;
        ask((groupVersion.find('/') == groupVersion.npos ? "/api/" : "/apis/") + groupVersion, false, groupVersion);
    }
}

void Discovery::versionAnswer(const std::string &groupVersion, Result<std::string> body)
{
    const auto list = body ? parseObject(*body) : Result<Value>(body.error());
    if (list)
        addResourceList(m_catalog, groupVersion, *list);
    else
        m_catalog.unavailable.push_back(groupVersion);
}

void Discovery::finishIfDone()
{
    if (m_pending > 0)
        return;
    m_core.release(std::exchange(m_kept, 0));
    m_done(m_error ? Result<ResourceCatalog>(*m_error) : Result<ResourceCatalog>(std::move(m_catalog)), m_info);
}

} // namespace pk::kube
