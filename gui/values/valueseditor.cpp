// SPDX-License-Identifier: GPL-3.0-or-later
#include "values/valueseditor.h"

#include <QScopedValueRollback>

namespace pk::gui {

ValuesEditor::ValuesEditor(QWidget *parent) : CodeView(parent)
{
    setObjectName(QStringLiteral("valuesEditor"));
    setAccessibleName(tr("Values as YAML"));
    setReadOnly(false);
    setContents(QByteArray());
    setIndentationsUseTabs(false);
    setIndentationWidth(2);
    setTabWidth(2);
    setAutoIndent(true);
    setBackspaceUnindents(true);
    setEolMode(QsciScintilla::EolUnix);
    applyLook(); // The base's constructor could only call its own.
    // The document keeps the history.
    SendScintilla(SCI_SETUNDOCOLLECTION, 0);
    SendScintilla(SCI_EMPTYUNDOBUFFER);
    connect(this, &QsciScintillaBase::SCN_MODIFIED, this, [this](int position, int type, const char *text, int length) {
        if (m_quiet)
            return;
        if (type & SC_MOD_INSERTTEXT)
            Q_EMIT edited(position, 0, QByteArray(text, length));
        else if (type & SC_MOD_DELETETEXT)
            Q_EMIT edited(position, length, QByteArray());
    });
    connect(this, &QsciScintilla::cursorPositionChanged, this, [this] {
        if (!m_secrets.empty())
            coverSecrets();
        if (!m_quiet)
            Q_EMIT caretMoved(caretOffset());
    });
}

void ValuesEditor::applyEdit(std::size_t offset, std::size_t length, const std::string &replacement)
{
    const QScopedValueRollback<bool> quiet(m_quiet, true);
    SendScintilla(SCI_SETTARGETSTART, static_cast<unsigned long>(offset));
    SendScintilla(SCI_SETTARGETEND, static_cast<unsigned long>(offset + length));
    SendScintilla(SCI_REPLACETARGET, replacement.size(), replacement.data());
}

void ValuesEditor::showText(const std::string &text)
{
    const QScopedValueRollback<bool> quiet(m_quiet, true);
    setContents(QByteArray(text.data(), qsizetype(text.size())));
}

void ValuesEditor::setSecrets(const std::vector<yaml::Span> &spans)
{
    if (spans == m_secrets)
        return;
    m_secrets = spans;
    coverSecrets();
}

void ValuesEditor::coverSecrets()
{
    SendScintilla(SCI_SETINDICATORCURRENT, SecretIndicator);
    SendScintilla(SCI_INDICATORCLEARRANGE, 0UL, static_cast<long>(length()));
    const auto caret = static_cast<std::size_t>(caretOffset());
    for (const yaml::Span &span : m_secrets) {
        if (hasFocus() && caret >= span.begin && caret <= span.end)
            continue; // It is being typed.
        SendScintilla(
            SCI_INDICATORFILLRANGE, static_cast<unsigned long>(span.begin), static_cast<long>(span.end - span.begin));
    }
}

void ValuesEditor::applyLook()
{
    CodeView::applyLook();
    SendScintilla(SCI_INDICSETSTYLE, SecretIndicator, static_cast<long>(INDIC_FULLBOX));
    SendScintilla(SCI_INDICSETFORE, SecretIndicator, theme().control);
    SendScintilla(SCI_INDICSETALPHA, SecretIndicator, 255L);
    SendScintilla(SCI_INDICSETOUTLINEALPHA, SecretIndicator, 255L);
    SendScintilla(SCI_INDICSETUNDER, SecretIndicator, 0L);
}

int ValuesEditor::caretOffset() const
{
    return int(SendScintilla(SCI_GETCURRENTPOS));
}

void ValuesEditor::setCaretOffset(int offset)
{
    const QScopedValueRollback<bool> quiet(m_quiet, true);
    SendScintilla(SCI_GOTOPOS, offset);
    reveal(lineOfOffset(offset));
}

int ValuesEditor::lineOfOffset(int offset) const
{
    return int(SendScintilla(SCI_LINEFROMPOSITION, offset));
}

bool ValuesEditor::event(QEvent *event)
{
    // The menu's undo and redo would otherwise win over the keys here.
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->accept();
            return true;
        }
    }
    return CodeView::event(event);
}

void ValuesEditor::mouseReleaseEvent(QMouseEvent *event)
{
    CodeView::mouseReleaseEvent(event);
    // An annotation belongs to the line above it, where the caret may stand already.
    if (event->button() == Qt::LeftButton && !hasSelectedText())
        Q_EMIT caretMoved(caretOffset());
}

void ValuesEditor::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->matches(QKeySequence::Undo))
        Q_EMIT undoRequested();
    else if (event->matches(QKeySequence::Redo))
        Q_EMIT redoRequested();
    else if (enter && event->modifiers().testFlag(Qt::AltModifier))
        Q_EMIT fixesRequested();
    else
        CodeView::keyPressEvent(event);
}

} // namespace pk::gui
