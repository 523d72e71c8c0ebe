// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/builtinbodies.h"
#include "template/printf.h"

namespace pk::tmpl {

namespace {

/// Kinds that comparisons tell apart.
enum class Basic { None, Bool, Complex, Int, Float, String, Uint };

Basic basicKind(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::Bool:
        return Basic::Bool;
    case Value::Kind::Int:
    case Value::Kind::Int64:
        return Basic::Int;
    case Value::Kind::Uint64:
    case Value::Kind::Uint8:
        return Basic::Uint;
    case Value::Kind::Float64:
        return Basic::Float;
    case Value::Kind::String:
        return Basic::String;
    default:
        return complexIn(value) ? Basic::Complex : Basic::None;
    }
}

Error incompatible(const Value &a, const Value &b)
{
    return plainError("incompatible types for comparison: " + a.typeName() + " and " + b.typeName());
}

bool isPointer(const Value &object)
{
    return object.typeName().starts_with('*');
}

/// Containers of different shape cannot even be asked.
bool sameShape(const Value &a, const Value &b)
{
    const auto shape = [](const Value &value) {
        return value.kind() == Value::Kind::Bytes ? Value::Kind::List : value.kind();
    };
    if (a.isObject() && b.isObject() && isPointer(a) != isPointer(b))
        return false;
    return shape(a) == shape(b) || a.isNil() || b.isNil();
}

/// Nothing, or a nil slice or map.
bool isNothing(const Value &value)
{
    return value.isNil() || (value.isList() && value.asList().null) || (value.isMap() && value.asMap().null);
}

/// `left` and `right` are what the containers `a` and `b` were before their types were looked through.
Result<bool> equalContainers(const Value &a, const Value &b, const Value &left, const Value &right)
{
    if (!sameShape(a, b)) {
        const Value values[] = {a, b};
        return plainError(sprintf("non-comparable types %s: ", std::span(values, 1)) + left.typeName() + ", "
            + right.typeName() + sprintf(": %v", std::span(values + 1, 1)));
    }
    if (isNothing(a) || isNothing(b))
        return isNothing(a) == isNothing(b);
    if (!b.isObject()) {
        const Value values[] = {b};
        return plainError(sprintf("non-comparable type %s: ", values) + right.typeName());
    }
    // Pointers are equal when they point to the same.
    return isPointer(a) ? &a.asObject() == &b.asObject() : a.asObject().equals(b.asObject());
}

Result<bool> equalBasics(Basic kind, const Value &a, const Value &b, const Value &left, const Value &right)
{
    switch (kind) {
    case Basic::Bool:
        return a.toBool() == b.toBool();
    case Basic::Int:
        return a.toInt() == b.toInt();
    case Basic::Uint:
        return a.toUint() == b.toUint();
    case Basic::Float:
        return a.toDouble() == b.toDouble();
    case Basic::String:
        return a.toString() == b.toString();
    case Basic::Complex:
        return a.asObject().equals(b.asObject());
    case Basic::None:
        break;
    }
    return equalContainers(a, b, left, right);
}

Result<bool> equal(const Value &left, const Value &right)
{
    const Value a = plainContainer(left);
    const Value b = plainContainer(right);
    const Basic kindA = basicKind(a);
    const Basic kindB = basicKind(b);
    if (kindA == kindB)
        return equalBasics(kindA, a, b, left, right);
    if (kindA == Basic::Int && kindB == Basic::Uint)
        return a.toInt() >= 0 && static_cast<std::uint64_t>(a.toInt()) == b.toUint();
    if (kindA == Basic::Uint && kindB == Basic::Int)
        return b.toInt() >= 0 && a.toUint() == static_cast<std::uint64_t>(b.toInt());
    if (!a.isNil() && !b.isNil())
        return incompatible(left, right);
    return false;
}

Result<bool> less(const Value &left, const Value &right)
{
    const Value a = plainContainer(left);
    const Value b = plainContainer(right);
    const Basic kindA = basicKind(a);
    const Basic kindB = basicKind(b);
    const auto badType = [] { return plainError("invalid type for comparison"); };
    if (kindA == Basic::None || kindB == Basic::None)
        return badType();
    if (kindA == Basic::Int && kindB == Basic::Uint)
        return a.toInt() < 0 || static_cast<std::uint64_t>(a.toInt()) < b.toUint();
    if (kindA == Basic::Uint && kindB == Basic::Int)
        return b.toInt() >= 0 && a.toUint() < static_cast<std::uint64_t>(b.toInt());
    if (kindA != kindB)
        return incompatible(left, right);
    switch (kindA) {
    case Basic::Int:
        return a.toInt() < b.toInt();
    case Basic::Uint:
        return a.toUint() < b.toUint();
    case Basic::Float:
        return a.toDouble() < b.toDouble();
    case Basic::String:
        return a.toString() < b.toString();
    default:
        return badType();
    }
}

Result<bool> lessOrEqual(const Value &a, const Value &b)
{
    const Result<bool> isLess = less(a, b);
    return !isLess || *isLess ? isLess : equal(a, b);
}

Result<Value> answer(const Result<bool> &result, bool negated = false)
{
    if (!result)
        return result.error();
    return Value::boolean(*result != negated);
}

} // namespace

Result<Value> eqBody(CallContext &, std::span<const Value> arguments)
{
    if (arguments.size() < 2)
        return plainError("missing argument for comparison");
    for (const Value &other : arguments.subspan(1)) {
        const Result<bool> same = equal(arguments[0], other);
        if (!same || *same)
            return answer(same);
    }
    return Value::boolean(false);
}

Result<Value> neBody(CallContext &, std::span<const Value> arguments)
{
    return answer(equal(arguments[0], arguments[1]), true);
}

Result<Value> ltBody(CallContext &, std::span<const Value> arguments)
{
    return answer(less(arguments[0], arguments[1]));
}

Result<Value> leBody(CallContext &, std::span<const Value> arguments)
{
    return answer(lessOrEqual(arguments[0], arguments[1]));
}

Result<Value> gtBody(CallContext &, std::span<const Value> arguments)
{
    return answer(lessOrEqual(arguments[0], arguments[1]), true);
}

Result<Value> geBody(CallContext &, std::span<const Value> arguments)
{
    return answer(less(arguments[0], arguments[1]), true);
}

} // namespace pk::tmpl
