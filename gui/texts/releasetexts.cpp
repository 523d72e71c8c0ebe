// SPDX-License-Identifier: GPL-3.0-or-later
#include "texts/tables.h"

namespace pk::gui::texts {

namespace {

#define T(text) QT_TRANSLATE_NOOP("texts", text)

/// Steps, consequences and failures of operations. Failures without a sentence here are told in the words of Kubernetes
/// or Helm. "….one" is the sentence for a count of 1.
constexpr Sentence sentences[] = {
    {"step.read-history", T("Read the release's history")},
    {"step.resolve-pending", T("Close revision {object}, which was left")},
    {"step.trim-history", T("Remove old revision {object}")},
    {"step.create-namespace", T("Create the namespace")},
    {"step.install-crd", T("Install custom resource definitions")},
    {"step.check-object", T("Check {object}")},
    {"step.write-record", T("Write revision {object}")},
    {"step.hook", T("Run hook {object}")},
    {"step.migrate", T("Take over the fields of {object}")},
    {"step.recreate", T("Recreate {object}")},
    {"step.apply", T("Apply {object}")},
    {"step.delete", T("Delete {object}")},
    {"step.keep", T("Keep {object}")},
    {"step.wait", T("Wait for {object}")},
    {"step.free", T("Free {object}, which cannot start")},
    {"step.supersede-record", T("Mark revision {object} as superseded")},
    {"step.finish-record", T("Mark revision {object} as deployed")},
    {"step.fail-record", T("Mark revision {object} as failed")},
    {"step.forget-record", T("Remove the record of revision {object}")},

    {"progress.running.install", T("Installing {release}")},
    {"progress.done-title.install", T("Install of {release} is done")},
    {"progress.done.install", T("{release} is on revision {revision}. It took {took}.")},
    {"progress.failed-title.install", T("Install of {release} stopped")},
    {"progress.failed.install", T("The install of {release} failed at step {step} of {steps}.")},
    {"progress.stopped.install", T("The install of {release} was stopped at step {step} of {steps}.")},
    {"progress.left-title.install", T("Install of {release} was left")},
    {"progress.left.install", T("The install of {release} was left at step {step} of {steps}.")},
    {"progress.running.upgrade", T("Upgrading {release}")},
    {"progress.done-title.upgrade", T("Upgrade of {release} is done")},
    {"progress.done.upgrade", T("{release} is on revision {revision}. It took {took}.")},
    {"progress.failed-title.upgrade", T("Upgrade of {release} stopped")},
    {"progress.failed.upgrade", T("The upgrade of {release} to revision {revision} failed at step {step} of {steps}.")},
    {"progress.stopped.upgrade",
        T("The upgrade of {release} to revision {revision} was stopped at step {step} of {steps}.")},
    {"progress.left-title.upgrade", T("Upgrade of {release} was left")},
    {"progress.left.upgrade", T("The upgrade of {release} to revision {revision} was left at step {step} of {steps}.")},
    {"progress.running.rollback", T("Rolling back {release}")},
    {"progress.done-title.rollback", T("Rollback of {release} is done")},
    {"progress.done.rollback", T("{release} is on revision {revision}. It took {took}.")},
    {"progress.failed-title.rollback", T("Rollback of {release} stopped")},
    {"progress.failed.rollback",
        T("The rollback of {release} as revision {revision} failed at step {step} of {steps}.")},
    {"progress.stopped.rollback",
        T("The rollback of {release} as revision {revision} was stopped at step {step} of {steps}.")},
    {"progress.left-title.rollback", T("Rollback of {release} was left")},
    {"progress.left.rollback",
        T("The rollback of {release} as revision {revision} was left at step {step} of {steps}.")},
    {"progress.running.uninstall", T("Uninstalling {release}")},
    {"progress.done-title.uninstall", T("{release} is uninstalled")},
    {"progress.done.uninstall", T("{release} is uninstalled. It took {took}.")},
    {"progress.failed-title.uninstall", T("Uninstall of {release} stopped")},
    {"progress.failed.uninstall", T("The uninstall of {release} failed at step {step} of {steps}.")},
    {"progress.stopped.uninstall", T("The uninstall of {release} was stopped at step {step} of {steps}.")},
    {"progress.left-title.uninstall", T("Uninstall of {release} was left")},
    {"progress.left.uninstall", T("The uninstall of {release} was left at step {step} of {steps}.")},
    {"progress.all-ready", T("All {count} workers are ready.")},
    {"progress.all-ready.one", T("Its worker is ready.")},
    {"progress.some-ready", T("{ready} of {count} workers are ready.")},
    {"progress.some-ready.one", T("Its worker is not ready.")},
    {"progress.all-updated", T("All {count} workers run revision {revision}.")},
    {"progress.all-updated.one", T("The worker runs revision {revision}.")},
    {"progress.none-updated", T("All {count} workers still run revision {before}.")},
    {"progress.none-updated.one", T("The worker still runs revision {before}.")},
    {"progress.some-updated", T("{updated} of {count} workers run revision {revision}, the others still {before}.")},

    {"consequence.refused", T("{object} would be refused")},
    {"consequence.refused.detail", T("The API does not let these change: {paths}.")},
    {"consequence.replaced", T("{object} is replaced")},
    {"consequence.replaced.detail", T("Every worker restarts. The new one is {by}.")},
    {"consequence.deleted", T("{object} is deleted")},
    {"consequence.deleted.detail", T("The new revision does not have it.")},
    {"consequence.restarts", T("Rolling restart of {count} workers")},
    {"consequence.restarts.one", T("Restart of 1 worker")},
    {"consequence.restarts.detail", T("One at a time. Runs that take longer than the grace period are cut.")},
    {"consequence.created", T("{object} is created")},
    {"consequence.changed", T("{object} changes")},
    {"consequence.changed.detail", T("No pod is touched.")},
    {"consequence.needs-restart.detail", T("Running pods notice it only after a restart.")},
    {"consequence.labels-only", T("Only labels of {object} change")},
    {"consequence.labels-only.detail", T("No pod is touched.")},
    {"consequence.kept", T("{object} leaves the release and stays")},
    {"consequence.kept.detail", T("It carries the policy keep.")},
    {"consequence.scaled-up", T("{count} workers are added")},
    {"consequence.scaled-up.one", T("1 worker is added")},
    {"consequence.scaled-up.detail", T("From {from} to {to}. Each is billed.")},
    {"consequence.scaled-down", T("{count} workers end")},
    {"consequence.scaled-down.one", T("1 worker ends")},
    {"consequence.scaled-down.detail", T("From {from} to {to}. Nothing checks that they are idle.")},
    {"consequence.left-behind", T("{count} claims are left behind")},
    {"consequence.left-behind.detail", T("With their data and their cost, until you delete them.")},
    {"consequence.left-behind.one", T("1 claim is left behind")},
    {"consequence.varies.detail",
        T("Not by your edit: random or the time goes into {varying}, which differs with each rendering.")},
    {"consequence.nothing", T("An upgrade would change nothing.")},
    {"consequence.install", T("Not installed yet: {count} objects are created.")},
    {"consequence.install.one", T("Not installed yet: 1 object is created.")},
    {"consequence.moves-fields", T("Ownership of fields moves to server-side apply")},
    {"consequence.moves-fields.detail", T("The last revision was applied by Helm 3 from its client.")},

    {"release.left.pending-install",
        T("The install of revision {revision} was started {since} and never finished. helm refuses new ones until it "
          "is resolved.")},
    {"release.left.pending-upgrade",
        T("An upgrade to revision {revision} was started {since} and never finished. helm refuses new ones until it is "
          "resolved.")},
    {"release.left.pending-rollback",
        T("A rollback as revision {revision} was started {since} and never finished. helm refuses new ones until it is "
          "resolved.")},
    {"release.left.uninstalling",
        T("An uninstall of revision {revision} was started {since} and never finished. What is left of the pool is "
          "below.")},
    {"release.pending",
        T("An operation on this release was started and never finished. Helm refuses new ones until it is resolved.")},
    {"release.changed",
        T("Somebody else changed release {name} since it was reviewed. Nothing was sent; this is how it is now.")},
    {"release.exists", T("A release of this name exists already.")},
    {"release.not-found", T("There is no release of this name in this namespace.")},
    {"release.stopped", T("The operation was stopped at a safe point.")},
    {"release.nothing-left", T("Revision {revision} of {name} is {status}. There is nothing to go on with.")},
    {"release.no-revision", T("Release {name} has no revision {revision}. Helm keeps only the newest ones.")},
    {"release.nothing-deployed",
        T("Release {name} has no deployed revision to go on from. Uninstall it, or install it anew.")},
    {"release.not-owned",
        T("{kind} {name} exists in namespace {namespace} and does not belong to this release. Remove it, rename the "
          "release, or take it over.")},
    {"release.not-ready-in-time", T("Not everything became ready in time. The new revision stays as it is: {message}")},
    {"release.unknown-kind",
        T("The cluster does not know {kind} of {version}. Is its custom resource definition installed?")},
    {"release.unreadable", T("The records of release {name} cannot be read. Helm cannot read them either.")},
    {"release.bad-name", T("This is no name for a release: small letters, digits and dashes, at most 53 characters.")},
};

#undef T

} // namespace

std::span<const Sentence> releaseSentences()
{
    return sentences;
}

} // namespace pk::gui::texts
