// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/formsource.h"

#include <functional>

class QLineEdit;

namespace pk::gui {

/// Writes what is typed into a line edit to the document at once, so that the preview follows, and makes it one step
/// to undo: each key starts from the text before the first one. Enter and leaving end the step, Esc takes it back.
/// Undo and redo are the document's, not the line edit's own.
class LiveEdit : public QObject
{
    Q_OBJECT
public:
    /// `path` names the step; `commit` writes a text. Lives as long as `edit`.
    LiveEdit(QLineEdit *edit, FormSource &source, std::function<yaml::Path()> path,
        std::function<void(const QString &)> commit);

    /// Shows a text of the document, unless that is what stands there already: the caret would jump.
    void show(const QString &text);

Q_SIGNALS:
    /// Enter, Esc, or the focus went.
    void finished();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void type(const QString &text);
    void finish();

    QLineEdit *m_edit;
    FormSource &m_source;
    std::function<yaml::Path()> m_path;
    std::function<void(const QString &)> m_commit;
    bool m_typed = false; ///< Since the focus came or Enter.
};

/// Spin and combo boxes change by the wheel only while they have the focus: scrolling a form must edit nothing.
void guardWheel(QWidget *box);

/// Lets the window answer Ctrl+Z and Ctrl+Shift+Z in an input: one history for form and text.
void leaveUndoToDocument(QWidget *input);

} // namespace pk::gui
