// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/secrets.h"

namespace pk::document {

/// True of keys whose value is a secret: they end in token, password, privateKey and the like.
bool isSecretKey(std::string_view key);

/// True of names of environment variables that hold secrets: with TOKEN, KEY, SECRET, PASSWORD, ... as one of the
/// words.
bool isSecretVariable(std::string_view name);

/// Secrets told by the lines of a text alone: PEM blocks and runs that look secret, and with `byKey` what stands behind
/// secret keys and below them. For comments and for texts that cannot be read.
std::vector<yaml::Span> findInLines(std::string_view text, bool byKey);

} // namespace pk::document
