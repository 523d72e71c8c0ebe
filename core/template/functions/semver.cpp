// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/semver.h"

#include "base/ascii.h"
#include "base/quote.h"
#include "base/split.h"
#include "template/functions/semverparts.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace pk::tmpl {

using namespace sprig;

namespace sprig {

Error semverError(std::string message)
{
    return {Error::Code::InvalidInput, std::move(message)};
}

bool identifierBytes(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return ascii::isAlphanumeric(c) || c == '-'; });
}

} // namespace sprig

namespace {

constexpr std::size_t MaxVersion = 256;

bool allDigits(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), ascii::isDigit);
}

Result<std::uint64_t> parseNumber(std::string_view digits)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error == std::errc::result_out_of_range)
        return semverError("strconv.ParseUint: parsing " + goQuote(digits) + ": value out of range");
    if (error != std::errc{} || end != digits.data() + digits.size())
        return semverError("strconv.ParseUint: parsing " + goQuote(digits) + ": invalid syntax");
    return value;
}

Result<void> checkPrerelease(std::string_view prerelease)
{
    for (std::string_view part : split(prerelease, ".")) {
        if (part.empty() || !identifierBytes(part))
            return semverError("invalid prerelease string");
        if (allDigits(part) && part.size() > 1 && part[0] == '0')
            return semverError("version segment starts with 0");
    }
    return {};
}

Result<void> checkMetadata(std::string_view metadata)
{
    for (std::string_view part : split(metadata, ".")) {
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
        const auto pieces = split(part, ".");
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

} // namespace

int sprig::comparePrereleases(std::string_view a, std::string_view b)
{
    if (a.empty() || b.empty())
        return a.empty() == b.empty() ? 0 : a.empty() ? 1 : -1;
    const auto left = split(a, ".");
    const auto right = split(b, ".");
    for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
        const int order = compareIdentifiers(i < left.size() ? left[i] : "", i < right.size() ? right[i] : "");
        if (order != 0)
            return order;
    }
    return 0;
}

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

} // namespace pk::tmpl
