// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/encoding.h"
#include "base/unicode.h"
#include "template/builtinbodies.h"
#include "template/printf.h"

#include <cstdio>

namespace pk::tmpl {

namespace {

/// The arguments as one text: a single string as it is, anything else printed.
std::string textOf(std::span<const Value> arguments)
{
    if (arguments.size() == 1 && arguments[0].isString())
        return arguments[0].toString();
    std::vector<Value> printable(arguments.begin(), arguments.end());
    for (Value &value : printable) {
        if (value.isNil())
            value = Value::string("<no value>");
    }
    std::string text = sprint(printable);
    // What the pointer points to; only a lone one, since nobody escapes several.
    if (arguments.size() == 1 && arguments[0].isObject() && text.starts_with('&'))
        text.erase(0, 1);
    return text;
}

std::string_view htmlEntity(char c)
{
    switch (c) {
    case '\0':
        return "\xEF\xBF\xBD";
    case '"':
        return "&#34;";
    case '\'':
        return "&#39;";
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    default:
        return {};
    }
}

void appendUnicodeEscape(std::string &out, Rune rune)
{
    char escape[12];
    out.append(
        escape, static_cast<std::size_t>(std::snprintf(escape, sizeof escape, "\\u%04X", static_cast<unsigned>(rune))));
}

void appendJs(std::string &out, const Decoded &next, std::string_view bytes)
{
    switch (next.code) {
    case '\\':
    case '\'':
    case '"':
        out += '\\';
        out += bytes;
        return;
    case '<':
    case '>':
    case '&':
    case '=':
        return appendUnicodeEscape(out, next.code);
    default:
        break;
    }
    // Every space but the ASCII one is no graphic character to unicode.IsPrint, as to ours.
    if (next.code < ' ' || (next.code >= 0x80 && !isPrintable(next.code)))
        appendUnicodeEscape(out, next.code);
    else
        out += bytes;
}

} // namespace

Result<Value> htmlBody(CallContext &, std::span<const Value> arguments)
{
    std::string out;
    for (const char c : textOf(arguments)) {
        if (const std::string_view entity = htmlEntity(c); !entity.empty())
            out += entity;
        else
            out += c;
    }
    return Value::string(std::move(out));
}

Result<Value> jsBody(CallContext &, std::span<const Value> arguments)
{
    const std::string text = textOf(arguments);
    std::string out;
    for (std::string_view rest = text; !rest.empty();) {
        const Decoded next = decodeRune(rest);
        appendJs(out, next, rest.substr(0, next.width));
        rest.remove_prefix(next.width);
    }
    return Value::string(std::move(out));
}

Result<Value> urlqueryBody(CallContext &, std::span<const Value> arguments)
{
    return Value::string(queryEscape(textOf(arguments)));
}

} // namespace pk::tmpl
