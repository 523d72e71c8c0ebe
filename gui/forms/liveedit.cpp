// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/liveedit.h"

namespace pk::gui {

namespace {

class WheelGuard : public QObject
{
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const auto *widget = qobject_cast<QWidget *>(watched);
        if (event->type() == QEvent::Wheel && widget && !widget->hasFocus()) {
            event->ignore();
            return true;
        }
        return QObject::eventFilter(watched, event);
    }
};

class UndoGuard : public QObject
{
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::ShortcutOverride)
            return QObject::eventFilter(watched, event);
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isUndo = key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo);
        if (isUndo)
            event->ignore();
        return isUndo;
    }
};

} // namespace

void guardWheel(QWidget *box)
{
    box->setFocusPolicy(Qt::StrongFocus); // The default of both takes the focus by the wheel.
    box->installEventFilter(new WheelGuard(box));
}

void leaveUndoToDocument(QWidget *input)
{
    input->installEventFilter(new UndoGuard(input));
}

LiveEdit::LiveEdit(QLineEdit *edit, FormSource &source, std::function<yaml::Path()> path,
    std::function<void(const QString &)> commit) :
    QObject(edit),
    m_edit(edit), m_source(source), m_path(std::move(path)), m_commit(std::move(commit))
{
    leaveUndoToDocument(edit);
    edit->installEventFilter(this);
    connect(edit, &QLineEdit::textEdited, this, &LiveEdit::type);
    connect(edit, &QLineEdit::editingFinished, this, &LiveEdit::finish);
}

void LiveEdit::show(const QString &text)
{
    if (m_edit->text() != text)
        m_edit->setText(text);
}

void LiveEdit::type(const QString &text)
{
    // "2" on the way to "20Gi" is a number that needs quotes; they must not stay.
    if (m_typed)
        m_source.cancelChange();
    m_typed = true;
    m_source.beginChange(m_path());
    m_commit(text);
}

void LiveEdit::finish()
{
    if (m_typed)
        m_source.endChange();
    m_typed = false;
    Q_EMIT finished();
}

bool LiveEdit::eventFilter(QObject *watched, QEvent *event)
{
    const bool escape = event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape;
    if (!escape || !m_typed)
        return QObject::eventFilter(watched, event);
    m_typed = false;
    m_source.cancelChange();
    Q_EMIT finished();
    return true;
}

} // namespace pk::gui
