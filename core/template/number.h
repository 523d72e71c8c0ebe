// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "value/value.h"

#include <complex>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pk::tmpl {

/// A complex constant: the only Go value of templates that values and manifests never hold.
class ComplexValue final : public Object
{
public:
    explicit ComplexValue(std::complex<double> number) : value(number) { }

    std::string typeName() const override { return "complex128"; }
    std::string kindName() const override { return "complex128"; }
    std::string print() const override;
    Value toTree() const override { return Value::string(print()); }
    bool equals(const Object &other) const override;

    const std::complex<double> value;
};

/// The complex number in a value, or null.
const ComplexValue *complexIn(const Value &value);

/// A numeric literal: everything that it can be at once, since what it becomes depends on the parameter it is given to.
struct Number
{
    std::string text; ///< As written.
    std::optional<std::int64_t> asInt;
    std::optional<std::uint64_t> asUint;
    std::optional<double> asFloat;
    std::optional<std::complex<double>> asComplex;
    /// What it is where any type will do; nil when it overflows int.
    Value ideal;
};

/// Reads a literal that the lexer called a number; InvalidInput with Go's text.
Result<Number> parseNumber(std::string_view text);
/// Reads "1+2i".
Result<Number> parseComplex(std::string_view text);
/// Reads a character constant with its quotes, which is an int.
Result<Number> parseCharConstant(std::string_view text);

} // namespace pk::tmpl
