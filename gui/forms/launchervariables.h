// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>

namespace pk::gui {

/// A variable that the launcher documents.
struct LauncherVariable
{
    QString name;
    QString meaning; ///< One sentence, two at most.
};

/// All of them, by name. Those with a part of one's own ("SPACELIFT_METADATA_") end in an underscore.
const QVector<LauncherVariable> &launcherVariables();

/// What a variable means; empty for one that the launcher does not document.
QString meaningOfVariable(const QString &name);

} // namespace pk::gui
