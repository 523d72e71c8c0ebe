// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poolpage.h"

#include "app/pagehead.h"
#include "widgets/card.h"
#include "widgets/emptystate.h"
#include "widgets/measures.h"
#include "widgets/pagetabbar.h"

#include <QStackedWidget>

namespace pk::gui {

PoolPage::PoolPage(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("poolPage"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_head = new PageHead;
    column->addWidget(m_head);
    m_tabs = new PageTabBar;
    m_tabs->setObjectName(QStringLiteral("poolTabs"));
    m_tabs->setAccessibleName(tr("Pages of the pool"));
    for (const QString &tab : {tr("Overview"), tr("Values"), tr("Evictions")})
        m_tabs->addTab(tab);
    auto *tabs = new QWidget; // of the head's colour
    tabs->setBackgroundRole(QPalette::Base);
    tabs->setAutoFillBackground(true);
    auto *tabRow = new QHBoxLayout(tabs);
    tabRow->setContentsMargins(measure::pageMargin, 0, measure::pageMargin, 0);
    tabRow->addWidget(m_tabs);
    tabRow->addStretch();
    column->addWidget(tabs);
    column->addWidget(new Separator(Qt::Horizontal));
    m_stack = new QStackedWidget;
    m_overview = new OverviewPage;
    m_values = new ValuesTab;
    m_evictions = new EvictionsPage(true);
    m_unknown = new EmptyState;
    m_unknown->setObjectName(QStringLiteral("valuesUnknown"));
    for (QWidget *page : {static_cast<QWidget *>(m_overview), static_cast<QWidget *>(m_values),
             static_cast<QWidget *>(m_evictions), static_cast<QWidget *>(m_unknown)})
        m_stack->addWidget(page);
    column->addWidget(m_stack, 1);

    m_review = new QAction(this);
    m_review->setObjectName(QStringLiteral("review"));
    m_review->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_uninstall = new QAction(tr("Uninstall…"), this);
    m_uninstall->setObjectName(QStringLiteral("uninstallPool"));
    m_discard = new QAction(tr("Discard edits"), this);
    m_discard->setObjectName(QStringLiteral("discardEdits"));
    m_editValues = new QAction(tr("Edit values"), this);
    m_editValues->setObjectName(QStringLiteral("editValues"));
    connect(m_editValues, &QAction::triggered, this, [this] { setTab(ValuesPage); });
    addActions({m_review, m_uninstall, m_discard});
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        showTab();
        updateActions();
        Q_EMIT tabChanged(tab);
    });
    updateActions();
}

void PoolPage::setHead(
    Glyph state, const QString &word, const QString &name, const QVector<ChipData> &chips, bool installed)
{
    m_head->setTitle(state, word, name);
    m_head->setChips(chips);
    m_installed = installed;
    updateActions();
}

void PoolPage::updateActions()
{
    m_review->setText(m_installed ? tr("Review upgrade…") : tr("Review install…"));
    m_discard->setEnabled(m_edits > 0);
    QList<QAction *> actions;
    if (tab() == ValuesPage)
        actions.append(m_discard);
    else if (m_installed)
        actions.append(m_uninstall);
    actions.append(m_review);
    m_head->setActions(actions, m_review);
}

void PoolPage::setChangeable(bool changeable, const QString &reason)
{
    m_unchangeable = changeable ? QString() : reason;
    updateChangeable();
}

void PoolPage::setValuesUnknown(const QString &why)
{
    if (why == m_valuesUnknown)
        return;
    m_valuesUnknown = why;
    m_unknown->setContent(QStringLiteral("lock"), tr("The values of this pool are not known"), why);
    showTab();
    updateChangeable();
}

void PoolPage::updateChangeable()
{
    const QString &why = m_unchangeable.isEmpty() ? m_valuesUnknown : m_unchangeable;
    for (QAction *action : {m_review, m_uninstall}) {
        action->setEnabled(why.isEmpty());
        action->setToolTip(why.isEmpty() ? action->text() : why);
    }
}

void PoolPage::showTab()
{
    const bool unknown = tab() == ValuesPage && !m_valuesUnknown.isEmpty();
    m_stack->setCurrentIndex(unknown ? m_stack->indexOf(m_unknown) : tab());
}

void PoolPage::setTab(int tab)
{
    m_tabs->setCurrentIndex(tab);
}

int PoolPage::tab() const
{
    return m_tabs->currentIndex();
}

void PoolPage::setEditCount(int edits)
{
    m_tabs->setBadge(ValuesPage, edits, Tone::Edited);
    if ((edits > 0) != (m_edits > 0)) {
        m_edits = edits;
        updateActions();
    }
    m_edits = edits;
}

void PoolPage::setEvictionCount(int evictions)
{
    m_tabs->setBadge(EvictionsTab, evictions);
}

} // namespace pk::gui
