// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/codeview.h"

#include "widgets/measures.h"
#include "widgets/wordwrap.h"

#include <QHash>
#include <QPainter>
#include <Qsci/qscicommand.h>
#include <Qsci/qscicommandset.h>
#include <Qsci/qscilexeryaml.h>

namespace pk::gui {
namespace {

/// Words that YAML 1.1 readers, helm's among them, take for booleans and null.
class YamlLexer : public QsciLexerYAML
{
public:
    using QsciLexerYAML::QsciLexerYAML;

    const char *keywords(int set) const override
    {
        return set == 1 ? "true false null yes no on off True False Null Yes No On Off TRUE FALSE NULL YES NO ON OFF"
                        : nullptr;
    }
};

/// Keys that the window answers to (UI.md 4.1); the editor must let them pass.
const QList<int> &windowKeys()
{
    static const QList<int> keys = [] {
        QList<int> list;
        const auto add = [&list](Qt::KeyboardModifiers modifiers, std::initializer_list<int> letters) {
            for (const int letter : letters)
                list << (int(modifiers) | letter);
        };
        const auto control = Qt::ControlModifier;
        add(control,
            {Qt::Key_K, Qt::Key_N, Qt::Key_O, Qt::Key_S, Qt::Key_Z, Qt::Key_Y, Qt::Key_B, Qt::Key_Q, Qt::Key_F,
                Qt::Key_J, Qt::Key_D, Qt::Key_L, Qt::Key_T, Qt::Key_U, Qt::Key_Comma, Qt::Key_Return, Qt::Key_Enter,
                Qt::Key_BracketLeft, Qt::Key_BracketRight});
        add(control | Qt::ShiftModifier,
            {Qt::Key_P, Qt::Key_N, Qt::Key_S, Qt::Key_Z, Qt::Key_F, Qt::Key_L, Qt::Key_T, Qt::Key_U});
        add(Qt::AltModifier, {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Backspace});
        for (int digit = Qt::Key_1; digit <= Qt::Key_9; ++digit) {
            add(control, {digit});
            add(Qt::AltModifier, {digit});
            add(control | Qt::AltModifier, {digit});
        }
        add(control | Qt::AltModifier, {Qt::Key_Left, Qt::Key_Right});
        add(Qt::NoModifier, {Qt::Key_Escape, Qt::Key_F1, Qt::Key_F5, Qt::Key_F6, Qt::Key_F7, Qt::Key_F8, Qt::Key_F11});
        add(Qt::ShiftModifier, {Qt::Key_F6, Qt::Key_F7, Qt::Key_F8});
        return list;
    }();
    return keys;
}

constexpr int NoteGap = 32; ///< Right of an annotation.
constexpr int LeastNote = 120; ///< Width of its lines; a narrower view cuts them.

int noteStyle(Severity severity, int errorStyle)
{
    return errorStyle + int(severity);
}

/// Glyphs of the theme cannot stand in Scintilla's annotations: these characters take their shapes.
QString noteMark(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return QStringLiteral("\u25C6");
    case Severity::Warning:
        return QStringLiteral("\u25B2");
    case Severity::Hint:
        return QStringLiteral("\u2139");
    }
    return {};
}

/// Small arrows; those that Scintilla draws grow with the line.
QImage foldArrow(bool open, const QColor &ink)
{
    QImage image(10, 10, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawPolygon(open ? QPolygonF({{1, 3}, {9, 3}, {5, 7.2}}) : QPolygonF({{3, 1}, {7.2, 5}, {3, 9}}));
    return image;
}

Tone toneOf(Severity severity)
{
    return glyph(severity).tone;
}

} // namespace

CodeView::CodeView(QWidget *parent) : QsciScintilla(parent), m_lexer(new YamlLexer(this))
{
    QsciScintilla::setUtf8(true);
    setFrameShape(QFrame::NoFrame);
    setEolMode(EolUnix);
    setIndentationsUseTabs(false);
    setTabWidth(2);
    setIndentationWidth(2);
    setAutoIndent(true);
    setBackspaceUnindents(true);
    setLexer(m_lexer);
    setExtraAscent(2);
    setExtraDescent(1);
    setScrollWidth(1);
    setScrollWidthTracking(true);
    setAnnotationDisplay(AnnotationIndented);
    // A key changes few of the lines in sight: the others need not be measured again to be painted.
    SendScintilla(SCI_SETLAYOUTCACHE, static_cast<long>(SC_CACHE_PAGE));
    SendScintilla(SCI_SETPOSITIONCACHE, 8192L);
    for (const int key : windowKeys()) {
        while (QsciCommand *command = standardCommands()->boundTo(key)) {
            if (command->key() == key)
                command->setKey(0);
            else
                command->setAlternateKey(0);
        }
    }

    setMarginType(NumberMargin, QsciScintilla::NumberMargin);
    setMarginType(EditedMargin, SymbolMargin);
    setMarginWidth(EditedMargin, 4);
    setMarginMarkerMask(EditedMargin, 1 << EditedMarker);
    setMarginType(GapMargin, SymbolMargin);
    setMarginMarkerMask(GapMargin, 0);
    setMarginWidth(GapMargin, 4);
    markerDefine(FullRectangle, EditedMarker);
    for (const int marker : {WashMarker, AddedMarker, RemovedMarker, FoldLineMarker, FillMarker})
        markerDefine(Background, marker);
    setFoldingShown(true);
    for (const int indicator : {ErrorIndicator, WarningIndicator, HintIndicator})
        indicatorDefine(SquiggleLowIndicator, indicator);
    for (const int indicator : {AddedIndicator, RemovedIndicator}) {
        indicatorDefine(StraightBoxIndicator, indicator);
        setIndicatorDrawUnder(true, indicator);
    }
    for (const int indicator : {TextIndicator, MutedIndicator})
        indicatorDefine(TextColorIndicator, indicator);
    connect(this, &QsciScintilla::linesChanged, this, &CodeView::fitLineNumbers);
    CodeView::applyLook();
}

void CodeView::applyLook()
{
    const Theme &t = theme();
    const QFont code = fonts::code();
    const auto dim = [&](const QColor &color) { return m_dimmed ? mix(color, t.surface, 0.55) : color; };
    m_lexer->setDefaultFont(code);
    m_lexer->setDefaultPaper(t.surface);
    m_lexer->setDefaultColor(dim(t.text));
    m_lexer->setPaper(t.surface);
    m_lexer->setFont(code);
    m_lexer->setColor(dim(t.text));
    const QHash<int, QColor> inks{
        {QsciLexerYAML::Comment, t.muted},
        {QsciLexerYAML::Identifier, t.yamlKey},
        {QsciLexerYAML::Keyword, t.yamlWord},
        {QsciLexerYAML::Number, t.yamlNumber},
        {QsciLexerYAML::Reference, t.yamlWord},
        {QsciLexerYAML::DocumentDelimiter, t.muted},
        {QsciLexerYAML::TextBlockMarker, t.text},
        {QsciLexerYAML::SyntaxErrorMarker, t.bad},
        {QsciLexerYAML::Operator, t.yamlKey},
    };
    for (auto it = inks.cbegin(); it != inks.cend(); ++it)
        m_lexer->setColor(dim(it.value()), it.key());

    setPaper(t.surface);
    setColor(dim(t.text));
    setCaretForegroundColor(t.text);
    setSelectionBackgroundColor(t.selection);
    SendScintilla(SCI_SETSELFORE, 0UL, 0L);
    setMarginsFont(fonts::denseCode());
    setMarginsForegroundColor(t.muted);
    setMarginsBackgroundColor(t.surface);
    setFoldMarginColors(t.surface, t.surface);
    for (const int marker : {SC_MARKNUM_FOLDEROPEN, SC_MARKNUM_FOLDEROPENMID})
        markerDefine(foldArrow(true, t.muted), marker);
    for (const int marker : {SC_MARKNUM_FOLDER, SC_MARKNUM_FOLDEREND})
        markerDefine(foldArrow(false, t.muted), marker);
    setMarkerForegroundColor(t.edited, EditedMarker);
    setMarkerBackgroundColor(t.edited, EditedMarker);
    setMarkerBackgroundColor(t.wash(), WashMarker);
    setMarkerBackgroundColor(t.addedLine, AddedMarker);
    setMarkerBackgroundColor(t.removedLine, RemovedMarker);
    setMarkerBackgroundColor(t.sunken, FoldLineMarker);
    setMarkerBackgroundColor(t.hover, FillMarker);
    setIndicatorForegroundColor(t.bad, ErrorIndicator);
    setIndicatorForegroundColor(t.warningFill, WarningIndicator);
    setIndicatorForegroundColor(t.info, HintIndicator);
    setIndicatorForegroundColor(t.addedCharacters, AddedIndicator);
    setIndicatorForegroundColor(t.removedCharacters, RemovedIndicator);
    for (const int indicator : {AddedIndicator, RemovedIndicator}) {
        SendScintilla(SCI_INDICSETALPHA, indicator, 255);
        SendScintilla(SCI_INDICSETOUTLINEALPHA, indicator, 255);
    }
    setIndicatorForegroundColor(dim(t.text), TextIndicator);
    setIndicatorForegroundColor(t.muted, MutedIndicator);

    const auto style = [this](int number, const QFont &font, const QColor &ink, const QColor &paper) {
        const QByteArray family = font.family().toUtf8();
        SendScintilla(SCI_STYLESETFONT, number, family.constData());
        SendScintilla(SCI_STYLESETSIZEFRACTIONAL, number, long(font.pointSizeF() * double(SC_FONT_SIZE_MULTIPLIER)));
        SendScintilla(SCI_STYLESETWEIGHT, number, long(font.weight()));
        SendScintilla(SCI_STYLESETFORE, number, ink);
        SendScintilla(SCI_STYLESETBACK, number, paper);
    };
    for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Hint})
        style(noteStyle(severity, ErrorNote), fonts::small(), t.ink(toneOf(severity)), t.tint(toneOf(severity)));
    style(MarginText, fonts::denseCode(), t.muted, t.surface);
    style(MarginAdded, fonts::denseCode(), t.muted, t.addedLine);
    style(MarginRemoved, fonts::denseCode(), t.muted, t.removedLine);
    style(MarginFold, fonts::denseCode(), t.muted, t.sunken);
    fitLineNumbers();
}

void CodeView::changeEvent(QEvent *event)
{
    QsciScintilla::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationFontChange)
        applyLook();
}

void CodeView::fitLineNumbers()
{
    if (marginType(NumberMargin) != QsciScintilla::NumberMargin)
        return;
    const int digits = std::max(2, int(QString::number(lines()).size()));
    setMarginWidth(NumberMargin, m_lineNumbers ? QString(digits + 1, QLatin1Char('9')) : QString());
    if (!m_lineNumbers)
        setMarginWidth(NumberMargin, 0);
}

void CodeView::setLineNumbersShown(bool shown)
{
    m_lineNumbers = shown;
    fitLineNumbers();
}

void CodeView::setFoldingShown(bool shown)
{
    setFolding(shown ? PlainFoldStyle : NoFoldStyle, FoldMargin);
    if (!shown) {
        setMarginWidth(FoldMargin, 0);
        return;
    }
    setMarginWidth(FoldMargin, 14);
    for (const int marker : {SC_MARKNUM_FOLDERSUB, SC_MARKNUM_FOLDERTAIL, SC_MARKNUM_FOLDERMIDTAIL})
        SendScintilla(SCI_MARKERDEFINE, marker, SC_MARK_EMPTY);
    applyLook();
}

void CodeView::setProblems(const QVector<CodeProblem> &problems)
{
    m_problems = problems;
    const long length = SendScintilla(SCI_GETLENGTH);
    for (const int indicator : {ErrorIndicator, WarningIndicator, HintIndicator}) {
        SendScintilla(SCI_SETINDICATORCURRENT, indicator);
        SendScintilla(SCI_INDICATORCLEARRANGE, 0UL, length);
    }
    for (const CodeProblem &problem : m_problems) {
        const long start = SendScintilla(SCI_POSITIONFROMLINE, problem.line);
        const long end = SendScintilla(SCI_GETLINEENDPOSITION, problem.line);
        if (start < 0)
            continue;
        const long from = problem.from == problem.to ? SendScintilla(SCI_GETLINEINDENTPOSITION, problem.line)
                                                     : std::min(start + problem.from, end);
        const long to = problem.from == problem.to ? end : std::min(start + problem.to, end);
        SendScintilla(SCI_SETINDICATORCURRENT, ErrorIndicator + int(problem.severity));
        SendScintilla(SCI_INDICATORFILLRANGE, static_cast<unsigned long>(from), to - from);
    }
    showAnnotations();
}

QString CodeView::noteOf(const CodeProblem &problem) const
{
    const QString space = QStringLiteral("   ");
    const QFontMetrics metrics(fonts::small());
    const QString head = space + noteMark(problem.severity) + u' ';
    const int headWidth = metrics.horizontalAdvance(head);
    // Scintilla does not wrap annotations. They begin where their line does.
    int room = viewport()->width() - headWidth - metrics.horizontalAdvance(space) - NoteGap;
    for (int margin = 0; margin < margins(); ++margin)
        room -= marginWidth(margin);
    room -=
        int(SendScintilla(SCI_GETLINEINDENTATION, problem.line)) * QFontMetrics(fonts::code()).horizontalAdvance(u' ');
    room = std::max(room, LeastNote);
    QStringList lines = wordWrapped(problem.text, metrics, room);
    if (!problem.hint.isEmpty()) {
        const QString both = lines.last() + space + problem.hint;
        if (metrics.horizontalAdvance(both) <= room)
            lines.last() = both;
        else
            lines.append(problem.hint);
    }
    const QString indent(headWidth / std::max(1, metrics.horizontalAdvance(u' ')), u' ');
    return head + lines.join(space + u'\n' + indent) + space;
}

void CodeView::resizeEvent(QResizeEvent *event)
{
    QsciScintilla::resizeEvent(event);
    if (event->size().width() != event->oldSize().width() && !m_problems.isEmpty())
        showAnnotations();
}

void CodeView::showAnnotations()
{
    struct Note
    {
        QString text;
        Severity severity = Severity::Hint;
    };
    QHash<int, Note> notes;
    for (const CodeProblem &problem : m_problems) {
        Note &note = notes[problem.line];
        note.text += (note.text.isEmpty() ? QString() : QStringLiteral("\n")) + noteOf(problem);
        note.severity = std::min(note.severity, problem.severity);
    }
    for (int line = 0; line < lines(); ++line) {
        const auto wanted = notes.constFind(line);
        if (wanted == notes.constEnd()) {
            if (SendScintilla(SCI_ANNOTATIONGETLINES, line) > 0)
                clearAnnotations(line);
        } else if (annotation(line) != wanted->text
            || SendScintilla(SCI_ANNOTATIONGETSTYLE, line) != noteStyle(wanted->severity, ErrorNote)) {
            const QByteArray text = wanted->text.toUtf8();
            SendScintilla(SCI_ANNOTATIONSETTEXT, line, text.constData());
            SendScintilla(SCI_ANNOTATIONSETSTYLE, line, long(noteStyle(wanted->severity, ErrorNote)));
        }
    }
}

void CodeView::setEditedLines(const QVector<int> &lines)
{
    if (m_editedLines == lines)
        return;
    m_editedLines = lines;
    markerDeleteAll(EditedMarker);
    for (const int line : lines)
        markerAdd(line, EditedMarker);
}

void CodeView::setWash(int first, int last)
{
    markerDeleteAll(WashMarker);
    for (int line = first; line >= 0 && line <= last && line < lines(); ++line)
        markerAdd(line, WashMarker);
}

void CodeView::reveal(int line)
{
    ensureLineVisible(line);
    const int shown = int(SendScintilla(SCI_VISIBLEFROMDOCLINE, line));
    const int first = int(SendScintilla(SCI_GETFIRSTVISIBLELINE));
    const int page = int(SendScintilla(SCI_LINESONSCREEN));
    if (shown < first || shown >= first + page - 1)
        SendScintilla(SCI_SETFIRSTVISIBLELINE, std::max(0, shown - page / 3));
}

QByteArray CodeView::contents() const
{
    const long length = SendScintilla(SCI_GETLENGTH);
    const auto *characters = static_cast<const char *>(SendScintillaPtrResult(SCI_GETCHARACTERPOINTER));
    return QByteArray(characters, qsizetype(length));
}

void CodeView::setContents(const QByteArray &contents)
{
    const bool locked = isReadOnly();
    const long first = SendScintilla(SCI_GETFIRSTVISIBLELINE);
    const long caret = SendScintilla(SCI_GETCURRENTPOS);
    SendScintilla(SCI_SETREADONLY, 0UL);
    SendScintilla(SCI_CLEARALL);
    SendScintilla(SCI_APPENDTEXT, static_cast<unsigned long>(contents.size()), contents.constData());
    SendScintilla(SCI_EMPTYUNDOBUFFER);
    SendScintilla(SCI_SETREADONLY, locked);
    m_editedLines.clear();
    const long end = std::min<long>(caret, long(contents.size()));
    SendScintilla(SCI_SETEMPTYSELECTION, end);
    SendScintilla(SCI_SETFIRSTVISIBLELINE, first);
}

void CodeView::setDimmed(bool dimmed)
{
    if (m_dimmed == dimmed)
        return;
    m_dimmed = dimmed;
    applyLook();
}

} // namespace pk::gui
