// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/problem.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace pk::gui {

class Chip;
struct CodeProblem;
class ValuesEditor;
class ValuesSession;

/// The person's own file: its name, undo and redo, and the text with its problems, edited lines and covered secrets.
class YamlPane : public QWidget
{
    Q_OBJECT
public:
    explicit YamlPane(QWidget *parent = nullptr);

    void setSession(ValuesSession *session);
    ValuesEditor *editor() const { return m_editor; }
    /// File name, what undo would take back.
    void showState();
    /// Squiggles, annotations, edited lines and secrets, as the session knows them now.
    void showProblems();
    /// Wash behind the lines of a value, or none; `reveal` scrolls there.
    void mark(const QString &path, bool reveal);
    /// The same for one line, from 1.
    void markLine(int line);
    /// Where the line stands on the screen, for what opens beside it.
    QRect placeOfLine(int line) const;

Q_SIGNALS:
    /// The person put the caret on the value at `path` (may be empty), in `line` from 1.
    void caretAt(const QString &path, int line);
    /// Alt+Enter in `line`.
    void fixesRequested(int line);

private:
    void placeSquiggle(CodeProblem &shown, const Problem &problem) const;
    void showEditedLines();
    /// Of the line of a place, in characters: annotations begin there.

    QPointer<ValuesSession> m_session;
    QLabel *m_fileName;
    Chip *m_edited;
    QToolButton *m_undo;
    QToolButton *m_redo;
    ValuesEditor *m_editor;
};

} // namespace pk::gui
