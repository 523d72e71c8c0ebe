// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/printf.h"

#include "template/formatter.h"

namespace pk::tmpl {

namespace {

bool isTooLarge(std::int64_t number)
{
    return number > 1'000'000 || number < -1'000'000;
}

/// Walks through one format. Go's names for what goes wrong are texts in the output.
class FormatRun
{
public:
    FormatRun(std::string_view format, std::span<const Value> arguments) : m_format(format), m_arguments(arguments) { }

    std::string run();

private:
    bool atEnd() const { return m_at >= m_format.size(); }
    bool at(char c) const { return !atEnd() && m_format[m_at] == c; }
    void readFlags();
    void readArgumentNumber();
    void readWidth();
    void readPrecision();
    bool readNumber(int &number);
    bool numberFromArgument(int &number);
    void printVerb();
    void printExtra();

    std::string_view m_format;
    std::span<const Value> m_arguments;
    std::string m_out;
    Formatter m_formatter{m_out};
    std::size_t m_at = 0; ///< In the format.
    std::size_t m_next = 0; ///< Argument.
    bool m_reordered = false; ///< Some [n] was used: extra arguments are no mistake.
    bool m_goodNumber = true;
    bool m_afterIndex = false;
};

std::string FormatRun::run()
{
    while (!atEnd()) {
        m_goodNumber = true;
        const std::size_t percent = std::min(m_format.find('%', m_at), m_format.size());
        m_out += m_format.substr(m_at, percent - m_at);
        m_at = percent;
        if (atEnd())
            break;
        ++m_at;
        m_formatter.flags = {};
        m_afterIndex = false;
        readFlags();
        readArgumentNumber();
        readWidth();
        readPrecision();
        if (!m_afterIndex)
            readArgumentNumber();
        if (atEnd()) {
            m_out += "%!(NOVERB)";
            break;
        }
        printVerb();
    }
    if (!m_reordered && m_next < m_arguments.size())
        printExtra();
    return std::move(m_out);
}

void FormatRun::readFlags()
{
    FormatFlags &flags = m_formatter.flags;
    for (; !atEnd(); ++m_at) {
        switch (m_format[m_at]) {
        case '#':
            flags.sharp = true;
            break;
        case '0':
            flags.zero = true;
            break;
        case '+':
            flags.plus = true;
            break;
        case '-':
            flags.minus = true;
            break;
        case ' ':
            flags.space = true;
            break;
        default:
            return;
        }
    }
}

void FormatRun::readArgumentNumber()
{
    m_afterIndex = false;
    if (!at('['))
        return;
    m_reordered = true;
    const std::size_t close = m_format.find(']', m_at + 1);
    if (m_format.size() - m_at < 3 || close == std::string_view::npos) {
        m_goodNumber = false;
        ++m_at;
        return;
    }
    ++m_at;
    int number = 0;
    const bool isNumber = readNumber(number) && m_at == close;
    m_at = close + 1;
    m_afterIndex = isNumber;
    if (isNumber && number >= 1 && static_cast<std::size_t>(number) <= m_arguments.size())
        m_next = static_cast<std::size_t>(number) - 1;
    else
        m_goodNumber = false;
}

bool FormatRun::readNumber(int &number)
{
    number = 0;
    bool found = false;
    for (; !atEnd() && m_format[m_at] >= '0' && m_format[m_at] <= '9'; ++m_at) {
        if (isTooLarge(number)) {
            m_at = m_format.size();
            number = 0;
            return false;
        }
        number = number * 10 + (m_format[m_at] - '0');
        found = true;
    }
    return found;
}

bool FormatRun::numberFromArgument(int &number)
{
    number = 0;
    if (m_next >= m_arguments.size())
        return false;
    const Value &value = m_arguments[m_next++];
    std::int64_t integer = 0;
    switch (value.kind()) {
    case Value::Kind::Int:
    case Value::Kind::Int64:
        integer = value.toInt();
        break;
    case Value::Kind::Uint64:
    case Value::Kind::Uint8:
        integer = static_cast<std::int64_t>(value.toUint());
        break;
    default:
        return false;
    }
    if (isTooLarge(integer))
        return false;
    number = static_cast<int>(integer);
    return true;
}

void FormatRun::readWidth()
{
    FormatFlags &flags = m_formatter.flags;
    if (at('*')) {
        ++m_at;
        flags.hasWidth = numberFromArgument(flags.width);
        if (!flags.hasWidth)
            m_out += "%!(BADWIDTH)";
        if (flags.width < 0) {
            flags.width = -flags.width;
            flags.minus = true;
            flags.zero = false;
        }
        m_afterIndex = false;
        return;
    }
    flags.hasWidth = readNumber(flags.width);
    if (m_afterIndex && flags.hasWidth)
        m_goodNumber = false; // "%[3]2d"
}

void FormatRun::readPrecision()
{
    FormatFlags &flags = m_formatter.flags;
    if (!at('.') || m_at + 1 >= m_format.size())
        return;
    ++m_at;
    if (m_afterIndex)
        m_goodNumber = false; // "%[3].2d"
    readArgumentNumber();
    if (at('*')) {
        ++m_at;
        flags.hasPrecision = numberFromArgument(flags.precision);
        if (flags.precision < 0) {
            flags.precision = 0;
            flags.hasPrecision = false;
        }
        if (!flags.hasPrecision)
            m_out += "%!(BADPREC)";
        m_afterIndex = false;
        return;
    }
    readNumber(flags.precision);
    flags.hasPrecision = true;
}

void FormatRun::printVerb()
{
    const Decoded verb = decodeRune(m_format.substr(m_at));
    m_at += verb.width;
    const auto complain = [&](const char *what) {
        m_out += "%!";
        appendRune(m_out, verb.code);
        m_out += what;
    };
    if (verb.code == '%') {
        m_out += '%';
    } else if (!m_goodNumber) {
        complain("(BADINDEX)");
    } else if (m_next >= m_arguments.size()) {
        complain("(MISSING)");
    } else {
        FormatFlags &flags = m_formatter.flags;
        if (verb.code == 'v' || verb.code == 'w') {
            flags.sharpV = std::exchange(flags.sharp, false);
            flags.plusV = std::exchange(flags.plus, false);
        }
        m_formatter.print(m_arguments[m_next++], verb.code);
    }
}

void FormatRun::printExtra()
{
    m_formatter.flags = {};
    m_out += "%!(EXTRA ";
    for (std::size_t i = m_next; i < m_arguments.size(); ++i) {
        const Value &value = m_arguments[i];
        if (i > m_next)
            m_out += ", ";
        if (!value.isNil()) {
            m_out += value.typeName();
            m_out += '=';
        }
        m_formatter.print(value, 'v');
    }
    m_out += ')';
}

} // namespace

std::string sprintf(std::string_view format, std::span<const Value> arguments)
{
    return FormatRun(format, arguments).run();
}

void appendPrinted(std::string &out, const Value &value)
{
    if (value.isString())
        out += value.toString();
    else
        Formatter(out).print(value, 'v');
}

std::string sprint(std::span<const Value> arguments)
{
    std::string out;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (i > 0 && !arguments[i].isString() && !arguments[i - 1].isString())
            out += ' ';
        appendPrinted(out, arguments[i]);
    }
    return out;
}

std::string sprintln(std::span<const Value> arguments)
{
    std::string out;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (i > 0)
            out += ' ';
        appendPrinted(out, arguments[i]);
    }
    out += '\n';
    return out;
}

} // namespace pk::tmpl
