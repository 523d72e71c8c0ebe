// SPDX-License-Identifier: GPL-3.0-or-later
#include "pool/states.h"

namespace pk::pool {

const char *nameOf(WorkerState state)
{
    switch (state) {
    case WorkerState::Ready:
        return "ready";
    case WorkerState::Starting:
        return "starting";
    case WorkerState::Waiting:
        return "waiting";
    case WorkerState::Ending:
        return "ending";
    case WorkerState::NotReady:
        return "not-ready";
    case WorkerState::Failing:
        return "failing";
    case WorkerState::Evicted:
        return "evicted";
    case WorkerState::NearEviction:
        return "near-eviction";
    case WorkerState::Unknown:
        break;
    }
    return "unknown";
}

const char *nameOf(ContainerState state)
{
    switch (state) {
    case ContainerState::Running:
        return "running";
    case ContainerState::Starting:
        return "starting";
    case ContainerState::Waiting:
        return "waiting";
    case ContainerState::CrashLooping:
        return "crash-looping";
    case ContainerState::Failed:
        return "failed";
    case ContainerState::Ended:
        return "ended";
    case ContainerState::None:
        break;
    }
    return "none";
}

const char *nameOf(ClaimState state)
{
    switch (state) {
    case ClaimState::Bound:
        return "bound";
    case ClaimState::Pending:
        return "pending";
    case ClaimState::Growing:
        return "growing";
    case ClaimState::Lost:
        return "lost";
    case ClaimState::LeftOver:
        return "left-over";
    case ClaimState::Ending:
        break;
    }
    return "ending";
}

const char *nameOf(NodeState state)
{
    switch (state) {
    case NodeState::Ready:
        return "ready";
    case NodeState::DiskPressure:
        return "disk-pressure";
    case NodeState::Closed:
        return "closed";
    case NodeState::NotReady:
        return "not-ready";
    case NodeState::Unknown:
        break;
    }
    return "unknown";
}

// One scale for everything: Failing 0, Evicted 1, Lost 2, Refused 3, Not ready 4, Waiting over 2 min 5, Near eviction
// 6, Pressure 7, Unknown 8, Starting 9, Ready 10.
int badness(WorkerState state, bool waitsLong)
{
    switch (state) {
    case WorkerState::Failing:
        return 0;
    case WorkerState::Evicted:
        return 1;
    case WorkerState::NotReady:
        return 4;
    case WorkerState::NearEviction:
        return 6;
    case WorkerState::Unknown:
        return 8;
    case WorkerState::Waiting:
        return waitsLong ? 5 : 9;
    case WorkerState::Starting:
        return 9;
    case WorkerState::Ending:
        return 9;
    case WorkerState::Ready:
        break;
    }
    return 10;
}

int badness(ClaimState state)
{
    switch (state) {
    case ClaimState::Lost:
        return 2;
    case ClaimState::Pending:
        return 5;
    case ClaimState::Growing:
        return 9;
    case ClaimState::Ending:
        return 9;
    case ClaimState::LeftOver:
        return 9;
    case ClaimState::Bound:
        break;
    }
    return 10;
}

int badness(NodeState state)
{
    switch (state) {
    case NodeState::NotReady:
        return 4;
    case NodeState::DiskPressure:
        return 7;
    case NodeState::Unknown:
        return 8;
    case NodeState::Closed:
        return 9;
    case NodeState::Ready:
        break;
    }
    return 10;
}

} // namespace pk::pool
