// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "template/function.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pk::tmpl::sprig {

struct FreeOpenSsl
{
    void operator()(X509 *certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
    void operator()(EVP_PKEY_CTX *context) const { EVP_PKEY_CTX_free(context); }
    void operator()(BIO *bio) const { BIO_free(bio); }
};
using Certificate = std::unique_ptr<X509, FreeOpenSsl>;
using PrivateKey = std::unique_ptr<EVP_PKEY, FreeOpenSsl>;

enum class KeyType { Rsa2048, Rsa4096, Dsa, Ecdsa, Ed25519 };

/// A new key as PEM in Go's form for its type (PKCS #1, SEC 1, PKCS #8). A preview asks with the same random bytes each
/// time, and is given the same key: a few keys are kept under the bytes that `random` gave.
Result<std::string> generateKey(RandomSource &random, KeyType type);

/// The first PEM block as a private key; errors as sprig words them ("no PEM data in input").
Result<PrivateKey> readPrivateKey(std::string_view pem);

/// The first PEM block as a certificate; null when it is none.
Certificate readCertificate(std::string_view pem);

/// Whether there is a PEM block at all.
bool hasPemBlock(std::string_view text);

/// What sprig's certificates say: server and client use, as crypto/x509 lays it out.
struct CertificateRequest
{
    std::string commonName;
    std::vector<std::string> addresses; ///< 4 or 16 bytes each.
    std::vector<std::string> dnsNames;
    std::int64_t daysValid = 0;
    bool authority = false;
};

/// Signs a certificate for `key` and writes it as PEM. Without a `parent` it signs itself.
Result<std::string> makeCertificate(
    CallContext &context, const CertificateRequest &request, EVP_PKEY *key, X509 *parent, EVP_PKEY *parentKey);

/// The key as PEM in Go's form for its type.
std::string toPem(EVP_PKEY *key);

} // namespace pk::tmpl::sprig
