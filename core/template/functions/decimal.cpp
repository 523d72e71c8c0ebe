// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/decimal.h"

#include "base/gonumber.h"
#include "yaml/gofloat.h"

#include <openssl/bn.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace pk::tmpl::sprig {

namespace {

constexpr int DivisionPlaces = 16;

std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)> scratch()
{
    return {BN_CTX_new(), BN_CTX_free};
}

} // namespace

void Decimal::FreeNumber::operator()(BIGNUM *number) const
{
    BN_free(number);
}

Decimal::Number Decimal::newNumber()
{
    return Number(BN_new(), FreeNumber());
}

Result<Decimal> Decimal::fromDouble(double value)
{
    if (!std::isfinite(value)) {
        std::string name;
        yaml::appendGoFloat(name, value);
        return Error{Error::Code::InvalidInput, "Cannot create a Decimal from " + name};
    }
    char buffer[32];
    const std::string text(
        buffer, std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr);
    const std::size_t mark = text.find('e');
    int exponent = std::atoi(text.c_str() + mark + 1);
    std::string digits = text.substr(0, mark);
    if (const std::size_t point = digits.find('.'); point != digits.npos) {
        exponent -= static_cast<int>(digits.size() - point - 1);
        digits.erase(point, 1);
    }
    Number number = newNumber();
    BIGNUM *raw = number.get();
    BN_dec2bn(&raw, digits.c_str());
    return Decimal(std::move(number), exponent);
}

Decimal::Number Decimal::scaledTo(int exponent) const
{
    if (exponent == m_exponent)
        return m_digits;
    const auto context = scratch();
    const Number factor = newNumber();
    Number result = newNumber();
    const Number power = newNumber();
    BN_set_word(factor.get(), 10);
    BN_set_word(power.get(), static_cast<BN_ULONG>(m_exponent - exponent));
    BN_exp(factor.get(), factor.get(), power.get(), context.get());
    BN_mul(result.get(), m_digits.get(), factor.get(), context.get());
    return result;
}

Decimal Decimal::summed(const Decimal &other, bool subtract) const
{
    const int exponent = std::min(m_exponent, other.m_exponent);
    const Number left = scaledTo(exponent);
    const Number right = other.scaledTo(exponent);
    Number result = newNumber();
    if (subtract)
        BN_sub(result.get(), left.get(), right.get());
    else
        BN_add(result.get(), left.get(), right.get());
    return {std::move(result), exponent};
}

Decimal Decimal::plus(const Decimal &other) const
{
    return summed(other, false);
}

Decimal Decimal::minus(const Decimal &other) const
{
    return summed(other, true);
}

Decimal Decimal::times(const Decimal &other) const
{
    Number result = newNumber();
    BN_mul(result.get(), m_digits.get(), other.m_digits.get(), scratch().get());
    return {std::move(result), m_exponent + other.m_exponent};
}

Result<Decimal> Decimal::dividedBy(const Decimal &other) const
{
    if (BN_is_zero(other.m_digits.get()))
        return Error{Error::Code::InvalidInput, "decimal division by 0"};
    // digits * 10^(own exponent + places) / (digits of the other * 10^its exponent), as whole numbers
    const int shift = m_exponent + DivisionPlaces - other.m_exponent;
    const Number above = shift > 0 ? Decimal(m_digits, shift).scaledTo(0) : m_digits;
    const Number below = shift < 0 ? Decimal(other.m_digits, -shift).scaledTo(0) : other.m_digits;
    Number quotient = newNumber();
    const Number remainder = newNumber();
    BN_div(quotient.get(), remainder.get(), above.get(), below.get(), scratch().get());
    BN_lshift1(remainder.get(), remainder.get());
    if (BN_ucmp(remainder.get(), below.get()) >= 0) {
        const bool negative = BN_is_negative(above.get()) != BN_is_negative(below.get());
        if (negative)
            BN_sub_word(quotient.get(), 1);
        else
            BN_add_word(quotient.get(), 1);
    }
    return Decimal(std::move(quotient), -DivisionPlaces);
}

double Decimal::toDouble() const
{
    const std::unique_ptr<char, void (*)(char *)> digits(
        BN_bn2dec(m_digits.get()), [](char *text) { OPENSSL_free(text); });
    const std::string text = std::string(digits.get()) + 'e' + std::to_string(m_exponent);
    double value = 0;
    parseFloat(text, value); // Out of range is an infinity, as in Go.
    return value;
}

} // namespace pk::tmpl::sprig
