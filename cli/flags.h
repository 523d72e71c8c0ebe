// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace pk::cli {

/// One flag of a command, read with the rules and error texts of the library that helm uses (pflag).
struct Flag
{
    enum class Type {
        Switch, ///< A boolean: `--flag`, `--flag=false`.
        Text, ///< One text; the last one wins.
        Texts, ///< A text each time, kept whole.
        List, ///< Texts with commas between, added up (CSV).
        Optional, ///< A text that may be left out: `--flag` or `--flag=text`.
    };

    std::string_view name;
    char shorthand = 0;
    Type type = Type::Text;
    bool *on = nullptr; ///< Switch
    std::string *text = nullptr; ///< Text, Optional
    std::vector<std::string> *texts = nullptr; ///< Texts, List
    bool *given = nullptr; ///< Set when the flag was there; may be null.
    Result<void> (*check)(const std::string &text) = nullptr; ///< Of a Text whose type is more than text; may be null.
};

/// Fills what the flags point to; what is no flag comes back in order. `--` ends the flags.
Result<std::vector<std::string>> parseFlags(const std::vector<std::string> &arguments, const std::vector<Flag> &flags);

/// Go's encoding/csv on one line: commas separate, a field may stand in quotes.
std::vector<std::string> splitCsv(std::string_view text);

} // namespace pk::cli
