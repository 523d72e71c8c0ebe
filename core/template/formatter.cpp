// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/formatter.h"

#include "base/quote.h"
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
        print(value, 'v');
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
        printPointer(value);
    } else if (value.kind() == Value::Kind::Bytes) {
        printBytes(value, verb, true);
    } else {
        printElement(value, verb);
    }
}

void Formatter::printElement(const Value &value, Rune verb)
{
    // %w wants an error; simple kinds refuse it themselves.
    if (verb == 'w' && (value.isList() || value.isMap() || value.isObject()))
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
        printInteger(value, verb);
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
        printList(value, verb);
        break;
    case Value::Kind::Map:
        printMap(value, verb);
        break;
    case Value::Kind::Object:
        printObject(value, verb);
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

void Formatter::printInteger(const Value &value, Rune verb)
{
    const bool isSigned = value.kind() == Value::Kind::Int || value.kind() == Value::Kind::Int64;
    const std::uint64_t bits = isSigned ? static_cast<std::uint64_t>(value.toInt()) : value.toUint();
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
        badVerb(value, verb);
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
            printInteger(Value::unsignedInteger(byte, Value::Kind::Uint8), verb);
    }
    m_out += goSyntax ? '}' : ']';
}

void Formatter::printList(const Value &value, Rune verb)
{
    if (flags.sharpV && value.asList().null) {
        m_out += value.typeName() + "(nil)";
        return;
    }
    m_out += flags.sharpV ? value.typeName() + "{" : "[";
    bool first = true;
    for (const Value &item : value.asList().items) {
        if (!std::exchange(first, false))
            m_out += flags.sharpV ? ", " : " ";
        printElement(item, verb);
    }
    m_out += flags.sharpV ? '}' : ']';
}

void Formatter::printMap(const Value &value, Rune verb)
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
        printElement(Value::string(entry.key), verb);
        m_out += ':';
        printElement(entry.value, verb);
    }
    m_out += flags.sharpV ? '}' : ']';
}

void Formatter::printObject(const Value &value, Rune verb)
{
    if (const ComplexValue *number = complexIn(value))
        return printComplex(*number, value, verb);
    // Go's Stringer serves the verbs of texts; the others look into the object.
    switch (verb) {
    case 'v':
    case 's':
    case 'x':
    case 'X':
    case 'q':
        return printText(value, value.asObject().print(), verb);
    default:
        badVerb(value, verb);
    }
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

void Formatter::printPointer(const Value &value)
{
    const void *address = value.isList()     ? static_cast<const void *>(&value.asList())
        : value.isMap()                      ? static_cast<const void *>(&value.asMap())
        : value.isObject()                   ? static_cast<const void *>(&value.asObject())
        : value.kind() == Value::Kind::Bytes ? static_cast<const void *>(value.toString().data())
                                             : nullptr;
    if (!address)
        return badVerb(value, 'p');
    const bool sharp = std::exchange(flags.sharp, !flags.sharp);
    integer(reinterpret_cast<std::uintptr_t>(address), 16, false, 'v', lowerDigits);
    flags.sharp = sharp;
}

} // namespace pk::tmpl
