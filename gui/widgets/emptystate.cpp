// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/emptystate.h"

#include "widgets/elidedlabel.h"
#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"
#include "widgets/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace pk::gui {

EmptyState::EmptyState(QWidget *parent) :
    QWidget(parent), m_icon(new QLabel(this)), m_heading(headingLabel({}, this)), m_text(helpLabel({}, this)),
    m_buttons(new QHBoxLayout)
{
    m_icon->setAlignment(Qt::AlignCenter);
    m_heading->setAlignment(Qt::AlignCenter);
    m_heading->setWordWrap(true);
    m_text->setFont(fonts::body());
    m_text->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_text->setMaximumWidth(380);
    m_buttons->setSpacing(8);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(8);
    column->addStretch(1);
    column->addWidget(m_icon);
    column->addSpacing(6);
    column->addWidget(m_heading);
    column->addSpacing(3);
    auto *centred = new QHBoxLayout; // keeps height-for-width of the text, which an aligned widget loses
    centred->addStretch(1);
    centred->addWidget(m_text, 1000);
    centred->addStretch(1);
    column->addLayout(centred);
    column->addLayout(m_buttons);
    column->addStretch(1);
}

void EmptyState::setContent(const QString &iconName, const QString &heading, const QString &text)
{
    m_iconName = iconName;
    m_heading->setText(heading);
    m_text->setText(text);
    setAccessibleName(heading);
    setAccessibleDescription(text);
    updateIcon();
}

void EmptyState::setActions(const QList<QAction *> &actions, QAction *primary)
{
    if (actions == m_actions && primary == m_primary)
        return; // Focus stays where it is.
    m_actions = actions;
    m_primary = primary;
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_buttons->addStretch(1);
    for (QAction *action : actions) {
        auto *button = new QPushButton(action->text(), this);
        button->setObjectName(action->objectName());
        const bool third = action == actions.last() && actions.size() > 2;
        setButtonKind(button,
            action == primary ? ButtonKind::Primary
                : third       ? ButtonKind::Flat
                              : ButtonKind::Secondary);
        button->setIcon(action->icon());
        button->setEnabled(action->isEnabled());
        connect(action, &QAction::changed, button, [button, action] {
            button->setText(action->text());
            button->setEnabled(action->isEnabled());
        });
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        m_buttons->addWidget(button);
    }
    m_buttons->addStretch(1);
}

void EmptyState::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        updateIcon();
}

void EmptyState::updateIcon()
{
    m_icon->setPixmap(icons::pixmap(m_iconName, 36, theme().muted, devicePixelRatioF()));
}

} // namespace pk::gui
