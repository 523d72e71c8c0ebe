// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/cast.h"
#include "template/functions/families.h"
#include "template/functions/support.h"
#include "template/gotype.h"

#include <cmath>

namespace pk::tmpl {

using namespace sprig;

namespace {

/// What a function of lists says to something else: a nil has no type to ask for.
Error notAList(const Value &value, std::string_view complaint)
{
    return value.isNil() ? nilPointer() : failure(std::string(complaint) + kindName(value));
}

Result<Value> list(CallContext &, Arguments a)
{
    return Value::list({a.begin(), a.end()});
}

Result<Value> append(CallContext &context, Arguments a)
{
    if (!isSlice(a[0]))
        return notAList(a[0], "Cannot push on type ");
    const Value list = listOf(a[0]);
    const std::vector<Value> &old = list.asList().items;
    if (const Result<void> paid = context.spend((old.size() + 1) * sizeof(Value)); !paid)
        return paid.error();
    std::vector<Value> items;
    items.reserve(old.size() + 1);
    items.assign(old.begin(), old.end());
    items.push_back(a[1]);
    return Value::list(std::move(items));
}

Result<Value> prepend(CallContext &context, Arguments a)
{
    if (!isSlice(a[0]))
        return notAList(a[0], "Cannot prepend on type ");
    const Value list = listOf(a[0]);
    const std::vector<Value> &old = list.asList().items;
    if (const Result<void> paid = context.spend((old.size() + 1) * sizeof(Value)); !paid)
        return paid.error();
    std::vector<Value> items{a[1]};
    items.insert(items.end(), old.begin(), old.end());
    return Value::list(std::move(items));
}

Result<Value> first(CallContext &, Arguments a)
{
    if (!isSlice(a[0]))
        return notAList(a[0], "Cannot find first on type ");
    const Value list = listOf(a[0]);
    const std::vector<Value> &items = list.asList().items;
    return items.empty() ? Value() : items.front();
}

Result<Value> last(CallContext &, Arguments a)
{
    if (!isSlice(a[0]))
        return notAList(a[0], "Cannot find last on type ");
    const Value list = listOf(a[0]);
    const std::vector<Value> &items = list.asList().items;
    return items.empty() ? Value() : items.back();
}

Result<Value> rest(CallContext &, Arguments a)
{
    if (!isSlice(a[0]))
        return notAList(a[0], "Cannot find rest on type ");
    const Value list = listOf(a[0]);
    const std::vector<Value> &items = list.asList().items;
    return items.empty() ? nilSlice() : Value::list({items.begin() + 1, items.end()});
}

Result<Value> initial(CallContext &, Arguments a)
{
    if (!isSlice(a[0]))
        return notAList(a[0], "Cannot find initial on type ");
    const Value list = listOf(a[0]);
    const std::vector<Value> &items = list.asList().items;
    return items.empty() ? nilSlice() : Value::list({items.begin(), items.end() - 1});
}

Result<Value> reverse(CallContext &, Arguments a)
{
    if (!isSlice(a[0]))
        return notAList(a[0], "Cannot find reverse on type ");
    const Value list = listOf(a[0]);
    const std::vector<Value> &items = list.asList().items;
    return Value::list({items.rbegin(), items.rend()});
}

Result<Value> compact(CallContext &, Arguments a)
{
    if (!isSlice(a[0]))
        return notAList(a[0], "Cannot compact on type ");
    std::vector<Value> items = listOf(a[0]).asList().items;
    std::erase_if(items, isEmpty);
    return Value::list(std::move(items));
}

bool isIn(std::span<const Value> items, const Value &wanted)
{
    return std::find(items.begin(), items.end(), wanted) != items.end();
}

Result<Value> uniq(CallContext &context, Arguments a)
{
    if (!isSlice(a[0]))
        return notAList(a[0], "Cannot find uniq on type ");
    const Value list = listOf(a[0]);
    std::vector<Value> items;
    for (const Value &item : list.asList().items) {
        if (const Result<void> done = limitsOf(context).work(items.size()); !done)
            return done.error();
        if (!isIn(items, item))
            items.push_back(item);
    }
    return Value::list(std::move(items));
}

Result<Value> without(CallContext &, Arguments a)
{
    if (!isSlice(a[0]))
        return notAList(a[0], "Cannot find without on type ");
    std::vector<Value> items = listOf(a[0]).asList().items;
    std::erase_if(items, [omitted = a.subspan(1)](const Value &item) { return isIn(omitted, item); });
    return Value::list(std::move(items));
}

Result<Value> has(CallContext &, Arguments a)
{
    if (a[1].isNil())
        return Value::boolean(false);
    if (!isSlice(a[1]))
        return notAList(a[1], "Cannot find has on type ");
    const Value list = listOf(a[1]);
    return Value::boolean(isIn(list.asList().items, a[0]));
}

Result<Value> slice(CallContext &, Arguments a)
{
    if (!isSlice(a[0]))
        return notAList(a[0], "list should be type of slice or array but ");
    const Value list = listOf(a[0]);
    const std::vector<Value> &items = list.asList().items;
    if (items.empty())
        return Value();
    const auto size = static_cast<std::int64_t>(items.size());
    const std::int64_t start = a.size() > 1 ? toInt64(a[1]) : 0;
    const std::int64_t end = a.size() > 2 ? toInt64(a[2]) : size;
    if (start < 0 || end < start || end > size)
        return failure("reflect.Value.Slice: slice index out of bounds");
    if (a[0].kind() == Value::Kind::Bytes)
        return Value::bytes(
            a[0].toString().substr(static_cast<std::size_t>(start), static_cast<std::size_t>(end - start)));
    std::vector<Value> part(items.begin() + start, items.begin() + end);
    const GoType *const type = goTypeIn(a[0]);
    return type ? type->sliceOf(std::move(part)) : Value::list(std::move(part), a[0].asList().type);
}

Result<Value> concat(CallContext &context, Arguments a)
{
    std::vector<Value> items;
    for (const Value &part : a) {
        if (part.isNil())
            return nilPointer();
        if (!isSlice(part))
            return failure("Cannot concat type " + kindName(part) + " as list");
        const Value list = listOf(part);
        items.insert(items.end(), list.asList().items.begin(), list.asList().items.end());
    }
    if (items.empty())
        return nilSlice();
    if (const Result<void> paid = context.spend(items.size() * sizeof(Value)); !paid)
        return paid.error();
    return Value::list(std::move(items));
}

Result<Value> chunk(CallContext &context, Arguments a)
{
    if (!isSlice(a[1]))
        return notAList(a[1], "Cannot chunk type ");
    const Value list = listOf(a[1]);
    const std::vector<Value> &items = list.asList().items;
    const std::int64_t size = a[0].toInt();
    const auto count = static_cast<std::int64_t>(items.size());
    // Go counts the chunks in floating point; a negative size makes none, or a slice of negative length.
    if (size < 0 && std::floor(static_cast<double>(count - 1) / static_cast<double>(size)) == -1)
        return Value::list({}, ListType::InterfaceLists);
    if (size <= 0)
        return failure("runtime error: makeslice: len out of range");
    constexpr std::uint64_t bytesPerList = 64;
    if (const Result<void> paid = context.spend(items.size() / static_cast<std::size_t>(size) * bytesPerList); !paid)
        return paid.error();
    std::vector<Value> chunks;
    for (std::int64_t from = 0; from < count; from += size)
        chunks.push_back(Value::list({items.begin() + from, items.begin() + std::min(from + size, count)}));
    return Value::list(std::move(chunks), ListType::InterfaceLists);
}

Result<Value> sortAlpha(CallContext &, Arguments a)
{
    if (!isSlice(a[0]))
        return Value::strings({strval(a[0])});
    std::vector<std::string> texts = toStrings(a[0]);
    std::sort(texts.begin(), texts.end());
    return Value::strings(texts);
}

} // namespace

std::span<const Function> listFunctions()
{
    static const Function family[] = {
        {"append", {Param::Any, Param::Any}, false, append},
        {"chunk", {Param::Int, Param::Any}, false, chunk},
        {"compact", {Param::Any}, false, compact},
        {"concat", {Param::Any}, true, concat},
        {"first", {Param::Any}, false, first},
        {"has", {Param::Any, Param::Any}, false, has},
        {"initial", {Param::Any}, false, initial},
        {"last", {Param::Any}, false, last},
        {"list", {Param::Any}, true, list},
        {"mustAppend", {Param::Any, Param::Any}, false, append},
        {"mustChunk", {Param::Int, Param::Any}, false, chunk},
        {"mustCompact", {Param::Any}, false, compact},
        {"mustFirst", {Param::Any}, false, first},
        {"mustHas", {Param::Any, Param::Any}, false, has},
        {"mustInitial", {Param::Any}, false, initial},
        {"mustLast", {Param::Any}, false, last},
        {"mustPrepend", {Param::Any, Param::Any}, false, prepend},
        {"mustPush", {Param::Any, Param::Any}, false, append},
        {"mustRest", {Param::Any}, false, rest},
        {"mustReverse", {Param::Any}, false, reverse},
        {"mustSlice", {Param::Any, Param::Any}, true, slice},
        {"mustUniq", {Param::Any}, false, uniq},
        {"mustWithout", {Param::Any, Param::Any}, true, without},
        {"prepend", {Param::Any, Param::Any}, false, prepend},
        {"push", {Param::Any, Param::Any}, false, append},
        {"rest", {Param::Any}, false, rest},
        {"reverse", {Param::Any}, false, reverse},
        {"slice", {Param::Any, Param::Any}, true, slice},
        {"sortAlpha", {Param::Any}, false, sortAlpha},
        {"tuple", {Param::Any}, true, list},
        {"uniq", {Param::Any}, false, uniq},
        {"without", {Param::Any, Param::Any}, true, without},
    };
    return family;
}

} // namespace pk::tmpl
