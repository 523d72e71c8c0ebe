// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QString>
#include <QVector>

class QLineEdit;
class QPushButton;

namespace pk::gui {

/// What the dialog tells of an uninstall.
struct UninstallFacts
{
    struct Line
    {
        QString what; ///< "StatefulSet, Service"
        QString detail; ///< "prod-eu-spacelift-worker"; may be empty
        bool operator==(const Line &) const = default;
    };

    QString release;
    QString where; ///< "prod-eu-west, namespace spacelift, revision 6"
    QVector<Line> goes, stays;
    QString command; ///< What helm would be told.
};

/// Uninstalling a pool (UI.md 7, picture 13): what goes, what stays, and the release name typed. Cancel is the default;
/// Enter in the name field does nothing until it matches.
class UninstallDialog : public QDialog
{
    Q_OBJECT
public:
    explicit UninstallDialog(const UninstallFacts &facts, QWidget *parent = nullptr);

private:
    QWidget *makeButtons(const UninstallFacts &facts);

    QLineEdit *m_name;
    QPushButton *m_uninstall;
    QPushButton *m_cancel;
};

} // namespace pk::gui
