// SPDX-License-Identifier: GPL-3.0-or-later
#include "preview/diffbar.h"

#include "widgets/card.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"

#include <QActionGroup>
#include <QMenu>
#include <QToolButton>

namespace pk::gui {

namespace {

QToolButton *toolButton(QWidget *parent, const QString &name, const QString &icon, const QString &tip)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(name);
    button->setAutoRaise(true);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    icons::bind(button, icon);
    return button;
}

} // namespace

DiffBar::DiffBar(QWidget *parent) : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    m_previous = toolButton(
        this, QStringLiteral("previousChange"), QStringLiteral("chevron-up"), tr("Previous change (Shift+F7)"));
    m_change = helpLabel({});
    m_change->setObjectName(QStringLiteral("changeLabel"));
    m_change->setWordWrap(false);
    m_next = toolButton(this, QStringLiteral("nextChange"), QStringLiteral("chevron-down"), tr("Next change (F7)"));
    row->addWidget(m_previous);
    row->addWidget(m_change);
    row->addWidget(m_next);

    m_unified = new QAction(tr("Unified"), this);
    m_unified->setObjectName(QStringLiteral("unified"));
    m_sides = new QAction(tr("Side by side"), this);
    m_sides->setObjectName(QStringLiteral("sideBySide"));
    auto *layouts = new QActionGroup(this);
    for (QAction *action : {m_unified, m_sides}) {
        action->setCheckable(true);
        layouts->addAction(action);
    }
    icons::bind(m_unified, QStringLiteral("unified"));
    icons::bind(m_sides, QStringLiteral("side-by-side"));
    m_unified->setChecked(true);
    m_layouts = new QWidget(this);
    auto *layoutRow = new QHBoxLayout(m_layouts);
    layoutRow->setContentsMargins(0, 0, 0, 0);
    layoutRow->setSpacing(2);
    layoutRow->addWidget(new Separator(Qt::Vertical));
    for (QAction *action : {m_unified, m_sides}) {
        auto *button = new QToolButton(m_layouts);
        button->setAutoRaise(true);
        button->setDefaultAction(action);
        button->setObjectName(action->objectName() + QStringLiteral("Button"));
        layoutRow->addWidget(button);
    }
    row->addWidget(m_layouts);

    auto *more =
        toolButton(this, QStringLiteral("previewMenu"), QStringLiteral("more"), tr("How the preview is shown"));
    more->setPopupMode(QToolButton::InstantPopup);
    m_menu = new QMenu(more);
    m_menu->setObjectName(QStringLiteral("previewMenuItems"));
    more->setMenu(m_menu);
    row->addWidget(more);
    fillMenu();

    connect(m_previous, &QToolButton::clicked, this, [this] { Q_EMIT stepRequested(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { Q_EMIT stepRequested(1); });
    connect(layouts, &QActionGroup::triggered, this, [this](QAction *action) {
        DiffOptions options = m_options;
        options.sideBySide = action == m_sides;
        set(options);
    });
    updateParts();
}

void DiffBar::fillMenu()
{
    m_menu->addActions({m_unified, m_sides});
    m_menu->addSection(tr("Unchanged lines around a change"));
    m_context = new QActionGroup(this);
    for (const int lines : {0, 3, 10, -1}) {
        QAction *action = m_menu->addAction(lines < 0 ? tr("All") : lines == 0 ? tr("None") : QString::number(lines));
        action->setObjectName(
            QStringLiteral("context%1").arg(lines < 0 ? QStringLiteral("All") : QString::number(lines)));
        action->setData(lines);
        action->setCheckable(true);
        action->setChecked(lines == m_options.context);
        m_context->addAction(action);
    }
    m_menu->addSeparator();
    m_labels = m_menu->addAction(tr("Ignore labels and annotations"));
    m_labels->setObjectName(QStringLiteral("ignoreLabels"));
    m_wrap = m_menu->addAction(tr("Wrap long lines"));
    m_wrap->setObjectName(QStringLiteral("wrapLines"));
    for (QAction *action : {m_labels, m_wrap}) {
        action->setCheckable(true);
        connect(action, &QAction::toggled, this, [this] {
            DiffOptions options = m_options;
            options.ignoreLabels = m_labels->isChecked();
            options.wrap = m_wrap->isChecked();
            set(options);
        });
    }
    m_menu->addSeparator();
    m_menu->addAction(tr("Copy"), this, &DiffBar::copyRequested)->setObjectName(QStringLiteral("copyPreview"));
    m_menu->addAction(tr("Save…"), this, &DiffBar::saveRequested)->setObjectName(QStringLiteral("savePreview"));
    connect(m_context, &QActionGroup::triggered, this, [this](QAction *action) {
        DiffOptions options = m_options;
        options.context = action->data().toInt();
        set(options);
    });
}

void DiffBar::addToMenu(QAction *action)
{
    m_menu->insertAction(m_labels, action);
}

void DiffBar::set(const DiffOptions &options)
{
    if (options == m_options)
        return;
    m_options = options;
    updateParts();
    Q_EMIT optionsChanged();
}

void DiffBar::setChanges(bool compared, int current, int count)
{
    m_compared = compared;
    m_change->setText(count == 0 ? tr("No change") : tr("Change %1 of %2").arg(std::max(0, current) + 1).arg(count));
    for (QToolButton *button : {m_previous, m_next}) {
        button->setEnabled(count > 0);
        const QString words = button == m_next ? tr("Next change (F7)") : tr("Previous change (Shift+F7)");
        button->setToolTip(words + QStringLiteral("\n") + m_change->text());
    }
    updateParts();
}

void DiffBar::setRoomForSides(bool room)
{
    m_room = room;
    updateParts();
}

void DiffBar::setCompact(bool compact)
{
    m_compact = compact;
    updateParts();
}

void DiffBar::updateParts()
{
    for (QWidget *part : {static_cast<QWidget *>(m_previous), static_cast<QWidget *>(m_next)})
        part->setVisible(m_compared);
    m_change->setVisible(m_compared && !m_compact);
    m_layouts->setVisible(m_compared && !m_compact);
    m_sides->setEnabled(m_room && m_compared);
    m_sides->setToolTip(m_room ? m_sides->text() : tr("Side by side needs more room: make the preview wider"));
    m_unified->setEnabled(m_compared);
    m_context->setEnabled(m_compared);
    m_labels->setEnabled(m_compared);
    // Lines that wrap would not stay beside each other.
    m_wrap->setEnabled(!m_compared || !m_options.sideBySide || !m_room);
}

} // namespace pk::gui
