// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sidebar.h"

#include "app/contextbutton.h"
#include "widgets/card.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"
#include "widgets/measures.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollArea>
#include <QToolButton>

namespace pk::gui {

namespace {

constexpr int LeastWide = 200;
constexpr int MostWide = 360;
constexpr int PoolsWithNews = 12; ///< More have one line each.
constexpr int PoolsWithoutFilter = 40;
constexpr int OperationsShown = 3;
constexpr int GripWidth = 7;

} // namespace

/// A heading with rows below it.
class SideBar::Section : public QWidget
{
public:
    Section(const QString &title, SideBar *bar) : QWidget(bar), m_bar(bar)
    {
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(0, 8, 0, 0);
        column->setSpacing(1);
        m_line = new Separator(Qt::Horizontal, this);
        m_line->hide();
        if (!title.isEmpty()) {
            column->addWidget(m_line);
            auto *head = new QWidget;
            auto *row = new QHBoxLayout(head);
            row->setContentsMargins(9, 6, 9, 4);
            m_title = label(title, fonts::smallStrong());
            m_count = label({}, fonts::small());
            row->addWidget(m_title, 1);
            row->addWidget(m_count);
            m_head = head;
            column->addWidget(head);
        }
        m_rows = new QVBoxLayout;
        m_rows->setSpacing(1);
        column->addLayout(m_rows);
    }

    void setRows(const QVector<SideBarState::Row> &rows, const QString &hint, const QString &count)
    {
        if (m_head)
            m_count->setText(count);
        QHash<QString, NavRow *> old = std::exchange(m_byId, {});
        m_ids.clear();
        for (int i = 0; i < rows.size(); ++i) {
            NavRow *row = old.take(rows[i].id);
            if (!row)
                row = addRow(rows[i].id);
            m_byId.insert(rows[i].id, row);
            m_ids.append(rows[i].id);
            row->setState(rows[i].shown);
            row->setRail(m_bar->m_rail);
            const QLayoutItem *there = m_rows->itemAt(i);
            if (!there || there->widget() != row)
                m_rows->insertWidget(i, row);
        }
        for (NavRow *gone : std::as_const(old)) {
            gone->hide(); // now; a row may be in the middle of its own click
            gone->setObjectName({});
            gone->deleteLater();
        }
        setHint(rows.isEmpty() ? hint : QString());
        showLine();
    }

    void setRail(bool rail)
    {
        if (m_head) {
            m_head->setVisible(!rail);
            layout()->setSpacing(rail ? 5 : 1);
        }
        for (NavRow *row : std::as_const(m_byId))
            row->setRail(rail);
        if (m_hint)
            m_hint->setVisible(!rail && !m_hint->text().isEmpty());
        showLine();
    }
    /// In a rail a line stands for the heading, also where what follows belongs to the section.
    void keepLine() { m_keepsLine = true; }

    void setCurrent(const QString &id)
    {
        for (auto row = m_byId.cbegin(); row != m_byId.cend(); ++row)
            row.value()->setChecked(row.key() == id);
    }

    const QStringList &ids() const { return m_ids; }
    /// Between the heading and the rows.
    void addTop(QWidget *widget) { static_cast<QVBoxLayout *>(layout())->insertWidget(2, widget); }

private:
    void showLine() { m_line->setVisible(m_bar->m_rail && m_head && (m_keepsLine || !m_ids.isEmpty())); }
    NavRow *addRow(const QString &id)
    {
        auto *row = new NavRow(this);
        row->setObjectName(QStringLiteral("nav:") + id);
        connect(row, &NavRow::clicked, m_bar, [bar = m_bar, id] {
            bar->setCurrent(bar->m_current); // a click checks by itself; the page decides
            Q_EMIT bar->chosen(id);
        });
        return row;
    }

    void setHint(const QString &hint)
    {
        if (!m_hint) {
            m_hint = label({}, fonts::body());
            m_hint->setContentsMargins(9, 6, 9, 6);
            m_hint->setWordWrap(true);
            layout()->addWidget(m_hint);
        }
        m_hint->setText(hint);
        m_hint->setVisible(!m_bar->m_rail && !hint.isEmpty());
    }

    static QLabel *label(const QString &text, const QFont &font)
    {
        auto *made = new QLabel(text);
        made->setTextFormat(Qt::PlainText);
        made->setFont(font);
        made->setForegroundRole(QPalette::PlaceholderText);
        return made;
    }

    SideBar *m_bar;
    Separator *m_line;
    QWidget *m_head = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_count = nullptr;
    QLabel *m_hint = nullptr;
    QVBoxLayout *m_rows;
    QHash<QString, NavRow *> m_byId;
    QStringList m_ids;
    bool m_keepsLine = false;
};

SideBar::SideBar(QWidget *parent) : QWidget(parent), m_wide(measure::sideBar)
{
    setObjectName(QStringLiteral("sideBar"));
    setAccessibleName(tr("Pools and pages"));
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 8, 0, 0);
    outer->setSpacing(0);
    m_context = new ContextButton(this);
    connect(m_context, &QAbstractButton::clicked, this, &SideBar::contextRequested);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(8, 0, 8, 6);
    top->addWidget(m_context);
    outer->addLayout(top);

    auto *content = new QWidget;
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(8, 0, 8, 8);
    m_column->setSpacing(0);
    m_pools = new Section(tr("Pools"), this);
    m_cluster = new Section(tr("Cluster"), this);
    m_drafts = new Section(tr("Drafts"), this);
    m_drafts->keepLine(); // "New pool…" follows.
    m_newPool = new NavRow(this);
    m_newPool->setObjectName(QStringLiteral("newPool"));
    m_newPool->setCheckable(false);
    m_newPool->setState({.icon = QStringLiteral("plus"), .text = tr("New pool…"), .right = tr("Ctrl N")});
    connect(m_newPool, &NavRow::clicked, this, &SideBar::newPoolRequested);
    for (QWidget *part : {static_cast<QWidget *>(m_pools), static_cast<QWidget *>(m_cluster),
             static_cast<QWidget *>(m_drafts), static_cast<QWidget *>(m_newPool)})
        m_column->addWidget(part);
    m_column->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    outer->addWidget(scroll, 1);

    makeFilter();
    makeFoot(outer);
    m_grip = new QWidget(this);
    m_grip->setObjectName(QStringLiteral("sideBarGrip"));
    m_grip->setCursor(Qt::SplitHCursor);
    m_grip->installEventFilter(this);
    setRail(false);
    setState({});
}

void SideBar::makeFilter()
{
    m_filter = new QLineEdit;
    m_filter->setObjectName(QStringLiteral("filterPools"));
    m_filter->setPlaceholderText(tr("Filter pools"));
    m_filter->setAccessibleName(tr("Filter pools"));
    m_filter->setClearButtonEnabled(true);
    m_filter->hide();
    m_pools->addTop(m_filter);
    connect(m_filter, &QLineEdit::textChanged, this, &SideBar::showPools);
}

/// Running operations, the connection, settings and menu.
void SideBar::makeFoot(QVBoxLayout *outer)
{
    m_operations = new Section({}, this);
    auto *operations = new QVBoxLayout;
    operations->setContentsMargins(8, 0, 8, 0);
    operations->addWidget(m_operations);
    m_moreOperations = new NavRow(this);
    m_moreOperations->setObjectName(QStringLiteral("moreOperations"));
    m_moreOperations->setCheckable(false);
    connect(m_moreOperations, &NavRow::clicked, this, [this] {
        m_allOperations = !m_allOperations;
        showOperations();
    });
    operations->addWidget(m_moreOperations);
    m_operationsLine = new Separator(Qt::Horizontal);
    outer->addWidget(m_operationsLine);
    outer->addLayout(operations);
    outer->addWidget(new Separator(Qt::Horizontal));
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(8, 2, 8, 2);
    foot->setSpacing(0);
    m_connection = new NavRow(this);
    m_connection->setCheckable(false);
    m_connection->setFocusPolicy(Qt::NoFocus);
    m_connection->setObjectName(QStringLiteral("connection"));
    foot->addWidget(m_connection, 1);
    outer->addLayout(foot);
    auto *settings = addFootButton(QStringLiteral("gear"), QStringLiteral("settingsButton"), tr("Settings"));
    auto *menu = addFootButton(QStringLiteral("menu"), QStringLiteral("menuButton"), tr("Menu"));
    connect(settings, &QToolButton::clicked, this,
        [this, settings] { Q_EMIT settingsRequested(settings->mapToGlobal(QPoint(0, 0))); });
    connect(menu, &QToolButton::clicked, this, [this, menu] { Q_EMIT menuRequested(menu->mapToGlobal(QPoint(0, 0))); });
    foot->addWidget(settings);
    foot->addWidget(menu);
}

QToolButton *SideBar::addFootButton(const QString &iconName, const QString &objectName, const QString &name)
{
    auto *button = new QToolButton(this);
    button->setObjectName(objectName);
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setAutoRaise(true);
    icons::bind(button, iconName);
    m_footButtons.append(button);
    return button;
}

void SideBar::setState(const SideBarState &state)
{
    m_state = state;
    m_context->setTexts(state.cluster.isEmpty() ? tr("No cluster") : state.cluster,
        state.cluster.isEmpty() ? tr("Choose a context") : state.userAndNamespace);
    m_context->setConnection(state.connectionGlyph, state.connection);
    showPools();
    m_cluster->setRows(state.clusterPages, {}, {});
    m_cluster->setVisible(!state.clusterPages.isEmpty());
    m_drafts->setRows(state.drafts, tr("None yet"), {});
    showOperations();
    m_connection->setState({.glyph = state.connectionGlyph,
        .icon = QStringLiteral("wifi-off"),
        .text = state.connection.isEmpty() ? tr("Not connected") : state.connection,
        .strong = false});
    setCurrent(m_current);
    settleRows();
}

void SideBar::settleRows()
{
    // Now, and not with the events to come: else the rows stand closer for one frame when one of them has got a second
    // line, since what scrolls is as high as before until then.
    QWidget *content = m_column->parentWidget();
    // From the inside out: a section tells its new height with its own layout.
    for (Section *section : {m_pools, m_cluster, m_drafts})
        section->layout()->activate();
    const QSize room = content->parentWidget()->size();
    const int needed = m_column->hasHeightForWidth() ? m_column->minimumHeightForWidth(room.width())
                                                     : m_column->totalMinimumSize().height();
    content->resize(room.width(), std::max(room.height(), needed));
    m_column->activate();
}

void SideBar::showPools()
{
    const bool filters = m_state.pools.size() > PoolsWithoutFilter;
    m_filter->setVisible(filters && !m_rail);
    const QString words = filters ? m_filter->text().trimmed() : QString();
    QVector<SideBarState::Row> rows;
    for (SideBarState::Row row : std::as_const(m_state.pools)) {
        if (!words.isEmpty() && !row.shown.text.contains(words, Qt::CaseInsensitive)
            && !row.shown.second.contains(words, Qt::CaseInsensitive))
            continue;
        if (m_state.pools.size() > PoolsWithNews)
            row.shown.toolTip = std::exchange(row.shown.second, {});
        rows.append(row);
    }
    const QString hint = !words.isEmpty()
        ? tr("No pool matches “%1”. %2 are hidden.").arg(words, QLocale().toString(m_state.pools.size()))
        : !m_state.poolsHint.isEmpty() ? m_state.poolsHint
        : m_state.connected            ? tr("None in this namespace")
                                       : tr("None without a cluster");
    m_pools->setRows(rows, hint, m_state.pools.isEmpty() ? QString() : QLocale().toString(m_state.pools.size()));
    m_pools->setCurrent(m_current);
}

void SideBar::showOperations()
{
    const int hidden = std::max(0, int(m_state.operations.size()) - OperationsShown);
    m_operations->setRows(m_allOperations ? m_state.operations : m_state.operations.mid(0, OperationsShown), {}, {});
    m_operations->setCurrent(m_current);
    m_operations->setVisible(!m_state.operations.isEmpty());
    m_operationsLine->setVisible(!m_state.operations.isEmpty());
    m_moreOperations->setVisible(hidden > 0 && !m_rail);
    m_moreOperations->setState(
        {.text = m_allOperations ? tr("Show fewer") : tr("%1 more").arg(QLocale().toString(hidden)), .strong = false});
}

void SideBar::setWide(int width)
{
    m_wide = std::clamp(width, LeastWide, MostWide);
    if (!m_rail)
        setFixedWidth(m_wide);
}

void SideBar::setCurrent(const QString &id)
{
    m_current = id;
    for (Section *section : {m_pools, m_cluster, m_drafts, m_operations})
        section->setCurrent(id);
}

QStringList SideBar::ids() const
{
    return m_pools->ids() + m_cluster->ids() + m_drafts->ids();
}

void SideBar::setRail(bool rail)
{
    m_rail = rail;
    setFixedWidth(rail ? measure::rail : m_wide);
    m_grip->setVisible(!rail);
    m_context->setRail(rail);
    for (Section *section : {m_pools, m_cluster, m_drafts, m_operations})
        section->setRail(rail);
    m_newPool->setRail(rail);
    m_connection->setVisible(!rail);
    m_footButtons.first()->setVisible(!rail);
    showPools();
    showOperations();
}

void SideBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int left = layoutDirection() == Qt::RightToLeft ? 0 : width() - GripWidth;
    m_grip->setGeometry(left, 0, GripWidth, height());
    m_grip->raise();
}

bool SideBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_grip && event->type() == QEvent::MouseMove) {
        const int x = mapFromGlobal(static_cast<QMouseEvent *>(event)->globalPosition().toPoint()).x();
        setWide(layoutDirection() == Qt::RightToLeft ? width() - x : x);
        Q_EMIT widthChanged(m_wide);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void SideBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().sunken);
    const int edge = layoutDirection() == Qt::RightToLeft ? 0 : width() - 1;
    painter.fillRect(QRect(edge, 0, 1, height()), theme().border);
}

} // namespace pk::gui
