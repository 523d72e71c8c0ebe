// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/quantity.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>

namespace pk::kube {

namespace {

__extension__ using Wide = __int128;

constexpr Wide nano = 1'000'000'000;
constexpr Wide cap = Wide(std::numeric_limits<std::int64_t>::max()) * nano;

/// A suffix is a power of ten or of two.
struct Suffix
{
    std::string_view text;
    int power;
};
constexpr std::array<Suffix, 10> decimalSuffixes = {
    {{"n", -9}, {"u", -6}, {"m", -3}, {"", 0}, {"k", 3}, {"M", 6}, {"G", 9}, {"T", 12}, {"P", 15}, {"E", 18}}};
constexpr std::array<Suffix, 6> binarySuffixes = {
    {{"Ki", 10}, {"Mi", 20}, {"Gi", 30}, {"Ti", 40}, {"Pi", 50}, {"Ei", 60}}};

struct Scale
{
    Quantity::Format format;
    int power;
};

template <std::size_t N> std::optional<int> powerOf(const std::array<Suffix, N> &suffixes, std::string_view text)
{
    const auto found = std::ranges::find(suffixes, text, &Suffix::text);
    return found == suffixes.end() ? std::nullopt : std::optional(found->power);
}

std::optional<Scale> parseSuffix(std::string_view text)
{
    if (const auto power = powerOf(decimalSuffixes, text))
        return Scale{Quantity::Format::DecimalSi, *power};
    if (const auto power = powerOf(binarySuffixes, text))
        return Scale{Quantity::Format::BinarySi, *power};
    if (text.size() < 2 || (text[0] != 'e' && text[0] != 'E'))
        return std::nullopt;
    text.remove_prefix(text[1] == '+' ? 2 : 1);
    int power = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), power);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return Scale{Quantity::Format::DecimalExponent, power};
}

/// amount * base^power, capped; what falls below one billionth is rounded up, away from zero.
Wide scaled(Wide amount, int base, int power)
{
    for (; power > 0 && amount != 0; --power) {
        amount *= base;
        if (amount >= cap)
            return cap;
    }
    bool rest = false;
    for (; power < 0 && amount != 0; ++power) {
        rest = rest || amount % base != 0;
        amount /= base;
    }
    // Only reached with amount 0 when everything was cut away.
    return amount + (rest ? 1 : 0);
}

/// amount * 2^twos * 10^tens. Division comes last, so that nothing is lost before the multiplication.
Wide scaledBinary(Wide amount, int twos, int tens)
{
    constexpr Wide roomy = cap * 1'000'000'000;
    amount = scaled(amount, 10, std::max(tens, 0));
    for (tens = std::min(tens, 0); twos > 0; --twos) {
        for (; tens < 0 && amount > roomy; ++tens)
            amount = amount / 10 + 1;
        if (amount > roomy)
            return cap;
        amount *= 2;
    }
    return scaled(amount, 10, tens);
}

Wide divideUp(Wide amount, Wide by)
{
    const Wide whole = amount / by;
    return amount % by == 0 ? whole : whole + (amount > 0 ? 1 : -1);
}

std::string digits(Wide amount)
{
    if (amount == 0)
        return "0";
    std::string text;
    for (Wide rest = amount < 0 ? -amount : amount; rest > 0; rest /= 10)
        text.insert(text.begin(), char('0' + int(rest % 10)));
    return amount < 0 ? "-" + text : text;
}

Error notAQuantity(std::string_view text)
{
    return {.code = Error::Code::InvalidInput,
        .message = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
        .id = "kube.quantity",
        .parameters = {{"text", std::string(text.substr(0, 64))}}};
}

} // namespace

Quantity Quantity::of(std::int64_t units, Format format)
{
    Quantity quantity;
    quantity.m_nano = Wide(units) * nano;
    quantity.m_format = format;
    return quantity;
}

Result<Quantity> Quantity::parse(std::string_view text)
{
    const bool negative = text.starts_with('-');
    std::string_view rest = text.substr(negative || text.starts_with('+') ? 1 : 0);
    const auto numberEnd = std::min(rest.find_first_not_of("0123456789."), rest.size());
    const auto number = rest.substr(0, numberEnd);
    const auto dot = number.find('.');
    const auto whole = number.substr(0, dot);
    const auto fraction = dot == number.npos ? std::string_view() : number.substr(dot + 1);
    const auto scale = parseSuffix(rest.substr(numberEnd));
    if (!scale || whole.size() + fraction.size() == 0 || fraction.find('.') != fraction.npos || text.size() > 1000)
        return notAQuantity(text);

    // 28 digits keep the product below 2^127; more of them only matter where the result is capped or rounded anyway.
    Wide mantissa = 0;
    int tens = -int(fraction.size());
    bool rest10 = false;
    for (const char digit : std::string(whole) + std::string(fraction)) {
        if (mantissa < cap) {
            mantissa = mantissa * 10 + (digit - '0');
        } else {
            rest10 = rest10 || digit != '0';
            ++tens;
        }
    }
    if (rest10)
        ++mantissa;
    const bool binary = scale->format == Format::BinarySi;
    const int power = std::clamp(tens + 9 + (binary ? 0 : scale->power), -2000, 2000);
    const Wide amount = binary ? scaledBinary(mantissa, scale->power, power) : scaled(mantissa, 10, power);
    Quantity quantity;
    quantity.m_nano = negative ? -std::min(amount, cap) : std::min(amount, cap);
    quantity.m_format = scale->format;
    return quantity;
}

std::int64_t Quantity::value() const
{
    return std::int64_t(divideUp(m_nano, nano));
}

std::int64_t Quantity::milliValue() const
{
    constexpr Wide most = std::numeric_limits<std::int64_t>::max();
    return std::int64_t(std::clamp<Wide>(divideUp(m_nano, nano / 1000), -most, most));
}

std::string Quantity::print() const
{
    if (m_nano == 0)
        return "0";
    const bool whole = m_nano % nano == 0;
    // Binary suffixes cannot write less than one, and Kubernetes writes -1024..1024 without them.
    if (m_format == Format::BinarySi && whole) {
        Wide units = m_nano / nano;
        std::size_t suffix = 0;
        for (; suffix < binarySuffixes.size() && units % 1024 == 0; ++suffix)
            units /= 1024;
        return digits(units) + (suffix == 0 ? "" : std::string(binarySuffixes[suffix - 1].text));
    }
    Wide amount = m_nano;
    std::size_t suffix = 0;
    for (; suffix + 1 < decimalSuffixes.size() && amount % 1000 == 0; ++suffix)
        amount /= 1000;
    if (m_format != Format::DecimalExponent)
        return digits(amount) + std::string(decimalSuffixes[suffix].text);
    const int power = decimalSuffixes[suffix].power;
    return digits(amount) + (power == 0 ? "" : "e" + std::to_string(power));
}

} // namespace pk::kube
