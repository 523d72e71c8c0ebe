// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/render.h"
#include "release/changes.h"
#include "yaml/path.h"

namespace pk::release {

/// Lines of a rendered object, from 1, that differ with each rendering. `rendered` is what holds it.
std::vector<int> varyingLines(const chart::ManifestObject &object, const chart::Rendered &rendered);

/// The scalars of a rendered object that have such a line.
std::vector<yaml::Path> varyingPaths(const chart::ManifestObject &object, const chart::Rendered &rendered);

/// Lines of a YAML text, from 1, of the scalars at `paths`.
std::vector<int> linesOf(std::string_view text, const std::vector<yaml::Path> &paths);

/// Tells the changes apart that come with each rendering from those that somebody made: fills varyingPaths and
/// onlyVaries. `before` is what `changes` compares with, `rendered` what they come to.
void markVarying(
    std::vector<ObjectChange> &changes, const std::vector<Object> &before, const chart::Rendered &rendered);

} // namespace pk::release
