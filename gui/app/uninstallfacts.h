// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/pool.h"
#include "release/changes.h"
#include "review/uninstalldialog.h"

#include <cstdint>
#include <map>
#include <string>

namespace pk::gui {

/// What is known of a release that is to be uninstalled.
struct UninstallSource
{
    const release::UninstallPreview &preview;
    const std::map<std::string, pool::Claim> &claims; ///< Of the namespace.
    const pool::Pool *pool = nullptr; ///< Null: none of its objects is a pool.
    std::int64_t graceSeconds = 30; ///< Of its pods.
    QString release = {}, context = {}, cluster = {}, ns = {};
    int revision = 0; ///< The last one.
    int revisions = 0; ///< How many records there are.
};

/// What goes and what stays, in as few lines as say it.
UninstallFacts uninstallFacts(const UninstallSource &source);

} // namespace pk::gui
