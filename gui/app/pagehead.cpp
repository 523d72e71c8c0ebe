// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pagehead.h"

#include "widgets/elidedlabel.h"
#include "widgets/glyphlabel.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"

namespace pk::gui {

namespace {

constexpr int ChipsNeed = 1000 - measure::sideBar;

constexpr int MostButtons = 4;

} // namespace

PageHead::PageHead(QWidget *parent) : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(measure::pageMargin, 10, measure::pageMargin, 6);
    row->setSpacing(10);
    m_glyph = new GlyphLabel(20);
    m_glyph->setObjectName(QStringLiteral("pageGlyph"));
    row->addWidget(m_glyph);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    m_name = new ElidedLabel({}, Qt::ElideMiddle);
    m_name->setObjectName(QStringLiteral("pageTitle"));
    m_name->setFont(fonts::title());
    words->addWidget(m_name);
    m_second = helpLabel({});
    m_second->hide();
    words->addWidget(m_second);
    row->addLayout(words);
    m_chipRow = new QHBoxLayout;
    m_chipRow->setContentsMargins(10, 0, 0, 0);
    m_chipRow->setSpacing(8);
    row->addLayout(m_chipRow);
    row->addStretch(1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (int i = 0; i < MostButtons; ++i) {
        m_buttons.append(new QPushButton);
        m_buttons.last()->hide();
        buttons->addWidget(m_buttons.last());
    }
    row->addLayout(buttons);
}

void PageHead::setTitle(Glyph state, const QString &stateWord, const QString &name)
{
    m_glyph->setGlyph(state, stateWord);
    m_glyph->setVisible(!state.isNull());
    m_name->setFullText(name);
    foldChips();
}

void PageHead::setSecondLine(const QString &text)
{
    m_second->setText(text);
    m_second->setVisible(!text.isEmpty());
}

void PageHead::setChips(const QVector<ChipData> &chips)
{
    while (m_chips.size() > chips.size())
        delete m_chips.takeLast();
    for (int i = 0; i < chips.size(); ++i) {
        if (i == m_chips.size()) {
            m_chips.append(new Chip(chips[i]));
            m_chipRow->addWidget(m_chips[i]);
        }
        m_chips[i]->setData(chips[i]);
    }
    foldChips();
}

void PageHead::setActions(const QList<QAction *> &actions, QAction *primary)
{
    // The buttons follow their actions by themselves.
    if (actions == m_actions && primary == m_primary)
        return;
    m_actions = actions;
    m_primary = primary;
    Q_ASSERT(actions.size() <= MostButtons);
    for (const QMetaObject::Connection &bound : std::as_const(m_bound))
        disconnect(bound);
    m_bound.clear();
    for (int i = 0; i < m_buttons.size(); ++i) {
        QPushButton *button = m_buttons[i];
        button->setObjectName({});
        button->hide();
        if (i >= actions.size())
            continue;
        setButtonKind(button, actions[i] == primary ? ButtonKind::Primary : ButtonKind::Secondary);
        bind(button, actions[i]);
    }
}

/// The button follows the action: text, enabled state, tooltip.
void PageHead::bind(QPushButton *button, QAction *action)
{
    button->setObjectName(action->objectName());
    const auto follow = [button, action] {
        button->setText(action->text());
        button->setEnabled(action->isEnabled());
        button->setToolTip(action->toolTip() == action->text() ? QString() : action->toolTip());
        button->setVisible(action->isVisible());
    };
    follow();
    m_bound.append(connect(action, &QAction::changed, button, follow));
    m_bound.append(connect(button, &QPushButton::clicked, action, &QAction::trigger));
}

void PageHead::foldChips()
{
    const bool fits = width() >= ChipsNeed;
    QStringList words;
    for (Chip *chip : std::as_const(m_chips)) {
        chip->setVisible(fits);
        words.append(chip->data().text);
    }
    m_name->setToolTip(fits ? QString() : words.join(QStringLiteral(", ")));
}

void PageHead::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    foldChips();
}

void PageHead::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), theme().surface);
}

} // namespace pk::gui
