// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/sourcespan.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pk {

/// Why a call failed: one of a few kinds that a caller can act on, with the words for a person or a log.
///
/// `message` is the text in the words of whoever failed (Helm's, Kubernetes', the system's) and is never translated.
/// `id` names a sentence of gui/texts that `parameters` fill; empty where `message` speaks for itself. No secret ever
/// stands in an Error.
struct Error
{
    enum class Code {
        InvalidInput, ///< What was given cannot be right; trying again gives the same.
        NotFound,
        AlreadyExists,
        Conflict, ///< Somebody else changed or owns it.
        Denied, ///< Not allowed, or not logged in.
        Unavailable, ///< Nobody answered; trying again later may help.
        Timeout,
        Cancelled,
        LimitExceeded, ///< A limit of ours on size, depth, steps or time.
        Io, ///< The file system or another local resource.
        Internal, ///< A mistake of ours.
    };

    Code code = Code::Internal;
    std::string message = {};
    SourceSpan at = {}; ///< Where in a text, when the failure has a place.
    std::string id = {}; ///< Sentence in gui/texts, for example "release.pending".
    std::vector<std::pair<std::string, std::string>> parameters = {};

    /// The same error with `prefix` before its message, as Go wraps errors.
    Error wrapped(std::string_view prefix) const;
};

/// "invalid-input", "timeout", ... for logs and tests.
const char *nameOf(Error::Code code);

} // namespace pk
