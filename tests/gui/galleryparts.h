// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "gui/gallery.h"
#include "widgets/poolstyle.h"

#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace gallery {

/// An empty page with the margins of the window; `column` takes its parts.
QWidget *page(QVBoxLayout *&column);
QPushButton *button(const QString &text, pk::gui::ButtonKind kind, const QString &icon = {});
QToolButton *tool(const QString &icon, bool checked = false);

} // namespace gallery
