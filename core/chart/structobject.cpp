// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/structobject.h"

#include "template/printf.h"

#include <algorithm>

namespace pk::chart {

namespace {

/// Lists of a type of their own are objects.
bool isEmpty(const Value &value)
{
    if (value.isObject() && value.asObject().kindName() == "slice")
        return !value.asObject().toTree().isTruthy();
    return !value.isTruthy();
}

} // namespace

Ref<StructObject> StructObject::clone() const
{
    Ref<StructObject> copy(new StructObject(m_type, m_members));
    copy->m_methods = m_methods;
    copy->m_pointerText = m_pointerText;
    copy->m_embedded = m_embedded;
    copy->m_embeddedType = m_embeddedType;
    return copy;
}

std::string StructObject::print() const
{
    std::string out;
    tmpl::appendPrinted(out, Value::of(Ref<Object>(clone().get())));
    return out;
}

std::vector<tmpl::GoType::Field> StructObject::fields() const
{
    std::vector<Field> out;
    std::size_t from = 0;
    if (m_embedded > 0) {
        const auto end = m_members.begin() + static_cast<std::ptrdiff_t>(m_embedded);
        out.push_back({m_embeddedType.substr(m_embeddedType.find('.') + 1),
            Value::of(Ref<Object>(new StructObject(m_embeddedType, {m_members.begin(), end}))), true});
        from = m_embedded;
    }
    for (std::size_t i = from; i < m_members.size(); ++i)
        out.push_back({m_members[i].name, m_members[i].value});
    return out;
}

Value StructObject::copied() const
{
    const Ref<StructObject> copy = clone();
    for (Member &member : copy->m_members) {
        if (member.jsonName.empty())
            member.value = Value::string({});
        else if (const tmpl::GoType *const type = tmpl::goTypeIn(member.value); type && !type->copied().isNil())
            member.value = type->copied();
    }
    return Value::of(Ref<Object>(copy.get()));
}

std::vector<std::pair<std::string, Value>> StructObject::members() const
{
    std::vector<std::pair<std::string, Value>> out;
    for (const Member &member : m_members) {
        if (!member.jsonName.empty() && (!member.omitEmpty || !isEmpty(member.value)))
            out.emplace_back(member.jsonName, member.value);
    }
    return out;
}

Value StructObject::toTree() const
{
    Value tree = Value::map();
    for (auto &[name, value] : members())
        tree.asMap().set(name, value);
    return tree;
}

bool StructObject::field(std::string_view name, Value &value) const
{
    const auto found = std::ranges::find(m_members, name, &Member::name);
    if (found == m_members.end() || found->jsonName.empty())
        return false;
    value = found->value;
    return true;
}

bool StructObject::call(
    std::string_view name, std::span<const Value> arguments, Value &result, std::string &error) const
{
    for (const auto &[method, value] : m_methods) {
        if (method == name) {
            if (!arguments.empty())
                error = "wrong number of args for " + method + ": want 0 got " + std::to_string(arguments.size());
            result = value;
            return true;
        }
    }
    return false;
}

} // namespace pk::chart
