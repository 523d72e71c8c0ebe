// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "template/gotype.h"
#include "value/value.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pk::chart {

/// A Go struct: named members in their order, and methods without arguments.
class StructObject final : public OrderedObject, public tmpl::GoType
{
public:
    struct Member
    {
        std::string name;
        std::string jsonName; ///< Empty: not exported, neither templates nor JSON see it.
        Value value;
        bool omitEmpty = false; ///< Left out of JSON and YAML as well when it is empty.
    };

    /// `type` begins with '*' when templates hold a pointer to it.
    StructObject(std::string type, std::vector<Member> members) : m_type(std::move(type)), m_members(std::move(members))
    {
    }

    void addMethod(std::string name, Value result) { m_methods.emplace_back(std::move(name), std::move(result)); }
    /// Only the pointer has this text as its String(): what an action writes, but not a copy of it that a function got.
    void setPointerText(std::string text) { m_pointerText = std::move(text); }
    /// The first `count` members are those of an embedded struct of that type, a field in itself.
    void setEmbedded(std::size_t count, std::string type)
    {
        m_embedded = count;
        m_embeddedType = std::move(type);
    }

    std::string typeName() const override { return m_type; }
    std::string kindName() const override { return isPointer() ? "ptr" : "struct"; }
    std::string print() const override;
    std::string printPlace() const override { return m_pointerText ? *m_pointerText : print(); }
    Value toTree() const override;
    std::vector<Field> fields() const override;
    Value copied() const override;
    std::vector<std::pair<std::string, Value>> members() const override;
    bool field(std::string_view name, Value &value) const override;
    bool call(
        std::string_view name, std::span<const Value> arguments, Value &result, std::string &error) const override;

private:
    Ref<StructObject> clone() const;
    bool isPointer() const { return m_type.starts_with('*'); }

    std::string m_type;
    std::vector<Member> m_members;
    std::vector<std::pair<std::string, Value>> m_methods;
    std::optional<std::string> m_pointerText;
    std::size_t m_embedded = 0;
    std::string m_embeddedType; ///< With its package, before which the field's name stands.
};

} // namespace pk::chart
