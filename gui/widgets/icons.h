// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QStringList>

namespace pk::gui::icons {

/// Our line icons of resources/icons (16 grid, stroke 1.4). Names are file names without .svg; names() lists them. An
/// unknown name gives a null icon, and a test catches it. Icons follow theme changes only when asked for again, so take
/// them in changeEvent(PaletteChange) or use `bind`.
QIcon icon(const QString &name);
QPixmap pixmap(const QString &name, int size, const QColor &stroke, double devicePixelRatio);

/// Gives the icon to a QAbstractButton or QAction (anything with a property `icon`) now and after each theme change.
void bind(QObject *target, const QString &name);

QStringList names();

/// Empties the cache and refreshes what was bound; setTheme() calls it.
void themeChanged();

} // namespace pk::gui::icons
