// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/releaseflow.h"

#include "preview/consequences.h"
#include "release/varying.h"
#include "texts/texts.h"
#include "widgets/strings.h"
#include "yaml/printer.h"

#include <algorithm>

namespace pk::gui {

namespace {

/// The RBAC rule that would allow it, for a Role.
QString ruleOf(const kube::AccessQuestion &question)
{
    const std::string resource =
        question.subresource.empty() ? question.resource : question.resource + '/' + question.subresource;
    return QStringLiteral("- apiGroups: [\"%1\"]\n  resources: [\"%2\"]\n  verbs: [\"%3\"]\n")
        .arg(qs(question.group), qs(resource), qs(question.verb));
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
    m_crds.clear();
    m_open = 3;
    updateReview();
    const auto ns = kube::knownResource("v1", "Namespace");
    m_calls.push_back(
        m_api.get({.resource = *ns, .name = m_target.ns.toStdString()}, [this](kube::Answer<Value> answer) {
            // Whoever may not read namespaces is not told that this one is missing: only "not found" says so.
            m_namespaceExists = answer.ok() || answer.error().code != Error::Code::NotFound;
            arrived();
        }));
    m_calls.push_back(release::readHistory(m_api, m_target.ns.toStdString(), m_target.release.toStdString(),
        [this](Result<release::ReleaseHistory> history) {
            m_readHistory = std::move(history);
            arrived();
        }));
    // Anew for each review, as helm does: what is sent must suit the server as it is now.
    m_calls.push_back(release::readClusterFacts(m_api, [this](Result<release::ClusterFactsPtr> facts) {
        m_readFacts = std::move(facts);
        arrived();
    }));
}

void ReleaseFlow::arrived()
{
    if (--m_open > 0)
        return;
    const Error *failed = !*m_readHistory ? &m_readHistory->error() : !*m_readFacts ? &m_readFacts->error() : nullptr;
    if (failed) {
        m_comparing = false;
        m_dryRunDone = true;
        m_refused = *failed;
        updateReview();
        Q_EMIT failedToPrepare(texts::sentence(*failed));
        return;
    }
    m_facts = **m_readFacts;
    plan(std::move(**m_readHistory));
}

void ReleaseFlow::plan(release::ReleaseHistory history)
{
    m_history = std::move(history);
    m_secrets = {};
    m_secrets.addValues(m_target.valuesText);
    for (const release::Record &record : m_history.revisions) {
        m_secrets.addValues(yaml::toYaml(record.config()));
        m_secrets.addValues(record.manifest());
    }
    if (m_target.action == release::Action::Install && !m_history.revisions.empty())
        m_target.action = release::Action::Upgrade;
    release::ReleaseFacts facts;
    facts.wanted = m_target.action;
    facts.name = m_target.release.toStdString();
    for (const release::Record &record : m_history.revisions)
        facts.history.push_back(release::factsOf(record));
    facts.rollbackTo = m_target.rollbackTo;
    facts.resolvePending = m_resolvePending;
    m_plan = release::planRelease(facts);
    m_refused = m_plan.refused;
    const bool asks = m_target.action == release::Action::Install || m_target.action == release::Action::Upgrade;
    if (const auto left = release::leftOperation(m_history); left && asks && !m_resolvePending)
        Q_EMIT leftOperationFound(
            tr("Revision %1 was left as %2%3. It is marked as failed, and a new revision is made.%4")
                .arg(left->revision)
                .arg(QLatin1String(release::nameOf(left->status)),
                    left->since ? tr(", %1").arg(texts::moment(*left->since, m_clock.now())) : QString(),
                    left->since && m_clock.now() - *left->since < MayBeAtWork
                        ? tr(" Whoever began it may still be at work: ask, or wait, before you close it.")
                        : QString()));
    m_before.clear();
    for (const release::Record &record : m_history.revisions) {
        if (record.revision() != m_plan.baseline)
            continue;
        auto objects = release::readObjects(record.manifest(), m_target.ns.toStdString(), &m_facts->catalog);
        m_beforeTexts = chart::readManifest(record.manifest(), chart::levels43());
        if (objects)
            m_before = std::move(*objects);
        else
            m_refused = objects.error();
    }
    if (m_target.chart) {
        render();
    } else if (m_target.action == release::Action::Rollback && !m_refused) {
        takeRecord(m_plan.target);
    } else {
        // Nothing is rendered or tried beforehand: what there is goes, or goes on.
        m_comparing = false;
        m_dryRunDone = true;
        updateReview();
    }
}

/// What the record of `revision` holds is what is to be there.
void ReleaseFlow::takeRecord(int revision)
{
    for (const release::Record &record : m_history.revisions) {
        if (record.revision() != revision)
            continue;
        m_afterTexts = chart::readManifest(record.manifest(), chart::levels43());
        review(release::readObjects(record.manifest(), m_target.ns.toStdString(), &m_facts->catalog));
    }
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
    job.cluster = m_facts;
    job.forApply = true;
    m_renderer.submit(std::move(job));
}

void ReleaseFlow::compare(const std::shared_ptr<const RenderOutcome> &outcome)
{
    m_outcome = outcome;
    m_afterTexts = outcome->rendered.objects;
    m_secrets.addValues(outcome->rendered.manifest);
    m_secrets.add(outcome->secrets);
    if (outcome->rendered.error)
        review(outcome->rendered.error->error);
    else
        review(rendered());
}

/// The objects of the rendering; of an install also what is applied before them.
Result<std::vector<release::Object>> ReleaseFlow::rendered()
{
    const std::string ns = m_target.ns.toStdString();
    if (m_target.action == release::Action::Install) {
        for (const auto &[path, text] : m_outcome->rendered.crds) {
            auto crds = release::readObjects(text, ns, m_outcome->kinds.get());
            if (!crds)
                return crds.error().wrapped("failed to install CRD " + path + ": ");
            m_crds.insert(m_crds.end(), crds->begin(), crds->end());
        }
    }
    return release::readObjects(m_outcome->rendered.manifest, ns, m_outcome->kinds.get());
}

/// False when the kind comes with the chart itself: the server cannot say anything of it yet.
bool ReleaseFlow::isServed(const release::Object &object) const
{
    return m_facts->catalog.find(object.apiVersion, object.kind)
        || kube::knownResource(object.apiVersion, object.kind).has_value();
}

void ReleaseFlow::review(Result<std::vector<release::Object>> after)
{
    m_comparing = false;
    m_after.clear();
    if (!after) {
        // Nothing is known of what would be there: this must not look as if all were deleted.
        m_refused = after.error();
        m_changes.clear();
        m_crds.clear();
        m_beforeTexts.clear();
        m_afterTexts.clear();
        m_dryRunDone = true;
        updateReview();
        return;
    }
    m_after = std::move(*after);
    m_changes = release::classifyChange(m_before, m_after);
    if (m_outcome)
        release::markVarying(m_changes, m_before, m_outcome->rendered);
    updateReview();
    askPermissions();
    dryRun();
}

void ReleaseFlow::askPermissions()
{
    std::vector<release::Object> after = m_crds;
    after.insert(after.end(), m_after.begin(), m_after.end());
    const auto questions = release::neededPermissions(m_target.action, m_before, after, m_target.ns.toStdString());
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
    std::vector<release::Object> tried = m_crds;
    std::copy_if(m_after.begin(), m_after.end(), std::back_inserter(tried),
        [this](const release::Object &object) { return isServed(object); });
    if (!m_namespaceExists || tried.empty() || m_refused) {
        m_dryRunDone = true;
        updateReview();
        return;
    }
    m_dryRun = std::make_unique<release::DryRun>(m_api, tried, m_target.release.toStdString(),
        m_target.ns.toStdString(), m_plan.migrateOwnership, [this](std::vector<release::DryRunResult> results) {
            m_dryRunResults = std::move(results);
            m_dryRunDone = true;
            updateReview();
        });
    m_dryRun->start();
}

QString ReleaseFlow::hidden(const QString &words) const
{
    return qs(m_secrets.hidden(words.toStdString()));
}

void ReleaseFlow::updateReview()
{
    const bool install = m_target.action == release::Action::Install;
    ReviewState review;
    const bool back = m_target.action == release::Action::Rollback;
    review.title = back ? tr("Review rollback of %1 to %2").arg(m_target.release).arg(m_plan.target)
        : install       ? tr("Review install of %1").arg(m_target.release)
                        : tr("Review upgrade of %1").arg(m_target.release);
    review.subtitle = m_target.edits > 0 ? tr("%n edit(s). Nothing has been sent yet.", nullptr, m_target.edits)
                                         : tr("Nothing has been sent yet.");
    review.checking = m_comparing || !m_dryRunDone || m_access.size() < m_questions;
    review.facts = {{tr("Cluster"), m_target.cluster}, {tr("Namespace"), m_target.ns},
        {tr("Release"),
            install                       ? tr("%1, revision 1").arg(m_target.release)
                : m_plan.newRevision == 0 ? tr("%1, revision %2").arg(m_target.release).arg(m_plan.last)
                : back
                ? tr("%1, revision %2 becomes %3, with what %4 had")
                      .arg(m_target.release)
                      .arg(m_plan.last)
                      .arg(m_plan.newRevision)
                      .arg(m_plan.target)
                : tr("%1, revision %2 becomes %3").arg(m_target.release).arg(m_plan.last).arg(m_plan.newRevision)}};
    if (m_target.chart)
        review.facts.append({tr("Chart"),
            QStringLiteral("%1 %2").arg(qs(m_target.chart->metadata.name), qs(m_target.chart->metadata.version))});
    review.facts.append({tr("Checked"),
        !m_namespaceExists            ? tr("Not on the server: the namespace does not exist yet")
            : !m_dryRunDone           ? tr("Asking the server…")
            : m_dryRunResults.empty() ? tr("Not on the server")
                                      : tr("Server dry run of %n object(s)", nullptr, int(m_dryRunResults.size()))});

    const bool unknown = m_refused && (m_plan.refused || m_after.empty());
    if (unknown) {
        review.consequences.append(
            {glyph(Severity::Error), tr("What would happen is not known"), hidden(texts::sentence(*m_refused))});
    } else {
        for (const ConsequenceLine &line : consequenceLines(m_changes, install, int(m_after.size())))
            review.consequences.append({line.glyph, line.what, line.detail});
    }
    for (const release::Object &crd : m_crds)
        review.consequences.append({glyph(ChangeState::Created), tr("%1 is applied first").arg(qs(crd.title())),
            tr("Helm never changes or deletes what the chart's folder crds/ has, once it is there.")});
    for (const release::Object &object : m_facts ? m_after : std::vector<release::Object>()) {
        if (!isServed(object))
            review.consequences.append(
                {glyph(Severity::Hint), tr("%1 is not checked on the server").arg(qs(object.title())),
                    tr("Its kind comes with this chart: the server does not know it yet.")});
    }
    if (m_plan.migrateOwnership && !install)
        review.consequences.append({glyph(ChangeState::Changed), texts::fill("consequence.moves-fields", {}),
            texts::fill("consequence.moves-fields.detail", {})});
    for (const release::DryRunResult &result : m_dryRunResults) {
        QString title = qs(result.key);
        for (const auto *known : {&m_after, &m_crds}) {
            for (const release::Object &object : *known)
                title = object.key() == result.key ? qs(object.title()) : title;
        }
        if (result.error)
            review.consequences.prepend({glyph(ChangeState::Refused), tr("The server refuses %1").arg(title),
                hidden(texts::sentence(*result.error))});
        for (const std::string &warning : result.warnings)
            review.consequences.append(
                {glyph(Severity::Warning), tr("The server warns about %1").arg(title), hidden(texts::clean(warning))});
    }
    int allowed = 0;
    for (const auto &[question, may] : m_access) {
        allowed += may;
        const QString where = question.nameSpace.empty()
            ? tr("In the whole cluster. Ask whoever manages it for this right.")
            : tr("In namespace %1. Ask whoever manages the cluster for this right.").arg(qs(question.nameSpace));
        if (may)
            review.granted.append(
                {glyph(ReleaseState::Deployed), tr("May %1 %2").arg(qs(question.verb), qs(question.resource)), {}});
        else
            review.permissions.append({glyph(Severity::Error),
                tr("May not %1 %2").arg(qs(question.verb), qs(question.resource)), where, ruleOf(question)});
    }
    if (m_questions > 0 && m_access.size() == m_questions)
        review.permissionsNote = tr("%1 of %2").arg(allowed).arg(m_questions);
    review.compared = !install;
    review.differencesTitle = unknown ? tr("Differences")
        : install                     ? tr("What is created")
                                      : tr("Differences to revision %1").arg(m_plan.baseline);
    if (!unknown)
        review.objects = previewObjects(m_beforeTexts, m_afterTexts, m_changes);
    if (m_outcome)
        markVarying(review.objects, nullptr, m_outcome->rendered);
    const bool serverRefuses = std::any_of(m_dryRunResults.begin(), m_dryRunResults.end(),
        [](const release::DryRunResult &result) { return result.error.has_value(); });
    const bool refusedChange = std::any_of(m_changes.begin(), m_changes.end(),
        [](const release::ObjectChange &change) { return change.consequence == release::Consequence::Refused; });
    review.danger = std::any_of(m_changes.begin(), m_changes.end(), [](const release::ObjectChange &change) {
        return change.consequence == release::Consequence::Deleted
            || change.consequence == release::Consequence::Replaced;
    });
    review.confirmText = confirmText(review.danger);
    if (m_target.problems > 0)
        review.blockedBecause = tr("%n error(s) in values", nullptr, m_target.problems);
    else if (m_refused)
        review.blockedBecause = hidden(texts::sentence(*m_refused));
    else if (refusedChange || serverRefuses)
        review.blockedBecause = tr("The cluster would refuse this. See what will happen.");
    else if (!review.permissions.isEmpty())
        review.blockedBecause = tr("Permissions are missing.");
    m_review = review;
    Q_EMIT reviewChanged();
}

QString ReleaseFlow::confirmText(bool danger) const
{
    switch (m_target.action) {
    case release::Action::Install:
        return tr("Install %1").arg(m_target.release);
    case release::Action::Rollback:
        return (danger ? tr("Roll back %1 to %2 and replace objects") : tr("Roll back %1 to %2"))
            .arg(m_target.release)
            .arg(m_plan.target);
    default:
        return (danger ? tr("Upgrade %1 and replace objects") : tr("Upgrade %1")).arg(m_target.release);
    }
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
    request.rollbackTo = m_target.rollbackTo;
    request.reviewed = m_plan;
    if (m_outcome) {
        const chart::Rendered &rendered = m_outcome->rendered;
        request.chart = release::chartRecord(*m_target.chart, m_outcome->defaults);
        request.config = m_outcome->user.isNil() ? Value::map() : m_outcome->user;
        request.manifest = rendered.manifest;
        request.hooks = rendered.hooks;
        request.crds = rendered.crds;
        request.notes = rendered.notes;
        request.secrets = m_outcome->secrets;
    }
    if (m_facts)
        request.catalog = {m_facts, &m_facts->catalog};
    m_running = {};
    m_running.begin(about(), m_clock.now());
    setWorkers(std::exchange(m_workers, {}));
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

ReleaseProgress::About ReleaseFlow::about() const
{
    ReleaseProgress::About about;
    about.action = m_plan.action;
    about.completes = m_target.action == release::Action::Complete;
    about.release = m_target.release;
    about.cluster = m_target.cluster;
    about.revision = m_plan.action == release::Action::Uninstall ? m_plan.last : m_plan.newRevision;
    std::vector<release::RevisionFacts> facts;
    for (const release::Record &record : m_history.revisions)
        facts.push_back(release::factsOf(record));
    // Seen from the revision that is being written, which may not be among them yet.
    if (about.revision > m_plan.last)
        facts.push_back({.revision = about.revision, .status = release::Status::Unknown, .lastDeployed = {}});
    if (m_plan.action != release::Action::Uninstall)
        about.returnTo = release::revisionToReturnTo(facts);
    about.before = m_plan.action == release::Action::Install            ? 0
        : m_plan.action == release::Action::Upgrade && !about.completes ? m_plan.baseline
        : about.completes && about.returnTo > 0                         ? about.returnTo
                                                                        : m_plan.last;
    return about;
}

void ReleaseFlow::onStep(const release::StepEvent &event)
{
    if (m_journal)
        m_journal->step(event);
    m_running.step(event);
    updateProgress();
}

void ReleaseFlow::updateProgress()
{
    m_progress = m_running.state(m_clock.now());
    Q_EMIT progressChanged();
}

void ReleaseFlow::onDone(const release::OperationResult &result)
{
    const bool good = !result.error && !result.stopped;
    m_running.end(result, m_clock.now());
    updateProgress();
    if (m_journal)
        m_journal->end(good ? "done" : result.stopped ? "stopped" : "failed", m_progress.reason, m_clock.now());
    if (result.error && result.error->id == "release.changed")
        Q_EMIT changedSinceReview(texts::sentence(*result.error));
    else
        Q_EMIT finished(good);
}

void ReleaseFlow::showLeft(const store::OperationRow &row, const release::ReleaseHistory &history)
{
    m_leftRow = row.id;
    m_history = history;
    release::ReleaseFacts facts{.wanted = m_target.action, .name = row.release, .history = {}};
    for (const release::Record &record : m_history.revisions)
        facts.history.push_back(release::factsOf(record));
    m_plan = release::planRelease(facts);
    m_running.showLeft(about(), row);
    updateProgress();
}

void ReleaseFlow::setWorkers(const ReleaseWorkers &workers)
{
    if (workers == m_workers && !isRunning())
        return;
    m_workers = workers;
    ReleaseWorkers shown = workers;
    shown.trouble = hidden(shown.trouble);
    for (EventRows::Row &said : shown.said)
        said.message = hidden(said.message);
    m_running.setWorkers(shown);
    updateProgress();
}

} // namespace pk::gui
