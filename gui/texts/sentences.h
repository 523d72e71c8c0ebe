// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The sentences themselves, without Qt: the window translates them (texts.h), the command line has them in English.
namespace pk::gui::texts {

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// One sentence: `{name}` is replaced by the parameter of that name, an unknown one by nothing. `{message}` is what an
/// Error or a Problem says in its own words. "ID.one" is taken in place of "ID" when the parameter `count` is 1.
struct Sentence
{
    const char *id;
    const char *text; ///< In English, marked for translation in the context "texts".
};

/// The pattern of the sentence to take for an id: "ID.nearest" where `parameters` have a near name, "ID.one" where they
/// count one. Null when there is none.
const char *patternOf(std::string_view id, const Parameters &parameters);

/// All ids that have a sentence, sorted.
std::vector<std::string> sentenceIds();

constexpr std::size_t LongestMessage = 2000; ///< Characters of `{message}`.
constexpr std::size_t LongestParameter = 200; ///< Of every other parameter.

/// `pattern` with its parameters, each made harmless by cleaned() and never read as a pattern again.
std::string filled(std::string_view pattern, const Parameters &parameters);

/// Text from a cluster or a file, made harmless: control and bidirectional characters away, cut at `most` characters.
/// Line ends and tabs become spaces.
std::string cleaned(std::string_view text, std::size_t most);

} // namespace pk::gui::texts
