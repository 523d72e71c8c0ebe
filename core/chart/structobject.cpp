// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/structobject.h"

#include "template/printf.h"

#include <algorithm>

namespace pk::chart {

std::string StructObject::print() const
{
    std::string out = isPointer() ? "&{" : "{";
    if (m_embedded > 0)
        out += '{';
    for (std::size_t i = 0; i < m_members.size(); ++i) {
        if (i > 0)
            out += i == m_embedded ? "} " : " ";
        tmpl::appendPrinted(out, m_members[i].value);
    }
    return out + '}';
}

std::vector<std::pair<std::string, Value>> StructObject::members() const
{
    std::vector<std::pair<std::string, Value>> out;
    for (const Member &member : m_members) {
        if (!member.jsonName.empty() && (!member.omitEmpty || member.value.isTruthy()))
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
