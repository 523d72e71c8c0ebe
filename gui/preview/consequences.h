// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/render.h"
#include "preview/objectdiff.h"
#include "release/changes.h"

namespace pk::gui {

/// One thing that a change does.
struct ConsequenceLine
{
    Glyph glyph;
    QString what;
    QString detail;
    QString objectKey; ///< PreviewObject::key; empty: about the whole.
    ChangeState state = ChangeState::Unchanged; ///< What the glyph says.
};

/// What a change does, as lines for the review and for the strip of the Values tab; most severe first. `install`: there
/// is nothing to compare with, `objects` are created. Always at least one line.
QVector<ConsequenceLine> consequenceLines(const std::vector<release::ObjectChange> &changes, bool install, int objects);

/// "StatefulSet/prod-eu": what a PreviewObject and the lines about it are found by.
QString previewKey(const std::string &kind, const std::string &name);

/// Objects with their text before and after in Helm's order, what goes at the end. `before` empty: there is nothing to
/// compare with. The texts are those of the manifests, so that what is compared is what is sent.
QVector<PreviewObject> previewObjects(const std::vector<chart::ManifestObject> &before,
    const std::vector<chart::ManifestObject> &after, const std::vector<release::ObjectChange> &changes);

/// Marks the lines that differ with each rendering. `before` is what the texts before were taken from; null: nothing is
/// known of them.
void markVarying(QVector<PreviewObject> &objects, const chart::Rendered *before, const chart::Rendered &after);
/// The same for texts after that are a server's own: by the fields that `rendered` fills in.
void markVaryingFields(QVector<PreviewObject> &objects, const chart::Rendered &rendered);

} // namespace pk::gui
