// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/problem.h"
#include "base/result.h"
#include "yaml/reader.h"
#include "yaml/textedit.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pk::document {

/// What a step of undo did: an id for gui/texts and the value that it changed, never what it was changed to.
struct StepName
{
    std::string id; ///< "edit.set", "edit.remove", "edit.typing", "edit.replace"
    std::string path; ///< Empty for typing.
    bool operator==(const StepName &) const = default;
};

/// A person's values file: the text is the document, and everything else is read from it. Every change is a change of
/// characters, so comments, order and line ends stay, and one undo history covers form and text alike.
///
/// A text that cannot be read keeps the last good tree and takes text edits only. Not thread-safe; no widget, no file.
class ValuesDocument
{
public:
    ValuesDocument() : ValuesDocument(std::string()) { }
    explicit ValuesDocument(std::string text);

    const std::string &text() const { return m_text; }
    /// Changes with each change of the text; tells what a late result belongs to.
    std::uint64_t revision() const { return m_revision; }
    /// The last tree that could be read; always a map.
    const Value &tree() const { return m_tree; }
    bool isReadable() const { return !m_problem; }
    /// Why the text cannot be read, with the place.
    const std::optional<Problem> &problem() const { return m_problem; }

    // Each returns the edit that was made, for an editor that shows the text, and is one step to undo. Consecutive
    // changes of one path, and consecutive typing, within MergeWindow become one step. Edits of values are refused
    // while the text cannot be read.
    Result<yaml::TextEdit> set(const yaml::Path &path, const Value &value);
    Result<yaml::TextEdit> setYaml(const yaml::Path &path, std::string_view yaml);
    /// Puts an item before the one at `path`, which ends in an index, or behind the last one.
    Result<yaml::TextEdit> insert(const yaml::Path &path, const Value &value);
    /// Removes an entry of a map or an item of a list.
    Result<yaml::TextEdit> remove(const yaml::Path &path);
    /// Another name for the key of a map's entry, at its place. Refused when there is an entry of that name.
    Result<yaml::TextEdit> rename(const yaml::Path &path, std::string_view key);
    /// What somebody typed: `removed` bytes at `offset` become `inserted`.
    void type(std::size_t offset, std::size_t removed, std::string_view inserted);
    /// Another text altogether, as one step: import, a restored draft.
    void replaceAll(std::string_view text);
    /// The next change begins a new step: the focus moved on.
    void endMerging() { m_mergeUntil = {}; }
    /// All changes of values until endStep() are one step of this name, however long they take: typing in a field, or
    /// a choice that changes several values. Typing in the text, undo, redo and saving end it too.
    void beginStep(StepName name);
    void endStep();
    /// Takes the open step back and forgets it; there is nothing to redo then. Returns the edits, as undo() does.
    std::vector<yaml::TextEdit> cancelStep();

    bool canUndo() const { return m_position > 0; }
    bool canRedo() const { return m_position < m_steps.size(); }
    std::optional<StepName> undoName() const;
    std::optional<StepName> redoName() const;
    /// The edits that were made to take the step back, in the order in which they apply.
    std::vector<yaml::TextEdit> undo();
    std::vector<yaml::TextEdit> redo();

    /// The text is what the file holds now.
    void markSaved();
    /// The file holds `text`, whatever the document says: a draft that was restored over its file.
    void setSavedText(std::string text);
    const std::string &savedText() const { return m_savedText; }
    /// The saved file's tree; an empty map when it cannot be read.
    const Value &savedTree() const { return m_savedTree; }
    bool isModified() const { return m_text != m_savedText; }

    /// Where the value at `path` stands in the text. Nothing when it is not there, or not by itself (merge keys).
    std::optional<SourceSpan> spanOf(const yaml::Path &path) const;
    /// The same for the nearest value above that is there.
    std::optional<SourceSpan> nearestSpan(yaml::Path path) const;
    /// The innermost value at a byte of the text; the root where there is none.
    yaml::Path pathAt(std::size_t offset) const;

private:
    struct Step
    {
        StepName name;
        std::vector<yaml::TextEdit> edits;
        std::vector<yaml::TextEdit> inverses; ///< Of the edits, in the same order.
    };
    struct OpenStep
    {
        StepName name;
        bool made = false; ///< It has changes: it is the last step before m_position.
    };
    static constexpr std::chrono::milliseconds MergeWindow{1500};

    void make(const yaml::TextEdit &edit, StepName name, bool mayMerge);
    Result<yaml::TextEdit> make(Result<yaml::TextEdit> edit, StepName name);
    void read();
    Error unreadable() const; ///< What edits of values answer while there is a problem.

    std::string m_text;
    std::uint64_t m_revision = 0;
    Value m_tree;
    yaml::Stream m_nodes; ///< Of the text, when it can be read.
    std::optional<Problem> m_problem;
    std::string m_savedText;
    Value m_savedTree;
    std::vector<Step> m_steps;
    std::size_t m_position = 0; ///< Steps before it are done.
    std::chrono::steady_clock::time_point m_mergeUntil{};
    std::optional<OpenStep> m_open;
};

} // namespace pk::document
