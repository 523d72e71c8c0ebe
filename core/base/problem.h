// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/sourcespan.h"

#include <string>
#include <utility>
#include <vector>

namespace pk {

/// Something that a person should know about what they edit: a plain value, freely compared and sorted.
struct Problem
{
    enum class Severity { Error, Warning, Hint };
    enum class Source { Yaml, Schema, Render, Rule, Credentials };

    /// A change of one value that ends the problem. An empty path means that there is none.
    struct Fix
    {
        std::string path = {};
        std::string yaml = {}; ///< New text of the value; ignored when `remove`.
        bool remove = false;
        std::string id = {}; ///< Label in gui/texts ("fix.quote").
        bool operator==(const Fix &) const = default;
    };

    Severity severity = Severity::Error;
    Source source = Source::Rule;
    std::string id = {}; ///< Sentence in gui/texts ("rule.claim-template-ignored"); empty: `message` is shown as is.
    std::vector<std::pair<std::string, std::string>> parameters = {}; ///< Fill the sentence.
    std::string message = {}; ///< Helm's or libyaml's own words.
    std::string path = {}; ///< The value it is about, "launcher.extraEnv[3].value"; empty: the whole file.
    SourceSpan at = {}; ///< In the values text; `file` is set when it is about a template.
    Fix fix = {};

    bool operator==(const Problem &) const = default;
};

} // namespace pk
