// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/kubeconfig.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QStandardItemModel;

namespace pk::gui {

class TableView;

/// Chooses a context and namespace. Broken contexts are listed with the reason and cannot be chosen.
class ContextDialog : public QDialog
{
    Q_OBJECT
public:
    ContextDialog(const std::vector<kube::ContextInfo> &contexts, const QString &current, QWidget *parent = nullptr);

    QString context() const;
    QString ns() const;

private:
    void showChosen();

    std::vector<kube::ContextInfo> m_contexts;
    QStandardItemModel *m_rows;
    TableView *m_table;
    QLineEdit *m_namespace;
    QPushButton *m_use;
    QLabel *m_note;
};

/// Asks whether a kubeconfig's login command may run (DESIGN.md 4.7). Don't allow is the default.
class PluginDialog : public QDialog
{
    Q_OBJECT
public:
    enum Answer { DontAllow = QDialog::Rejected, AllowOnce, AlwaysAllow };

    /// `needs`: the error "kube.exec-needs-approval" with its parameters.
    PluginDialog(const QString &context, const Error &needs, QWidget *parent = nullptr);
};

} // namespace pk::gui
