// SPDX-License-Identifier: GPL-3.0-or-later
#include "preview/objectdiff.h"

#include "preview/manifestmask.h"
#include "widgets/card.h"
#include "widgets/cell.h"
#include "widgets/diffview.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/tableview.h"
#include "yaml/linediff.h"

#include <QStandardItemModel>

namespace pk::gui {

namespace {

enum Column { NameColumn, WordColumn, CountColumn, ColumnCount };
constexpr int RowsShown = 4;
constexpr int WordsFrom = 560; ///< Below this width the change is a glyph with a tooltip only.

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

QVector<DiffLine> linesOf(const QByteArray &before, const QByteArray &after)
{
    QVector<DiffLine> lines;
    // All lines are wanted: the view itself folds what is unchanged.
    for (const yaml::Hunk &hunk : yaml::diffLines(view(before), view(after), std::numeric_limits<int>::max() / 2)) {
        for (const yaml::DiffLine &line : hunk.lines) {
            DiffLine shown;
            shown.kind = line.kind == yaml::DiffLine::Kind::Added ? DiffLine::Kind::Added
                : line.kind == yaml::DiffLine::Kind::Removed      ? DiffLine::Kind::Removed
                                                                  : DiffLine::Kind::Same;
            shown.oldNumber = line.oldLine;
            shown.newNumber = line.newLine;
            shown.text = QByteArray(line.text.data(), qsizetype(line.text.size()));
            lines.append(shown);
        }
    }
    return lines;
}

QVector<DiffLine> plainLines(const QByteArray &text)
{
    QVector<DiffLine> lines;
    int number = 0;
    for (const QByteArray &line : text.split('\n'))
        lines.append({DiffLine::Kind::Same, ++number, number, line, {}});
    if (!lines.isEmpty() && lines.last().text.isEmpty())
        lines.removeLast();
    return lines;
}

QStandardItem *itemOf(const Cell &cell)
{
    auto *item = new QStandardItem;
    item->setData(QVariant::fromValue(cell), CellRole);
    item->setText(cell.plainText());
    item->setEditable(false);
    return item;
}

} // namespace

ObjectDiff::ObjectDiff(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_rows = new QStandardItemModel(0, ColumnCount, this);
    m_list = new TableView(this);
    m_list->setObjectName(QStringLiteral("objectList"));
    m_list->setAccessibleName(tr("Objects"));
    m_list->setHeaderHidden(true);
    m_list->setRows(CellDelegate::Rows::Dense);
    m_list->setModel(m_rows);
    m_list->setColumns({140, 140, 96}, NameColumn);
    m_list->setGrowing(RowsShown);
    column->addWidget(m_list);
    column->addWidget(new Separator(Qt::Horizontal));

    auto *head = new QHBoxLayout;
    head->setContentsMargins(12, 2, 8, 2);
    m_change = helpLabel({});
    m_change->setWordWrap(false);
    head->addWidget(m_change, 1);
    const auto button = [this, head](const QString &name, const QString &icon, const QString &tip, int direction) {
        auto *made = new QToolButton(this);
        made->setObjectName(name);
        made->setAutoRaise(true);
        made->setToolTip(tip);
        made->setAccessibleName(tip);
        icons::bind(made, icon);
        connect(made, &QToolButton::clicked, this, [this, direction] { showNextChange(direction); });
        head->addWidget(made);
        return made;
    };
    m_previous =
        button(QStringLiteral("previousChange"), QStringLiteral("chevron-up"), tr("Previous change (Shift+F7)"), -1);
    m_next = button(QStringLiteral("nextChange"), QStringLiteral("chevron-down"), tr("Next change (F7)"), 1);
    column->addLayout(head);

    m_text = new DiffView(DiffView::Side::Unified, this);
    m_text->setObjectName(QStringLiteral("previewText"));
    m_text->setAccessibleName(tr("Manifest"));
    column->addWidget(m_text, 1);

    connect(m_list, &TableView::currentRowChanged, this, [this](const QModelIndex &index) { show(index.row()); });
    connect(m_text, &DiffView::newLineClicked, this, [this](int line) {
        const int row = m_list->currentIndex().row();
        if (row >= 0 && line > 0)
            Q_EMIT manifestLineClicked(m_objects[row].firstLine + line - 1);
    });
    connect(m_text, &QsciScintilla::linesChanged, this, &ObjectDiff::updateChangeLabel);
}

QString ObjectDiff::currentKey() const
{
    const int row = m_list->currentIndex().row();
    return row >= 0 && row < m_objects.size() ? m_objects[row].key : QString();
}

void ObjectDiff::setObjects(const QVector<PreviewObject> &objects, bool compared)
{
    const QString chosen = currentKey();
    m_objects = objects;
    m_compared = compared;
    m_counts.clear();
    for (PreviewObject &object : m_objects) {
        const MaskedPair masked =
            maskSecrets(object.kind.toUtf8(), compared ? object.before : QByteArray(), object.after);
        object.before = masked.before;
        object.after = masked.after;
        QPair<int, int> counts{0, 0};
        if (compared) {
            for (const DiffLine &line : linesOf(object.before, object.after)) {
                counts.first += line.kind == DiffLine::Kind::Added;
                counts.second += line.kind == DiffLine::Kind::Removed;
            }
        }
        m_counts.append(counts);
    }
    int next = -1;
    {
        const QSignalBlocker quiet(m_list->selectionModel());
        m_rows->setRowCount(int(m_objects.size()));
        for (int row = 0; row < m_objects.size(); ++row) {
            const PreviewObject &object = m_objects[row];
            const Glyph state = compared ? glyph(object.state) : Glyph();
            Cell name = Cell::withGlyph(state, tr("%1 %2").arg(object.kind, object.name));
            name.kind = Cell::Kind::Mono;
            name.elideMiddle = true;
            name.tip = compared ? stateWord(object.state) : QString();
            const bool calm = object.state == ChangeState::Unchanged;
            const Cell word =
                Cell::plain(compared ? stateWord(object.state) : QString(), calm ? Tone::Muted : Tone::Neutral);
            const auto &[added, removed] = m_counts[row];
            Cell count = !compared           ? Cell::muted({})
                : added == 0 && removed == 0 ? Cell::muted(tr("no change"))
                                             : Cell::number(tr("+%1 −%2").arg(added).arg(removed));
            count.right = true;
            m_rows->setItem(row, NameColumn, itemOf(name));
            m_rows->setItem(row, WordColumn, itemOf(word));
            m_rows->setItem(row, CountColumn, itemOf(count));
            if (object.key == chosen)
                next = row;
        }
    }
    if (next < 0 && compared) {
        // What is worst for the workers is looked at first.
        for (int row = 0; row < m_counts.size(); ++row) {
            const bool changed = m_counts[row].first + m_counts[row].second > 0;
            if (changed && (next < 0 || m_objects[row].state > m_objects[next].state))
                next = row;
        }
    }
    if (next < 0 && !m_objects.isEmpty())
        next = int(m_objects.size()) - 1; // The workload comes last in Helm's order, and is what people edit.
    m_list->updateGeometry();
    m_list->setColumnHidden(WordColumn, !m_compared || width() < WordsFrom);
    if (next >= 0)
        m_list->setCurrentIndex(m_rows->index(next, 0));
    show(next);
}

void ObjectDiff::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_list->setColumnHidden(WordColumn, !m_compared || width() < WordsFrom);
}

void ObjectDiff::show(int row)
{
    if (row < 0 || row >= m_objects.size()) {
        m_text->setLines({});
        updateChangeLabel();
        return;
    }
    const PreviewObject &object = m_objects[row];
    m_text->setContext(m_compared ? 3 : -1);
    m_text->setLines(m_compared ? linesOf(object.before, object.after) : plainLines(object.after), object.key);
    updateChangeLabel();
}

void ObjectDiff::updateChangeLabel()
{
    const int changes = m_compared ? m_text->changeCount() : 0;
    m_previous->setVisible(m_compared);
    m_next->setVisible(m_compared);
    m_previous->setEnabled(changes > 0);
    m_next->setEnabled(changes > 0);
    m_change->setText(!m_compared ? currentKey().isEmpty() ? tr("Nothing is rendered") : tr("As it would be sent")
            : changes == 0 ? tr("No change")
                                  : tr("Change %1 of %2").arg(std::max(0, m_text->currentChange()) + 1).arg(changes));
}

void ObjectDiff::setDimmed(bool dimmed)
{
    m_text->setDimmed(dimmed);
}

void ObjectDiff::showManifestLines(int first, int last)
{
    for (int row = int(m_objects.size()) - 1; row >= 0; --row) {
        if (m_objects[row].firstLine > first || m_objects[row].after.isEmpty())
            continue;
        m_list->setCurrentIndex(m_rows->index(row, 0));
        m_text->showNewLines(first - m_objects[row].firstLine + 1, last - m_objects[row].firstLine + 1);
        return;
    }
}

void ObjectDiff::showNextChange(int direction)
{
    const int changes = m_text->changeCount();
    if (changes == 0)
        return;
    m_text->showChange((m_text->currentChange() + direction + changes) % changes);
    updateChangeLabel();
}

QString ObjectDiff::shownText() const
{
    QStringList texts;
    for (const PreviewObject &object : m_objects) {
        if (!object.after.isEmpty())
            texts.append(QString::fromUtf8(object.after));
    }
    return texts.join(QStringLiteral("\n---\n"));
}

} // namespace pk::gui
