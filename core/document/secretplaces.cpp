// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/secretplaces.h"

#include "base/redacted.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace pk::document {

namespace {

using yaml::Span;

std::string lowerLetters(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c != '_' && c != '-' && c != '.')
            out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return out;
}

/// Words that make an environment variable secret.
constexpr std::array<std::string_view, 9> variableWords = {
    "TOKEN", "KEY", "SECRET", "PASSWORD", "PASSWD", "PASS", "CREDENTIALS", "CREDENTIAL", "PASSPHRASE"};

/// Ends of keys, without the marks between their words.
constexpr std::array<std::string_view, 11> keyEnds = {"token", "password", "passwd", "passphrase", "privatekey",
    "secretkey", "apikey", "accesskey", "clientsecret", "secretaccesskey", "authorization"};

class LineScanner
{
public:
    LineScanner(std::string_view text, bool byKey) : m_text(text), m_byKey(byKey) { }

    std::vector<Span> run()
    {
        while (m_at < m_text.size()) {
            m_line = m_text.substr(m_at, m_text.find('\n', m_at) - m_at);
            if (!takePem() && !(m_byKey && takeKey()))
                takeRuns();
            m_at = std::min(m_at + m_line.size() + 1, m_text.size() + 1);
        }
        return std::move(m_spans);
    }

private:
    bool takePem()
    {
        const std::size_t begin = m_line.find("-----BEGIN ");
        if (begin == std::string_view::npos || m_line.find("PRIVATE KEY", begin) == std::string_view::npos)
            return false;
        const std::size_t from = m_at + begin;
        const std::size_t last = m_text.find("-----END ", from);
        const std::size_t close = last == std::string_view::npos ? last : m_text.find("-----", last + 9);
        const std::size_t end = close == std::string_view::npos ? m_text.size() : close + 5;
        add(from, end);
        m_at = std::min(m_text.find('\n', end - 1), m_text.size());
        m_line = {};
        return true;
    }

    /// `token: value`, with all lines below that are deeper.
    bool takeKey()
    {
        std::size_t begin = m_line.find_first_not_of(" -#\t");
        const std::size_t colon = m_line.find(':', begin == std::string_view::npos ? 0 : begin);
        if (begin == std::string_view::npos || colon == std::string_view::npos)
            return false;
        std::string key(m_line.substr(begin, colon - begin));
        std::erase_if(key, [](char c) { return c == '"' || c == '\'' || c == ' '; });
        const bool named = key == "name";
        std::string word(m_line.substr(colon + 1));
        std::erase_if(word, [](char c) { return c == '"' || c == '\'' || c == ' ' || c == '\r'; });
        if (named)
            m_secretItem = namesSecret(word);
        if (!isSecretKey(key) && !namesSecret(key) && !(key == "value" && m_secretItem))
            return false;
        const std::size_t value = m_line.find_first_not_of(" \r", colon + 1);
        if (value != std::string_view::npos)
            add(m_at + value, m_at + m_line.find_last_not_of(" \r") + 1);
        takeBelow(begin);
        return true;
    }

    void takeBelow(std::size_t column)
    {
        std::size_t next = m_at + m_line.size() + 1;
        while (next < m_text.size()) {
            const std::string_view line = m_text.substr(next, m_text.find('\n', next) - next);
            const std::size_t first = line.find_first_not_of(" \r\t");
            if (first != std::string_view::npos && first <= column)
                break;
            if (first != std::string_view::npos)
                add(next + first, next + line.find_last_not_of(" \r") + 1);
            m_at = next;
            m_line = line;
            next += line.size() + 1;
        }
    }

    void takeRuns()
    {
        // A word that looks secret, with the punctuation of its kind.
        for (std::size_t i = 0; i < m_line.size();) {
            const std::size_t begin = m_line.find_first_not_of(" \t\r,;:'\"[]{}#", i);
            if (begin == std::string_view::npos)
                return;
            const std::size_t end = std::min(m_line.find_first_of(" \t\r,;:'\"[]{}", begin), m_line.size());
            if (looksSecret(m_line.substr(begin, end - begin)))
                add(m_at + begin, m_at + end);
            i = end;
        }
    }

    void add(std::size_t begin, std::size_t end) { m_spans.push_back({begin, end}); }

    std::string_view m_text;
    bool m_byKey;
    std::size_t m_at = 0;
    std::string_view m_line;
    bool m_secretItem = false;
    std::vector<Span> m_spans;
};

} // namespace

bool isSecretKey(std::string_view key)
{
    const std::string letters = lowerLetters(key);
    return std::any_of(keyEnds.begin(), keyEnds.end(), [&](std::string_view end) { return letters.ends_with(end); });
}

bool namesSecret(std::string_view name)
{
    // A variable's name is written in capitals; "key: x" in a toleration is none.
    const auto isNameChar = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; };
    if (name.empty() || !std::all_of(name.begin(), name.end(), isNameChar))
        return false;
    for (std::size_t begin = 0; begin <= name.size();) {
        const std::size_t end = std::min(name.find('_', begin), name.size());
        const std::string_view word = name.substr(begin, end - begin);
        if (std::find(variableWords.begin(), variableWords.end(), word) != variableWords.end())
            return true;
        begin = end + 1;
    }
    return false;
}

std::vector<Span> findInLines(std::string_view text, bool byKey)
{
    return LineScanner(text, byKey).run();
}

} // namespace pk::document
