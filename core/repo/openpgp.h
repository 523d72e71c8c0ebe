// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// OpenPGP (RFC 4880, RFC 9580) as far as signatures of version 4 over text need it: RSA, EdDSA and ECDSA keys, no
// encryption, no private halves. Errors in the words of the library that Helm uses.
namespace pk::repo::pgp {

Error dataError(const std::string &why); ///< "openpgp: invalid data: WHY"
Error signatureError(const std::string &why); ///< "openpgp: invalid signature: WHY"
Error plainError(const std::string &why); ///< "openpgp: WHY"

/// One packet; `body` points into the bytes that were read.
struct Packet
{
    enum Tag {
        SignatureTag = 2,
        SecretKeyTag = 5,
        PublicKeyTag = 6,
        SecretSubkeyTag = 7,
        UserIdTag = 13,
        PublicSubkeyTag = 14,
        AttributeTag = 17
    };
    int tag = 0;
    std::string_view body;
};

/// Cuts a stream of packets.
Result<std::vector<Packet>> readPackets(std::string_view bytes);

/// The bytes inside the first "-----BEGIN PGP …-----" of `text`, which is moved behind its end.
Result<std::string> readArmor(std::string_view &text, std::string *type = nullptr);

/// A public key, or the public half of a private one.
struct PublicKey
{
    int algorithm = 0;
    std::uint32_t created = 0; ///< Seconds since 1970.
    std::string body; ///< The packet's public part: what fingerprints and signatures are made over.
    std::string fingerprint; ///< 20 bytes.

    static Result<PublicKey> parse(std::string_view packetBody);
    /// As signatures about keys hash it: 0x99, length, body.
    std::string hashed() const;
    std::string keyId() const { return fingerprint.substr(12); }
};

/// A signature of version 4.
struct Signature
{
    int type = 0;
    int algorithm = 0;
    int hash = 0;
    std::string suffix; ///< Hashed behind the signed data.
    std::string numbers; ///< The rest: multi-precision integers.
    std::uint32_t created = 0;
    std::uint32_t lifetime = 0; ///< Seconds; 0: for ever.
    std::uint32_t keyLifetime = 0; ///< Seconds from the key's creation; 0: for ever.
    std::optional<int> keyFlags; ///< 1 certifies, 2 signs.
    bool primaryUserId = false;
    std::string issuer; ///< Key id, 8 bytes; may be empty.
    std::string embedded; ///< Body of another signature, for keys that sign.

    static Result<Signature> parse(std::string_view packetBody);
};

/// Whether `signature` was made by `key` over `data`. Hashes that are broken are refused for messages (`forMessage`).
Result<void> verify(const PublicKey &key, const Signature &signature, std::string_view data, bool forMessage);

} // namespace pk::repo::pgp
