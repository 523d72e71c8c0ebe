// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/rowsmodel.h"

#include "widgets/chip.h"
#include "widgets/measures.h"

namespace pk::gui {

namespace {

constexpr int Dots = 12;
constexpr int CellMargin = 8;

QFont fontOf(const FormCell &cell)
{
    return cell.words ? fonts::small() : fonts::denseCode();
}

} // namespace

RowsModel::RowsModel(const QStringList &columns, QObject *parent) : QAbstractTableModel(parent), m_columns(columns) { }

void RowsModel::setRows(std::vector<FormRow> rows)
{
    if (rows.size() != m_rows.size()) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (rows[row] == m_rows[row])
            continue;
        m_rows[row] = std::move(rows[row]);
        Q_EMIT dataChanged(index(int(row), 0), index(int(row), columnCount() - 1));
    }
}

int RowsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int RowsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size());
}

QVariant RowsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const FormCell &shown = cell(index.row(), index.column());
    switch (role) {
    case Qt::DisplayRole:
        return shown.secret ? QString(Dots, QChar(0x2022)) : shown.text;
    case Qt::EditRole:
        return shown.secret ? QString() : shown.text;
    case Qt::ToolTipRole:
        return shown.secret ? QString() : Qt::convertFromPlainText(shown.text, Qt::WhiteSpaceNormal);
    case Qt::AccessibleTextRole:
        return tr("%1: %2").arg(m_columns[index.column()], shown.secret ? tr("hidden") : shown.text);
    case CellRole: {
        FormCell told = shown;
        if (told.secret)
            told.text = QString(Dots, QChar(0x2022));
        return QVariant::fromValue(told);
    }
    default:
        return {};
    }
}

bool RowsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !index.isValid())
        return false;
    const FormCell &old = cell(index.row(), index.column());
    const QString text = value.toString();
    // Nothing typed over the dots: the secret stays.
    if (old.secret ? text.isEmpty() : text == old.text)
        return false;
    Q_EMIT committed(index.row(), index.column(), text);
    return true;
}

QVariant RowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal && role == Qt::DisplayRole ? m_columns.value(section) : QVariant();
}

Qt::ItemFlags RowsModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return m_editable && index.isValid() && !cell(index.row(), index.column()).locked ? flags | Qt::ItemIsEditable
                                                                                      : flags;
}

QWidget *RowsDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    Q_UNUSED(option)
    const auto cell = index.data(RowsModel::CellRole).value<FormCell>();
    const QString name = index.data(Qt::AccessibleTextRole).toString();
    if (!cell.choices.isEmpty()) {
        auto *combo = new QComboBox(parent);
        combo->setObjectName(QStringLiteral("cellEditor"));
        combo->setAccessibleName(name);
        combo->addItems(cell.choices);
        auto *self = const_cast<RowsDelegate *>(this);
        connect(combo, qOverload<int>(&QComboBox::activated), self, [self, combo] {
            Q_EMIT self->commitData(combo);
            Q_EMIT self->closeEditor(combo);
        });
        return combo;
    }
    auto *edit = new QLineEdit(parent);
    edit->setObjectName(QStringLiteral("cellEditor"));
    edit->setAccessibleName(name);
    edit->setFont(fontOf(cell));
    edit->setEchoMode(cell.secret ? QLineEdit::Password : QLineEdit::Normal);
    edit->setPlaceholderText(cell.secret ? tr("New value") : cell.placeholder);
    if (m_prepare)
        m_prepare(edit, index);
    return edit;
}

void RowsDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    if (auto *combo = qobject_cast<QComboBox *>(editor)) {
        combo->setCurrentText(index.data(Qt::EditRole).toString());
        return;
    }
    auto *edit = qobject_cast<QLineEdit *>(editor);
    // What is being typed stays when a cell beside it changes.
    if (edit && !edit->isModified())
        edit->setText(index.data(Qt::EditRole).toString());
}

void RowsDelegate::setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const
{
    if (const auto *combo = qobject_cast<QComboBox *>(editor))
        model->setData(index, combo->currentText());
    else if (const auto *edit = qobject_cast<QLineEdit *>(editor))
        model->setData(index, edit->text());
}

void RowsDelegate::updateEditorGeometry(
    QWidget *editor, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    Q_UNUSED(index)
    editor->setGeometry(option.rect.adjusted(1, 1, -1, -2));
}

void RowsDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &colors = theme();
    const auto cell = index.data(RowsModel::CellRole).value<FormCell>();
    painter->save();
    const bool selected = option.state & QStyle::State_Selected;
    painter->fillRect(option.rect, selected ? colors.selection : colors.surface);
    painter->setPen(colors.border);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    const QRect room = option.rect.adjusted(CellMargin, 0, -4, -1);
    painter->setFont(fontOf(cell));
    const QFontMetrics metrics(painter->font());
    if (cell.chip) {
        ChipData chip{metrics.elidedText(cell.text, Qt::ElideMiddle, room.width() - 16), cell.tone, {}, false};
        const QSize size = chipSize(chip, painter->font()).boundedTo(room.size());
        paintChip(
            painter, QRect(QPoint(room.left(), room.center().y() - size.height() / 2), size), chip, painter->font());
    } else {
        painter->setPen(!(option.state & QStyle::State_Enabled) ? colors.disabledText()
                : cell.tone == Tone::Neutral                    ? colors.text
                                                                : colors.ink(cell.tone));
        painter->drawText(
            room, Qt::AlignVCenter | Qt::TextSingleLine, metrics.elidedText(cell.text, Qt::ElideMiddle, room.width()));
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(colors.accent, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option.rect.adjusted(1, 1, -1, -2));
    }
    painter->restore();
}

bool RowsDelegate::eventFilter(QObject *watched, QEvent *event)
{
    auto *edit = qobject_cast<QLineEdit *>(watched);
    if (edit && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            Q_EMIT commitData(edit);
            Q_EMIT closeEditor(edit, NoHint);
            Q_EMIT nextRowWanted();
            return true;
        }
    }
    return QStyledItemDelegate::eventFilter(watched, event);
}

} // namespace pk::gui
