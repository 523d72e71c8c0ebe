// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/schemaurl.h"

#include "base/ascii.h"
#include "base/encoding.h"

#include <algorithm>
#include <vector>

namespace pk::chart::schema {

namespace {

/// The parts of a URL; `opaque` is what stands behind a scheme without a slash (urn:x).
struct Parts
{
    std::string_view scheme;
    bool hasHost = false;
    std::string_view host;
    std::string_view opaque;
    std::string_view path;
    std::string_view query; ///< With its question mark.
};

bool isUrl(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x20 || byte == 0x7F)
            return false;
        if (text[i] == '%' && (i + 2 >= text.size() || ascii::hexOf(text[i + 1]) < 0 || ascii::hexOf(text[i + 2]) < 0))
            return false;
    }
    return true;
}

Parts partsOf(std::string_view text)
{
    Parts parts;
    parts.scheme = schemeOf(text);
    if (!parts.scheme.empty())
        text.remove_prefix(parts.scheme.size() + 1);
    const auto question = text.find('?');
    if (question != std::string_view::npos) {
        parts.query = text.substr(question);
        text = text.substr(0, question);
    }
    if (!parts.scheme.empty() && !text.empty() && text.front() != '/') {
        parts.opaque = text;
        return parts;
    }
    if (text.starts_with("//")) {
        text.remove_prefix(2);
        parts.hasHost = true;
        parts.host = text.substr(0, text.find('/'));
        text.remove_prefix(parts.host.size());
    }
    parts.path = text;
    return parts;
}

std::string withoutDots(std::string_view path)
{
    std::vector<std::string_view> kept;
    std::string_view last;
    while (true) {
        const auto slash = path.find('/');
        last = path.substr(0, slash);
        if (last == "..") {
            if (!kept.empty())
                kept.pop_back();
        } else if (last != ".") {
            kept.push_back(last);
        }
        if (slash == std::string_view::npos)
            break;
        path.remove_prefix(slash + 1);
    }
    if (last == "." || last == "..")
        kept.emplace_back();
    std::string out;
    for (const std::string_view part : kept)
        out.append(out.empty() && part.empty() ? "" : "/").append(part);
    return out.empty() ? "/" : out;
}

std::string resolvedPath(std::string_view base, std::string_view reference)
{
    std::string full(reference);
    if (reference.empty())
        full = base;
    else if (reference.front() != '/')
        full = std::string(base.substr(0, base.rfind('/') + 1)) + full;
    return full.empty() ? std::string() : withoutDots(full);
}

} // namespace

std::pair<std::string_view, std::string_view> splitFragment(std::string_view reference)
{
    const auto hash = reference.find('#');
    if (hash == std::string_view::npos)
        return {reference, {}};
    return {reference.substr(0, hash), reference.substr(hash + 1)};
}

std::string_view schemeOf(std::string_view url)
{
    if (url.empty() || !ascii::isLetter(url.front()))
        return {};
    const auto end =
        std::ranges::find_if(url, [](char c) { return !ascii::isAlphanumeric(c) && c != '+' && c != '-' && c != '.'; });
    return end != url.end() && *end == ':' ? std::string_view(url.begin(), end) : std::string_view();
}

std::optional<std::string> joinUrl(std::string_view base, std::string_view reference)
{
    if (!isUrl(base) || !isUrl(reference))
        return std::nullopt;
    const Parts from = partsOf(base);
    Parts to = partsOf(reference);
    std::string path;
    if (!to.scheme.empty() || to.hasHost) {
        path = to.path.empty() ? std::string() : withoutDots(to.path);
    } else {
        if (to.path.empty() && to.query.empty())
            to.query = from.query;
        to.opaque = from.opaque;
        if (to.opaque.empty()) {
            to.hasHost = from.hasHost;
            to.host = from.host;
            path = resolvedPath(from.path, to.path);
        }
    }
    std::string out(to.scheme.empty() ? from.scheme : to.scheme);
    out += ':';
    if (!to.opaque.empty())
        return out.append(to.opaque).append(to.query);
    if (to.hasHost || !path.empty())
        out += "//";
    return out.append(to.host).append(path).append(to.query);
}

std::optional<std::string> percentDecoded(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        if (i + 2 >= text.size() || ascii::hexOf(text[i + 1]) < 0 || ascii::hexOf(text[i + 2]) < 0)
            return std::nullopt;
        out += static_cast<char>(ascii::hexOf(text[i + 1]) * 16 + ascii::hexOf(text[i + 2]));
        i += 2;
    }
    return out;
}

std::string encodedPointer(std::string_view pointer)
{
    return percentEncode(pointer, "-_.~$&+=:@/");
}

std::string escapePointer(std::string_view key)
{
    std::string out;
    for (const char c : key) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    }
    return out;
}

std::optional<std::string> unescapePointer(std::string_view token)
{
    std::string key;
    for (std::size_t i = 0; i < token.size(); ++i) {
        if (token[i] != '~') {
            key += token[i];
            continue;
        }
        if (++i == token.size() || (token[i] != '0' && token[i] != '1'))
            return std::nullopt;
        key += token[i] == '1' ? '/' : '~';
    }
    return key;
}

} // namespace pk::chart::schema
