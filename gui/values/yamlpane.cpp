// SPDX-License-Identifier: GPL-3.0-or-later
#include "values/yamlpane.h"

#include "document/secrets.h"
#include "values/stepnames.h"
#include "values/valueseditor.h"
#include "values/valuessession.h"
#include "widgets/card.h"
#include "widgets/chip.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"
#include "widgets/measures.h"

#include <QToolButton>

#include <set>

namespace pk::gui {

namespace {

/// Lines of one edit that get a bar: a key must not take long in a draft of megabytes.
constexpr int LongestMark = 500;

} // namespace

YamlPane::YamlPane(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(14, 4, 8, 4);
    head->setSpacing(8);
    m_fileName = new ElidedLabel({}, Qt::ElideMiddle);
    m_fileName->setFont(fonts::strong());
    m_fileName->setObjectName(QStringLiteral("valuesFile"));
    head->addWidget(m_fileName);
    m_edited = new Chip(tr("edited"), Tone::Edited);
    m_edited->setFocusPolicy(Qt::NoFocus);
    head->addWidget(m_edited);
    head->addStretch(1);
    const auto button = [this, head](const QString &name) {
        auto *made = new QToolButton(this);
        made->setObjectName(name);
        made->setAutoRaise(true);
        icons::bind(made, name);
        head->addWidget(made);
        return made;
    };
    m_undo = button(QStringLiteral("undo"));
    m_redo = button(QStringLiteral("redo"));
    head->addStrut(measure::height(measure::editor, fontMetrics())); // As high as the form's, with its field.
    column->addLayout(head);
    column->addWidget(new Separator(Qt::Horizontal));
    m_editor = new ValuesEditor;
    column->addWidget(m_editor, 1);

    const auto undo = [this] {
        if (m_session)
            m_session->undo();
    };
    const auto redo = [this] {
        if (m_session)
            m_session->redo();
    };
    connect(m_undo, &QToolButton::clicked, this, undo);
    connect(m_redo, &QToolButton::clicked, this, redo);
    connect(m_editor, &ValuesEditor::undoRequested, this, undo);
    connect(m_editor, &ValuesEditor::redoRequested, this, redo);
    connect(m_editor, &ValuesEditor::edited, this, [this](int offset, int removed, const QByteArray &inserted) {
        if (m_session)
            m_session->type(offset, removed, inserted);
    });
    connect(m_editor, &ValuesEditor::caretMoved, this, [this](int offset) {
        if (m_session && m_editor->hasFocus())
            Q_EMIT caretAt(QString::fromStdString(m_session->document().pathAt(std::size_t(offset)).toString()),
                m_editor->lineOfOffset(offset) + 1);
    });
    connect(m_editor, &ValuesEditor::fixesRequested, this,
        [this] { Q_EMIT fixesRequested(m_editor->lineOfOffset(m_editor->caretOffset()) + 1); });
}

void YamlPane::setSession(ValuesSession *session)
{
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    if (!session)
        return;
    connect(session, &ValuesSession::textReplaced, this, [this] { m_editor->showText(m_session->document().text()); });
    connect(session, &ValuesSession::textEdited, this,
        [this](const yaml::TextEdit &edit) { m_editor->applyEdit(edit.offset, edit.length, edit.replacement); });
    m_editor->showText(session->document().text());
}

void YamlPane::showState()
{
    static_cast<ElidedLabel *>(m_fileName)->setFullText(m_session->fileName());
    m_edited->setVisible(m_session->isModified());
    const document::ValuesDocument &text = m_session->document();
    const auto words = [&text](const std::optional<document::StepName> &step) {
        return step ? stepWords(*step, text.tree()) : QString();
    };
    const QString undo = words(text.undoName());
    const QString redo = words(text.redoName());
    m_undo->setEnabled(m_session->canUndo());
    m_redo->setEnabled(m_session->canRedo());
    m_undo->setToolTip(undo.isEmpty() ? tr("Undo (Ctrl+Z)") : tr("Undo: %1 (Ctrl+Z)").arg(m_session->hidden(undo)));
    m_redo->setToolTip(
        redo.isEmpty() ? tr("Redo (Ctrl+Shift+Z)") : tr("Redo: %1 (Ctrl+Shift+Z)").arg(m_session->hidden(redo)));
    for (QToolButton *button : {m_undo, m_redo})
        button->setAccessibleName(button->toolTip());
}

void YamlPane::showProblems()
{
    std::vector<yaml::Span> secrets;
    for (const document::SecretPlace &place : document::findSecrets(m_session->document().text()))
        secrets.push_back(place.span);
    m_editor->setSecrets(secrets);
    QVector<CodeProblem> shown;
    for (const Problem &problem : m_session->allProblems()) {
        // Advice about a setting stands in the list; what the text itself says is told at its place.
        const bool advice = problem.severity == Problem::Severity::Hint && problem.source != Problem::Source::Yaml;
        if (!problem.at.isKnown() || !problem.at.file.empty() || advice)
            continue;
        CodeProblem one;
        one.line = problem.at.line - 1;
        placeSquiggle(one, problem);
        one.severity = problem.severity == Problem::Severity::Error ? Severity::Error
            : problem.severity == Problem::Severity::Warning        ? Severity::Warning
                                                                    : Severity::Hint;
        one.hint = problem.fix.path.empty() ? QString() : tr("Alt Enter");
        one.text = m_session->sentence(problem);
        shown.append(one);
    }
    m_editor->setProblems(shown);
    showEditedLines();
}

void YamlPane::showEditedLines()
{
    const document::ValuesDocument &text = m_session->document();
    std::set<int> lines;
    const auto add = [&](const yaml::Path &path, bool whole) {
        const auto span = text.spanOf(path);
        if (!span)
            return;
        int last = whole && span->end > span->begin ? m_editor->lineOfOffset(int(span->end - 1)) : span->line - 1;
        last = std::min(last, span->line + LongestMark);
        for (int line = span->line - 1; line <= last; ++line)
            lines.insert(line);
    };
    for (const document::Difference &edit : m_session->edits()) {
        if (edit.before.isList() && edit.after.isList()) {
            // Of a list the items that are others now.
            for (std::size_t i = 0; i < edit.after.asList().items.size(); ++i) {
                const bool same = i < edit.before.asList().items.size()
                    && edit.before.asList().items[i].sameContent(edit.after.asList().items[i]);
                if (!same)
                    add(edit.path.child(i), true);
            }
            if (edit.after.asList().items.size() < edit.before.asList().items.size())
                add(edit.path, false);
            continue;
        }
        add(edit.path, true);
    }
    m_editor->setEditedLines(QVector<int>(lines.begin(), lines.end()));
}

void YamlPane::placeSquiggle(CodeProblem &shown, const Problem &problem) const
{
    // A value of several lines is marked at its first line as a whole.
    const SourceSpan &at = problem.at;
    const std::string &text = m_session->document().text();
    if (at.end > text.size() || at.begin >= at.end || text.find('\n', at.begin) < at.end)
        return;
    // What is found by its path has the place of key and value, of which the value is meant.
    const std::size_t colon = problem.source == Problem::Source::Yaml ? std::string::npos : text.find(": ", at.begin);
    const std::size_t begin = colon < at.end ? colon + 2 : at.begin;
    shown.from = at.column + int(begin - at.begin);
    shown.to = at.column + int(at.end - at.begin);
}

void YamlPane::mark(const QString &path, bool reveal)
{
    const auto parsed = yaml::Path::parse(path.toStdString());
    const auto span =
        parsed && !parsed->isRoot() ? m_session->document().nearestSpan(*parsed) : std::optional<SourceSpan>();
    if (!span || span->end <= span->begin)
        return m_editor->setWash(-1, -1);
    const int first = m_editor->lineOfOffset(int(span->begin));
    const int last = m_editor->lineOfOffset(int(std::max(span->begin, span->end - 1)));
    m_editor->setWash(first, last);
    if (reveal)
        m_editor->reveal(first);
}

void YamlPane::markLine(int line)
{
    m_editor->setWash(line - 1, line - 1);
    m_editor->reveal(line - 1);
}

QRect YamlPane::placeOfLine(int line) const
{
    const long start = m_editor->SendScintilla(QsciScintilla::SCI_POSITIONFROMLINE, std::max(0, line - 1));
    const int x = int(m_editor->SendScintilla(QsciScintilla::SCI_POINTXFROMPOSITION, 0UL, start));
    const int y = int(m_editor->SendScintilla(QsciScintilla::SCI_POINTYFROMPOSITION, 0UL, start));
    const int height = int(m_editor->SendScintilla(QsciScintilla::SCI_TEXTHEIGHT, 0UL));
    return {m_editor->viewport()->mapToGlobal(QPoint(x, y)), QSize(1, height)};
}

} // namespace pk::gui
