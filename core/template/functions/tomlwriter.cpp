// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ascii.h"
#include "base/encoding.h"
#include "template/functions/duration.h"
#include "template/functions/support.h"
#include "template/functions/timeobject.h"
#include "template/functions/toml.h"
#include "template/gotype.h"
#include "yaml/gofloat.h"

#include <cmath>
#include <optional>

namespace pk::tmpl::sprig {

namespace {

using Key = std::vector<std::string>;

bool isBareKey(std::string_view key)
{
    return !key.empty()
        && std::all_of(key.begin(), key.end(), [](char c) { return ascii::isAlphanumeric(c) || c == '_' || c == '-'; });
}

std::string quotedText(std::string_view text)
{
    std::string result = "\"";
    for (char c : text) {
        switch (c) {
        case '"':
        case '\\':
            result += '\\';
            result += c;
            break;
        case '\b':
            result += "\\b";
            break;
        case '\t':
            result += "\\t";
            break;
        case '\n':
            result += "\\n";
            break;
        case '\f':
            result += "\\f";
            break;
        case '\r':
            result += "\\r";
            break;
        default:
            if (static_cast<unsigned char>(c) < ' ' || c == 0x7F) {
                result += "\\u00";
                appendHex(result, static_cast<unsigned char>(c));
            } else {
                result += c;
            }
        }
    }
    return result + '"';
}

std::string keyText(std::string_view key)
{
    return isBareKey(key) ? std::string(key) : quotedText(key);
}

/// A list that has a type of its own as the list that it is.
Value withoutType(const Value &value)
{
    return value.isObject() && value.asObject().kindName() == "slice" ? value.asObject().toTree() : value;
}

/// A Go struct that does not write itself as a text.
const GoType *structIn(const Value &value)
{
    const GoType *const type = goTypeIn(value);
    const std::string kind = type ? value.asObject().kindName() : std::string();
    return (kind == "struct" || kind == "ptr") && !type->text() ? type : nullptr;
}

bool isTable(const Value &value)
{
    return value.isMap() || structIn(value);
}

using Entries = std::vector<std::pair<std::string, Value>>;

void appendFields(Entries &out, const GoType &type)
{
    for (const GoType::Field &field : type.fields()) {
        const GoType *const inner = field.embedded ? structIn(field.value) : nullptr;
        const Value value = withoutType(field.value);
        const bool isNil = (value.isList() && value.asList().null) || (value.isMap() && value.asMap().null);
        if (inner)
            appendFields(out, *inner);
        else if (field.isExported() && !isNil)
            out.emplace_back(field.name, value);
    }
}

/// What a table holds, in its order.
Entries entriesOf(const Value &table)
{
    Entries out;
    if (const GoType *const type = structIn(table)) {
        appendFields(out, *type);
        return out;
    }
    for (const Map::Entry &entry : table.asMap())
        out.emplace_back(entry.key, withoutType(entry.value));
    return out;
}

Result<bool> isTableArray(const Value &value)
{
    if (!value.isList() || value.asList().items.empty())
        return false;
    bool tables = true;
    for (const Value &item : value.asList().items) {
        if (item.isNil())
            return failure("toml: cannot encode array with nil element");
        tables = tables && isTable(item);
    }
    return tables;
}

/// Writes in the manner of BurntSushi's encoder; the first failure ends it.
class TomlWriter
{
public:
    Result<std::string> write(const Value &value)
    {
        encode({}, withoutType(value));
        if (m_error)
            return *m_error;
        return std::move(m_out);
    }

private:
    void fail(std::string message)
    {
        if (!m_error)
            m_error = failure(std::move(message));
    }

    /// False after a failure, which it keeps.
    bool tableArray(const Value &value)
    {
        const Result<bool> tables = isTableArray(value);
        if (!tables)
            fail(tables.error().message);
        return tables && *tables;
    }

    void newline()
    {
        if (!m_out.empty())
            m_out += '\n';
    }

    void indent(const Key &key) { m_out.append((key.size() - 1) * 2, ' '); }

    std::string dotted(const Key &key) const
    {
        std::string text;
        for (const std::string &part : key)
            text += (text.empty() ? "" : ".") + keyText(part);
        return text;
    }

    void encode(const Key &key, const Value &value)
    {
        if (m_error || value.isNil())
            return;
        if (key.size() > MaxDepth) {
            fail("toml: too deeply nested");
            return;
        }
        if (isTable(value)) {
            table(key, value);
        } else if (tableArray(value)) {
            arrayOfTables(key, value.asList());
        } else if (!m_error) {
            keyValue(key, value, false);
        }
    }

    void table(const Key &key, const Value &content)
    {
        if (key.size() == 1)
            newline();
        if (!key.empty()) {
            indent(key);
            m_out += '[' + dotted(key) + "]\n";
        }
        entries(key, content, false);
    }

    void arrayOfTables(const Key &key, const List &list)
    {
        if (key.empty()) {
            fail("toml: top-level values must be Go maps or structs");
            return;
        }
        for (const Value &item : list.items) {
            newline();
            indent(key);
            m_out += "[[" + dotted(key) + "]]\n";
            entries(key, item, false);
        }
    }

    /// Plain values before tables, each in the order of the table.
    void entries(const Key &key, const Value &content, bool inlined)
    {
        const Entries all = entriesOf(content);
        std::vector<const Entries::value_type *> plain;
        std::vector<const Entries::value_type *> tables;
        for (const auto &entry : all) {
            const bool sub = isTable(entry.second) || tableArray(entry.second);
            (sub ? tables : plain).push_back(&entry);
        }
        for (std::size_t i = 0; i < plain.size(); ++i)
            entry(key, *plain[i], inlined, !tables.empty() || i + 1 < plain.size());
        for (std::size_t i = 0; i < tables.size(); ++i)
            entry(key, *tables[i], inlined, i + 1 < tables.size());
    }

    void entry(const Key &key, const Entries::value_type &entry, bool inlined, bool more)
    {
        if (m_error || entry.second.isNil())
            return;
        Key inner = inlined ? Key() : key;
        inner.push_back(entry.first);
        if (!inlined) {
            encode(inner, entry.second);
            return;
        }
        keyValue(inner, entry.second, true);
        if (more)
            m_out += ", ";
    }

    void keyValue(const Key &key, const Value &value, bool inlined)
    {
        if (key.empty()) {
            element(value, 0);
            return;
        }
        indent(key);
        m_out += keyText(key.back()) + " = ";
        element(value, 0);
        if (!inlined)
            newline();
    }

    void element(const Value &value, std::size_t depth)
    {
        if (depth > MaxDepth)
            fail("toml: too deeply nested");
        if (m_error)
            return;
        switch (value.kind()) {
        case Value::Kind::Nil:
            fail("toml: cannot encode array with nil element");
            break;
        case Value::Kind::String:
            m_out += quotedText(value.toString());
            break;
        case Value::Kind::Float64:
            number(value.toDouble());
            break;
        case Value::Kind::Bytes:
        case Value::Kind::List: {
            m_out += '[';
            bool first = true;
            const Value list = listOf(value);
            for (const Value &item : list.asList().items) {
                if (!std::exchange(first, false))
                    m_out += ", ";
                element(item, depth + 1);
            }
            m_out += ']';
            break;
        }
        case Value::Kind::Map:
            inlineTable(value);
            break;
        case Value::Kind::Object:
            object(value);
            break;
        default:
            m_out += printed(value);
        }
    }

    void inlineTable(const Value &value)
    {
        m_out += '{';
        entries({}, value, true);
        m_out += '}';
    }

    /// What was read without a date or an offset is written so again.
    static std::string_view layoutFor(std::string_view zone)
    {
        if (zone == "date-local")
            return "2006-01-02";
        if (zone == "time-local")
            return "15:04:05.999999999";
        return zone == "datetime-local" ? "2006-01-02T15:04:05.999999999" : "2006-01-02T15:04:05.999999999Z07:00";
    }

    void object(const Value &value)
    {
        if (const TimeObject *const time = TimeObject::from(value))
            m_out += time->time().format(layoutFor(time->time().zone->name()));
        else if (dynamic_cast<const DurationObject *>(&value.asObject()))
            m_out += quotedText(value.asObject().print());
        else if (structIn(value))
            inlineTable(value);
        else
            element(value.asObject().toTree(), 1);
    }

    void number(double value)
    {
        if (std::isnan(value) || std::isinf(value)) {
            m_out += std::signbit(value) ? "-" : "";
            m_out += std::isnan(value) ? "nan" : "inf";
            return;
        }
        std::string text;
        yaml::appendGoFloat(text, value);
        m_out += text;
        if (text.find_first_of(".e") == text.npos)
            m_out += ".0";
    }

    static constexpr std::size_t MaxDepth = 1000; ///< Where a tree that contains itself ends.

    std::string m_out;
    std::optional<Error> m_error;
};

} // namespace

Result<std::string> toToml(const Value &value)
{
    return TomlWriter().write(value);
}

} // namespace pk::tmpl::sprig
