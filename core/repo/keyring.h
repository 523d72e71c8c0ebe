// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "repo/openpgp.h"

#include <cstdint>
#include <string>
#include <vector>

namespace pk::repo {

/// Somebody whose signature counts.
struct Signer
{
    std::vector<std::string> names; ///< User ids: "Ann <ann@example.com>".
    std::string fingerprint; ///< Of the main key, 40 digits in upper case.
};

/// Public keys that are trusted: a file of GnuPG (pubring.gpg), a keybox (pubring.kbx) or an armoured export.
class Keyring
{
public:
    static Result<Keyring> parse(std::string_view bytes, const std::string &path);
    static Result<Keyring> load(const std::string &path);

    /// Who made one of the signatures in `packets` over `data`: a key that is here, is meant for signing, and was
    /// neither revoked nor expired at `now` (seconds since 1970).
    Result<Signer> check(std::string_view packets, std::string_view data, std::int64_t now) const;

private:
    struct Part ///< A key with what its owner says about it.
    {
        pgp::PublicKey key;
        pgp::Signature self;
        bool hasSelf = false;
        bool revoked = false;
    };
    struct Entity
    {
        Part primary;
        std::vector<Part> subkeys;
        std::vector<std::string> names;
    };
    class Builder;

    static Result<void> checkTimes(const Part &part, std::int64_t now);

    std::vector<Entity> m_entities;
};

} // namespace pk::repo
