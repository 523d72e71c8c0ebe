// SPDX-License-Identifier: GPL-3.0-or-later
#include "preview/diffpanes.h"

#include "widgets/card.h"
#include "widgets/diffview.h"
#include "widgets/elidedlabel.h"
#include "widgets/gripsplitter.h"
#include "widgets/measures.h"

#include <QStackedWidget>

namespace pk::gui {

DiffPanes::DiffPanes(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_stack = new QStackedWidget;
    column->addWidget(m_stack);
    m_unified = new DiffView(DiffView::Side::Unified);
    m_unified->setObjectName(QStringLiteral("previewText"));
    m_unified->setAccessibleName(tr("Manifest"));
    m_stack->addWidget(m_unified);

    auto *split = new GripSplitter(Qt::Horizontal);
    split->setChildrenCollapsible(false);
    m_sides = split;
    const auto side = [split](DiffView *view, const QString &name, ElidedLabel *label) {
        auto *half = new QWidget;
        auto *rows = new QVBoxLayout(half);
        rows->setContentsMargins(0, 0, 0, 0);
        rows->setSpacing(0);
        label->setFont(fonts::small());
        label->setForegroundRole(QPalette::PlaceholderText);
        label->setContentsMargins(14, 4, 8, 4);
        rows->addWidget(label);
        rows->addWidget(new Separator(Qt::Horizontal));
        view->setObjectName(name);
        rows->addWidget(view, 1);
        split->addWidget(half);
        split->setStretchFactor(split->count() - 1, 1);
    };
    m_oldName = new ElidedLabel;
    m_newName = new ElidedLabel;
    m_old = new DiffView(DiffView::Side::Old);
    m_new = new DiffView(DiffView::Side::New);
    side(m_old, QStringLiteral("previewBefore"), m_oldName);
    side(m_new, QStringLiteral("previewAfter"), m_newName);
    m_old->setAccessibleName(tr("Manifest before"));
    m_new->setAccessibleName(tr("Manifest after"));
    m_old->scrollWith(m_new);
    m_stack->addWidget(m_sides);
    setFocusProxy(m_unified);
    for (DiffView *view : {m_unified, m_new})
        connect(view, &DiffView::newLineClicked, this, &DiffPanes::newLineClicked);
}

void DiffPanes::setLines(const QVector<DiffLine> &lines, const QString &object, bool compared)
{
    m_lines = lines;
    m_object = object;
    m_compared = compared;
    update();
}

void DiffPanes::setOptions(const DiffOptions &options)
{
    if (options == m_options)
        return;
    m_options = options;
    update();
}

void DiffPanes::update()
{
    const bool sides = m_options.sideBySide && m_compared;
    // What did not change is shown whole: there is nothing to fold it around.
    const int context = m_compared && !changeStarts(m_lines).isEmpty() ? m_options.context : -1;
    m_unified->setWrapMode(m_options.wrap ? QsciScintilla::WrapCharacter : QsciScintilla::WrapNone);
    // Only what is seen gets lines; the other layout forgets its own.
    m_unified->setPlain(!m_compared);
    m_unified->setContext(context);
    m_unified->setLines(sides ? QVector<DiffLine>() : m_lines, m_object);
    for (DiffView *view : {m_old, m_new}) {
        view->setContext(context);
        view->setLines(sides ? m_lines : QVector<DiffLine>(), m_object);
    }
    m_stack->setCurrentWidget(sides ? m_sides : static_cast<QWidget *>(m_unified));
    setFocusProxy(sides ? m_new : m_unified);
}

void DiffPanes::setSideNames(const QString &before, const QString &after)
{
    m_oldName->setFullText(before);
    m_newName->setFullText(after);
}

void DiffPanes::setDimmed(bool dimmed)
{
    for (DiffView *view : {m_unified, m_old, m_new})
        view->setDimmed(dimmed);
}

bool DiffPanes::isSideBySide() const
{
    return m_stack->currentWidget() == m_sides;
}

int DiffPanes::changeCount() const
{
    return isSideBySide() ? m_new->changeCount() : m_unified->changeCount();
}

int DiffPanes::currentChange() const
{
    return isSideBySide() ? m_new->currentChange() : m_unified->currentChange();
}

void DiffPanes::showChange(int change)
{
    if (!isSideBySide())
        return m_unified->showChange(change);
    m_old->showChange(change);
    m_new->showChange(change);
}

void DiffPanes::showNewLines(int first, int last)
{
    (isSideBySide() ? m_new : m_unified)->showNewLines(first, last);
}

} // namespace pk::gui
