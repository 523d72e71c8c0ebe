// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace pk::repo {

/// The parts of a URL reference, as Go's net/url cuts them; escapes are kept as they are written.
struct WebUrl
{
    std::string scheme; ///< In lower case; empty for a relative reference.
    std::string user; ///< Decoded.
    std::string password; ///< Decoded.
    bool hasUser = false;
    std::string host; ///< With the port when one is given.
    std::string path;
    std::string query; ///< Without the question mark.
    std::string fragment;

    /// Errors in Go's words ("parse \"a:b\": first path segment in URL cannot contain colon").
    static Result<WebUrl> parse(std::string_view text);

    bool isAbsolute() const { return !scheme.empty(); }
    /// Without user and password: what may go into a request and an error.
    std::string withoutUser() const;
    /// Same scheme, host and port as written: the rule for passing credentials on.
    bool sameServer(const WebUrl &other) const { return scheme == other.scheme && host == other.host; }
    /// The host without its port and brackets.
    std::string hostName() const;
};

/// Where `reference` of an index leads: itself when absolute, else below `base`, which counts as a folder and passes
/// its query on.
Result<std::string> resolveReference(const std::string &base, const std::string &reference);

/// A URL as it may be shown: without user and password.
std::string shownUrl(const std::string &url);

/// True when scheme, host and cleaned path of two URLs are the same text.
bool sameUrl(const std::string &a, const std::string &b);

} // namespace pk::repo
