// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QVector>
#include <QWidget>

class QLabel;
class QToolButton;

namespace pk::gui {

class ValuesFiles;
class ValuesSession;

/// The bar over the panes: which of them are shown, how the edits stand, import, export and Save.
class ValuesHead : public QWidget
{
    Q_OBJECT
public:
    explicit ValuesHead(ValuesFiles &files, QWidget *parent = nullptr);

    /// "4 edits, draft saved 3 s ago, rendered in 0.2 ms"
    void showState(const ValuesSession &session);
    void setPaneShown(int pane, bool shown);

Q_SIGNALS:
    void paneToggled(int pane);
    /// The age of the draft went on; showState() is wanted.
    void stateWanted();

private:
    QToolButton *menuButton(const QString &name, const QString &text, const QString &icon);

    QVector<QToolButton *> m_paneButtons;
    QLabel *m_status;
    QTimer m_aging;
};

} // namespace pk::gui
