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

    // What YAML 1.1, as Helm reads it, makes of a text.
    {"yaml.key-word", T("The key {written} is read as \"{read}\": YAML takes this word for a boolean. Quote it.")},
    {"yaml.key-number", T("The key {written} is read as \"{read}\": YAML takes it for a number. Quote it.")},
    {"yaml.word", T("{written} is read as the boolean {read}. Quote it to keep the word.")},
    {"yaml.octal", T("{written} is read as {read}: a number that begins with 0 is octal.")},
    {"yaml.number", T("{written} is read as the number {read}. Quote it to keep the text.")},
    {"yaml.digits", T("{written} becomes {read}: Helm keeps about 16 digits of a number.")},
    {"yaml.exponent", T("{written} is printed as {read}: Helm reads every number as a float.")},
    {"yaml.empty",
        T("Nothing stands behind {key}: that is null, and the chart's default goes. Indent what belongs to it.")},
    {"yaml.tilde", T("~ is null: the chart's default of {key} goes. Quote it if you mean the character.")},
    {"yaml.no-space", T("{key}: needs a space behind its colon. Without one this is a text, not a key with a value.")},
    {"yaml.comment", T("{written} is a comment, not part of the value: # behind a space begins one. Quote the value.")},
    {"yaml.comment-only", T("{written} is a comment, so nothing stands here. Quote the value.")},
    {"yaml.space", T("A space within the quotes, at the end or the beginning, is part of the value.")},
    {"yaml.line-end", T("The value ends with a line end, because | keeps it. |- leaves it away.")},
    {"yaml.block-space", T("This line ends in spaces, which are part of the value.")},
    {"yaml.invisible", T("This character ({code}) looks like a space or like nothing, and is part of the text.")},
    {"yaml.quotes", T("These quotes are typographic: to YAML they are part of the value.")},
    {"yaml.duplicate", T("{key} stands again in line {line}, which counts: nothing of this one is kept.")},
    {"yaml.documents", T("Helm 3 reads the first document of a values file only: nothing from here on counts.")},
    // Why a text cannot be read.
    {"yaml.template", T("Values files are no templates: braces begin a map here. Put the whole value in quotes.")},
    {"yaml.tab", T("A tab stands where YAML wants spaces.")},
    {"yaml.character", T("A value may not begin with {character}: put it in quotes.")},
    {"yaml.second-colon",
        T("A second colon stands in this line, or it is indented deeper than the value above it allows. Put a value "
          "with a colon in quotes.")},
    {"yaml.no-colon", T("This line is no key with a value. A key ends in a colon and a space.")},
    {"yaml.misplaced",
        T("This line does not fit to the map above it: its indentation differs, or something above is not closed.")},
    {"yaml.misplaced-item", T("The items of a list stand in one column, and a list begins in a line of its own.")},
    {"yaml.open-list", T("A list that begins with [ lacks a comma or its ].")},
    {"yaml.open-map", T("A map that begins with a brace lacks a comma or its closing brace.")},
    {"yaml.open-quote", T("A quote or a bracket is not closed before the file ends.")},
    {"yaml.escape",
        T("Within double quotes \\ begins an escape that YAML must know. Use single quotes, or write it twice.")},
    {"yaml.no-anchor", T("*{name} refers to an anchor &{name} that does not stand above it.")},
    {"yaml.not-map", T("A values file holds keys with values; this one is a single {kind}.")},

    {"credentials.hidden", T("Drafts keep no secrets: enter this one again.")},
    {"fix.use-statefulset", T("Use a StatefulSet")},
    {"fix.remove", T("Remove it")},
    {"fix.quote", T("Quote it")},
    {"fix.use-nearest", T("Use {nearest}")},
    {"fix.rename", T("Rename it")},
    {"fix.quote-key", T("Quote the key")},
    {"fix.trim", T("Cut it off")},
    {"fix.straight-quotes", T("Use straight quotes")},
    {"fix.use-default", T("Use the chart's default")},
    {"fix.write", T("Write {plain}")},
    {"fix.use-seconds", T("Use {seconds} s")},
};

#undef T

} // namespace

std::span<const Sentence> valueSentences()
{
    return sentences;
}

} // namespace pk::gui::texts
