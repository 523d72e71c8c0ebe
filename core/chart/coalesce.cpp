// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/coalesce.h"

#include "base/inputerror.h"
#include "template/printf.h"

#include <algorithm>

namespace pk::chart {

namespace {

void warn(Warnings warnings, std::string line)
{
    if (warnings)
        warnings->push_back(std::move(line));
}

std::string joined(const std::string &prefix, const std::string &key)
{
    return prefix.empty() ? key : prefix + "." + key;
}

/// Removes null entries of a map and the maps below it; lists are left alone.
void removeNulls(Map &map)
{
    std::vector<std::string> gone;
    for (const auto &[key, value] : map) {
        if (value.isNil())
            gone.push_back(key);
        else if (value.isMap())
            removeNulls(value.asMap());
    }
    for (const std::string &key : gone)
        map.erase(key);
}

class Layering
{
public:
    Layering(Nulls nulls, const Levels &levels, Warnings warnings) :
        m_nulls(nulls), m_levels(levels), m_warnings(warnings)
    {
    }

    Result<void> chart(const ResolvedChart &chart, Map &values, const std::string &prefix)
    {
        defaults(chart, values, prefix);
        for (const ResolvedChart &sub : chart.dependencies) {
            Value below = Value::map();
            if (const Value *given = values.find(sub.name)) {
                if (!given->isMap())
                    return typeMismatch(sub.name, *given);
                below = *given;
            } else {
                values.set(sub.name, below);
            }
            const std::string inner = joined(prefix, chart.name);
            globals(below.asMap(), values, inner);
            if (const auto done = this->chart(sub, below.asMap(), inner); !done)
                return done;
        }
        return {};
    }

private:
    /// Lays the given values over the chart's own defaults.
    void defaults(const ResolvedChart &chart, Map &values, const std::string &prefix)
    {
        if (!chart.values.isMap())
            return;
        const std::string inner = joined(prefix, chart.name);
        const bool cleans = m_levels.dropNullDefaults && m_nulls == Nulls::Remove;
        const Value copy = chart.values.deepCopy();
        for (const auto &[key, value] : copy.asMap()) {
            const Value *given = values.find(key);
            if (!given) {
                if (cleans && value.isNil())
                    continue;
                if (cleans && value.isMap())
                    removeNulls(value.asMap());
                values.set(key, value);
            } else if (given->isNil() && m_nulls == Nulls::Remove) {
                values.erase(key);
            } else if (given->isMap()) {
                overTable(chart, *given, key, value, inner);
            }
        }
    }

    void overTable(const ResolvedChart &chart, const Value &given, const std::string &key, const Value &value,
        const std::string &prefix)
    {
        if (!value.isMap()) {
            if (!value.isNil())
                warn(m_warnings, "warning: skipped value for " + prefix + "." + key + ": Not a table.");
            return;
        }
        const bool subchart =
            std::ranges::any_of(chart.dependencies, [&](const ResolvedChart &sub) { return sub.name == key; });
        const Nulls nulls = subchart ? Nulls::Keep : m_nulls;
        if (m_levels.dropNullDefaults && nulls == Nulls::Remove)
            removeNulls(value.asMap());
        layerTables(given.asMap(), value.asMap(), joined(prefix, key), nulls, m_levels, m_warnings);
    }

    /// Hands the globals of a chart to a subchart; what the parent says wins.
    void globals(Map &below, const Map &values, const std::string &prefix)
    {
        static constexpr std::string_view key = "global";
        Value own = Value::map();
        if (const Value *given = below.find(key)) {
            if (!given->isMap()) {
                warn(m_warnings, "warning: skipping globals because destination global is not a table.");
                return;
            }
            own = *given;
        }
        Value parents = Value::map();
        if (const Value *given = values.find(key)) {
            if (!given->isMap()) {
                warn(m_warnings, "warning: skipping globals because source global is not a table.");
                return;
            }
            parents = *given;
        }
        for (const auto &[name, value] : parents.asMap())
            global(own.asMap(), name, value, prefix);
        below.set(key, own);
    }

    void global(Map &own, const std::string &name, const Value &value, const std::string &prefix)
    {
        const Value *old = std::as_const(own).find(name);
        if (!value.isMap()) {
            if (old && old->isMap())
                warn(m_warnings, "key " + name + " is table. Skipping");
            else
                own.set(name, value);
            return;
        }
        const Value copy = Value::map();
        for (const auto &[key, item] : value.asMap())
            copy.asMap().set(key, item);
        if (!old) {
            own.set(name, copy);
        } else if (!old->isMap()) {
            warn(m_warnings, "Conflict: cannot merge map onto non-map for \"" + name + "\". Skipping.");
        } else {
            layerTables(copy.asMap(), old->asMap(), joined(prefix, name), Nulls::Keep, m_levels, m_warnings);
            own.set(name, copy);
        }
    }

    /// Helm prints the value with %t, which is no verb for anything but booleans.
    static Error typeMismatch(const std::string &name, const Value &value)
    {
        return inputError("type mismatch on " + name + ": " + tmpl::sprintf("%t", {&value, 1}));
    }

    Nulls m_nulls;
    const Levels &m_levels;
    Warnings m_warnings;
};

} // namespace

void layerTables(
    Map &above, Map &below, const std::string &prefix, Nulls nulls, const Levels &levels, Warnings warnings)
{
    std::vector<std::string> set; // Keys of `below` that were not null.
    for (const auto &[key, value] : below) {
        if (!value.isNil())
            set.push_back(key);
    }
    std::vector<std::string> nullKeys;
    for (const auto &[key, value] : above) {
        if (value.isNil())
            nullKeys.push_back(key);
    }
    for (const std::string &key : nullKeys)
        below.set(key, Value());
    for (const auto &[key, value] : below) {
        const Value *over = std::as_const(above).find(key);
        if (!over) {
            above.set(key, value);
        } else if (nulls == Nulls::Remove && over->isNil() && std::ranges::binary_search(set, key)) {
            above.erase(key);
        } else if (value.isMap()) {
            if (over->isMap())
                layerTables(over->asMap(), value.asMap(), joined(prefix, key), nulls, levels, warnings);
            else
                warn(warnings, "warning: cannot overwrite table with non table for " + joined(prefix, key));
        } else if (over->isMap() && !value.isNil()) {
            warn(warnings, "warning: destination for " + joined(prefix, key) + " is a table. Ignoring non-table value");
        }
    }
}

Result<Value> layerValues(
    const ResolvedChart &chart, const Value &user, Nulls nulls, const Levels &levels, Warnings warnings)
{
    Value values = user.isMap() ? user.deepCopy() : Value::map();
    if (const auto done = Layering(nulls, levels, warnings).chart(chart, values.asMap(), {}); !done)
        return done.error();
    return values;
}

Result<Value> coalesceValues(
    const ResolvedChart &chart, const Value &user, const Levels &levels, std::vector<std::string> *warnings)
{
    return layerValues(chart, user, Nulls::Remove, levels, warnings);
}

} // namespace pk::chart
