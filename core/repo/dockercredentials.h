// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/redacted.h"
#include "base/result.h"

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace pk::repo {

/// What logs in at a registry. All empty: nobody.
struct Credential
{
    std::string username;
    Redacted password;
    Redacted identityToken; ///< For OAuth2, in place of a password.
    Redacted accessToken; ///< A bearer token as it is.
    bool isEmpty() const
    {
        return username.empty() && password.isEmpty() && identityToken.isEmpty() && accessToken.isEmpty();
    }
};

/// Runs `docker-credential-NAME get` with the server's address as input and gives back what it printed.
using CredentialHelper = std::function<Result<std::string>(const std::string &name, const std::string &server)>;

/// The credential for `registry` (host with port) in the text of one config.json: a helper of its own, the store of
/// all, or `auths`. Nothing is an empty one.
Result<Credential> credentialIn(const std::string &configText, const std::string &path, const std::string &registry,
    const CredentialHelper &helper);

/// The same from the files of Helm and of docker, in this order; files that are not there are skipped.
Result<Credential> findCredential(
    const std::vector<std::string> &files, const std::string &registry, const CredentialHelper &helper);

/// The real CredentialHelper: a program on PATH, without a shell, given 60 seconds.
CredentialHelper programHelper(std::stop_token stop);

} // namespace pk::repo
