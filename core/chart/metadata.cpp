// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ascii.h"
#include "base/gopath.h"
#include "chart/chart.h"
#include "chart/decode.h"
#include "chart/gotext.h"
#include "template/functions/semver.h"

#include <algorithm>
#include <set>

namespace pk::chart {

namespace {

Error invalid(std::string message)
{
    return {.code = Error::Code::InvalidInput, .message = "validation: " + std::move(message)};
}

/// Helm's sanitizeString: white space becomes a blank, what cannot be printed goes.
std::string sanitized(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        if (const Decoded first = decodeRune(text); isSpace(first.code)) {
            out += ' ';
            text.remove_prefix(first.width);
            continue;
        }
        if (static_cast<unsigned char>(text.front()) >= 0x20 && text.front() != 0x7F)
            out += text.front();
        text.remove_prefix(1);
    }
    return out;
}

Dependency readDependency(Decoder &in, const Value &tree)
{
    Dependency out;
    in.string(tree, "name", out.name);
    in.string(tree, "version", out.version);
    in.string(tree, "repository", out.repository);
    in.string(tree, "condition", out.condition);
    in.strings(tree, "tags", out.tags);
    in.boolean(tree, "enabled", out.enabled);
    in.string(tree, "alias", out.alias);
    out.importValues = in.list(tree, "import-values");
    return out;
}

bool isAlias(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return ascii::isAlphanumeric(c) || c == '_' || c == '-'; });
}

Result<void> validateDependencies(const Metadata &metadata)
{
    std::set<std::string> seen;
    for (const Dependency &dependency : metadata.dependencies) {
        if (!dependency.alias.empty() && !isAlias(dependency.alias))
            return invalid("dependency " + goQuote(dependency.name) + " has disallowed characters in the alias");
        const std::string &key = dependency.alias.empty() ? dependency.name : dependency.alias;
        if (!seen.insert(key).second)
            return invalid("more than one dependency with name or alias " + goQuote(key));
    }
    return {};
}

} // namespace

Result<void> readDependencies(const Value &tree, Metadata &out)
{
    Decoder in("Metadata");
    const Value list = in.list(tree, "dependencies");
    if (list.isList()) {
        out.dependencies.clear();
        for (const Value &item : list.asList().items) {
            if (item.isNil())
                return invalid("dependencies must not contain empty or null nodes");
            Decoder inItem("Dependency");
            out.dependencies.push_back(readDependency(inItem, item));
            in.take(inItem);
        }
    }
    return in.result();
}

Result<Metadata> parseMetadata(const Value &tree)
{
    Metadata out;
    Decoder in("Metadata");
    in.string(tree, "name", out.name);
    in.string(tree, "home", out.home);
    in.strings(tree, "sources", out.sources);
    in.string(tree, "version", out.version);
    in.string(tree, "description", out.description);
    in.strings(tree, "keywords", out.keywords);
    in.string(tree, "icon", out.icon);
    in.string(tree, "apiVersion", out.apiVersion);
    in.string(tree, "condition", out.condition);
    in.string(tree, "tags", out.tags);
    in.string(tree, "appVersion", out.appVersion);
    in.boolean(tree, "deprecated", out.deprecated);
    out.annotations = in.stringMap(tree, "annotations");
    in.string(tree, "kubeVersion", out.kubeVersion);
    in.string(tree, "type", out.type);
    const Value maintainers = in.list(tree, "maintainers");
    if (maintainers.isList()) {
        for (const Value &item : maintainers.asList().items) {
            if (item.isNil())
                return invalid("maintainers must not contain empty or null nodes");
            Decoder inItem("Maintainer");
            Maintainer maintainer;
            inItem.string(item, "name", maintainer.name);
            inItem.string(item, "email", maintainer.email);
            inItem.string(item, "url", maintainer.url);
            in.take(inItem);
            out.maintainers.push_back(std::move(maintainer));
        }
    }
    if (const auto read = in.result(); !read)
        return read.error();
    if (const auto read = readDependencies(tree, out); !read)
        return read.error();
    return out;
}

void sanitize(Metadata &metadata)
{
    for (std::string *text : {&metadata.name, &metadata.description, &metadata.home, &metadata.icon,
             &metadata.condition, &metadata.tags, &metadata.appVersion, &metadata.kubeVersion})
        *text = sanitized(*text);
    for (std::string &text : metadata.sources)
        text = sanitized(text);
    for (std::string &text : metadata.keywords)
        text = sanitized(text);
    for (Maintainer &maintainer : metadata.maintainers) {
        for (std::string *text : {&maintainer.name, &maintainer.email, &maintainer.url})
            *text = sanitized(*text);
    }
    for (Dependency &dependency : metadata.dependencies) {
        for (std::string *text : {&dependency.name, &dependency.version, &dependency.repository, &dependency.condition})
            *text = sanitized(*text);
        for (std::string &text : dependency.tags)
            text = sanitized(text);
    }
}

Result<void> validateMetadata(const Metadata &metadata, const Levels &levels)
{
    if (metadata.apiVersion.empty())
        return invalid("chart.metadata.apiVersion is required");
    if (metadata.name.empty())
        return invalid("chart.metadata.name is required");
    const bool dots = metadata.name == "." || metadata.name == "..";
    if (dots && levels.wording != Wording::Helm3)
        return invalid("chart.metadata.name " + goQuote(metadata.name) + " is not allowed");
    if (metadata.name != pathBase(metadata.name))
        return invalid("chart.metadata.name " + goQuote(metadata.name) + " is invalid");
    if (metadata.version.empty())
        return invalid("chart.metadata.version is required");
    if (!tmpl::Version::parse(metadata.version, levels.dialect.semverLimits))
        return invalid("chart.metadata.version " + goQuote(metadata.version) + " is invalid");
    if (!metadata.type.empty() && metadata.type != "application" && metadata.type != "library")
        return invalid("chart.metadata.type must be application or library");
    return validateDependencies(metadata);
}

} // namespace pk::chart
