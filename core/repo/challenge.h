// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pk::repo {

/// A WWW-Authenticate header.
struct Challenge
{
    enum class Scheme { Unknown, Basic, Bearer };
    Scheme scheme = Scheme::Unknown;
    std::map<std::string, std::string> parameters; ///< realm, service, scope; of Bearer only.

    static Challenge parse(std::string_view header);
};

/// Scopes without doubles and sorted, actions of one resource joined: what a token is asked for.
std::vector<std::string> cleanScopes(std::vector<std::string> scopes);

/// The URL to get a token from.
std::string tokenUrl(const Challenge &challenge, const std::vector<std::string> &scopes);

/// Refuses a realm that credentials must not be sent to: another scheme than http(s), http when the registry speaks
/// https, addresses of this machine or of private networks when the registry has another name.
Result<void> checkRealm(const std::string &realm, const std::string &registryUrl);

} // namespace pk::repo
