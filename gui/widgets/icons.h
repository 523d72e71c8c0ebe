// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QStringList>

namespace pk::gui::icons {

/// Our line icons of resources/icons (16 grid, stroke 1.4). Names are file names without .svg; names() lists them. An
/// unknown name gives a null icon, and a test catches it. An icon is drawn when it is painted, in the theme of then.
QIcon icon(const QString &name);
/// Kept for the next time.
QPixmap pixmap(const QString &name, int size, const QColor &stroke, double devicePixelRatio);

/// Gives the icon to a QAbstractButton or QAction (anything with a property `icon`).
void bind(QObject *target, const QString &name);

QStringList names();

/// Empties the cache; setTheme() calls it.
void themeChanged();

} // namespace pk::gui::icons
