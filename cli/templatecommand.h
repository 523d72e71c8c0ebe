// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace pk::cli {

/// What a command wants written when it is done.
struct Streams
{
    std::string out;
    std::string err;
};

/// `poolkeeper template`: the exit code.
int runTemplate(const std::vector<std::string> &arguments, Streams &streams);

} // namespace pk::cli
