// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/families.h"
#include "template/functions/support.h"

namespace pk::tmpl {

using namespace sprig;

namespace {

Result<Value> typeOf(CallContext &, Arguments a)
{
    return Value::string(a[0].typeName());
}

Result<Value> typeIs(CallContext &, Arguments a)
{
    return Value::boolean(a[0].toString() == a[1].typeName());
}

Result<Value> typeIsLike(CallContext &, Arguments a)
{
    const std::string name = a[1].typeName();
    return Value::boolean(a[0].toString() == name || '*' + a[0].toString() == name);
}

Result<Value> kindOf(CallContext &, Arguments a)
{
    return Value::string(kindName(a[0]));
}

Result<Value> kindIs(CallContext &, Arguments a)
{
    return Value::boolean(a[0].toString() == kindName(a[1]));
}

Result<Value> deepEqual(CallContext &, Arguments a)
{
    return Value::boolean(a[0] == a[1]);
}

} // namespace

std::span<const Function> typeFunctions()
{
    static const Function family[] = {
        {"deepEqual", {Param::Any, Param::Any}, false, deepEqual},
        {"kindIs", {Param::String, Param::Any}, false, kindIs},
        {"kindOf", {Param::Any}, false, kindOf},
        {"typeIs", {Param::String, Param::Any}, false, typeIs},
        {"typeIsLike", {Param::String, Param::Any}, false, typeIsLike},
        {"typeOf", {Param::Any}, false, typeOf},
    };
    return family;
}

} // namespace pk::tmpl
