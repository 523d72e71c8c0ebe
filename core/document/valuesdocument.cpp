// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/valuesdocument.h"

#include "document/readproblem.h"

#include <utility>

namespace pk::document {

namespace {

Value readTree(const std::string &text, std::optional<Problem> &problem)
{
    problem.reset();
    Result<Value> tree = yaml::toMap(text);
    if (tree)
        return std::move(*tree);
    problem = readProblem(tree.error(), text);
    return Value::map();
}

/// Goes down from `node` as long as a value holds `offset`.
void descend(const yaml::Node &node, std::size_t offset, yaml::Path &path)
{
    const auto holds = [offset](const yaml::Span &span) { return offset >= span.begin && offset <= span.end; };
    for (std::size_t i = 0; i < node.size(); ++i) {
        const yaml::Node &value = node.valueAt(i);
        const bool inKey = node.isMapping() && holds(node.key(i).span);
        const bool between = node.isMapping() && offset > node.key(i).span.end && offset < value.span.begin;
        if (!inKey && !between && !holds(value.span))
            continue;
        std::string key;
        if (node.isMapping() && !yaml::keyOf(node.key(i), key))
            return;
        path = node.isMapping() ? path.child(key) : path.child(i);
        if (!inKey)
            descend(value, offset, path);
        return;
    }
}

} // namespace

ValuesDocument::ValuesDocument(std::string text) : m_text(std::move(text)), m_tree(Value::map())
{
    read();
    markSaved();
}

void ValuesDocument::read()
{
    ++m_revision;
    Value tree = readTree(m_text, m_problem);
    if (m_problem)
        return;
    m_tree = std::move(tree);
    auto nodes = yaml::parse(m_text);
    m_nodes = nodes ? std::move(*nodes) : yaml::Stream();
}

void ValuesDocument::make(const yaml::TextEdit &edit, StepName name, bool mayMerge)
{
    m_steps.resize(m_position);
    const auto now = std::chrono::steady_clock::now();
    bool merges = mayMerge && !m_steps.empty() && now < m_mergeUntil && m_steps.back().name == name;
    if (m_open) {
        merges = std::exchange(m_open->made, true);
        name = m_open->name;
    } else if (merges && name.id == "edit.typing") {
        // Typing goes on where it stopped, forwards or backwards; a click elsewhere begins another step.
        const yaml::TextEdit &last = m_steps.back().edits.back();
        const std::size_t end = last.offset + last.replacement.size();
        merges = edit.offset == end || edit.offset + edit.length == end;
    }
    if (!merges)
        m_steps.push_back({std::move(name), {}, {}});
    m_steps.back().edits.push_back(edit);
    m_steps.back().inverses.push_back(edit.inverse(m_text));
    m_position = m_steps.size();
    m_mergeUntil = now + MergeWindow;
    m_text = edit.applied(m_text);
    read();
}

Result<yaml::TextEdit> ValuesDocument::make(Result<yaml::TextEdit> edit, StepName name)
{
    if (edit && !edit->isEmpty())
        // Two removals of the first item are two steps.
        make(*edit, name, name.id == "edit.set");
    return edit;
}

Error ValuesDocument::unreadable() const
{
    return {.code = Error::Code::InvalidInput, .message = m_problem->message, .at = m_problem->at};
}

Result<yaml::TextEdit> ValuesDocument::set(const yaml::Path &path, const Value &value)
{
    if (m_problem)
        return unreadable();
    return make(yaml::setValue(m_text, path, value), {"edit.set", path.toString()});
}

Result<yaml::TextEdit> ValuesDocument::setYaml(const yaml::Path &path, std::string_view yaml)
{
    if (m_problem)
        return unreadable();
    return make(yaml::setYaml(m_text, path, yaml), {"edit.set", path.toString()});
}

Result<yaml::TextEdit> ValuesDocument::insert(const yaml::Path &path, const Value &value)
{
    return make(yaml::insertItem(m_text, path, value), {"edit.insert", path.toString()});
}

Result<yaml::TextEdit> ValuesDocument::remove(const yaml::Path &path)
{
    if (m_problem)
        return unreadable();
    const bool item = !path.isRoot() && std::holds_alternative<std::size_t>(path.last());
    return make(
        item ? yaml::removeItem(m_text, path) : yaml::removeKey(m_text, path), {"edit.remove", path.toString()});
}

Result<yaml::TextEdit> ValuesDocument::rename(const yaml::Path &path, std::string_view key)
{
    const yaml::Node *old = m_problem || m_nodes.empty() ? nullptr : yaml::findKey(m_nodes.front().root, path);
    if (!old || spanOf(path.parent().child(std::string(key))))
        return Error{.code = Error::Code::InvalidInput, .message = "the key cannot be renamed"};
    const yaml::TextEdit edit{old->span.begin, old->span.end - old->span.begin, std::string(key)};
    if (const Result<Value> tree = yaml::toMap(edit.applied(m_text)); !tree)
        return tree.error();
    return make(edit, {"edit.set", path.toString()});
}

void ValuesDocument::type(std::size_t offset, std::size_t removed, std::string_view inserted)
{
    endStep();
    const yaml::TextEdit edit{offset, removed, std::string(inserted)};
    if (!edit.isEmpty())
        make(edit, {"edit.typing", {}}, true);
}

void ValuesDocument::replaceAll(std::string_view text)
{
    endStep();
    if (text != m_text)
        make(yaml::editBetween(m_text, text), {"edit.replace", {}}, false);
    endMerging();
}

void ValuesDocument::beginStep(StepName name)
{
    endStep();
    m_open = OpenStep{std::move(name)};
}

void ValuesDocument::endStep()
{
    if (m_open)
        endMerging();
    m_open.reset();
}

std::vector<yaml::TextEdit> ValuesDocument::cancelStep()
{
    const bool made = m_open && m_open->made;
    m_open.reset();
    if (!made)
        return {};
    std::vector<yaml::TextEdit> edits = undo();
    m_steps.resize(m_position);
    return edits;
}

std::optional<StepName> ValuesDocument::undoName() const
{
    return canUndo() ? std::optional(m_steps[m_position - 1].name) : std::nullopt;
}

std::optional<StepName> ValuesDocument::redoName() const
{
    return canRedo() ? std::optional(m_steps[m_position].name) : std::nullopt;
}

std::vector<yaml::TextEdit> ValuesDocument::undo()
{
    endStep();
    if (!canUndo())
        return {};
    const Step &step = m_steps[--m_position];
    const std::vector<yaml::TextEdit> made(step.inverses.rbegin(), step.inverses.rend());
    for (const yaml::TextEdit &edit : made)
        m_text = edit.applied(m_text);
    endMerging();
    read();
    return made;
}

std::vector<yaml::TextEdit> ValuesDocument::redo()
{
    endStep();
    if (!canRedo())
        return {};
    const Step &step = m_steps[m_position++];
    for (const yaml::TextEdit &edit : step.edits)
        m_text = edit.applied(m_text);
    endMerging();
    read();
    return step.edits;
}

void ValuesDocument::markSaved()
{
    m_savedText = m_text;
    m_savedTree = m_problem ? Value::map() : m_tree;
    endStep();
    endMerging();
}

void ValuesDocument::setSavedText(std::string text)
{
    std::optional<Problem> ignored;
    m_savedTree = readTree(text, ignored);
    m_savedText = std::move(text);
}

std::optional<SourceSpan> ValuesDocument::spanOf(const yaml::Path &path) const
{
    if (m_nodes.empty())
        return std::nullopt;
    const yaml::Node *node = yaml::find(m_nodes.front().root, path);
    if (!node)
        return std::nullopt;
    // From the key on: that is what a person sees as the place of a value.
    const yaml::Node *key = yaml::findKey(m_nodes.front().root, path);
    const yaml::Node &first = key ? *key : *node;
    return SourceSpan{.begin = first.span.begin, .end = node->span.end, .line = first.line, .column = first.column};
}

std::optional<SourceSpan> ValuesDocument::nearestSpan(yaml::Path path) const
{
    for (;;) {
        if (auto span = spanOf(path))
            return span;
        if (path.isRoot())
            return std::nullopt;
        path = path.parent();
    }
}

yaml::Path ValuesDocument::pathAt(std::size_t offset) const
{
    yaml::Path path;
    if (!m_nodes.empty())
        descend(m_nodes.front().root, offset, path);
    return path;
}

} // namespace pk::document
