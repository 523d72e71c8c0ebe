// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/families.h"
#include "template/functions/support.h"

namespace pk::tmpl {

using namespace sprig;

namespace {

Result<Value> defaultValue(CallContext &, Arguments a)
{
    return a.size() < 2 || isEmpty(a[1]) ? a[0] : a[1];
}

Result<Value> empty(CallContext &, Arguments a)
{
    return Value::boolean(isEmpty(a[0]));
}

Result<Value> coalesce(CallContext &, Arguments a)
{
    const auto found = std::find_if_not(a.begin(), a.end(), isEmpty);
    return found == a.end() ? Value() : *found;
}

Result<Value> all(CallContext &, Arguments a)
{
    return Value::boolean(std::none_of(a.begin(), a.end(), isEmpty));
}

Result<Value> any(CallContext &, Arguments a)
{
    return Value::boolean(!std::all_of(a.begin(), a.end(), isEmpty));
}

Result<Value> ternary(CallContext &, Arguments a)
{
    return a[2].toBool() ? a[0] : a[1];
}

} // namespace

std::span<const Function> logicFunctions()
{
    static const Function family[] = {
        {"all", {Param::Any}, true, all},
        {"any", {Param::Any}, true, any},
        {"coalesce", {Param::Any}, true, coalesce},
        {"default", {Param::Any, Param::Any}, true, defaultValue},
        {"empty", {Param::Any}, false, empty},
        {"ternary", {Param::Any, Param::Any, Param::Bool}, false, ternary},
    };
    return family;
}

} // namespace pk::tmpl
