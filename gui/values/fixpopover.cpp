// SPDX-License-Identifier: GPL-3.0-or-later
#include "values/fixpopover.h"

#include "preview/objectlines.h"
#include "widgets/diffview.h"
#include "widgets/elidedlabel.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"

#include <QListWidget>
#include <QScreen>

namespace pk::gui {

namespace {

constexpr int Width = 460;

/// The changed lines of a difference with one line around them, six in all.
QVector<DiffLine> essence(const QVector<DiffLine> &lines)
{
    QVector<DiffLine> kept;
    for (const int around : {1, 0}) {
        kept.clear();
        for (qsizetype i = 0; i < lines.size(); ++i) {
            bool near = false;
            for (qsizetype j = std::max<qsizetype>(0, i - around); j <= std::min(lines.size() - 1, i + around); ++j)
                near = near || lines[j].kind != DiffLine::Kind::Same;
            if (near)
                kept.append(lines[i]);
        }
        if (kept.size() <= FixPopover::MostLines)
            break;
    }
    kept.resize(std::min<qsizetype>(kept.size(), FixPopover::MostLines));
    return kept;
}

} // namespace

FixPopover::FixPopover(QWidget *parent) : QFrame(parent, Qt::Popup)
{
    setObjectName(QStringLiteral("fixPopover"));
    setAccessibleName(tr("What the fix changes"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(8);
    m_sentence = helpLabel({});
    m_sentence->setObjectName(QStringLiteral("fixSentence"));
    column->addWidget(m_sentence);
    m_list = new QListWidget;
    m_list->setObjectName(QStringLiteral("fixList"));
    m_list->setAccessibleName(tr("Fixes at this place"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->installEventFilter(this);
    column->addWidget(m_list);
    m_difference = new DiffView(DiffView::Side::Unified);
    m_difference->setObjectName(QStringLiteral("fixDifference"));
    m_difference->setAccessibleName(tr("Difference"));
    m_difference->setFocusPolicy(Qt::NoFocus);
    m_difference->setContext(-1);
    column->addWidget(m_difference);
    auto *foot = new QHBoxLayout;
    foot->addWidget(helpLabel(tr("Enter applies, Escape closes")), 1);
    m_apply = new QPushButton;
    m_apply->setObjectName(QStringLiteral("applyFix"));
    setButtonKind(m_apply, ButtonKind::Primary);
    foot->addWidget(m_apply);
    column->addLayout(foot);
    connect(m_list, &QListWidget::currentRowChanged, this, &FixPopover::show);
    connect(m_apply, &QPushButton::clicked, this, &FixPopover::apply);
}

void FixPopover::open(const QVector<Offer> &offers, const QRect &place)
{
    m_offers = offers;
    if (m_offers.isEmpty())
        return;
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const Offer &offer : offers)
            m_list->addItem(offer.label);
        m_list->setCurrentRow(0);
    }
    m_list->setVisible(offers.size() > 1);
    m_list->setFixedHeight(int(offers.size()) * measure::height(measure::denseRow, fontMetrics()));
    show(0);
    setFixedWidth(Width);
    adjustSize();
    QPoint corner = place.bottomLeft() + QPoint(0, 4);
    if (const QScreen *screen = QGuiApplication::screenAt(place.center())) {
        const QRect room = screen->availableGeometry();
        corner.setX(std::clamp(corner.x(), room.left(), std::max(room.left(), room.right() - width())));
        if (corner.y() + height() > room.bottom())
            corner.setY(std::max(room.top(), place.top() - 4 - height()));
    }
    move(corner);
    QFrame::show();
    (offers.size() > 1 ? static_cast<QWidget *>(m_list) : m_apply)->setFocus();
}

void FixPopover::show(int row)
{
    if (row < 0 || row >= m_offers.size())
        return;
    const Offer &offer = m_offers[row];
    m_sentence->setText(offer.sentence);
    m_apply->setText(offer.label);
    const QVector<DiffLine> lines = essence(comparedLines(offer.before, offer.after));
    m_difference->setLines(lines, offer.label);
    const int line = int(m_difference->SendScintilla(QsciScintilla::SCI_TEXTHEIGHT, 0UL));
    m_difference->setFixedHeight(std::max(1, int(lines.size())) * line + 4);
    adjustSize();
}

void FixPopover::apply()
{
    const int row = std::max(0, m_list->currentRow());
    close();
    if (row < m_offers.size())
        Q_EMIT applied(m_offers[row].index);
}

bool FixPopover::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            apply();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void FixPopover::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        apply();
    else if (event->key() == Qt::Key_Escape)
        close();
    else
        QFrame::keyPressEvent(event);
}

void FixPopover::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().surface);
    painter.setPen(theme().control);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace pk::gui
