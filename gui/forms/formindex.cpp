// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/formindex.h"

#include "widgets/measures.h"
#include "widgets/theme.h"

namespace pk::gui {

namespace {

enum Role { EditedRole = Qt::UserRole, WorstRole };

/// A line of the index: nothing but painting.
class IndexDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {120, measure::height(measure::row, option.fontMetrics)};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &colors = theme();
        const bool current = option.state & QStyle::State_Selected;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRectF box = QRectF(option.rect).adjusted(0, 1, 0, -1);
        if (current || option.state & QStyle::State_MouseOver) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(current ? colors.selection : colors.hover);
            painter->drawRoundedRect(box, measure::buttonRadius, measure::buttonRadius);
        }
        int right = option.rect.right() - 10;
        painter->setFont(fonts::small());
        if (const int edited = index.data(EditedRole).toInt(); edited > 0) {
            const QString count = QString::number(edited);
            painter->setPen(colors.edited);
            painter->drawText(QRect(right - 30, option.rect.top(), 30, option.rect.height()),
                Qt::AlignVCenter | Qt::AlignRight, count);
            right -= painter->fontMetrics().horizontalAdvance(count) + 8;
        }
        if (const int worst = index.data(WorstRole).toInt(); worst >= 0) {
            paintGlyph(painter, QRectF(right - 14, option.rect.center().y() - 6.5, 14, 14), glyph(Severity(worst)));
            right -= 22;
        }
        painter->setFont(current ? fonts::strong() : fonts::medium());
        painter->setPen(colors.text);
        const QRect words(
            option.rect.left() + 10, option.rect.top(), right - option.rect.left() - 10, option.rect.height());
        painter->drawText(words, Qt::AlignVCenter,
            painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, words.width()));
        if (current && option.state & QStyle::State_HasFocus) {
            painter->setPen(QPen(colors.accent, 2));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(box.adjusted(1, 1, -1, -1), measure::buttonRadius, measure::buttonRadius);
        }
        painter->restore();
    }
};

} // namespace

FormIndex::FormIndex(QWidget *parent) : QListWidget(parent)
{
    setObjectName(QStringLiteral("formIndex"));
    setAccessibleName(tr("Groups of values"));
    setFrameShape(QFrame::NoFrame);
    setViewportMargins(8, 8, 8, 8);
    setItemDelegate(new IndexDelegate(this));
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(QAbstractItemView::SingleSelection);
    connect(this, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0)
            Q_EMIT groupChosen(row);
    });
    // A click on the chosen group comes back to it after scrolling.
    connect(this, &QListWidget::itemClicked, this, [this](QListWidgetItem *item) { Q_EMIT groupChosen(row(item)); });
}

void FormIndex::setGroups(const QVector<FormGroup *> &groups)
{
    const QSignalBlocker quiet(this);
    m_groups = groups;
    clear();
    for (const FormGroup *group : groups)
        addItem(group->group().title);
    refresh();
}

void FormIndex::refresh()
{
    for (int i = 0; i < count(); ++i) {
        const GroupNews &news = m_groups[i]->news();
        QListWidgetItem *line = item(i);
        line->setData(EditedRole, news.edited);
        const int worst = news.worst.isNull()      ? -1
            : news.worst == glyph(Severity::Error) ? int(Severity::Error)
                                                   : int(Severity::Warning);
        line->setData(WorstRole, worst);
        QStringList words = {line->text()};
        if (worst >= 0)
            words.append(stateWord(Severity(worst)));
        if (news.edited > 0)
            words.append(QCoreApplication::translate("FormGroup", "%n edited", nullptr, news.edited));
        line->setData(Qt::AccessibleTextRole, words.join(QStringLiteral(", ")));
        setRowHidden(i, m_groups[i]->isHidden());
    }
}

void FormIndex::setCurrentGroup(int index)
{
    const QSignalBlocker quiet(this);
    setCurrentRow(index);
}

} // namespace pk::gui
