// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pagehead.h"

#include "widgets/elidedlabel.h"
#include "widgets/glyphlabel.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"

namespace pk::gui {

namespace {

constexpr int ChipsNeed = 1000 - measure::sideBar;

/// A push button that follows an action: text, enabled state, tooltip.
QPushButton *buttonFor(QAction *action, QWidget *parent)
{
    auto *button = new QPushButton(parent);
    button->setObjectName(action->objectName());
    const auto follow = [button, action] {
        button->setText(action->text());
        button->setEnabled(action->isEnabled());
        button->setToolTip(action->toolTip() == action->text() ? QString() : action->toolTip());
        button->setVisible(action->isVisible());
    };
    follow();
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    return button;
}

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
    m_buttons = new QHBoxLayout;
    m_buttons->setSpacing(8);
    row->addLayout(m_buttons);
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
    // The buttons follow their actions by themselves; new ones would lay out the whole page anew.
    if (actions == m_actions && primary == m_primary)
        return;
    m_actions = actions;
    m_primary = primary;
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (QAction *action : actions) {
        QPushButton *button = buttonFor(action, this);
        setButtonKind(button, action == primary ? ButtonKind::Primary : ButtonKind::Secondary);
        m_buttons->addWidget(button);
    }
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
