// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/secretwords.h"

#include "base/encoding.h"
#include "base/redacted.h"
#include "document/secrets.h"

#include <algorithm>
#include <cctype>

namespace pk::document {

namespace {

constexpr std::string_view Hidden = "(hidden)";

bool isWordCharacter(char character)
{
    return std::isalnum(static_cast<unsigned char>(character)) || character == '_' || character == '-';
}

void insert(std::vector<std::string> &words, std::string_view word)
{
    const auto at = std::lower_bound(words.begin(), words.end(), word);
    if (at == words.end() || *at != word)
        words.insert(at, std::string(word));
}

/// Worth looking for: what happens to be base64 of a few odd bytes is not.
bool isPlainText(std::string_view text)
{
    return text.size() >= 4 && std::all_of(text.begin(), text.end(), [](char character) {
        const auto byte = static_cast<unsigned char>(character);
        return byte >= 0x20 || byte == '\n' || byte == '\r' || byte == '\t';
    });
}

/// Where `word` stands alone in `text`, from `from` on.
std::size_t findAlone(std::string_view text, std::string_view word, std::size_t from)
{
    for (std::size_t at = from; (at = text.find(word, at)) != std::string_view::npos; ++at) {
        const std::size_t end = at + word.size();
        const bool before = at > 0 && isWordCharacter(text[at - 1]);
        const bool behind = end < text.size() && isWordCharacter(text[end]);
        if (!before && !behind)
            return at;
    }
    return std::string_view::npos;
}

void replaceAll(std::string &text, std::string_view what, std::string_view by)
{
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
        text.replace(at, what.size(), by);
}

std::string replaced(std::string_view text, std::string_view what, std::string_view by)
{
    std::string made(text);
    replaceAll(made, what, by);
    return made;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())))
        text.remove_prefix(1);
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())))
        text.remove_suffix(1);
    return text;
}

} // namespace

void SecretWords::add(std::string_view word)
{
    word = trimmed(word);
    if (word.empty())
        return;
    if (word.size() < Shortest)
        return insert(m_short, word);
    // In quotes some characters are written otherwise.
    if (word.find('\'') != std::string_view::npos)
        insert(m_long, replaced(word, "'", "''"));
    if (word.find_first_of("\"\\") != std::string_view::npos)
        insert(m_long, replaced(replaced(word, "\\", "\\\\"), "\"", "\\\""));
    insert(word.size() < Long ? m_middle : m_long, word);
    // A template may write it as base64, whose end changes with what stands behind it.
    const std::string encoded = base64Encode(std::string(word));
    if (const std::size_t whole = word.size() / 3 * 4; whole >= 8)
        insert(m_long, std::string_view(encoded).substr(0, whole));
    // Texts of several lines are written line by line.
    for (std::size_t at = 0, end = 0; word.find('\n') != std::string_view::npos && at < word.size(); at = end + 1) {
        end = std::min(word.find('\n', at), word.size());
        if (const std::string_view line = trimmed(word.substr(at, end - at)); line.size() >= Long)
            insert(m_long, line);
    }
}

void SecretWords::addValues(std::string_view text)
{
    add(findSecrets(text));
}

void SecretWords::add(const std::vector<SecretPlace> &places)
{
    for (const SecretPlace &place : places)
        addEncoded(place.value);
}

void SecretWords::addEncoded(const std::string &base64)
{
    add(base64);
    std::string plain;
    std::size_t badAt = 0;
    if (base64Decode(base64, plain, badAt) && isPlainText(plain))
        add(plain);
}

void SecretWords::addSecrets(const Value &object)
{
    if (const Value items = object.get("items"); items.isList()) {
        for (const Value &item : items.asList().items)
            addSecrets(item);
        return;
    }
    const std::string type = object.get("type").stringOr();
    const Value data = object.get("data");
    if (object.get("kind").stringOr() != "Secret" || !data.isMap() || type == "helm.sh/release.v1")
        return;
    for (const Map::Entry &entry : data.asMap()) {
        // Beside the token such a Secret says where it is good, which is no secret and would be found everywhere.
        if (type == "kubernetes.io/service-account-token" && entry.key != "token")
            continue;
        if (entry.value.isString())
            addEncoded(entry.value.toString());
    }
}

void SecretWords::add(const SecretWords &other)
{
    for (const std::string &word : other.m_long)
        insert(m_long, word);
    for (const std::string &word : other.m_middle)
        insert(m_middle, word);
    for (const std::string &word : other.m_short)
        insert(m_short, word);
}

bool SecretWords::isIn(std::string_view line) const
{
    return std::any_of(m_long.begin(), m_long.end(),
               [line](const std::string &word) { return line.find(word) != std::string_view::npos; })
        || std::any_of(m_middle.begin(), m_middle.end(),
            [line](const std::string &word) { return findAlone(line, word, 0) != std::string_view::npos; });
}

std::string SecretWords::hidden(std::string text) const
{
    // The longest first: one may be a part of another.
    std::vector<std::string_view> words(m_long.begin(), m_long.end());
    std::sort(words.begin(), words.end(), [](auto a, auto b) { return a.size() > b.size(); });
    for (const std::string_view word : words)
        replaceAll(text, word, Hidden);
    for (const std::string &word : m_middle) {
        for (std::size_t at = 0; (at = findAlone(text, word, at)) != std::string::npos; at += Hidden.size())
            text.replace(at, word.size(), Hidden);
    }
    for (const std::string &word : m_short) {
        for (const char quote : {'\'', '"', '`'})
            replaceAll(text, quote + word + quote, Hidden);
    }
    return hideSecretContent(text);
}

} // namespace pk::document
