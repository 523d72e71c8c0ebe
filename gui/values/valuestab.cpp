// SPDX-License-Identifier: GPL-3.0-or-later
#include "values/valuestab.h"

#include "document/secrets.h"
#include "forms/formschema.h"
#include "forms/formview.h"
#include "preview/objectdiff.h"
#include "values/fixpopover.h"
#include "values/undobar.h"
#include "values/valueseditor.h"
#include "values/valuesfiles.h"
#include "values/valueshead.h"
#include "values/yamlpane.h"
#include "widgets/card.h"
#include "widgets/gripsplitter.h"

#include <QSettings>

namespace pk::gui {

namespace {

constexpr int StripHeight = 146;
constexpr int LowStripHeight = 128; ///< In windows of 720 px.
constexpr int LowBelow = 700; ///< Height of the tab.
constexpr int TwoPanesBelow = 1180;
constexpr int OnePaneBelow = 760;
constexpr int FormMinimum = 360;
constexpr int TextMinimum = 320;
constexpr int PreviewMinimum = 360;

} // namespace

ValuesTab::ValuesTab(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("valuesTab"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_files = new ValuesFiles(this, [this] { return m_preview->objects()->shownText(); });
    m_head = new ValuesHead(*m_files);
    column->addWidget(m_head);
    column->addWidget(new Separator(Qt::Horizontal));

    m_split = new GripSplitter(Qt::Horizontal);
    m_formHost = new QWidget;
    auto *formColumn = new QVBoxLayout(m_formHost);
    formColumn->setContentsMargins(0, 0, 0, 0);
    m_yaml = new YamlPane;
    m_preview = new PreviewPane;
    m_formHost->setMinimumWidth(FormMinimum);
    m_yaml->setMinimumWidth(TextMinimum);
    m_preview->setMinimumWidth(PreviewMinimum);
    m_panes = {m_formHost, m_yaml, m_preview};
    for (QWidget *pane : std::as_const(m_panes))
        m_split->addWidget(pane);
    m_split->setChildrenCollapsible(false);
    m_split->setSizes({300, 320, 380});
    m_rows = new GripSplitter(Qt::Vertical);
    m_rows->addWidget(m_split);
    m_strip = new ProblemStrip;
    m_strip->setMinimumHeight(m_strip->headHeight());
    m_rows->addWidget(m_strip);
    m_rows->setStretchFactor(0, 1);
    m_rows->setStretchFactor(1, 0);
    m_rows->setSizes({10'000, StripHeight});
    m_rows->setChildrenCollapsible(false);
    column->addWidget(m_rows, 1);
    m_popover = new FixPopover(this);
    m_undoBar = new UndoBar(m_split, this);
    connectPanes();
    addKeys();
}

void ValuesTab::connectPanes()
{
    connect(m_files, &ValuesFiles::said, this, &ValuesTab::said);
    connect(m_head, &ValuesHead::paneToggled, this, &ValuesTab::togglePane);
    connect(m_head, &ValuesHead::stateWanted, this, &ValuesTab::showState);
    connect(m_yaml, &YamlPane::caretAt, this, &ValuesTab::onCaret);
    connect(m_yaml, &YamlPane::fixesRequested, this,
        [this](int line) { offerFixesOf(fixesInLine(line), m_yaml->placeOfLine(line)); });
    connect(m_preview, &PreviewPane::valueChosen, this, [this](const QString &path) { mark(path, m_preview); });
    connect(m_preview, &PreviewPane::valuesLineWanted, this, [this](int line) {
        m_wanted[TextPane] = true;
        fold();
        m_yaml->markLine(line);
        m_yaml->editor()->setFocus();
        m_yaml->editor()->setCursorPosition(line - 1, 0);
    });
    connect(m_preview, &PreviewPane::said, this, &ValuesTab::said);
    connect(m_preview->objects(), &ObjectDiff::roomWanted, this, &ValuesTab::widenPreview);
    connect(m_preview, &PreviewPane::saveRequested, m_files, &ValuesFiles::exportShown);
    connect(m_strip, &ProblemStrip::problemChosen, this, &ValuesTab::chooseProblem);
    connect(m_strip, &ProblemStrip::fixRequested, this,
        [this](int index) { offerFixesOf({index}, m_strip->placeOf(index)); });
    connect(m_strip, &ProblemStrip::consequenceChosen, this, [this](const QString &objectKey) {
        m_wanted[RenderedPane] = true;
        fold();
        m_preview->showConsequence(objectKey);
    });
    connect(m_strip, &ProblemStrip::foldRequested, this, [this] { foldStrip(!m_strip->isFolded()); });
    connect(m_rows, &QSplitter::splitterMoved, this, [this] {
        // Dragging opens and folds as well.
        m_strip->setFolded(m_strip->height() < 2 * m_strip->headHeight());
    });
    connect(m_rows, &GripSplitter::handleDoubleClicked, this, [this] { foldStrip(!m_strip->isFolded()); });
    connect(m_undoBar, &UndoBar::undoRequested, this, [this] {
        if (m_session)
            m_session->undo();
    });
    connect(m_popover, &FixPopover::applied, this, [this](int index) {
        if (m_session && index >= 0 && index < int(m_session->allProblems().size()))
            m_session->makeFix(Problem(m_session->allProblems()[index]));
    });
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
    add(QStringLiteral("Alt+Return"), [this] { offerFixes(); });
    add(QStringLiteral("Alt+Enter"), [this] { offerFixes(); });
    add(QStringLiteral("Ctrl+Alt+Left"), [this] { m_preview->stepBaseline(-1); });
    add(QStringLiteral("Ctrl+Alt+Right"), [this] { m_preview->stepBaseline(1); });
    for (const int pane : {FormPane, TextPane, RenderedPane})
        add(QStringLiteral("Ctrl+Alt+%1").arg(pane + 1), [this, pane] { togglePane(pane); });
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
    m_marked.clear();
    m_popover->close();
    m_undoBar->hide();
    m_files->setSession(session);
    m_yaml->setSession(session);
    m_preview->setSession(session);
    if (!session)
        return;
    connectSession();
    if (session->outcome()) {
        showForm();
        showRendered();
    }
    showState();
}

void ValuesTab::connectSession()
{
    connect(m_session, &ValuesSession::chartReady, this, &ValuesTab::showForm);
    connect(m_session, &ValuesSession::rendered, this, &ValuesTab::showRendered);
    connect(m_session, &ValuesSession::stateChanged, this, &ValuesTab::showState);
    connect(
        m_session, &ValuesSession::refused, this, [this](const QString &why) { Q_EMIT said(m_session->hidden(why)); });
    connect(m_session, &ValuesSession::fixOffered, this, &ValuesTab::offerFormFix);
    connect(m_session, &ValuesSession::undoOffered, this, &ValuesTab::offerUndo);
}

void ValuesTab::showForm()
{
    delete m_form;
    m_form = new FormView(*m_session);
    m_formHost->layout()->addWidget(m_form);
    const auto &outcome = m_session->outcome();
    const auto described = outcome->schema ? std::optional(outcome->schema->describe()) : std::nullopt;
    m_schema = formSchema(described ? &*described : nullptr, outcome->defaults, m_session->chart()->valuesText);
    m_unknownKeys = keysWithoutField();
    m_form->setGroups(formOf(m_schema, m_unknownKeys));
    connect(m_form, &FormView::activated, this, &ValuesTab::onField);
    connect(m_form, &FormView::yamlRequested, this, &ValuesTab::showInYaml);
    keepFormState();
}

void ValuesTab::keepFormState()
{
    if (!m_settings)
        return;
    const QString help = QStringLiteral("form/help");
    const QString open = QStringLiteral("form/open/") + QString::fromStdString(m_session->chart()->metadata.name);
    m_form->setHelpVisible(m_settings->value(help, true).toBool());
    if (m_settings->contains(open))
        m_form->setOpenGroups(m_settings->value(open).toStringList());
    connect(m_form, &FormView::helpChosen, this, [this, help](bool shown) { m_settings->setValue(help, shown); });
    connect(
        m_form, &FormView::foldingChanged, this, [this, open] { m_settings->setValue(open, m_form->openGroups()); });
}

std::vector<std::string> ValuesTab::keysWithoutField() const
{
    return unknownKeys(m_schema, m_session->document().tree());
}

void ValuesTab::showState()
{
    if (!m_session)
        return;
    m_head->showState(*m_session);
    m_yaml->showState();
    if (m_session->editsMade() != m_offeredAt)
        m_undoBar->hide(); // Something else would be undone.
}

void ValuesTab::offerUndo(const QString &sentence)
{
    if (!m_session->canUndo())
        return;
    m_offeredAt = m_session->editsMade();
    m_undoBar->offer(m_session->hidden(sentence));
}

void ValuesTab::showRendered()
{
    // A key that the form does not know came or went: "Everything else" shows it. Not while somebody is in the form.
    if (m_form && m_session->outcome() && !m_form->isAncestorOf(focusWidget()) && keysWithoutField() != m_unknownKeys) {
        m_unknownKeys = keysWithoutField();
        m_form->setGroups(formOf(m_schema, m_unknownKeys));
    }
    showStrip();
    m_yaml->showProblems();
    m_preview->refresh();
    showState();
}

void ValuesTab::showStrip()
{
    QVector<ProblemStrip::Shown> problems;
    for (const Problem &problem : m_session->allProblems())
        problems.append(
            {problem, m_session->sentence(problem), m_session->fixLabel(problem), m_session->words(problem)});
    m_strip->setProblems(problems);
    QVector<ProblemStrip::Consequence> consequences;
    for (const ConsequenceLine &line : m_session->consequences())
        consequences.append({line.glyph, line.what, line.detail, line.objectKey});
    const int revision = m_session->deployed().revision;
    m_strip->setConsequences(consequences,
        revision > 0 ? tr("to %1, revision %2").arg(QString::fromStdString(m_session->about().name)).arg(revision)
                     : tr("not installed"));
}

// --- One value in all panes

void ValuesTab::mark(const QString &path, const QWidget *origin)
{
    const auto parsed = yaml::Path::parse(path.toStdString());
    if (!m_session || !parsed || parsed->isRoot())
        return;
    m_marked = path;
    m_yaml->mark(path, origin != m_yaml);
    if (origin != m_form && m_form)
        m_form->reveal(path);
    if (origin != m_preview)
        m_preview->showValue(QString::fromStdString(parsed->toString()));
}

void ValuesTab::onCaret(const QString &path, int line)
{
    mark(path, m_yaml);
    const auto &problems = m_session->allProblems();
    const auto here = std::find_if(problems.begin(), problems.end(),
        [line](const Problem &problem) { return problem.at.line == line && problem.at.file.empty(); });
    m_strip->setCurrent(here == problems.end() ? -1 : int(here - problems.begin()));
}

void ValuesTab::onField(const QString &path)
{
    mark(path, m_form);
    const auto parsed = yaml::Path::parse(path.toStdString());
    if (!m_session || !parsed)
        return;
    const auto &problems = m_session->allProblems();
    const auto here = std::find_if(problems.begin(), problems.end(), [&parsed](const Problem &problem) {
        const auto at = yaml::Path::parse(problem.path);
        return !problem.path.empty() && at && at->startsWith(*parsed);
    });
    m_strip->setCurrent(here == problems.end() ? -1 : int(here - problems.begin()));
    // The lines of what is wrong, not those of the whole field.
    if (here != problems.end() && here->at.isKnown() && here->at.file.empty())
        m_yaml->mark(QString::fromStdString(here->path), true);
}

void ValuesTab::chooseProblem(int index)
{
    if (!m_session || index < 0 || index >= int(m_session->allProblems().size()))
        return;
    const Problem &problem = m_session->allProblems()[index];
    if (!problem.at.file.empty())
        m_preview->goToError();
    else if (!problem.path.empty())
        mark(QString::fromStdString(problem.path), m_strip);
    else if (problem.at.isKnown())
        m_yaml->markLine(problem.at.line);
}

void ValuesTab::jump()
{
    if (!m_session)
        return;
    if (m_yaml->editor()->hasFocus()) {
        const auto path = m_session->document().pathAt(std::size_t(m_yaml->editor()->caretOffset()));
        if (m_form)
            m_form->reveal(QString::fromStdString(path.toString()));
        return;
    }
    m_yaml->editor()->setFocus();
}

void ValuesTab::showInYaml(const QString &path)
{
    m_wanted[TextPane] = true;
    fold();
    mark(path, m_form);
    const auto parsed = yaml::Path::parse(path.toStdString());
    const auto span = parsed ? m_session->document().nearestSpan(*parsed) : std::nullopt;
    m_yaml->editor()->setFocus();
    if (span)
        m_yaml->editor()->setCaretOffset(int(span->begin));
}

void ValuesTab::findField()
{
    if (!m_form)
        return;
    m_wanted[FormPane] = true;
    fold();
    m_form->searchField()->setFocus();
}

// --- Fixes

std::vector<int> ValuesTab::fixesInLine(int line) const
{
    std::vector<int> found;
    for (int i = 0; m_session && i < int(m_session->allProblems().size()); ++i) {
        const Problem &problem = m_session->allProblems()[i];
        if (problem.at.line == line && problem.at.file.empty() && !problem.fix.path.empty())
            found.push_back(i);
    }
    return found;
}

void ValuesTab::offerFixes()
{
    if (m_yaml->editor()->hasFocus()) {
        const int line = m_yaml->editor()->lineOfOffset(m_yaml->editor()->caretOffset()) + 1;
        offerFixesOf(fixesInLine(line), m_yaml->placeOfLine(line));
    } else if (m_strip->current() >= 0) {
        offerFixesOf({m_strip->current()}, m_strip->placeOf(m_strip->current()));
    }
}

void ValuesTab::offerFormFix(const Problem &problem)
{
    const auto &problems = m_session->allProblems();
    const auto known = std::find(problems.begin(), problems.end(), problem);
    if (known == problems.end())
        return;
    const QWidget *field = focusWidget() && m_form && m_form->isAncestorOf(focusWidget()) ? focusWidget() : m_formHost;
    offerFixesOf({int(known - problems.begin())}, QRect(field->mapToGlobal(QPoint(0, 0)), field->size()));
}

void ValuesTab::offerFixesOf(const std::vector<int> &indices, const QRect &place)
{
    QVector<FixPopover::Offer> offers;
    const std::string before = document::withoutSecrets(m_session->document().text(), "(hidden)");
    for (const int index : indices) {
        const Problem &problem = m_session->allProblems()[std::size_t(index)];
        if (problem.fix.path.empty())
            continue;
        const std::string after = document::withoutSecrets(m_session->fixedText(problem), "(hidden)");
        offers.append({index, m_session->fixLabel(problem), m_session->sentence(problem),
            QByteArray::fromStdString(before), QByteArray::fromStdString(after)});
    }
    if (offers.isEmpty()) {
        Q_EMIT said(tr("There is no ready fix here."));
        return;
    }
    m_strip->setCurrent(offers.first().index);
    m_popover->open(offers, place);
}

// --- Panes

void ValuesTab::togglePane(int pane)
{
    m_wanted[pane] = !m_wanted[pane];
    if (!m_wanted.contains(true))
        m_wanted[pane] = true; // One pane always stays.
    fold();
}

QSize ValuesTab::minimumSizeHint() const
{
    return {std::max(FormMinimum, m_head->minimumSizeHint().width()), QWidget::minimumSizeHint().height()};
}

void ValuesTab::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fold();
    const bool low = event->size().height() < LowBelow;
    const bool wasLow = event->oldSize().height() < LowBelow;
    if (!m_strip->isFolded() && (low != wasLow || !event->oldSize().isValid()))
        foldStrip(false);
}

void ValuesTab::fold()
{
    // The preview folds first, then the form, when there is no room for what is wanted.
    int room = width() < OnePaneBelow ? 1 : width() < TwoPanesBelow ? 2 : 3;
    const int order[] = {TextPane, FormPane, RenderedPane};
    QVector<bool> shown{false, false, false};
    for (const int pane : order) {
        if (m_wanted[pane] && room > 0) {
            shown[pane] = true;
            --room;
        }
    }
    for (int pane = FormPane; pane <= RenderedPane; ++pane) {
        m_panes[pane]->setVisible(shown[pane]);
        m_head->setPaneShown(pane, shown[pane]);
    }
    const int others = (shown[FormPane] ? FormMinimum : 0) + (shown[TextPane] ? TextMinimum : 0);
    m_preview->objects()->setMayGrow(width() - others > ObjectDiff::SidesFrom + 2 * m_split->handleWidth());
}

void ValuesTab::widenPreview(int preview)
{
    QList<int> sizes = m_split->sizes();
    int missing = preview - sizes[RenderedPane];
    // The form gives first, then the text, each down to its least.
    for (const int pane : {FormPane, TextPane}) {
        const int gives = std::clamp(sizes[pane] - m_panes[pane]->minimumWidth(), 0, std::max(0, missing));
        sizes[pane] -= gives;
        sizes[RenderedPane] += gives;
        missing -= gives;
    }
    m_split->setSizes(sizes);
}

void ValuesTab::foldStrip(bool folded)
{
    m_strip->setFolded(folded);
    const int height = folded ? m_strip->headHeight() : this->height() < LowBelow ? LowStripHeight : StripHeight;
    m_rows->setSizes({std::max(1, m_rows->height() - height), height});
}

void ValuesTab::focusNextPane(int direction)
{
    QVector<QWidget *> targets;
    if (m_panes[FormPane]->isVisible() && m_form)
        targets.append(m_form->searchField());
    if (m_panes[TextPane]->isVisible())
        targets.append(m_yaml->editor());
    if (m_panes[RenderedPane]->isVisible())
        targets.append(m_preview->objects());
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
    m_preview->objects()->showNextChange(direction);
}

// --- Files

void ValuesTab::save()
{
    m_files->save();
}

void ValuesTab::saveAs()
{
    m_files->saveAs();
}

void ValuesTab::exportValues()
{
    m_files->exportValues();
}

void ValuesTab::exportManifests()
{
    m_files->exportManifests();
}

void ValuesTab::copyHelmCommand()
{
    m_files->copyHelmCommand();
}

} // namespace pk::gui
