// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/diffview.h"

#include "widgets/measures.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QToolTip>

namespace pk::gui {

DiffView::DiffView(Side side, QWidget *parent) : CodeView(parent), m_side(side)
{
    setReadOnly(true);
    setFoldingShown(false);
    setMarginWidth(EditedMargin, 0);
    setMarginWidth(GapMargin, 2);
    setMarginType(NumberMargin, TextMargin);
    SendScintilla(SCI_SETCARETSTYLE, static_cast<unsigned long>(CARETSTYLE_INVISIBLE));
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &DiffView::decorateVisible);
    DiffView::applyLook();
}

void DiffView::applyLook()
{
    CodeView::applyLook();
    // Margin texts keep the number of their style, so nothing is set again; the width follows the font.
    fitMargin();
}

void DiffView::setLines(const QVector<DiffLine> &lines, const QString &object)
{
    const bool other = object != m_object;
    QVector<DiffLine> next = lines;
    markChangedCharacters(next);
    if (m_lines == next && !other)
        return;
    m_lines = std::move(next);
    m_changes = changeStarts(m_lines);
    m_object = object;
    describeVarying();
    if (other) {
        m_opened.clear();
        m_shownChange = 0;
    }
    rebuild();
    if (other)
        SendScintilla(SCI_SETFIRSTVISIBLELINE, 0UL);
}

void DiffView::describeVarying()
{
    constexpr int mostNamed = 20;
    QStringList numbers;
    for (const DiffLine &line : std::as_const(m_lines)) {
        const int number = m_side == Side::Old ? line.oldNumber : line.newNumber;
        if (line.varies && number > 0)
            numbers.append(QString::number(number));
    }
    m_varying = std::any_of(m_lines.cbegin(), m_lines.cend(), [](const DiffLine &line) { return line.varies; });
    const bool more = numbers.size() > mostNamed;
    const QString list = numbers.mid(0, mostNamed).join(QStringLiteral(", "));
    // The margin is nothing that a screen reader reads.
    setAccessibleDescription(numbers.isEmpty() ? QString()
            : more                             ? tr("Lines that differ with each rendering: %1 and more").arg(list)
                                               : tr("Lines that differ with each rendering: %1").arg(list));
}

/// Tells a line from the others: the old text does not move. Lines that have no old number go by the new one.
int DiffView::keyOf(const DiffLine &line)
{
    return line.oldNumber > 0 ? line.oldNumber : -line.newNumber;
}

QVector<int> DiffView::openedLines() const
{
    QVector<int> result;
    for (int i = 0; i < m_lines.size() && !m_opened.isEmpty(); ++i) {
        if (m_lines[i].kind == DiffLine::Kind::Same && m_opened.contains(keyOf(m_lines[i])))
            result.append(i);
    }
    return result;
}

void DiffView::setContext(int context)
{
    if (m_context == context)
        return;
    m_context = context;
    rebuild();
}

void DiffView::setPlain(bool plain)
{
    if (m_plain == plain)
        return;
    m_plain = plain;
    rebuild();
}

void DiffView::rebuild()
{
    m_view.clear();
    const auto isOf = [this](int line, DiffLine::Kind kind) { return m_lines[line].kind == kind; };
    const QVector<DiffRow> rows = foldUnchanged(m_lines, m_context, openedLines());
    for (qsizetype at = 0; at < rows.size();) {
        if (m_side == Side::Unified || rows[at].hidden > 0 || isOf(rows[at].line, DiffLine::Kind::Same)) {
            m_view.append({rows[at].line, rows[at].hidden});
            ++at;
            continue;
        }
        // Both sides of a run get as many lines as the longer one has, so that they scroll together.
        const auto run = [&](DiffLine::Kind kind) {
            const qsizetype start = at;
            while (at < rows.size() && rows[at].hidden == 0 && isOf(rows[at].line, kind))
                ++at;
            return std::pair(start, at);
        };
        const auto [removedFrom, removedTo] = run(DiffLine::Kind::Removed);
        const auto [addedFrom, addedTo] = run(DiffLine::Kind::Added);
        const qsizetype from = m_side == Side::Old ? removedFrom : addedFrom;
        const qsizetype to = m_side == Side::Old ? removedTo : addedTo;
        for (qsizetype i = from; i < to; ++i)
            m_view.append({rows[i].line, 0});
        const qsizetype longest = std::max(removedTo - removedFrom, addedTo - addedFrom);
        for (qsizetype i = to - from; i < longest; ++i)
            m_view.append({-1, 0});
    }
    QByteArray text;
    for (const ViewLine &line : m_view) {
        if (line.hidden > 0)
            text += "\u22EF " + tr("%n lines", nullptr, line.hidden).toUtf8();
        else if (line.line >= 0)
            text += m_lines[line.line].text;
        text += '\n';
    }
    text.chop(1);
    setContents(text);
    markerDeleteAll();
    fitMargin();
    m_decorated.fill(false, int(m_view.size()));
    decorateVisible();
}

void DiffView::decorateVisible()
{
    // Numbers, papers and boxes are set when a line is seen for the first time: a text of a megabyte has thirty
    // thousand lines, a window fifty.
    const int first = int(SendScintilla(SCI_GETFIRSTVISIBLELINE));
    const int last = std::min(first + int(SendScintilla(SCI_LINESONSCREEN)) + 2, int(m_view.size()) - 1);
    for (int i = std::max(0, first); i <= last; ++i) {
        if (m_decorated.testBit(i))
            continue;
        m_decorated.setBit(i);
        decorate(i);
        setMarginText(i, marginText(i), marginStyle(i));
    }
}

void DiffView::decorate(int viewLine)
{
    const ViewLine &shown = m_view[viewLine];
    const long start = SendScintilla(SCI_POSITIONFROMLINE, viewLine);
    const auto fill = [&](int indicator, long from, long to) {
        SendScintilla(SCI_SETINDICATORCURRENT, indicator);
        SendScintilla(SCI_INDICATORFILLRANGE, static_cast<unsigned long>(from), to - from);
    };
    if (shown.hidden > 0) {
        markerAdd(viewLine, FoldLineMarker);
        fill(MutedIndicator, start, SendScintilla(SCI_GETLINEENDPOSITION, viewLine));
        return;
    }
    if (shown.line < 0) {
        markerAdd(viewLine, FillMarker);
        return;
    }
    const DiffLine &line = m_lines[shown.line];
    if (line.kind == DiffLine::Kind::Same)
        return;
    const bool added = line.kind == DiffLine::Kind::Added;
    markerAdd(viewLine, added ? AddedMarker : RemovedMarker);
    for (const DiffLine::Range &range : line.changed) {
        fill(added ? AddedIndicator : RemovedIndicator, start + range.from, start + range.to);
        fill(TextIndicator, start + range.from, start + range.to);
    }
}

int DiffView::digits() const
{
    int highest = 1;
    for (auto line = m_lines.crbegin(); line != m_lines.crend() && line - m_lines.crbegin() < 1000; ++line)
        highest = std::max({highest, line->oldNumber, line->newNumber}); // numbers grow: the last ones are the largest
    return std::max(3, int(QString::number(highest).size()));
}

QString DiffView::marginText(int viewLine) const
{
    const ViewLine &shown = m_view[viewLine];
    if (shown.line < 0 || shown.hidden > 0)
        return QStringLiteral(" ");
    const auto number = [this](int value) {
        return (value > 0 ? QString::number(value) : QString()).rightJustified(m_digits);
    };
    const DiffLine &line = m_lines[shown.line];
    const QString varying = !m_varying ? QString() : line.varies ? VaryingSign : QStringLiteral(" ");
    QString text;
    if (m_plain)
        return number(line.newNumber) + QStringLiteral(" ") + varying;
    if (m_side != Side::New)
        text += number(line.oldNumber);
    if (m_side == Side::Unified)
        text += QStringLiteral("  ");
    if (m_side != Side::Old)
        text += number(line.newNumber);
    switch (line.kind) {
    case DiffLine::Kind::Added:
        return text + QStringLiteral(" +") + varying;
    case DiffLine::Kind::Removed:
        return text + QStringLiteral(" -") + varying;
    case DiffLine::Kind::Same:
        break;
    }
    return text + QStringLiteral("  ") + varying;
}

int DiffView::marginStyle(int viewLine) const
{
    const ViewLine &shown = m_view[viewLine];
    if (shown.hidden > 0)
        return MarginFold;
    if (shown.line < 0 || m_lines[shown.line].kind == DiffLine::Kind::Same)
        return MarginText;
    return m_lines[shown.line].kind == DiffLine::Kind::Added ? MarginAdded : MarginRemoved;
}

void DiffView::fitMargin()
{
    m_digits = digits();
    const int numbers = m_plain ? m_digits + 1 : m_side == Side::Unified ? 2 * m_digits + 4 : m_digits + 2;
    const int columns = numbers + (m_varying ? 1 : 0);
    setMarginWidth(NumberMargin, QFontMetrics(fonts::denseCode()).horizontalAdvance(QLatin1Char('0')) * columns + 8);
}

void DiffView::resizeEvent(QResizeEvent *event)
{
    CodeView::resizeEvent(event);
    decorateVisible();
}

/// The line at a height, also beside its text and in the margin; -1 below the last one.
int DiffView::lineUnder(const QPoint &place) const
{
    const long position = SendScintilla(
        SCI_POSITIONFROMPOINT, static_cast<unsigned long>(std::max(0, place.x())), static_cast<long>(place.y()));
    const long line = SendScintilla(SCI_LINEFROMPOSITION, position);
    const long top = SendScintilla(SCI_POINTYFROMPOSITION, 0UL, SendScintilla(SCI_POSITIONFROMLINE, line));
    const long height = SendScintilla(SCI_TEXTHEIGHT, line) * std::max(1L, SendScintilla(SCI_WRAPCOUNT, line));
    return place.y() >= top && place.y() < top + height ? int(line) : -1;
}

bool DiffView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return CodeView::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    if (variesAt(lineUnder(help->pos())))
        QToolTip::showText(
            help->globalPos(), tr("Differs with each rendering: random or the time went into it"), viewport());
    else
        QToolTip::hideText();
    return true;
}

void DiffView::expandAt(int viewLine)
{
    if (viewLine < 0 || viewLine >= m_view.size() || m_view[viewLine].hidden == 0)
        return;
    const int first = m_view[viewLine].line;
    expandLine(first);
    Q_EMIT expanded(first);
}

void DiffView::expandLine(int firstHiddenLine)
{
    const int number = keyOf(m_lines.value(firstHiddenLine));
    if (number == 0 || m_opened.contains(number))
        return;
    m_opened.append(number);
    rebuild();
}

void DiffView::showChange(int change)
{
    if (change < 0 || change >= m_changes.size())
        return;
    const auto shows = [&](const ViewLine &line) { return line.line >= m_changes[change] && line.hidden == 0; };
    const auto found = std::find_if(m_view.cbegin(), m_view.cend(), shows);
    if (found == m_view.cend())
        return;
    const int line = int(found - m_view.cbegin());
    const long page = SendScintilla(SCI_LINESONSCREEN);
    SendScintilla(SCI_SETFIRSTVISIBLELINE, std::max(0L, line - page / 4));
    setCursorPosition(line, 0);
    m_shownChange = change;
}

int DiffView::currentChange() const
{
    return m_changes.isEmpty() ? -1 : std::min(m_shownChange, int(m_changes.size()) - 1);
}

void DiffView::scrollWith(DiffView *other)
{
    for (auto [from, to] : {std::pair(this, other), std::pair(other, this)}) {
        connect(from->verticalScrollBar(), &QScrollBar::valueChanged, to->verticalScrollBar(), &QScrollBar::setValue);
        connect(
            from->horizontalScrollBar(), &QScrollBar::valueChanged, to->horizontalScrollBar(), &QScrollBar::setValue);
        connect(from, &DiffView::expanded, to, &DiffView::expandLine);
    }
}

int DiffView::newLineAt(int viewLine) const
{
    if (viewLine < 0 || viewLine >= m_view.size() || m_view[viewLine].line < 0 || m_view[viewLine].hidden > 0)
        return 0;
    return m_lines[m_view[viewLine].line].newNumber;
}

bool DiffView::variesAt(int viewLine) const
{
    if (viewLine < 0 || viewLine >= m_view.size() || m_view[viewLine].line < 0 || m_view[viewLine].hidden > 0)
        return false;
    return m_lines[m_view[viewLine].line].varies;
}

void DiffView::showNewLines(int first, int last)
{
    // What is folded away is opened first, or there would be nothing to see.
    for (const ViewLine &line : QVector<ViewLine>(m_view)) {
        if (line.hidden == 0)
            continue;
        const int from = m_lines[line.line].newNumber, to = from + line.hidden - 1;
        if (from <= last && first <= to)
            expandLine(line.line);
    }
    int from = -1, to = -1;
    for (int i = 0; i < m_view.size(); ++i) {
        const int number = newLineAt(i);
        if (number >= first && number <= last && number > 0) {
            from = from < 0 ? i : from;
            to = i;
        }
    }
    setWash(from, to);
    if (from >= 0)
        reveal(from);
}

void DiffView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        int line = 0, column = 0;
        getCursorPosition(&line, &column);
        expandAt(line);
        return;
    }
    CodeView::keyPressEvent(event);
}

void DiffView::mouseReleaseEvent(QMouseEvent *event)
{
    CodeView::mouseReleaseEvent(event);
    if (event->button() != Qt::LeftButton || hasSelectedText())
        return;
    const int line = lineUnder(event->position().toPoint());
    if (line < 0 || line >= m_view.size())
        return;
    if (m_view[line].hidden > 0)
        expandAt(line);
    else if (const int number = newLineAt(line); number > 0)
        Q_EMIT newLineClicked(number);
}

} // namespace pk::gui
