// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/openpgp.h"

#include "base/encoding.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <memory>

namespace pk::repo::pgp {

namespace {

template <auto Free> struct Freer
{
    template <class T> void operator()(T *object) const { Free(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freer<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Freer<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freer<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freer<OSSL_PARAM_free>>;

enum Algorithm { Rsa = 1, RsaSignOnly = 3, Ecdsa = 19, EdDsa = 22, Ed25519 = 27 };

const unsigned char *bytesOf(std::string_view text)
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

/// Reads numbers off the front of bytes; false once there were too few.
class Cursor
{
public:
    explicit Cursor(std::string_view bytes) : m_rest(bytes) { }
    std::uint32_t number(int bytes)
    {
        std::uint32_t value = 0;
        for (const char c : take(static_cast<std::size_t>(bytes)))
            value = value << 8U | static_cast<unsigned char>(c);
        return value;
    }
    std::string_view take(std::size_t count)
    {
        if (count > m_rest.size()) {
            m_good = false;
            count = m_rest.size();
        }
        const auto piece = m_rest.substr(0, count);
        m_rest.remove_prefix(count);
        return piece;
    }
    /// A multi-precision integer.
    std::string_view integer() { return take((number(2) + 7) / 8); }
    std::string_view rest() const { return m_rest; }
    bool good() const { return m_good; }

private:
    std::string_view m_rest;
    bool m_good = true;
};

std::string bigEndian(std::uint32_t value, int bytes)
{
    std::string out;
    for (int i = bytes - 1; i >= 0; --i)
        out += static_cast<char>(value >> (8U * static_cast<unsigned>(i)));
    return out;
}

const EVP_MD *digestOf(int hash, bool forMessage)
{
    switch (hash) {
    case 2:
        return forMessage ? nullptr : EVP_sha1(); // Old keys are bound with it; no new message is.
    case 8:
        return EVP_sha256();
    case 9:
        return EVP_sha384();
    case 10:
        return EVP_sha512();
    case 11:
        return EVP_sha224();
    default:
        return nullptr;
    }
}

/// Sub-packets of a signature: type and content, one after the other.
bool readSubpackets(std::string_view area, bool hashed, Signature &out)
{
    Cursor in(area);
    while (!in.rest().empty()) {
        std::size_t length = in.number(1);
        if (length == 255)
            length = in.number(4);
        else if (length >= 192)
            length = ((length - 192) << 8U) + in.number(1) + 192;
        Cursor content(in.take(length));
        const std::uint32_t type = content.number(1);
        if (!in.good() || !content.good())
            return false;
        switch (type & 0x7FU) {
        case 2:
            out.created = hashed ? content.number(4) : out.created;
            break;
        case 3:
            out.lifetime = hashed ? content.number(4) : out.lifetime;
            break;
        case 9:
            out.keyLifetime = hashed ? content.number(4) : out.keyLifetime;
            break;
        case 16:
            out.issuer = content.rest();
            break;
        case 25:
            out.primaryUserId = hashed && content.number(1) != 0;
            break;
        case 27:
            if (hashed && !content.rest().empty())
                out.keyFlags = static_cast<int>(content.number(1));
            break;
        case 32:
            out.embedded = content.rest();
            break;
        case 33:
            if (content.rest().size() == 21 && out.issuer.empty())
                out.issuer = content.rest().substr(13);
            break;
        case 4:
        case 5:
        case 6:
        case 7:
        case 11:
        case 12:
        case 20:
        case 21:
        case 22:
        case 23:
        case 24:
        case 26:
        case 28:
        case 29:
        case 30:
        case 31:
        case 34:
        case 35:
        case 39:
            break;
        default:
            if (type & 0x80U) // Critical, and we do not know it.
                return false;
        }
        if (!content.good())
            return false;
    }
    return true;
}

/// The length of the key material that is public.
bool publicMaterial(Cursor &in, int algorithm)
{
    switch (algorithm) {
    case Rsa:
    case RsaSignOnly:
        in.integer();
        in.integer();
        return in.good();
    case Ecdsa:
    case EdDsa:
        in.take(in.number(1));
        in.integer();
        return in.good();
    case Ed25519:
        in.take(32);
        return in.good();
    default:
        return false;
    }
}

Number numberOf(std::string_view bytes)
{
    return Number(BN_bin2bn(bytesOf(bytes), static_cast<int>(bytes.size()), nullptr));
}

Key keyFrom(const char *type, OSSL_PARAM_BLD *builder)
{
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY *key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) <= 0
        || EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) <= 0)
        return nullptr;
    return Key(key);
}

Key rsaKey(Cursor in)
{
    const Number modulus = numberOf(in.integer()), exponent = numberOf(in.integer());
    const Builder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
    return keyFrom("RSA", builder.get());
}

Key ecdsaKey(Cursor in)
{
    using namespace std::string_view_literals;
    static constexpr std::array<std::pair<std::string_view, const char *>, 3> curves = {
        {{"\x2A\x86\x48\xCE\x3D\x03\x01\x07"sv, "P-256"}, {"\x2B\x81\x04\x00\x22"sv, "P-384"},
            {"\x2B\x81\x04\x00\x23"sv, "P-521"}}};
    const std::string_view oid = in.take(in.number(1));
    const std::string_view point = in.integer();
    for (const auto &[known, name] : curves) {
        if (oid != known)
            continue;
        const Builder builder(OSSL_PARAM_BLD_new());
        OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, name, 0);
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
        return keyFrom("EC", builder.get());
    }
    return nullptr;
}

Key edKey(std::string_view raw)
{
    if (raw.size() != 32)
        return nullptr;
    return Key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytesOf(raw), raw.size()));
}

/// The 32 bytes of a point that is written as 0x40 and its coordinates, on Ed25519 only.
std::string_view edPoint(Cursor in)
{
    using namespace std::string_view_literals;
    const std::string_view oid = in.take(in.number(1));
    const std::string_view point = in.integer();
    return oid == "\x2B\x06\x01\x04\x01\xDA\x47\x0F\x01"sv && point.size() == 33 && point.front() == 0x40
        ? point.substr(1)
        : "";
}

std::string padded(std::string_view bytes, std::size_t size)
{
    return bytes.size() >= size ? std::string(bytes) : std::string(size - bytes.size(), '\0') + std::string(bytes);
}

bool verifiedDigest(
    EVP_PKEY *key, const EVP_MD *digest, const std::string &hash, const std::string &signature, bool rsa)
{
    const KeyContext context(EVP_PKEY_CTX_new(key, nullptr));
    return context && EVP_PKEY_verify_init(context.get()) > 0
        && (!rsa || EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) > 0)
        && EVP_PKEY_CTX_set_signature_md(context.get(), digest) > 0
        && EVP_PKEY_verify(context.get(), bytesOf(signature), signature.size(), bytesOf(hash), hash.size()) == 1;
}

bool verifiedEd(EVP_PKEY *key, const std::string &hash, const std::string &signature)
{
    const DigestContext context(EVP_MD_CTX_new());
    return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key) > 0
        && EVP_DigestVerify(context.get(), bytesOf(signature), signature.size(), bytesOf(hash), hash.size()) == 1;
}

std::string derSignature(Cursor in)
{
    ECDSA_SIG *pair = ECDSA_SIG_new();
    Number r = numberOf(in.integer()), s = numberOf(in.integer());
    ECDSA_SIG_set0(pair, r.release(), s.release());
    unsigned char *der = nullptr;
    const int length = i2d_ECDSA_SIG(pair, &der);
    std::string out(reinterpret_cast<char *>(der), static_cast<std::size_t>(std::max(length, 0)));
    OPENSSL_free(der);
    ECDSA_SIG_free(pair);
    return out;
}

std::string hashOf(const EVP_MD *digest, std::string_view data, std::string_view suffix)
{
    const DigestContext context(EVP_MD_CTX_new());
    std::array<unsigned char, EVP_MAX_MD_SIZE> out = {};
    unsigned size = 0;
    EVP_DigestInit_ex(context.get(), digest, nullptr);
    EVP_DigestUpdate(context.get(), data.data(), data.size());
    EVP_DigestUpdate(context.get(), suffix.data(), suffix.size());
    EVP_DigestFinal_ex(context.get(), out.data(), &size);
    return {reinterpret_cast<char *>(out.data()), size};
}

} // namespace

Error plainError(const std::string &why)
{
    return {.code = Error::Code::Denied, .message = "openpgp: " + why};
}

Error dataError(const std::string &why)
{
    return plainError("invalid data: " + why);
}

Error signatureError(const std::string &why)
{
    return plainError("invalid signature: " + why);
}

Result<std::vector<Packet>> readPackets(std::string_view bytes)
{
    std::vector<Packet> out;
    Cursor in(bytes);
    while (!in.rest().empty()) {
        const std::uint32_t head = in.number(1);
        if (!(head & 0x80U))
            return dataError("tag byte does not have MSB set");
        Packet packet;
        std::size_t length = 0;
        if (head & 0x40U) {
            packet.tag = static_cast<int>(head & 0x3FU);
            length = in.number(1);
            if (length == 255)
                length = in.number(4);
            else if (length >= 224)
                return dataError("partial lengths in a key or signature");
            else if (length >= 192)
                length = ((length - 192) << 8U) + in.number(1) + 192;
        } else {
            packet.tag = static_cast<int>(head >> 2U & 0x0FU);
            const std::uint32_t kind = head & 3U;
            length = kind == 3 ? in.rest().size() : in.number(1 << kind);
        }
        packet.body = in.take(length);
        if (!in.good())
            return Error{.code = Error::Code::InvalidInput, .message = "unexpected EOF"};
        out.push_back(packet);
    }
    return out;
}

Result<std::string> readArmor(std::string_view &text, std::string *type)
{
    constexpr std::string_view begin = "-----BEGIN PGP ", end = "-----END PGP ";
    const auto start = text.find(begin);
    const auto stop = start == text.npos ? text.npos : text.find(end, start);
    if (stop == text.npos)
        return Error{.code = Error::Code::InvalidInput, .message = "EOF"};
    std::string_view lines = text.substr(start, stop - start);
    text.remove_prefix(std::min(text.find('\n', stop), text.size()));
    if (type)
        *type = "PGP " + std::string(lines.substr(begin.size(), lines.find("-----", begin.size()) - begin.size()));
    std::string base64;
    bool inBody = false;
    for (bool first = true; !lines.empty(); first = false) {
        const auto stopLine = std::min(lines.find('\n'), lines.size());
        std::string_view line = lines.substr(0, stopLine);
        lines.remove_prefix(std::min(stopLine + 1, lines.size()));
        const auto last = line.find_last_not_of(" \t\r");
        line = last == line.npos ? "" : line.substr(0, last + 1);
        if (first)
            continue;
        if (inBody && line.starts_with('='))
            break; // The checksum, which proves nothing.
        if (inBody)
            base64 += line;
        else if (line.empty())
            inBody = true;
    }
    std::string bytes;
    std::size_t badAt = 0;
    if (!base64Decode(base64, bytes, badAt))
        return dataError("armor is no base64");
    return bytes;
}

Result<PublicKey> PublicKey::parse(std::string_view packetBody)
{
    Cursor in(packetBody);
    PublicKey key;
    if (in.number(1) != 4)
        return plainError("unsupported feature: public key version");
    key.created = in.number(4);
    key.algorithm = static_cast<int>(in.number(1));
    if (!publicMaterial(in, key.algorithm))
        return plainError("unsupported feature: public key type: " + std::to_string(key.algorithm));
    key.body = packetBody.substr(0, packetBody.size() - in.rest().size());
    std::array<unsigned char, 20> digest = {};
    const std::string hashed = key.hashed();
    EVP_Digest(hashed.data(), hashed.size(), digest.data(), nullptr, EVP_sha1(), nullptr);
    key.fingerprint.assign(reinterpret_cast<char *>(digest.data()), digest.size());
    return key;
}

std::string PublicKey::hashed() const
{
    return "\x99" + bigEndian(static_cast<std::uint32_t>(body.size()), 2) + body;
}

Result<Signature> Signature::parse(std::string_view packetBody)
{
    Cursor in(packetBody);
    Signature out;
    if (in.number(1) != 4)
        return plainError("unsupported feature: signature version");
    out.type = static_cast<int>(in.number(1));
    out.algorithm = static_cast<int>(in.number(1));
    out.hash = static_cast<int>(in.number(1));
    const std::uint32_t hashedSize = in.number(2);
    const std::string_view hashed = in.take(hashedSize);
    const std::string_view unhashed = in.take(in.number(2));
    in.number(2);
    if (!in.good() || !readSubpackets(hashed, true, out) || !readSubpackets(unhashed, false, out))
        return dataError("signature subpackets");
    out.suffix = std::string(packetBody.substr(0, 6 + hashedSize)) + "\x04\xFF" + bigEndian(6 + hashedSize, 4);
    out.numbers = in.rest();
    return out;
}

Result<void> verify(const PublicKey &key, const Signature &signature, std::string_view data, bool forMessage)
{
    const EVP_MD *digest = digestOf(signature.hash, forMessage);
    if (!digest)
        return plainError("unsupported feature: hash function");
    if (key.algorithm != signature.algorithm)
        return plainError("invalid argument: public key and signature use different algorithms");
    const std::string hash = hashOf(digest, data, signature.suffix);
    Cursor material(std::string_view(key.body).substr(6));
    Cursor numbers(signature.numbers);
    const auto answer = [](bool good, const char *name) -> Result<void> {
        return good ? Result<void>() : signatureError(std::string(name) + " verification failure");
    };
    switch (key.algorithm) {
    case Rsa:
    case RsaSignOnly: {
        const Key rsa = rsaKey(material);
        const auto size = rsa ? static_cast<std::size_t>(EVP_PKEY_get_size(rsa.get())) : 0;
        return answer(rsa && verifiedDigest(rsa.get(), digest, hash, padded(numbers.integer(), size), true), "RSA");
    }
    case Ecdsa: {
        const Key ec = ecdsaKey(material);
        return answer(ec && verifiedDigest(ec.get(), digest, hash, derSignature(numbers), false), "ECDSA");
    }
    case EdDsa: {
        const Key ed = edKey(edPoint(material));
        const std::string r = padded(numbers.integer(), 32);
        return answer(ed && verifiedEd(ed.get(), hash, r + padded(numbers.integer(), 32)), "EdDSA");
    }
    default: {
        const Key ed = edKey(material.take(32));
        return answer(ed && verifiedEd(ed.get(), hash, std::string(numbers.take(64))), "Ed25519");
    }
    }
}

} // namespace pk::repo::pgp
