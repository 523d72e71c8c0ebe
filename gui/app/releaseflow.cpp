// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/releaseflow.h"

#include "preview/consequences.h"
#include "texts/texts.h"

#include <algorithm>

namespace pk::gui {

namespace {

QString qs(const std::string &text)
{
    return QString::fromStdString(text);
}

} // namespace

ReleaseFlow::ReleaseFlow(release::ClusterApi &api, const Clock &clock, ReleaseTarget target, QObject *parent) :
    QObject(parent), m_api(api), m_clock(clock), m_target(std::move(target))
{
    connect(&m_renderer, &RenderWorker::finished, this, &ReleaseFlow::compare);
}

ReleaseFlow::~ReleaseFlow() = default;

void ReleaseFlow::prepare()
{
    m_calls.clear();
    m_access.clear();
    m_questions = 0;
    m_dryRunResults.clear();
    m_dryRunDone = false;
    m_refused.reset();
    m_comparing = true;
    updateReview();
    const auto ns = kube::knownResource("v1", "Namespace");
    m_calls.push_back(
        m_api.get({.resource = *ns, .name = m_target.ns.toStdString()}, [this](kube::Answer<Value> answer) {
            // Whoever may not read namespaces is not told that this one is missing: only "not found" says so.
            m_namespaceExists = answer.ok() || answer.error().code != Error::Code::NotFound;
            readHistory();
        }));
}

void ReleaseFlow::readHistory()
{
    m_calls.push_back(release::readHistory(m_api, m_target.ns.toStdString(), m_target.release.toStdString(),
        [this](Result<release::ReleaseHistory> history) {
            if (!history) {
                m_comparing = false;
                m_dryRunDone = true;
                m_refused = history.error();
                updateReview();
                Q_EMIT failedToPrepare(texts::sentence(history.error()));
                return;
            }
            m_history = std::move(*history);
            if (m_target.action == release::Action::Install && !m_history.revisions.empty())
                m_target.action = release::Action::Upgrade;
            release::ReleaseFacts facts;
            facts.wanted = m_target.action;
            facts.name = m_target.release.toStdString();
            for (const release::Record &record : m_history.revisions)
                facts.history.push_back(
                    {record.revision(), record.status(), record.serverSide(), record.lastDeployed()});
            facts.resolvePending = m_resolvePending;
            m_plan = release::planRelease(facts);
            m_refused = m_plan.refused;
            if (const auto left = release::leftOperation(m_history); left && !m_resolvePending)
                Q_EMIT leftOperationFound(
                    tr("Revision %1 was left as %2%3. It is marked as failed, and a new revision is made.")
                        .arg(left->revision)
                        .arg(QLatin1String(release::nameOf(left->status)),
                            left->since ? tr(", %1").arg(texts::moment(*left->since, m_clock.now())) : QString()));
            m_before.clear();
            for (const release::Record &record : m_history.revisions) {
                if (record.revision() != m_plan.baseline)
                    continue;
                auto objects = release::readObjects(record.manifest(), m_target.ns.toStdString(), nullptr);
                m_beforeTexts = chart::readManifest(record.manifest(), chart::levels43());
                if (objects)
                    m_before = std::move(*objects);
                else
                    m_refused = objects.error();
            }
            if (m_target.chart) {
                render();
            } else {
                // Nothing is rendered or tried beforehand: what there is goes.
                m_comparing = false;
                m_dryRunDone = true;
                updateReview();
            }
        }));
}

void ReleaseFlow::render()
{
    RenderJob job;
    job.chart = m_target.chart;
    job.valuesText = m_target.valuesText;
    job.levels = chart::levels43();
    job.release.name = m_target.release.toStdString();
    job.release.namespaceName = m_target.ns.toStdString();
    job.release.revision = std::max(1, m_plan.newRevision);
    job.release.isUpgrade = m_target.action == release::Action::Upgrade;
    job.forApply = true;
    m_renderer.submit(std::move(job));
}

void ReleaseFlow::compare(const std::shared_ptr<const RenderOutcome> &outcome)
{
    m_outcome = outcome;
    m_comparing = false;
    m_after.clear();
    if (outcome->rendered.error) {
        m_refused = outcome->rendered.error->error;
    } else {
        auto objects = release::readObjects(outcome->rendered.manifest, m_target.ns.toStdString(), nullptr);
        if (objects)
            m_after = std::move(*objects);
        else
            m_refused = objects.error();
    }
    m_changes = release::classifyChange(m_before, m_after);
    updateReview();
    askPermissions();
    dryRun();
}

void ReleaseFlow::askPermissions()
{
    const auto questions = release::neededPermissions(m_target.action, m_before, m_after, m_target.ns.toStdString());
    m_questions = questions.size();
    for (const kube::AccessQuestion &question : questions) {
        m_calls.push_back(m_api.mayI(question, [this, question](kube::Answer<kube::Access> answer) {
            // What cannot be asked is not called missing.
            m_access.emplace_back(question, !answer.ok() || answer->allowed);
            if (m_access.size() == m_questions)
                updateReview();
        }));
    }
}

void ReleaseFlow::dryRun()
{
    if (!m_namespaceExists || m_after.empty() || m_refused) {
        m_dryRunDone = true;
        updateReview();
        return;
    }
    m_dryRun = std::make_unique<release::DryRun>(m_api, m_after, m_target.release.toStdString(),
        m_target.ns.toStdString(), m_plan.migrateOwnership, [this](std::vector<release::DryRunResult> results) {
            m_dryRunResults = std::move(results);
            m_dryRunDone = true;
            updateReview();
        });
    m_dryRun->start();
}

void ReleaseFlow::updateReview()
{
    const bool install = m_target.action == release::Action::Install;
    ReviewState review;
    review.title = (install ? tr("Review install of %1") : tr("Review upgrade of %1")).arg(m_target.release);
    review.subtitle = m_target.edits > 0 ? tr("%n edit(s). Nothing has been sent yet.", nullptr, m_target.edits)
                                         : tr("Nothing has been sent yet.");
    review.checking = m_comparing || !m_dryRunDone || m_access.size() < m_questions;
    review.facts = {{tr("Cluster"), m_target.cluster}, {tr("Namespace"), m_target.ns},
        {tr("Release"),
            install ? tr("%1, revision 1").arg(m_target.release)
                    : tr("%1, revision %2 becomes %3").arg(m_target.release).arg(m_plan.last).arg(m_plan.newRevision)}};
    if (m_target.chart)
        review.facts.append({tr("Chart"),
            QStringLiteral("%1 %2").arg(qs(m_target.chart->metadata.name), qs(m_target.chart->metadata.version))});
    review.facts.append({tr("Checked"),
        !m_namespaceExists            ? tr("Not on the server: the namespace does not exist yet")
            : !m_dryRunDone           ? tr("Asking the server…")
            : m_dryRunResults.empty() ? tr("Not on the server")
                                      : tr("Server dry run of %n object(s)", nullptr, int(m_dryRunResults.size()))});

    for (const ConsequenceLine &line : consequenceLines(m_changes, install, int(m_after.size())))
        review.consequences.append({line.glyph, line.what, line.detail});
    if (m_plan.migrateOwnership && !install)
        review.consequences.append({glyph(ChangeState::Changed), texts::fill("consequence.moves-fields", {}),
            texts::fill("consequence.moves-fields.detail", {})});
    for (const release::DryRunResult &result : m_dryRunResults) {
        const auto object = std::find_if(
            m_after.begin(), m_after.end(), [&](const release::Object &known) { return known.key() == result.key; });
        const QString title = object == m_after.end() ? qs(result.key) : qs(object->title());
        if (result.error)
            review.consequences.prepend(
                {glyph(ChangeState::Refused), tr("The server refuses %1").arg(title), texts::sentence(*result.error)});
        for (const std::string &warning : result.warnings)
            review.consequences.append(
                {glyph(Severity::Warning), tr("The server warns about %1").arg(title), texts::clean(warning)});
    }
    int allowed = 0;
    for (const auto &[question, may] : m_access) {
        allowed += may;
        if (!may)
            review.permissions.append({glyph(Severity::Error),
                tr("May not %1 %2").arg(qs(question.verb), qs(question.resource)),
                tr("In namespace %1. Ask whoever manages the cluster for this right.").arg(qs(question.nameSpace))});
    }
    if (m_questions > 0 && m_access.size() == m_questions)
        review.permissionsNote = tr("%1 of %2").arg(allowed).arg(m_questions);
    review.compared = !install;
    review.differencesTitle = install ? tr("What is created") : tr("Differences to revision %1").arg(m_plan.baseline);
    review.objects = previewObjects(
        m_beforeTexts, m_outcome ? m_outcome->rendered.objects : std::vector<chart::ManifestObject>(), m_changes);
    review.confirmText = (install ? tr("Install %1") : tr("Upgrade %1")).arg(m_target.release);
    const bool serverRefuses = std::any_of(m_dryRunResults.begin(), m_dryRunResults.end(),
        [](const release::DryRunResult &result) { return result.error.has_value(); });
    const bool refusedChange = std::any_of(m_changes.begin(), m_changes.end(),
        [](const release::ObjectChange &change) { return change.consequence == release::Consequence::Refused; });
    review.danger = std::any_of(m_changes.begin(), m_changes.end(), [](const release::ObjectChange &change) {
        return change.consequence == release::Consequence::Deleted
            || change.consequence == release::Consequence::Replaced;
    });
    if (review.danger)
        review.confirmText = tr("Upgrade %1 and replace objects").arg(m_target.release);
    if (m_target.problems > 0)
        review.blockedBecause = tr("%n error(s) in values", nullptr, m_target.problems);
    else if (m_refused)
        review.blockedBecause = texts::sentence(*m_refused);
    else if (refusedChange || serverRefuses)
        review.blockedBecause = tr("The cluster would refuse this. See what will happen.");
    else if (!review.permissions.isEmpty())
        review.blockedBecause = tr("Permissions are missing.");
    m_review = review;
    Q_EMIT reviewChanged();
}

QString ReleaseFlow::runningTitle() const
{
    switch (m_target.action) {
    case release::Action::Install:
        return tr("Installing %1").arg(m_target.release);
    case release::Action::Upgrade:
        return tr("Upgrading %1").arg(m_target.release);
    case release::Action::Rollback:
        return tr("Rolling back %1").arg(m_target.release);
    case release::Action::Uninstall:
        break;
    }
    return tr("Uninstalling %1").arg(m_target.release);
}

void ReleaseFlow::run(const ReviewOptions &options)
{
    release::OperationRequest request;
    request.action = m_target.action;
    request.name = m_target.release.toStdString();
    request.ns = m_target.ns.toStdString();
    request.wait = options.wait;
    request.timeout = std::chrono::minutes(options.timeoutMinutes);
    request.createNamespace = options.createNamespace;
    request.resolvePending = m_resolvePending;
    if (m_outcome) {
        const chart::Rendered &rendered = m_outcome->rendered;
        request.chart = release::chartRecord(*m_target.chart, m_outcome->defaults);
        request.config = m_outcome->user.isNil() ? Value::map() : m_outcome->user;
        request.manifest = rendered.manifest;
        request.hooks = rendered.hooks;
        request.crds = rendered.crds;
        request.notes = rendered.notes;
    }
    m_started = m_clock.now();
    m_steps.clear();
    m_stepStarts.clear();
    m_progress = {};
    m_progress.canStop = true;
    m_operation = std::make_unique<release::Operation>(
        m_api, m_clock, std::move(request), [this](const release::StepEvent &event) { onStep(event); },
        [this](const release::OperationResult &result) { onDone(result); });
    m_operation->start();
    updateProgress();
}

void ReleaseFlow::resolvePending()
{
    m_resolvePending = true;
    prepare();
}

void ReleaseFlow::stop()
{
    if (m_operation)
        m_operation->stop();
}

void ReleaseFlow::onStep(const release::StepEvent &event)
{
    Q_EMIT stepped(event);
    const auto line = std::find_if(m_steps.begin(), m_steps.end(),
        [&](const release::StepEvent &known) { return known.step == event.step && known.object == event.object; });
    if (line == m_steps.end()) {
        m_steps.push_back(event);
        m_stepStarts.push_back(event.time);
    } else {
        *line = event;
    }
    updateProgress();
}

void ReleaseFlow::updateProgress()
{
    using S = ProgressState::Step::State;
    m_progress.title = runningTitle();
    const bool first = m_target.action == release::Action::Install;
    m_progress.release = m_progress.outcome == ProgressState::Outcome::Succeeded ? ReleaseState::Deployed
        : m_progress.outcome == ProgressState::Outcome::Failed                   ? ReleaseState::Failed
        : m_target.action == release::Action::Uninstall                          ? ReleaseState::Uninstalling
        : first                                                                  ? ReleaseState::Installing
                                                                                 : ReleaseState::Upgrading;
    const QString started = tr("started %1").arg(texts::clock(m_started));
    m_progress.subtitle = m_target.action == release::Action::Upgrade
        ? tr("Revision %1 to %2, %3").arg(m_plan.last).arg(m_plan.newRevision).arg(started)
        : tr("%1, %2").arg(m_target.cluster, started);
    m_progress.steps.clear();
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        const release::StepEvent &event = m_steps[i];
        ProgressState::Step step;
        switch (event.state) {
        case release::StepEvent::State::Running:
        case release::StepEvent::State::Waiting:
            step.state = S::Running;
            break;
        case release::StepEvent::State::Done:
            step.state = S::Done;
            break;
        case release::StepEvent::State::Skipped:
            step.state = S::Skipped;
            break;
        case release::StepEvent::State::Failed:
            step.state = S::Failed;
            break;
        }
        step.name = texts::fill("step." + event.step, {{"object", event.object.empty() ? "workers" : event.object}});
        step.detail = texts::clean(event.detail);
        const WallTime end = step.state == S::Running ? m_clock.now() : event.time;
        step.took = texts::duration(end - m_stepStarts[i]);
        m_progress.steps.append(step);
    }
    Q_EMIT progressChanged();
}

void ReleaseFlow::onDone(const release::OperationResult &result)
{
    const QString took = texts::duration(m_clock.now() - m_started);
    const bool good = !result.error && !result.stopped;
    m_progress.outcome = good ? ProgressState::Outcome::Succeeded
        : result.stopped      ? ProgressState::Outcome::Stopped
                              : ProgressState::Outcome::Failed;
    if (m_target.action == release::Action::Uninstall) {
        m_progress.sentence = good ? tr("%1 is uninstalled. It took %2.").arg(m_target.release, took)
                                   : tr("The uninstall of %1 did not finish.").arg(m_target.release);
        QStringList stays;
        for (const auto &list : {result.kept, result.notOwned, result.unverified}) {
            for (const std::string &line : list)
                stays.append(qs(line));
        }
        if (!stays.isEmpty())
            m_progress.reason = tr("Stays: %1").arg(stays.join(QStringLiteral(", ")));
    } else if (good) {
        m_progress.sentence =
            tr("%1 is on revision %2. It took %3.").arg(m_target.release).arg(m_plan.newRevision).arg(took);
    } else {
        m_progress.sentence = result.stopped
            ? tr("%1 was stopped at revision %2.").arg(m_target.release).arg(m_plan.newRevision)
            : tr("%1 to revision %2 failed.").arg(runningTitle()).arg(m_plan.newRevision);
    }
    if (result.error)
        m_progress.reason = texts::sentence(*result.error);
    updateProgress();
    Q_EMIT finished(good);
}

void ReleaseFlow::setWorkers(const QVector<ProgressState::Worker> &workers, const QString &note)
{
    if (workers == m_progress.workers && note == m_progress.workersNote)
        return;
    m_progress.workers = workers;
    m_progress.workersNote = note;
    Q_EMIT progressChanged();
}

void ReleaseFlow::setSaid(const QStringList &said)
{
    if (said == m_progress.said)
        return;
    m_progress.said = said;
    Q_EMIT progressChanged();
}

} // namespace pk::gui
