// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "value/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace pk::document {

struct SecretPlace;

/// Secrets that no look at them gives away: plain words that are known only by the place where they stand, such as
/// `credentials.token: correct-horse`. Wherever else such a word is written, in a manifest, a sentence of Helm or a
/// tooltip, it is found by this list. A value; holds the secrets in the clear and never prints them.
class SecretWords
{
public:
    /// A word; empty ones are ignored.
    void add(std::string_view word);
    /// Every secret of a text of values or manifests (findSecrets()); what a Secret holds also as it is read.
    void addValues(std::string_view text);
    /// The same of what was found already.
    void add(const std::vector<SecretPlace> &places);
    void add(const SecretWords &other);
    /// What a Secret of a cluster holds, or each of a list; anything else is no secret. Helm's records are left out:
    /// they are no words.
    void addSecrets(const Value &object);

    bool isEmpty() const { return m_long.empty() && m_middle.empty() && m_short.empty(); }
    /// True when `line` holds one of them, as it is or as base64. Words below four characters are not looked for: they
    /// would blank half of every text.
    bool isIn(std::string_view line) const;
    /// `text` with each of them replaced by "(hidden)". Short ones count where they stand in quotes, as the words of
    /// schemas and templates quote values.
    std::string hidden(std::string text) const;

    bool operator==(const SecretWords &) const = default;

private:
    void addEncoded(const std::string &base64);

    static constexpr std::size_t Shortest = 4;
    /// From here on a word is found inside others too; shorter ones only where they stand alone.
    static constexpr std::size_t Long = 12;

    std::vector<std::string> m_long, m_middle, m_short; ///< Each sorted, once.
};

} // namespace pk::document
