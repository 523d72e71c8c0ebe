// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/tableeditor.h"

#include "widgets/elidedlabel.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"

namespace pk::gui {

TableEditor::TableEditor(const QStringList &columns, const FieldSpec &field, FormSource &source, QWidget *parent) :
    Editor(field, source, parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(2, 2, 2, 2);
    column->setSpacing(0);
    m_model = new RowsModel(columns, this);
    m_delegate = new RowsDelegate(this);
    m_table = new QTableView(this);
    name(m_table);
    m_table->setModel(m_model);
    m_table->setItemDelegate(m_delegate);
    QHeaderView *head = m_table->horizontalHeader();
    head->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    head->setHighlightSections(false);
    head->setStretchLastSection(true);
    head->setFixedHeight(measure::height(measure::tableHead, fontMetrics()));
    head->setVisible(columns.size() > 1);
    head->setSectionResizeMode(QHeaderView::Fixed);
    head->setFocusPolicy(Qt::NoFocus);
    const int rowHeight = measure::height(measure::row, fontMetrics());
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setMinimumSectionSize(rowHeight);
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->installEventFilter(this);
    column->addWidget(m_table);

    auto *foot = new QWidget(this);
    m_links = new QHBoxLayout(foot);
    m_links->setContentsMargins(8, 4, 8, 4);
    m_links->setSpacing(14);
    m_links->addStretch();
    m_count = new ElidedLabel;
    m_count->setFont(fonts::small());
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_links->addWidget(m_count);
    column->addWidget(foot);
    m_said = helpLabel({}, this);
    m_said->setContentsMargins(8, 2, 8, 6);
    m_said->hide();
    column->addWidget(m_said);

    connect(m_model, &RowsModel::committed, this, [this](int row, int cell, const QString &text) {
        say({});
        commitCell(row, cell, text);
        refresh();
    });
    connect(m_delegate, &RowsDelegate::nextRowWanted, this, [this] {
        const QModelIndex now = m_table->currentIndex();
        if (now.row() + 1 < m_model->rowCount())
            m_table->setCurrentIndex(now.siblingAtRow(now.row() + 1));
        m_table->setFocus();
    });
    connect(m_delegate, &QAbstractItemDelegate::closeEditor, this,
        [this](QWidget *, QAbstractItemDelegate::EndEditHint hint) {
            if (!std::exchange(m_adding, false))
                return;
            if (hint == QAbstractItemDelegate::RevertModelCache)
                this->source().cancelChange();
            else
                this->source().endChange();
            refresh();
        });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex &now) { rowChosen(now.row()); });
    connect(m_table, &QTableView::customContextMenuRequested, this, &TableEditor::showMenu);
}

QWidget *TableEditor::problemWidget()
{
    return this;
}

QPushButton *TableEditor::addLink(const QString &text, const QString &suffix)
{
    auto *link = new QPushButton(text, this);
    name(link, suffix, text);
    setButtonKind(link, ButtonKind::Link);
    m_links->insertWidget(int(m_linkButtons.size()), link);
    m_linkButtons.append(link);
    return link;
}

void TableEditor::say(const QString &sentence, Tone tone)
{
    QPalette colors = m_said->palette();
    colors.setColor(QPalette::PlaceholderText, theme().ink(tone));
    m_said->setPalette(colors);
    m_said->setText(sentence);
    m_said->setVisible(!sentence.isEmpty());
}

int TableEditor::currentRow() const
{
    return m_table->currentIndex().row();
}

void TableEditor::refresh()
{
    auto now = rows();
    const bool editable = source().isEditable() && now.has_value();
    const QModelIndex current = m_table->currentIndex();
    const int before = m_model->rowCount();
    m_model->setEditable(editable);
    m_model->setRows(now ? std::move(*now) : std::vector<FormRow>());
    if (m_model->rowCount() != before && current.isValid())
        m_table->setCurrentIndex(m_model->index(std::min(current.row(), m_model->rowCount() - 1), current.column()));
    m_table->setEditTriggers(editable
            ? QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed | QAbstractItemView::AnyKeyPressed
            : QAbstractItemView::NoEditTriggers);
    for (QPushButton *link : std::as_const(m_linkButtons))
        link->setEnabled(editable);
    if (!now)
        say(tr("This value has another shape here: edit it in the YAML."));
    fitHeight();
    fitCount();
}

/// The words at the right stand whole, or not at all: the rows can be counted.
void TableEditor::fitCount()
{
    const QMargins margins = m_links->contentsMargins();
    int needed = margins.left() + margins.right() + m_count->sizeHint().width();
    for (const QPushButton *link : std::as_const(m_linkButtons))
        needed += link->sizeHint().width() + m_links->spacing();
    m_count->setVisible(!m_count->fullText().isEmpty() && needed + m_links->spacing() <= width());
}

void TableEditor::fitHeight()
{
    const int count = m_model->rowCount();
    const int head = m_table->horizontalHeader()->isHidden() ? 0 : m_table->horizontalHeader()->height();
    m_table->setFixedHeight(head + count * m_table->verticalHeader()->defaultSectionSize());
    m_table->setVisible(count > 0);
}

void TableEditor::resizeEvent(QResizeEvent *event)
{
    Editor::resizeEvent(event);
    fitColumns(width() - 4);
    fitCount();
}

void TableEditor::fitColumns(int width)
{
    const int count = m_model->columnCount();
    for (int i = 0; i + 1 < count; ++i)
        m_table->setColumnWidth(i, width / count);
}

void TableEditor::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &colors = theme();
    const FieldProblem problem = fieldProblem(this);
    const QColor edge = problem == FieldProblem::Error ? colors.bad
        : problem == FieldProblem::Warning             ? colors.warningFill
                                                       : colors.border;
    const double wide = problem == FieldProblem::None ? 1 : 2;
    painter.setPen(QPen(edge, wide));
    painter.setBrush(colors.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2), measure::buttonRadius,
        measure::buttonRadius);
}

void TableEditor::addAndEdit(const std::function<void()> &add, int column)
{
    source().beginChange(field().path);
    const int before = m_model->rowCount();
    add();
    refresh();
    if (m_model->rowCount() == before) {
        source().endChange();
        return;
    }
    const QModelIndex fresh = m_model->index(m_model->rowCount() - 1, column);
    m_table->setFocus();
    m_table->setCurrentIndex(fresh);
    m_adding = true;
    m_table->edit(fresh);
}

void TableEditor::remove()
{
    const int row = currentRow();
    if (row < 0 || !source().isEditable() || (m_model->cell(row, 0).locked && m_model->columnCount() > 1))
        return;
    say({});
    const FormCell first = m_model->cell(row, 0);
    source().beginChange(field().path);
    removeRow(row);
    source().endChange();
    refresh();
    Q_EMIT source().undoOffered(removedText(first.secret ? QString() : first.text));
}

QString TableEditor::removedText(const QString &name) const
{
    return name.isEmpty() ? tr("Deleted a row of %1").arg(field().label)
                          : tr("Deleted %1 of %2").arg(name, field().label);
}

void TableEditor::doubleCurrent()
{
    const int row = currentRow();
    if (row < 0 || !source().isEditable() || !canDouble(row))
        return;
    const int column = m_table->currentIndex().column();
    source().beginChange(field().path);
    doubleRow(row);
    source().endChange();
    refresh();
    m_table->setCurrentIndex(m_model->index(std::min(row + 1, m_model->rowCount() - 1), column));
}

void TableEditor::move(int by)
{
    const int row = currentRow();
    if (row < 0 || !source().isEditable() || !canMove(row, by))
        return;
    const int column = m_table->currentIndex().column();
    source().beginChange(field().path);
    moveRow(row, by);
    source().endChange();
    refresh();
    m_table->setCurrentIndex(m_model->index(row + by, column));
}

void TableEditor::showMenu(const QPoint &at)
{
    const int row = currentRow();
    if (row < 0)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("rowMenu"));
    const bool editable = source().isEditable();
    const auto add = [&](const QString &text, const QKeySequence &keys, bool possible, auto slot) {
        QAction *action = menu->addAction(text, this, slot);
        action->setShortcut(keys);
        action->setEnabled(editable && possible);
    };
    add(tr("Edit"), Qt::Key_F2, m_table->currentIndex().flags().testFlag(Qt::ItemIsEditable),
        [this] { m_table->edit(m_table->currentIndex()); });
    add(tr("Double"), Qt::CTRL | Qt::Key_D, canDouble(row), [this] { doubleCurrent(); });
    add(tr("Move up"), Qt::ALT | Qt::Key_Up, canMove(row, -1), [this] { move(-1); });
    add(tr("Move down"), Qt::ALT | Qt::Key_Down, canMove(row, 1), [this] { move(1); });
    menu->addSeparator();
    add(tr("Remove"), Qt::Key_Delete, !m_model->cell(row, 0).locked || m_model->columnCount() == 1,
        [this] { remove(); });
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

bool TableEditor::answerKey(const QKeyEvent &key)
{
    const Qt::KeyboardModifiers modifiers = key.modifiers() & ~Qt::KeypadModifier;
    if (modifiers == Qt::NoModifier && key.key() == Qt::Key_Delete) {
        remove();
    } else if (modifiers == Qt::ControlModifier && key.key() == Qt::Key_D) {
        doubleCurrent();
    } else if (modifiers == Qt::AltModifier && (key.key() == Qt::Key_Up || key.key() == Qt::Key_Down)) {
        move(key.key() == Qt::Key_Up ? -1 : 1);
    } else if (modifiers == Qt::NoModifier && (key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter)) {
        Q_EMIT m_delegate->nextRowWanted();
    } else {
        return false;
    }
    return true;
}

bool TableEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress)
        return answerKey(*static_cast<QKeyEvent *>(event)) || Editor::eventFilter(watched, event);
    if (watched == m_table && event->type() == QEvent::FocusIn && !m_table->currentIndex().isValid()
        && m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(0, 0)); // Keys need a row to act on.
    return Editor::eventFilter(watched, event);
}

} // namespace pk::gui
