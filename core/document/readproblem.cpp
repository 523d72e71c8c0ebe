// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/readproblem.h"

#include "chart/explainvalue.h"

#include <algorithm>
#include <string>

namespace pk::document {

namespace {

struct Known
{
    std::string_view words; ///< Of libyaml or go-yaml.
    const char *id;
};

constexpr Known known[] = {
    {"mapping values are not allowed", "yaml.second-colon"},
    {"could not find expected ':'", "yaml.no-colon"},
    {"did not find expected key", "yaml.misplaced"},
    {"did not find expected '-' indicator", "yaml.misplaced-item"},
    {"block sequence entries are not allowed", "yaml.misplaced-item"},
    {"did not find expected ',' or ']'", "yaml.open-list"},
    {"did not find expected ',' or '}'", "yaml.open-map"},
    {"found unexpected end of stream", "yaml.open-quote"},
    {"found unknown escape character", "yaml.escape"},
};

std::string_view lineOf(std::string_view text, std::size_t at)
{
    at = std::min(at, text.size());
    const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
    const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
    return text.substr(begin, text.find('\n', begin) - begin);
}

/// What stands between the first `before` and the next `behind` in a text.
std::string between(std::string_view text, std::string_view before, std::string_view behind)
{
    const std::size_t begin = text.find(before);
    if (begin == std::string_view::npos)
        return {};
    const std::string_view rest = text.substr(begin + before.size());
    return std::string(rest.substr(0, rest.find(behind)));
}

/// A character that begins no value, which may have several bytes.
std::string characterAt(std::string_view text, std::size_t at)
{
    std::size_t end = at + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80)
        ++end;
    return std::string(text.substr(at, end - at));
}

void name(Problem &problem, std::string_view text)
{
    const std::string_view words = problem.message;
    const bool placed = problem.at.isKnown() && problem.at.begin < text.size();
    const std::string_view line = placed ? lineOf(text, problem.at.begin) : std::string_view();
    const bool mapAsKey = words.find("invalid map key") != std::string_view::npos;
    if ((mapAsKey && text.find("{{") != std::string_view::npos) || line.find(": {{") != std::string_view::npos) {
        problem.id = "yaml.template";
    } else if (words.find("cannot start any token") != std::string_view::npos && placed) {
        const std::string character = characterAt(text, problem.at.begin);
        problem.id = character == "\t" ? "yaml.tab" : "yaml.character";
        problem.parameters = {{"character", character}};
    } else if (words.find("unknown anchor") != std::string_view::npos) {
        problem.id = "yaml.no-anchor";
        problem.parameters = {{"name", between(words, "unknown anchor '", "'")}};
    } else if (words.find("into Go value of type map") != std::string_view::npos) {
        problem.id = "yaml.not-map";
        problem.parameters = {{"kind", chart::kindOfGoType(between(words, "cannot unmarshal ", " "))}};
    } else {
        const auto found = std::ranges::find_if(
            known, [words](const Known &one) { return words.find(one.words) != std::string_view::npos; });
        if (found != std::end(known))
            problem.id = found->id;
    }
}

} // namespace

Problem readProblem(const Error &error, std::string_view text)
{
    Problem problem;
    problem.source = Problem::Source::Yaml;
    problem.message = error.message;
    problem.at = error.at;
    name(problem, text);
    return problem;
}

} // namespace pk::document
