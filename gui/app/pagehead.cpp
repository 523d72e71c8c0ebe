// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pagehead.h"

#include "widgets/elidedlabel.h"
#include "widgets/glyphlabel.h"
#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"

namespace pk::gui {

namespace {

constexpr int ChipsNeed = 1000 - measure::rail; ///< A window of that width has a rail.
constexpr int LeastName = 120; ///< What a name keeps beside the actions.

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
    // Before them, since the leftmost go into it.
    m_more = new QToolButton;
    m_more->setObjectName(QStringLiteral("moreActions"));
    m_more->setAutoRaise(true);
    m_more->setToolTip(tr("More"));
    m_more->setAccessibleName(m_more->toolTip());
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(new QMenu(m_more));
    icons::bind(m_more, QStringLiteral("more"));
    m_more->hide();
    buttons->addWidget(m_more);
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
    foldActions();
}

QSize PageHead::minimumSizeHint() const
{
    // The rightmost action, "More" and something of the name.
    const QMargins margins = layout()->contentsMargins();
    const QList<QAction *>::size_type shown = std::min<qsizetype>(m_actions.size(), MostButtons);
    const int last = shown > 0 ? m_buttons[int(shown) - 1]->sizeHint().width() : 0;
    return {margins.left() + margins.right() + LeastName + m_more->sizeHint().width() + last + 4 * layout()->spacing(),
        QWidget::minimumSizeHint().height()};
}

void PageHead::foldActions()
{
    const QMargins margins = layout()->contentsMargins();
    int room = width() - margins.left() - margins.right() - LeastName - 3 * layout()->spacing();
    for (const Chip *chip : std::as_const(m_chips))
        room -= chip->isHidden() ? 0 : chip->sizeHint().width() + m_chipRow->spacing();
    QList<QAction *> inMenu;
    bool folds = false;
    for (int i = int(m_actions.size()) - 1; i >= 0; --i) {
        if (!m_actions[i]->isVisible())
            continue;
        const int needed = m_buttons[i]->sizeHint().width() + 8;
        // All that are left of the first that does not fit; "More" wants its place as well.
        const bool isLast = i == int(m_actions.size()) - 1;
        folds = folds || (!isLast && room < needed + (i > 0 ? m_more->sizeHint().width() : 0));
        room -= needed;
        m_buttons[i]->setVisible(!folds);
        if (folds)
            inMenu.prepend(m_actions[i]);
    }
    if (m_more->menu()->actions() != inMenu) {
        m_more->menu()->clear();
        m_more->menu()->addActions(inMenu);
    }
    m_more->setVisible(!inMenu.isEmpty());
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
    m_bound.append(connect(action, &QAction::changed, button, [this, follow] {
        follow();
        foldActions();
    }));
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
    foldActions();
}

void PageHead::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), theme().surface);
}

} // namespace pk::gui
