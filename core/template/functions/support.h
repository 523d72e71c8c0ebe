// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "template/function.h"
#include "template/limits.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// What the families share. Private to core/template/functions.
namespace pk::tmpl::sprig {

using Arguments = std::span<const Value>;

inline Error failure(std::string message)
{
    return {Error::Code::InvalidInput, std::move(message)};
}

/// What functions that are slow on purpose take of the steps of an execution.
inline constexpr std::uint64_t SlowSteps = 500'000;

inline constexpr std::string_view NilPointer = "runtime error: invalid memory address or nil pointer dereference";

inline Error nilPointer()
{
    return failure(std::string(NilPointer));
}

inline Value intValue(std::int64_t value)
{
    return Value::integer(value, Value::Kind::Int);
}

/// Go's empty map: what a literal nil stands for where a function only reads.
inline const Map &readableMap(const Value &value)
{
    static const Ref<Map> empty = Ref<Map>::make();
    return value.isMap() ? value.asMap() : *empty;
}

/// A nil slice of Go: prints as an empty list, but JSON and YAML have null for it.
Value nilSlice(ListType type = ListType::Interfaces);

/// Slices of any type, as reflect sees them.
inline bool isSlice(const Value &value)
{
    return value.isList() || value.kind() == Value::Kind::Bytes
        || (value.isObject() && value.asObject().kindName() == "slice");
}

/// A slice as a list: itself, []byte as a list of uint8, .Capabilities.APIVersions as one of texts.
Value listOf(const Value &slice);

/// reflect.Kind of a value: "map", "slice", "float64", "invalid" for nil, "ptr" for objects behind pointers.
std::string kindName(const Value &value);

/// sprig's empty: the zero value of its type; structs never.
bool isEmpty(const Value &value);

/// fmt's %v.
std::string printed(const Value &value);

/// sprig's strval: as printed(), but []byte is text.
std::string strval(const Value &value);

/// sprig's strslice: the elements as text without nils; what is no slice becomes a list of itself.
std::vector<std::string> toStrings(const Value &value);

/// strings.SplitN: with an empty separator, the characters. `limit` < 0 is none; the last part holds the rest.
std::vector<std::string_view> splitText(std::string_view text, std::string_view separator, std::int64_t limit = -1);

/// At least strings.Count, and not much more: for a part that is empty the bytes are counted, not the characters.
std::uint64_t countOf(std::string_view text, std::string_view part);

std::string joinTexts(const std::vector<std::string> &parts, std::string_view separator);

/// strings.ReplaceAll; an empty `from` matches before each character and at the end. Stops as soon as the result is
/// longer than `most`.
std::string replaceAll(std::string_view text, std::string_view from, std::string_view to, std::uint64_t most);

} // namespace pk::tmpl::sprig
