// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/quote.h"
#include "base/split.h"
#include "template/functions/semver.h"
#include "template/functions/semverparts.h"

#include <re2/re2.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace pk::tmpl {

using namespace sprig;

namespace {

constexpr std::size_t MaxConstraint = 512;
constexpr std::size_t MaxGroups = 32;

// One version of a constraint, in which a part may be a wildcard: eight groups, as the code below counts them.
const std::string PartialVersion = R"(v?([0-9|x|X|\*]+)(\.[0-9|x|X|\*]+)?(\.[0-9|x|X|\*]+)?)"
                                   R"((-([0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*))?(\+([0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*))?)";
const std::string Operators = R"(=||!=|>|<|>=|=>|<=|=<|~|~>|\^)";

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

/// A condition as it is written, cut into its pieces.
struct WrittenTerm
{
    std::string_view op;
    std::string_view whole; ///< The version.
    std::string_view numbers[3]; ///< Digits, x or empty.
    std::string_view prerelease; ///< With its dash.
};

void skipBlanks(std::string_view &rest)
{
    while (!rest.empty() && isBlank(rest[0]))
        rest.remove_prefix(1);
}

std::string_view takeWhile(std::string_view &rest, bool (*belongs)(char))
{
    std::size_t end = 0;
    while (end < rest.size() && belongs(rest[end]))
        ++end;
    const std::string_view taken = rest.substr(0, end);
    rest.remove_prefix(end);
    return taken;
}

/// Reads one ordinary condition (">= 1.2.x-rc+m") off the front; false for what needs the full patterns below.
bool takeTerm(std::string_view &rest, WrittenTerm &term)
{
    const auto isOperator = [](char c) { return std::string_view("=!<>~^").find(c) != std::string_view::npos; };
    const auto isIdentifier = [](char c) { return c == '.' || identifierBytes({&c, 1}); };
    term.op = takeWhile(rest, isOperator);
    static constexpr std::string_view Known[] = {"", "=", "!=", ">", "<", ">=", "=>", "<=", "=<", "~", "~>", "^"};
    if (std::find(std::begin(Known), std::end(Known), term.op) == std::end(Known))
        return false;
    skipBlanks(rest);
    const std::string_view start = rest;
    if (rest.starts_with('v'))
        rest.remove_prefix(1);
    for (std::string_view &number : term.numbers) {
        number = takeWhile(rest, [](char c) { return c >= '0' && c <= '9'; });
        if (number.empty() && !rest.empty() && (rest[0] == 'x' || rest[0] == 'X' || rest[0] == '*')) {
            number = rest.substr(0, 1);
            rest.remove_prefix(1);
        }
        if (number.empty())
            return false;
        if (&number == &term.numbers[2] || !rest.starts_with('.'))
            break;
        rest.remove_prefix(1);
    }
    for (char mark : {'-', '+'}) {
        if (!rest.starts_with(mark))
            continue;
        const std::string_view before = rest;
        rest.remove_prefix(1);
        const std::string_view identifiers = takeWhile(rest, isIdentifier);
        if (identifiers.empty() || identifiers.front() == '.' || identifiers.back() == '.'
            || identifiers.find("..") != identifiers.npos)
            return false;
        if (mark == '-')
            term.prerelease = before.substr(0, identifiers.size() + 1);
    }
    term.whole = start.substr(0, start.size() - rest.size());
    return true;
}

/// All conditions of a group; false when it is not an ordinary one, be it odd or wrong.
bool takeTerms(std::string_view rest, std::vector<WrittenTerm> &terms)
{
    skipBlanks(rest);
    while (!rest.empty()) {
        WrittenTerm term;
        if (!takeTerm(rest, term))
            return false;
        terms.push_back(term);
        const bool blank = !rest.empty() && isBlank(rest[0]);
        skipBlanks(rest);
        if (rest.empty())
            break;
        if (rest[0] == ',')
            rest.remove_prefix(1);
        else if (!blank)
            return false;
        skipBlanks(rest);
        if (rest.empty())
            return false;
    }
    return !terms.empty();
}

/// A dash between blanks makes a range of two versions.
bool hasHyphenRange(std::string_view text)
{
    for (std::size_t at = text.find('-'); at != text.npos; at = text.find('-', at + 1)) {
        if (at > 0 && isBlank(text[at - 1]) && at + 1 < text.size() && isBlank(text[at + 1]))
            return true;
    }
    return false;
}

bool isWildcard(std::string_view part)
{
    return part.empty() || part == "x" || part == "X" || part == "*";
}

/// "1.2 - 1.4" means ">= 1.2, <= 1.4".
std::string withoutHyphenRanges(std::string_view text)
{
    static const RE2 range("(\\s*(" + PartialVersion + ")\\s+-\\s+(" + PartialVersion + ")\\s*)");
    std::string result(text);
    re2::StringPiece rest(text.data(), text.size());
    re2::StringPiece groups[13];
    while (range.Match(rest, 0, rest.size(), RE2::UNANCHORED, groups, 13)) {
        const std::string whole(groups[0].data(), groups[0].size());
        const std::string low(groups[2].data(), groups[2].size());
        const std::string high(groups[12].data(), groups[12].size());
        if (const std::size_t at = result.find(whole); at != result.npos)
            result.replace(at, whole.size(), ">= " + low + ", <= " + high + ' ');
        rest.remove_prefix(static_cast<std::size_t>(groups[0].data() + groups[0].size() - rest.data()));
    }
    return result;
}

Error improper(std::string_view text, bool quoteErrors)
{
    return semverError("improper constraint: " + (quoteErrors ? goQuote(text) : std::string(text)));
}

} // namespace

Result<Constraint::Term> Constraint::termOf(std::string_view op, std::string_view whole,
    std::span<const std::string_view, 3> numbers, std::string_view prerelease)
{
    Term term;
    term.op = op;
    std::string version(whole);
    if (isWildcard(numbers[0])) {
        version = "0.0.0" + std::string(prerelease);
        term.dirty = true;
    } else if (isWildcard(numbers[1])) {
        version = std::string(numbers[0]) + ".0.0" + std::string(prerelease);
        term.dirty = term.minorDirty = true;
    } else if (isWildcard(numbers[2])) {
        version = std::string(numbers[0]) + '.' + std::string(numbers[1]) + ".0" + std::string(prerelease);
        term.dirty = term.patchDirty = true;
    }
    Result<Version> parsed = Version::parse(version);
    if (!parsed)
        return semverError("constraint parser error");
    term.version = std::move(*parsed);
    return term;
}

Result<Constraint::Term> Constraint::parseTerm(std::string_view text, bool quoteErrors)
{
    if (text.empty()) {
        Term term;
        term.dirty = true;
        return term;
    }
    static const RE2 pattern("^\\s*(" + Operators + ")\\s*(" + PartialVersion + ")\\s*$");
    re2::StringPiece groups[12];
    if (!pattern.Match(re2::StringPiece(text.data(), text.size()), 0, text.size(), RE2::ANCHOR_BOTH, groups, 12))
        return improper(text, quoteErrors);
    const auto group = [&groups](int i) { return std::string_view(groups[i].data(), groups[i].size()); };
    const auto withoutDot = [](std::string_view part) { return part.starts_with('.') ? part.substr(1) : part; };
    const std::string_view numbers[3] = {group(3), withoutDot(group(4)), withoutDot(group(5))};
    return termOf(group(1), group(2), numbers, group(6));
}

Result<Constraint::Group> Constraint::parseGroup(std::string_view part, bool quoteErrors)
{
    Group group;
    const auto add = [&group](Result<Term> term) -> Result<void> {
        if (!term)
            return term.error();
        group.prereleases = group.prereleases || !term->version.prerelease.empty();
        group.terms.push_back(std::move(*term));
        return {};
    };
    // Nearly all are read by hand; making the patterns takes longer than a whole rendering.
    std::vector<WrittenTerm> written;
    if (takeTerms(part, written)) {
        for (const WrittenTerm &term : written) {
            if (const Result<void> added = add(termOf(term.op, term.whole, term.numbers, term.prerelease)); !added)
                return added.error();
        }
        return group;
    }
    static const RE2 valid("^(\\s*(" + Operators + ")\\s*(" + PartialVersion + ")\\s*)((?:\\s+|,\\s*)(" + Operators
        + ")\\s*(" + PartialVersion + ")\\s*)*$");
    static const RE2 find("((?:" + Operators + ")\\s*(?:" + PartialVersion + "))");
    if (!RE2::PartialMatch(re2::StringPiece(part.data(), part.size()), valid))
        return improper(part, quoteErrors);
    re2::StringPiece rest(part.data(), part.size());
    re2::StringPiece found;
    while (RE2::FindAndConsume(&rest, find, &found)) {
        if (const Result<void> added = add(parseTerm({found.data(), found.size()}, quoteErrors)); !added)
            return added.error();
    }
    if (group.terms.empty()) {
        if (const Result<void> added = add(parseTerm(part, quoteErrors)); !added)
            return added.error();
    }
    return group;
}

Result<Constraint> Constraint::parse(std::string_view text, bool limits)
{
    if (limits && text.size() > MaxConstraint)
        return semverError("constraint string is too long (max 512 bytes)");
    const std::string rewritten = hasHyphenRange(text) ? withoutHyphenRanges(text) : std::string(text);
    const auto groups = split(rewritten, "||");
    if (limits && groups.size() > MaxGroups)
        return semverError("too many constraint groups (max 32)");
    Constraint constraint;
    for (std::string_view part : groups) {
        Result<Group> group = parseGroup(part, limits);
        if (!group)
            return group.error();
        constraint.m_groups.push_back(std::move(*group));
    }
    return constraint;
}

bool Constraint::accepts(const Version &version) const
{
    return std::any_of(m_groups.begin(), m_groups.end(), [&version](const Group &group) {
        if (!version.prerelease.empty() && !group.prereleases)
            return false;
        return std::all_of(
            group.terms.begin(), group.terms.end(), [&version](const Term &term) { return accepts(term, version); });
    });
}

namespace {

enum class Operator { Equal, NotEqual, Greater, Less, GreaterEqual, LessEqual, Tilde, Caret };

Operator operatorOf(std::string_view text)
{
    if (text == "!=")
        return Operator::NotEqual;
    if (text == ">")
        return Operator::Greater;
    if (text == "<")
        return Operator::Less;
    if (text == ">=" || text == "=>")
        return Operator::GreaterEqual;
    if (text == "<=" || text == "=<")
        return Operator::LessEqual;
    if (text == "~" || text == "~>")
        return Operator::Tilde;
    return text == "^" ? Operator::Caret : Operator::Equal;
}

} // namespace

bool Constraint::accepts(const Term &term, const Version &version)
{
    const Version &wanted = term.version;
    const int order = version.compare(wanted);
    const auto tilde = [&] {
        if (order < 0)
            return false;
        if (wanted.major == 0 && wanted.minor == 0 && wanted.patch == 0 && !term.minorDirty && !term.patchDirty)
            return true;
        return version.major == wanted.major && (version.minor == wanted.minor || term.minorDirty);
    };
    switch (operatorOf(term.op)) {
    case Operator::Equal:
        return term.dirty ? tilde() : order == 0;
    case Operator::NotEqual:
        if (!term.dirty)
            return order != 0;
        if (version.major != wanted.major)
            return true;
        if (version.minor != wanted.minor && !term.minorDirty)
            return true;
        if (term.minorDirty)
            return false;
        if (version.patch != wanted.patch && !term.patchDirty)
            return true;
        if (term.patchDirty)
            return (!version.prerelease.empty() || !wanted.prerelease.empty())
                && comparePrereleases(version.prerelease, wanted.prerelease) != 0;
        return order != 0;
    case Operator::Greater:
        if (!term.dirty)
            return order > 0;
        if (version.major != wanted.major)
            return version.major > wanted.major;
        if (term.minorDirty)
            return false;
        return term.patchDirty ? version.minor > wanted.minor : order > 0;
    case Operator::Less:
        return order < 0;
    case Operator::GreaterEqual:
        return order >= 0;
    case Operator::LessEqual:
        if (!term.dirty)
            return order <= 0;
        if (version.major > wanted.major)
            return false;
        return !(version.major == wanted.major && version.minor > wanted.minor && !term.minorDirty);
    case Operator::Tilde:
        return tilde();
    case Operator::Caret:
        if (order < 0)
            return false;
        if (wanted.major > 0 || term.minorDirty)
            return version.major == wanted.major;
        if (version.major > 0)
            return false;
        if (wanted.minor > 0 || term.patchDirty)
            return version.minor == wanted.minor;
        return version.minor == 0 && version.patch == wanted.patch;
    }
    return false;
}

} // namespace pk::tmpl
