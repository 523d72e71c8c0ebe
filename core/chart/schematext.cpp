// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/schematext.h"

#include "base/quote.h"
#include "chart/schemaparts.h"
#include "yaml/gofloat.h"

#include <cmath>

namespace pk::chart::schema {

std::string quoted(std::string_view text)
{
    const std::string go = goQuote(text);
    std::string out = "'";
    for (std::size_t i = 1; i + 1 < go.size(); ++i) {
        if (go[i] == '\\' && go[i + 1] == '"')
            continue;
        if (go[i] == '\\') {
            out += go[i++];
            out += go[i];
        } else if (go[i] == '\'') {
            out += "\\'";
        } else {
            out += go[i];
        }
    }
    return out + "'";
}

std::string quotedList(const std::vector<std::string> &items)
{
    std::string out;
    for (const std::string &item : items)
        out += (out.empty() ? "" : ", ") + quoted(item);
    return out;
}

std::string commaList(const std::vector<std::string> &items)
{
    std::string out;
    for (const std::string &item : items)
        out += (out.empty() ? "" : ", ") + item;
    return out;
}

std::string typeList(unsigned types, std::string_view separator)
{
    static constexpr const char *names[] = {"null", "boolean", "number", "integer", "string", "array", "object"};
    std::string out;
    for (unsigned bit = 0; bit < 7; ++bit) {
        if (types & (1U << bit)) {
            if (!out.empty())
                out += separator;
            out += names[bit];
        }
    }
    return out;
}

std::string displayValue(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::Nil:
        return "<nil>";
    case Value::Kind::Bool:
        return value.toBool() ? "true" : "false";
    case Value::Kind::String:
        return quoted(value.toString());
    case Value::Kind::Float64: {
        std::string out; // The schema's numbers keep the form of their text: no exponents for what people write.
        yaml::appendJsonFloat(out, value.toDouble());
        return out;
    }
    case Value::Kind::List:
        return "list";
    case Value::Kind::Map:
        return "map";
    default:
        return std::to_string(value.integerOr(0));
    }
}

namespace {

std::string grouped(std::string digits)
{
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

std::string superscript(std::string_view digits)
{
    static constexpr const char *raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    std::string out;
    for (const char c : digits)
        out += c == '-' ? "⁻" : c == '+' ? "" : raised[c - '0'];
    return out;
}

} // namespace

std::string groupedNumber(std::size_t number)
{
    return grouped(std::to_string(number));
}

std::string localNumber(double number)
{
    std::string text;
    yaml::appendGoFloat(text, number);
    const std::string sign = text.starts_with('-') ? "-" : "";
    text.erase(0, sign.size());
    if (const auto e = text.find('e'); e != std::string::npos)
        return sign + text.substr(0, e) + "×10" + superscript(std::string_view(text).substr(e + 1));
    const auto dot = text.find('.');
    const std::string fraction = dot == std::string::npos ? "" : text.substr(dot);
    return sign + grouped(text.substr(0, dot)) + fraction;
}

} // namespace pk::chart::schema
