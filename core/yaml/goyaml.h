// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// Where go-yaml v2, which Helm reads with, differs from libyaml 0.2.5, which it was made from when that was younger.
namespace pk::yaml {

/// What go-yaml says to the directives at the start of a text: it takes `%YAML 1.1` alone. Empty: nothing.
std::string versionProblem(std::string_view text);

/// Where characters begin: libyaml counts them, and leaves a byte order mark out. Asked in the order of a text, it
/// walks through that once.
class CharacterBytes
{
public:
    explicit CharacterBytes(std::string_view text) : m_text(text) { rewind(); }

    /// The byte of that character, or the end of the text.
    std::size_t byteOf(std::size_t character);

private:
    void rewind();

    std::string_view m_text;
    std::size_t m_character = 0;
    std::size_t m_byte = 0;
};

/// The line (0-based) of the first `\/` from byte `begin` to `end` of a text: an escape that go-yaml does not know.
std::optional<std::size_t> lineOfEscapedSlash(std::string_view text, std::size_t begin, std::size_t end);

/// What go-yaml puts before a problem on a line (0-based): "line 3: "; nothing on the first.
std::string linePrefix(std::size_t line);

/// Whether a text begins with a flow collection that holds nothing.
bool isEmptyFlow(std::string_view text);

/// The `:`, `?` or `-` that a text ends with but for comments and white space; 0 when it ends otherwise.
char lastIndicator(std::string_view text);

/// A text that libyaml refuses and go-yaml reads, made readable without moving a byte: one character stands in for
/// another, and is put back in the scalars that are read.
class Readable
{
public:
    explicit Readable(std::string_view text) : m_text(text) { }

    /// Repairs the place that libyaml named. False when go-yaml would refuse it as well.
    bool repair(std::string_view problem, std::size_t character);
    const std::string &text() const { return m_text; }
    /// Puts back what was replaced.
    void restore(std::string &scalar, bool doubleQuoted) const;

private:
    std::string m_text;
    char m_quoteEscape = 0; ///< The letter of an escape that stands for `\'`.
    char m_colon = 0; ///< What stands for a colon that go-yaml takes as text.
};

} // namespace pk::yaml
