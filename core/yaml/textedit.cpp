// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/textedit.h"

#include "yaml/edittree.h"
#include "yaml/textstyle.h"

#include <algorithm>
#include <optional>

namespace pk::yaml {

namespace {

Error refused(const Path &path, const char *id, const char *why)
{
    Error error{Error::Code::InvalidInput, std::string("cannot change ") + path.toString() + " in place: " + why};
    error.id = id;
    error.parameters = {{"path", path.toString()}};
    return error;
}

/// The text while several small changes are made to it, with its nodes.
class Editor
{
public:
    explicit Editor(std::string text) : m_text(std::move(text)) { }

    const std::string &text() const { return m_text; }

    Result<void> read()
    {
        Result<Stream> stream = parse(m_text);
        if (!stream)
            return stream.error();
        m_root = stream->empty() ? Node() : std::move(stream->front().root);
        m_hasRoot = !stream->empty() && !m_root.isEmptyPlain();
        m_style = styleOf(m_text, m_root);
        return {};
    }

    Result<void> set(const Path &path, const Value &value)
    {
        const Node *node = find(m_root, path);
        if (node && m_hasRoot)
            return change(path, *node, value);
        return create(path, value);
    }

    Result<void> remove(const Path &path)
    {
        // Of equal keys the last one counts; all of them go.
        for (int i = 0; i < 100; ++i) {
            const Node *node = find(m_root, path);
            if (!node || !m_hasRoot)
                return {};
            const Node *parent = find(m_root, path.parent());
            const Result<void> done = removeEntry(path.parent(), *parent, *node);
            if (!done || parentIsList(path))
                return done;
        }
        return refused(path, "yaml.edit-refused", "too many equal keys");
    }

    static bool parentIsList(const Path &path) { return std::holds_alternative<std::size_t>(path.last()); }

    Result<void> insert(const Path &path, const Value &value)
    {
        const auto *index = std::get_if<std::size_t>(&path.last());
        const Node *list = find(m_root, path.parent());
        if (!index)
            return refused(path, "yaml.edit-refused", "not an item of a list");
        if (list && list->isSequence() && *index < list->size())
            return insertBefore(*list, *index, value);
        return set(path, value);
    }

private:
    Result<void> replace(std::size_t begin, std::size_t end, std::string_view replacement)
    {
        m_text.replace(begin, end - begin, replacement);
        return read();
    }

    std::size_t lineStart(std::size_t at) const
    {
        const std::size_t found = at == 0 ? std::string::npos : m_text.rfind('\n', at - 1);
        return found == std::string::npos ? 0 : found + 1;
    }
    /// Offset of the line end (CR included) of the line of `at`.
    std::size_t lineEnd(std::size_t at) const
    {
        const std::size_t found = std::min(m_text.find('\n', at), m_text.size());
        return found > at && found < m_text.size() && m_text[found - 1] == '\r' ? found - 1 : found;
    }
    std::size_t nextLine(std::size_t at) const
    {
        const std::size_t found = m_text.find('\n', at);
        return found == std::string::npos ? m_text.size() : found + 1;
    }
    bool isFirstOnLine(std::size_t at) const { return m_text.find_first_not_of(' ', lineStart(at)) == at; }
    int columnOf(std::size_t at) const { return static_cast<int>(at - lineStart(at)); }

    /// Where the node itself begins, behind its anchor, which stays.
    std::size_t contentBegin(const Node &node) const
    {
        if (node.anchor.empty() || node.kind == Node::Kind::Alias)
            return node.span.begin;
        const std::size_t anchor = m_text.find("&" + node.anchor, node.span.begin);
        return std::min(m_text.find_first_not_of(" \r\n", anchor + node.anchor.size() + 1), node.span.end);
    }

    Result<void> change(const Path &path, const Node &node, const Value &value)
    {
        if (node.kind == Node::Kind::Alias)
            return refused(path, "yaml.edit-alias", "it comes from an alias");
        if (treeOf(node).sameContent(value))
            return {};
        if (node.isMapping() && value.isMap() && isFilled(value) && node.size() > 0)
            return changeMap(path, node, value.asMap());
        if (node.isSequence() && value.isList() && isFilled(value) && node.size() > 0)
            return changeList(path, node, value.asList());
        return rewrite(path, node, value);
    }

    Result<void> changeMap(const Path &path, const Node &node, const Map &wanted)
    {
        std::vector<std::string> gone;
        for (std::size_t i = 0; i < node.size(); ++i) {
            std::string key;
            if (node.key(i).isScalar() && keyOf(node.key(i), key) && !wanted.contains(key))
                gone.push_back(key);
        }
        // First what comes, so that the map is never empty.
        for (const Map::Entry &entry : wanted) {
            if (Result<void> done = set(path.child(entry.key), entry.value); !done)
                return done;
        }
        for (const std::string &key : gone) {
            if (Result<void> done = remove(path.child(key)); !done)
                return done;
        }
        return {};
    }

    Result<void> changeList(const Path &path, const Node &node, const List &wanted)
    {
        std::vector<Value> current;
        for (const Node &item : node.children)
            current.push_back(treeOf(item));
        // What both lists have at their ends stays as it is written.
        std::size_t front = 0;
        const std::size_t shorter = std::min(current.size(), wanted.items.size());
        while (front < shorter && current[front].sameContent(wanted.items[front]))
            ++front;
        std::size_t back = 0;
        while (back < shorter - front
            && current[current.size() - 1 - back].sameContent(wanted.items[wanted.items.size() - 1 - back]))
            ++back;
        const std::size_t oldEnd = current.size() - back;
        const std::size_t newEnd = wanted.items.size() - back;
        std::size_t at = front;
        for (; at < std::min(oldEnd, newEnd); ++at) {
            if (Result<void> done = set(path.child(at), wanted.items[at]); !done)
                return done;
        }
        for (std::size_t i = at; i < newEnd; ++i) {
            if (Result<void> done = insert(path.child(i), wanted.items[i]); !done)
                return done;
        }
        for (std::size_t i = oldEnd; i > at; --i) {
            if (Result<void> done = remove(path.child(i - 1)); !done)
                return done;
        }
        return {};
    }

    /// Writes one value anew where it stands.
    Result<void> rewrite(const Path &path, const Node &node, const Value &value)
    {
        const Place place = placeOf(m_root, path);
        if (place.inFlow || (node.style == Style::Flow && node.size() > 0 && isFilled(value))) {
            const std::string text =
                isFilled(value) ? renderFlow(value) : renderInline(value, node.style, place.inFlow);
            return replace(contentBegin(node), node.span.end, (needsGap(node) ? " " : "") + text);
        }
        if (path.isRoot())
            return rewriteRoot(node, value);
        const Node &parent = *find(m_root, path.parent());
        if (place.key)
            return rewriteAfter(
                place.key->span.end, node, value, renderAfterColon(value, node.style, parent.column, m_style));
        return rewriteAfter(dashOf(node), node, value, renderAfterDash(value, parent.column, m_style));
    }

    bool needsGap(const Node &node) const
    {
        return node.span.begin == node.span.end && node.span.begin > 0 && m_text[node.span.begin - 1] == ':';
    }

    Result<void> rewriteRoot(const Node &node, const Value &value)
    {
        const std::string text =
            isFilled(value) ? renderBlock(value, 0, m_style) : renderInline(value, node.style, false);
        return replace(contentBegin(node), node.span.end, text);
    }

    /// `indicator`: behind the key, or the dash. `rendered` goes behind its colon or dash.
    Result<void> rewriteAfter(std::size_t indicator, const Node &node, const Value &value, std::string rendered)
    {
        std::size_t behind = indicator;
        while (behind < m_text.size() && m_text[behind] != ':' && m_text[behind] != '-')
            ++behind;
        ++behind;
        const std::size_t begin = contentBegin(node);
        const bool sameLine = lineStart(begin) == lineStart(behind);
        const bool oneLine = rendered.find('\n') == std::string::npos;
        const bool dashed = m_text[behind - 1] == '-';
        if (node.isEmptyPlain()) {
            const std::size_t at = oneLine || dashed ? behind : std::max(behind, lineEnd(behind));
            return replace(at, at, rendered);
        }
        if (sameLine && !oneLine && !isFilled(value)) {
            // The comment moves behind the header of the literal block.
            const std::size_t end = lineEnd(node.span.end);
            rendered.insert(rendered.find_first_of("\r\n"), m_text.substr(node.span.end, end - node.span.end));
            return replace(begin, end, std::string_view(rendered).substr(1));
        }
        if (sameLine && (oneLine || dashed))
            return replace(begin, node.span.end, std::string_view(rendered).substr(1));
        if (sameLine) {
            // The comment stays behind the key; the block goes below it.
            const std::size_t end = lineEnd(node.span.end);
            const std::string comment = m_text.substr(node.span.end, end - node.span.end);
            const std::string anchor = m_text.substr(behind, begin - behind);
            const bool anchored = !node.anchor.empty();
            return replace(
                behind, end, (anchored ? anchor.substr(0, anchor.find_last_not_of(' ') + 1) : "") + comment + rendered);
        }
        // From a block below to something behind the key, whose own comment stays.
        const std::size_t end = lineEnd(behind);
        const std::string rest = m_text.substr(behind, end - behind);
        const std::size_t comment = rest.find('#');
        if (oneLine || !isFilled(value)) {
            const bool literal = !oneLine;
            const bool keep = comment != std::string::npos && !literal;
            const std::string anchor = node.anchor.empty() ? "" : " &" + node.anchor;
            return replace(behind, node.span.end, anchor + rendered + (keep ? "  " + rest.substr(comment) : ""));
        }
        return replace(end, node.span.end, rendered);
    }

    /// Where the dash of an item of a block list stands.
    std::size_t dashOf(const Node &item) const
    {
        std::size_t at = item.span.begin;
        while (at > 0) {
            const std::size_t start = lineStart(at);
            const std::string_view line = std::string_view(m_text).substr(start, at - start);
            const std::size_t first = line.find_first_not_of(' ');
            const bool comment = first != std::string_view::npos && line[first] == '#';
            const std::size_t last = line.find_last_not_of(" \r\n");
            if (!comment && last != std::string_view::npos) {
                if (line[last] == '-')
                    return start + last;
                // The dash's own line may end in a comment.
                const std::size_t dash = line.find("- ");
                if (dash != std::string_view::npos)
                    return start + dash;
            }
            if (start == 0)
                break;
            at = start - 1;
        }
        return 0;
    }

    Result<void> create(const Path &path, const Value &value)
    {
        if (!m_hasRoot)
            return createRoot(path, value);
        // The deepest node on the way that exists.
        std::size_t known = path.size();
        const Node *node = nullptr;
        Path parent = path;
        while (!node) {
            parent = parent.parent();
            --known;
            node = find(m_root, parent);
        }
        if (node->kind == Node::Kind::Alias)
            return refused(path, "yaml.edit-alias", "it comes from an alias");
        const Value rest = wrapped(path, known + 1, value);
        const Step &step = path.steps()[known];
        if (isNull(*node))
            return rewrite(parent, *node, wrapped(path, known, value));
        const auto *key = std::get_if<std::string>(&step);
        if (key && node->isMapping())
            return node->size() == 0 ? rewrite(parent, *node, wrapped(path, known, value))
                                     : appendEntry(*node, *key, rest);
        if (!key && node->isSequence() && std::get<std::size_t>(step) == node->size())
            return node->size() == 0 ? rewrite(parent, *node, Value::list({rest})) : appendItem(*node, rest);
        return refused(path, "yaml.edit-refused", "another kind of value stands there");
    }

    /// `value` inside of the maps and lists that the steps from `from` on name.
    static Value wrapped(const Path &path, std::size_t from, Value value)
    {
        for (std::size_t i = path.size(); i > from; --i) {
            if (const auto *key = std::get_if<std::string>(&path.steps()[i - 1])) {
                Value map = Value::map();
                map.asMap().set(*key, std::move(value));
                value = std::move(map);
            } else {
                value = Value::list({std::move(value)});
            }
        }
        return value;
    }

    Result<void> createRoot(const Path &path, const Value &value)
    {
        const Value tree = wrapped(path, 0, value);
        std::string addition = isFilled(tree) ? renderBlock(tree, 0, m_style) : renderInline(tree, Style::Plain, false);
        if (!m_text.empty() && m_text.back() != '\n')
            addition.insert(0, m_style.lineEnd);
        return replace(m_text.size(), m_text.size(), addition + m_style.lineEnd);
    }

    Result<void> appendEntry(const Node &map, const std::string &key, const Value &value)
    {
        const std::size_t end = map.valueAt(map.size() - 1).span.end;
        if (map.style == Style::Flow)
            return replace(end, end, ", " + renderKey(key, true) + ": " + renderFlow(value));
        return addLine(
            end, map.column, renderKey(key, false) + ":" + renderAfterColon(value, Style::Plain, map.column, m_style));
    }

    Result<void> appendItem(const Node &list, const Value &value)
    {
        const std::size_t end = list.children.back().span.end;
        if (list.style == Style::Flow)
            return replace(end, end, ", " + renderFlow(value));
        return addLine(end, list.column, "-" + renderAfterDash(value, list.column, m_style));
    }

    /// A line below the one that ends an entry.
    Result<void> addLine(std::size_t end, int column, const std::string &line)
    {
        const std::size_t at = lineEnd(end);
        return replace(at, at, m_style.lineEnd + std::string(static_cast<std::size_t>(column), ' ') + line);
    }

    Result<void> insertBefore(const Node &list, std::size_t index, const Value &value)
    {
        const Node &item = list.children[index];
        if (list.style == Style::Flow)
            return replace(item.span.begin, item.span.begin, renderFlow(value) + ", ");
        const std::size_t dash = dashOf(item);
        const std::string indent(static_cast<std::size_t>(list.column), ' ');
        const std::string line = "-" + renderAfterDash(value, list.column, m_style) + m_style.lineEnd + indent;
        if (!isFirstOnLine(dash))
            return replace(dash, dash, line);
        const std::size_t at = startOfComments(dash);
        return replace(at, at, indent + line.substr(0, line.size() - indent.size()));
    }

    /// The start of the comment lines directly above the line of `at`, at its own column. A comment that begins the
    /// file is about the file.
    std::size_t startOfComments(std::size_t at) const
    {
        const int column = columnOf(at);
        std::size_t start = lineStart(at);
        while (start > 0) {
            const std::size_t above = lineStart(start - 1);
            const std::size_t first = m_text.find_first_not_of(' ', above);
            if (first >= start || m_text[first] != '#' || static_cast<int>(first - above) != column)
                break;
            if (above == 0)
                return lineStart(at);
            start = above;
        }
        return start;
    }

    Result<void> removeEntry(const Path &parentPath, const Node &parent, const Node &node)
    {
        if (parent.size() == 1)
            return rewrite(parentPath, parent, parent.isMapping() ? Value::map() : Value::list());
        std::size_t index = parent.size();
        while (&parent.valueAt(--index) != &node) { }
        const bool isMap = parent.isMapping();
        const auto beginOf = [&](std::size_t i) {
            if (isMap)
                return parent.key(i).span.begin;
            return parent.style == Style::Flow ? parent.children[i].span.begin : dashOf(parent.children[i]);
        };
        const std::size_t begin = beginOf(index);
        if (parent.style == Style::Flow) {
            if (index + 1 < parent.size())
                return replace(begin, beginOf(index + 1), "");
            return replace(parent.valueAt(index - 1).span.end, node.span.end, "");
        }
        if (!isFirstOnLine(begin)) // the first entry behind a dash: the next one takes its place
            return replace(begin, beginOf(index + 1), "");
        std::size_t start = startOfComments(begin);
        std::size_t end = nextLine(node.span.end);
        // Without a line end at its end the file keeps none.
        if (end == m_text.size() && !m_text.empty() && m_text.back() != '\n' && start > 0)
            start = lineEnd(lineStart(start - 1));
        return replace(start, end, "");
    }

    std::string m_text;
    Node m_root;
    bool m_hasRoot = false;
    TextStyle m_style;
};

/// Runs `action` on an editor and checks that it came to the `wanted` tree.
template <class Action>
Result<TextEdit> editChecked(std::string_view text, const Path &path, const Value &wanted, Action action)
{
    Editor editor{std::string(text)};
    if (const Result<void> done = editor.read(); !done)
        return done.error();
    if (const Result<void> done = action(editor); !done)
        return done.error();
    const Result<Value> now = toValue(editor.text());
    if (!now || !now->sameContent(wanted))
        return refused(path, "yaml.edit-refused", "the text around it would change its meaning");
    return editBetween(text, editor.text());
}

} // namespace

std::string TextEdit::applied(std::string_view text) const
{
    std::string result;
    result.reserve(text.size() - length + replacement.size());
    result.append(text.substr(0, offset)).append(replacement).append(text.substr(offset + length));
    return result;
}

TextEdit TextEdit::inverse(std::string_view text) const
{
    return {offset, replacement.size(), std::string(text.substr(offset, length))};
}

Result<TextEdit> setValue(std::string_view text, const Path &path, const Value &value)
{
    const Result<Value> before = toValue(text);
    if (!before)
        return before.error();
    const Result<Value> wanted = withValue(*before, path, value);
    if (!wanted)
        return wanted.error();
    return editChecked(text, path, *wanted, [&](Editor &editor) { return editor.set(path, value); });
}

Result<TextEdit> setYaml(std::string_view text, const Path &path, std::string_view yaml)
{
    const Result<Value> value = toValue(yaml);
    if (!value)
        return value.error();
    const bool oneLine = yaml.find('\n') == std::string_view::npos;
    // A flow collection takes the place of a number: the printer's own form of it would be a block.
    const Result<TextEdit> edit = setValue(text, path, oneLine && isFilled(*value) ? Value::number(0) : *value);
    if (!edit || !oneLine)
        return edit;
    const Result<Value> before = toValue(text);
    const Result<Value> wanted = withValue(before ? *before : Value(), path, *value);
    if (!wanted)
        return wanted.error();
    if (std::optional<TextEdit> own = withOwnWords(text, *edit, path, *wanted, yaml))
        return *std::move(own);
    return setValue(text, path, *value);
}

Result<TextEdit> removeKey(std::string_view text, const Path &path)
{
    const Result<Value> before = toValue(text);
    if (!before)
        return before.error();
    if (path.isRoot())
        return refused(path, "yaml.edit-refused", "it is the whole file");
    return editChecked(text, path, without(*before, path), [&](Editor &editor) { return editor.remove(path); });
}

Result<TextEdit> insertItem(std::string_view text, const Path &path, const Value &value)
{
    const Result<Value> before = toValue(text);
    if (!before)
        return before.error();
    const Result<Value> wanted = withItem(*before, path, value);
    if (!wanted)
        return wanted.error();
    return editChecked(text, path, *wanted, [&](Editor &editor) { return editor.insert(path, value); });
}

Result<TextEdit> removeItem(std::string_view text, const Path &path)
{
    return removeKey(text, path);
}

} // namespace pk::yaml
