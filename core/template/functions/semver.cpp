// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/semver.h"

#include "template/functions/unicode.h"

#include <re2/re2.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace pk::tmpl {

using namespace sprig;

namespace {

constexpr std::size_t MaxVersion = 256;
constexpr std::size_t MaxConstraint = 512;
constexpr std::size_t MaxGroups = 32;

Error semverError(std::string message)
{
    return {Error::Code::InvalidInput, std::move(message)};
}

bool allDigits(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool identifierBytes(std::string_view text)
{
    return std::all_of(text.begin(), text.end(),
        [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; });
}

std::vector<std::string_view> splitAt(std::string_view text, std::string_view separator)
{
    std::vector<std::string_view> parts;
    for (std::size_t from = 0;;) {
        const std::size_t at = text.find(separator, from);
        parts.push_back(text.substr(from, at == text.npos ? text.npos : at - from));
        if (at == text.npos)
            return parts;
        from = at + separator.size();
    }
}

Result<std::uint64_t> parseNumber(std::string_view digits)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error == std::errc::result_out_of_range)
        return semverError("strconv.ParseUint: parsing " + quoted(digits) + ": value out of range");
    if (error != std::errc{} || end != digits.data() + digits.size())
        return semverError("strconv.ParseUint: parsing " + quoted(digits) + ": invalid syntax");
    return value;
}

Result<void> checkPrerelease(std::string_view prerelease)
{
    for (std::string_view part : splitAt(prerelease, ".")) {
        if (part.empty() || !identifierBytes(part))
            return semverError("invalid prerelease string");
        if (allDigits(part) && part.size() > 1 && part[0] == '0')
            return semverError("version segment starts with 0");
    }
    return {};
}

Result<void> checkMetadata(std::string_view metadata)
{
    for (std::string_view part : splitAt(metadata, ".")) {
        if (part.empty() || !identifierBytes(part))
            return semverError("invalid metadata string");
    }
    return {};
}

/// The pieces of a loosely written version, with their separators already cut.
struct LooseParts
{
    std::string_view numbers[3];
    std::string_view prerelease;
    std::string_view metadata;
};

/// v?N(.N)?(.N)?(-ids)?(+ids)? over the whole text.
bool splitLoosely(std::string_view text, LooseParts &parts)
{
    if (text.starts_with('v'))
        text.remove_prefix(1);
    for (int i = 0; i < 3; ++i) {
        const std::size_t start = i == 0 ? 0 : 1;
        if (i > 0 && !text.starts_with('.'))
            break;
        std::size_t end = start;
        while (end < text.size() && text[end] >= '0' && text[end] <= '9')
            ++end;
        if (end == start)
            return false;
        parts.numbers[i] = text.substr(start, end - start);
        text.remove_prefix(end);
    }
    const auto identifiers = [&text](std::string_view &part) {
        std::size_t end = 1;
        while (end < text.size() && (identifierBytes(text.substr(end, 1)) || text[end] == '.'))
            ++end;
        part = text.substr(1, end - 1);
        text.remove_prefix(end);
        const auto pieces = splitAt(part, ".");
        return std::none_of(pieces.begin(), pieces.end(), [](std::string_view piece) { return piece.empty(); });
    };
    if (text.starts_with('-') && !identifiers(parts.prerelease))
        return false;
    if (text.starts_with('+') && !identifiers(parts.metadata))
        return false;
    return text.empty();
}

int compareNumbers(std::uint64_t a, std::uint64_t b)
{
    return a < b ? -1 : a > b ? 1 : 0;
}

int compareIdentifiers(std::string_view a, std::string_view b)
{
    if (a == b)
        return 0;
    if (a.empty() || b.empty())
        return a.empty() ? -1 : 1;
    const Result<std::uint64_t> left = parseNumber(a);
    const Result<std::uint64_t> right = parseNumber(b);
    if (left && right)
        return *left > *right ? 1 : -1;
    if (left || right)
        return left ? -1 : 1;
    return a > b ? 1 : -1;
}

int comparePrereleases(std::string_view a, std::string_view b)
{
    if (a.empty() || b.empty())
        return a.empty() == b.empty() ? 0 : a.empty() ? 1 : -1;
    const auto left = splitAt(a, ".");
    const auto right = splitAt(b, ".");
    for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
        const int order = compareIdentifiers(i < left.size() ? left[i] : "", i < right.size() ? right[i] : "");
        if (order != 0)
            return order;
    }
    return 0;
}

} // namespace

Result<Version> Version::parse(std::string_view text, bool limits)
{
    if (limits && text.size() > MaxVersion)
        return semverError("version string is too long (max 256 bytes)");
    LooseParts parts;
    if (!splitLoosely(text, parts))
        return semverError("invalid semantic version");
    Version version;
    version.original = text;
    version.prerelease = parts.prerelease;
    version.metadata = parts.metadata;
    std::uint64_t *const numbers[] = {&version.major, &version.minor, &version.patch};
    for (int i = 0; i < 3; ++i) {
        if (parts.numbers[i].empty())
            continue;
        const Result<std::uint64_t> number = parseNumber(parts.numbers[i]);
        if (!number)
            return number.error().wrapped("error parsing version segment: ");
        *numbers[i] = *number;
    }
    if (!version.prerelease.empty()) {
        if (const Result<void> checked = checkPrerelease(version.prerelease); !checked)
            return checked.error();
    }
    return version;
}

Result<Version> Version::parseStrict(std::string_view text, bool limits)
{
    if (text.empty())
        return semverError("version string empty");
    if (limits && text.size() > MaxVersion)
        return semverError("version string is too long (max 256 bytes)");
    const std::size_t first = text.find('.');
    const std::size_t second = first == text.npos ? text.npos : text.find('.', first + 1);
    if (second == text.npos)
        return semverError("invalid semantic version");
    Version version;
    version.original = text;
    std::string_view last = text.substr(second + 1);
    if (const std::size_t plus = last.find('+'); plus != last.npos) {
        version.metadata = last.substr(plus + 1);
        last = last.substr(0, plus);
        if (const Result<void> checked = checkMetadata(version.metadata); !checked)
            return checked.error();
    }
    if (const std::size_t minus = last.find('-'); minus != last.npos) {
        version.prerelease = last.substr(minus + 1);
        last = last.substr(0, minus);
        if (const Result<void> checked = checkPrerelease(version.prerelease); !checked)
            return checked.error();
    }
    const std::string_view parts[] = {text.substr(0, first), text.substr(first + 1, second - first - 1), last};
    for (std::string_view part : parts) {
        if (!allDigits(part))
            return semverError("invalid characters in version");
        if (part.size() > 1 && part[0] == '0')
            return semverError("version segment starts with 0");
    }
    std::uint64_t *const numbers[] = {&version.major, &version.minor, &version.patch};
    for (int i = 0; i < 3; ++i) {
        const Result<std::uint64_t> number = parseNumber(parts[i]);
        if (!number)
            return number.error();
        *numbers[i] = *number;
    }
    return version;
}

std::string Version::toString() const
{
    std::string text = std::to_string(major) + '.' + std::to_string(minor) + '.' + std::to_string(patch);
    if (!prerelease.empty())
        text += '-' + prerelease;
    if (!metadata.empty())
        text += '+' + metadata;
    return text;
}

int Version::compare(const Version &other) const
{
    if (const int order = compareNumbers(major, other.major); order != 0)
        return order;
    if (const int order = compareNumbers(minor, other.minor); order != 0)
        return order;
    if (const int order = compareNumbers(patch, other.patch); order != 0)
        return order;
    return comparePrereleases(prerelease, other.prerelease);
}

namespace {

// One version of a constraint, in which a part may be a wildcard: eight groups, as the code below counts them.
const std::string PartialVersion = R"(v?([0-9|x|X|\*]+)(\.[0-9|x|X|\*]+)?(\.[0-9|x|X|\*]+)?)"
                                   R"((-([0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*))?(\+([0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*))?)";
const std::string Operators = R"(=||!=|>|<|>=|=>|<=|=<|~|~>|\^)";

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
    return semverError("improper constraint: " + (quoteErrors ? quoted(text) : std::string(text)));
}

} // namespace

Result<Constraint::Term> Constraint::parseTerm(std::string_view text, bool quoteErrors)
{
    Term term;
    if (text.empty()) {
        term.dirty = true;
        return term;
    }
    static const RE2 pattern("^\\s*(" + Operators + ")\\s*(" + PartialVersion + ")\\s*$");
    re2::StringPiece groups[12];
    if (!pattern.Match(re2::StringPiece(text.data(), text.size()), 0, text.size(), RE2::ANCHOR_BOTH, groups, 12))
        return improper(text, quoteErrors);
    const auto group = [&groups](int i) { return std::string_view(groups[i].data(), groups[i].size()); };
    const auto withoutDot = [](std::string_view part) { return part.starts_with('.') ? part.substr(1) : part; };
    term.op = group(1);
    std::string version(group(2));
    if (isWildcard(group(3))) {
        version = "0.0.0" + std::string(group(6));
        term.dirty = true;
    } else if (isWildcard(withoutDot(group(4)))) {
        version = std::string(group(3)) + ".0.0" + std::string(group(6));
        term.dirty = term.minorDirty = true;
    } else if (isWildcard(withoutDot(group(5)))) {
        version = std::string(group(3)) + std::string(group(4)) + ".0" + std::string(group(6));
        term.dirty = term.patchDirty = true;
    }
    Result<Version> parsed = Version::parse(version);
    if (!parsed)
        return semverError("constraint parser error");
    term.version = std::move(*parsed);
    return term;
}

Result<Constraint> Constraint::parse(std::string_view text, bool limits)
{
    static const RE2 valid("^(\\s*(" + Operators + ")\\s*(" + PartialVersion + ")\\s*)((?:\\s+|,\\s*)(" + Operators
        + ")\\s*(" + PartialVersion + ")\\s*)*$");
    static const RE2 find("((?:" + Operators + ")\\s*(?:" + PartialVersion + "))");
    if (limits && text.size() > MaxConstraint)
        return semverError("constraint string is too long (max 512 bytes)");
    const std::string rewritten = withoutHyphenRanges(text);
    const auto groups = splitAt(rewritten, "||");
    if (limits && groups.size() > MaxGroups)
        return semverError("too many constraint groups (max 32)");
    Constraint constraint;
    for (std::string_view part : groups) {
        if (!RE2::PartialMatch(re2::StringPiece(part.data(), part.size()), valid))
            return improper(part, limits);
        Group group;
        re2::StringPiece rest(part.data(), part.size());
        re2::StringPiece found;
        while (RE2::FindAndConsume(&rest, find, &found)) {
            Result<Term> term = parseTerm({found.data(), found.size()}, limits);
            if (!term)
                return term.error();
            group.prereleases = group.prereleases || !term->version.prerelease.empty();
            group.terms.push_back(std::move(*term));
        }
        if (group.terms.empty()) {
            Result<Term> term = parseTerm(part, limits);
            if (!term)
                return term.error();
            group.terms.push_back(std::move(*term));
        }
        constraint.m_groups.push_back(std::move(group));
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
