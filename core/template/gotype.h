// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "value/value.h"

#include <optional>
#include <string>
#include <vector>

namespace pk::tmpl {

/// What Go's fmt and its encoders see of an object beside what Object tells: a second base of objects.
class GoType
{
public:
    struct Field
    {
        std::string name;
        Value value;
        bool embedded = false; ///< Its own fields count as fields of the struct around it.

        /// Only such fields are seen by methods and encoders.
        bool isExported() const { return name.front() >= 'A' && name.front() <= 'Z'; }
    };

    virtual ~GoType() = default;

    /// The fields of a struct, or of the one that a pointer points to, in their order.
    virtual std::vector<Field> fields() const { return {}; }
    /// What its String method gives, and its GoString method; none when the type has no such method.
    virtual std::optional<std::string> text() const { return std::nullopt; }
    virtual std::optional<std::string> goText() const { return std::nullopt; }
    /// A pointer that points to nothing.
    virtual bool isNull() const { return false; }
    /// Of a slice: one of the same type with other elements.
    virtual Value sliceOf(std::vector<Value> items) const { return Value::list(std::move(items)); }
    /// What deepCopy makes of it, which leaves fields out that are not exported; nil when the object may be shared.
    virtual Value copied() const { return {}; }
};

/// Null when the value is no such object.
inline const GoType *goTypeIn(const Value &value)
{
    return value.isObject() ? dynamic_cast<const GoType *>(&value.asObject()) : nullptr;
}

} // namespace pk::tmpl
