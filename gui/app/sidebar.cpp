// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sidebar.h"

#include "widgets/card.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"
#include "widgets/measures.h"

namespace pk::gui {

/// A heading with rows below it.
class SideBar::Section : public QWidget
{
public:
    Section(const QString &title, SideBar *bar) : QWidget(bar), m_bar(bar)
    {
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(0, 8, 0, 0);
        column->setSpacing(1);
        if (!title.isEmpty()) {
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
            if (m_rows->indexOf(row) != i)
                m_rows->insertWidget(i, row);
        }
        for (NavRow *gone : std::as_const(old)) {
            gone->hide(); // now; a row may be in the middle of its own click
            gone->setObjectName({});
            gone->deleteLater();
        }
        setHint(rows.isEmpty() ? hint : QString());
    }

    void setRail(bool rail)
    {
        if (m_head)
            m_head->setVisible(!rail);
        for (NavRow *row : std::as_const(m_byId))
            row->setRail(rail);
        if (m_hint)
            m_hint->setVisible(!rail && !m_hint->text().isEmpty());
    }

    void setCurrent(const QString &id)
    {
        for (auto row = m_byId.cbegin(); row != m_byId.cend(); ++row)
            row.value()->setChecked(row.key() == id);
    }

    const QStringList &ids() const { return m_ids; }

private:
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
    QWidget *m_head = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_count = nullptr;
    QLabel *m_hint = nullptr;
    QVBoxLayout *m_rows;
    QHash<QString, NavRow *> m_byId;
    QStringList m_ids;
};

/// Cluster above user and namespace, a chevron at the right.
class SideBar::ContextButton : public QAbstractButton
{
public:
    explicit ContextButton(QWidget *parent) : QAbstractButton(parent)
    {
        setObjectName(QStringLiteral("contextButton"));
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
    }
    void setTexts(const QString &first, const QString &second)
    {
        m_first = first;
        m_second = second;
        setAccessibleName(QCoreApplication::translate("SideBar", "Context: %1, %2").arg(first, second));
        setToolTip(m_rail ? first + QLatin1Char('\n') + second : QString());
        update();
    }
    void setRail(bool rail)
    {
        m_rail = rail;
        updateGeometry();
    }
    QSize sizeHint() const override
    {
        return m_rail ? QSize(36, 36) : QSize(measure::sideBar - 16, measure::height(50, fontMetrics()));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Theme &colors = theme();
        const QRectF area = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setBrush(underMouse() ? colors.hover : colors.dark ? colors.raised : colors.surface);
        painter.setPen(hasFocus() ? QPen(colors.accent, 2) : QPen(colors.border));
        if (!m_rail || underMouse() || hasFocus())
            painter.drawRoundedRect(area, measure::cardRadius, measure::cardRadius);
        const qreal glyphLeft = m_rail ? (width() - 16) / 2.0 : 10;
        painter.drawPixmap(QPointF(glyphLeft, (height() - 16) / 2.0),
            icons::pixmap(QStringLiteral("context"), 16, colors.muted, devicePixelRatioF()));
        if (m_rail)
            return;
        painter.drawPixmap(QPointF(width() - 26, (height() - 16) / 2.0),
            icons::pixmap(QStringLiteral("chevron-down"), 16, colors.muted, devicePixelRatioF()));
        const int line = fontMetrics().height();
        const qreal top = height() / 2.0 - line;
        const qreal room = width() - 34 - 32;
        painter.setFont(fonts::strong());
        painter.setPen(colors.text);
        painter.drawText(QRectF(34, top, room, line), Qt::AlignVCenter,
            QFontMetricsF(painter.font()).elidedText(m_first, Qt::ElideMiddle, room));
        painter.setFont(fonts::small());
        painter.setPen(colors.muted);
        painter.drawText(QRectF(34, top + line, room, line), Qt::AlignVCenter,
            QFontMetricsF(painter.font()).elidedText(m_second, Qt::ElideMiddle, room));
    }

private:
    QString m_first;
    QString m_second;
    bool m_rail = false;
};

SideBar::SideBar(QWidget *parent) : QWidget(parent)
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

    m_operations = new Section({}, this);
    auto *operations = new QVBoxLayout;
    operations->setContentsMargins(8, 0, 8, 0);
    operations->addWidget(m_operations);
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
    connect(settings, &QToolButton::clicked, this, &SideBar::settingsRequested);
    connect(menu, &QToolButton::clicked, this, [this, menu] { Q_EMIT menuRequested(menu->mapToGlobal(QPoint(0, 0))); });
    foot->addWidget(settings);
    foot->addWidget(menu);
    setRail(false);
    setState({});
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
    m_context->setTexts(state.cluster.isEmpty() ? tr("No cluster") : state.cluster,
        state.cluster.isEmpty() ? tr("Choose a context") : state.userAndNamespace);
    const QString hint = !state.poolsHint.isEmpty() ? state.poolsHint
        : state.connected                           ? tr("None in this namespace")
                                                    : tr("None without a cluster");
    m_pools->setRows(state.pools, hint, state.pools.isEmpty() ? QString() : QLocale().toString(state.pools.size()));
    m_cluster->setRows(state.clusterPages, {}, {});
    m_cluster->setVisible(!state.clusterPages.isEmpty());
    m_drafts->setRows(state.drafts, tr("None yet"), {});
    m_operations->setRows(state.operations, {}, {});
    m_operations->setVisible(!state.operations.isEmpty());
    m_operationsLine->setVisible(!state.operations.isEmpty());
    m_connection->setState({.glyph = state.connectionGlyph,
        .icon = QStringLiteral("wifi-off"),
        .text = state.connection.isEmpty() ? tr("Not connected") : state.connection,
        .strong = false});
    setCurrent(m_current);
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
    setFixedWidth(rail ? measure::rail : measure::sideBar);
    m_context->setRail(rail);
    for (Section *section : {m_pools, m_cluster, m_drafts, m_operations})
        section->setRail(rail);
    m_newPool->setRail(rail);
    m_connection->setVisible(!rail);
    m_footButtons.first()->setVisible(!rail);
}

void SideBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().sunken);
    painter.setPen(theme().border);
    painter.drawLine(rect().topRight(), rect().bottomRight());
}

} // namespace pk::gui
