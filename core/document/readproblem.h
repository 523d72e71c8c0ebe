// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "base/problem.h"

#include <string_view>

namespace pk::document {

/// Why a values text cannot be read: libyaml's words and place, and the id "yaml.…" of what usually is the matter where
/// they are known. Quotes nothing of the text but a single character.
Problem readProblem(const Error &error, std::string_view text);

} // namespace pk::document
