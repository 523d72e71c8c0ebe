// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/unicode.h"
#include "value/value.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace pk::tmpl {

class ComplexValue;
class GoType;

/// Flags, width and precision of one verb of a format.
struct FormatFlags
{
    bool plus = false;
    bool minus = false;
    bool sharp = false;
    bool space = false;
    bool zero = false;
    bool plusV = false; ///< %+v
    bool sharpV = false; ///< %#v
    bool hasWidth = false;
    bool hasPrecision = false;
    int width = 0;
    int precision = 0;
};

/// Writes single values under the flags of a verb: the part of Go's fmt below the parsing of formats.
class Formatter
{
public:
    explicit Formatter(std::string &out) : m_out(out) { }

    FormatFlags flags;

    /// A value under a verb, nil included.
    void print(const Value &value, Rune verb);

private:
    /// `depth`: how far inside the argument the value stands; pointers inside are addresses.
    void printElement(const Value &value, Rune verb, int depth);
    void printList(const Value &list, const std::string &type, Rune verb, int depth);
    void printMap(const Value &value, Rune verb, int depth);
    void printObject(const Value &value, Rune verb, int depth);
    void printStruct(const GoType &object, std::string_view type, Rune verb, int depth);
    bool printByMethod(const GoType &object, const Value &value, Rune verb);
    void printBytes(const Value &value, Rune verb, bool outermost);
    void printBool(const Value &value, Rune verb);
    void printInteger(const Value &number, const Value &shown, Rune verb);
    void printFloat(const Value &value, Rune verb);
    void printText(const Value &value, std::string_view text, Rune verb);
    void printComplex(const ComplexValue &number, const Value &value, Rune verb);
    void printAddress(const void *address, const Value &value, Rune verb);
    void badVerb(const Value &value, Rune verb);

    void integer(std::uint64_t value, int base, bool isSigned, Rune verb, const char *digits);
    void hexPrefixed(std::uint64_t value);
    void unicode(std::uint64_t value);
    void floating(double value, char verb, int precision);
    void hexText(std::string_view text, const char *digits);
    void quote(std::string_view text);
    void pad(std::string_view text);
    void padWithSpaces(std::string_view text);
    void padding(int count);
    std::string_view truncated(std::string_view text) const;

    std::string &m_out;
    bool m_complaining = false; ///< Within a complaint values are written without their methods.
};

} // namespace pk::tmpl
