// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sidebar.h"
#include "preview/objectdiff.h"
#include "review/progresspage.h"
#include "review/reviewpage.h"
#include "review/uninstalldialog.h"
#include "status/overviewpage.h"

/// States of a pool as the pictures of the design show them, for screenshots and layout tests.
namespace pk::gui::fixtures {

WallTime now(); ///< One fixed moment, so that pictures can be compared.

/// Five workers, the fourth evicted and waiting for a node.
OverviewState evictedPool();
/// `count` workers; with over 40 of them one whose image cannot be pulled and later ones waiting behind it.
OverviewState poolOf(int count);
OverviewState stalePool();
/// All ready, and an upgrade that helm began and never finished.
OverviewState leftRelease();
OverviewState longNames();
std::vector<pool::Eviction> evictions();
std::map<std::string, pool::Node> nodes(); ///< One of them under pressure.
UninstallFacts uninstall();
SideBarState sideBar();
ReviewState review();
ProgressState progress(ProgressState::Outcome outcome);

} // namespace pk::gui::fixtures
