// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace pk {

/// A text that must not be seen: it has no stream operator and no conversion, so that printing it is a deliberate
/// reveal(). Its bytes are overwritten when it dies. A copy is a copy of the secret: pass it by reference.
class Redacted
{
public:
    Redacted() = default;
    explicit Redacted(std::string secret) : m_secret(std::move(secret)) { }
    Redacted(const Redacted &) = default;
    Redacted(Redacted &&other) noexcept;
    Redacted &operator=(Redacted other) noexcept;
    ~Redacted();

    const std::string &reveal() const { return m_secret; }
    bool isEmpty() const { return m_secret.empty(); }
    bool operator==(const Redacted &other) const { return m_secret == other.m_secret; }

private:
    std::string m_secret;
};

/// True when a text is a secret by its content: a PEM private key, base64 (once or twice) of one, a worker pool token
/// (base64 of a JSON object with a "broker"), or a JWT. In whichever key it stands (DESIGN.md 4.7).
bool looksSecret(std::string_view text);

/// `text` with everything that looksSecret() replaced by "(hidden)": for words of others that quote what they were
/// given.
std::string hideSecretContent(std::string_view text);

/// `text` with everything that looksSecret(), and every value behind a word that carries a secret (Authorization,
/// Cookie, token, password, privateKey, *-data), replaced by "(hidden)". Every log line goes through it.
std::string redact(std::string_view text);

} // namespace pk
