// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/manifest.h"

#include "base/ascii.h"
#include "base/gopath.h"
#include "base/split.h"
#include "chart/decode.h"
#include "chart/gotext.h"
#include "yaml/json.h"
#include "yaml/reader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

namespace pk::chart {

namespace {

constexpr std::string_view sourceMark = "# Source: ";

/// Bytes of the separator that starts at a line start, `---` and the blanks behind it; 0 when there is none.
std::size_t separatorAt(std::string_view text, std::size_t at)
{
    if (text.substr(at, 3) != "---")
        return 0;
    std::size_t end = at + 3;
    while (end < text.size() && (text[end] == ' ' || text[end] == '\t'))
        ++end;
    return end - at;
}

std::vector<std::string_view> splitAtLines(std::string_view text)
{
    std::vector<std::string_view> documents;
    text = trimLeftSpace(text);
    std::size_t start = 0;
    const auto take = [&](std::size_t end) {
        const std::string_view document = trimLeftSpace(text.substr(start, end - start));
        if (!document.empty())
            documents.push_back(document);
    };
    std::size_t line = 0;
    while (line <= text.size()) {
        if (const std::size_t length = separatorAt(text, line)) {
            take(line);
            start = line + length;
        }
        const auto newline = text.find('\n', line);
        if (newline == std::string_view::npos)
            break;
        line = newline + 1;
    }
    take(text.size());
    return documents;
}

bool isAsciiSpace(char c) // \s of Go's regular expressions
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

/// Helm 3: a separator is the start of the text or white space up to a newline, then `---`, then all white space.
std::vector<std::string_view> splitAtSpace(std::string_view text)
{
    std::vector<std::string_view> documents;
    text = trimSpace(text);
    std::size_t start = 0;
    const auto take = [&](std::size_t end) {
        const std::string_view document = trimSpace(text.substr(start, end - start));
        if (!document.empty())
            documents.push_back(document);
    };
    std::size_t from = 0;
    while (true) {
        const auto marker = text.find("---", from);
        if (marker == std::string_view::npos)
            break;
        const bool lineStart = marker == 0 || (text[marker - 1] == '\n' && marker > start);
        if (!lineStart) {
            from = marker + 1;
            continue;
        }
        std::size_t before = marker;
        while (before > start && isAsciiSpace(text[before - 1]))
            --before;
        take(before);
        std::size_t after = marker + 3;
        while (after < text.size() && isAsciiSpace(text[after]))
            ++after;
        start = after;
        from = after;
    }
    take(text.size());
    return documents;
}

struct Head
{
    std::string apiVersion;
    std::string kind;
    std::string name;
    std::string namespaceName;
    Value annotations;
};

/// Reads the head of a document as Go decodes it into SimpleHead.
Result<Head> readHead(std::string_view document, const Levels &levels)
{
    const auto tree = yaml::toValue(document);
    if (!tree)
        return tree.error();
    const std::string type = levels.chartutilTypes ? "releaseutil.SimpleHead" : "util.SimpleHead";
    const auto doesNotFit = [](const Value &value, const std::string &target) {
        return Error{.code = Error::Code::InvalidInput,
            .message = std::string(yaml::decodingJson) + yaml::cannotUnmarshal(value, target)};
    };
    if (!tree->isMap() && !tree->isNil())
        return doesNotFit(*tree, "Go value of type " + type);
    Head head;
    Decoder in("SimpleHead");
    in.string(*tree, "apiVersion", head.apiVersion);
    in.string(*tree, "kind", head.kind);
    const Value metadata = tree->get("metadata");
    if (!metadata.isNil() && !metadata.isMap())
        return doesNotFit(metadata,
            "Go struct field SimpleHead.metadata of type struct { Name string \"json:\\\"name\\\"\";"
            " Annotations map[string]string \"json:\\\"annotations\\\"\" }");
    Decoder inMetadata(".metadata");
    inMetadata.string(metadata, "name", head.name);
    head.annotations = inMetadata.stringMap(metadata, "annotations");
    in.take(inMetadata);
    if (const auto read = in.result(); !read)
        return read.error();
    scalarText(metadata.get("namespace"), head.namespaceName);
    return head;
}

std::vector<std::string> lowerList(std::string_view text)
{
    std::vector<std::string> out;
    for (const std::string_view item : split(text, ","))
        out.push_back(ascii::toLower(trimSpace(item)));
    return out;
}

bool isEvent(std::string_view event)
{
    static constexpr std::array<std::string_view, 9> events = {"pre-install", "post-install", "pre-delete",
        "post-delete", "pre-upgrade", "post-upgrade", "pre-rollback", "post-rollback", "test"};
    return std::ranges::find(events, event) != events.end();
}

/// The hook that a document is; nothing when one of its events is not known, which drops the document.
std::optional<Hook> readHook(const Head &head, const std::string &events)
{
    Hook hook;
    hook.name = head.name;
    hook.kind = head.kind;
    for (std::string &event : lowerList(events)) {
        if (event == "test-success")
            event = "test";
        if (!isEvent(event))
            return std::nullopt;
        hook.events.push_back(std::move(event));
    }
    hook.weight = parseGoInt(head.annotations.get("helm.sh/hook-weight").stringOr()).value_or(0);
    if (head.annotations.asMap().contains("helm.sh/hook-delete-policy"))
        hook.deletePolicies = lowerList(head.annotations.get("helm.sh/hook-delete-policy").toString());
    if (head.annotations.asMap().contains("helm.sh/hook-output-log-policy"))
        hook.outputLogPolicies = lowerList(head.annotations.get("helm.sh/hook-output-log-policy").toString());
    return hook;
}

constexpr std::size_t maxCachedBytes = 8U << 20U;

} // namespace

struct HeadCache::Impl
{
    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };

    std::unordered_map<std::string, Head, Hash, std::equal_to<>> heads;
    std::size_t bytes = 0; ///< Of their texts.
};

HeadCache::HeadCache() : impl(std::make_unique<Impl>()) { }
HeadCache::~HeadCache() = default;

namespace {

Result<Head> headOf(std::string_view document, const Levels &levels, HeadCache *cache)
{
    if (!cache)
        return readHead(document, levels);
    auto &heads = cache->impl->heads;
    if (const auto known = heads.find(document); known != heads.end())
        return known->second;
    auto head = readHead(document, levels);
    if (!head)
        return head;
    if (cache->impl->bytes + document.size() > maxCachedBytes) {
        heads.clear();
        cache->impl->bytes = 0;
    }
    cache->impl->bytes += document.size();
    heads.emplace(document, *head);
    return head;
}

/// Into install order; of one kind in the order in which they come. Places are looked up once, and what is in order
/// already is not moved.
template <class Item> void sortByKind(std::vector<Item> &items, const Levels &levels)
{
    std::vector<std::pair<KindPlace, std::size_t>> order;
    order.reserve(items.size());
    for (const Item &item : items)
        order.emplace_back(placeOfKind(item.kind, KindOrder::Install, levels), order.size());
    if (std::ranges::is_sorted(order))
        return;
    std::ranges::sort(order);
    std::vector<Item> sorted;
    sorted.reserve(items.size());
    for (const auto &[place, index] : order)
        sorted.push_back(std::move(items[index]));
    items = std::move(sorted);
}

/// A place in the document that begins at `offset` as one of the whole file; its beginning when no place is known.
SourceSpan placeInFile(SourceSpan at, std::string_view content, std::size_t offset)
{
    const std::string_view before = content.substr(0, offset);
    const int lines = static_cast<int>(std::ranges::count(before, '\n'));
    at.line = lines + std::max(at.line, 1);
    at.begin += offset;
    at.end += offset;
    return at;
}

Result<void> sortFile(
    const std::string &path, std::string_view content, const Levels &levels, SortedManifests &out, HeadCache *cache)
{
    for (const std::string_view document : splitDocuments(content, levels)) {
        const auto head = headOf(document, levels, cache);
        if (!head) {
            Error error = head.error().wrapped("YAML parse error on " + path + ": ");
            error.at = placeInFile(error.at, content, static_cast<std::size_t>(document.data() - content.data()));
            error.at.file = path;
            return error;
        }
        if (head->annotations.isMap() && head->annotations.asMap().contains("helm.sh/hook")) {
            const std::string events = head->annotations.get("helm.sh/hook").toString();
            if (auto hook = readHook(*head, events)) {
                hook->path = path;
                hook->manifest = std::string(document);
                out.hooks.push_back(*std::move(hook));
            } else {
                out.warnings.push_back("skipping unknown hooks hookTypes=" + events);
            }
            continue;
        }
        ManifestObject object;
        object.source = path;
        object.text = std::string(document);
        object.sourceOffset = static_cast<std::size_t>(document.data() - content.data());
        object.apiVersion = head->apiVersion;
        object.kind = head->kind;
        object.name = head->name;
        object.namespaceName = head->namespaceName;
        out.objects.push_back(std::move(object));
    }
    return {};
}

} // namespace

std::vector<std::string_view> splitDocuments(std::string_view text, const Levels &levels)
{
    return levels.splitAtLineStartsOnly ? splitAtLines(text) : splitAtSpace(text);
}

Result<SortedManifests> sortManifests(
    const std::vector<std::pair<std::string, std::string>> &rendered, const Levels &levels, HeadCache *cache)
{
    std::vector<std::pair<std::string_view, std::string_view>> files(rendered.begin(), rendered.end());
    std::ranges::sort(files, {}, &std::pair<std::string_view, std::string_view>::first);
    SortedManifests out;
    for (const auto &[path, content] : files) {
        if (pathBase(path).starts_with('_') || trimSpace(content).empty())
            continue;
        if (const auto done = sortFile(std::string(path), content, levels, out, cache); !done)
            return done.error();
    }
    sortByKind(out.objects, levels);
    sortByKind(out.hooks, levels);
    return out;
}

std::string writeManifest(std::vector<ManifestObject> &objects)
{
    constexpr std::string_view separator = "---\n";
    std::size_t size = 0;
    for (const ManifestObject &object : objects)
        size += separator.size() + sourceMark.size() + object.source.size() + object.text.size() + 2;
    std::string out;
    out.reserve(size);
    int line = 1;
    for (ManifestObject &object : objects) {
        out += separator;
        out += sourceMark;
        out += object.source;
        out += '\n';
        line += 2;
        object.begin = out.size();
        object.line = line;
        out += object.text;
        object.end = out.size();
        out += '\n';
        line += static_cast<int>(std::ranges::count(object.text, '\n')) + 1;
    }
    return out;
}

std::vector<ManifestObject> readManifest(std::string_view manifest, const Levels &levels)
{
    std::vector<ManifestObject> out;
    int line = 1;
    std::size_t counted = 0; // Up to here: counting from the start for each object would cost their square.
    for (std::string_view document : splitDocuments(manifest, levels)) {
        ManifestObject object;
        if (document.starts_with(sourceMark)) {
            const auto newline = std::min(document.find('\n'), document.size());
            object.source = document.substr(sourceMark.size(), newline - sourceMark.size());
            document.remove_prefix(std::min(newline + 1, document.size()));
        }
        object.begin = static_cast<std::size_t>(document.data() - manifest.data());
        object.end = object.begin + document.size();
        line += static_cast<int>(std::ranges::count(manifest.substr(counted, object.begin - counted), '\n'));
        counted = object.begin;
        object.line = line;
        object.text = std::string(document);
        if (const auto head = readHead(document, levels)) {
            object.apiVersion = head->apiVersion;
            object.kind = head->kind;
            object.name = head->name;
            object.namespaceName = head->namespaceName;
        }
        out.push_back(std::move(object));
    }
    return out;
}

} // namespace pk::chart
