// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "status/evictionspage.h"
#include "status/overviewpage.h"
#include "values/valuestab.h"
#include "widgets/chip.h"

#include <QWidget>

class QStackedWidget;

namespace pk::gui {

class EmptyState;
class PageHead;
class PageTabBar;

/// A pool's page: head with actions, and the tabs Overview, Values and Evictions. It shows what it is given and asks
/// for what it cannot do itself.
class PoolPage : public QWidget
{
    Q_OBJECT
public:
    enum Tab { OverviewTab, ValuesPage, EvictionsTab };

    explicit PoolPage(QWidget *parent = nullptr);

    /// `installed`: the pool runs; else it is a draft.
    void setHead(Glyph state, const QString &word, const QString &name, const QVector<ChipData> &chips, bool installed);
    /// Whether changing the cluster is possible; `reason` is the tooltip when not.
    void setChangeable(bool changeable, const QString &reason);
    /// Shows `why` in the place of values that cannot be read; nothing can be changed then. Empty: they are there.
    void setValuesUnknown(const QString &why);
    void setTab(int tab);
    int tab() const;
    void setEditCount(int edits);
    void setEvictionCount(int evictions);

    OverviewPage *overview() const { return m_overview; }
    ValuesTab *values() const { return m_values; }
    EvictionsPage *evictions() const { return m_evictions; }
    QAction *reviewAction() const { return m_review; }
    QAction *uninstallAction() const { return m_uninstall; }
    QAction *discardAction() const { return m_discard; }
    QAction *editValuesAction() const { return m_editValues; } ///< Goes to the tab Values.

Q_SIGNALS:
    void tabChanged(int tab);

private:
    void updateActions();
    void updateChangeable();
    void showTab();

    PageHead *m_head;
    PageTabBar *m_tabs;
    QStackedWidget *m_stack;
    OverviewPage *m_overview;
    ValuesTab *m_values;
    EvictionsPage *m_evictions;
    EmptyState *m_unknown; ///< In the place of the values.
    QAction *m_review;
    QAction *m_uninstall;
    QAction *m_discard;
    QAction *m_editValues;
    QString m_valuesUnknown; ///< Why.
    QString m_unchangeable; ///< Why.
    bool m_installed = false;
    int m_edits = 0;
};

} // namespace pk::gui
