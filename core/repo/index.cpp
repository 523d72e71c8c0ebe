// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/index.h"

#include "base/ascii.h"
#include "base/files.h"
#include "base/quote.h"
#include "chart/chartparts.h"
#include "chart/gotext.h"
#include "chart/levels.h"
#include "template/functions/semver.h"
#include "yaml/json.h"
#include "yaml/reader.h"

#include <algorithm>
#include <set>

namespace pk::repo {

namespace {

using tmpl::Constraint;
using tmpl::Version;

const std::set<std::string_view> topKeys = {
    "serverInfo", "apiVersion", "generated", "entries", "publicKeys", "annotations"};
const std::set<std::string_view> entryKeys = {"name", "home", "sources", "version", "description", "keywords",
    "maintainers", "icon", "apiVersion", "condition", "tags", "appVersion", "deprecated", "annotations", "kubeVersion",
    "dependencies", "type", "urls", "created", "removed", "digest", "checksum", "engine", "tillerVersion", "url"};
const std::set<std::string_view> maintainerKeys = {"name", "email", "url"};
const std::set<std::string_view> dependencyKeys = {
    "name", "version", "repository", "condition", "tags", "enabled", "import-values", "alias"};

Error jsonError(const std::string &why)
{
    return {.code = Error::Code::InvalidInput, .message = std::string(yaml::decodingJson) + why};
}

/// The first key that a strict reader of Go does not know; Go compares keys without case.
std::string strangeKey(const Value &tree, const std::set<std::string_view> &known)
{
    if (!tree.isMap())
        return {};
    for (const Map::Entry &entry : tree.asMap()) {
        const bool matches =
            std::ranges::any_of(known, [&entry](std::string_view name) { return ascii::equalFold(entry.key, name); });
        if (!matches)
            return entry.key;
    }
    return {};
}

std::string strangeKeyInEntry(const Value &entry)
{
    std::string strange = strangeKey(entry, entryKeys);
    const auto inItems = [&](const char *field, const std::set<std::string_view> &known) {
        const Value list = entry.get(field);
        for (std::size_t i = 0; strange.empty() && list.isList() && i < list.asList().items.size(); ++i)
            strange = strangeKey(list.asList().items[i], known);
    };
    inItems("maintainers", maintainerKeys);
    inItems("dependencies", dependencyKeys);
    return strange;
}

/// The tree of an index, and whether Go reads it strictly (YAML) or not (JSON).
Result<Value> treeOf(std::string_view text, bool &strict)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    strict = true;
    if (first != text.npos && text[first] == '{') {
        if (auto json = yaml::parseJson(text)) {
            strict = false;
            return json;
        }
    }
    return yaml::toValue(text);
}

std::vector<std::string> textsOf(const Value &list)
{
    std::vector<std::string> out;
    for (std::size_t i = 0; list.isList() && i < list.asList().items.size(); ++i)
        out.push_back(list.asList().items[i].stringOr());
    return out;
}

/// Why an entry is left out; nothing when it is good.
Result<void> check(const chart::Metadata &metadata)
{
    const auto valid = chart::validateMetadata(metadata, chart::levels43());
    // Repositories of JFrog take the alias out of dependencies.
    if (!valid && valid.error().message.starts_with("validation: more than one dependency with name or alias"))
        return {};
    return valid;
}

class Reader
{
public:
    Reader(const std::string &source, const Note &note, bool strict) : m_source(source), m_note(note), m_strict(strict)
    {
    }

    Result<std::vector<ChartVersion>> versions(const std::string &name, const Value &list)
    {
        std::vector<ChartVersion> out;
        if (list.isNil())
            return out;
        if (!list.isList())
            return jsonError(
                yaml::cannotUnmarshal(list, "Go struct field IndexFile.entries of type repo.ChartVersions"));
        const auto &items = list.asList().items;
        for (auto at = items.rbegin(); at != items.rend(); ++at) { // As helm does, for its notes.
            const Value &item = *at;
            if (item.isNil()) {
                skip(name, "", "");
                continue;
            }
            if (const std::string strange = m_strict ? strangeKeyInEntry(item) : ""; !strange.empty())
                return jsonError("json: unknown field " + goQuote(strange));
            auto metadata = chart::parseMetadata(item);
            if (!metadata && !metadata.error().message.starts_with("validation: "))
                return metadata.error();
            Result<void> good;
            if (metadata) {
                chart::sanitize(*metadata);
                if (metadata->apiVersion.empty())
                    metadata->apiVersion = "v1";
                good = check(*metadata);
            }
            if (!metadata || !good) {
                skip(name, item.get("version").stringOr(), metadata ? good.error().message : metadata.error().message);
                continue;
            }
            out.push_back({.metadata = *std::move(metadata),
                .urls = textsOf(item.get("urls")),
                .created = item.get("created").stringOr(),
                .digest = item.get("digest").stringOr()});
        }
        std::ranges::reverse(out);
        return out;
    }

private:
    void skip(const std::string &name, const std::string &version, const std::string &why) const
    {
        if (!m_note)
            return;
        if (why.empty())
            m_note("level=WARN msg=\"skipping loading invalid entry for chart: empty entry\" "
                + chart::logPair("name", name) + " " + chart::logPair("source", m_source) + "\n");
        else
            m_note("level=WARN msg=\"skipping loading invalid entry for chart\" " + chart::logPair("name", name) + " "
                + chart::logPair("version", version) + " " + chart::logPair("source", m_source) + " "
                + chart::logPair("error", why) + "\n");
    }

    const std::string &m_source;
    const Note &m_note;
    bool m_strict;
};

void sortNewestFirst(std::vector<ChartVersion> &versions)
{
    std::vector<std::pair<Version, std::size_t>> order;
    for (std::size_t i = 0; i < versions.size(); ++i)
        order.emplace_back(*Version::parse(versions[i].metadata.version), i); // Valid, or it would not be here.
    std::ranges::stable_sort(order, [](const auto &a, const auto &b) { return a.first.compare(b.first) > 0; });
    std::vector<ChartVersion> sorted;
    for (const auto &[version, at] : order)
        sorted.push_back(std::move(versions[at]));
    versions = std::move(sorted);
}

Error notFound(std::string message)
{
    return {.code = Error::Code::NotFound, .message = std::move(message)};
}

} // namespace

Result<Index> Index::parse(std::string_view text, const std::string &source, const Note &note)
{
    if (text.empty())
        return Error{.code = Error::Code::InvalidInput, .message = "empty index.yaml file"};
    bool strict = true;
    const auto tree = treeOf(text, strict);
    if (!tree)
        return tree.error();
    if (!tree->isMap() && !tree->isNil())
        return jsonError(yaml::cannotUnmarshal(*tree, "Go value of type repo.IndexFile"));
    if (const std::string strange = strict ? strangeKey(*tree, topKeys) : ""; !strange.empty())
        return jsonError("json: unknown field " + goQuote(strange));
    Index index;
    Reader reader(source, note, strict);
    const Value entries = tree->get("entries");
    if (entries.isMap()) {
        for (const auto &[name, list] : entries.asMap()) {
            auto versions = reader.versions(name, list);
            if (!versions)
                return versions.error();
            sortNewestFirst(*versions);
            index.m_entries[name] = *std::move(versions);
        }
    }
    if (tree->get("apiVersion").stringOr().empty())
        return Error{.code = Error::Code::InvalidInput, .message = "no API version specified"};
    return index;
}

Result<Index> Index::load(const std::string &path, const Note &note)
{
    const auto text = readFile(path);
    if (!text)
        return text.error();
    auto index = parse(*text, path, note);
    if (!index)
        return index.error().wrapped("error loading " + path + ": ");
    return index;
}

Result<const ChartVersion *> Index::find(const std::string &name, const std::string &version, const Note &note) const
{
    const auto entry = m_entries.find(name);
    if (entry == m_entries.end())
        return notFound("no chart name found");
    if (entry->second.empty())
        return notFound("no chart version found");
    const auto constraint = Constraint::parse(version.empty() ? "*" : version);
    if (!constraint)
        return constraint.error();
    for (const ChartVersion &candidate : entry->second) {
        if (!version.empty() && candidate.metadata.version == version)
            return &candidate;
    }
    for (const ChartVersion &candidate : entry->second) {
        const auto number = Version::parse(candidate.metadata.version);
        if (!number || !constraint->accepts(*number))
            continue;
        if (note && !version.empty() && !isVersionRange(version))
            note("level=WARN msg=\"unable to find exact version requested; falling back to closest available version\" "
                + chart::logPair("chart", name) + " " + chart::logPair("requested", version) + " "
                + chart::logPair("selected", candidate.metadata.version) + "\n");
        return &candidate;
    }
    return notFound("no chart version found for " + name + "-" + version);
}

bool isVersionRange(std::string_view version)
{
    if (version.find_first_of("^~<>=!*") != version.npos || version.find("||") != version.npos
        || version.find(" - ") != version.npos)
        return true;
    return version.substr(0, version.find_first_of("-+")).find_first_of("xX") != std::string_view::npos;
}

} // namespace pk::repo
