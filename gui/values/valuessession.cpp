// SPDX-License-Identifier: GPL-3.0-or-later
#include "values/valuessession.h"

#include "document/inspection.h"
#include "release/varying.h"
#include "texts/texts.h"
#include "yaml/printer.h"

#include <QFileInfo>

#include <algorithm>
#include <limits>

namespace pk::gui {

namespace {

constexpr int DraftDelay = 400; ///< Milliseconds after the last key.

/// Sets the leaves of `values` below `path`; maps that are there already keep what else they hold.
Result<void> addValues(document::ValuesDocument &document, const Value &values, const yaml::Path &path)
{
    for (const Map::Entry &entry : values.asMap()) {
        const yaml::Path at = path.child(entry.key);
        const bool goesDown =
            entry.value.isMap() && !entry.value.asMap().isEmpty() && document::valueAt(document.tree(), at).isMap();
        if (goesDown) {
            if (Result<void> added = addValues(document, entry.value, at); !added)
                return added;
        } else if (const auto made = document.set(at, entry.value); !made) {
            return made.error();
        }
    }
    return {};
}

/// A map that is not empty counts by what is in it.
int leavesOf(const Value &value)
{
    if (!value.isMap() || value.asMap().isEmpty())
        return 1;
    int count = 0;
    for (const Map::Entry &entry : value.asMap())
        count += leavesOf(entry.value);
    return count;
}

/// How many values a difference is: those of a map that came or went whole.
int valuesOf(const document::Difference &edit)
{
    return edit.before.isNil() ? leavesOf(edit.after) : edit.after.isNil() ? leavesOf(edit.before) : 1;
}

/// Makes a fix as one step; what cannot be made leaves the document as it was.
void fix(document::ValuesDocument &document, const Problem::Fix &what)
{
    const auto path = yaml::Path::parse(what.path);
    if (!path || what.path.empty() || !document.isReadable())
        return;
    document.beginStep({what.id, what.path});
    if (what.id == "fix.rename" || what.id == "fix.quote-key") {
        // A name that is taken already is left alone.
        (void)document.rename(*path, what.yaml);
    } else if (what.id == "fix.trim") {
        const Value value = document::valueAt(document.tree(), *path);
        (void)document.set(*path, Value::string(QString::fromStdString(value.stringOr()).trimmed().toStdString()));
    } else if (what.remove) {
        (void)document.remove(*path);
    } else {
        (void)document.setYaml(*path, what.yaml);
    }
    document.endStep();
}

} // namespace

ValuesSession::ValuesSession(
    chart::ChartPtr chart, document::DraftStore &drafts, document::Draft draft, QObject *parent) :
    FormSource(parent),
    m_chart(std::move(chart)), m_drafts(drafts), m_draft(std::move(draft))
{
    if (m_draft.id.empty())
        m_draft.id = document::DraftStore::newDraftId();
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(DraftDelay);
    connect(&m_draftTimer, &QTimer::timeout, this, &ValuesSession::saveDraft);
    connect(&m_drafts, &DraftWriter::written, this, &ValuesSession::onDraftWritten);
    connect(&m_renderer, &RenderWorker::finished, this, &ValuesSession::onRendered);
    afterEdit();
}

void ValuesSession::setRelease(const QString &name, const QString &ns)
{
    m_draft.name = name.toStdString();
    m_draft.ns = ns.toStdString();
    afterEdit();
}

void ValuesSession::setInstalled(const QString &context, const QString &ns)
{
    m_draft.installed = true;
    m_draft.context = context.toStdString();
    m_draft.ns = ns.toStdString();
    if (m_file.path.empty())
        m_document.markSaved(); // The release is what it is compared with from now on.
    forgetDraft();
    afterEdit();
}

QString ValuesSession::fileName() const
{
    if (!m_file.path.empty())
        return QFileInfo(QString::fromStdString(m_file.path)).fileName();
    return m_draft.installed ? tr("Values of %1").arg(QString::fromStdString(m_draft.name))
                             : tr("Not saved to a file yet");
}

Result<void> ValuesSession::open(const QString &path)
{
    auto file = document::readTextFile(path.toStdString());
    if (!file)
        return file.error();
    m_file = std::move(*file);
    m_draft.file = m_file.path;
    m_document = document::ValuesDocument(m_file.text);
    Q_EMIT textReplaced();
    afterEdit();
    return {};
}

Result<void> ValuesSession::save(bool overwrite)
{
    auto written = document::writeTextFile(m_file, m_document.text(), overwrite);
    if (!written)
        return written.error();
    m_file = std::move(*written);
    m_document.markSaved();
    afterEdit();
    return {};
}

Result<void> ValuesSession::saveAs(const QString &path)
{
    m_file = {path.toStdString(), {}, 0};
    m_draft.file = m_file.path;
    // The dialog that gave the path has asked already whether to replace what is there.
    return save(true);
}

void ValuesSession::setBase(const std::string &text)
{
    m_document = document::ValuesDocument(text);
    Q_EMIT textReplaced();
    afterEdit();
}

void ValuesSession::restore(const document::Draft &draft)
{
    m_document.replaceAll(draft.text);
    m_draftSaved = QTime::currentTime();
    Q_EMIT textReplaced();
    afterEdit();
}

void ValuesSession::import(const std::string &text)
{
    m_document.replaceAll(text);
    Q_EMIT textReplaced();
    afterEdit();
}

void ValuesSession::discardEdits()
{
    import(m_document.savedText());
    forgetDraft();
}

void ValuesSession::saveDraft()
{
    m_draftTimer.stop();
    if (!m_document.isModified() && (m_draft.installed || !m_file.path.empty())) {
        forgetDraft();
        return;
    }
    document::Draft draft = m_draft;
    draft.text = m_document.text();
    m_drafts.save(std::move(draft), Clock().now());
}

void ValuesSession::onDraftWritten(const std::optional<Error> &failed)
{
    if (failed)
        Q_EMIT refused(texts::sentence(*failed));
    else
        m_draftSaved = QTime::currentTime();
    Q_EMIT stateChanged();
}

void ValuesSession::forgetDraft()
{
    m_draftTimer.stop();
    m_draftSaved = {};
    (void)m_drafts.remove(m_draft.id);
}

void ValuesSession::take(Result<yaml::TextEdit> edit)
{
    if (!edit) {
        Q_EMIT refused(texts::sentence(edit.error()));
        Q_EMIT changed();
        return;
    }
    if (edit->isEmpty())
        return;
    Q_EMIT textEdited(*edit);
    afterEdit();
}

void ValuesSession::type(int offset, int removed, const QByteArray &inserted)
{
    m_document.type(std::size_t(offset), std::size_t(removed), inserted.toStdString());
    afterEdit();
}

void ValuesSession::undo()
{
    for (const yaml::TextEdit &edit : m_document.undo())
        Q_EMIT textEdited(edit);
    afterEdit();
}

void ValuesSession::redo()
{
    for (const yaml::TextEdit &edit : m_document.redo())
        Q_EMIT textEdited(edit);
    afterEdit();
}

Result<void> ValuesSession::addFrom(const std::string &text)
{
    const Result<Value> values = yaml::toMap(text);
    if (!values)
        return values.error();
    if (!m_document.isReadable())
        return Error{.code = Error::Code::InvalidInput, .message = m_document.problem()->message, .id = {}};
    document::ValuesDocument made = m_document;
    made.beginStep({"edit.add", {}});
    if (Result<void> added = addValues(made, *values, {}); !added)
        return added;
    made.endStep();
    const std::string before = m_document.text();
    m_document = std::move(made);
    const yaml::TextEdit edit = yaml::editBetween(before, m_document.text());
    if (!edit.isEmpty()) {
        Q_EMIT textEdited(edit);
        afterEdit();
    }
    return {};
}

void ValuesSession::applyChanges(const std::vector<std::pair<std::string, std::string>> &pathsAndYaml)
{
    m_document.beginStep({"edit.several", {}});
    for (const auto &[text, yaml] : pathsAndYaml) {
        const auto path = yaml::Path::parse(text);
        if (!path)
            continue;
        if (yaml.empty())
            unset(*path);
        else
            setYaml(*path, QString::fromStdString(yaml));
    }
    m_document.endStep();
}

RenderJob ValuesSession::jobFor(const std::string &valuesText) const
{
    RenderJob job;
    job.chart = m_chart;
    job.valuesText = valuesText;
    job.levels = chart::levels43();
    job.cluster = m_cluster;
    job.release.name = m_draft.name.empty() ? "my-pool" : m_draft.name;
    job.release.namespaceName = m_draft.ns.empty() ? "default" : m_draft.ns;
    job.release.isUpgrade = m_deployed.revision > 0;
    job.readObjects = m_deployed.revision > 0; // On the render thread: a manifest of some megabytes takes its time.
    job.release.revision = m_deployed.revision + 1;
    job.instant = m_instant;
    return job;
}

std::chrono::milliseconds ValuesSession::shownAge() const
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - m_shown);
}

void ValuesSession::knowSecrets()
{
    if (m_keptFor != m_document.savedText()) {
        m_keptFor = m_document.savedText();
        m_kept = {};
        m_kept.addValues(*m_keptFor);
        m_kept.addValues(yaml::toYaml(m_deployed.config));
        m_kept.addValues(m_chart->valuesText);
    }
    SecretWords known = m_kept;
    // What is still on the screen counts as long as it is there.
    for (const auto &outcome : {m_outcome, m_lastGood}) {
        if (outcome)
            known.add(outcome->secrets);
    }
    if (!m_document.isReadable())
        known.addValues(m_document.text());
    m_secrets = std::move(known);
}

QString ValuesSession::hidden(const QString &text) const
{
    return QString::fromStdString(m_secrets.hidden(text.toStdString()));
}

void ValuesSession::afterEdit()
{
    ++m_editsMade;
    m_edits = document::differences(m_document.savedTree(), m_document.tree());
    m_editCount = 0;
    for (const document::Difference &edit : m_edits)
        m_editCount += valuesOf(edit);
    if (m_document.isReadable()) {
        submit();
    } else {
        knowSecrets();
        // The last good preview stays; the text's own problem is told at once.
        placeProblems();
        Q_EMIT rendered();
        Q_EMIT changed();
    }
    // A draft whose edits were all undone or saved goes, else they would come back.
    if (m_document.isModified() || m_draftSaved.isValid() || m_drafts.holdsDraft())
        m_draftTimer.start();
    Q_EMIT stateChanged(); // changed() comes with what the text renders to, once per key.
}

void ValuesSession::submit()
{
    m_submitted = std::chrono::steady_clock::now();
    m_waiting = true;
    m_renderer.submit(jobFor(m_document.text()));
}

void ValuesSession::onRendered(const std::shared_ptr<const RenderOutcome> &outcome)
{
    m_outcome = outcome;
    m_waiting = false;
    if (!outcome->rendered.error || !outcome->rendered.objects.empty()) {
        m_lastGood = outcome;
        m_shown = m_submitted;
    }
    knowSecrets();
    placeProblems();
    compare();
    if (!m_formBuilt) {
        m_formBuilt = true;
        Q_EMIT chartReady();
    }
    Q_EMIT rendered();
    Q_EMIT changed();
}

void ValuesSession::placeProblems()
{
    m_problems.clear();
    m_problemPaths.clear();
    if (m_document.problem())
        m_problems.push_back(*m_document.problem());
    else if (m_outcome)
        m_problems = m_outcome->problems;
    // What stands there now must not reach a cluster.
    const std::vector<Problem> marks = document::findHiddenMarks(m_document.tree());
    m_problems.insert(m_problems.begin(), marks.begin(), marks.end());
    for (Problem &problem : m_problems)
        document::place(problem, m_document);
    std::stable_sort(m_problems.begin(), m_problems.end(), [](const Problem &a, const Problem &b) {
        const auto order = [](const Problem &problem) {
            const bool here = problem.at.isKnown() && problem.at.file.empty();
            return std::pair(problem.severity, here ? problem.at.line : std::numeric_limits<int>::max());
        };
        return order(a) < order(b);
    });
    for (std::size_t i = 0; i < m_problems.size(); ++i) {
        if (const auto path = yaml::Path::parse(m_problems[i].path); path && !m_problems[i].path.empty())
            m_problemPaths.emplace_back(*path, i);
    }
}

void ValuesSession::setDeployed(const Deployed &deployed)
{
    m_deployed = deployed;
    m_keptFor.reset();
    readDeployed();
    afterEdit();
}

void ValuesSession::setCluster(const release::ClusterFactsPtr &cluster)
{
    if (cluster == m_cluster)
        return;
    m_cluster = cluster;
    readDeployed();
    if (m_document.isReadable()) {
        submit();
        Q_EMIT stateChanged();
    }
}

void ValuesSession::readDeployed()
{
    m_before.clear();
    m_compared.reset();
    auto objects = release::readObjects(m_deployed.manifest, m_draft.ns.empty() ? "default" : m_draft.ns,
        m_cluster ? &m_cluster->catalog : nullptr, release::UnknownKinds::Accept);
    if (objects)
        m_before = std::move(*objects);
}

void ValuesSession::compare()
{
    // Most keys leave most of the manifest alone, and many all of it: nothing is read again then.
    const std::string manifest = m_lastGood ? m_lastGood->rendered.manifest : std::string();
    if (m_compared && *m_compared == std::pair(m_deployed.revision, manifest))
        return;
    m_compared = {m_deployed.revision, manifest};
    m_changes.clear();
    m_consequences.clear();
    if (!m_lastGood)
        return; // Nothing was ever rendered: nobody knows what would be created, and nothing is deleted.
    if (m_deployed.revision > 0)
        m_changes = release::classifyChange(m_before, m_lastGood->objects);
    release::markVarying(m_changes, m_before, m_lastGood->rendered);
    m_consequences = consequenceLines(m_changes, m_deployed.revision == 0, int(m_lastGood->rendered.objects.size()));
}

int ValuesSession::errorCount() const
{
    return int(std::count_if(m_problems.begin(), m_problems.end(),
        [](const Problem &problem) { return problem.severity == Problem::Severity::Error; }));
}

Value ValuesSession::value(const yaml::Path &path) const
{
    const Value own = document::valueAt(m_document.tree(), path);
    const Value fallback = document::valueAt(m_chart->values, path);
    if (own.isNil())
        return fallback;
    // A map that says only a part of it lies over the chart's.
    return own.isMap() && fallback.isMap() ? chart::mergeMaps(fallback, own) : own;
}

Value ValuesSession::valueIn(Origin layer, const yaml::Path &path) const
{
    switch (layer) {
    case Origin::ChartDefault:
        return document::valueAt(m_chart->values, path);
    case Origin::File:
        return document::valueAt(m_document.savedTree(), path);
    case Origin::Deployed:
        return document::valueAt(m_deployed.config, path);
    case Origin::Edited:
        break;
    }
    return document::valueAt(m_document.tree(), path);
}

Origin ValuesSession::origin(const yaml::Path &path) const
{
    const Value own = valueIn(Origin::Edited, path);
    if (!own.sameContent(valueIn(Origin::File, path)))
        return Origin::Edited;
    if (own.isNil())
        return Origin::ChartDefault;
    return m_file.path.empty() && m_deployed.revision > 0 ? Origin::Deployed : Origin::File;
}

QString ValuesSession::deployedName() const
{
    return m_deployed.revision > 0 ? tr("revision %1").arg(m_deployed.revision) : QString();
}

int ValuesSession::editsBelow(const yaml::Path &path) const
{
    if (path.isRoot())
        return m_editCount;
    int count = 0;
    for (const document::Difference &edit : m_edits) {
        if (edit.path.startsWith(path)) {
            count += valuesOf(edit);
        } else if (path.startsWith(edit.path)) {
            // Of what came or went whole, the part at the path.
            const std::vector<yaml::Step> &steps = path.steps();
            const yaml::Path below(
                std::vector<yaml::Step>(steps.begin() + std::ptrdiff_t(edit.path.steps().size()), steps.end()));
            const document::Difference part{
                path, document::valueAt(edit.before, below), document::valueAt(edit.after, below)};
            if (!part.before.sameContent(part.after))
                count += valuesOf(part);
        }
    }
    return count;
}

std::vector<Problem> ValuesSession::problems(const yaml::Path &path) const
{
    std::vector<Problem> found;
    for (const auto &[at, index] : m_problemPaths) {
        if (at.startsWith(path))
            found.push_back(m_problems[index]);
    }
    return found;
}

QString ValuesSession::sentence(const Problem &problem) const
{
    return hidden(texts::sentence(problem));
}

QString ValuesSession::words(const Problem &problem) const
{
    // What the schema says is told in the same breath.
    const bool ours = problem.source != Problem::Source::Schema && texts::has(problem.id);
    return ours ? hidden(QString::fromStdString(problem.message)) : QString();
}

QString ValuesSession::fixLabel(const Problem &problem) const
{
    return texts::fixLabel(problem);
}

void ValuesSession::set(const yaml::Path &path, const Value &value)
{
    if (isEditable() && !this->value(path).sameContent(value))
        take(m_document.set(path, value));
}

bool ValuesSession::setYaml(const yaml::Path &path, const QString &yaml)
{
    if (!isEditable())
        return false;
    if (yaml.trimmed().isEmpty()) {
        unset(path);
        return true;
    }
    auto edit = m_document.setYaml(path, yaml.toStdString());
    const bool good = edit.ok();
    if (good)
        take(std::move(edit));
    return good;
}

void ValuesSession::beginChange(const yaml::Path &path)
{
    m_document.beginStep({"edit.set", path.toString()});
}

void ValuesSession::cancelChange()
{
    const std::vector<yaml::TextEdit> edits = m_document.cancelStep();
    for (const yaml::TextEdit &edit : edits)
        Q_EMIT textEdited(edit);
    if (!edits.empty())
        afterEdit();
}

void ValuesSession::insert(const yaml::Path &path, const Value &value)
{
    if (isEditable())
        take(m_document.insert(path, value));
}

void ValuesSession::unset(const yaml::Path &path)
{
    if (isEditable() && !document::valueAt(m_document.tree(), path).isNil())
        take(m_document.remove(path));
}

void ValuesSession::resetToFile(const yaml::Path &path)
{
    const Value file = valueIn(Origin::File, path);
    if (file.isNil())
        unset(path);
    else if (isEditable())
        take(m_document.set(path, file));
}

void ValuesSession::applyFix(const Problem &problem)
{
    Q_EMIT fixOffered(problem);
}

void ValuesSession::makeFix(const Problem &problem)
{
    const std::string before = m_document.text();
    fix(m_document, problem.fix);
    if (const yaml::TextEdit edit = yaml::editBetween(before, m_document.text()); !edit.isEmpty()) {
        Q_EMIT textEdited(edit);
        afterEdit();
    }
}

std::string ValuesSession::fixedText(const Problem &problem) const
{
    document::ValuesDocument copy = m_document;
    fix(copy, problem.fix);
    return copy.text();
}

} // namespace pk::gui
