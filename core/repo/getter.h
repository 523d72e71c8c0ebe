// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/redacted.h"
#include "repo/web.h"
#include "repo/weburl.h"

#include <string>

namespace pk::repo {

/// How to speak to a server: what `helm repo add` and the flags of `helm pull` can say. Files are PEM files; empty
/// texts mean not given.
struct Access
{
    std::string username = {};
    Redacted password = {};
    std::string certFile = {}, keyFile = {}, caFile = {};
    bool insecure = false; ///< Certificates of servers are not verified.
    bool passCredentials = false; ///< User and password go to other servers than the repository's, too.
    bool operator==(const Access &) const = default;
};

/// The TLS part of an Access, with its files read. Errors in Helm's words.
Result<http::Tls> tlsOf(const Access &access);

constexpr std::size_t indexLimit = 256U << 20U;
constexpr std::size_t chartLimit = 128U << 20U;
constexpr std::size_t smallLimit = 4U << 20U; ///< Signatures, manifests, tokens.

/// What to get over http or https.
struct Wanted
{
    std::string url; ///< May hold user and password.
    std::string repositoryUrl; ///< Whose user and password those of `access` are.
    std::string accept = {};
    std::size_t limit = chartLimit;
};

/// True when `access`'s user and password may be sent for `wanted`: both are given, and the server is the repository's
/// or everybody may have them. Pure.
bool mayPassCredentials(const Access &access, const WebUrl &wanted, const WebUrl &repository);

/// Helm's getter for http and https: the body of an answer of status 200. Errors in Helm's words, without user and
/// password in them.
Result<std::string> getFile(Web &web, const Wanted &wanted, const Access &access);

/// The words of Go's HTTP client for a request that got no answer: `Get "URL": dial tcp ...`.
Error transportError(const Error &error, const std::string &method, const std::string &url);

/// "404 Not Found".
std::string statusLine(int status);
/// "Not Found"; empty for a number that Go does not know.
std::string_view statusText(int status);

} // namespace pk::repo
