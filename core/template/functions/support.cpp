// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/support.h"

#include "base/unicode.h"
#include "template/printf.h"

namespace pk::tmpl::sprig {

Value nilSlice(ListType type)
{
    auto list = Ref<List>::make(std::vector<Value>(), type);
    list->null = true;
    return Value::of(std::move(list));
}

Value listOf(const Value &slice)
{
    if (slice.isList())
        return slice;
    if (slice.isObject())
        return slice.asObject().toTree();
    std::vector<Value> bytes;
    bytes.reserve(slice.toString().size());
    for (const char byte : slice.toString())
        bytes.push_back(Value::unsignedInteger(static_cast<unsigned char>(byte), Value::Kind::Uint8));
    return Value::list(std::move(bytes));
}

std::string kindName(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::Nil:
        return "invalid";
    case Value::Kind::List:
    case Value::Kind::Bytes:
        return "slice";
    case Value::Kind::Map:
        return "map";
    case Value::Kind::Object:
        return value.asObject().typeName().starts_with('*') ? "ptr" : value.asObject().kindName();
    default:
        return value.typeName();
    }
}

bool isEmpty(const Value &value)
{
    if (value.isObject() && kindName(value) != "struct" && kindName(value) != "ptr")
        return !value.asObject().toTree().isTruthy();
    return !value.isTruthy();
}

std::string printed(const Value &value)
{
    std::string text;
    appendPrinted(text, value);
    return text;
}

std::string strval(const Value &value)
{
    return value.kind() == Value::Kind::Bytes ? value.toString() : printed(value);
}

std::vector<std::string> toStrings(const Value &value)
{
    std::vector<std::string> texts;
    const auto add = [&texts](const Value &one) {
        if (!one.isNil())
            texts.push_back(strval(one));
    };
    if (!isSlice(value)) {
        add(value);
        return texts;
    }
    const Value list = listOf(value);
    texts.reserve(list.asList().items.size());
    for (const Value &element : list.asList().items)
        add(element);
    return texts;
}

std::vector<std::string_view> splitText(std::string_view text, std::string_view separator, std::int64_t limit)
{
    std::vector<std::string_view> parts;
    if (limit == 0)
        return parts;
    const auto isLast = [&] { return limit > 0 && static_cast<std::int64_t>(parts.size()) == limit - 1; };
    if (separator.empty()) {
        while (!text.empty() && !isLast()) {
            const std::size_t size = decodeRune(text).width;
            parts.push_back(text.substr(0, size));
            text.remove_prefix(size);
        }
        if (!text.empty())
            parts.push_back(text);
        return parts;
    }
    for (std::size_t at; !isLast() && (at = text.find(separator)) != text.npos;) {
        parts.push_back(text.substr(0, at));
        text.remove_prefix(at + separator.size());
    }
    parts.push_back(text);
    return parts;
}

std::uint64_t countOf(std::string_view text, std::string_view part)
{
    if (part.empty())
        return text.size() + 1;
    std::uint64_t count = 0;
    for (std::size_t at = 0; (at = text.find(part, at)) != text.npos; at += part.size())
        ++count;
    return count;
}

std::string joinTexts(const std::vector<std::string> &parts, std::string_view separator)
{
    std::string joined;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0)
            joined += separator;
        joined += parts[i];
    }
    return joined;
}

std::string replaceAll(std::string_view text, std::string_view from, std::string_view to, std::uint64_t most)
{
    std::string result;
    if (from.empty()) {
        while (!text.empty() && result.size() <= most) {
            const std::size_t size = decodeRune(text).width;
            result += to;
            result += text.substr(0, size);
            text.remove_prefix(size);
        }
        return result += to;
    }
    for (std::size_t at; result.size() <= most && (at = text.find(from)) != text.npos;) {
        result += text.substr(0, at);
        result += to;
        text.remove_prefix(at + from.size());
    }
    return result += text;
}

} // namespace pk::tmpl::sprig
