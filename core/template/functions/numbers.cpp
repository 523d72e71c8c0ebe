// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/gonumber.h"
#include "template/functions/cast.h"
#include "template/functions/decimal.h"
#include "template/functions/families.h"
#include "template/functions/support.h"

#include <cmath>
#include <limits>

namespace pk::tmpl {

using namespace sprig;

namespace {

/// Go's integers wrap around.
std::int64_t wrapping(std::uint64_t value)
{
    return static_cast<std::int64_t>(value);
}

std::uint64_t bits(const Value &value)
{
    return static_cast<std::uint64_t>(toInt64(value));
}

Result<Value> toInt(CallContext &, Arguments a)
{
    return intValue(toInt64(a[0]));
}

Result<Value> toInt64Value(CallContext &, Arguments a)
{
    return Value::integer(toInt64(a[0]));
}

Result<Value> toFloat(CallContext &, Arguments a)
{
    return Value::number(toFloat64(a[0]));
}

Result<Value> atoi(CallContext &, Arguments a)
{
    std::int64_t value = 0;
    parseInt(a[0].toString(), 10, value);
    return intValue(value);
}

Result<Value> toDecimal(CallContext &, Arguments a)
{
    std::int64_t value = 0;
    return Value::integer(parseInt(printed(a[0]), 8, value) == Parsed::Ok ? value : 0);
}

Result<Value> add1(CallContext &, Arguments a)
{
    return Value::integer(wrapping(bits(a[0]) + 1));
}

Result<Value> add(CallContext &, Arguments a)
{
    std::uint64_t sum = 0;
    for (const Value &value : a)
        sum += bits(value);
    return Value::integer(wrapping(sum));
}

Result<Value> sub(CallContext &, Arguments a)
{
    return Value::integer(wrapping(bits(a[0]) - bits(a[1])));
}

Result<Value> mul(CallContext &, Arguments a)
{
    std::uint64_t product = 1;
    for (const Value &value : a)
        product *= bits(value);
    return Value::integer(wrapping(product));
}

Error divideByZero()
{
    return failure("runtime error: integer divide by zero");
}

Result<Value> div(CallContext &, Arguments a)
{
    const std::int64_t divisor = toInt64(a[1]);
    if (divisor == 0)
        return divideByZero();
    // The one quotient that does not fit wraps in Go and traps in C++.
    return Value::integer(divisor == -1 ? wrapping(0 - bits(a[0])) : toInt64(a[0]) / divisor);
}

Result<Value> mod(CallContext &, Arguments a)
{
    const std::int64_t divisor = toInt64(a[1]);
    if (divisor == 0)
        return divideByZero();
    return Value::integer(divisor == -1 ? 0 : toInt64(a[0]) % divisor);
}

Result<Value> max(CallContext &, Arguments a)
{
    std::int64_t most = toInt64(a[0]);
    for (const Value &value : a.subspan(1))
        most = std::max(most, toInt64(value));
    return Value::integer(most);
}

Result<Value> min(CallContext &, Arguments a)
{
    std::int64_t least = toInt64(a[0]);
    for (const Value &value : a.subspan(1))
        least = std::min(least, toInt64(value));
    return Value::integer(least);
}

/// math.Max and math.Min: NaN beats all, and 0 is more than -0.
double extreme(double a, double b, bool wantMore)
{
    if (std::isnan(a) || std::isnan(b))
        return std::numeric_limits<double>::quiet_NaN();
    if (a == 0 && b == 0)
        return std::signbit(a) == wantMore ? b : a;
    return (a > b) == wantMore ? a : b;
}

Result<Value> maxf(CallContext &, Arguments a)
{
    double most = toFloat64(a[0]);
    for (const Value &value : a.subspan(1))
        most = extreme(most, toFloat64(value), true);
    return Value::number(most);
}

Result<Value> minf(CallContext &, Arguments a)
{
    double least = toFloat64(a[0]);
    for (const Value &value : a.subspan(1))
        least = extreme(least, toFloat64(value), false);
    return Value::number(least);
}

Result<Value> floor(CallContext &, Arguments a)
{
    return Value::number(std::floor(toFloat64(a[0])));
}

Result<Value> ceil(CallContext &, Arguments a)
{
    return Value::number(std::ceil(toFloat64(a[0])));
}

Result<Value> round(CallContext &, Arguments a)
{
    const double roundUpFrom = a.size() > 2 ? toFloat64(a[2]) : 0.5;
    const double power = std::pow(10.0, static_cast<double>(a[1].toInt()));
    const double digit = power * toFloat64(a[0]);
    double whole = 0;
    const double fraction = std::modf(digit, &whole);
    return Value::number((fraction >= roundUpFrom ? std::ceil(digit) : std::floor(digit)) / power);
}

enum class Operation { Add, Subtract, Multiply, Divide };

Result<Value> computed(const Value &start, Arguments operands, Operation operation)
{
    Result<Decimal> total = Decimal::fromDouble(toFloat64(start));
    for (std::size_t i = 0; total && i < operands.size(); ++i) {
        const Result<Decimal> operand = Decimal::fromDouble(toFloat64(operands[i]));
        if (!operand)
            return operand.error();
        switch (operation) {
        case Operation::Add:
            total = total->plus(*operand);
            break;
        case Operation::Subtract:
            total = total->minus(*operand);
            break;
        case Operation::Multiply:
            total = total->times(*operand);
            break;
        case Operation::Divide:
            total = total->dividedBy(*operand);
            break;
        }
    }
    if (!total)
        return total.error();
    return Value::number(total->toDouble());
}

Result<Value> add1f(CallContext &, Arguments a)
{
    const Value one = intValue(1);
    return computed(a[0], {&one, 1}, Operation::Add);
}

Result<Value> addf(CallContext &, Arguments a)
{
    return computed(Value::number(0), a, Operation::Add);
}

Result<Value> subf(CallContext &, Arguments a)
{
    return computed(a[0], a.subspan(1), Operation::Subtract);
}

Result<Value> mulf(CallContext &, Arguments a)
{
    return computed(a[0], a.subspan(1), Operation::Multiply);
}

Result<Value> divf(CallContext &, Arguments a)
{
    return computed(a[0], a.subspan(1), Operation::Divide);
}

/// The numbers from `start` on, before `stop`; none when the step leads away from it.
Result<std::vector<std::int64_t>> steps(CallContext &context, std::int64_t start, std::int64_t stop, std::int64_t step)
{
    std::vector<std::int64_t> numbers;
    if (start == stop || (stop < start ? step >= 0 : step <= 0))
        return numbers;
    const auto distance = static_cast<std::uint64_t>(stop) - static_cast<std::uint64_t>(start);
    const std::uint64_t length = stop < start ? 0 - distance : distance;
    const std::uint64_t stride = step < 0 ? 0 - static_cast<std::uint64_t>(step) : static_cast<std::uint64_t>(step);
    const std::uint64_t count = length / stride + (length % stride ? 1 : 0);
    const std::uint64_t affordable = std::numeric_limits<std::uint64_t>::max() / sizeof(Value);
    if (const Result<void> paid = context.spend(std::min(count, affordable) * sizeof(Value)); !paid)
        return paid.error();
    numbers.reserve(count);
    std::uint64_t number = static_cast<std::uint64_t>(start);
    for (std::uint64_t i = 0; i < count; ++i, number += static_cast<std::uint64_t>(step))
        numbers.push_back(wrapping(number));
    return numbers;
}

Result<Value> stepList(CallContext &context, std::int64_t start, std::int64_t stop, std::int64_t step)
{
    const Result<std::vector<std::int64_t>> numbers = steps(context, start, stop, step);
    if (!numbers)
        return numbers.error();
    std::vector<Value> items;
    items.reserve(numbers->size());
    for (std::int64_t number : *numbers)
        items.push_back(intValue(number));
    return Value::list(std::move(items), ListType::Ints);
}

Result<Value> until(CallContext &context, Arguments a)
{
    const std::int64_t count = a[0].toInt();
    return stepList(context, 0, count, count < 0 ? -1 : 1);
}

Result<Value> untilStep(CallContext &context, Arguments a)
{
    return stepList(context, a[0].toInt(), a[1].toInt(), a[2].toInt());
}

Result<Value> seq(CallContext &context, Arguments a)
{
    if (a.empty() || a.size() > 3)
        return Value::string("");
    const std::int64_t start = a.size() == 1 ? 1 : a[0].toInt();
    const std::int64_t end = a.back().toInt();
    const std::int64_t direction = end < start ? -1 : 1;
    const std::int64_t step = a.size() == 3 ? a[1].toInt() : direction;
    const Result<std::vector<std::int64_t>> numbers =
        steps(context, start, wrapping(static_cast<std::uint64_t>(end) + static_cast<std::uint64_t>(direction)), step);
    if (!numbers)
        return numbers.error();
    std::string text;
    for (std::int64_t number : *numbers) {
        if (!text.empty())
            text += ' ';
        text += std::to_string(number);
    }
    return Value::string(std::move(text));
}

} // namespace

std::span<const Function> numberFunctions()
{
    static const Function family[] = {
        {"add", {Param::Any}, true, add},
        {"add1", {Param::Any}, false, add1},
        {"add1f", {Param::Any}, false, add1f},
        {"addf", {Param::Any}, true, addf},
        {"atoi", {Param::String}, false, atoi},
        {"biggest", {Param::Any, Param::Any}, true, max},
        {"ceil", {Param::Any}, false, ceil},
        {"div", {Param::Any, Param::Any}, false, div},
        {"divf", {Param::Any, Param::Any}, true, divf},
        {"float64", {Param::Any}, false, toFloat},
        {"floor", {Param::Any}, false, floor},
        {"int", {Param::Any}, false, toInt},
        {"int64", {Param::Any}, false, toInt64Value},
        {"max", {Param::Any, Param::Any}, true, max},
        {"maxf", {Param::Any, Param::Any}, true, maxf},
        {"min", {Param::Any, Param::Any}, true, min},
        {"minf", {Param::Any, Param::Any}, true, minf},
        {"mod", {Param::Any, Param::Any}, false, mod},
        {"mul", {Param::Any, Param::Any}, true, mul},
        {"mulf", {Param::Any, Param::Any}, true, mulf},
        {"round", {Param::Any, Param::Int, Param::Float64}, true, round},
        {"seq", {Param::Int}, true, seq},
        {"sub", {Param::Any, Param::Any}, false, sub},
        {"subf", {Param::Any, Param::Any}, true, subf},
        {"toDecimal", {Param::Any}, false, toDecimal},
        {"until", {Param::Int}, false, until},
        {"untilStep", {Param::Int, Param::Int, Param::Int}, false, untilStep},
    };
    return family;
}

} // namespace pk::tmpl
