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

/// No exit code: the command needs what only the program with a ChartSource has, and nothing was read or written yet.
constexpr int needsOtherProgram = -1;

/// `poolkeeper template`: the exit code, or needsOtherProgram.
int runTemplate(const std::vector<std::string> &arguments, Streams &streams);

} // namespace pk::cli
