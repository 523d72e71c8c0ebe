// SPDX-License-Identifier: GPL-3.0-or-later
#include "preview/objectlist.h"

#include "widgets/diffview.h"
#include "widgets/measures.h"

#include <QPainter>
#include <QScopedValueRollback>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

namespace pk::gui {

namespace {

constexpr int RowHeight = 26;
constexpr int RowsShown = 3;
constexpr int WordsFrom = 560; ///< Below this width the change is a glyph with a tooltip only.
constexpr int Edge = 14;

enum Roles {
    KeyRole = Qt::UserRole + 1,
    KindRole,
    ObjectNameRole,
    StateRole,
    AddedRole,
    RemovedRole,
    VaryingRole,
    ComparedRole
};

class RowDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setKindWidth(int width) { m_kindWidth = width; }
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {200, measure::height(RowHeight, option.fontMetrics)};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const Theme &colors = theme();
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        if (selected || option.state.testFlag(QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(selected ? colors.selection : colors.hover);
            painter->drawRoundedRect(
                QRectF(option.rect).adjusted(6, 0, -6, 0), measure::buttonRadius, measure::buttonRadius);
        }
        if (selected && option.state.testFlag(QStyle::State_HasFocus)) {
            painter->setPen(QPen(colors.accent, 2));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(
                QRectF(option.rect).adjusted(7, 1, -7, -1), measure::buttonRadius, measure::buttonRadius);
        }
        const bool compared = index.data(ComparedRole).toBool();
        QRect room = option.rect.adjusted(Edge, 0, -Edge, 0);
        if (compared) {
            const auto state = ChangeState(index.data(StateRole).toInt());
            paintGlyph(painter, QRectF(room.left(), room.center().y() - 7, 14, 14), glyph(state));
            room.setRight(paintChange(painter, room, index, state));
            room.setLeft(room.left() + 24);
        }
        room.setRight(paintVarying(painter, room, index));
        painter->setPen(colors.text);
        painter->setFont(fonts::strong());
        const int kind = std::min(m_kindWidth, room.width() / 2);
        painter->drawText(QRect(room.left(), room.top(), kind, room.height()), Qt::AlignVCenter,
            QFontMetrics(painter->font()).elidedText(index.data(KindRole).toString(), Qt::ElideRight, kind));
        room.setLeft(room.left() + kind + measure::labelGap);
        painter->setPen(colors.muted);
        painter->setFont(fonts::denseCode());
        painter->drawText(room, Qt::AlignVCenter,
            QFontMetrics(painter->font())
                .elidedText(index.data(ObjectNameRole).toString(), Qt::ElideMiddle, room.width()));
        painter->restore();
    }

private:
    /// Paints "Changed +12 −2" at the right; gives where the room ends that is left.
    static int paintChange(QPainter *painter, const QRect &room, const QModelIndex &index, ChangeState state)
    {
        int right = room.right();
        const auto paint = [&](const QString &text, const QColor &ink) {
            right = paintAtRight(painter, room, right, text, ink);
        };
        const Theme &colors = theme();
        const int added = index.data(AddedRole).toInt();
        const int removed = index.data(RemovedRole).toInt();
        painter->setFont(fonts::smallStrong());
        if (added == 0 && removed == 0) {
            paint(QCoreApplication::translate("ObjectList", "no change"), colors.muted);
            return right;
        }
        if (removed > 0)
            paint(QStringLiteral("−%1").arg(removed), colors.bad);
        if (added > 0)
            paint(QStringLiteral("+%1").arg(added), colors.good);
        painter->setFont(fonts::small());
        if (room.width() >= WordsFrom)
            paint(stateWord(state), colors.muted);
        return right;
    }

    /// Paints "≈ 3" at the right where lines differ with each rendering.
    static int paintVarying(QPainter *painter, const QRect &room, const QModelIndex &index)
    {
        const int varying = index.data(VaryingRole).toInt();
        if (varying == 0)
            return room.right();
        painter->setFont(fonts::small());
        return paintAtRight(
            painter, room, room.right(), DiffView::VaryingSign + QStringLiteral(" %1").arg(varying), theme().muted);
    }

    /// Paints a text that ends at `right`; gives where the next one to its left ends.
    static int paintAtRight(QPainter *painter, const QRect &room, int right, const QString &text, const QColor &ink)
    {
        const int width = QFontMetrics(painter->font()).horizontalAdvance(text);
        painter->setPen(ink);
        painter->drawText(QRect(right - width, room.top(), width, room.height()), Qt::AlignVCenter, text);
        return right - width - 8;
    }

    int m_kindWidth = 80;
};

/// "StatefulSet prod-eu, Changed, 12 lines added, 2 removed": what a screen reader says.
QString sentenceOf(const ObjectList::Row &row, bool compared)
{
    QStringList words{row.name.isEmpty() ? row.kind : row.kind + u' ' + row.name};
    if (compared) {
        words.append(stateWord(row.state));
        if (row.added + row.removed > 0)
            words.append(QCoreApplication::translate("ObjectList", "%1 lines added, %2 removed")
                             .arg(row.added)
                             .arg(row.removed));
    }
    if (row.varying > 0)
        words.append(
            QCoreApplication::translate("ObjectList", "%n line(s) differ with each rendering", nullptr, row.varying));
    return words.join(QStringLiteral(", "));
}

} // namespace

ObjectList::ObjectList(QWidget *parent) : QListView(parent), m_model(new QStandardItemModel(this))
{
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setEditTriggers(NoEditTriggers);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    viewport()->setBackgroundRole(QPalette::AlternateBase);
    setModel(m_model);
    setItemDelegate(new RowDelegate(this));
}

void ObjectList::setRows(const QVector<Row> &rows, bool compared)
{
    const QScopedValueRollback<bool> quiet(m_quiet, true);
    const QString kept = currentKey();
    const bool hadOne = hasChosen();
    const int count = m_model->rowCount();
    const QFontMetrics metrics(fonts::strong());
    int kindWidth = 0;
    while (m_model->rowCount() < rows.size())
        m_model->appendRow(new QStandardItem);
    m_model->setRowCount(int(rows.size()));
    int chosen = -1;
    for (int i = 0; i < rows.size(); ++i) {
        const Row &row = rows[i];
        QStandardItem *item = m_model->item(i);
        item->setData(row.key, KeyRole);
        item->setData(row.kind, KindRole);
        item->setData(row.name, ObjectNameRole);
        item->setData(int(row.state), StateRole);
        item->setData(row.added, AddedRole);
        item->setData(row.removed, RemovedRole);
        item->setData(row.varying, VaryingRole);
        item->setData(compared, ComparedRole);
        item->setText(sentenceOf(row, compared));
        item->setToolTip(item->text().toHtmlEscaped());
        if (!row.key.isEmpty())
            kindWidth = std::max(kindWidth, metrics.horizontalAdvance(row.kind));
        if (hadOne && row.key == kept)
            chosen = i;
    }
    static_cast<RowDelegate *>(itemDelegate())->setKindWidth(kindWidth + 1);
    setCurrentIndex(chosen >= 0 ? m_model->index(chosen, 0) : QModelIndex());
    if (count != rows.size())
        updateGeometry();
    viewport()->update();
}

bool ObjectList::choose(const QString &key)
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->item(row)->data(KeyRole).toString() == key) {
            setCurrentIndex(m_model->index(row, 0));
            return true;
        }
    }
    return false;
}

QString ObjectList::currentKey() const
{
    return currentIndex().data(KeyRole).toString();
}

void ObjectList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (!m_quiet && current.isValid())
        Q_EMIT chosen(current.data(KeyRole).toString());
}

int ObjectList::rowHeight() const
{
    return measure::height(RowHeight, fontMetrics());
}

QSize ObjectList::sizeHint() const
{
    return {320, std::clamp(m_model->rowCount(), 1, RowsShown) * rowHeight() + 4};
}

QSize ObjectList::minimumSizeHint() const
{
    return {160, sizeHint().height()};
}

} // namespace pk::gui
