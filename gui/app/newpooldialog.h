// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace pk::gui {

/// The name of a new pool, which becomes its release, before its values are edited.
class NewPoolDialog : public QDialog
{
    Q_OBJECT
public:
    /// `taken`: names that exist already, of releases and drafts.
    NewPoolDialog(const QStringList &taken, QWidget *parent = nullptr);

    QString name() const;

private:
    void check();

    QStringList m_taken;
    QLineEdit *m_name;
    QLabel *m_note;
    QPushButton *m_make;
};

} // namespace pk::gui
