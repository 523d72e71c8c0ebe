// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/glyphs.h"

#include <QVector>
#include <Qsci/qsciscintilla.h>

class QsciLexerYAML;

namespace pk::gui {

/// A problem shown in the text: squiggle under the columns, annotation on its own line below. Lines and columns count
/// from 0; columns are bytes of UTF-8, as Scintilla counts.
struct CodeProblem
{
    int line = 0;
    int from = 0, to = 0; ///< equal: the whole line
    Severity severity = Severity::Error;
    QString text; ///< "must be a string: write \"true\""; shown whole, in as many lines as it takes
    QString hint; ///< "Alt Enter", may be empty
    bool operator==(const CodeProblem &) const = default;
};

/// YAML text in the looks of the theme: line numbers, folding, edited-line bars, problems, wash. Base of the values
/// editor and of previews. Follows theme and font changes by itself. Keys that belong to the window (UI.md 4.1) are
/// cleared here.
class CodeView : public QsciScintilla
{
    Q_OBJECT
public:
    explicit CodeView(QWidget *parent = nullptr);

    /// Replaces all problems; annotations of unchanged lines do not jump.
    void setProblems(const QVector<CodeProblem> &problems);
    const QVector<CodeProblem> &problems() const { return m_problems; }
    /// Lines with a violet bar in the margin: unsaved edits.
    void setEditedLines(const QVector<int> &lines);
    /// Wash of accent behind lines `first` to `last` (inclusive); -1 removes it.
    void setWash(int first, int last);
    /// Scrolls so that the line is seen, without moving the caret.
    void reveal(int line);
    /// The text as UTF-8, without a detour through QString.
    QByteArray contents() const;
    /// Replaces the text and keeps scroll position and caret where possible. Not undoable: clears the history.
    void setContents(const QByteArray &contents);
    /// Dims the text (last good preview while a template fails).
    void setDimmed(bool dimmed);
    bool isDimmed() const { return m_dimmed; }
    void setLineNumbersShown(bool shown);
    void setFoldingShown(bool shown);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    /// Sets every colour and font; subclasses add theirs and call this first.
    virtual void applyLook();
    void fitLineNumbers();

    enum Margins { NumberMargin = 0, EditedMargin = 1, FoldMargin = 2, GapMargin = 3 };
    enum Markers {
        EditedMarker = 1,
        WashMarker = 2,
        AddedMarker = 3,
        RemovedMarker = 4,
        FoldLineMarker = 5,
        FillMarker = 6
    };
    enum Indicators {
        ErrorIndicator = 8,
        WarningIndicator,
        HintIndicator,
        AddedIndicator,
        RemovedIndicator,
        TextIndicator,
        MutedIndicator,
    };
    enum Styles { ErrorNote = 40, WarningNote, HintNote, MarginText, MarginAdded, MarginRemoved, MarginFold };

private:
    void showAnnotations();
    QString noteOf(const CodeProblem &problem) const;

    QsciLexerYAML *m_lexer;
    QVector<CodeProblem> m_problems;
    QVector<int> m_editedLines;
    int m_washFirst = -1, m_washLast = -1;
    bool m_dimmed = false;
    bool m_lineNumbers = true;
    bool m_folding = true;
};

} // namespace pk::gui
