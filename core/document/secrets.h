// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "yaml/reader.h"

#include <string>
#include <string_view>
#include <vector>

namespace pk::document {

/// One secret scalar of a values text.
struct SecretPlace
{
    std::string path; ///< "credentials.token"; empty when it has none: in a comment, a key, or a broken text.
    yaml::Span span; ///< Of the scalar, quotes included, without its anchor.
    std::string value;
};

/// The secrets of a text, in its order, none within another: by place (credentials.token and .privateKey and other keys
/// that end so, variables whose name says so, data of a Secret) and by content in any key or comment. An anchor that a
/// secret place refers to is one. All documents are searched; a text that cannot be read is searched line by line.
std::vector<SecretPlace> findSecrets(std::string_view text);
/// The same of a text whose nodes are known; `nodes` is null when it cannot be read.
std::vector<SecretPlace> findSecrets(std::string_view text, const yaml::Stream *nodes);

/// True when the name of an environment variable says that its value is a secret.
bool namesSecret(std::string_view variable);

/// What stands in a draft or an export in the place of a secret.
constexpr std::string_view HiddenMark = "\"(hidden: enter again)\"";

/// `text` with each secret replaced by `mark`: what a draft stores, and an export unless secrets are asked for.
std::string withoutSecrets(std::string_view text, std::string_view mark = HiddenMark);

/// True when `value` is the mark that withoutSecrets() left.
bool isHiddenMark(std::string_view value);

} // namespace pk::document
