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
    std::string path; ///< "credentials.token"
    yaml::Span span; ///< Of the scalar, quotes included.
    std::string value;
};

/// The secrets of a values text: by place (credentials.token, credentials.privateKey, the value of an environment
/// variable whose name says so) and by content in any key. In the order of the text. A text that cannot be read is
/// searched by content alone, line by line.
std::vector<SecretPlace> findSecrets(std::string_view text);

/// True when the name of an environment variable says that its value is a secret.
bool namesSecret(std::string_view variable);

/// What stands in a draft or an export in the place of a secret.
constexpr std::string_view HiddenMark = "\"(hidden: enter again)\"";

/// `text` with each secret replaced by `mark`: what a draft stores, and an export unless secrets are asked for.
std::string withoutSecrets(std::string_view text, std::string_view mark = HiddenMark);

/// True when `value` is the mark that withoutSecrets() left.
bool isHiddenMark(std::string_view value);

} // namespace pk::document
