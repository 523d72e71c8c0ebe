// SPDX-License-Identifier: GPL-3.0-or-later
#include "values/problemstrip.h"

#include "widgets/card.h"
#include "widgets/cell.h"
#include "widgets/elidedlabel.h"
#include "widgets/measures.h"
#include "widgets/tableview.h"

#include <QScopedValueRollback>
#include <QStandardItemModel>

#include <optional>

namespace pk::gui {

namespace {

Glyph glyphOf(const Problem &problem)
{
    switch (problem.severity) {
    case Problem::Severity::Error:
        return glyph(Severity::Error);
    case Problem::Severity::Warning:
        return glyph(Severity::Warning);
    case Problem::Severity::Hint:
        break;
    }
    return glyph(Severity::Hint);
}

void setCell(QStandardItemModel *model, int row, int column, const Cell &cell)
{
    QStandardItem *item = model->item(row, column);
    if (!item) {
        item = new QStandardItem;
        item->setEditable(false);
        model->setItem(row, column, item);
    }
    if (item->text() != cell.plainText() || item->data(CellRole).isNull()) {
        item->setData(QVariant::fromValue(cell), CellRole);
        item->setText(cell.plainText());
    }
}

TableView *makeTable(const QString &name, const QString &accessible, QStandardItemModel *model)
{
    auto *table = new TableView;
    table->setObjectName(name);
    table->setAccessibleName(accessible);
    table->setHeaderHidden(true);
    table->setModel(model);
    table->cells()->setLines(false);
    table->setSlackColumn(0);
    table->setUniformRowHeights(false); // Sentences wrap.
    return table;
}

} // namespace

ProblemStrip::ProblemStrip(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("problemStrip"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 1, 0, 0);
    row->setSpacing(0);
    const auto side = [row](const QString &title, QLabel *&note, QWidget *table) {
        auto *column = new QVBoxLayout;
        column->setContentsMargins(8, 6, 8, 4);
        column->setSpacing(4);
        auto *head = new QHBoxLayout;
        head->setContentsMargins(8, 0, 8, 0);
        head->setSpacing(8);
        head->addWidget(strongLabel(title));
        note = helpLabel({});
        note->setWordWrap(false);
        head->addWidget(note, 1);
        column->addLayout(head);
        column->addWidget(table, 1);
        row->addLayout(column, 1);
    };
    m_problemRows = new QStandardItemModel(0, 2, this);
    m_problems = makeTable(QStringLiteral("problemTable"), tr("Problems"), m_problemRows);
    m_problems->setRows(CellDelegate::Rows::TwoLines);
    m_problems->header()->resizeSection(1, 150);
    side(tr("Problems"), m_problemNote, m_problems);
    row->addWidget(new Separator(Qt::Vertical));
    m_consequenceRows = new QStandardItemModel(0, 2, this);
    m_consequences = makeTable(QStringLiteral("consequenceTable"), tr("What an upgrade would do"), m_consequenceRows);
    m_consequences->setRows(CellDelegate::Rows::Dense);
    m_consequences->setSlackColumn(1);
    side(tr("What an upgrade would do"), m_baseline, m_consequences);

    const auto choose = [this](const QModelIndex &index) {
        if (!m_quiet && index.isValid())
            Q_EMIT problemChosen(index.row());
    };
    connect(m_problems, &TableView::currentRowChanged, this, choose);
    connect(m_problems, &QAbstractItemView::clicked, this, [this, choose](const QModelIndex &index) {
        if (index.column() == 1 && !m_shown[index.row()].fix.isEmpty())
            Q_EMIT fixRequested(index.row());
        else
            choose(index);
    });
    connect(m_problems, &TableView::opened, this, [this, choose](const QModelIndex &index) {
        if (m_shown[index.row()].fix.isEmpty())
            choose(index);
        else
            Q_EMIT fixRequested(index.row());
    });
    const auto open = [this](const QModelIndex &index) {
        if (index.isValid())
            Q_EMIT consequenceChosen(m_done[index.row()].objectKey);
    };
    connect(m_consequences, &QAbstractItemView::clicked, this, open);
    connect(m_consequences, &TableView::opened, this, open);
}

void ProblemStrip::setProblems(const QVector<Shown> &problems)
{
    const QScopedValueRollback<bool> quiet(m_quiet, true);
    const int before = current();
    const std::optional<Problem> chosen = before >= 0 ? std::optional(m_shown[before].problem) : std::nullopt;
    m_shown = problems;
    m_problemRows->setRowCount(int(problems.size()));
    int widestFix = 0;
    for (int row = 0; row < problems.size(); ++row) {
        const Problem &problem = problems[row].problem;
        QStringList place;
        if (!problem.path.empty())
            place.append(QString::fromStdString(problem.path));
        if (!problem.at.file.empty())
            place.append(QString::fromStdString(problem.at.file));
        if (problem.at.isKnown())
            place.append(tr("line %1").arg(problem.at.line));
        const QString first = problems[row].sentence.section(u'\n', 0, 0);
        Cell sentence = Cell::withGlyph(glyphOf(problem), first, place.join(QStringLiteral(", ")));
        sentence.secondMono = true;
        sentence.strong = false;
        sentence.wraps = true;
        sentence.tip = problems[row].sentence;
        if (!problems[row].words.isEmpty())
            sentence.tip += QStringLiteral("\n\n") + tr("Helm's words: %1").arg(problems[row].words);
        setCell(m_problemRows, row, 0, sentence);
        Cell fix = Cell::plain(problems[row].fix, Tone::Accent);
        fix.strong = true;
        fix.right = true;
        setCell(m_problemRows, row, 1, fix);
        if (!problems[row].fix.isEmpty())
            widestFix = std::max(widestFix, QFontMetrics(fonts::strong()).horizontalAdvance(problems[row].fix) + 24);
    }
    // The sentence gets what the fixes leave.
    m_problems->header()->resizeSection(1, std::min(std::max(widestFix, 24), m_problems->width() / 2));
    m_problems->setPlaceholder(tr("No problems found."));
    // The same problem stays selected, wherever it stands now.
    const auto kept = std::find_if(m_shown.cbegin(), m_shown.cend(), [&chosen](const Shown &shown) {
        return chosen && shown.problem.path == chosen->path && shown.problem.id == chosen->id
            && (!chosen->path.empty() || shown.problem.message == chosen->message);
    });
    setCurrent(kept == m_shown.cend() ? -1 : int(kept - m_shown.cbegin()));
    showNotes();
}

void ProblemStrip::showNotes()
{
    int errors = 0;
    int warnings = 0;
    for (const Shown &shown : std::as_const(m_shown)) {
        errors += shown.problem.severity == Problem::Severity::Error;
        warnings += shown.problem.severity == Problem::Severity::Warning;
    }
    QStringList words;
    if (errors)
        words.append(tr("%n error(s)", nullptr, errors));
    if (warnings)
        words.append(tr("%n warning(s)", nullptr, warnings));
    if (const int hints = int(m_shown.size()) - errors - warnings)
        words.append(tr("%n hint(s)", nullptr, hints));
    m_problemNote->setText(m_shown.isEmpty() ? tr("None") : words.join(QStringLiteral(", ")));
    m_baseline->setText(!m_folded || m_done.isEmpty() ? m_against
            : m_done.size() == 1                      ? m_done.first().what
                                 : tr("%1, and %n more", nullptr, int(m_done.size()) - 1).arg(m_done.first().what));
}

void ProblemStrip::setConsequences(const QVector<Consequence> &consequences, const QString &baseline)
{
    m_against = baseline;
    m_done = consequences;
    int widest = 0;
    m_consequenceRows->setRowCount(int(consequences.size()));
    for (int row = 0; row < consequences.size(); ++row) {
        const Consequence &one = consequences[row];
        Cell cell = Cell::withGlyph(one.glyph, one.what);
        cell.strong = true;
        cell.wraps = true;
        cell.tip = one.detail;
        setCell(m_consequenceRows, row, 0, cell);
        Cell detail = Cell::plain(one.detail, Tone::Muted);
        detail.wraps = true;
        detail.tip = one.detail;
        setCell(m_consequenceRows, row, 1, detail);
        widest = std::max(widest, QFontMetrics(fonts::strong()).horizontalAdvance(one.what));
    }
    // Half of the room where details stand beside it, all of it where none does.
    const bool details = std::any_of(
        consequences.cbegin(), consequences.cend(), [](const Consequence &one) { return !one.detail.isEmpty(); });
    const int room = m_consequences->width();
    m_consequences->header()->resizeSection(0, std::min(widest + 52, details ? room / 2 : room - 100));
    showNotes();
}

void ProblemStrip::setCurrent(int index)
{
    const QScopedValueRollback<bool> quiet(m_quiet, true);
    m_problems->setCurrentIndex(index >= 0 ? m_problemRows->index(index, 0) : QModelIndex());
    if (index < 0)
        m_problems->clearSelection();
}

int ProblemStrip::current() const
{
    const int row = m_problems->currentIndex().row();
    return row < m_shown.size() ? row : -1;
}

QRect ProblemStrip::placeOf(int index) const
{
    const QRect row = m_problems->visualRect(m_problemRows->index(index, 1));
    return {m_problems->viewport()->mapToGlobal(row.topLeft()), row.size()};
}

void ProblemStrip::setFolded(bool folded)
{
    m_folded = folded;
    m_problems->setVisible(!folded);
    m_consequences->setVisible(!folded);
    showNotes();
}

int ProblemStrip::headHeight() const
{
    return std::max(32, m_problemNote->sizeHint().height() + 16);
}

void ProblemStrip::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->position().y() <= headHeight())
        Q_EMIT foldRequested();
}

void ProblemStrip::step(int direction)
{
    const int count = int(m_shown.size());
    if (count == 0)
        return;
    const int now = m_problems->currentIndex().row();
    const int next = now < 0 ? (direction > 0 ? 0 : count - 1) : (now + direction + count) % count;
    setCurrent(next);
    Q_EMIT problemChosen(next);
}

void ProblemStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().surface); // The splitter's line is above it.
}

} // namespace pk::gui
