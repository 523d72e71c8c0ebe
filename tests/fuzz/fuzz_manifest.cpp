// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/manifest.h"
#include "fuzz/fuzz.h"
#include "release/changes.h"
#include "release/objects.h"

using namespace pk;
using fuzz::holds;

/// Two manifests as records keep them: read, sorted, compared.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto both = fuzz::parts(fuzz::textOf(data, size), 2);
    const chart::Levels &levels = size % 2 ? chart::levels43() : chart::levels3();
    for (const chart::ManifestObject &object : chart::readManifest(both[0], levels))
        holds(object.begin <= object.end && object.end <= both[0].size(), "an object lies in the manifest", both[0]);
    if (Result<chart::SortedManifests> sorted = chart::sortManifests(
            {{"c/templates/a.yaml", std::string(both[0])}, {"c/templates/b.yaml", std::string(both[1])}}, levels)) {
        const std::string manifest = chart::writeManifest(sorted->objects);
        for (const chart::ManifestObject &object : sorted->objects)
            holds(manifest.substr(object.begin, object.end - object.begin) == object.text,
                "an object stands where it says", manifest, object.text);
    }
    const auto before = release::readObjects(both[0], "ns", nullptr);
    const auto after = release::readObjects(both[1], "ns", nullptr);
    if (!before || !after)
        return 0;
    (void)release::classifyChange(*before, *after);
    (void)release::previewUninstall(*before);
    for (const release::ObjectChange &change : release::classifyChange(*before, *before))
        holds(
            change.consequence == release::Consequence::Unchanged, "nothing changes into itself", both[0], change.key);
    return 0;
}
