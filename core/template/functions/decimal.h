// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <memory>
#include <string>

typedef struct bignum_st BIGNUM;

namespace pk::tmpl::sprig {

/// A decimal number of any size, as shopspring/decimal computes: 0.1 + 0.2 is 0.3.
class Decimal
{
public:
    /// From the shortest digits of `value`. NaN and infinities are errors ("Cannot create a Decimal from NaN").
    static Result<Decimal> fromDouble(double value);

    Decimal plus(const Decimal &other) const;
    Decimal minus(const Decimal &other) const;
    Decimal times(const Decimal &other) const;
    /// To 16 places, halves away from zero; "decimal division by 0".
    Result<Decimal> dividedBy(const Decimal &other) const;
    double toDouble() const;

private:
    struct FreeNumber
    {
        void operator()(BIGNUM *number) const;
    };
    using Number = std::shared_ptr<BIGNUM>;

    Decimal(Number digits, int exponent) : m_digits(std::move(digits)), m_exponent(exponent) { }
    static Number newNumber();
    Number scaledTo(int exponent) const;
    Decimal summed(const Decimal &other, bool subtract) const;

    Number m_digits; ///< Immutable once it is in here.
    int m_exponent = 0;
};

} // namespace pk::tmpl::sprig
