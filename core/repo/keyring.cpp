// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/keyring.h"

#include "base/encoding.h"
#include "base/files.h"
#include "base/quote.h"

#include <algorithm>

namespace pk::repo {

namespace {

using pgp::Packet;
using pgp::PublicKey;
using pgp::Signature;

enum SignatureType {
    GenericCertification = 0x10,
    PositiveCertification = 0x13,
    SubkeyBinding = 0x18,
    PrimaryKeyBinding = 0x19,
    KeyRevocation = 0x20,
    SubkeyRevocation = 0x28,
};

constexpr int signFlag = 2;

std::uint32_t number(std::string_view bytes, std::size_t at, int count)
{
    std::uint32_t value = 0;
    for (int i = 0; i < count; ++i)
        value = value << 8U | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    return value;
}

bool isKeybox(std::string_view bytes)
{
    return bytes.size() >= 12 && bytes[4] == 1 && bytes.substr(8, 4) == "KBXf";
}

/// The key blocks of a keybox, one after the other. Its blobs begin with their length, a type (2: OpenPGP), a version
/// and flags (2: not a key to be used yet), then where the key block lies inside.
Result<std::string> keyboxKeys(std::string_view bytes)
{
    std::string out;
    const auto fail = [](std::string why) {
        return Error{.code = Error::Code::InvalidInput, .message = std::move(why)};
    };
    for (std::size_t at = 0; at < bytes.size();) {
        const std::string where = " at offset " + std::to_string(at);
        if (bytes.size() - at < 5)
            return fail("truncated blob header" + where);
        const std::size_t length = number(bytes, at, 4);
        if (length < 5)
            return fail("invalid blob length " + std::to_string(length) + where);
        if (length > bytes.size() - at)
            return fail("blob" + where + " has length " + std::to_string(length) + " exceeding the "
                + std::to_string(bytes.size() - at) + " remaining bytes");
        const std::string_view blob = bytes.substr(at, length);
        at += length;
        if (blob[4] != 2)
            continue;
        if (length < 16)
            return fail("OpenPGP blob" + where + " is too short");
        const std::size_t begin = number(blob, 8, 4), size = number(blob, 12, 4);
        if (begin + size > length)
            return fail("OpenPGP blob" + where + " has an out-of-range keyblock");
        if (!(number(blob, 6, 2) & 2U))
            out += blob.substr(begin, size);
    }
    return out.empty() ? Result<std::string>(fail("keybox contains no OpenPGP keys")) : Result<std::string>(out);
}

std::string userIdHashed(std::string_view name)
{
    std::string out = "\xB4";
    for (int shift = 24; shift >= 0; shift -= 8)
        out += static_cast<char>(name.size() >> static_cast<unsigned>(shift));
    return out.append(name);
}

std::string hexUpper(std::string_view bytes)
{
    std::string out = hexEncode(bytes);
    for (char &c : out)
        c = c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
    return out;
}

} // namespace

/// Puts packets together to keys. What a signature of the owner does not confirm does not count.
class Keyring::Builder
{
public:
    explicit Builder(std::vector<Entity> &out) : m_out(out) { }

    void take(const Packet &packet)
    {
        switch (packet.tag) {
        case Packet::PublicKeyTag:
        case Packet::SecretKeyTag:
            finish();
            m_context = Context::None;
            if (auto key = PublicKey::parse(packet.body)) {
                m_entity.primary.key = *std::move(key);
                m_context = Context::Primary;
            }
            break;
        case Packet::UserIdTag:
            m_name = packet.body;
            m_context = hasPrimary() ? Context::UserId : Context::None;
            break;
        case Packet::PublicSubkeyTag:
        case Packet::SecretSubkeyTag: {
            auto key = PublicKey::parse(packet.body);
            const bool usable = hasPrimary() && key.ok();
            if (usable)
                m_entity.subkeys.push_back({.key = *std::move(key), .self = {}});
            m_context = usable ? Context::Subkey : hasPrimary() ? Context::Skip : Context::None;
            break;
        }
        case Packet::SignatureTag:
            if (const auto signature = Signature::parse(packet.body))
                takeSignature(*signature);
            break;
        case Packet::AttributeTag: // A picture; its signatures are none of ours.
            m_context = hasPrimary() ? Context::Skip : Context::None;
            break;
        default: // Such as GnuPG's own notes about trust, between a name and its signatures.
            break;
        }
    }

    void finish()
    {
        if (hasPrimary() && m_entity.primary.hasSelf)
            m_out.push_back(std::move(m_entity));
        m_entity = {};
    }

private:
    enum class Context { None, Primary, UserId, Subkey, Skip };

    bool hasPrimary() const { return !m_entity.primary.key.body.empty(); }

    bool isOwners(const Signature &signature, const std::string &about) const
    {
        const PublicKey &owner = m_entity.primary.key;
        return (signature.issuer.empty() || signature.issuer == owner.keyId())
            && pgp::verify(owner, signature, owner.hashed() + about, false).ok();
    }

    void takeSignature(const Signature &signature)
    {
        if (m_context == Context::Primary && signature.type == KeyRevocation && isOwners(signature, ""))
            m_entity.primary.revoked = true;
        if (m_context == Context::UserId && signature.type >= GenericCertification
            && signature.type <= PositiveCertification && isOwners(signature, userIdHashed(m_name)))
            takeSelf(signature);
        if (m_context != Context::Subkey)
            return;
        Part &subkey = m_entity.subkeys.back();
        if (signature.type != SubkeyBinding && signature.type != SubkeyRevocation)
            return;
        if (!isOwners(signature, subkey.key.hashed()))
            return;
        if (signature.type == SubkeyRevocation)
            subkey.revoked = true;
        else if ((!subkey.hasSelf || signature.created >= subkey.self.created) && isAccepted(signature, subkey.key))
            subkey.self = signature, subkey.hasSelf = true;
    }

    /// The owner's word about a name: that of the main name counts, else the newest.
    void takeSelf(const Signature &signature)
    {
        Part &primary = m_entity.primary;
        if (std::ranges::find(m_entity.names, m_name) == m_entity.names.end())
            m_entity.names.push_back(m_name);
        const bool better = !primary.hasSelf
            || (signature.primaryUserId == primary.self.primaryUserId ? signature.created >= primary.self.created
                                                                      : signature.primaryUserId);
        if (better)
            primary.self = signature, primary.hasSelf = true;
    }

    /// A key that signs must itself say that it belongs to the main key; or anybody could claim another's signatures.
    bool isAccepted(const Signature &binding, const PublicKey &subkey) const
    {
        if (!binding.keyFlags || !(*binding.keyFlags & signFlag))
            return true;
        const auto cross = Signature::parse(binding.embedded);
        return cross && cross->type == PrimaryKeyBinding
            && pgp::verify(subkey, *cross, m_entity.primary.key.hashed() + subkey.hashed(), false).ok();
    }

    std::vector<Entity> &m_out;
    Entity m_entity;
    Context m_context = Context::None;
    std::string m_name;
};

Result<Keyring> Keyring::parse(std::string_view bytes, const std::string &path)
{
    Keyring ring;
    std::string keys;
    if (isKeybox(bytes)) {
        auto found = keyboxKeys(bytes);
        if (!found)
            return found.error().wrapped("reading keybox " + path + ": ");
        keys = *std::move(found);
    } else if (trimSpace(bytes).starts_with("-----BEGIN PGP")) {
        std::string type;
        while (auto block = pgp::readArmor(bytes, &type)) {
            if (type != "PGP PUBLIC KEY BLOCK" && type != "PGP PRIVATE KEY BLOCK")
                return Error{.code = Error::Code::InvalidInput,
                    .message = "reading armored keyring " + path + ": expected a public or private key block, got "
                        + goQuote(type)};
            keys += *block;
        }
    } else {
        keys = bytes;
    }
    const auto packets = pgp::readPackets(keys);
    if (!packets)
        return packets.error();
    Builder builder(ring.m_entities);
    for (const Packet &packet : *packets)
        builder.take(packet);
    builder.finish();
    return ring;
}

Result<Keyring> Keyring::load(const std::string &path)
{
    const auto bytes = readFile(path);
    if (!bytes)
        return bytes.error();
    return parse(*bytes, path);
}

Result<void> Keyring::checkTimes(const Part &part, std::int64_t now)
{
    const auto over = [now](std::uint32_t from, std::uint32_t lifetime) {
        return from > now || (lifetime > 0 && now > std::int64_t(from) + lifetime);
    };
    if (part.revoked)
        return pgp::plainError("signature made by revoked key");
    if (over(part.key.created, part.self.keyLifetime))
        return pgp::plainError("key expired");
    if (over(part.self.created, part.self.lifetime))
        return pgp::plainError("signature expired");
    return {};
}

Result<Signer> Keyring::check(std::string_view packets, std::string_view data, std::int64_t now) const
{
    const auto read = pgp::readPackets(packets);
    if (!read)
        return read.error();
    for (const Packet &packet : *read) {
        if (packet.tag != Packet::SignatureTag)
            return pgp::dataError("non signature packet found");
        const auto signature = Signature::parse(packet.body);
        if (!signature)
            return signature.error();
        if (signature->issuer.empty())
            return pgp::dataError("signature doesn't have an issuer");
        if (signature->type != 0 && signature->type != 1)
            return pgp::plainError("unsupported feature: unsupported signature type");
        for (const Entity &entity : m_entities) {
            const bool isPrimary = entity.primary.key.keyId() == signature->issuer;
            const auto subkey = std::ranges::find_if(
                entity.subkeys, [&](const Part &part) { return part.key.keyId() == signature->issuer; });
            if (!isPrimary && subkey == entity.subkeys.end())
                continue;
            const Part &part = isPrimary ? entity.primary : *subkey;
            if (!part.hasSelf || !part.self.keyFlags || !(*part.self.keyFlags & signFlag))
                continue;
            if (const auto good = pgp::verify(part.key, *signature, data, true); !good)
                return good.error();
            for (const Part *each : {&entity.primary, &part}) {
                if (const auto timely = checkTimes(*each, now); !timely)
                    return timely.error();
            }
            if (signature->created > now
                || (signature->lifetime > 0 && now > std::int64_t(signature->created) + signature->lifetime))
                return pgp::plainError("signature expired");
            return Signer{entity.names, hexUpper(entity.primary.key.fingerprint)};
        }
    }
    return pgp::plainError("signature made by unknown entity");
}

} // namespace pk::repo
