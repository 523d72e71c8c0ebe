// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/goregex.h"

#include "base/ascii.h"
#include "base/unicode.h"

#include <re2/re2.h>

#include <algorithm>
#include <map>

namespace pk::tmpl::sprig {

namespace {

constexpr std::int64_t MaxMemory = std::int64_t(64) << 20;
constexpr std::size_t MaxKept = 64;

re2::StringPiece piece(std::string_view text)
{
    return {text.data(), text.size()};
}

/// Unicode's long names of categories, without separators.
constexpr std::pair<std::string_view, std::string_view> CategoryNames[] = {{"letter", "L"}, {"uppercaseletter", "Lu"},
    {"lowercaseletter", "Ll"}, {"titlecaseletter", "Lt"}, {"modifierletter", "Lm"}, {"otherletter", "Lo"},
    {"mark", "M"}, {"combiningmark", "M"}, {"nonspacingmark", "Mn"}, {"spacingmark", "Mc"}, {"enclosingmark", "Me"},
    {"number", "N"}, {"decimalnumber", "Nd"}, {"digit", "Nd"}, {"letternumber", "Nl"}, {"othernumber", "No"},
    {"punctuation", "P"}, {"punct", "P"}, {"connectorpunctuation", "Pc"}, {"dashpunctuation", "Pd"},
    {"openpunctuation", "Ps"}, {"closepunctuation", "Pe"}, {"initialpunctuation", "Pi"}, {"finalpunctuation", "Pf"},
    {"otherpunctuation", "Po"}, {"symbol", "S"}, {"mathsymbol", "Sm"}, {"currencysymbol", "Sc"},
    {"modifiersymbol", "Sk"}, {"othersymbol", "So"}, {"separator", "Z"}, {"spaceseparator", "Zs"},
    {"lineseparator", "Zl"}, {"paragraphseparator", "Zp"}, {"other", "C"}, {"control", "Cc"}, {"cntrl", "Cc"},
    {"format", "Cf"}, {"surrogate", "Cs"}, {"privateuse", "Co"}};

/// What stands between the braces of \p{...}, as RE2 knows it: since 1.25 Go takes long names and looks at neither
/// case nor separators.
std::string className(std::string_view name)
{
    std::string result;
    if (name.starts_with('^')) {
        result = "^";
        name.remove_prefix(1);
    }
    std::string bare;
    std::string capitalized;
    bool startsWord = true;
    for (const char c : name) {
        if (c == ' ' || c == '_' || c == '-') {
            startsWord = true;
            continue;
        }
        const char lower = ascii::toLower(c);
        const char upper = lower >= 'a' && lower <= 'z' ? static_cast<char>(lower - 'a' + 'A') : lower;
        bare += lower;
        if (startsWord && !capitalized.empty())
            capitalized += '_';
        capitalized += startsWord ? upper : lower;
        startsWord = false;
    }
    for (const auto &[longName, category] : CategoryNames) {
        if (longName == bare)
            return result.append(category);
    }
    const bool asWritten = !name.empty() && name[0] >= 'A' && name[0] <= 'Z' && name.find_first_of(" -") == name.npos;
    return result.append(asWritten ? name : std::string_view(capitalized));
}

/// Go reads (?<name> since 1.22, this RE2 only (?P<name>.
std::string withNamedGroups(std::string_view pattern)
{
    std::string result;
    bool inClass = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const std::string_view rest = pattern.substr(i);
        const std::size_t brace = rest.find('}');
        if ((rest.starts_with("\\p{") || rest.starts_with("\\P{")) && brace != rest.npos) {
            result.append(rest.substr(0, 3)).append(className(rest.substr(3, brace - 3))).append("}");
            i += brace;
            continue;
        }
        if (rest[0] == '\\' && rest.size() > 1) {
            result += rest.substr(0, 2);
            ++i;
            continue;
        }
        if (rest[0] == '[' && !inClass) {
            inClass = true;
            // A closing bracket in the first place is a character.
            const std::size_t skip = rest.starts_with("[^]") ? 3 : rest.starts_with("[]") ? 2 : 1;
            result += rest.substr(0, skip);
            i += skip - 1;
            continue;
        }
        if (rest[0] == ']')
            inClass = false;
        if (!inClass && rest.starts_with("(?<")) {
            result += "(?P<";
            i += 2;
            continue;
        }
        result += rest[0];
    }
    return result;
}

std::string_view goWords(RE2::ErrorCode code)
{
    switch (code) {
    case RE2::ErrorBadEscape:
        return "invalid escape sequence";
    case RE2::ErrorBadCharClass:
        return "invalid character class";
    case RE2::ErrorBadCharRange:
        return "invalid character class range";
    case RE2::ErrorMissingBracket:
        return "missing closing ]";
    case RE2::ErrorMissingParen:
        return "missing closing )";
    case RE2::ErrorUnexpectedParen:
        return "unexpected )";
    case RE2::ErrorTrailingBackslash:
        return "trailing backslash at end of expression";
    case RE2::ErrorRepeatArgument:
        return "missing argument to repetition operator";
    case RE2::ErrorRepeatSize:
        return "invalid repeat count";
    case RE2::ErrorRepeatOp:
        return "invalid nested repetition operator";
    case RE2::ErrorBadPerlOp:
        return "invalid or unsupported Perl syntax";
    case RE2::ErrorBadUTF8:
        return "invalid UTF-8";
    case RE2::ErrorBadNamedCapture:
        return "invalid named capture";
    case RE2::ErrorPatternTooLarge:
        return "expression too large";
    default:
        return "regexp/syntax: internal error";
    }
}

/// RE2 knows \C (any byte); Go does not.
bool usesAnyByte(std::string_view pattern)
{
    for (std::size_t i = 0; i + 1 < pattern.size(); ++i) {
        if (pattern[i] == '\\' && pattern[++i] == 'C')
            return true;
    }
    return false;
}

Error parseError(std::string_view words, std::string_view part)
{
    std::string message = "error parsing regexp: " + std::string(words) + ": `" + std::string(part) + '`';
    return {Error::Code::InvalidInput, std::move(message)};
}

} // namespace

/// A text as RE2 can read it: bytes that are not UTF-8 stand as U+FFFD, and offsets lead back to the original.
class GoRegex::Subject
{
public:
    explicit Subject(std::string_view text) : original(text)
    {
        if (isValidUtf8(text))
            return;
        for (std::size_t at = 0; at < text.size();) {
            const Decoded rune = decodeRune(text, at);
            m_toClean.resize(at + 1, m_clean.size());
            const std::size_t before = m_clean.size();
            appendRune(m_clean, rune.code);
            m_toClean[at] = before;
            m_toOriginal.resize(m_clean.size(), at);
            at += rune.width;
        }
        m_toClean.resize(text.size() + 1, m_clean.size());
        m_toOriginal.resize(m_clean.size() + 1, text.size());
    }

    std::string_view clean() const { return m_toClean.empty() ? original : std::string_view(m_clean); }
    std::size_t toClean(std::size_t at) const { return m_toClean.empty() ? at : m_toClean[at]; }
    std::size_t toOriginal(std::size_t at) const { return m_toOriginal.empty() ? at : m_toOriginal[at]; }
    std::size_t widthAt(std::size_t at) const { return decodeRune(original, at).width; }

    const std::string_view original;

private:
    std::string m_clean;
    std::vector<std::size_t> m_toClean;
    std::vector<std::size_t> m_toOriginal;
};

Result<GoRegex> GoRegex::compile(std::string_view pattern)
{
    thread_local std::map<std::string, std::shared_ptr<const RE2>, std::less<>> kept;
    if (const auto at = kept.find(pattern); at != kept.end())
        return GoRegex(at->second, pattern.empty());
    if (usesAnyByte(pattern))
        return parseError("invalid escape sequence", "\\C");
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(MaxMemory);
    auto compiled = std::make_shared<const RE2>(withNamedGroups(pattern), options);
    if (!compiled->ok()) {
        std::string part = compiled->error_arg();
        const RE2::ErrorCode code = compiled->error_code();
        if (pattern.find("(?P<") == pattern.npos && part.starts_with("(?P<"))
            part.erase(2, 1); // our own P
        if (code == RE2::ErrorTrailingBackslash)
            part.clear();
        else if (code == RE2::ErrorMissingParen || code == RE2::ErrorUnexpectedParen)
            part = pattern;
        return parseError(goWords(code), part);
    }
    // Go's names are of ASCII.
    for (const auto &[name, index] : compiled->NamedCapturingGroups()) {
        const bool ascii =
            std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        if (!ascii) {
            const bool withP = pattern.find("(?P<" + name + '>') != pattern.npos;
            return parseError("invalid named capture", (withP ? "(?P<" : "(?<") + name + '>');
        }
    }
    if (kept.size() >= MaxKept)
        kept.clear();
    kept.emplace(pattern, compiled);
    return GoRegex(std::move(compiled), pattern.empty());
}

bool GoRegex::execute(const Subject &subject, std::size_t from, std::size_t groupCount, Groups &groups) const
{
    std::vector<re2::StringPiece> found(groupCount);
    const std::string_view clean = subject.clean();
    if (!m_compiled->Match(piece(clean), subject.toClean(from), clean.size(), RE2::UNANCHORED, found.data(),
            static_cast<int>(groupCount)))
        return false;
    groups.assign(groupCount, {});
    for (std::size_t i = 0; i < groupCount; ++i) {
        if (!found[i].data())
            continue;
        const auto begin = static_cast<std::size_t>(found[i].data() - clean.data());
        groups[i].begin = static_cast<std::ptrdiff_t>(subject.toOriginal(begin));
        groups[i].end = static_cast<std::ptrdiff_t>(subject.toOriginal(begin + found[i].size()));
    }
    return true;
}

std::uint64_t GoRegex::stepsFor(std::string_view text) const
{
    const auto program = static_cast<std::uint64_t>(m_compiled->ProgramSize());
    return 8 * program + text.size() * program / 64;
}

bool GoRegex::matches(std::string_view text) const
{
    const Subject subject(text);
    return RE2::PartialMatch(piece(subject.clean()), *m_compiled);
}

std::vector<GoRegex::Span> GoRegex::allMatches(const Subject &subject, std::int64_t limit) const
{
    std::vector<Span> matches;
    std::ptrdiff_t previousEnd = -1;
    Groups groups;
    for (std::size_t at = 0; at <= subject.original.size();) {
        if (limit >= 0 && static_cast<std::int64_t>(matches.size()) >= limit)
            break;
        if (!execute(subject, at, 1, groups))
            break;
        const Span match = groups[0];
        // An empty match right behind another match does not count.
        const bool counts = match.end != static_cast<std::ptrdiff_t>(at) || match.begin != previousEnd;
        if (match.end == static_cast<std::ptrdiff_t>(at))
            at += std::max<std::size_t>(subject.widthAt(at), 1);
        else
            at = static_cast<std::size_t>(match.end);
        previousEnd = match.end;
        if (counts)
            matches.push_back(match);
    }
    return matches;
}

std::string GoRegex::find(std::string_view text) const
{
    const Subject subject(text);
    Groups groups;
    if (!execute(subject, 0, 1, groups))
        return {};
    return std::string(text.substr(
        static_cast<std::size_t>(groups[0].begin), static_cast<std::size_t>(groups[0].end - groups[0].begin)));
}

std::vector<std::string> GoRegex::findAll(std::string_view text, std::int64_t limit) const
{
    std::vector<std::string> found;
    for (const Span match : allMatches(Subject(text), limit))
        found.emplace_back(
            text.substr(static_cast<std::size_t>(match.begin), static_cast<std::size_t>(match.end - match.begin)));
    return found;
}

std::string GoRegex::replaced(std::string_view text, std::uint64_t most,
    const std::function<void(std::string &, std::string_view, const Groups &)> &append) const
{
    const Subject subject(text);
    const auto groupCount = static_cast<std::size_t>(m_compiled->NumberOfCapturingGroups()) + 1;
    std::string result;
    std::size_t lastEnd = 0;
    Groups groups;
    for (std::size_t at = 0; at <= text.size() && result.size() <= most && execute(subject, at, groupCount, groups);) {
        const auto begin = static_cast<std::size_t>(groups[0].begin);
        const auto end = static_cast<std::size_t>(groups[0].end);
        result += text.substr(lastEnd, begin - lastEnd);
        if (end > lastEnd || begin == 0)
            append(result, text, groups);
        lastEnd = end;
        const std::size_t width = std::max<std::size_t>(subject.widthAt(at), 1);
        at = at + width > end ? at + width : end;
    }
    return result += text.substr(lastEnd);
}

std::string GoRegex::replaceAllLiteral(std::string_view text, std::string_view replacement, std::uint64_t most) const
{
    return replaced(
        text, most, [replacement](std::string &out, std::string_view, const Groups &) { out += replacement; });
}

std::string GoRegex::replaceAll(std::string_view text, std::string_view replacement, std::uint64_t most) const
{
    return replaced(text, most, [this, replacement](std::string &out, std::string_view whole, const Groups &groups) {
        expand(out, replacement, whole, groups);
    });
}

namespace {

/// The name behind a dollar: `1`, `name`, `{name}`.
struct Reference
{
    std::string_view name;
    std::size_t size = 0; ///< Bytes it takes behind the dollar; 0 when there is none.
};

Reference readReference(std::string_view text)
{
    const bool braces = text.starts_with('{');
    const std::string_view inner = text.substr(braces ? 1 : 0);
    std::size_t end = 0;
    while (end < inner.size()) {
        const Decoded rune = decodeRune(inner, end);
        if (!isLetter(rune.code) && !isDigit(rune.code) && rune.code != '_')
            break;
        end += rune.width;
    }
    if (end == 0 || (braces && !inner.substr(end).starts_with('}')))
        return {};
    return {inner.substr(0, end), braces ? end + 2 : end};
}

/// The number of a group, or -1 for a name.
int groupNumber(std::string_view name)
{
    if (name.size() > 1 && name[0] == '0')
        return -1;
    int number = 0;
    for (char c : name) {
        if (c < '0' || c > '9' || number >= 100'000'000)
            return -1;
        number = number * 10 + (c - '0');
    }
    return number;
}

} // namespace

void GoRegex::expand(std::string &out, std::string_view replacement, std::string_view text, const Groups &groups) const
{
    for (std::size_t dollar; (dollar = replacement.find('$')) != replacement.npos;) {
        out += replacement.substr(0, dollar);
        replacement.remove_prefix(dollar + 1);
        if (replacement.starts_with('$')) {
            out += '$';
            replacement.remove_prefix(1);
            continue;
        }
        const Reference reference = readReference(replacement);
        if (reference.size == 0) {
            out += '$';
            continue;
        }
        replacement.remove_prefix(reference.size);
        int number = groupNumber(reference.name);
        if (number < 0) {
            const auto &names = m_compiled->NamedCapturingGroups();
            const auto named = names.find(std::string(reference.name));
            number = named == names.end() ? -1 : named->second;
        }
        if (number < 0 || static_cast<std::size_t>(number) >= groups.size())
            continue;
        const Span group = groups[static_cast<std::size_t>(number)];
        if (group.begin >= 0)
            out +=
                text.substr(static_cast<std::size_t>(group.begin), static_cast<std::size_t>(group.end - group.begin));
    }
    out += replacement;
}

std::vector<std::string> GoRegex::split(std::string_view text, std::int64_t limit) const
{
    if (limit == 0)
        return {};
    if (!m_emptyPattern && text.empty())
        return {""};
    std::vector<std::string> parts;
    std::size_t begin = 0;
    std::size_t end = 0;
    for (const Span match : allMatches(Subject(text), limit)) {
        if (limit > 0 && static_cast<std::int64_t>(parts.size()) == limit - 1)
            break;
        end = static_cast<std::size_t>(match.begin);
        if (match.end != 0)
            parts.emplace_back(text.substr(begin, end - begin));
        begin = static_cast<std::size_t>(match.end);
    }
    if (end != text.size())
        parts.emplace_back(text.substr(begin));
    return parts;
}

std::string GoRegex::quoteMeta(std::string_view text)
{
    std::string result;
    for (char c : text) {
        if (std::string_view("\\.+*?()|[]{}^$").find(c) != std::string_view::npos)
            result += '\\';
        result += c;
    }
    return result;
}

} // namespace pk::tmpl::sprig
