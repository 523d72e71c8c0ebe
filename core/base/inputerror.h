// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

namespace pk {

/// The most common Error: what was given cannot be right, and `message` says why.
inline Error inputError(std::string message)
{
    return {.code = Error::Code::InvalidInput, .message = std::move(message)};
}

} // namespace pk
