// SPDX-License-Identifier: GPL-3.0-or-later
#include "values/valuestab.h"

#include "document/exports.h"
#include "document/secrets.h"
#include "document/treedifference.h"
#include "forms/formview.h"
#include "texts/texts.h"
#include "values/valueseditor.h"
#include "widgets/asking.h"
#include "widgets/band.h"
#include "widgets/card.h"
#include "widgets/chip.h"
#include "widgets/elidedlabel.h"
#include "widgets/gripsplitter.h"
#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"
#include "widgets/segmentedswitch.h"

#include <set>

namespace pk::gui {

namespace {

constexpr int StripHeight = 146;
constexpr int TwoPanesBelow = 1180;
constexpr int OnePaneBelow = 760;

QToolButton *toolButton(QWidget *parent, const QString &name, const QString &icon, const QString &tip)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(name);
    button->setAutoRaise(true);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    icons::bind(button, icon);
    return button;
}

} // namespace

ValuesTab::ValuesTab(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("valuesTab"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(new Separator(Qt::Horizontal));

    m_split = new GripSplitter(Qt::Horizontal);
    m_formHost = new QWidget;
    auto *formColumn = new QVBoxLayout(m_formHost);
    formColumn->setContentsMargins(0, 0, 0, 0);
    m_panes = {m_formHost, makeYamlPane(), makePreviewPane()};
    for (QWidget *pane : std::as_const(m_panes)) {
        pane->setMinimumWidth(320);
        m_split->addWidget(pane);
    }
    m_split->setChildrenCollapsible(false);
    m_split->setSizes({300, 320, 380});
    auto *vertical = new GripSplitter(Qt::Vertical);
    vertical->addWidget(m_split);
    m_strip = new ProblemStrip;
    m_strip->setMinimumHeight(32);
    vertical->addWidget(m_strip);
    vertical->setStretchFactor(0, 1);
    vertical->setSizes({10'000, StripHeight});
    vertical->setCollapsible(0, false);
    column->addWidget(vertical, 1);

    connect(m_strip, &ProblemStrip::problemChosen, this, &ValuesTab::chooseProblem);
    connect(m_strip, &ProblemStrip::fixRequested, this, &ValuesTab::applyFix);
    connect(&m_baselineRenderer, &RenderWorker::finished, this,
        [this](const std::shared_ptr<const RenderOutcome> &outcome) {
            m_baselineOutcome = outcome;
            showPreview();
        });
    addKeys();
}

void ValuesTab::addKeys()
{
    const auto add = [this](const QString &keys, auto slot) {
        auto *shortcut = new QShortcut(QKeySequence(keys), this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, slot);
    };
    add(QStringLiteral("F8"), [this] { stepProblem(1); });
    add(QStringLiteral("Shift+F8"), [this] { stepProblem(-1); });
    add(QStringLiteral("F7"), [this] { stepChange(1); });
    add(QStringLiteral("Shift+F7"), [this] { stepChange(-1); });
    add(QStringLiteral("F6"), [this] { focusNextPane(1); });
    add(QStringLiteral("Shift+F6"), [this] { focusNextPane(-1); });
    add(QStringLiteral("Ctrl+Z"), [this] {
        if (m_session)
            m_session->undo();
    });
    add(QStringLiteral("Ctrl+Shift+Z"), [this] {
        if (m_session)
            m_session->redo();
    });
    add(QStringLiteral("Ctrl+J"), [this] { jump(); });
    add(QStringLiteral("Ctrl+Shift+F"), [this] { findField(); });
    for (const int pane : {FormPane, YamlPane, PreviewPane})
        add(QStringLiteral("Ctrl+Alt+%1").arg(pane + 1), [this, pane] { togglePane(pane); });
}

QWidget *ValuesTab::makeHead()
{
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(14, 6, measure::pageMargin, 6);
    row->setSpacing(6);
    const struct
    {
        const char *name;
        QString text;
        const char *icon;
    } panes[] = {
        {"showForm", tr("Form"), "form"}, {"showYaml", tr("YAML"), "code"}, {"showPreview", tr("Preview"), "eye"}};
    for (int pane = FormPane; pane <= PreviewPane; ++pane) {
        auto *button = toolButton(this, QLatin1String(panes[pane].name), QLatin1String(panes[pane].icon),
            tr("Show or fold %1 (Ctrl+Alt+%2)").arg(panes[pane].text).arg(pane + 1));
        button->setText(panes[pane].text);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setCheckable(true);
        button->setChecked(true);
        connect(button, &QToolButton::clicked, this, [this, pane] { togglePane(pane); });
        m_paneButtons.append(button);
        row->addWidget(button);
    }
    m_status = helpLabel({});
    m_status->setObjectName(QStringLiteral("valuesStatus"));
    m_status->setWordWrap(false);
    m_status->setContentsMargins(8, 0, 0, 0);
    row->addWidget(m_status, 1);
    m_export = toolButton(this, QStringLiteral("export"), QStringLiteral("export"), tr("Export"));
    m_export->setText(tr("Export"));
    m_export->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_export->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_export);
    menu->addAction(tr("Values file…"), this, &ValuesTab::exportValues)->setObjectName(QStringLiteral("exportValues"));
    menu->addAction(tr("Manifests…"), this, &ValuesTab::exportManifests)
        ->setObjectName(QStringLiteral("exportManifests"));
    menu->addAction(tr("Copy helm command"), this, &ValuesTab::copyHelmCommand)
        ->setObjectName(QStringLiteral("exportCommand"));
    m_export->setMenu(menu);
    row->addWidget(m_export);
    m_save = new QPushButton(tr("Save"));
    m_save->setObjectName(QStringLiteral("saveValues"));
    connect(m_save, &QPushButton::clicked, this, &ValuesTab::save);
    row->addWidget(m_save);
    return head;
}

QWidget *ValuesTab::makeYamlPane()
{
    auto *pane = new QWidget;
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(14, 4, 8, 4);
    head->setSpacing(8);
    m_fileName = new ElidedLabel({}, Qt::ElideMiddle);
    m_fileName->setFont(fonts::strong());
    m_fileName->setObjectName(QStringLiteral("valuesFile"));
    head->addWidget(m_fileName, 1);
    m_edited = new Chip(tr("edited"), Tone::Edited);
    m_edited->setFocusPolicy(Qt::NoFocus);
    head->addWidget(m_edited);
    m_undo = toolButton(this, QStringLiteral("undo"), QStringLiteral("undo"), tr("Undo (Ctrl+Z)"));
    m_redo = toolButton(this, QStringLiteral("redo"), QStringLiteral("redo"), tr("Redo (Ctrl+Shift+Z)"));
    head->addWidget(m_undo);
    head->addWidget(m_redo);
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
            markField(QString::fromStdString(m_session->document().pathAt(std::size_t(offset)).toString()), m_editor);
    });
    connect(m_editor, &ValuesEditor::fixesRequested, this, [this] {
        if (!m_session)
            return;
        const int line = m_editor->lineOfOffset(m_editor->caretOffset()) + 1;
        const auto &problems = m_session->allProblems();
        for (int i = 0; i < int(problems.size()); ++i) {
            if (problems[i].at.line == line && !problems[i].fix.path.empty())
                return applyFix(i);
        }
    });
    return pane;
}

QWidget *ValuesTab::makePreviewPane()
{
    auto *pane = new QWidget;
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(8, 4, 8, 4);
    m_baseline = new SegmentedSwitch;
    m_baseline->setObjectName(QStringLiteral("baseline"));
    m_baseline->setAccessibleName(tr("Compare with"));
    m_baseline->addSegment(tr("Rendered"), tr("Now"), tr("What would be sent"));
    m_baseline->addSegment(tr("Chart defaults"), tr("Defaults"), tr("Compared with the chart's defaults"));
    m_baseline->addSegment(tr("Saved file"), tr("Saved"), tr("Compared with the saved file"));
    m_baseline->addSegment(tr("Deployed"), tr("Deployed"), tr("Compared with the deployed revision"));
    m_baseline->setCurrent(Rendered);
    head->addWidget(m_baseline);
    head->addStretch();
    column->addLayout(head);
    column->addWidget(new Separator(Qt::Horizontal));
    m_error = new Band;
    m_error->setCompact(true);
    m_error->hide();
    column->addWidget(m_error);
    m_diff = new ObjectDiff;
    column->addWidget(m_diff, 1);
    connect(m_baseline, &SegmentedSwitch::currentChanged, this, &ValuesTab::askBaseline);
    connect(m_diff, &ObjectDiff::manifestLineClicked, this, &ValuesTab::markLine);
    return pane;
}

void ValuesTab::setSession(ValuesSession *session)
{
    if (m_session == session)
        return;
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    delete m_form;
    m_form = nullptr;
    m_baselineOutcome.reset();
    if (!session)
        return;
    connect(session, &ValuesSession::chartReady, this, &ValuesTab::showForm);
    connect(session, &ValuesSession::rendered, this, &ValuesTab::showRendered);
    connect(session, &ValuesSession::stateChanged, this, &ValuesTab::showState);
    connect(session, &ValuesSession::refused, this, &ValuesTab::said);
    connect(session, &ValuesSession::textReplaced, this, [this] { m_editor->showText(m_session->document().text()); });
    connect(session, &ValuesSession::textEdited, this,
        [this](const yaml::TextEdit &edit) { m_editor->applyEdit(edit.offset, edit.length, edit.replacement); });
    m_editor->showText(session->document().text());
    if (session->outcome()) {
        showForm();
        showRendered();
    }
    showState();
}

void ValuesTab::showForm()
{
    delete m_form;
    m_form = new FormView(*m_session);
    m_formHost->layout()->addWidget(m_form);
    const auto &outcome = m_session->outcome();
    m_schema = outcome->schema ? std::optional(outcome->schema->describe()) : std::nullopt;
    m_unknownKeys = keysWithoutField();
    m_form->setGroups(formOf(m_schema ? &*m_schema : nullptr, outcome->defaults, m_unknownKeys));
    connect(m_form, &FormView::activated, this, [this](const QString &path) { markField(path, m_form); });
    connect(m_form, &FormView::yamlRequested, this, &ValuesTab::showInYaml);
}

void ValuesTab::showState()
{
    if (!m_session)
        return;
    QStringList words;
    const int edits = m_session->editCount();
    if (edits > 0)
        words.append(tr("%n edit(s)", nullptr, edits));
    else if (m_session->isModified())
        words.append(tr("Text edited"));
    else
        words.append(tr("No edits"));
    if (const auto &outcome = m_session->outcome())
        words.append(tr("rendered in %1 ms").arg(QLocale().toString(double(outcome->took.count()) / 1000.0, 'f', 1)));
    if (const QTime saved = m_session->draftSaved(); saved.isValid())
        words.append(tr("draft saved %1").arg(QLocale().toString(saved, QStringLiteral("HH:mm:ss"))));
    m_status->setText(words.join(QStringLiteral(", ")));
    static_cast<ElidedLabel *>(m_fileName)->setFullText(m_session->fileName());
    m_edited->setVisible(m_session->isModified());
    m_undo->setEnabled(m_session->canUndo());
    m_redo->setEnabled(m_session->canRedo());
    const auto undoName = m_session->document().undoName();
    m_undo->setToolTip(undoName && !undoName->path.empty()
            ? tr("Undo the change of %1 (Ctrl+Z)").arg(QString::fromStdString(undoName->path))
            : tr("Undo (Ctrl+Z)"));
}

std::vector<std::string> ValuesTab::keysWithoutField() const
{
    return unknownKeys(m_schema ? &*m_schema : nullptr, m_session->outcome()->defaults, m_session->document().tree());
}

void ValuesTab::showRendered()
{
    // A key that the form does not know came or went: "Everything else" shows it. Not while somebody is in the form.
    if (m_form && m_session->outcome() && !m_form->isAncestorOf(focusWidget()) && keysWithoutField() != m_unknownKeys)
        showForm();
    const bool installed = m_session->deployed().revision > 0;
    m_baseline->setText(Revision, installed ? tr("Revision %1").arg(m_session->deployed().revision) : tr("Deployed"),
        installed ? tr("Rev. %1").arg(m_session->deployed().revision) : tr("Deployed"));
    m_baseline->setSegmentEnabled(Revision, installed, installed ? QString() : tr("Not installed yet"));
    QVector<ProblemStrip::Shown> problems;
    for (const Problem &problem : m_session->allProblems())
        problems.append({problem, m_session->sentence(problem), m_session->fixLabel(problem)});
    m_strip->setProblems(problems);
    QVector<ProblemStrip::Consequence> consequences;
    for (const ConsequenceLine &line : m_session->consequences())
        consequences.append({line.glyph, line.what, line.detail, line.objectKey});
    m_strip->setConsequences(consequences,
        installed ? tr("to %1, revision %2")
                        .arg(QString::fromStdString(m_session->about().name))
                        .arg(m_session->deployed().revision)
                  : tr("not installed"));
    showEditorProblems();
    showPreview();
    showState();
}

void ValuesTab::showEditorProblems()
{
    std::vector<yaml::Span> secrets;
    for (const document::SecretPlace &place : document::findSecrets(m_session->document().text()))
        secrets.push_back(place.span);
    m_editor->setSecrets(secrets);
    QVector<CodeProblem> shown;
    for (const Problem &problem : m_session->allProblems()) {
        if (!problem.at.isKnown() || !problem.at.file.empty() || problem.severity == Problem::Severity::Hint)
            continue;
        CodeProblem one;
        one.line = problem.at.line - 1;
        placeSquiggle(one, problem.at);
        one.severity = problem.severity == Problem::Severity::Error ? Severity::Error : Severity::Warning;
        one.hint = problem.fix.path.empty() ? QString() : tr("Alt Enter");
        // An annotation does not wrap: what does not fit stands whole under the field and in the list.
        const QFontMetrics metrics(fonts::small());
        const int room = m_editor->viewport()->width() - 130
            - (one.hint.isEmpty() ? 0 : metrics.horizontalAdvance(one.hint) + 16)
            - problem.at.column * metrics.averageCharWidth();
        one.text =
            metrics.elidedText(m_session->sentence(problem).section(u'\n', 0, 0), Qt::ElideRight, std::max(room, 120));
        shown.append(one);
    }
    m_editor->setProblems(shown);
    QVector<int> edited;
    std::set<int> lines;
    for (const auto &difference :
        document::differences(m_session->document().savedTree(), m_session->document().tree())) {
        if (const auto span = m_session->document().spanOf(difference.path))
            lines.insert(span->line - 1);
    }
    for (const int line : lines)
        edited.append(line);
    m_editor->setEditedLines(edited);
}

void ValuesTab::placeSquiggle(CodeProblem &problem, const SourceSpan &at) const
{
    // The value, not its key; a value of several lines is marked at its first line as a whole.
    const std::string &text = m_session->document().text();
    if (at.end > text.size() || at.begin >= at.end || text.find('\n', at.begin) < at.end)
        return;
    const std::size_t colon = text.find(": ", at.begin);
    const std::size_t begin = colon < at.end ? colon + 2 : at.begin;
    const QString line = QString::fromStdString(
        text.substr(at.begin - std::size_t(at.column), std::size_t(at.column) + at.end - at.begin));
    problem.to = int(line.size());
    problem.from = problem.to - int(QString::fromStdString(text.substr(begin, at.end - begin)).size());
}

void ValuesTab::askBaseline()
{
    m_baselineOutcome.reset();
    if (!m_session)
        return;
    const int baseline = m_baseline->current();
    if (baseline == Defaults || baseline == Saved) {
        RenderJob job;
        job.chart = m_session->chart();
        job.valuesText = baseline == Saved ? m_session->document().savedText() : std::string();
        job.levels = chart::levels43();
        job.release.name = m_session->about().name.empty() ? "my-pool" : m_session->about().name;
        job.release.namespaceName = m_session->about().ns.empty() ? "default" : m_session->about().ns;
        m_baselineRenderer.submit(std::move(job));
        return;
    }
    showPreview();
}

void ValuesTab::showPreview()
{
    if (!m_session || !m_session->lastGood())
        return;
    const auto &outcome = m_session->outcome();
    // What the schema refuses is rendered all the same: only what made no objects leaves the last good ones.
    const bool broken = !m_session->document().isReadable() || (outcome && outcome != m_session->lastGood());
    m_error->setVisible(broken);
    if (broken) {
        const QString why = !m_session->document().isReadable() ? m_session->sentence(*m_session->document().problem())
                                                                : texts::sentence(outcome->rendered.error->error);
        m_error->setNews(Tone::Bad, glyph(Severity::Error), tr("The last good preview is shown"), why);
    }
    m_diff->setDimmed(broken);
    std::vector<chart::ManifestObject> before;
    switch (m_baseline->current()) {
    case Defaults:
    case Saved:
        if (!m_baselineOutcome)
            return; // It is on its way.
        before = m_baselineOutcome->rendered.objects;
        break;
    case Revision:
        before = chart::readManifest(m_session->deployed().manifest, chart::levels43());
        break;
    default:
        break;
    }
    QVector<PreviewObject> objects =
        previewObjects(before, m_session->lastGood()->rendered.objects, m_session->changes());
    const bool compared = m_baseline->current() != Rendered;
    if (compared && m_baseline->current() != Revision) {
        for (PreviewObject &object : objects) {
            object.state = object.before.isEmpty() ? ChangeState::Created
                : object.after.isEmpty()           ? ChangeState::Deleted
                : object.before == object.after    ? ChangeState::Unchanged
                                                   : ChangeState::Changed;
        }
    }
    m_diff->setObjects(objects, compared);
}

void ValuesTab::setBaseline(int baseline)
{
    m_baseline->setCurrent(baseline);
}

void ValuesTab::togglePane(int pane)
{
    m_wanted[pane] = !m_wanted[pane];
    if (!m_wanted.contains(true))
        m_wanted[pane] = true; // One pane always stays.
    fold();
}

void ValuesTab::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fold();
}

void ValuesTab::fold()
{
    // The preview folds first, then the form, when there is no room for what is wanted.
    int room = width() < OnePaneBelow ? 1 : width() < TwoPanesBelow ? 2 : 3;
    const int order[] = {YamlPane, FormPane, PreviewPane};
    QVector<bool> shown{false, false, false};
    for (const int pane : order) {
        if (m_wanted[pane] && room > 0) {
            shown[pane] = true;
            --room;
        }
    }
    for (int pane = FormPane; pane <= PreviewPane; ++pane) {
        m_panes[pane]->setVisible(shown[pane]);
        m_paneButtons[pane]->setChecked(shown[pane]);
    }
    m_baseline->setShortened(m_panes[PreviewPane]->width() < 520);
}

void ValuesTab::focusNextPane(int direction)
{
    QVector<QWidget *> targets;
    if (m_panes[FormPane]->isVisible() && m_form)
        targets.append(m_form->searchField());
    if (m_panes[YamlPane]->isVisible())
        targets.append(m_editor);
    if (m_panes[PreviewPane]->isVisible())
        targets.append(m_diff->findChild<QWidget *>(QStringLiteral("previewText")));
    targets.append(m_strip->findChild<QWidget *>(QStringLiteral("problemTable")));
    int now = -1;
    for (int i = 0; i < targets.size(); ++i) {
        QWidget *holder = targets[i] == (m_form ? m_form->searchField() : nullptr) ? m_form : targets[i];
        if (holder && (holder->hasFocus() || holder->isAncestorOf(focusWidget())))
            now = i;
    }
    targets[(now + direction + targets.size()) % targets.size()]->setFocus();
}

void ValuesTab::stepChange(int direction)
{
    m_diff->showNextChange(direction);
}

void ValuesTab::showInYaml(const QString &path)
{
    if (!m_panes[YamlPane]->isVisible()) {
        m_wanted[YamlPane] = true;
        fold();
    }
    markField(path, m_form);
    const auto parsed = yaml::Path::parse(path.toStdString());
    const auto span = parsed ? m_session->document().nearestSpan(*parsed) : std::nullopt;
    m_editor->setFocus();
    if (span)
        m_editor->setCaretOffset(int(span->begin));
}

void ValuesTab::jump()
{
    if (!m_session)
        return;
    if (m_editor->hasFocus()) {
        const auto path = m_session->document().pathAt(std::size_t(m_editor->caretOffset()));
        if (m_form)
            m_form->reveal(QString::fromStdString(path.toString()));
        return;
    }
    m_editor->setFocus();
}

void ValuesTab::findField()
{
    if (!m_form)
        return;
    m_wanted[FormPane] = true;
    fold();
    m_form->searchField()->setFocus();
}

void ValuesTab::markField(const QString &path, QWidget *origin)
{
    const auto parsed = yaml::Path::parse(path.toStdString());
    if (!m_session || !parsed || parsed->isRoot())
        return;
    const auto span = m_session->document().nearestSpan(*parsed);
    if (span && span->end > span->begin) {
        const int first = m_editor->lineOfOffset(int(span->begin));
        const int last = m_editor->lineOfOffset(int(std::max(span->begin, span->end - 1)));
        m_editor->setWash(first, last);
        if (origin != m_editor)
            m_editor->reveal(first);
    } else {
        m_editor->setWash(-1, -1);
    }
    if (origin != m_form && m_form)
        m_form->reveal(path);
    // Lines that the value made, in the object where most of them are: the first run of them.
    if (const auto &outcome = m_session->lastGood(); outcome && m_baseline->current() == Rendered) {
        const chart::Rendered &rendered = outcome->rendered;
        const std::string wanted = parsed->toString();
        std::set<std::uint32_t> ids;
        for (std::uint32_t id = 0; id < rendered.valuePaths.size(); ++id) {
            const std::string &read = rendered.valuePaths[id];
            if (read == wanted || read.starts_with(wanted + ".") || read.starts_with(wanted + "["))
                ids.insert(id);
        }
        for (int line = 0; line < int(rendered.lines.size()); ++line) {
            const auto &reads = rendered.lines[line].paths;
            if (std::any_of(reads.begin(), reads.end(), [&](std::uint32_t id) { return ids.contains(id); })) {
                m_diff->showManifestLines(line + 1, line + 1);
                return;
            }
        }
    }
}

void ValuesTab::markLine(int manifestLine)
{
    if (!m_session || !m_session->lastGood())
        return;
    const chart::Rendered &rendered = m_session->lastGood()->rendered;
    if (manifestLine < 1 || manifestLine > int(rendered.lines.size()))
        return;
    const chart::LineOrigin &origin = rendered.lines[manifestLine - 1];
    if (!origin.paths.empty())
        markField(QString::fromStdString(rendered.valuePaths[origin.paths.back()]), m_diff);
    else if (origin.templateLine > 0)
        Q_EMIT said(tr("This line is written by %1, line %2, from no value.")
                        .arg(QString::fromStdString(rendered.templates[origin.file]))
                        .arg(origin.templateLine));
}

void ValuesTab::chooseProblem(int index)
{
    if (!m_session || index < 0 || index >= int(m_session->allProblems().size()))
        return;
    const Problem &problem = m_session->allProblems()[index];
    if (!problem.path.empty())
        markField(QString::fromStdString(problem.path), m_strip);
    else if (problem.at.isKnown() && problem.at.file.empty())
        m_editor->setCaretOffset(int(problem.at.begin));
}

void ValuesTab::applyFix(int index)
{
    if (m_session && index >= 0 && index < int(m_session->allProblems().size()))
        m_session->applyFix(Problem(m_session->allProblems()[index]));
}

void ValuesTab::save()
{
    if (!m_session)
        return;
    if (m_session->about().file.empty())
        return saveAs();
    const Result<void> saved = m_session->save();
    if (!saved && saved.error().code == Error::Code::Conflict) {
        askQuestion(this, tr("The file was changed"),
            tr("%1 was changed by another program since it was opened here. Saving replaces what that program wrote.")
                .arg(QString::fromStdString(m_session->about().file)),
            {tr("Replace it")}, [this](int) {
                if (m_session)
                    tellSaved(m_session->save(true));
            });
        return;
    }
    tellSaved(saved);
}

void ValuesTab::tellSaved(const Result<void> &saved)
{
    Q_EMIT said(saved ? tr("Saved %1.").arg(m_session->fileName()) : texts::sentence(saved.error()));
}

void ValuesTab::saveAs()
{
    if (!m_session)
        return;
    const QString name = QString::fromStdString(m_session->about().name);
    askSavePath(this, tr("Save values"),
        QStringLiteral("values-%1.yaml").arg(name.isEmpty() ? QStringLiteral("pool") : name), tr("YAML (*.yaml *.yml)"),
        [this](const QString &path) {
            if (m_session)
                tellSaved(m_session->saveAs(path));
        });
}

void ValuesTab::exportValues()
{
    if (!m_session)
        return;
    if (document::findSecrets(m_session->document().text()).empty()) {
        exportText(m_session->document().text(), 0644);
        return;
    }
    askQuestion(this, tr("The values hold secrets"), tr("Export the values without their secrets?"),
        {tr("Without secrets"), tr("With secrets")}, [this](int verb) {
            if (!m_session)
                return;
            const std::string &text = m_session->document().text();
            exportText(verb == 0 ? document::withoutSecrets(text) : text, 0600);
        });
}

void ValuesTab::exportText(const std::string &text, unsigned mode)
{
    askSavePath(this, tr("Export values"), QStringLiteral("values.yaml"), tr("YAML (*.yaml *.yml)"),
        [this, text, mode](const QString &path) {
            const auto written = document::writeTextFile({path.toStdString(), {}, 0}, text, true, mode);
            Q_EMIT said(written ? tr("Exported to %1.").arg(path) : texts::sentence(written.error()));
        });
}

void ValuesTab::exportManifests()
{
    if (!m_session)
        return;
    askSavePath(this, tr("Export manifests"), QStringLiteral("manifests.yaml"), tr("YAML (*.yaml *.yml)"),
        [this](const QString &path) {
            const auto written =
                document::writeTextFile({path.toStdString(), {}, 0}, m_diff->shownText().toStdString(), true);
            Q_EMIT said(written ? tr("Exported to %1, without secrets.").arg(path) : texts::sentence(written.error()));
        });
}

void ValuesTab::copyHelmCommand()
{
    if (!m_session)
        return;
    document::HelmCommand what;
    what.release = m_session->about().name.empty() ? "my-pool" : m_session->about().name;
    what.ns = m_session->about().ns.empty() ? "default" : m_session->about().ns;
    what.chart = "spacelift/" + m_session->chart()->metadata.name;
    what.valuesFile = m_session->about().file.empty() ? "values.yaml" : m_session->about().file;
    what.context = m_session->about().context;
    what.valuesText = m_session->document().text();
    QGuiApplication::clipboard()->setText(QString::fromStdString(document::helmCommand(what)));
    Q_EMIT said(tr("The helm command is on the clipboard. Its secrets are shell variables."));
}

} // namespace pk::gui
