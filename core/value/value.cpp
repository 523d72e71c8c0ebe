// SPDX-License-Identifier: GPL-3.0-or-later
#include "value/value.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace pk {

struct Value::Text : RefCounted
{
    explicit Text(std::string content) : text(std::move(content)) { }
    const std::string text;
};

namespace {

using Container = std::variant<List *, Map *>;

thread_local int containersBeingDeleted = 0;
thread_local std::vector<Container> *waitingContainers = nullptr;

void remove(Container container)
{
    ++containersBeingDeleted;
    std::visit([](auto *object) { delete object; }, container);
    --containersBeingDeleted;
}

/// A tree may be deeper than the stack: what lies deep waits until the upper part is gone.
void discard(Container container)
{
    constexpr int deepest = 200;
    if (containersBeingDeleted == deepest) {
        if (!waitingContainers)
            waitingContainers = new std::vector<Container>;
        waitingContainers->push_back(container);
        return;
    }
    remove(container);
    if (containersBeingDeleted > 0 || !waitingContainers)
        return;
    while (!waitingContainers->empty()) {
        const Container next = waitingContainers->back();
        waitingContainers->pop_back();
        remove(next);
    }
    delete std::exchange(waitingContainers, nullptr);
}

} // namespace

Value Value::boolean(bool value)
{
    Value result(Kind::Bool);
    result.m_bits.boolean = value;
    return result;
}

Value Value::integer(std::int64_t value, Kind kind)
{
    Value result(kind);
    result.m_bits.integer = value;
    return result;
}

Value Value::unsignedInteger(std::uint64_t value, Kind kind)
{
    Value result(kind);
    result.m_bits.unsignedInteger = value;
    return result;
}

Value Value::number(double value)
{
    Value result(Kind::Float64);
    result.m_bits.number = value;
    return result;
}

Value Value::string(std::string text)
{
    Value result(Kind::String);
    result.m_bits.text = new Text(std::move(text));
    result.addRef();
    return result;
}

Value Value::bytes(std::string bytes)
{
    Value result = string(std::move(bytes));
    result.m_kind = Kind::Bytes;
    return result;
}

Value Value::list(std::vector<Value> items, ListType type)
{
    return of(Ref<List>::make(std::move(items), type));
}

Value Value::strings(const std::vector<std::string> &items)
{
    std::vector<Value> values;
    values.reserve(items.size());
    for (const std::string &item : items)
        values.push_back(string(item));
    return list(std::move(values), ListType::Strings);
}

Value Value::map(MapType type)
{
    return of(Ref<Map>::make(type));
}

Value Value::map(std::initializer_list<std::pair<std::string_view, Value>> entries)
{
    auto map = Ref<Map>::make();
    for (const auto &[key, value] : entries)
        map->set(key, value);
    return of(std::move(map));
}

Value Value::of(Ref<List> list)
{
    Value result(Kind::List);
    result.m_bits.list = list.get();
    result.addRef();
    return result;
}

Value Value::of(Ref<Map> map)
{
    Value result(Kind::Map);
    result.m_bits.map = map.get();
    result.addRef();
    return result;
}

Value Value::of(Ref<Object> object)
{
    Value result(Kind::Object);
    result.m_bits.object = object.get();
    result.addRef();
    return result;
}

Value::Value(const Value &other) : m_kind(other.m_kind), m_isPlain(other.m_isPlain), m_bits(other.m_bits)
{
    addRef();
}

Value::Value(Value &&other) noexcept :
    m_kind(std::exchange(other.m_kind, Kind::Nil)), m_isPlain(other.m_isPlain), m_bits(other.m_bits)
{
}

Value &Value::operator=(Value other) noexcept
{
    std::swap(m_kind, other.m_kind);
    std::swap(m_isPlain, other.m_isPlain);
    std::swap(m_bits, other.m_bits);
    return *this;
}

Value::~Value()
{
    release();
}

void Value::addRef() const
{
    switch (m_kind) {
    case Kind::String:
    case Kind::Bytes:
        m_bits.text->addRef();
        break;
    case Kind::List:
        m_bits.list->addRef();
        break;
    case Kind::Map:
        m_bits.map->addRef();
        break;
    case Kind::Object:
        m_bits.object->addRef();
        break;
    default:
        break;
    }
}

void Value::release()
{
    switch (m_kind) {
    case Kind::String:
    case Kind::Bytes:
        if (m_bits.text->dropRef())
            delete m_bits.text;
        break;
    case Kind::List:
        if (m_bits.list->dropRef())
            discard(m_bits.list);
        break;
    case Kind::Map:
        if (m_bits.map->dropRef())
            discard(m_bits.map);
        break;
    case Kind::Object:
        if (m_bits.object->dropRef())
            delete m_bits.object;
        break;
    default:
        break;
    }
}

const std::string &Value::toString() const
{
    return m_bits.text->text;
}

List &Value::asList() const
{
    return *m_bits.list;
}

Map &Value::asMap() const
{
    return *m_bits.map;
}

Object &Value::asObject() const
{
    return *m_bits.object;
}

Ref<List> Value::listRef() const
{
    return Ref<List>(m_bits.list);
}

Ref<Map> Value::mapRef() const
{
    return Ref<Map>(m_bits.map);
}

Ref<Object> Value::objectRef() const
{
    return Ref<Object>(m_bits.object);
}

Value Value::get(std::string_view key) const
{
    const Value *found = isMap() ? asMap().find(key) : nullptr;
    return found ? *found : Value();
}

Value Value::at(std::initializer_list<std::string_view> path) const
{
    Value current = *this;
    for (std::string_view key : path)
        current = current.get(key);
    return current;
}

std::string Value::stringOr(std::string_view fallback) const
{
    return isString() ? toString() : std::string(fallback);
}

std::int64_t Value::integerOr(std::int64_t fallback) const
{
    switch (m_kind) {
    case Kind::Int:
    case Kind::Int64:
        return toInt();
    case Kind::Uint64:
    case Kind::Uint8:
        return static_cast<std::int64_t>(toUint());
    case Kind::Float64:
        // Both bounds are exact in double; what lies outside has no int64.
        return toDouble() >= -0x1p63 && toDouble() < 0x1p63 ? static_cast<std::int64_t>(toDouble()) : fallback;
    default:
        return fallback;
    }
}

bool Value::isTruthy() const
{
    switch (m_kind) {
    case Kind::Nil:
        return false;
    case Kind::Bool:
        return toBool();
    case Kind::Int:
    case Kind::Int64:
        return toInt() != 0;
    case Kind::Uint64:
    case Kind::Uint8:
        return toUint() != 0;
    case Kind::Float64:
        return toDouble() != 0;
    case Kind::String:
    case Kind::Bytes:
        return !toString().empty();
    case Kind::List:
        return !asList().items.empty();
    case Kind::Map:
        return !asMap().isEmpty();
    case Kind::Object:
        return true;
    }
    return false;
}

namespace {

bool equalNumbers(const Value &a, const Value &b)
{
    using Kind = Value::Kind;
    const auto isSigned = [](const Value &v) { return v.kind() == Kind::Int || v.kind() == Kind::Int64; };
    const auto asDouble = [&](const Value &v) {
        if (v.kind() == Kind::Float64)
            return v.toDouble();
        return isSigned(v) ? static_cast<double>(v.toInt()) : static_cast<double>(v.toUint());
    };
    if (a.kind() == Kind::Float64 || b.kind() == Kind::Float64)
        return asDouble(a) == asDouble(b);
    if (isSigned(a) == isSigned(b))
        return isSigned(a) ? a.toInt() == b.toInt() : a.toUint() == b.toUint();
    const Value &negativeOne = isSigned(a) ? a : b;
    const Value &other = isSigned(a) ? b : a;
    return negativeOne.toInt() >= 0 && static_cast<std::uint64_t>(negativeOne.toInt()) == other.toUint();
}

bool equalTrees(const Value &a, const Value &b, bool strict)
{
    using Kind = Value::Kind;
    if (!strict && a.isNumber() && b.isNumber())
        return equalNumbers(a, b);
    if (a.kind() != b.kind())
        return false;
    switch (a.kind()) {
    case Kind::Nil:
        return true;
    case Kind::Bool:
        return a.toBool() == b.toBool();
    case Kind::Int:
    case Kind::Int64:
        return a.toInt() == b.toInt();
    case Kind::Uint64:
    case Kind::Uint8:
        return a.toUint() == b.toUint();
    case Kind::Float64:
        return a.toDouble() == b.toDouble();
    case Kind::String:
    case Kind::Bytes:
        return a.toString() == b.toString();
    case Kind::List: {
        const List &left = a.asList();
        const List &right = b.asList();
        return &left == &right
            || ((!strict || left.type == right.type)
                && std::equal(left.items.begin(), left.items.end(), right.items.begin(), right.items.end(),
                    [strict](const Value &x, const Value &y) { return equalTrees(x, y, strict); }));
    }
    case Kind::Map: {
        const Map &left = a.asMap();
        const Map &right = b.asMap();
        return &left == &right
            || ((!strict || left.type == right.type)
                && std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [strict](const Map::Entry &x, const Map::Entry &y) {
                        return x.key == y.key && equalTrees(x.value, y.value, strict);
                    }));
    }
    case Kind::Object:
        return a.asObject().equals(b.asObject());
    }
    return false;
}

} // namespace

bool Value::operator==(const Value &other) const
{
    return equalTrees(*this, other, true);
}

bool Value::sameContent(const Value &other) const
{
    return equalTrees(*this, other, false);
}

Value Value::deepCopy() const
{
    if (isList()) {
        auto copy = Ref<List>::make(std::vector<Value>(), asList().type);
        copy->items.reserve(asList().items.size());
        for (const Value &item : asList().items)
            copy->items.push_back(item.deepCopy());
        return of(std::move(copy));
    }
    if (isMap()) {
        std::vector<Map::Entry> entries;
        entries.reserve(asMap().size());
        for (const Map::Entry &entry : asMap())
            entries.push_back({entry.key, entry.value.deepCopy()});
        return of(Map::fromEntries(std::move(entries), mapType()));
    }
    return *this;
}

MapType Value::mapType() const
{
    return m_isPlain ? MapType::Interfaces : asMap().type;
}

Value Value::asPlainMap() const
{
    Value view = *this;
    const MapType type = isMap() ? asMap().type : MapType::Interfaces;
    view.m_isPlain = type == MapType::Values || type == MapType::ChartutilValues;
    return view;
}

std::string Value::typeName() const
{
    switch (m_kind) {
    case Kind::Nil:
        return "<nil>";
    case Kind::Bool:
        return "bool";
    case Kind::Int:
        return "int";
    case Kind::Int64:
        return "int64";
    case Kind::Uint64:
        return "uint64";
    case Kind::Uint8:
        return "uint8";
    case Kind::Float64:
        return "float64";
    case Kind::String:
        return "string";
    case Kind::Bytes:
        return "[]uint8";
    case Kind::List:
        switch (asList().type) {
        case ListType::Interfaces:
            return "[]interface {}";
        case ListType::Strings:
            return "[]string";
        case ListType::Ints:
            return "[]int";
        case ListType::InterfaceLists:
            return "[][]interface {}";
        }
        break;
    case Kind::Map:
        switch (mapType()) {
        case MapType::Interfaces:
            return "map[string]interface {}";
        case MapType::Strings:
            return "map[string]string";
        case MapType::Values:
            return "common.Values";
        case MapType::ChartutilValues:
            return "chartutil.Values";
        case MapType::Files:
            return "engine.files";
        }
        break;
    case Kind::Object:
        return asObject().typeName();
    }
    return {};
}

bool Object::field(std::string_view, Value &) const
{
    return false;
}

bool Object::call(std::string_view, std::span<const Value>, Value &, std::string &) const
{
    return false;
}

} // namespace pk
