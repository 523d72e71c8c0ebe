// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/wanted.h"

#include <optional>

namespace pk::document {

/// A scalar of a values text that is no key.
struct ScalarPlace
{
    std::string_view text; ///< The whole.
    const yaml::Node &node;
    std::string_view key; ///< It stands behind; empty for items.
    const Wanted &wanted;
    bool inFlow = false;
    bool secret = false;
};

/// What is unexpected of one value, with its place, and with a fix without a path; nothing when it is what it looks
/// like.
std::optional<Problem> surpriseOf(const ScalarPlace &scalar);

/// A character in `node` that looks like a space or like nothing, or typographic quotes around it.
std::optional<Problem> oddCharacters(std::string_view text, const yaml::Node &node);

/// A problem of `node`, whose parameters `written` and `read` are hidden for a secret.
Problem problemOf(Problem::Severity severity, const char *id, const yaml::Node &node);

/// The place of some bytes of a node, or behind it.
SourceSpan placeIn(std::string_view text, const yaml::Node &node, std::size_t begin, std::size_t end);

/// `text` as a double quoted scalar.
std::string inQuotes(std::string_view text);

} // namespace pk::document
