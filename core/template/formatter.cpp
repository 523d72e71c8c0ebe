// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/formatter.h"

#include "base/quote.h"
#include "template/gotype.h"
#include "template/number.h"

#include <utility>

namespace pk::tmpl {

namespace {

constexpr const char *lowerDigits = "0123456789abcdefx";
constexpr const char *upperDigits = "0123456789ABCDEFX";

/// The rune that an integer stands for under %c and %q.
Rune runeOf(std::uint64_t value)
{
    return value > static_cast<std::uint64_t>(maxRune) ? runeError : static_cast<Rune>(value);
}

/// Where a slice, a map or what a pointer points to lies; null for all else.
const void *addressOf(const Value &value)
{
    if (value.isList())
        return &value.asList();
    if (value.isMap())
        return &value.asMap();
    if (value.kind() == Value::Kind::Bytes)
        return value.toString().data();
    return value.isObject() && value.asObject().kindName() != "struct" ? &value.asObject() : nullptr;
}

} // namespace

void Formatter::badVerb(const Value &value, Rune verb)
{
    m_out += "%!";
    appendRune(m_out, verb);
    m_out += '(';
    if (value.isNil()) {
        m_out += "<nil>";
    } else {
        m_out += value.typeName();
        m_out += '=';
        const bool before = std::exchange(m_complaining, true);
        print(value, 'v');
        m_complaining = before;
    }
    m_out += ')';
}

void Formatter::print(const Value &value, Rune verb)
{
    if (value.isNil()) {
        if (verb == 'T' || verb == 'v')
            pad("<nil>");
        else
            badVerb(value, verb);
    } else if (verb == 'T') {
        pad(truncated(value.typeName()));
    } else if (verb == 'p') {
        printAddress(addressOf(value), value, verb);
    } else if (value.kind() == Value::Kind::Bytes) {
        printBytes(value, verb, true);
    } else {
        printElement(value, verb, 0);
    }
}

void Formatter::printElement(const Value &value, Rune verb, int depth)
{
    // %w wants an error; simple kinds refuse it themselves.
    if (verb == 'w' && !m_complaining && (value.isList() || value.isMap() || value.isObject()))
        return badVerb(value, verb);
    switch (value.kind()) {
    case Value::Kind::Nil:
        m_out += flags.sharpV ? "interface {}(nil)" : "<nil>";
        break;
    case Value::Kind::Bool:
        printBool(value, verb);
        break;
    case Value::Kind::Int:
    case Value::Kind::Int64:
    case Value::Kind::Uint64:
    case Value::Kind::Uint8:
        printInteger(value, value, verb);
        break;
    case Value::Kind::Float64:
        printFloat(value, verb);
        break;
    case Value::Kind::String:
        printText(value, value.toString(), verb);
        break;
    case Value::Kind::Bytes:
        printBytes(value, verb, false);
        break;
    case Value::Kind::List:
        printList(value, value.typeName(), verb, depth);
        break;
    case Value::Kind::Map:
        printMap(value, verb, depth);
        break;
    case Value::Kind::Object:
        printObject(value, verb, depth);
        break;
    }
}

void Formatter::printBool(const Value &value, Rune verb)
{
    if (verb == 't' || verb == 'v')
        pad(value.toBool() ? "true" : "false");
    else
        badVerb(value, verb);
}

/// `shown` is the number itself, or the object of a named type that it stands for.
void Formatter::printInteger(const Value &number, const Value &shown, Rune verb)
{
    const bool isSigned = number.kind() == Value::Kind::Int || number.kind() == Value::Kind::Int64;
    const std::uint64_t bits = isSigned ? static_cast<std::uint64_t>(number.toInt()) : number.toUint();
    switch (verb) {
    case 'v':
        if (flags.sharpV && !isSigned)
            return hexPrefixed(bits);
        [[fallthrough]];
    case 'd':
        return integer(bits, 10, isSigned, verb, lowerDigits);
    case 'b':
        return integer(bits, 2, isSigned, verb, lowerDigits);
    case 'o':
    case 'O':
        return integer(bits, 8, isSigned, verb, lowerDigits);
    case 'x':
        return integer(bits, 16, isSigned, verb, lowerDigits);
    case 'X':
        return integer(bits, 16, isSigned, verb, upperDigits);
    case 'c': {
        std::string text;
        appendRune(text, runeOf(bits));
        return pad(text);
    }
    case 'q':
        return pad(goQuoteRune(runeOf(bits), flags.plus));
    case 'U':
        return unicode(bits);
    default:
        badVerb(shown, verb);
    }
}

void Formatter::printFloat(const Value &value, Rune verb)
{
    switch (verb) {
    case 'v':
        return floating(value.toDouble(), 'g', -1);
    case 'b':
    case 'g':
    case 'G':
    case 'x':
    case 'X':
        return floating(value.toDouble(), static_cast<char>(verb), -1);
    case 'f':
    case 'e':
    case 'E':
        return floating(value.toDouble(), static_cast<char>(verb), 6);
    case 'F':
        return floating(value.toDouble(), 'f', 6);
    default:
        badVerb(value, verb);
    }
}

void Formatter::printText(const Value &value, std::string_view text, Rune verb)
{
    switch (verb) {
    case 'v':
        if (flags.sharpV)
            return quote(text);
        [[fallthrough]];
    case 's':
        return pad(truncated(text));
    case 'x':
        return hexText(text, lowerDigits);
    case 'X':
        return hexText(text, upperDigits);
    case 'q':
        return quote(text);
    default:
        badVerb(value, verb);
    }
}

void Formatter::printBytes(const Value &value, Rune verb, bool outermost)
{
    if (verb == 's' || verb == 'x' || verb == 'X' || verb == 'q')
        return printText(value, value.toString(), verb);
    const bool goSyntax = flags.sharpV;
    const bool knownVerb = verb == 'v' || verb == 'd';
    m_out += !goSyntax ? "[" : knownVerb && outermost ? "[]byte{" : "[]uint8{";
    bool first = true;
    for (const char c : value.toString()) {
        if (!std::exchange(first, false))
            m_out += goSyntax ? ", " : " ";
        const auto byte = static_cast<unsigned char>(c);
        if (goSyntax && knownVerb)
            hexPrefixed(byte);
        else
            printElement(Value::unsignedInteger(byte, Value::Kind::Uint8), verb, 1);
    }
    m_out += goSyntax ? '}' : ']';
}

void Formatter::printList(const Value &list, const std::string &type, Rune verb, int depth)
{
    if (flags.sharpV && list.asList().null) {
        m_out += type + "(nil)";
        return;
    }
    m_out += flags.sharpV ? type + "{" : "[";
    bool first = true;
    for (const Value &item : list.asList().items) {
        if (!std::exchange(first, false))
            m_out += flags.sharpV ? ", " : " ";
        printElement(item, verb, depth + 1);
    }
    m_out += flags.sharpV ? '}' : ']';
}

void Formatter::printMap(const Value &value, Rune verb, int depth)
{
    if (flags.sharpV && value.asMap().null) {
        m_out += value.typeName() + "(nil)";
        return;
    }
    m_out += flags.sharpV ? value.typeName() + "{" : "map[";
    bool first = true;
    for (const Map::Entry &entry : value.asMap()) {
        if (!std::exchange(first, false))
            m_out += flags.sharpV ? ", " : " ";
        printElement(Value::string(entry.key), verb, depth + 1);
        m_out += ':';
        printElement(entry.value, verb, depth + 1);
    }
    m_out += flags.sharpV ? '}' : ']';
}

void Formatter::printObject(const Value &value, Rune verb, int depth)
{
    if (const ComplexValue *number = complexIn(value))
        return printComplex(*number, value, verb);
    const GoType *const object = goTypeIn(value);
    if (!object)
        return printText(value, value.asObject().print(), verb);
    if (printByMethod(*object, value, verb))
        return;
    const std::string kind = value.asObject().kindName();
    const std::string type = value.typeName();
    if (kind == "struct") {
        printStruct(*object, type, verb, depth);
    } else if (kind == "ptr") {
        if (depth > 0 || object->isNull())
            return printAddress(object->isNull() ? nullptr : addressOf(value), value, verb);
        m_out += '&';
        printStruct(*object, std::string_view(type).substr(1), verb, depth);
    } else if (const Value plain = value.asObject().toTree(); plain.isList()) {
        printList(plain, type, verb, depth);
    } else {
        printInteger(plain, value, verb);
    }
}

/// Go's GoStringer serves %#v, Stringer the verbs of texts; all others look into the object.
bool Formatter::printByMethod(const GoType &object, const Value &value, Rune verb)
{
    if (m_complaining)
        return false;
    if (flags.sharpV) {
        const std::optional<std::string> text = object.goText();
        if (text)
            pad(truncated(*text));
        return text.has_value();
    }
    if (std::string_view("vsxXq").find(static_cast<char>(verb)) == std::string_view::npos)
        return false;
    const std::optional<std::string> text = object.text();
    if (text)
        printText(value, *text, verb);
    return text.has_value();
}

void Formatter::printStruct(const GoType &object, std::string_view type, Rune verb, int depth)
{
    if (flags.sharpV)
        m_out += type;
    m_out += '{';
    bool first = true;
    for (const GoType::Field &field : object.fields()) {
        if (!std::exchange(first, false))
            m_out += flags.sharpV ? ", " : " ";
        if (flags.plusV || flags.sharpV)
            m_out += field.name + ':';
        printElement(field.value, verb, depth + 1);
    }
    m_out += '}';
}

void Formatter::printComplex(const ComplexValue &number, const Value &value, Rune verb)
{
    if (std::string_view("vbgGxXfFeE").find(static_cast<char>(verb)) == std::string_view::npos)
        return badVerb(value, verb);
    m_out += '(';
    printFloat(Value::number(number.value.real()), verb);
    const bool plus = std::exchange(flags.plus, true);
    printFloat(Value::number(number.value.imag()), verb);
    flags.plus = plus;
    m_out += "i)";
}

/// A pointer, or under %p what has an address.
void Formatter::printAddress(const void *address, const Value &value, Rune verb)
{
    const auto number = reinterpret_cast<std::uintptr_t>(address);
    const auto hex = [&](bool prefixed) {
        const bool sharp = std::exchange(flags.sharp, prefixed);
        integer(number, 16, false, 'v', lowerDigits);
        flags.sharp = sharp;
    };
    switch (verb) {
    case 'v':
        if (!flags.sharpV)
            return address ? hex(!flags.sharp) : pad("<nil>");
        m_out += '(' + value.typeName() + ")(";
        if (address)
            hex(true);
        else
            m_out += "nil";
        m_out += ')';
        break;
    case 'p':
        if (!address)
            return badVerb(value, verb);
        return hex(!flags.sharp);
    case 'b':
    case 'd':
    case 'o':
    case 'x':
    case 'X':
        return printInteger(Value::unsignedInteger(number), value, verb);
    default:
        badVerb(value, verb);
    }
}

} // namespace pk::tmpl
