// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "release/operation.h"
#include "review/progresspage.h"
#include "store/rows.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>
#include <QVector>

#include <optional>
#include <vector>

namespace pk::gui {

/// The workers of a release as somebody who watches the pods sees them.
struct ReleaseWorkers
{
    QVector<ProgressState::Worker> workers; ///< `revision` is filled by ReleaseProgress.
    int ready = 0, desired = 0;
    QString trouble; ///< The pool's news, when it is bad.
    QVector<EventRows::Row> said; ///< Kubernetes' words, newest first.
    bool operator==(const ReleaseWorkers &) const = default;
};

/// Puts together what the progress page shows of one operation: its steps, its end, the workers, and what can be done
/// after a failure (UI.md 7, pictures 08 and 23).
class ReleaseProgress
{
    Q_DECLARE_TR_FUNCTIONS(pk::gui::ReleaseProgress)
public:
    struct About
    {
        release::Action action = release::Action::Upgrade; ///< Never Complete: what the revision was begun as.
        bool completes = false; ///< Goes on with a revision that was left.
        QString release;
        QString cluster;
        int before = 0; ///< Revision that ran before; 0: none.
        int revision = 0; ///< The one being written.
        int returnTo = 0; ///< release::revisionToReturnTo(), should this fail; 0: none.
    };

    void begin(About about, WallTime now);
    void step(const release::StepEvent &event);
    void end(const release::OperationResult &result, WallTime now);
    /// One that a process before this one did not bring to its end.
    void showLeft(About about, const store::OperationRow &row);
    void setWorkers(const ReleaseWorkers &workers);

    /// As of `now`; running steps count on.
    ProgressState state(WallTime now) const;

private:
    struct Line
    {
        release::StepEvent event;
        WallTime started{};
    };

    void showSteps(ProgressState &state, WallTime now) const;
    void showWorkers(ProgressState &state) const;
    void showOutcome(ProgressState &state) const;
    QString sentence(const char *what) const;
    QString whatRunsNow() const;
    bool reachedWorkers() const;
    int currentStep() const; ///< 1 for the first.

    About m_about;
    std::vector<Line> m_lines; ///< One for each step and object, its newest state.
    ReleaseWorkers m_workers;
    ProgressState::Outcome m_outcome = ProgressState::Outcome::Running;
    std::optional<Error> m_error;
    QStringList m_stays; ///< Of an uninstall.
    WallTime m_started{}, m_ended{};
};

} // namespace pk::gui
