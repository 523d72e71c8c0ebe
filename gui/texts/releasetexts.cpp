// SPDX-License-Identifier: GPL-3.0-or-later
#include "texts/tables.h"

#include <QtGlobal>

namespace pk::gui::texts {

namespace {

#define T(text) QT_TRANSLATE_NOOP("texts", text)

/// Steps and failures of operations, and what an API server or a kubeconfig refuses. Failures without a sentence here
/// are told in the words of Kubernetes or Helm.
constexpr Sentence sentences[] = {
    {"step.read-history", T("Read the release's history")},
    {"step.resolve-pending", T("Close the operation that was left")},
    {"step.trim-history", T("Remove old revisions")},
    {"step.create-namespace", T("Create the namespace")},
    {"step.install-crd", T("Install custom resource definitions")},
    {"step.check-object", T("Check {object}")},
    {"step.write-record", T("Write the revision as pending")},
    {"step.hook", T("Run hook {object}")},
    {"step.migrate", T("Take over the fields of {object}")},
    {"step.recreate", T("Recreate {object}")},
    {"step.apply", T("Apply {object}")},
    {"step.delete", T("Delete {object}")},
    {"step.keep", T("Keep {object}")},
    {"step.wait", T("Wait for {object}")},
    {"step.finish-record", T("Mark the revision")},
    {"step.forget-record", T("Remove the release's records")},

    {"consequence.refused", T("{object} would be refused")},
    {"consequence.refused.detail", T("The API does not let these change: {paths}.")},
    {"consequence.replaced", T("{object} is replaced")},
    {"consequence.replaced.detail", T("Every worker restarts. The new one is {by}.")},
    {"consequence.deleted", T("{object} is deleted")},
    {"consequence.restarts", T("Rolling restart of {count} workers")},
    {"consequence.restarts.detail", T("One at a time. Runs that take longer than the grace period are cut.")},
    {"consequence.created", T("{object} is created")},
    {"consequence.changed", T("{object} changes")},
    {"consequence.changed.detail", T("No pod is touched.")},
    {"consequence.needs-restart.detail", T("Running pods notice it only after a restart.")},
    {"consequence.labels-only", T("Only labels of {object} change")},
    {"consequence.kept", T("{object} leaves the release and stays")},
    {"consequence.scaled-up", T("{count} workers are added")},
    {"consequence.scaled-up.detail", T("From {from} to {to}. Each is billed.")},
    {"consequence.scaled-down", T("{count} workers end")},
    {"consequence.scaled-down.detail", T("From {from} to {to}. Nothing checks that they are idle.")},
    {"consequence.left-behind", T("{count} claims are left behind")},
    {"consequence.nothing", T("An upgrade would change nothing.")},
    {"consequence.install", T("Not installed yet: {count} objects are created.")},
    {"consequence.moves-fields", T("Ownership of fields moves to server-side apply")},
    {"consequence.moves-fields.detail", T("The last revision was applied by Helm 3 from its client.")},

    {"release.pending", T("Another operation on this release was started and never finished. Helm refuses new ones until it is resolved.")},
    {"release.exists", T("A release of this name exists already.")},
    {"release.not-found", T("There is no release of this name in this namespace.")},
    {"release.stopped", T("The operation was stopped at a safe point.")},
    {"release.bad-name", T("This is no name for a release: small letters, digits and dashes, at most 53 characters.")},

    {"kube.anonymous", T("The cluster got no credentials and refused an unknown user. Log in with your cloud's tool and try again.")},
    {"kube.unauthorized", T("The cluster does not accept the credentials of this context. Log in again.")},
    {"kube.config-missing", T("The kubeconfig file {file} does not exist.")},
    {"kube.config-file", T("The kubeconfig file {file} cannot be read: {reason}")},
    {"kube.context-missing", T("There is no context {context} in the kubeconfig.")},
    {"kube.cluster-missing", T("Context {context} names the cluster {cluster}, which the kubeconfig does not have.")},
    {"kube.user-missing", T("Context {context} names the user {user}, which the kubeconfig does not have.")},
    {"kube.exec-needs-approval", T("{user} logs in with the command {command}. It has not been allowed to run yet.")},
    {"kube.exec-denied", T("The settings do not let login commands run.")},
};

#undef T

} // namespace

std::span<const Sentence> releaseSentences()
{
    return sentences;
}

} // namespace pk::gui::texts
