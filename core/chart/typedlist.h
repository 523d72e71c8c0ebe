// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "template/gotype.h"
#include "template/printf.h"
#include "value/value.h"

#include <string>
#include <vector>

namespace pk::chart {

/// A Go slice whose type has a name that lists do not have (ListType): "[]*chart.Maintainer".
class TypedList : public Object, public tmpl::GoType
{
public:
    TypedList(std::string type, std::vector<Value> items) :
        m_type(std::move(type)), m_list(Value::list(std::move(items)))
    {
        m_list.asList().null = m_list.asList().items.empty();
    }

    std::string typeName() const override { return m_type; }
    std::string kindName() const override { return "slice"; }
    std::string print() const override
    {
        std::string out;
        tmpl::appendPrinted(out, m_list);
        return out;
    }
    Value toTree() const override { return m_list; }
    Value sliceOf(std::vector<Value> items) const override
    {
        return Value::of(Ref<Object>(new TypedList(m_type, std::move(items))));
    }
    Value copied() const override
    {
        std::vector<Value> items;
        for (const Value &item : m_list.asList().items) {
            const tmpl::GoType *const type = tmpl::goTypeIn(item);
            const Value copy = type ? type->copied() : Value();
            items.push_back(copy.isNil() ? item : copy);
        }
        return sliceOf(std::move(items));
    }
    bool equals(const Object &other) const override
    {
        const auto *const list = dynamic_cast<const TypedList *>(&other);
        return list && list->m_type == m_type && list->m_list == m_list;
    }

private:
    std::string m_type;
    Value m_list;
};

} // namespace pk::chart
