// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace re2 {
class RE2;
}

namespace pk::tmpl::sprig {

/// A regular expression as Go's regexp package has it: matched by RE2, with Go's words for errors, Go's rules for empty
/// matches, (?<name>), and texts that are not UTF-8.
class GoRegex
{
public:
    /// Errors read "error parsing regexp: missing closing ): `(a`". Compiled expressions are kept per thread.
    static Result<GoRegex> compile(std::string_view pattern);

    /// What a call takes of the steps of an execution: compiling, and going through `text`, at worst with all of the
    /// program's instructions at each byte.
    std::uint64_t stepsFor(std::string_view text) const;

    bool matches(std::string_view text) const;
    /// The first match, or an empty text.
    std::string find(std::string_view text) const;
    /// At most `limit` matches; < 0 is all.
    std::vector<std::string> findAll(std::string_view text, std::int64_t limit) const;
    /// `replacement` may name groups as $1 and ${name}. Stops as soon as the result is longer than `most`.
    std::string replaceAll(std::string_view text, std::string_view replacement, std::uint64_t most) const;
    std::string replaceAllLiteral(std::string_view text, std::string_view replacement, std::uint64_t most) const;
    std::vector<std::string> split(std::string_view text, std::int64_t limit) const;

    /// The pattern that matches `text` and nothing else.
    static std::string quoteMeta(std::string_view text);

private:
    struct Span
    {
        std::ptrdiff_t begin = -1; ///< -1: the group took no part.
        std::ptrdiff_t end = -1;
    };
    using Groups = std::vector<Span>;
    class Subject;

    GoRegex(std::shared_ptr<const re2::RE2> compiled, bool emptyPattern) :
        m_compiled(std::move(compiled)), m_emptyPattern(emptyPattern)
    {
    }

    bool execute(const Subject &subject, std::size_t from, std::size_t groupCount, Groups &groups) const;
    std::vector<Span> allMatches(const Subject &subject, std::int64_t limit) const;
    std::string replaced(std::string_view text, std::uint64_t most,
        const std::function<void(std::string &, std::string_view, const Groups &)> &append) const;
    void expand(std::string &out, std::string_view replacement, std::string_view text, const Groups &groups) const;

    std::shared_ptr<const re2::RE2> m_compiled;
    bool m_emptyPattern = false;
};

} // namespace pk::tmpl::sprig
