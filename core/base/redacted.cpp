// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/redacted.h"

#include "base/encoding.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace pk {

namespace {

constexpr std::string_view Hidden = "(hidden)";
constexpr std::size_t ShortestSecretRun = 32;

void wipe(std::string &text)
{
    // volatile: a plain fill of memory that dies next may be optimised away.
    volatile char *bytes = text.data();
    for (std::size_t i = 0; i < text.size(); ++i)
        bytes[i] = 0;
}

bool isRunChar(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '/' || c == '-' || c == '_';
}

std::size_t endOfRun(std::string_view text, std::size_t at)
{
    while (at < text.size() && isRunChar(text[at]))
        ++at;
    return at;
}

/// What the whole groups at the start of a base64 run stand for; enough to recognise it.
std::string decodeStart(std::string_view run)
{
    std::string bytes;
    std::size_t badAt = 0;
    run = run.substr(0, std::min<std::size_t>(run.size(), 4096));
    (void)base64Decode(run.substr(0, run.size() / 4 * 4), bytes, badAt);
    return bytes;
}

bool isPrivateKeyPem(std::string_view text)
{
    const auto begin = text.find("-----BEGIN ");
    return begin != std::string_view::npos && text.substr(begin, 64).find("PRIVATE KEY") != std::string_view::npos;
}

/// Behind the JSON Web Token that begins at `at` (two or three runs with dots between, the first two base64 of `{"`);
/// `at` when none does.
std::size_t endOfJwt(std::string_view text, std::size_t at)
{
    if (!text.substr(at).starts_with("eyJ"))
        return at;
    const std::size_t head = endOfRun(text, at);
    if (!text.substr(head).starts_with(".eyJ"))
        return at;
    const std::size_t claims = endOfRun(text, head + 1);
    return claims < text.size() && text[claims] == '.' ? endOfRun(text, claims + 1) : claims;
}

bool isSecretRun(std::string_view run)
{
    if (run.size() < ShortestSecretRun)
        return false;
    if (run.starts_with("eyJhbGciOi")) // the head of every JWT: {"alg":
        return true;
    const std::string start = decodeStart(run);
    return isPrivateKeyPem(start) || isPrivateKeyPem(decodeStart(start))
        || (start.starts_with("{") && start.find("\"broker\"") != std::string::npos);
}

/// Ends of the words whose value is a secret, in lower case.
constexpr std::array<std::string_view, 8> SecretWords = {
    "authorization", "cookie", "token", "password", "privatekey", "private_key", "-data", "secret_access_key"};

bool endsInSecretWord(std::string_view before)
{
    while (!before.empty() && (before.back() == ' ' || before.back() == '"' || before.back() == '\''))
        before.remove_suffix(1);
    std::string tail(before.substr(before.size() > 24 ? before.size() - 24 : 0));
    std::transform(tail.begin(), tail.end(), tail.begin(), [](unsigned char c) { return std::tolower(c); });
    return std::any_of(
        SecretWords.begin(), SecretWords.end(), [&tail](std::string_view word) { return tail.ends_with(word); });
}

/// Behind the last dash of the PEM block that begins at `at`, or the end of the text.
std::size_t endOfPem(std::string_view text, std::size_t at)
{
    const auto end = text.find("-----END ", at);
    const auto close = end == std::string_view::npos ? end : text.find("-----", end + 9);
    return close == std::string_view::npos ? text.size() : close + 5;
}

std::string hide(std::string_view text, bool behindWords)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (text.substr(at).starts_with("-----BEGIN ") && isPrivateKeyPem(text.substr(at, 64))) {
            out += Hidden;
            at = endOfPem(text, at);
        } else if (behindWords && (text[at] == ':' || text[at] == '=') && endsInSecretWord(text.substr(0, at))) {
            out.push_back(text[at++]);
            while (at < text.size() && (text[at] == ' ' || text[at] == '"'))
                out.push_back(text[at++]);
            const std::size_t end = std::min(text.find_first_of("\"\r\n,;}", at), text.size());
            if (end > at)
                out += Hidden;
            at = end;
        } else if (const std::size_t jwt = endOfJwt(text, at); jwt > at) {
            out += Hidden;
            at = jwt;
        } else if (const std::size_t end = endOfRun(text, at); end > at) {
            const std::string_view run = text.substr(at, end - at);
            out += isSecretRun(run) ? Hidden : run;
            at = end;
        } else {
            out.push_back(text[at++]);
        }
    }
    return out;
}

} // namespace

Redacted::Redacted(Redacted &&other) noexcept
{
    // A copy, then wiped: std::string's move leaves the bytes of a short string behind.
    m_secret = other.m_secret;
    wipe(other.m_secret);
    other.m_secret.clear();
}

Redacted &Redacted::operator=(Redacted other) noexcept
{
    m_secret.swap(other.m_secret);
    return *this;
}

Redacted::~Redacted()
{
    wipe(m_secret);
}

bool looksSecret(std::string_view text)
{
    if (isPrivateKeyPem(text))
        return true;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = endOfRun(text, at);
        if (endOfJwt(text, at) > at || isSecretRun(text.substr(at, end - at)))
            return true;
        at = end + 1;
    }
    return false;
}

std::string hideSecretContent(std::string_view text)
{
    return hide(text, false);
}

std::string redact(std::string_view text)
{
    return hide(text, true);
}

} // namespace pk
