// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/composer.h"

#include "yaml/goyaml.h"

#include <yaml.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>

namespace pk::yaml {

namespace {

constexpr int maxDepth = 10000; // go-yaml's limit for flow levels and for indentations
constexpr std::size_t goChunk = 512; // go-yaml reads its input in pieces of this size

std::string textOf(const yaml_char_t *text)
{
    return text ? reinterpret_cast<const char *>(text) : std::string();
}

Style styleOf(yaml_scalar_style_t style)
{
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
        return Style::SingleQuoted;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        return Style::DoubleQuoted;
    case YAML_LITERAL_SCALAR_STYLE:
        return Style::Literal;
    case YAML_FOLDED_SCALAR_STYLE:
        return Style::Folded;
    default:
        return Style::Plain;
    }
}

/// Where libyaml takes its bytes from when they must come in small pieces.
struct ChunkSource
{
    std::string_view text; ///< All of it.
    std::string_view rest = text;

    static int read(void *data, unsigned char *buffer, std::size_t size, std::size_t *count)
    {
        auto *self = static_cast<ChunkSource *>(data);
        *count = std::min({size, goChunk, self->rest.size()});
        std::memcpy(buffer, self->rest.data(), *count);
        self->rest.remove_prefix(*count);
        return 1;
    }
};

class Composer
{
public:
    /// `text` is read; `readable` says what its scalars mean and lives longer.
    Composer(std::string_view text, bool inChunks, const Readable *readable = nullptr) :
        m_source{text}, m_bytes(text), m_readable(readable),
        m_hasEscapedSlash(text.find("\\/") != std::string_view::npos)
    {
        yaml_parser_initialize(&m_parser);
        if (inChunks)
            yaml_parser_set_input(&m_parser, &ChunkSource::read, &m_source);
        else
            yaml_parser_set_input_string(&m_parser, reinterpret_cast<const unsigned char *>(text.data()), text.size());
    }
    Composer(const Composer &) = delete;
    Composer &operator=(const Composer &) = delete;
    ~Composer()
    {
        if (m_hasEvent)
            yaml_event_delete(&m_event);
        yaml_parser_delete(&m_parser);
    }

    bool run(Composed &result, std::size_t limit)
    {
        m_result = &result;
        if (!next()) // the start of the stream
            return false;
        while (next()) {
            if (m_event.type == YAML_STREAM_END_EVENT)
                return true;
            if (!readDocument())
                return false;
            if (result.documents.size() == limit || m_endsEarly)
                return true;
        }
        return false;
    }

    /// The problem in libyaml's words and its character, for Readable.
    std::string_view scannerProblem() const
    {
        return m_problem.empty() && m_parser.error == YAML_SCANNER_ERROR ? m_parser.problem : "";
    }
    std::size_t scannerCharacter() const { return m_parser.problem_mark.index; }

    bool failedReading() const { return m_parser.error == YAML_READER_ERROR; }

    Error error() const
    {
        Error result{Error::Code::InvalidInput, "yaml: "};
        if (!m_problem.empty()) {
            result.message += m_problem;
            result.at = m_problemAt;
            return result;
        }
        if (missesForgottenKey()) {
            const std::size_t line = m_parser.context_mark.line;
            result.message += forgottenKeyProblem(line);
            result.at.line = static_cast<int>(line) + 1;
            result.at.column = static_cast<int>(m_parser.context_mark.column);
            result.at.begin = result.at.end = m_parser.context_mark.index;
            return result;
        }
        // go-yaml's rule: marks count lines from 0, and only the scanner's are made human.
        std::size_t line = m_parser.problem_mark.line;
        if (line != 0 && m_parser.error == YAML_SCANNER_ERROR)
            ++line;
        if (line == 0)
            line = m_parser.context_mark.line;
        if (m_parser.error == YAML_READER_ERROR)
            line = 0;
        result.message += linePrefix(line);
        result.message += m_parser.problem ? m_parser.problem : "unknown problem parsing YAML content";
        if (m_parser.error != YAML_READER_ERROR) {
            result.at.line = static_cast<int>(m_parser.problem_mark.line) + 1;
            result.at.column = static_cast<int>(m_parser.problem_mark.column);
            result.at.begin = result.at.end = m_parser.problem_mark.index;
        } else {
            result.at.begin = result.at.end = m_parser.problem_offset;
        }
        return result;
    }

private:
    bool next()
    {
        if (m_hasEvent)
            yaml_event_delete(&m_event);
        m_hasEvent = yaml_parser_parse(&m_parser, &m_event) == 1;
        return m_hasEvent;
    }

    bool fail(std::string problem)
    {
        m_problem = std::move(problem);
        m_problemAt.line = static_cast<int>(m_event.start_mark.line) + 1;
        m_problemAt.column = static_cast<int>(m_event.start_mark.column);
        m_problemAt.begin = m_event.start_mark.index;
        m_problemAt.end = m_event.end_mark.index;
        return false;
    }

    bool readDocument()
    {
        m_anchors.clear();
        const yaml_version_directive_t *version = m_event.data.document_start.version_directive;
        if (version && (version->major != 1 || version->minor != 1))
            return fail("found incompatible YAML document");
        RawDocument document;
        document.explicitStart = !m_event.data.document_start.implicit;
        document.begin = m_event.start_mark.index;
        if (!next() || !readNode(document.root))
            return false;
        if (m_endsEarly)
            document.root = document.root->children.front();
        else if (!next())
            return false;
        document.end = m_event.end_mark.index;
        m_result->documents.push_back(document);
        return true;
    }

    RawNode *newNode(Node::Kind kind)
    {
        RawNode &node = m_result->nodes.emplace_back();
        node.kind = kind;
        node.begin = m_event.start_mark.index;
        node.end = m_event.end_mark.index;
        node.line = m_event.start_mark.line;
        return &node;
    }

    void setAnchor(RawNode *node, const yaml_char_t *anchor)
    {
        node->anchor = textOf(anchor);
        if (anchor)
            m_anchors[node->anchor] = node;
    }

    bool readNode(RawNode *&node)
    {
        switch (m_event.type) {
        case YAML_ALIAS_EVENT: {
            node = newNode(Node::Kind::Alias);
            node->anchor = textOf(m_event.data.alias.anchor);
            const auto found = m_anchors.find(node->anchor);
            if (found == m_anchors.end())
                return fail("unknown anchor '" + node->anchor + "' referenced");
            node->target = found->second;
            return true;
        }
        case YAML_SCALAR_EVENT: {
            node = newNode(Node::Kind::Scalar);
            const auto &scalar = m_event.data.scalar;
            node->value.assign(reinterpret_cast<const char *>(scalar.value), scalar.length);
            node->tag = textOf(scalar.tag);
            node->implicit = scalar.plain_implicit != 0;
            node->style = styleOf(scalar.style);
            setAnchor(node, scalar.anchor);
            if (m_readable)
                m_readable->restore(node->value, node->style == Style::DoubleQuoted);
            if (m_hasEscapedSlash && node->style == Style::DoubleQuoted && !checkEscapes())
                return false;
            return m_flowDepth == 0 || node->style != Style::Plain || checkFlowPlain(*node);
        }
        case YAML_SEQUENCE_START_EVENT: {
            node = newNode(Node::Kind::Sequence);
            const auto &start = m_event.data.sequence_start;
            node->tag = textOf(start.tag);
            node->style = start.style == YAML_FLOW_SEQUENCE_STYLE ? Style::Flow : Style::Block;
            setAnchor(node, start.anchor);
            return readChildren(node, YAML_SEQUENCE_END_EVENT);
        }
        case YAML_MAPPING_START_EVENT: {
            node = newNode(Node::Kind::Mapping);
            const auto &start = m_event.data.mapping_start;
            node->tag = textOf(start.tag);
            node->style = start.style == YAML_FLOW_MAPPING_STYLE ? Style::Flow : Style::Block;
            setAnchor(node, start.anchor);
            return readChildren(node, YAML_MAPPING_END_EVENT);
        }
        default:
            return fail("attempted to parse unknown event");
        }
    }

    bool checkEscapes()
    {
        const std::size_t begin = m_bytes.byteOf(m_event.start_mark.index);
        const auto line = lineOfEscapedSlash(m_source.text, begin, m_bytes.byteOf(m_event.end_mark.index));
        return !line || fail(linePrefix(*line > 0 ? *line + 1 : 0) + "found unknown escape character");
    }

    /// To go-yaml a question mark ends a plain scalar in a flow collection, and then it misses a comma; libyaml 0.2.5
    /// reads on.
    bool checkFlowPlain(const RawNode &node)
    {
        const std::size_t at = node.value.find('?');
        if (at == 0 || at == std::string::npos)
            return true;
        // The scalar may go over several lines before its question mark.
        const std::string_view scalar = m_source.text.substr(m_bytes.byteOf(m_event.start_mark.index));
        const auto breaks = std::ranges::count(scalar.substr(0, scalar.find('?')), '\n');
        return fail(linePrefix(m_event.start_mark.line + static_cast<std::size_t>(breaks))
            + "did not find expected ',' or '" + m_flowClose + "'");
    }

    /// A block collection that is being read, and where its entries begin.
    struct OpenBlock
    {
        const RawNode *node;
        int column;
    };

    /// Whether go-yaml is done with the key of a block mapping that was just read before it sees that it is one. With
    /// the end of an empty flow collection it forgets that this may be a key.
    bool isForgottenKey(const RawNode &key, std::size_t column) const
    {
        return key.style == Style::Flow && key.children.empty() && key.tag.empty() && key.anchor.empty()
            && column == static_cast<std::size_t>(m_blocks.back().column); // Else it stands behind a question mark.
    }

    /// What such a key is to go-yaml. False for an error.
    bool readForgottenKey(RawNode *mapping, RawNode *key)
    {
        std::vector<RawNode *> &children = mapping->children;
        if (children.empty()) {
            m_blocks.pop_back();
            m_endsEarly = m_blocks.empty();
            children.push_back(key); // The document is this.
            return m_endsEarly || fail(forgottenKeyProblem(key->line));
        }
        RawNode *value = children.back();
        const bool missing = value->kind == Node::Kind::Scalar && value->implicit && value->begin == value->end;
        if (!missing || value->end == key->begin) // At the key: there is no colon before it.
            return fail(forgottenKeyProblem(key->line));
        children.back() = key;
        children.push_back(value); // Nothing is the key.
        return true;
    }

    /// What go-yaml says of an empty flow collection where the innermost block wants another entry.
    std::string forgottenKeyProblem(std::size_t line) const
    {
        const std::string where = linePrefix(line);
        if (m_blocks.empty() || m_blocks.back().node->kind == Node::Kind::Mapping)
            return where + "did not find expected key";
        // A list at the column of the key that it belongs to needs no end.
        const bool ends = m_blocks.size() > 1 && m_blocks[m_blocks.size() - 2].column == m_blocks.back().column;
        return where + (ends ? "did not find expected key" : "did not find expected '-' indicator");
    }

    /// Whether libyaml misses a colon behind an empty flow collection, where go-yaml has refused that one before.
    bool missesForgottenKey() const
    {
        if (m_parser.error != YAML_SCANNER_ERROR || m_blocks.empty() || m_flowDepth > 0
            || m_parser.problem != std::string_view("could not find expected ':'"))
            return false;
        const std::size_t at = CharacterBytes(m_source.text).byteOf(m_parser.context_mark.index);
        if (!isEmptyFlow(m_source.text.substr(at)))
            return false;
        // To both it is what a colon, a dash or a question mark before it waits for.
        const RawNode &block = *m_blocks.back().node;
        switch (lastIndicator(m_source.text.substr(0, at))) {
        case ':':
            return block.kind != Node::Kind::Mapping || block.children.size() % 2 == 0;
        case '?':
            return block.kind != Node::Kind::Mapping || block.children.size() % 2 != 0;
        case '-':
            return block.kind != Node::Kind::Sequence;
        default:
            return true;
        }
    }

    bool readChildren(RawNode *node, yaml_event_type_t end)
    {
        if (++m_depth > maxDepth)
            return fail("exceeded max depth of 10000");
        const bool isBlock = node->style == Style::Block;
        if (isBlock)
            m_blocks.push_back({node, m_parser.indent});
        const char outerClose = m_flowClose;
        if (node->style == Style::Flow) {
            ++m_flowDepth;
            // A pair in a list is a mapping without brackets: it is the list that misses its comma.
            const bool isPair = m_parser.state == YAML_PARSE_FLOW_SEQUENCE_ENTRY_MAPPING_KEY_STATE;
            m_flowClose = end == YAML_SEQUENCE_END_EVENT || isPair ? ']' : '}';
        }
        while (next()) {
            if (m_event.type == end) {
                --m_depth;
                m_flowDepth -= node->style == Style::Flow;
                m_flowClose = outerClose;
                if (isBlock)
                    m_blocks.pop_back();
                if (node->style == Style::Flow)
                    node->end = m_event.end_mark.index;
                else if (!node->children.empty())
                    node->end = std::max(node->end, node->children.back()->end);
                return true;
            }
            RawNode *child = nullptr;
            const std::size_t column = m_event.start_mark.column;
            if (!readNode(child))
                return false;
            const bool isKey = isBlock && end == YAML_MAPPING_END_EVENT && node->children.size() % 2 == 0;
            if (!isKey || !isForgottenKey(*child, column))
                node->children.push_back(child);
            else if (!readForgottenKey(node, child))
                return false;
            if (m_endsEarly)
                return true;
        }
        return false;
    }

    ChunkSource m_source;
    CharacterBytes m_bytes;
    const Readable *m_readable;
    bool m_hasEscapedSlash;
    yaml_parser_t m_parser = {};
    yaml_event_t m_event = {};
    bool m_hasEvent = false;
    int m_depth = 0;
    int m_flowDepth = 0;
    char m_flowClose = ']';
    Composed *m_result = nullptr;
    std::map<std::string, RawNode *, std::less<>> m_anchors;
    std::vector<OpenBlock> m_blocks; ///< From the outermost to the innermost.
    bool m_endsEarly = false; ///< The first key of the root is all of the document.
    std::string m_problem;
    SourceSpan m_problemAt;
};

/// What libyaml refuses and go-yaml does not: once more, with each such place made readable. Nothing when there is
/// none.
std::optional<Result<Composed>> composeRepaired(
    std::string_view text, std::size_t limit, std::string_view problem, std::size_t character)
{
    constexpr int mostPlaces = 100; // A text is read again for each.
    Readable readable(text);
    std::optional<Result<Composed>> last;
    std::string lastProblem(problem);
    for (int i = 0; i < mostPlaces && readable.repair(lastProblem, character); ++i) {
        Composed result;
        Composer composer(readable.text(), false, &readable);
        if (composer.run(result, limit))
            return Result<Composed>(std::move(result));
        last = composer.error();
        lastProblem = composer.scannerProblem();
        character = composer.scannerCharacter();
    }
    return last;
}

} // namespace

Result<Composed> compose(std::string_view text, std::size_t limit)
{
    if (const std::string problem = versionProblem(text); !problem.empty())
        return Error{Error::Code::InvalidInput, "yaml: " + problem};
    {
        Composed result;
        Composer composer(text, false);
        if (composer.run(result, limit))
            return result;
        if (auto repaired = composeRepaired(text, limit, composer.scannerProblem(), composer.scannerCharacter()))
            return *std::move(repaired);
        if (!composer.failedReading())
            return composer.error();
    }
    // libyaml looks further ahead than go-yaml: an error, or the end of the document, may come before the bad byte.
    Composed result;
    Composer composer(text, true);
    if (composer.run(result, limit))
        return result;
    return composer.error();
}

} // namespace pk::yaml
