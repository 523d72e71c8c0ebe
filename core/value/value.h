// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "value/refcounted.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pk {

class List;
class Map;
class Object;

/// What Go calls a []T; only Interfaces holds mixed elements. Visible through typeOf, printf "%T" and errors.
enum class ListType : std::uint8_t {
    Interfaces, ///< []interface {}
    Strings, ///< []string
    Ints, ///< []int
    InterfaceLists, ///< [][]interface {}
};

/// What Go calls the type of a map.
enum class MapType : std::uint8_t {
    Interfaces, ///< map[string]interface {}
    Strings, ///< map[string]string: a missing key is "" and not nil
    Values, ///< common.Values: identical underlying type, but another name
    ChartutilValues, ///< What Helm 3 calls common.Values: chartutil.Values
    Files, ///< engine.files: values are Bytes
};

/// One node of the one tree of Poolkeeper: values, manifests, release records, template data. It has the kinds that
/// Helm's template language can tell apart (spec: Go's types behind interface{}).
///
/// Copying is cheap: strings are shared and immutable; lists and maps are shared and *mutable*, as Go's are, so that
/// `set` in one template is seen by the next. Use deepCopy() where Helm copies. A Value that holds a list, a map or an
/// object never holds a null pointer.
class Value
{
public:
    enum class Kind : std::uint8_t { Nil, Bool, Int, Int64, Uint64, Uint8, Float64, String, Bytes, List, Map, Object };

    Value() = default;
    Value(std::nullptr_t) { }
    static Value boolean(bool value);
    static Value integer(std::int64_t value, Kind kind = Kind::Int64); ///< kind: Int or Int64
    static Value unsignedInteger(std::uint64_t value, Kind kind = Kind::Uint64); ///< kind: Uint64 or Uint8
    static Value number(double value);
    static Value string(std::string text);
    static Value bytes(std::string bytes); ///< []uint8
    static Value list(std::vector<Value> items = {}, ListType type = ListType::Interfaces);
    static Value strings(const std::vector<std::string> &items); ///< []string
    static Value map(MapType type = MapType::Interfaces);
    static Value map(std::initializer_list<std::pair<std::string_view, Value>> entries);
    static Value of(Ref<List> list);
    static Value of(Ref<Map> map);
    static Value of(Ref<Object> object);

    Value(const Value &other);
    Value(Value &&other) noexcept;
    Value &operator=(Value other) noexcept;
    ~Value();

    Kind kind() const { return m_kind; }
    bool isNil() const { return m_kind == Kind::Nil; }
    bool isBool() const { return m_kind == Kind::Bool; }
    bool isString() const { return m_kind == Kind::String; }
    bool isList() const { return m_kind == Kind::List; }
    bool isMap() const { return m_kind == Kind::Map; }
    bool isObject() const { return m_kind == Kind::Object; }
    /// Int, Int64, Uint64, Uint8 or Float64.
    bool isNumber() const { return m_kind >= Kind::Int && m_kind <= Kind::Float64; }

    // Only for the kind of their name.
    bool toBool() const { return m_bits.boolean; }
    std::int64_t toInt() const { return m_bits.integer; } ///< Int, Int64
    std::uint64_t toUint() const { return m_bits.unsignedInteger; } ///< Uint64, Uint8
    double toDouble() const { return m_bits.number; } ///< Float64
    const std::string &toString() const; ///< String, Bytes
    List &asList() const;
    Map &asMap() const;
    Object &asObject() const;
    Ref<List> listRef() const;
    Ref<Map> mapRef() const;
    Ref<Object> objectRef() const;

    /// The entry of a map, else nil; nil for everything that is not a map.
    Value get(std::string_view key) const;
    /// get() along a path of map keys: `value.at({"metadata", "name"})`.
    Value at(std::initializer_list<std::string_view> path) const;
    /// The text of a String, else `fallback`.
    std::string stringOr(std::string_view fallback = {}) const;
    /// A number of any kind as int64 (floats cut), else `fallback`.
    std::int64_t integerOr(std::int64_t fallback) const;
    bool boolOr(bool fallback) const { return isBool() ? toBool() : fallback; }

    /// Go's truth in templates: false, 0, "", nil, and empty lists and maps are false.
    bool isTruthy() const;

    /// Same kind, type and content, as reflect.DeepEqual: the int 1 is not the float 1.
    bool operator==(const Value &other) const;
    /// As ==, but numbers compare by their value whatever their kind: for trees that came by different ways.
    bool sameContent(const Value &other) const;

    /// New lists and maps all the way down; strings and objects stay shared.
    Value deepCopy() const;

    /// "string", "float64", "map[string]interface {}": Go's name of the type; an object tells its own.
    std::string typeName() const;
    /// The type of the map as this value has it. Only for a map.
    MapType mapType() const;
    /// The same map under the type map[string]interface {}: what Go makes of common.Values that goes through a
    /// function.
    Value asPlainMap() const;

private:
    struct Text;
    union Bits {
        bool boolean;
        std::int64_t integer;
        std::uint64_t unsignedInteger;
        double number;
        Text *text;
        List *list;
        Map *map;
        Object *object;
    };

    explicit Value(Kind kind) : m_kind(kind) { }
    void addRef() const;
    void release();

    Kind m_kind = Kind::Nil;
    bool m_isPlain = false; ///< A map that is seen under the type map[string]interface {}.
    Bits m_bits = {};
};

/// A shared, mutable Go slice.
class List : public RefCounted
{
public:
    explicit List(std::vector<Value> content = {}, ListType listType = ListType::Interfaces) :
        items(std::move(content)), type(listType)
    {
    }

    std::vector<Value> items;
    ListType type;
    bool null = false; ///< A nil slice: empty as any other, but JSON and YAML write null.
};

/// A shared, mutable Go map with string keys. Iteration is in the order of the keys' bytes, which is the order of
/// `range`, of JSON and of fmt; what Go leaves to chance (`keys`) is up to the caller.
class Map : public RefCounted
{
public:
    struct Entry
    {
        std::string key;
        Value value;
    };

    explicit Map(MapType mapType = MapType::Interfaces) : type(mapType) { }
    /// From entries in any order; of equal keys the last one wins. Linear but for the sort.
    static Ref<Map> fromEntries(std::vector<Entry> entries, MapType type = MapType::Interfaces);

    /// Null when there is no such key. Valid until the map changes.
    const Value *find(std::string_view key) const;
    Value *find(std::string_view key);
    bool contains(std::string_view key) const { return find(key) != nullptr; }
    void set(std::string_view key, Value value);
    /// True when the key was there.
    bool erase(std::string_view key);

    bool isEmpty() const { return m_entries.empty(); }
    std::size_t size() const { return m_entries.size(); }
    std::span<const Entry> entries() const { return m_entries; }
    auto begin() const { return m_entries.begin(); }
    auto end() const { return m_entries.end(); }

    MapType type;
    bool null = false; ///< A nil map: empty as any other, but JSON and YAML write null.

private:
    std::vector<Entry> m_entries; ///< Sorted by key.
};

/// A Go value with fields and methods that is neither list nor map: a semver, a time, Capabilities, .Files.
class Object : public RefCounted
{
public:
    virtual ~Object() = default;

    /// Go's name of the type ("*semver.Version").
    virtual std::string typeName() const = 0;
    /// What fmt's %v writes.
    virtual std::string print() const = 0;
    /// What JSON and YAML write.
    virtual Value toTree() const = 0;
    /// The field of that name; false when there is none.
    virtual bool field(std::string_view name, Value &value) const;
    /// Calls a method. False when there is none of that name; `error` tells a failed call.
    virtual bool call(std::string_view name, std::span<const Value> arguments, Value &result, std::string &error) const;
    /// reflect.Kind as text; "struct" unless the type is a named basic type, as time.Duration is "int64".
    virtual std::string kindName() const { return "struct"; }
    virtual bool equals(const Object &other) const { return this == &other; }
};

/// An object whose members have an order, which JSON keeps.
class OrderedObject : public Object
{
public:
    /// toTree() in Go's order of fields.
    virtual std::vector<std::pair<std::string, Value>> members() const = 0;
    /// What an action writes of it: not print() where only the pointer has a String method.
    virtual std::string printPlace() const { return print(); }
};

} // namespace pk
