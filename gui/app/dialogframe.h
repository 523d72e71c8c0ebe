// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QDialog;
class QPushButton;
class QVBoxLayout;

namespace pk::gui {

/// The column that a dialog's parts stand in, with its title on top; makes the dialog modal to its window.
QVBoxLayout *dialogColumn(QDialog &dialog, const QString &name, const QString &title);

/// The last row of a dialog: Cancel, and the button that accepts it, which is returned and is the default.
QPushButton *addDialogButtons(QDialog &dialog, QVBoxLayout &column, const QString &accept, const QString &name);

} // namespace pk::gui
