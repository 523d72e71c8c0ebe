// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/number.h"

#include "base/quote.h"
#include "template/floatformat.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace pk::tmpl {

namespace {

char lower(char c)
{
    return static_cast<char>(c | ('x' - 'X'));
}

/// Underscores only between digits, or between the base's prefix and a digit.
bool underscoresFit(std::string_view text)
{
    enum { Start, Digit, Underscore, Other } last = Start;
    if (!text.empty() && (text[0] == '-' || text[0] == '+'))
        text.remove_prefix(1);
    bool hex = false;
    if (text.size() >= 2 && text[0] == '0'
        && (lower(text[1]) == 'b' || lower(text[1]) == 'o' || lower(text[1]) == 'x')) {
        hex = lower(text[1]) == 'x';
        last = Digit;
        text.remove_prefix(2);
    }
    for (const char c : text) {
        if ((c >= '0' && c <= '9') || (hex && lower(c) >= 'a' && lower(c) <= 'f')) {
            last = Digit;
        } else if (c == '_') {
            if (last != Digit)
                return false;
            last = Underscore;
        } else {
            if (last == Underscore)
                return false;
            last = Other;
        }
    }
    return last != Underscore;
}

/// The text without its underscores; none when one stands in a wrong place.
std::optional<std::string> withoutUnderscores(std::string_view text)
{
    std::string plain(text);
    if (text.find('_') != std::string_view::npos) {
        if (!underscoresFit(text))
            return std::nullopt;
        std::erase(plain, '_');
    }
    return plain;
}

/// strconv.ParseUint with base 0.
std::optional<std::uint64_t> readUnsigned(std::string_view text)
{
    const std::optional<std::string> plain = withoutUnderscores(text);
    if (!plain || plain->empty())
        return std::nullopt;
    std::string_view digits = *plain;
    int base = 10;
    if (digits[0] == '0' && digits.size() > 1) {
        const char mark = lower(digits[1]);
        base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
        digits.remove_prefix(digits.size() >= 3 && (mark == 'x' || mark == 'b' || mark == 'o') ? 2 : 1);
    }
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (error != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return value;
}

std::optional<std::int64_t> readSigned(std::string_view text)
{
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    const std::optional<std::uint64_t> magnitude = readUnsigned(text);
    const std::uint64_t limit = std::uint64_t(1) << 63;
    if (!magnitude || *magnitude > (negative ? limit : limit - 1))
        return std::nullopt;
    return static_cast<std::int64_t>(negative ? 0 - *magnitude : *magnitude);
}

std::optional<double> readFloat(std::string_view text)
{
    std::optional<std::string> plain = withoutUnderscores(text);
    if (!plain || plain->empty())
        return std::nullopt;
    std::string_view digits = *plain;
    const bool negative = digits.starts_with('-');
    if (negative || digits.starts_with('+'))
        digits.remove_prefix(1);
    auto format = std::chars_format::general;
    if (digits.size() > 2 && digits[0] == '0' && lower(digits[1]) == 'x') {
        if (digits.find_first_of("pP") == std::string_view::npos)
            return std::nullopt; // a hexadecimal mantissa needs its exponent
        digits.remove_prefix(2);
        format = std::chars_format::hex;
    }
    if (digits.empty() || !(digits[0] == '.' || std::isxdigit(static_cast<unsigned char>(digits[0]))))
        return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, format);
    if (end != digits.data() + digits.size() || (error != std::errc() && error != std::errc::result_out_of_range))
        return std::nullopt;
    if (error == std::errc::result_out_of_range) {
        value = std::strtod(format == std::chars_format::hex ? plain->c_str() : std::string(digits).c_str(), nullptr);
        if (std::isinf(value))
            return std::nullopt;
        value = std::fabs(value);
    }
    return negative ? -value : value;
}

void takeIntegersOf(Number &number, double value)
{
    if (value >= -0x1p63 && value < 0x1p63 && std::trunc(value) == value)
        number.asInt = static_cast<std::int64_t>(value);
    if (value >= 0 && value < 0x1p64 && std::trunc(value) == value)
        number.asUint = static_cast<std::uint64_t>(value);
}

Number complexNumber(std::string_view text, std::complex<double> value)
{
    Number number{.text = std::string(text), .asInt = {}, .asUint = {}, .asFloat = {}, .asComplex = value, .ideal = {}};
    if (value.imag() == 0) {
        number.asFloat = value.real();
        takeIntegersOf(number, value.real());
    }
    number.ideal = Value::of(Ref<Object>(new ComplexValue(value)));
    return number;
}

bool isHexInteger(std::string_view text)
{
    return text.size() > 2 && text[0] == '0' && lower(text[1]) == 'x'
        && text.find_first_of("pP") == std::string_view::npos;
}

Error failure(std::string_view message, std::string_view text)
{
    return Error{.code = Error::Code::InvalidInput, .message = std::string(message) + goQuote(text)};
}

} // namespace

std::string ComplexValue::print() const
{
    const std::string imaginary = formatFloat(value.imag(), 'g', -1);
    const bool isSigned = imaginary.starts_with('-') || imaginary.starts_with('+');
    return "(" + formatFloat(value.real(), 'g', -1) + (isSigned ? "" : "+") + imaginary + "i)";
}

bool ComplexValue::equals(const Object &other) const
{
    const auto *number = dynamic_cast<const ComplexValue *>(&other);
    return number && number->value == value;
}

const ComplexValue *complexIn(const Value &value)
{
    return value.isObject() ? dynamic_cast<const ComplexValue *>(&value.asObject()) : nullptr;
}

Result<Number> parseNumber(std::string_view text)
{
    if (text.ends_with('i')) {
        if (const auto imaginary = readFloat(text.substr(0, text.size() - 1)))
            return complexNumber(text, {0, *imaginary});
    }
    Number number;
    number.text = text;
    number.asUint = readUnsigned(text);
    number.asInt = readSigned(text);
    if (number.asInt && *number.asInt == 0 && !number.asUint)
        number.asUint = 0; // -0
    const bool looksFloat = text.find_first_of(".eEpP") != std::string_view::npos;
    if (number.asInt) {
        number.asFloat = static_cast<double>(*number.asInt);
    } else if (number.asUint) {
        number.asFloat = static_cast<double>(*number.asUint);
    } else if (const auto value = readFloat(text)) {
        if (!looksFloat)
            return failure("integer overflow: ", text);
        number.asFloat = value;
        takeIntegersOf(number, *value);
    } else {
        return failure("illegal number syntax: ", text);
    }
    if (looksFloat && !isHexInteger(text))
        number.ideal = Value::number(*number.asFloat);
    else if (number.asInt)
        number.ideal = Value::integer(*number.asInt, Value::Kind::Int);
    return number;
}

Result<Number> parseComplex(std::string_view text)
{
    // The sign between the parts is not one of an exponent.
    std::size_t middle = text.size();
    for (std::size_t i = 1; i < text.size(); ++i) {
        if ((text[i] == '+' || text[i] == '-') && lower(text[i - 1]) != 'e' && lower(text[i - 1]) != 'p')
            middle = i;
    }
    const auto real = readFloat(text.substr(0, middle));
    const auto imaginary =
        middle < text.size() ? readFloat(text.substr(middle, text.size() - middle - 1)) : std::optional<double>();
    if (!real || !imaginary)
        return Error{.code = Error::Code::InvalidInput, .message = "syntax error scanning complex number"};
    return complexNumber(text, {*real, *imaginary});
}

Result<Number> parseCharConstant(std::string_view text)
{
    std::string_view rest = text.substr(1);
    Rune rune = 0;
    bool isByte = false;
    if (!goUnquoteRune(rest, '\'', rune, isByte))
        return Error{.code = Error::Code::InvalidInput, .message = "invalid syntax"};
    if (rest != "'")
        return Error{
            .code = Error::Code::InvalidInput, .message = "malformed character constant: " + std::string(text)};
    Number number;
    number.text = text;
    number.asInt = rune;
    number.asUint = static_cast<std::uint64_t>(rune);
    number.asFloat = rune;
    number.ideal = Value::integer(rune, Value::Kind::Int);
    return number;
}

} // namespace pk::tmpl
