// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pk::tmpl {

/// A semantic version as Helm reads it (the rules of Masterminds/semver v3): a leading v, missing parts and leading
/// zeros in numbers are accepted.
struct Version
{
    std::uint64_t major = 0;
    std::uint64_t minor = 0;
    std::uint64_t patch = 0;
    std::string prerelease = {};
    std::string metadata = {};
    std::string original = {}; ///< The text it came from.

    /// "1.2" is 1.2.0. Errors have the library's words ("invalid semantic version"). `limits`: at most 256 bytes, as
    /// semver 3.5 has it.
    static Result<Version> parse(std::string_view text, bool limits = true);

    /// All three numbers, no v, no leading zeros: what a SemVer 2 validator accepts ("version segment starts with 0").
    static Result<Version> parseStrict(std::string_view text, bool limits = true);

    /// "1.2.3-pre+meta", without a leading v.
    std::string toString() const;

    /// Precedence: numbers, then prereleases; metadata does not count. -1, 0, 1.
    int compare(const Version &other) const;
};

/// What a version must be: "^1.2", ">=1.21-0 <2 || 3.x", "1.2 - 1.4". A range without a prerelease never accepts a
/// prerelease version.
class Constraint
{
public:
    /// `limits`: at most 512 bytes and 32 groups, and quoted errors, as semver 3.5 has it.
    static Result<Constraint> parse(std::string_view text, bool limits = true);

    bool accepts(const Version &version) const;

private:
    struct Term
    {
        std::string op;
        Version version;
        bool dirty = false; ///< Some part is x or missing; minorDirty and patchDirty tell which.
        bool minorDirty = false;
        bool patchDirty = false;
    };
    struct Group
    {
        std::vector<Term> terms;
        bool prereleases = false;
    };

    static Result<Term> termOf(std::string_view op, std::string_view whole,
        std::span<const std::string_view, 3> numbers, std::string_view prerelease);
    static Result<Term> parseTerm(std::string_view text, bool quoteErrors);
    static Result<Group> parseGroup(std::string_view part, bool quoteErrors);
    static bool accepts(const Term &term, const Version &version);

    std::vector<Group> m_groups;
};

} // namespace pk::tmpl
