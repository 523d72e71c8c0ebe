// SPDX-License-Identifier: GPL-3.0-or-later
// For the key types' own PEM forms, which Go writes and OpenSSL 3 only has under the older names.
#define OPENSSL_API_COMPAT 0x10100000L

#include "template/functions/x509.h"

#include "base/ascii.h"
#include "template/functions/support.h"

#include <openssl/bn.h>
#include <openssl/dsa.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <openssl/x509v3.h>

#include <array>
#include <map>
#include <mutex>
#include <optional>

namespace pk::tmpl::sprig {

namespace {

using KeyContext = std::unique_ptr<EVP_PKEY_CTX, FreeOpenSsl>;
using Memory = std::unique_ptr<BIO, FreeOpenSsl>;

constexpr std::size_t MaxKept = 64;

std::string contentOf(BIO *memory)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return {data, static_cast<std::size_t>(size)};
}

PrivateKey generated(int type, int bits)
{
    const KeyContext context(EVP_PKEY_CTX_new_id(type, nullptr));
    EVP_PKEY *key = nullptr;
    if (!context || EVP_PKEY_keygen_init(context.get()) != 1)
        return {};
    if (type == EVP_PKEY_RSA)
        EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), bits);
    if (type == EVP_PKEY_EC) {
        EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context.get(), NID_X9_62_prime256v1);
        EVP_PKEY_CTX_set_ec_param_enc(context.get(), OPENSSL_EC_NAMED_CURVE);
    }
    EVP_PKEY_keygen(context.get(), &key);
    return PrivateKey(key);
}

PrivateKey generatedDsa()
{
    const KeyContext parameters(EVP_PKEY_CTX_new_id(EVP_PKEY_DSA, nullptr));
    EVP_PKEY *made = nullptr;
    EVP_PKEY_paramgen_init(parameters.get());
    EVP_PKEY_CTX_set_dsa_paramgen_bits(parameters.get(), 2048);
    EVP_PKEY_CTX_set_dsa_paramgen_q_bits(parameters.get(), 256);
    EVP_PKEY_paramgen(parameters.get(), &made);
    const PrivateKey template_(made);
    const KeyContext context(EVP_PKEY_CTX_new(template_.get(), nullptr));
    EVP_PKEY *key = nullptr;
    if (!context || EVP_PKEY_keygen_init(context.get()) != 1)
        return {};
    EVP_PKEY_keygen(context.get(), &key);
    return PrivateKey(key);
}

PrivateKey generated(KeyType type)
{
    switch (type) {
    case KeyType::Rsa2048:
        return generated(EVP_PKEY_RSA, 2048);
    case KeyType::Rsa4096:
        return generated(EVP_PKEY_RSA, 4096);
    case KeyType::Dsa:
        return generatedDsa();
    case KeyType::Ecdsa:
        return generated(EVP_PKEY_EC, 0);
    case KeyType::Ed25519:
        return generated(EVP_PKEY_ED25519, 0);
    }
    return {};
}

/// The text between the first "-----BEGIN " and its dashes.
std::string_view pemType(std::string_view pem)
{
    constexpr std::string_view Begin = "-----BEGIN ";
    const std::size_t at = pem.find(Begin);
    if (at == pem.npos)
        return {};
    const std::string_view rest = pem.substr(at + Begin.size());
    return rest.substr(0, std::min(rest.find("-----"), rest.size()));
}

Memory reading(std::string_view text)
{
    return Memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

/// The bytes of the first PEM block of any type.
std::optional<std::string> firstPemBlock(std::string_view text)
{
    char *name = nullptr;
    char *header = nullptr;
    unsigned char *data = nullptr;
    long size = 0;
    std::optional<std::string> block;
    if (PEM_read_bio(reading(text).get(), &name, &header, &data, &size) == 1)
        block.emplace(reinterpret_cast<const char *>(data), static_cast<std::size_t>(size));
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_free(data);
    ERR_clear_error();
    return block;
}

} // namespace

bool hasPemBlock(std::string_view text)
{
    return firstPemBlock(text).has_value();
}

std::string toPem(EVP_PKEY *key)
{
    const Memory out(BIO_new(BIO_s_mem()));
    switch (EVP_PKEY_base_id(key)) {
    case EVP_PKEY_RSA:
        PEM_write_bio_RSAPrivateKey(out.get(), EVP_PKEY_get0_RSA(key), nullptr, nullptr, 0, nullptr, nullptr);
        break;
    case EVP_PKEY_DSA:
        PEM_write_bio_DSAPrivateKey(out.get(), EVP_PKEY_get0_DSA(key), nullptr, nullptr, 0, nullptr, nullptr);
        break;
    case EVP_PKEY_EC:
        PEM_write_bio_ECPrivateKey(out.get(), EVP_PKEY_get0_EC_KEY(key), nullptr, nullptr, 0, nullptr, nullptr);
        break;
    default:
        PEM_write_bio_PKCS8PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    }
    return contentOf(out.get());
}

Result<std::string> generateKey(RandomSource &random, KeyType type)
{
    // Of all threads: two previews that are compared have the same keys.
    static std::mutex mutex;
    static std::map<std::array<unsigned char, 17>, std::string> kept;
    std::array<unsigned char, 17> seed;
    random.fill(std::span(seed).first(16));
    seed[16] = static_cast<unsigned char>(type);
    {
        const std::lock_guard lock(mutex);
        if (const auto known = kept.find(seed); known != kept.end())
            return known->second;
    }
    const PrivateKey key = generated(type);
    if (!key)
        return failure("the cryptographic library made no key");
    const std::lock_guard lock(mutex);
    if (kept.size() >= MaxKept)
        kept.clear();
    return kept.emplace(seed, toPem(key.get())).first->second;
}

Result<PrivateKey> readPrivateKey(std::string_view pem)
{
    if (!hasPemBlock(pem))
        return failure("no PEM data in input");
    const std::string_view type = pemType(pem);
    if (type != "PRIVATE KEY") {
        if (!type.ends_with(" PRIVATE KEY"))
            return failure("no private key data in PEM block of type " + std::string(type));
        const std::string_view algorithm = type.substr(0, type.size() - 12);
        if (algorithm != "RSA" && algorithm != "EC" && algorithm != "DSA")
            return failure("invalid private key type " + std::string(type));
    }
    PrivateKey key(PEM_read_bio_PrivateKey(reading(pem).get(), nullptr, nullptr, nullptr));
    ERR_clear_error();
    if (key)
        return key;
    if (type == "PRIVATE KEY")
        return failure("decoding PEM as PKCS#8: asn1: structure error");
    return failure(
        "parsing " + std::string(type.substr(0, type.find(' '))) + " private key from PEM: asn1: structure error");
}

Certificate readCertificate(std::string_view pem)
{
    const std::optional<std::string> der = firstPemBlock(pem);
    if (!der)
        return {};
    const auto *at = reinterpret_cast<const unsigned char *>(der->data());
    Certificate certificate(d2i_X509(nullptr, &at, static_cast<long>(der->size())));
    ERR_clear_error();
    return certificate;
}

namespace {

bool isPrintableString(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        return ascii::isAlphanumeric(c) || std::string_view(" '()+,-./:=?").find(c) != std::string_view::npos;
    });
}

void setSubject(X509 *certificate, const std::string &commonName)
{
    if (commonName.empty())
        return;
    const int type = isPrintableString(commonName) ? V_ASN1_PRINTABLESTRING : V_ASN1_UTF8STRING;
    X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate), NID_commonName, type,
        reinterpret_cast<const unsigned char *>(commonName.data()), static_cast<int>(commonName.size()), -1, 0);
}

void setSerial(X509 *certificate, RandomSource &random)
{
    std::array<unsigned char, 16> bytes;
    random.fill(bytes);
    BIGNUM *const number = BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr);
    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
    BN_free(number);
}

void addExtension(X509 *certificate, int id, const char *value)
{
    X509_EXTENSION *const extension = X509V3_EXT_conf_nid(nullptr, nullptr, id, value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

/// crypto/x509 names an authority's key by the first 20 bytes of a SHA-256 over the key's bits.
void addSubjectKeyId(X509 *certificate)
{
    const ASN1_BIT_STRING *const bits = X509_get0_pubkey_bitstr(certificate);
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest;
    SHA256(bits->data, static_cast<std::size_t>(bits->length), digest.data());
    ASN1_OCTET_STRING *const id = ASN1_OCTET_STRING_new();
    ASN1_OCTET_STRING_set(id, digest.data(), 20);
    X509_add1_ext_i2d(certificate, NID_subject_key_identifier, id, 0, X509V3_ADD_DEFAULT);
    ASN1_OCTET_STRING_free(id);
}

void addAuthorityKeyId(X509 *certificate, X509 *parent)
{
    const ASN1_OCTET_STRING *const id = X509_get0_subject_key_id(parent);
    if (!id || X509_NAME_cmp(X509_get_subject_name(certificate), X509_get_subject_name(parent)) == 0)
        return;
    AUTHORITY_KEYID *const authority = AUTHORITY_KEYID_new();
    authority->keyid = ASN1_OCTET_STRING_dup(id);
    X509_add1_ext_i2d(certificate, NID_authority_key_identifier, authority, 0, X509V3_ADD_DEFAULT);
    AUTHORITY_KEYID_free(authority);
}

void addAlternativeName(GENERAL_NAMES *names, int type, const std::string &bytes)
{
    GENERAL_NAME *const name = GENERAL_NAME_new();
    ASN1_STRING *const text = type == GEN_DNS ? ASN1_IA5STRING_new() : ASN1_OCTET_STRING_new();
    ASN1_STRING_set(text, bytes.data(), static_cast<int>(bytes.size()));
    GENERAL_NAME_set0_value(name, type, text);
    sk_GENERAL_NAME_push(names, name);
}

void addAlternativeNames(X509 *certificate, const CertificateRequest &request)
{
    if (request.dnsNames.empty() && request.addresses.empty())
        return;
    GENERAL_NAMES *const names = sk_GENERAL_NAME_new_null();
    for (const std::string &name : request.dnsNames)
        addAlternativeName(names, GEN_DNS, name);
    for (const std::string &address : request.addresses)
        addAlternativeName(names, GEN_IPADD, address);
    const int critical = request.commonName.empty() ? 1 : 0;
    X509_add1_ext_i2d(certificate, NID_subject_alt_name, names, critical, X509V3_ADD_DEFAULT);
    GENERAL_NAMES_free(names);
}

} // namespace

Result<std::string> makeCertificate(
    CallContext &context, const CertificateRequest &request, EVP_PKEY *key, X509 *parent, EVP_PKEY *parentKey)
{
    const Certificate certificate(X509_new());
    X509 *const raw = certificate.get();
    X509_set_version(raw, 2); // counted from 0: version 3
    setSerial(raw, context.random());
    setSubject(raw, request.commonName);
    X509_set_issuer_name(raw, X509_get_subject_name(parent ? parent : raw));
    const std::time_t now = std::chrono::system_clock::to_time_t(context.now());
    ASN1_TIME_set(X509_getm_notBefore(raw), now);
    ASN1_TIME_adj(X509_getm_notAfter(raw), now, static_cast<int>(request.daysValid), 0);
    X509_set_pubkey(raw, key);

    addExtension(raw, NID_key_usage,
        request.authority ? "critical,digitalSignature,keyEncipherment,keyCertSign"
                          : "critical,digitalSignature,keyEncipherment");
    addExtension(raw, NID_ext_key_usage, "serverAuth,clientAuth");
    addExtension(raw, NID_basic_constraints, request.authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    if (request.authority)
        addSubjectKeyId(raw);
    if (parent)
        addAuthorityKeyId(raw, parent);
    addAlternativeNames(raw, request);

    EVP_PKEY *const signer = parentKey ? parentKey : key;
    const bool pure = EVP_PKEY_base_id(signer) == EVP_PKEY_ED25519;
    if (X509_sign(raw, signer, pure ? nullptr : EVP_sha256()) == 0) {
        ERR_clear_error();
        return failure("error creating certificate: x509: the key cannot sign");
    }
    const Memory out(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(out.get(), raw);
    return contentOf(out.get());
}

} // namespace pk::tmpl::sprig
