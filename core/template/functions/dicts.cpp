// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/families.h"
#include "template/functions/merge.h"
#include "template/functions/support.h"
#include "template/gotype.h"

#include <set>

namespace pk::tmpl {

using namespace sprig;

namespace {

Error nilMap()
{
    return failure("assignment to entry in nil map");
}

Result<Value> dict(CallContext &context, Arguments a)
{
    std::vector<Map::Entry> entries;
    entries.reserve((a.size() + 1) / 2);
    for (std::size_t i = 0; i < a.size(); i += 2) {
        if (const Result<void> can = limitsOf(context).affordTree(a[i]); !can)
            return can.error();
        entries.push_back({strval(a[i]), i + 1 < a.size() ? a[i + 1] : Value::string("")});
    }
    return Value::of(Map::fromEntries(std::move(entries)));
}

Result<Value> get(CallContext &, Arguments a)
{
    const Value *const found = readableMap(a[0]).find(a[1].toString());
    return found ? *found : Value::string("");
}

/// What moving the entries behind a new or an old one takes.
Result<void> payForMoving(CallContext &context, const Map &map)
{
    return limitsOf(context).work(1 + map.size() / 4);
}

Result<Value> set(CallContext &context, Arguments a)
{
    if (!a[0].isMap())
        return nilMap();
    if (!a[0].asMap().contains(a[1].toString())) {
        if (const Result<void> done = payForMoving(context, a[0].asMap()); !done)
            return done.error();
    }
    a[0].asMap().set(a[1].toString(), a[2]);
    return a[0].asPlainMap();
}

Result<Value> unset(CallContext &context, Arguments a)
{
    if (a[0].isMap()) {
        if (const Result<void> done = payForMoving(context, a[0].asMap()); !done)
            return done.error();
        a[0].asMap().erase(a[1].toString());
    }
    return a[0].asPlainMap();
}

Result<Value> hasKey(CallContext &, Arguments a)
{
    return Value::boolean(readableMap(a[0]).contains(a[1].toString()));
}

Result<Value> pluck(CallContext &, Arguments a)
{
    std::vector<Value> found;
    for (const Value &map : a.subspan(1)) {
        if (const Value *const value = readableMap(map).find(a[0].toString()))
            found.push_back(*value);
    }
    return Value::list(std::move(found));
}

// Go leaves the order to chance; ours is the order of the bytes, one of those that Go may give.
Result<Value> keys(CallContext &, Arguments a)
{
    std::vector<std::string> found;
    for (const Value &map : a) {
        for (const Map::Entry &entry : readableMap(map))
            found.push_back(entry.key);
    }
    return Value::strings(found);
}

Result<Value> values(CallContext &, Arguments a)
{
    std::vector<Value> found;
    for (const Map::Entry &entry : readableMap(a[0]))
        found.push_back(entry.value);
    return Value::list(std::move(found));
}

Result<Value> pick(CallContext &, Arguments a)
{
    const Ref<Map> picked = Ref<Map>::make();
    for (const Value &key : a.subspan(1)) {
        if (const Value *const value = readableMap(a[0]).find(key.toString()))
            picked->set(key.toString(), *value);
    }
    return Value::of(picked);
}

Result<Value> omit(CallContext &, Arguments a)
{
    std::set<std::string_view> omitted;
    for (const Value &key : a.subspan(1))
        omitted.insert(key.toString());
    std::vector<Map::Entry> kept;
    for (const Map::Entry &entry : readableMap(a[0])) {
        if (!omitted.contains(entry.key))
            kept.push_back(entry);
    }
    return Value::of(Map::fromEntries(std::move(kept)));
}

Result<Value> mergeAll(CallContext &context, Arguments a, bool overwrite)
{
    // A nil map gets one on the first merge, but only the copy in the function's own variable.
    Value target = a[0].isMap() ? a[0] : Value::map();
    for (const Value &source : a.subspan(1)) {
        if (!source.isMap())
            continue;
        if (const Result<void> done = merge(context, target.asMap(), source.asMap(), overwrite); !done)
            return done.error();
    }
    return target.asPlainMap();
}

Result<Value> mergeMissing(CallContext &context, Arguments a)
{
    return mergeAll(context, a, false);
}

Result<Value> mergeOverwrite(CallContext &context, Arguments a)
{
    return mergeAll(context, a, true);
}

/// As Value::deepCopy(), but objects are copied as Go's library does.
Value copyOf(const Value &value)
{
    if (value.isList()) {
        std::vector<Value> items;
        items.reserve(value.asList().items.size());
        for (const Value &item : value.asList().items)
            items.push_back(copyOf(item));
        Value copy = Value::list(std::move(items), value.asList().type);
        copy.asList().null = value.asList().null;
        return copy;
    }
    if (value.isMap()) {
        std::vector<Map::Entry> entries;
        entries.reserve(value.asMap().size());
        for (const Map::Entry &entry : value.asMap())
            entries.push_back({entry.key, copyOf(entry.value)});
        Value copy = Value::of(Map::fromEntries(std::move(entries), value.mapType()));
        copy.asMap().null = value.asMap().null;
        return copy;
    }
    const GoType *const type = goTypeIn(value);
    Value copy = type ? type->copied() : Value();
    return copy.isNil() ? value : copy;
}

Result<Value> deepCopy(CallContext &, Arguments a)
{
    if (a[0].isNil())
        return failure("reflect: call of reflect.Value.Type on zero Value");
    return copyOf(a[0]);
}

std::string notThatType(const Value &value, std::string_view wanted)
{
    const std::string actual = value.isNil() ? "nil" : value.typeName();
    return "interface conversion: interface {} is " + actual + ", not " + std::string(wanted);
}

Result<Value> dig(CallContext &, Arguments a)
{
    if (a.size() < 3)
        return failure("dig needs at least three arguments");
    const auto isPlainMap = [](const Value &value) { return value.isMap() && value.mapType() == MapType::Interfaces; };
    Value current = a.back();
    if (!isPlainMap(current))
        return failure(notThatType(current, "map[string]interface {}"));
    for (const Value &key : a.first(a.size() - 2)) {
        if (!key.isString())
            return failure(notThatType(key, "string"));
    }
    for (std::size_t i = 0; i + 2 < a.size(); ++i) {
        if (!isPlainMap(current))
            return failure(notThatType(current, "map[string]interface {}"));
        const Value *const next = current.asMap().find(a[i].toString());
        if (!next)
            return a[a.size() - 2];
        current = Value(*next);
    }
    return current;
}

} // namespace

std::span<const Function> dictFunctions()
{
    static const Function family[] = {
        {"deepCopy", {Param::Any}, false, deepCopy},
        {"dict", {Param::Any}, true, dict},
        {"dig", {Param::Any}, true, dig},
        {"get", {Param::Map, Param::String}, false, get},
        {"hasKey", {Param::Map, Param::String}, false, hasKey},
        {"keys", {Param::Map}, true, keys},
        {"merge", {Param::Map, Param::Map}, true, mergeMissing},
        {"mergeOverwrite", {Param::Map, Param::Map}, true, mergeOverwrite},
        {"mustDeepCopy", {Param::Any}, false, deepCopy},
        {"mustMerge", {Param::Map, Param::Map}, true, mergeMissing},
        {"mustMergeOverwrite", {Param::Map, Param::Map}, true, mergeOverwrite},
        {"omit", {Param::Map, Param::String}, true, omit},
        {"pick", {Param::Map, Param::String}, true, pick},
        {"pluck", {Param::String, Param::Map}, true, pluck},
        {"set", {Param::Map, Param::String, Param::Any}, false, set},
        {"unset", {Param::Map, Param::String}, false, unset},
        {"values", {Param::Map}, false, values},
    };
    return family;
}

} // namespace pk::tmpl
