// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/livelookup.h"

#include "base/quote.h"

#include <algorithm>

namespace pk::release {

namespace {

Error inWordsOfHelm(std::string message)
{
    return {.code = Error::Code::InvalidInput, .message = std::move(message)};
}

/// Why a name cannot be part of a path; empty when it can.
std::string pathProblem(std::string_view name)
{
    if (name == "." || name == "..")
        return "[may not be '" + std::string(name) + "']";
    std::string problems;
    for (const std::string_view part : {"/", "%"}) {
        if (name.find(part) != std::string_view::npos)
            problems += (problems.empty() ? "may not contain '" : " may not contain '") + std::string(part) + "'";
    }
    return problems.empty() ? problems : '[' + problems + ']';
}

/// Where helm's client finds what a template asks for. A kind that a served version does not have has no path of its
/// own there: what stands at /api then is what the template gets.
Result<std::string> pathOf(const kube::ResourceCatalog &catalog, const std::string &apiVersion, const std::string &kind,
    const std::string &namespaceName, const std::string &name)
{
    const auto has = [&](const std::vector<std::string> &list) {
        return std::ranges::find(list, apiVersion) != list.end();
    };
    const std::size_t slashes = static_cast<std::size_t>(std::ranges::count(apiVersion, '/'));
    const kube::Resource *found = catalog.find(apiVersion, kind);
    if (!found && !has(catalog.groupVersions)) {
        const std::string groupVersion = slashes == 0 ? '/' + apiVersion : slashes == 1 ? apiVersion : "/";
        const char *why = apiVersion.empty() || slashes > 1 ? "groupVersion shouldn't be empty"
            : has(catalog.unavailable)                      ? "the server is currently unable to handle the request"
                                                            : "the server could not find the requested resource";
        return inWordsOfHelm(
            "unable to get apiresource from unstructured: " + groupVersion + ", Kind=" + kind + ": " + why);
    }
    const bool within = found && found->namespaced && !namespaceName.empty();
    if (const std::string problem = within ? pathProblem(namespaceName) : std::string(); !problem.empty())
        return inWordsOfHelm("invalid namespace " + goQuote(namespaceName) + ": " + problem);
    if (const std::string problem = pathProblem(name); !problem.empty())
        return inWordsOfHelm("invalid resource name " + goQuote(name) + ": " + problem);
    if (found)
        return found->path(within ? namespaceName : std::string(), name);
    return name.empty() ? "/api" : "/api/" + kube::percentEncode(name);
}

/// A list as helm's client gives it: each item says what it is, as the server does only once for all.
Value withKinds(const Value &list)
{
    const std::string listKind = list.get("kind").stringOr();
    constexpr std::string_view suffix = "List";
    const std::string kind =
        listKind.ends_with(suffix) ? listKind.substr(0, listKind.size() - suffix.size()) : listKind;
    Value items = list.get("items");
    if (!items.isList())
        items = Value::list();
    for (Value &item : items.asList().items) {
        if (!item.isMap() || !item.get("kind").stringOr().empty() || !item.get("apiVersion").stringOr().empty())
            continue;
        item.asMap().set("kind", Value::string(kind));
        item.asMap().set("apiVersion", list.get("apiVersion"));
    }
    list.asMap().set("items", items);
    return list;
}

/// What there will be of a kind that an install brings: nothing.
Value emptyList(const std::string &apiVersion, const std::string &kind)
{
    return Value::map(
        {{"apiVersion", Value::string(apiVersion)}, {"kind", Value::string(kind + "List")}, {"items", Value::list()},
            {"metadata", Value::map({{"continue", Value::string("")}, {"resourceVersion", Value::string("")}})}});
}

Result<Value> lookupResult(const kube::Answer<Value> &answer, bool isList)
{
    if (answer) {
        // A template may change what it was given, as it may with helm.
        const Value own = answer->deepCopy();
        return isList && own.isMap() ? withKinds(own) : own;
    }
    if (answer.error().code == Error::Code::NotFound)
        return Value::map();
    Error error = answer.error();
    if (!answer.info.apiError.message.empty())
        error.message = answer.info.apiError.message;
    return error;
}

} // namespace

chart::Lookup LiveLookup::forRendering(ClusterFactsPtr cluster, std::shared_ptr<const kube::ResourceCatalog> catalog,
    std::stop_token stop, const Patience &patience)
{
    if (m_cluster != cluster)
        m_questions.clear();
    m_cluster = std::move(cluster);
    if (!m_cluster || !m_cluster->reader)
        return {};
    m_room->runPending();
    forget(patience.keep);
    const Ticks end = std::chrono::steady_clock::now() + patience.limit;
    return [this, catalog = std::move(catalog), stop = std::move(stop), end](const std::string &apiVersion,
               const std::string &kind, const std::string &namespaceName, const std::string &name) -> Result<Value> {
        if (catalog->find(apiVersion, kind) && !m_cluster->catalog.find(apiVersion, kind))
            return name.empty() ? emptyList(apiVersion, kind) : Value::map();
        const Result<std::string> path = pathOf(m_cluster->catalog, apiVersion, kind, namespaceName, name);
        if (!path)
            return path.error();
        const Question &question = questionAbout(*path);
        if (std::optional<Error> failed = wait(question, stop, end))
            return *std::move(failed);
        return lookupResult(*question.answer, name.empty());
    };
}

LiveLookup::Question &LiveLookup::questionAbout(const std::string &path)
{
    const auto [entry, isNew] = m_questions.try_emplace(path);
    Question &question = entry->second;
    if (isNew)
        question.call = m_cluster->reader(path, m_room, [&question](kube::Answer<Value> answer) {
            question.answer.emplace(std::move(answer));
            question.answered = std::chrono::steady_clock::now();
        });
    return question;
}

std::optional<Error> LiveLookup::wait(const Question &question, const std::stop_token &stop, Ticks end)
{
    while (!question.answer) {
        if (!stop.stop_requested() && m_room->runOne(stop, end))
            continue;
        // The words are Go's, as helm's client would have them.
        if (stop.stop_requested())
            return Error{.code = Error::Code::Cancelled, .message = "context canceled"};
        return Error{.code = Error::Code::Timeout, .message = "context deadline exceeded"};
    }
    return {};
}

void LiveLookup::forget(std::chrono::milliseconds keep)
{
    const Ticks now = std::chrono::steady_clock::now();
    std::erase_if(m_questions, [&](const auto &entry) {
        const Question &question = entry.second;
        return question.answer ? now - question.answered >= keep : keep.count() == 0;
    });
}

} // namespace pk::release
