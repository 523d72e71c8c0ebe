// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/secretwords.h"

#include <string>

namespace pk::document {

/// Two texts of YAML without their secrets, so that it can still be seen which are equal: "(hidden, equal)", or
/// "(hidden, before)" and "(hidden, after)"; "(hidden)" where the other text has none at that place.
struct MaskedTexts
{
    std::string before;
    std::string after;
};

/// Masks what findSecrets() finds, and wherever else one of `words` stands.
MaskedTexts maskTexts(const std::string &before, const std::string &after, const SecretWords &words);

} // namespace pk::document
