// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/repositories.h"

#include "base/files.h"
#include "yaml/printer.h"
#include "yaml/reader.h"

#include <algorithm>
#include <array>

namespace pk::repo {

namespace {

Value treeOf(const Repository &entry)
{
    return Value::map(
        {{"caFile", Value::string(entry.access.caFile)}, {"certFile", Value::string(entry.access.certFile)},
            {"insecure_skip_tls_verify", Value::boolean(entry.access.insecure)},
            {"keyFile", Value::string(entry.access.keyFile)}, {"name", Value::string(entry.name)},
            {"pass_credentials_all", Value::boolean(entry.access.passCredentials)},
            {"password", Value::string(entry.access.password.reveal())}, {"url", Value::string(entry.url)},
            {"username", Value::string(entry.access.username)}});
}

Repository repositoryOf(const Value &tree)
{
    return {.name = tree.get("name").stringOr(),
        .url = tree.get("url").stringOr(),
        .access = {.username = tree.get("username").stringOr(),
            .password = Redacted(tree.get("password").stringOr()),
            .certFile = tree.get("certFile").stringOr(),
            .keyFile = tree.get("keyFile").stringOr(),
            .caFile = tree.get("caFile").stringOr(),
            .insecure = tree.get("insecure_skip_tls_verify").boolOr(false),
            .passCredentials = tree.get("pass_credentials_all").boolOr(false)}};
}

std::string printed(const Value &tree)
{
    return yaml::toYaml(tree) + "\n";
}

/// A text that is just what printing its own tree gives holds nothing that printing loses.
bool isPrintersOwn(const std::string &text, const Value &tree)
{
    return text == printed(tree);
}

/// Index of the item with that name, or -1.
int indexOf(const Value &tree, const std::string &name)
{
    const Value list = tree.get("repositories");
    if (!list.isList())
        return -1;
    const auto &items = list.asList().items;
    const auto found =
        std::ranges::find_if(items, [&name](const Value &item) { return item.get("name").stringOr() == name; });
    return found == items.end() ? -1 : static_cast<int>(found - items.begin());
}

/// Helm's own change: the tree with the item replaced, added, or (nil) taken out. Keys that helm does not know stay.
Value changedTree(const Value &tree, int index, const Value &item)
{
    Value out = tree.isMap() ? tree.deepCopy() : Value::map();
    if (!out.asMap().contains("apiVersion"))
        out.asMap().set("apiVersion", Value::string(""));
    if (!out.asMap().contains("generated"))
        out.asMap().set("generated", Value::string("0001-01-01T00:00:00Z"));
    if (!out.get("repositories").isList())
        out.asMap().set("repositories", Value::list());
    auto &items = out.get("repositories").asList().items;
    if (item.isNil())
        items.erase(items.begin() + index);
    else if (index < 0)
        items.push_back(item);
    else
        for (const auto &[key, value] : item.asMap())
            items[static_cast<std::size_t>(index)].asMap().set(key, value);
    return out;
}

std::string indented(const std::string &text, std::size_t columns)
{
    std::string out;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        out += std::string(begin == 0 ? 0 : columns, ' ') + text.substr(begin, end - begin) + "\n";
        begin = end + 1;
    }
    return out;
}

const yaml::Node *listIn(const yaml::Document &document)
{
    for (std::size_t i = 0; document.root.isMapping() && i < document.root.size(); ++i) {
        if (document.root.key(i).value == "repositories") {
            const yaml::Node &list = document.root.valueAt(i);
            return list.isSequence() && list.style == yaml::Style::Block && !list.children.empty() ? &list : nullptr;
        }
    }
    return nullptr;
}

/// The same change in a text that a person keeps: only the lines of the item are touched.
Result<std::string> changedText(const std::string &text, const Value &tree, int index, const Value &item)
{
    const auto stream = yaml::parse(text);
    if (!stream)
        return stream.error();
    const yaml::Node *list = stream->size() == 1 ? listIn(stream->front()) : nullptr;
    if (!list)
        return printed(changedTree(tree, index, item)); // Flow style or no list yet: keys stay, comments go.
    const auto lineStart = [&text](std::size_t at) { return at == 0 ? 0 : text.rfind('\n', at - 1) + 1; };
    const auto lineEnd = [&text](std::size_t at) {
        const auto end = text.find('\n', at == 0 ? 0 : at - 1);
        return end == text.npos ? text.size() : end + 1;
    };
    const std::size_t dashColumn = list->span.begin - lineStart(list->span.begin);
    const yaml::Node &node = list->children[index < 0 ? list->children.size() - 1 : static_cast<std::size_t>(index)];
    std::size_t begin = lineEnd(node.span.end), end = begin;
    if (index >= 0)
        begin = lineStart(node.span.begin);
    std::string piece;
    if (!item.isNil()) {
        Value merged = item;
        if (index >= 0)
            merged = changedTree(tree, index, item).get("repositories").asList().items[static_cast<std::size_t>(index)];
        piece = std::string(dashColumn, ' ') + "- " + indented(printed(merged), dashColumn + 2);
    }
    std::string out = text.substr(0, begin);
    if (!out.empty() && out.back() != '\n')
        out += '\n';
    return out + piece + text.substr(end);
}

Result<std::string> changed(const std::string &text, const std::string &name, const Value &item)
{
    const auto tree = yaml::toValue(text);
    if (!tree)
        return tree.error();
    const int index = indexOf(*tree, name);
    if (item.isNil() && index < 0)
        return Error{.code = Error::Code::NotFound, .message = "no repo named \"" + name + "\" found"};
    if (text.empty() || isPrintersOwn(text, *tree))
        return printed(changedTree(*tree, index, item));
    return changedText(text, *tree, index, item);
}

} // namespace

Repository spaceliftRepository()
{
    return {.name = "spacelift", .url = "https://downloads.spacelift.io/helm"};
}

const Repository *Repositories::find(const std::string &name) const
{
    const auto found = std::ranges::find(entries, name, &Repository::name);
    return found == entries.end() ? nullptr : &*found;
}

Result<Repositories> parseRepositories(const std::string &text)
{
    const auto tree = yaml::toMap(text);
    if (!tree)
        return tree.error();
    Repositories out;
    const Value list = tree->get("repositories");
    if (list.isList()) {
        for (const Value &item : list.asList().items) {
            if (item.isMap())
                out.entries.push_back(repositoryOf(item));
        }
    }
    return out;
}

Result<Repositories> loadRepositories(const std::string &path)
{
    const auto text = readFile(path);
    if (!text)
        return text.error().message.ends_with("no such file or directory")
            ? Result<Repositories>(Repositories{})
            : Result<Repositories>(text.error().wrapped("couldn't load repositories file (" + path + "): "));
    auto out = parseRepositories(*text);
    if (out)
        out->exists = true;
    return out;
}

Result<AddVerdict> judgeAdding(const Repositories &known, const Repository &added, bool force)
{
    const auto refuse = [](std::string text, Error::Code code = Error::Code::InvalidInput) {
        return Error{.code = code, .message = std::move(text)};
    };
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 2> gone = {
        {{"//kubernetes-charts.storage.googleapis.com", "https://charts.helm.sh/stable"},
            {"//kubernetes-charts-incubator.storage.googleapis.com", "https://charts.helm.sh/incubator"}}};
    for (const auto &[old, instead] : gone) {
        if (added.url.find(old) != std::string::npos)
            return refuse(
                "repo \"" + added.url + "\" is no longer available; try \"" + std::string(instead) + "\" instead");
    }
    if (added.name.find('/') != std::string::npos)
        return refuse("repository name (" + added.name + ") contains '/', please specify a different name without '/'");
    const Repository *existing = known.find(added.name);
    if (!existing)
        return AddVerdict::Add;
    if (force)
        return AddVerdict::Replace;
    if (*existing == added)
        return AddVerdict::Unchanged;
    return refuse("repository name (" + added.name + ") already exists, please specify a different name",
        Error::Code::AlreadyExists);
}

Result<std::string> withRepository(const std::string &text, const Repository &entry)
{
    return changed(text, entry.name, treeOf(entry));
}

Result<std::string> withoutRepository(const std::string &text, const std::string &name)
{
    return changed(text, name, Value());
}

} // namespace pk::repo
