// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace pk::test {

/// A certificate with its key, as PEM texts.
struct Certificate
{
    std::string pem;
    std::string keyPem;
};

/// A new certificate authority (EC P-256, valid for a day).
Certificate makeAuthority(const std::string &name);

/// A certificate signed by `authority`. `names` is an OpenSSL subjectAltName ("DNS:localhost,IP:127.0.0.1"); `group` is
/// the organisation, which Kubernetes reads as the user's group.
Certificate makeCertificate(const Certificate &authority, const std::string &name, const std::string &names = {},
    const std::string &group = {});

} // namespace pk::test
