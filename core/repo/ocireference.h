// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace pk::repo {

inline constexpr std::string_view ociScheme = "oci://";
inline bool isOci(std::string_view text)
{
    return text.starts_with(ociScheme);
}

/// HOST/PATH[:TAG][@DIGEST] of a registry.
struct OciReference
{
    std::string registry; ///< Host with port.
    std::string repository; ///< Path.
    std::string tag; ///< As registries write it: with _ for +.
    std::string digest; ///< "sha256:..."

    /// With or without oci:// in front; a plus in the tag becomes an underscore, unless it must be one already
    /// (`strict`). Errors as oras tells them.
    static Result<OciReference> parse(std::string_view text, bool strict = false);
    /// "host/path:tag", or "host/path@digest" without a tag.
    std::string toString() const;
    /// Where to ask: docker.io is served by another host.
    std::string host() const { return registry == "docker.io" ? "registry-1.docker.io" : registry; }
};

/// The versions among a registry's tags (underscores read as plus), the newest first.
std::vector<std::string> versionsOfTags(const std::vector<std::string> &tags);

/// Helm's choice among `versions`: exactly that text, else the newest that satisfies it as a constraint; of an empty
/// text the newest stable one.
Result<std::string> chooseTag(const std::vector<std::string> &versions, const std::string &wanted);

} // namespace pk::repo
