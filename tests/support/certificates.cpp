// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/certificates.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>

namespace pk::test {

namespace {

struct Free
{
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
    void operator()(X509 *certificate) const { X509_free(certificate); }
    void operator()(BIO *bio) const { BIO_free(bio); }
    void operator()(X509_EXTENSION *extension) const { X509_EXTENSION_free(extension); }
};
template <class T> using Owned = std::unique_ptr<T, Free>;

template <class Write> std::string toPem(Write write)
{
    const Owned<BIO> bio(BIO_new(BIO_s_mem()));
    write(bio.get());
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, std::size_t(size)};
}

Owned<BIO> reader(const std::string &pem)
{
    return Owned<BIO>(BIO_new_mem_buf(pem.data(), int(pem.size())));
}

void addExtension(X509 *certificate, X509 *issuer, int id, const std::string &value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Owned<X509_EXTENSION> extension(X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str()));
    if (!extension || !X509_add_ext(certificate, extension.get(), -1))
        throw std::runtime_error("bad extension " + value);
}

void addName(X509 *certificate, const char *field, const std::string &text)
{
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), field, MBSTRING_UTF8,
        reinterpret_cast<const unsigned char *>(text.data()), int(text.size()), -1, 0);
}

Owned<X509> unsignedCertificate(EVP_PKEY *key, const std::string &name, const std::string &group)
{
    Owned<X509> certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    unsigned int serial = 0;
    RAND_bytes(reinterpret_cast<unsigned char *>(&serial), sizeof serial);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), long(serial));
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 86400);
    X509_set_pubkey(certificate.get(), key);
    if (!group.empty())
        addName(certificate.get(), "O", group);
    addName(certificate.get(), "CN", name);
    return certificate;
}

Certificate toTexts(X509 *certificate, EVP_PKEY *key)
{
    return {toPem([&](BIO *bio) { PEM_write_bio_X509(bio, certificate); }),
        toPem([&](BIO *bio) { PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr); })};
}

} // namespace

Certificate makeAuthority(const std::string &name)
{
    const Owned<EVP_PKEY> key(EVP_EC_gen("P-256"));
    const auto certificate = unsignedCertificate(key.get(), name, {});
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
    addExtension(certificate.get(), certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    addExtension(certificate.get(), certificate.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    return toTexts(certificate.get(), key.get());
}

Certificate makeCertificate(
    const Certificate &authority, const std::string &name, const std::string &names, const std::string &group)
{
    const Owned<X509> issuer(PEM_read_bio_X509(reader(authority.pem).get(), nullptr, nullptr, nullptr));
    const Owned<EVP_PKEY> issuerKey(PEM_read_bio_PrivateKey(reader(authority.keyPem).get(), nullptr, nullptr, nullptr));
    const Owned<EVP_PKEY> key(EVP_EC_gen("P-256"));
    const auto certificate = unsignedCertificate(key.get(), name, group);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get()));
    if (!names.empty())
        addExtension(certificate.get(), issuer.get(), NID_subject_alt_name, names);
    X509_sign(certificate.get(), issuerKey.get(), EVP_sha256());
    return toTexts(certificate.get(), key.get());
}

} // namespace pk::test
