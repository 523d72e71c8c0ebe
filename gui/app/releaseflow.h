// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/operationjournal.h"
#include "app/releaseprogress.h"
#include "chart/chart.h"
#include "document/secretwords.h"
#include "preview/renderworker.h"
#include "release/clusterfacts.h"
#include "release/inspect.h"
#include "release/operation.h"
#include "review/progresspage.h"
#include "review/reviewpage.h"

#include <QObject>

#include <memory>

namespace pk::gui {

/// An operation that is younger may be at work elsewhere: Helm waits for five minutes by itself, and people let it wait
/// for longer.
constexpr std::chrono::minutes MayBeAtWork{15};

/// What is to be installed, upgraded or uninstalled, and where.
struct ReleaseTarget
{
    release::Action action = release::Action::Upgrade;
    QString release;
    QString ns;
    QString cluster; ///< For a person: "prod-eu-west, as platform-ops"
    chart::ChartPtr chart = {}; ///< Install and Upgrade
    std::string valuesText = {};
    int edits = 0;
    int problems = 0; ///< Errors in the values: the review is shown, but cannot be confirmed
    int rollbackTo = 0; ///< Rollback
};

/// One operation on a release from its review to its end: reads the facts, shows what would happen, runs it, tells how
/// far it is. Every answer may come late or never; closing it stops what can be stopped.
class ReleaseFlow : public QObject
{
    Q_OBJECT
public:
    /// Borrows `api`, which must live longer.
    ReleaseFlow(release::ClusterApi &api, const Clock &clock, ReleaseTarget target, QObject *parent = nullptr);
    ~ReleaseFlow() override;

    const ReleaseTarget &target() const { return m_target; }
    /// Asks the cluster for everything that the review shows; reviewChanged() comes with each answer.
    void prepare();
    /// Runs what was reviewed.
    void run(const ReviewOptions &options);
    /// Shows what a process before this one has left, instead of running anything.
    void showLeft(const store::OperationRow &row, const release::ReleaseHistory &history);
    /// Written while it runs; begun by whoever knows the cluster, before run().
    void setJournal(std::unique_ptr<OperationJournal> journal) { m_journal = std::move(journal); }
    /// Row of the store that showLeft() was given.
    std::int64_t leftRow() const { return m_leftRow; }
    void stop();
    /// The person has seen that an operation was left, and wants to go on over it.
    void resolvePending();
    bool isRunning() const { return m_operation && !m_operation->isFinished(); }
    bool namespaceExists() const { return m_namespaceExists; }

    const ReviewState &review() const { return m_review; }
    const ProgressState &progress() const { return m_progress; }
    /// Objects of the release, for the uninstall dialog.
    const std::vector<release::Object> &before() const { return m_before; }
    const release::ReleaseHistory &history() const { return m_history; }
    const release::ReleasePlan &plan() const { return m_plan; }
    /// Why it cannot run at all, when the facts are there.
    const std::optional<Error> &refused() const { return m_refused; }
    void setWorkers(const ReleaseWorkers &workers);

Q_SIGNALS:
    void reviewChanged();
    void progressChanged();
    /// Once, when the operation is over.
    void finished(bool succeeded);
    /// Instead of finished(): the release is not what the review showed, and nothing was sent.
    void changedSinceReview(const QString &sentence);
    void failedToPrepare(const QString &reason);
    /// Another operation on this release was started and never finished.
    void leftOperationFound(const QString &sentence);

private:
    void arrived();
    void plan(release::ReleaseHistory history);
    void render();
    void takeRecord(int revision);
    void review(Result<std::vector<release::Object>> after);
    Result<std::vector<release::Object>> rendered();
    bool isServed(const release::Object &object) const;
    void compare(const std::shared_ptr<const RenderOutcome> &outcome);
    void askPermissions();
    void dryRun();
    void updateReview();
    void onStep(const release::StepEvent &event);
    void onDone(const release::OperationResult &result);
    void updateProgress();
    ReleaseProgress::About about() const;
    QString confirmText(bool danger) const;
    QString hidden(const QString &words) const;

    release::ClusterApi &m_api;
    const Clock &m_clock;
    ReleaseTarget m_target;
    RenderWorker m_renderer;
    std::shared_ptr<const RenderOutcome> m_outcome;
    int m_open = 0; ///< Answers that the plan waits for.
    std::optional<Result<release::ReleaseHistory>> m_readHistory;
    std::optional<Result<release::ClusterFactsPtr>> m_readFacts;
    release::ClusterFactsPtr m_facts;
    release::ReleaseHistory m_history;
    release::ReleasePlan m_plan;
    std::vector<release::Object> m_before;
    std::vector<chart::ManifestObject> m_beforeTexts, m_afterTexts;
    std::vector<release::Object> m_after;
    std::vector<release::Object> m_crds; ///< What an install applies first.
    std::vector<release::ObjectChange> m_changes;
    std::optional<Error> m_refused; ///< Why the plan or the rendering does not let it run.
    std::vector<std::pair<kube::AccessQuestion, bool>> m_access; ///< Answered questions.
    std::size_t m_questions = 0;
    std::vector<release::DryRunResult> m_dryRunResults;
    bool m_dryRunDone = false;
    bool m_namespaceExists = true;
    bool m_resolvePending = false;
    bool m_comparing = true; ///< Facts are still on their way.
    std::vector<http::Call> m_calls;
    std::unique_ptr<release::DryRun> m_dryRun;
    std::unique_ptr<release::Operation> m_operation;
    std::unique_ptr<OperationJournal> m_journal;
    std::int64_t m_leftRow = 0;
    document::SecretWords m_secrets; ///< Of the history and the new values: never shown, whoever quotes them.
    ReviewState m_review;
    ReleaseProgress m_running;
    ReleaseWorkers m_workers;
    ProgressState m_progress; ///< As m_running was last told.
};

} // namespace pk::gui
