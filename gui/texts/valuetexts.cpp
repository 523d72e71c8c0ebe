// SPDX-License-Identifier: GPL-3.0-or-later
#include "texts/tables.h"

namespace pk::gui::texts {

namespace {

#define T(text) QT_TRANSLATE_NOOP("texts", text)

/// Problems of values. What the schema says beyond these is told in Helm's own words.
constexpr Sentence sentences[] = {
    {"rule.claim-template-ignored",
        T("storageVolumeClaimTemplateSpec has no effect: this pool is a Deployment. Use a StatefulSet, or an ephemeral "
          "volume.")},
    {"rule.storage-volume-overridden", T("storageVolume has no effect: the claim template wins.")},
    {"rule.shared-storage",
        T("All workers would share one volume for /var/lib/docker, which damages it. Use an ephemeral volume or a "
          "claim template.")},
    {"rule.name-too-long",
        T("The name {name} has {length} characters; a StatefulSet allows {limit}, or its pods are never made.")},
    {"rule.empty-credential", T("credentials.{key} is empty: the launcher would not start.")},
    {"rule.no-credentials",
        T("Nobody gives the launcher SPACELIFT_TOKEN and SPACELIFT_POOL_PRIVATE_KEY: it would not start.")},
    {"rule.env-not-string",
        T("{name}: the value must be a string. YAML reads it as something else; the API would refuse the pod.")},
    {"rule.env-built-in", T("{name} is set by the chart: standing there twice, the last one wins.")},
    {"rule.env-duplicate", T("{name} stands there twice; the last one wins.")},
    {"rule.mount-without-volume", T("There is no volume named {name}. Add it to volumes.")},
    {"rule.mount-without-volume.nearest", T("There is no volume named {name}. Did you mean {nearest}?")},
    {"rule.mount-path-twice", T("Two volumes would be mounted at {path}.")},
    {"rule.volume-reserved", T("The name {name} is the chart's own; the API would refuse a second one.")},
    {"rule.volume-duplicate", T("Two volumes are named {name}.")},
    {"rule.grace-too-short", T("Shorter than the longest run ({timeout} s): an upgrade ends runs after {grace} s.")},
    {"rule.launcher-pinned",
        T("A pinned launcher may stop working when Spacelift changes its side. Pin only for a test.")},
    {"rule.dind-needs-root", T("This holds for dind too, which must run as root.")},
    {"rule.eviction-likely",
        T("Data lies on the node's disk without a limit: a node that runs low evicts this worker first.")},
    {"rule.unknown-key", T("{key} is not a value of this chart.")},
    {"rule.unknown-key.nearest", T("{key} is not a value of this chart. Did you mean {nearest}?")},
    {"schema.unknown", T("{key} is not a value of this chart.")},
    {"schema.unknown.nearest", T("{key} is not a value of this chart. Did you mean {nearest}?")},
    {"schema.type", T("Must be of type {want}, is {got}.")},
    {"schema.enum", T("Must be one of {want}.")},
    {"schema.required", T("Lacks {missing}.")},
    {"schema.name", T("{key} is no name that may stand here.")},
    {"yaml.edit-alias", T("This place comes from an alias (*). Change it in the text, where the anchor (&) stands.")},
    {"yaml.edit-refused", T("This place cannot be changed from the form: {message}. Change it in the text.")},

    {"credentials.hidden", T("Drafts keep no secrets: enter this one again.")},
    {"fix.use-statefulset", T("Use a StatefulSet")},
    {"fix.remove", T("Remove it")},
    {"fix.quote", T("Quote it")},
    {"fix.use-nearest", T("Use {nearest}")},
    {"fix.rename", T("Rename it")},
    {"fix.use-seconds", T("Use {seconds} s")},
};

#undef T

} // namespace

std::span<const Sentence> valueSentences()
{
    return sentences;
}

} // namespace pk::gui::texts
