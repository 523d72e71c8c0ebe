// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QHBoxLayout;

namespace pk::gui {

/// What a page says when it has nothing to show (UI.md 4.2): icon 36, what is empty or failed, why, and what to do.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(QWidget *parent = nullptr);

    /// `iconName` as in icons::names(): layers, eject, tick, lock, wifi-off …
    void setContent(const QString &iconName, const QString &heading, const QString &text);
    /// Up to three; the first is a secondary button unless `primary`, a third one is flat. The caller owns the actions.
    void setActions(const QList<QAction *> &actions, QAction *primary = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateIcon();

    QString m_iconName;
    QLabel *m_icon;
    QLabel *m_heading;
    QLabel *m_text;
    QHBoxLayout *m_buttons;
    QList<QAction *> m_actions; ///< What the buttons stand for.
    QAction *m_primary = nullptr;
};

} // namespace pk::gui
