// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/secrets.h"

#include "base/redacted.h"
#include "yaml/path.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace pk::document {

namespace {

constexpr std::array<std::string_view, 2> SecretPaths = {"credentials.token", "credentials.privateKey"};
constexpr std::array<std::string_view, 8> SecretWords
    = {"TOKEN", "SECRET", "PASSWORD", "PASSWD", "PRIVATE_KEY", "ACCESS_KEY", "API_KEY", "CREDENTIALS"};

std::string_view textOf(const yaml::Node &mapping, std::string_view key)
{
    for (std::size_t i = 0; i < mapping.size(); ++i) {
        if (mapping.isMapping() && mapping.key(i).value == key && mapping.valueAt(i).isScalar())
            return mapping.valueAt(i).value;
    }
    return {};
}

class Finder
{
public:
    std::vector<SecretPlace> found;

    void visit(const yaml::Node &node, const yaml::Path &path, bool byPlace)
    {
        if (node.isScalar()) {
            const std::string text = path.toString();
            const bool known = std::find(SecretPaths.begin(), SecretPaths.end(), text) != SecretPaths.end();
            if (!node.value.empty() && (byPlace || known || looksSecret(node.value)))
                found.push_back({text, node.span, node.value});
            return;
        }
        const bool variable = node.isMapping() && namesSecret(textOf(node, "name"));
        for (std::size_t i = 0; i < node.size(); ++i) {
            const yaml::Path child = node.isMapping() ? path.child(node.key(i).value) : path.child(i);
            visit(node.valueAt(i), child, variable && node.isMapping() && node.key(i).value == "value");
        }
    }
};

/// For a text that is no YAML: every line that holds a secret, as a whole behind its key.
std::vector<SecretPlace> findInLines(std::string_view text)
{
    std::vector<SecretPlace> found;
    bool inPem = false;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view line = text.substr(begin, end - begin);
        const bool starts = line.find("-----BEGIN ") != std::string_view::npos;
        const bool named = line.find("token:") != std::string_view::npos || line.find("privateKey:") != std::string_view::npos;
        if (inPem || starts || named || looksSecret(line)) {
            const std::size_t colon = line.find(": ");
            const std::size_t from = inPem || colon == std::string_view::npos ? 0 : colon + 2;
            if (from < line.size())
                found.push_back({{}, {begin + from, end}, std::string(line.substr(from))});
        }
        inPem = (inPem || starts) && line.find("-----END ") == std::string_view::npos;
        begin = end + 1;
    }
    return found;
}

} // namespace

bool namesSecret(std::string_view variable)
{
    std::string upper(variable);
    std::transform(upper.begin(), upper.end(), upper.begin(), [](unsigned char c) { return std::toupper(c); });
    return std::any_of(SecretWords.begin(), SecretWords.end(),
        [&upper](std::string_view word) { return upper.find(word) != std::string::npos; });
}

std::vector<SecretPlace> findSecrets(std::string_view text)
{
    const auto stream = yaml::parse(text);
    if (!stream)
        return findInLines(text);
    Finder finder;
    for (const yaml::Document &document : *stream)
        finder.visit(document.root, {}, false);
    std::erase_if(finder.found, [](const SecretPlace &place) { return isHiddenMark(place.value); });
    return finder.found;
}

std::string withoutSecrets(std::string_view text, std::string_view mark)
{
    std::string out;
    std::size_t at = 0;
    for (const SecretPlace &place : findSecrets(text)) {
        out += text.substr(at, place.span.begin - at);
        out += mark;
        at = place.span.end;
        // A block scalar takes its line end with it.
        if (at > 0 && text[at - 1] == '\n')
            out += '\n';
    }
    out += text.substr(at);
    return out;
}

bool isHiddenMark(std::string_view value)
{
    return value == HiddenMark.substr(1, HiddenMark.size() - 2);
}

} // namespace pk::document
