// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string_view>

namespace pk::log {

enum class Level { Debug, Info, Warning, Error };

/// Takes one line; called under a lock, on whichever thread logs.
using Sink = std::function<void(Level level, std::string_view category, std::string_view line)>;

/// Replaces the sink; main or a test does so once. The sink at start writes warnings and errors to stderr.
void setSink(Sink sink);

/// Writes one line of `category` ("kube", "release", ...). Every line goes through redact() first.
void write(Level level, std::string_view category, std::string_view line);

} // namespace pk::log
