// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/navrow.h"

#include <QWidget>

class QLineEdit;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace pk::gui {

class ContextButton;

/// What stands in the side bar. Whoever knows the cluster and the drafts builds it; the side bar only shows.
struct SideBarState
{
    struct Row
    {
        QString id; ///< given back when the row is chosen
        NavRowState shown;
        bool operator==(const Row &) const = default;
    };

    QString cluster; ///< empty: "No cluster"
    QString userAndNamespace;
    bool connected = false; ///< pools and cluster rows exist
    QString poolsHint; ///< instead of rows: "None in this namespace"
    QVector<Row> pools;
    QVector<Row> clusterPages;
    QVector<Row> drafts;
    QVector<Row> operations; ///< running ones, newest first
    Glyph connectionGlyph;
    QString connection; ///< "Live, 41 ms", "Not connected"

    bool operator==(const SideBarState &) const = default;
};

/// Left of the window: context, pools, pages of the cluster, drafts, running operations, connection (UI.md 4). 248
/// wide, or a rail of 52 with glyphs and tooltips. Rows keep their identity by id, so nothing jumps and focus stays.
/// Over 12 pools their rows have one line, over 40 there is a filter; of operations the newest three are shown.
class SideBar : public QWidget
{
    Q_OBJECT
public:
    explicit SideBar(QWidget *parent = nullptr);

    void setState(const SideBarState &state);
    /// The row of the page that is shown; an unknown id marks none.
    void setCurrent(const QString &id);
    QString current() const { return m_current; }
    /// All ids in the order of the rows, for Ctrl+1 to Ctrl+9.
    QStringList ids() const;
    void setRail(bool rail);
    bool isRail() const { return m_rail; }
    /// Width while it is no rail, 200 to 360; dragging its edge changes it.
    void setWide(int width);
    int wide() const { return m_wide; }

Q_SIGNALS:
    void chosen(const QString &id);
    void contextRequested();
    void newPoolRequested();
    void settingsRequested(const QPoint &globalPosition);
    void menuRequested(const QPoint &globalPosition);
    void widthChanged(int width);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    class Section;

    void showPools();
    void showOperations();
    void settleRows();
    void makeFilter();
    void makeFoot(QVBoxLayout *outer);

    QToolButton *addFootButton(const QString &iconName, const QString &objectName, const QString &name);

    ContextButton *m_context;
    QVBoxLayout *m_column;
    Section *m_pools;
    Section *m_cluster;
    Section *m_drafts;
    Section *m_operations;
    QWidget *m_operationsLine;
    NavRow *m_moreOperations;
    QLineEdit *m_filter;
    NavRow *m_newPool;
    NavRow *m_connection;
    QVector<QToolButton *> m_footButtons;
    QWidget *m_grip; ///< At the edge, over both sides of it.
    SideBarState m_state;
    QString m_current;
    bool m_rail = false;
    bool m_allOperations = false;
    int m_wide;
};

} // namespace pk::gui
