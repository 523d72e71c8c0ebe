// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/releaseprogress.h"

#include "texts/texts.h"
#include "widgets/strings.h"

#include <QLocale>

#include <algorithm>

namespace pk::gui {

namespace {

using Outcome = ProgressState::Outcome;
using StepState = release::StepEvent::State;

ProgressState::Step::State shown(StepState state)
{
    using S = ProgressState::Step::State;
    switch (state) {
    case StepState::Planned:
        return S::Waiting;
    case StepState::Running:
    case StepState::Waiting:
        return S::Running;
    case StepState::Done:
        return S::Done;
    case StepState::Skipped:
        return S::Skipped;
    case StepState::Failed:
        break;
    }
    return S::Failed;
}

StepState stepStateOf(const std::string &name)
{
    for (const StepState state :
        {StepState::Planned, StepState::Running, StepState::Waiting, StepState::Done, StepState::Skipped}) {
        if (name == release::nameOf(state))
            return state;
    }
    return StepState::Failed;
}

bool isOver(StepState state)
{
    return state == StepState::Done || state == StepState::Skipped;
}

ReleaseState runningState(release::Action action)
{
    switch (action) {
    case release::Action::Install:
        return ReleaseState::Installing;
    case release::Action::Rollback:
        return ReleaseState::RollingBack;
    case release::Action::Uninstall:
        return ReleaseState::Uninstalling;
    case release::Action::Upgrade:
    case release::Action::Complete:
        break;
    }
    return ReleaseState::Upgrading;
}

/// Steps are short: tenths below ten seconds.
QString tookWords(std::chrono::nanoseconds took)
{
    const double seconds = std::max(0.0, std::chrono::duration<double>(took).count());
    return seconds < 9.95 ? ReleaseProgress::tr("%1 s").arg(QLocale().toString(seconds, 'f', 1))
                          : texts::duration(took);
}

} // namespace

void ReleaseProgress::begin(About about, WallTime now)
{
    m_about = std::move(about);
    m_started = now;
}

void ReleaseProgress::step(const release::StepEvent &event)
{
    const auto known = std::find_if(m_lines.begin(), m_lines.end(),
        [&](const Line &line) { return line.event.step == event.step && line.event.object == event.object; });
    if (known != m_lines.end()) {
        if (known->event.state == StepState::Planned)
            known->started = event.time;
        known->event = event;
        return;
    }
    // What was not planned comes before what is still to come.
    auto place = m_lines.end();
    if (event.state != StepState::Planned)
        place = std::find_if(
            m_lines.begin(), m_lines.end(), [](const Line &line) { return line.event.state == StepState::Planned; });
    m_lines.insert(place, {event, event.time});
}

void ReleaseProgress::end(const release::OperationResult &result, WallTime now)
{
    m_ended = now;
    m_error = result.error;
    m_outcome = result.stopped ? Outcome::Stopped : result.error ? Outcome::Failed : Outcome::Succeeded;
    for (const auto &list : {result.kept, result.notOwned, result.unverified}) {
        for (const std::string &line : list)
            m_stays.append(QString::fromStdString(line));
    }
}

void ReleaseProgress::showLeft(About about, const store::OperationRow &row)
{
    m_about = std::move(about);
    m_started = row.started;
    m_outcome = Outcome::Left;
    std::vector<store::StepRow> steps = row.steps;
    std::stable_partition(steps.begin(), steps.end(),
        [](const store::StepRow &step) { return stepStateOf(step.state) != StepState::Planned; });
    for (const store::StepRow &step : steps) {
        const release::StepEvent event{step.step, step.object, stepStateOf(step.state), step.time, step.detail, {}};
        m_lines.push_back({event, step.time});
        m_ended = std::max(m_ended, step.time);
    }
}

void ReleaseProgress::setWorkers(const ReleaseWorkers &workers)
{
    m_workers = workers;
}

int ReleaseProgress::currentStep() const
{
    const auto first =
        std::find_if(m_lines.begin(), m_lines.end(), [](const Line &line) { return !isOver(line.event.state); });
    return int(first - m_lines.begin()) + (first == m_lines.end() ? 0 : 1);
}

/// Has the new revision's workload been sent?
bool ReleaseProgress::reachedWorkers() const
{
    return std::any_of(m_lines.begin(), m_lines.end(), [](const Line &line) {
        const bool workload =
            line.event.object.starts_with("StatefulSet/") || line.event.object.starts_with("Deployment/");
        return line.event.step == "apply" && workload && line.event.state == StepState::Done;
    });
}

QString ReleaseProgress::sentence(const char *what) const
{
    return texts::fill(std::string("progress.") + what + '.' + release::nameOf(m_about.action),
        {{"release", m_about.release.toStdString()}, {"revision", std::to_string(m_about.revision)},
            {"before", std::to_string(m_about.before)}, {"step", std::to_string(currentStep())},
            {"steps", std::to_string(m_lines.size())}, {"took", texts::duration(m_ended - m_started).toStdString()}});
}

QString ReleaseProgress::whatRunsNow() const
{
    const qsizetype all = m_workers.workers.size();
    if (all == 0 || m_about.action == release::Action::Uninstall)
        return {};
    qsizetype updated = 0;
    for (const ProgressState::Worker &worker : m_workers.workers)
        updated += reachedWorkers() && !worker.outdated;
    const texts::Parameters parameters = {{"count", std::to_string(all)}, {"updated", std::to_string(updated)},
        {"revision", std::to_string(m_about.revision)}, {"before", std::to_string(m_about.before)}};
    if (m_about.before == 0)
        return {}; // Nothing ran before; who is not ready is told anyway.
    if (updated == all)
        return texts::fill("progress.all-updated", parameters);
    return texts::fill(updated == 0 ? "progress.none-updated" : "progress.some-updated", parameters);
}

ProgressState ReleaseProgress::state(WallTime now) const
{
    ProgressState state;
    state.outcome = m_outcome;
    state.canStop = m_outcome == Outcome::Running;
    state.said = m_workers.said;
    const QString started = tr("started %1").arg(texts::clock(m_started));
    state.subtitle = m_about.revision > 1 && m_about.action != release::Action::Uninstall
        ? tr("Revision %1 to %2, %3").arg(m_about.before).arg(m_about.revision).arg(started)
        : tr("%1, %2").arg(m_about.cluster, started);
    showSteps(state, now);
    showWorkers(state);
    showOutcome(state);
    return state;
}

void ReleaseProgress::showSteps(ProgressState &state, WallTime now) const
{
    for (const Line &line : m_lines) {
        const release::StepEvent &event = line.event;
        ProgressState::Step step;
        step.state = shown(event.state);
        step.name = texts::fill("step." + event.step, {{"object", event.object}});
        step.detail = texts::clean(event.detail);
        const bool running = step.state == ProgressState::Step::State::Running;
        if (running && m_outcome == Outcome::Left)
            step.detail = tr("Not known how it ended");
        else if (step.state != ProgressState::Step::State::Waiting && m_outcome != Outcome::Left)
            step.took = tookWords((running ? now : event.time) - line.started);
        state.steps.append(step);
    }
}

void ReleaseProgress::showWorkers(ProgressState &state) const
{
    // The last that was seen of the workers would stand for what is no more.
    if (m_about.action == release::Action::Uninstall && m_outcome == Outcome::Succeeded)
        return;
    state.workers = m_workers.workers;
    if (m_workers.desired > 0 || !state.workers.isEmpty())
        state.workersNote = tr("%1 of %2 are ready").arg(m_workers.ready).arg(m_workers.desired);
    if (m_about.action == release::Action::Uninstall || m_about.before == 0)
        return;
    for (ProgressState::Worker &worker : state.workers) {
        const bool updated = reachedWorkers() && !worker.outdated;
        worker.revision = tr("Revision %1").arg(updated ? m_about.revision : m_about.before);
        worker.updated = updated;
    }
}

void ReleaseProgress::showOutcome(ProgressState &state) const
{
    state.release = runningState(m_about.action);
    state.title = m_about.completes ? tr("Completing revision %1 of %2").arg(m_about.revision).arg(m_about.release)
                                    : sentence("running");
    if (m_outcome == Outcome::Running)
        return;
    if (m_outcome == Outcome::Succeeded) {
        state.release = ReleaseState::Deployed;
        state.title = sentence("done-title");
        state.sentence = sentence("done");
        state.gone = m_about.action == release::Action::Uninstall;
        if (!m_stays.isEmpty())
            state.reason = tr("Stays: %1").arg(m_stays.join(QStringLiteral(", ")));
        return;
    }
    state.resumable = m_about.action == release::Action::Uninstall ? -1 : m_about.revision;
    state.returnTo = m_about.returnTo;
    const int ready = m_workers.ready;
    const texts::Parameters counts = {{"ready", std::to_string(ready)}, {"count", std::to_string(m_workers.desired)}};
    if (m_outcome == Outcome::Left) {
        state.release = ReleaseState::Pending;
        state.title = sentence("left-title");
        state.sentence = sentence("left");
        const bool all = ready == m_workers.desired;
        const QString health = m_workers.desired == 0 ? QString()
            : all                                     ? texts::fill("progress.all-ready", counts)
                                                      : texts::fill("progress.some-ready", counts);
        state.reason = withoutEmpty({health, whatRunsNow()}).join(QLatin1Char(' '));
        return;
    }
    state.release = ReleaseState::Failed;
    state.title = sentence("failed-title");
    const QString where = sentence(m_outcome == Outcome::Stopped ? "stopped" : "failed");
    QString why = m_error && m_outcome == Outcome::Failed ? texts::sentence(*m_error) : QString();
    // What the workers lack says more than that time ran out.
    if (m_error && m_error->id == "release.not-ready-in-time" && !m_workers.trouble.isEmpty())
        why = m_workers.trouble;
    const QString then = tr("Nothing else will change until you decide.");
    state.sentence = why.isEmpty() ? where : why;
    state.reason = withoutEmpty({why.isEmpty() ? QString() : where, whatRunsNow(), then}).join(QLatin1Char(' '));
}

} // namespace pk::gui
