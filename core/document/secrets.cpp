// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/secrets.h"

#include "base/redacted.h"
#include "document/secretplaces.h"
#include "yaml/textedit.h"

#include <algorithm>
#include <functional>
#include <set>

namespace pk::document {

namespace {

using yaml::Node;

std::string scalarAt(const Node &map, std::string_view wanted)
{
    for (std::size_t i = 0; map.isMapping() && i < map.size(); ++i) {
        if (map.key(i).value == wanted && map.valueAt(i).isScalar())
            return map.valueAt(i).value;
    }
    return {};
}

/// Walks the nodes of one document.
class Finder
{
public:
    Finder(std::string_view text, std::vector<SecretPlace> &found) : m_text(text), m_found(found) { }

    void run(const Node &root)
    {
        m_isSecretObject = scalarAt(root, "kind") == "Secret";
        // Twice: an alias at a secret place makes its anchor, which stands before it, a secret.
        collectAnchors(root, {}, nullptr, false);
        walk(root, {}, nullptr, false);
    }

private:
    bool isPlace(const yaml::Path &path, const Node *parent) const
    {
        if (path.isRoot())
            return false;
        const auto *key = std::get_if<std::string>(&path.last());
        if (!key)
            return false;
        const auto *top = std::get_if<std::string>(&path.steps().front());
        if (m_isSecretObject && path.size() == 2 && top && (*top == "data" || *top == "stringData"))
            return true;
        if (isSecretKey(*key) || namesSecret(*key))
            return true;
        return *key == "value" && parent && namesSecret(scalarAt(*parent, "name"));
    }

    using Visit = std::function<void(const Node &, const yaml::Path &, const Node *, bool)>;

    void each(const Node &node, const yaml::Path &path, bool secret, const Visit &visit)
    {
        for (std::size_t i = 0; i < node.size() && !node.isScalar(); ++i) {
            std::string key;
            if (node.isMapping() && !yaml::keyOf(node.key(i), key))
                key = node.key(i).value;
            const yaml::Path child = node.isMapping() ? path.child(key) : path.child(i);
            visit(node.valueAt(i), child, &node, secret || isPlace(child, &node));
        }
    }

    void collectAnchors(const Node &node, const yaml::Path &path, const Node *, bool secret)
    {
        if (secret && node.kind == Node::Kind::Alias)
            m_secretAnchors.insert(node.anchor);
        each(node, path, secret, [this](const Node &child, const yaml::Path &at, const Node *parent, bool is) {
            collectAnchors(child, at, parent, is);
        });
    }

    void walk(const Node &node, const yaml::Path &path, const Node *, bool secret)
    {
        if (node.kind != Node::Kind::Alias && m_secretAnchors.count(node.anchor) > 0)
            secret = true;
        if (node.isScalar() && isWorthHiding(node)) {
            const bool byContent = looksSecret(node.value);
            if (secret || byContent)
                m_found.push_back({path.toString(), contentOf(node), node.value});
        }
        for (std::size_t i = 0; node.isMapping() && i < node.size(); ++i) {
            if (node.key(i).isScalar() && looksSecret(node.key(i).value))
                m_found.push_back({{}, contentOf(node.key(i)), node.key(i).value});
        }
        each(node, path, secret, [this](const Node &child, const yaml::Path &at, const Node *parent, bool is) {
            walk(child, at, parent, is);
        });
    }

    /// Empty values, and what has been hidden already, give nothing away.
    static bool isWorthHiding(const Node &node) { return !node.value.empty() && !isHiddenMark(node.value); }

    /// The span behind the anchor.
    yaml::Span contentOf(const Node &node) const
    {
        yaml::Span span = node.span;
        if (!node.anchor.empty()) {
            const std::size_t anchor = m_text.find("&" + node.anchor, span.begin);
            const std::size_t behind = m_text.find_first_not_of(" \r\n", anchor + node.anchor.size() + 1);
            span.begin = std::min(behind, span.end);
        }
        return span;
    }

    std::string_view m_text;
    std::vector<SecretPlace> &m_found;
    bool m_isSecretObject = false;
    std::set<std::string, std::less<>> m_secretAnchors;
};

/// In order; what lies in another one goes.
void arrange(std::vector<SecretPlace> &places)
{
    std::stable_sort(places.begin(), places.end(), [](const SecretPlace &a, const SecretPlace &b) {
        return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
    });
    std::vector<SecretPlace> kept;
    for (SecretPlace &place : places) {
        if (place.span.begin == place.span.end)
            continue;
        if (kept.empty() || place.span.begin >= kept.back().span.end)
            kept.push_back(std::move(place));
        else
            kept.back().span.end = std::max(kept.back().span.end, place.span.end);
    }
    places = std::move(kept);
}

} // namespace

std::vector<SecretPlace> findSecrets(std::string_view text)
{
    const Result<yaml::Stream> nodes = yaml::parse(text);
    return findSecrets(text, nodes ? &*nodes : nullptr);
}

std::vector<SecretPlace> findSecrets(std::string_view text, const yaml::Stream *nodes)
{
    std::vector<SecretPlace> places;
    if (nodes) {
        for (const yaml::Document &document : *nodes)
            Finder(text, places).run(document.root);
    }
    // Comments hold secrets as well, and of a broken text the lines are all there is.
    for (const yaml::Span &span : findInLines(text, !nodes)) {
        const std::string_view value = text.substr(span.begin, span.end - span.begin);
        if (value != HiddenMark)
            places.push_back({{}, span, std::string(value)});
    }
    arrange(places);
    return places;
}

std::string withoutSecrets(std::string_view text, std::string_view mark)
{
    std::string out;
    std::size_t at = 0;
    for (const SecretPlace &place : findSecrets(text)) {
        out += text.substr(at, place.span.begin - at);
        out += mark;
        at = place.span.end;
    }
    out += text.substr(at);
    return out;
}

bool isHiddenMark(std::string_view value)
{
    return value == HiddenMark.substr(1, HiddenMark.size() - 2);
}

} // namespace pk::document
