// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/lockverdict.h"

#include "repo/files.h"
#include "yaml/json.h"

#include <algorithm>

namespace pk::repo {

namespace {

/// One dependency as Go's encoding/json writes its struct: fields in their order, empty ones left out but name and
/// repository.
std::string jsonOf(const chart::Dependency &dependency)
{
    const auto text = [](const std::string &value) { return yaml::toJson(Value::string(value)); };
    std::string out = "{\"name\":" + text(dependency.name);
    const auto add = [&](const char *key, const std::string &value) {
        if (!value.empty())
            out += std::string(",\"") + key + "\":" + text(value);
    };
    add("version", dependency.version);
    out += ",\"repository\":" + text(dependency.repository);
    add("condition", dependency.condition);
    if (!dependency.tags.empty())
        out += ",\"tags\":" + yaml::toJson(Value::strings(dependency.tags));
    if (dependency.enabled)
        out += ",\"enabled\":true";
    if (dependency.importValues.isList() && !dependency.importValues.asList().items.empty())
        out += ",\"import-values\":" + yaml::toJson(dependency.importValues);
    add("alias", dependency.alias);
    return out + "}";
}

std::string jsonOf(const std::vector<chart::Dependency> &dependencies)
{
    std::string out;
    for (const chart::Dependency &dependency : dependencies)
        out += (out.empty() ? "" : ",") + jsonOf(dependency);
    return "[" + out + "]";
}

std::vector<chart::Dependency> locked(const Value &lock)
{
    std::vector<chart::Dependency> out;
    const Value list = lock.get("dependencies");
    for (std::size_t i = 0; list.isList() && i < list.asList().items.size(); ++i) {
        const Value &item = list.asList().items[i];
        chart::Dependency dependency;
        dependency.name = item.get("name").stringOr();
        dependency.version = item.get("version").stringOr();
        dependency.repository = item.get("repository").stringOr();
        out.push_back(std::move(dependency));
    }
    return out;
}

std::string resolvedName(const std::string &repository, const Repositories &known)
{
    std::string name;
    if (repository.starts_with('@'))
        name = repository.substr(1);
    else if (repository.starts_with("alias:"))
        name = repository.substr(6);
    const Repository *found = name.empty() ? nullptr : known.find(name);
    return found ? found->url : repository;
}

} // namespace

std::string lockDigest(const std::vector<chart::Dependency> &asked, const Value &lock)
{
    return "sha256:" + sha256Hex("[" + jsonOf(asked) + "," + jsonOf(locked(lock)) + "]");
}

LockVerdict lockVerdict(const chart::Chart &chart, const Repositories &known)
{
    LockVerdict out;
    std::vector<chart::Dependency> asked = chart.metadata.dependencies;
    if (asked.empty())
        return out;
    const auto loaded = [&chart](const std::string &name) {
        const auto found = std::ranges::find_if(
            chart.dependencies, [&name](const chart::ChartPtr &sub) { return sub->metadata.name == name; });
        return found == chart.dependencies.end() ? nullptr : found->get();
    };
    for (const chart::Dependency &dependency : asked) {
        if (!loaded(dependency.name))
            out.missing.push_back(dependency.name);
    }
    out.state = LockVerdict::State::NoLock;
    if (!chart.lock.isMap())
        return out;
    const std::string digest = chart.lock.get("digest").stringOr();
    out.state = LockVerdict::State::OutOfSync;
    if (lockDigest(asked, chart.lock) == digest)
        out.state = LockVerdict::State::InSync;
    for (chart::Dependency &dependency : asked)
        dependency.repository = resolvedName(dependency.repository, known);
    if (lockDigest(asked, chart.lock) == digest)
        out.state = LockVerdict::State::InSync;
    for (const chart::Dependency &dependency : locked(chart.lock)) {
        const chart::Chart *there = loaded(dependency.name);
        if (there && there->metadata.version != dependency.version)
            out.others.push_back(dependency.name + " " + there->metadata.version + ", not " + dependency.version);
    }
    return out;
}

} // namespace pk::repo
