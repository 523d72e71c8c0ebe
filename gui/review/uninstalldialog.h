// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace pk::gui {

/// Uninstalling a pool (UI.md 7): what goes, what stays, and the release name typed. Cancel is the default; Enter in
/// the name field does nothing until it matches.
class UninstallDialog : public QDialog
{
    Q_OBJECT
public:
    /// `goes` and `stays` are lines such as "StatefulSet prod-eu"; `stays` says why in its second part.
    UninstallDialog(const QString &release, const QString &cluster, const QStringList &goes,
        const QVector<std::pair<QString, QString>> &stays, QWidget *parent = nullptr);

private:
    QLineEdit *m_name;
    QPushButton *m_uninstall;
};

} // namespace pk::gui
