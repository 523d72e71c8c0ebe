// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/number.h"

#include "base/ascii.h"
#include "base/gonumber.h"
#include "base/quote.h"
#include "template/floatformat.h"

#include <cmath>

namespace pk::tmpl {

namespace {

std::optional<double> readFloat(std::string_view text)
{
    double value = 0;
    return parseFloat(text, value) == Parsed::Ok ? std::optional(value) : std::nullopt;
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
    return text.size() > 2 && text[0] == '0' && ascii::toLower(text[1]) == 'x'
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
    if (std::uint64_t whole = 0; parseUint(text, 0, whole) == Parsed::Ok)
        number.asUint = whole;
    if (std::int64_t whole = 0; parseInt(text, 0, whole) == Parsed::Ok)
        number.asInt = whole;
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
        if ((text[i] == '+' || text[i] == '-') && ascii::toLower(text[i - 1]) != 'e'
            && ascii::toLower(text[i - 1]) != 'p')
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
