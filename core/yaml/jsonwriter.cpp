// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/encoding.h"
#include "base/unicode.h"
#include "yaml/gofloat.h"
#include "yaml/json.h"
#include "yaml/nesting.h"

#include <charconv>
#include <cmath>

namespace pk::yaml {

namespace {

constexpr int maxDepth = 5'000; // ours: Go has a stack without end

/// Writes one tree; the first thing that JSON cannot hold ends it.
class Writer
{
public:
    Writer(std::string &out, HtmlEscape escape, bool pretty) :
        m_out(out), m_escapeHtml(escape == HtmlEscape::On), m_pretty(pretty)
    {
    }

    bool write(const Value &value)
    {
        switch (value.kind()) {
        case Value::Kind::Nil:
            m_out += "null";
            return true;
        case Value::Kind::Bool:
            m_out += value.toBool() ? "true" : "false";
            return true;
        case Value::Kind::Int:
        case Value::Kind::Int64:
            writeInteger(value.toInt());
            return true;
        case Value::Kind::Uint64:
        case Value::Kind::Uint8:
            writeInteger(value.toUint());
            return true;
        case Value::Kind::Float64:
            return writeFloat(value.toDouble());
        case Value::Kind::String:
            writeString(value.toString());
            return true;
        case Value::Kind::Bytes:
            m_out += '"' + base64Encode(value.toString()) + '"';
            return true;
        case Value::Kind::List:
            return writeList(value.asList());
        case Value::Kind::Map:
            return writeMap(value.asMap());
        case Value::Kind::Object:
            return writeObject(value.asObject());
        }
        return true;
    }

    Error problem() const { return {m_isTooDeep ? Error::Code::LimitExceeded : Error::Code::InvalidInput, m_problem}; }

private:
    template <class Integer> void writeInteger(Integer value)
    {
        char buffer[24];
        m_out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
    }

    bool writeFloat(double value)
    {
        if (!std::isfinite(value)) {
            m_problem = "json: unsupported value: ";
            appendGoFloat(m_problem, value);
            return false;
        }
        appendJsonFloat(m_out, value);
        return true;
    }

    void writeString(std::string_view text)
    {
        m_out += '"';
        std::size_t copied = 0;
        for (std::size_t i = 0; i < text.size();) {
            const auto byte = static_cast<unsigned char>(text[i]);
            if (byte < 0x80 && !needsEscape(byte)) {
                ++i;
                continue;
            }
            const Decoded rune = decodeRune(text, i);
            const bool separator = rune.code == 0x2028 || rune.code == 0x2029;
            if (byte >= 0x80 && rune.isValid() && !separator) {
                i += rune.width;
                continue;
            }
            m_out.append(text.substr(copied, i - copied));
            if (rune.isValid())
                writeEscaped(rune.code);
            else
                m_out += "\\ufffd";
            i += rune.width;
            copied = i;
        }
        m_out.append(text.substr(copied));
        m_out += '"';
    }

    bool needsEscape(unsigned char byte) const
    {
        return byte < 0x20 || byte == '"' || byte == '\\'
            || (m_escapeHtml && (byte == '<' || byte == '>' || byte == '&'));
    }

    void writeEscaped(char32_t code)
    {
        m_out += '\\';
        switch (code) {
        case '"':
            m_out += '"';
            return;
        case '\\':
            m_out += '\\';
            return;
        case '\b':
            m_out += 'b';
            return;
        case '\f':
            m_out += 'f';
            return;
        case '\n':
            m_out += 'n';
            return;
        case '\r':
            m_out += 'r';
            return;
        case '\t':
            m_out += 't';
            return;
        default:
            break;
        }
        m_out += 'u';
        for (int shift = 12; shift >= 0; shift -= 4)
            m_out += "0123456789abcdef"[(code >> shift) & 0xF];
    }

    void newLine()
    {
        if (m_pretty) {
            m_out += '\n';
            m_out.append(2 * static_cast<std::size_t>(m_nesting.depth()), ' ');
        }
    }

    bool enter(const void *container, const std::string &type)
    {
        switch (m_nesting.enter(container)) {
        case Nesting::Verdict::Cycle:
            m_problem = "json: unsupported value: encountered a cycle via " + type;
            return false;
        case Nesting::Verdict::TooDeep:
            m_problem = "a value is nested too deeply";
            m_isTooDeep = true;
            return false;
        case Nesting::Verdict::Fine:
            break;
        }
        return true;
    }

    bool writeList(const List &list)
    {
        if (list.items.empty()) {
            m_out += list.null ? "null" : "[]";
            return true;
        }
        if (!enter(&list, "[]interface {}"))
            return false;
        m_out += '[';
        bool first = true;
        for (const Value &item : list.items) {
            if (!std::exchange(first, false))
                m_out += ',';
            newLine();
            if (!write(item))
                return false;
        }
        m_nesting.leave();
        newLine();
        m_out += ']';
        return true;
    }

    bool writeMap(const Map &map)
    {
        if (map.isEmpty()) {
            m_out += map.null ? "null" : "{}";
            return true;
        }
        if (!enter(&map, "map[string]interface {}"))
            return false;
        m_out += '{';
        bool first = true;
        for (const Map::Entry &entry : map) {
            if (!writeMember(entry.key, entry.value, first))
                return false;
        }
        m_nesting.leave();
        newLine();
        m_out += '}';
        return true;
    }

    bool writeObject(const Object &object)
    {
        const auto *const ordered = dynamic_cast<const OrderedObject *>(&object);
        if (!ordered)
            return write(object.toTree());
        if (!enter(&object, object.typeName()))
            return false;
        m_out += '{';
        bool first = true;
        for (const auto &[name, value] : ordered->members()) {
            if (!writeMember(name, value, first))
                return false;
        }
        m_nesting.leave();
        newLine();
        m_out += '}';
        return true;
    }

    bool writeMember(std::string_view name, const Value &value, bool &first)
    {
        if (!std::exchange(first, false))
            m_out += ',';
        newLine();
        writeString(name);
        m_out += m_pretty ? ": " : ":";
        return write(value);
    }

    std::string &m_out;
    bool m_escapeHtml;
    bool m_pretty;
    Nesting m_nesting{maxDepth};
    std::string m_problem;
    bool m_isTooDeep = false;
};

Result<void> append(std::string &out, const Value &value, HtmlEscape escape, bool pretty)
{
    const std::size_t before = out.size();
    Writer writer(out, escape, pretty);
    if (writer.write(value))
        return {};
    out.resize(before);
    return writer.problem();
}

} // namespace

Result<void> appendJson(std::string &out, const Value &value, HtmlEscape escape)
{
    return append(out, value, escape, false);
}

Result<void> appendPrettyJson(std::string &out, const Value &value, HtmlEscape escape)
{
    return append(out, value, escape, true);
}

std::string toJson(const Value &value, HtmlEscape escape)
{
    std::string out;
    const Result<void> done = appendJson(out, value, escape);
    return done ? out : std::string();
}

} // namespace pk::yaml
