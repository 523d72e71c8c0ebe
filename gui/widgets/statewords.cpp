// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/glyphs.h"

#include <QCoreApplication>

namespace pk::gui {
namespace {

struct States
{
    Q_DECLARE_TR_FUNCTIONS(States)
};

} // namespace

QString stateWord(WorkerState state)
{
    switch (state) {
    case WorkerState::Ready:
        return States::tr("Ready");
    case WorkerState::Starting:
        return States::tr("Starting");
    case WorkerState::Waiting:
        return States::tr("Waiting");
    case WorkerState::Ending:
        return States::tr("Ending");
    case WorkerState::NotReady:
        return States::tr("Not ready");
    case WorkerState::Failing:
        return States::tr("Failing");
    case WorkerState::Evicted:
        return States::tr("Evicted");
    case WorkerState::NearEviction:
        return States::tr("Near eviction");
    case WorkerState::Unknown:
        return States::tr("Unknown");
    }
    return {};
}

QString stateWord(SpaceliftState state)
{
    switch (state) {
    case SpaceliftState::Busy:
        return States::tr("busy");
    case SpaceliftState::Idle:
        return States::tr("idle");
    case SpaceliftState::Drained:
        return States::tr("drained");
    }
    return {};
}

QString stateWord(ContainerState state)
{
    switch (state) {
    case ContainerState::Running:
        return States::tr("Running");
    case ContainerState::Starting:
        return States::tr("Starting");
    case ContainerState::Waiting:
        return States::tr("Waiting");
    case ContainerState::CrashLooping:
        return States::tr("Crash looping");
    case ContainerState::Failed:
        return States::tr("Failed");
    case ContainerState::Ended:
        return States::tr("Ended");
    case ContainerState::None:
        return States::tr("None");
    }
    return {};
}

QString stateWord(VolumeState state)
{
    switch (state) {
    case VolumeState::Bound:
        return States::tr("Bound");
    case VolumeState::Pending:
        return States::tr("Pending");
    case VolumeState::Growing:
        return States::tr("Growing");
    case VolumeState::Lost:
        return States::tr("Lost");
    case VolumeState::LeftOver:
        return States::tr("Left over");
    }
    return {};
}

QString stateWord(NodeState state)
{
    switch (state) {
    case NodeState::Ready:
        return States::tr("Ready");
    case NodeState::DiskPressure:
        return States::tr("Disk pressure");
    case NodeState::Closed:
        return States::tr("Closed for new pods");
    case NodeState::NotReady:
        return States::tr("Not ready");
    case NodeState::Unknown:
        return States::tr("Unknown");
    }
    return {};
}

QString stateWord(ReleaseState state)
{
    switch (state) {
    case ReleaseState::Deployed:
        return States::tr("Deployed");
    case ReleaseState::Installing:
        return States::tr("Installing");
    case ReleaseState::Upgrading:
        return States::tr("Upgrading");
    case ReleaseState::RollingBack:
        return States::tr("Rolling back");
    case ReleaseState::Uninstalling:
        return States::tr("Uninstalling");
    case ReleaseState::Pending:
        return States::tr("Pending, stopped");
    case ReleaseState::Failed:
        return States::tr("Failed");
    case ReleaseState::Superseded:
        return States::tr("Superseded");
    case ReleaseState::Draft:
        return States::tr("Draft");
    }
    return {};
}

QString stateWord(ChangeState state)
{
    switch (state) {
    case ChangeState::Unchanged:
        return States::tr("Unchanged");
    case ChangeState::Created:
        return States::tr("Created");
    case ChangeState::Changed:
        return States::tr("Changed");
    case ChangeState::Restarts:
        return States::tr("Restarts workers");
    case ChangeState::Replaced:
        return States::tr("Replaced");
    case ChangeState::Deleted:
        return States::tr("Deleted");
    case ChangeState::Refused:
        return States::tr("Refused");
    }
    return {};
}

QString stateWord(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return States::tr("Error");
    case Severity::Warning:
        return States::tr("Warning");
    case Severity::Hint:
        return States::tr("Hint");
    }
    return {};
}

} // namespace pk::gui
