// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/reader.h"

#include "base/unicode.h"
#include "yaml/composer.h"
#include "yaml/decoder.h"
#include "yaml/fastreader.h"
#include "yaml/json.h"

#include <algorithm>
#include <limits>

namespace pk::yaml {

namespace {

/// Turns libyaml's character offsets into byte offsets, and byte offsets into lines and columns.
class Offsets
{
public:
    explicit Offsets(std::string_view text) : m_text(text)
    {
        m_bom = text.starts_with(byteOrderMark) ? byteOrderMark.size() : 0;
        m_ascii = std::all_of(text.begin() + static_cast<std::ptrdiff_t>(m_bom), text.end(),
            [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        if (!m_ascii) {
            std::size_t count = 0;
            for (std::size_t i = m_bom; i < text.size(); ++i) {
                if (!isContinuation(text[i]) && count++ % stride == 0)
                    m_checkpoints.push_back(i);
            }
        }
        m_lines.push_back(0);
        for (std::size_t i = text.find('\n'); i != std::string_view::npos; i = text.find('\n', i + 1))
            m_lines.push_back(i + 1);
    }

    std::size_t toByte(std::size_t character) const
    {
        if (m_ascii)
            return std::min(character + m_bom, m_text.size());
        if (character / stride >= m_checkpoints.size())
            return m_text.size();
        std::size_t at = m_checkpoints[character / stride];
        for (std::size_t left = character % stride; left > 0 && at < m_text.size(); --left) {
            do
                ++at;
            while (at < m_text.size() && isContinuation(m_text[at]));
        }
        return at;
    }

    void place(std::size_t byte, int &line, int &column) const
    {
        const auto next = std::upper_bound(m_lines.begin(), m_lines.end(), byte);
        line = static_cast<int>(next - m_lines.begin());
        column = static_cast<int>(byte - *(next - 1));
    }

private:
    static constexpr std::size_t stride = 64;
    std::string_view m_text;
    std::size_t m_bom = 0;
    bool m_ascii = true;
    std::vector<std::size_t> m_checkpoints; ///< Byte offset of every 64th character.
    std::vector<std::size_t> m_lines; ///< Byte offset of every line.
};

/// libyaml lets a block scalar end behind the blank lines that follow it; ours ends with its last character, before
/// the line end.
std::size_t endOfBlockScalar(std::string_view text, std::size_t begin, std::size_t end)
{
    const bool keeps =
        text.substr(begin, std::min(text.find('\n', begin), end) - begin).find('+') != std::string_view::npos;
    const auto dropLineEnd = [&] {
        if (end > begin && text[end - 1] == '\n')
            --end;
        if (end > begin && text[end - 1] == '\r')
            --end;
    };
    while (end > begin) {
        const std::size_t lineEnd = text.rfind('\n', end - 1);
        const std::size_t last = lineEnd == std::string_view::npos || lineEnd < begin ? begin : lineEnd + 1;
        const bool blank = text.substr(last, end - last).find_first_not_of(" \r") == std::string_view::npos;
        if (last == begin || (last < end && !blank))
            break;
        const std::size_t before = end;
        end = last;
        if (keeps || before == end) {
            dropLineEnd();
            if (keeps)
                break;
        } else {
            dropLineEnd();
        }
    }
    return end;
}

class TreeMaker
{
public:
    explicit TreeMaker(std::string_view text) : m_text(text), m_offsets(text) { }

    Document make(const RawDocument &raw) const
    {
        Document document;
        document.explicitStart = raw.explicitStart;
        document.span = {m_offsets.toByte(raw.begin), m_offsets.toByte(raw.end)};
        document.root = make(*raw.root);
        return document;
    }

    void locate(Error &error) const
    {
        if (!error.at.isKnown())
            return;
        error.at.begin = m_offsets.toByte(error.at.begin);
        error.at.end = m_offsets.toByte(error.at.end);
        m_offsets.place(error.at.begin, error.at.line, error.at.column);
    }

private:
    Node make(const RawNode &raw) const
    {
        Node node;
        node.kind = raw.kind;
        node.style = raw.style;
        node.tag = raw.tag;
        node.anchor = raw.anchor;
        node.value = raw.value;
        node.span = {m_offsets.toByte(raw.begin), m_offsets.toByte(raw.end)};
        if (raw.style == Style::Literal || raw.style == Style::Folded)
            node.span.end = endOfBlockScalar(m_text, node.span.begin, node.span.end);
        m_offsets.place(node.span.begin, node.line, node.column);
        node.children.reserve(raw.children.size());
        for (const RawNode *child : raw.children)
            node.children.push_back(make(*child));
        if (raw.style == Style::Block && !node.children.empty())
            node.span.end = std::max(node.children.back().span.end, node.span.begin);
        return node;
    }

    std::string_view m_text;
    Offsets m_offsets;
};

/// go-yaml reads an empty input as a line end.
std::string_view nonEmpty(std::string_view text)
{
    return text.empty() ? std::string_view("\n") : text;
}

} // namespace

Result<Stream> parse(std::string_view text)
{
    const TreeMaker maker(text);
    const Result<Composed> composed = compose(nonEmpty(text), std::numeric_limits<std::size_t>::max());
    if (!composed) {
        Error error = composed.error();
        maker.locate(error);
        return error;
    }
    Stream stream;
    for (const RawDocument &document : composed->documents)
        stream.push_back(maker.make(document));
    return stream;
}

Result<Value> toValue(std::string_view text)
{
    if (std::optional<Value> value = readFast(text))
        return *std::move(value);
    const Result<Composed> composed = compose(nonEmpty(text), 1);
    if (!composed) {
        Error error = composed.error().wrapped("error converting YAML to JSON: ");
        TreeMaker(text).locate(error);
        return error;
    }
    return composed->documents.empty() ? Value() : decode(composed->documents[0]);
}

Result<Value> toMap(std::string_view text)
{
    Result<Value> value = toValue(text);
    if (!value || value->isMap())
        return value;
    if (value->isNil())
        return Value::map();
    return Error{Error::Code::InvalidInput,
        std::string(decodingJson) + cannotUnmarshal(*value, "Go value of type map[string]interface {}")};
}

Result<std::vector<std::string>> splitDocuments(std::string_view text)
{
    std::vector<std::string> documents;
    std::string document;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t lineEnd = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, lineEnd - at);
        at = lineEnd + 1;
        if (line.ends_with('\r') && lineEnd < text.size())
            line.remove_suffix(1);
        if (line.starts_with("---")) {
            std::string_view rest = line.substr(3);
            rest.remove_prefix(std::min(rest.find_first_not_of(" \t\v\f\r"), rest.size()));
            rest = rest.substr(0, rest.find_last_not_of(" \t\v\f\r") + 1);
            if (!rest.empty() && rest[0] != '#')
                return Error{Error::Code::InvalidInput, "invalid Yaml document separator: " + std::string(rest)};
            // The separator itself begins the first document, as in apimachinery.
            if (!document.empty()) {
                documents.push_back(std::move(document));
                document.clear();
                continue;
            }
        }
        document.append(line).append("\n");
    }
    if (!document.empty())
        documents.push_back(std::move(document));
    return documents;
}

} // namespace pk::yaml
