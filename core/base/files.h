// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace pk {

/// What readFile() takes at most; more than Helm takes as a chart.
inline constexpr std::size_t largestFile = 256U << 20U;

/// strerror() in Go's words: "no such file or directory".
std::string systemWords(int number);

/// "open PATH: no such file or directory", as Go words it, for the errno that stands.
Error systemError(std::string_view operation, std::string_view path);

/// The bytes of a file, or of whatever else can be read to its end (a pipe, /dev/stdin); errors as systemError() words
/// them.
Result<std::string> readFile(const std::string &path);

} // namespace pk
