// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace pk::chart {

/// A file of resources/charts that is linked into the program.
struct BuiltinFile
{
    std::string_view path; ///< "spacelift-worker/values.yaml"
    const char *begin;
    const char *end;
};

std::span<const BuiltinFile> builtinFiles();

} // namespace pk::chart
