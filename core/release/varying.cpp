// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/varying.h"

#include "yaml/textedit.h"

#include <algorithm>

namespace pk::release {

namespace {

/// Lines that a node stands on, the first and the last.
std::pair<int, int> linesOf(const yaml::Node &node, std::string_view text)
{
    const std::string_view own = text.substr(node.span.begin, node.span.end - node.span.begin);
    const auto newlines = static_cast<int>(std::ranges::count(own.substr(0, own.find_last_not_of("\r\n ") + 1), '\n'));
    return {node.line, node.line + newlines};
}

void collect(const yaml::Node &node, std::string_view text, const std::vector<int> &lines, const yaml::Path &path,
    std::vector<yaml::Path> &found)
{
    if (node.isScalar()) {
        const auto [first, last] = linesOf(node, text);
        if (const auto line = std::ranges::lower_bound(lines, first); line != lines.end() && *line <= last)
            found.push_back(path);
        return;
    }
    for (std::size_t i = 0; i < node.size(); ++i) {
        const yaml::Step step = node.isMapping() ? yaml::Step(node.key(i).value) : yaml::Step(i);
        collect(node.valueAt(i), text, lines, path.child(step), found);
    }
}

/// The value at a path of ObjectChange; null when there is none.
const Value *find(const Value &tree, const yaml::Path &path)
{
    const Value *at = &tree;
    for (const yaml::Step &step : path.steps()) {
        if (const auto *key = std::get_if<std::string>(&step))
            at = at->isMap() ? at->asMap().find(*key) : nullptr;
        else
            at = at->isList() && std::get<std::size_t>(step) < at->asList().items.size()
                ? &at->asList().items[std::get<std::size_t>(step)]
                : nullptr;
        if (!at)
            return nullptr;
    }
    return at;
}

bool isScalar(const Value *value)
{
    return value && !value->isNil() && !value->isMap() && !value->isList();
}

/// Those of the paths that make the consequence what it is.
bool isDecisive(const ObjectChange &change, const std::string &path)
{
    if (change.consequence == Consequence::Refused)
        return std::ranges::find(change.refusedPaths, path) != change.refusedPaths.end();
    return change.consequence != Consequence::Restarts || path.starts_with("spec.template");
}

void mark(ObjectChange &change, const Object &before, const std::vector<yaml::Path> &varying)
{
    bool others = false;
    for (const std::string &text : change.paths) {
        const auto path = yaml::Path::parse(text);
        // What was not there at all, somebody added.
        const bool varies =
            path && std::ranges::find(varying, *path) != varying.end() && isScalar(find(before.tree, *path));
        if (varies)
            change.varyingPaths.push_back(text);
        else
            others = others || isDecisive(change, text);
    }
    change.onlyVaries = !others && std::ranges::any_of(change.varyingPaths, [&change](const std::string &path) {
        return isDecisive(change, path);
    });
}

} // namespace

std::vector<int> varyingLines(const chart::ManifestObject &object, const chart::Rendered &rendered)
{
    std::vector<int> lines;
    const auto count = static_cast<std::size_t>(std::ranges::count(object.text, '\n')) + 1;
    for (std::size_t i = 0; i < count && object.line > 0; ++i) {
        const std::size_t at = static_cast<std::size_t>(object.line - 1) + i;
        if (at < rendered.lines.size() && rendered.lines[at].varies)
            lines.push_back(static_cast<int>(i) + 1);
    }
    return lines;
}

std::vector<yaml::Path> varyingPaths(const chart::ManifestObject &object, const chart::Rendered &rendered)
{
    std::vector<yaml::Path> paths;
    const std::vector<int> lines = varyingLines(object, rendered);
    if (lines.empty())
        return paths;
    if (const auto stream = yaml::parse(object.text); stream && !stream->empty())
        collect(stream->front().root, object.text, lines, {}, paths);
    return paths;
}

std::vector<int> linesOf(std::string_view text, const std::vector<yaml::Path> &paths)
{
    std::vector<int> lines;
    const auto stream = paths.empty() ? Result<yaml::Stream>(yaml::Stream()) : yaml::parse(text);
    if (!stream || stream->empty())
        return lines;
    for (const yaml::Path &path : paths) {
        const yaml::Node *node = yaml::find(stream->front().root, path);
        if (!node)
            continue;
        const auto [first, last] = linesOf(*node, text);
        for (int line = first; line <= last; ++line)
            lines.push_back(line);
    }
    std::ranges::sort(lines);
    return lines;
}

void markVarying(std::vector<ObjectChange> &changes, const std::vector<Object> &before, const chart::Rendered &rendered)
{
    if (std::ranges::none_of(rendered.lines, &chart::LineOrigin::varies))
        return;
    for (ObjectChange &change : changes) {
        if (change.paths.empty())
            continue;
        const auto object = std::ranges::find_if(rendered.objects, [&change](const chart::ManifestObject &known) {
            return known.kind == change.kind && known.name == change.name
                && (known.namespaceName.empty() || known.namespaceName == change.ns);
        });
        const auto old =
            std::ranges::find_if(before, [&change](const Object &known) { return known.key() == change.key; });
        if (object != rendered.objects.end() && old != before.end())
            mark(change, *old, varyingPaths(*object, rendered));
    }
}

} // namespace pk::release
