// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace pk::gui {

/// Shown while there is no cluster to look at (UI.md picture 09): where kubeconfigs were looked for, and three ways on.
class FirstStartPage : public QWidget
{
    Q_OBJECT
public:
    /// One place where a kubeconfig was looked for, and what was found: "~/.kube/config", "does not exist".
    struct Place
    {
        QString where;
        QString found;
        bool failed = false; ///< there is a file, but it cannot be used
    };

    explicit FirstStartPage(QWidget *parent = nullptr);

    void setPlaces(const QVector<Place> &places);

Q_SIGNALS:
    void openRequested();
    void pasteRequested();
    void newPoolRequested();
    void lookAgainRequested();

private:
    QWidget *addWay(const QString &iconName, const QString &heading, const QString &text, const QString &button,
        const QString &objectName, bool primary, void (FirstStartPage::*requested)());

    QVBoxLayout *m_column;
    QVBoxLayout *m_places;
};

} // namespace pk::gui
