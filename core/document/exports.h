// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace pk::document {

/// What a `helm upgrade --install` of a pool needs.
struct HelmCommand
{
    std::string release;
    std::string ns;
    std::string chart; ///< As helm would find it: a folder, an archive, REPO/NAME.
    std::string valuesFile; ///< As the person will have it.
    std::string context; ///< --kube-context; empty: the current one.
    std::string valuesText; ///< For its secrets, which become shell variables.
};

/// A command for a POSIX shell that installs or upgrades the pool. The secrets of the values stand in it as variables
/// (--set-literal credentials.token="$SPACELIFT_TOKEN": commas in it mean nothing), and the lines above say which must
/// be set. Everything is quoted so that no name can be read as more than a word.
std::string helmCommand(const HelmCommand &what);

/// One word for a POSIX shell.
std::string shellQuoted(std::string_view word);

} // namespace pk::document
