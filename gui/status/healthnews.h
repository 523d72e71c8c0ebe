// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "status/overviewstate.h"

#include <QWidget>

class QAction;

namespace pk::gui {

class Band;
class CalmLine;

/// The first line of the overview: what is the matter, why, and what next; one calm line when nothing is. A cluster
/// that does not answer comes before an operation that was left, and both before the workers.
class HealthNews : public QWidget
{
    Q_OBJECT
public:
    explicit HealthNews(QWidget *parent = nullptr);

    void setState(const OverviewState &state);

Q_SIGNALS:
    void evictionRequested();
    void remedyRequested();
    void workerRequested(const std::string &id);
    void retryRequested();
    void goOnRequested();
    void rollbackRequested(int revision);

private:
    QAction *makeAction(const QString &text, const char *name);
    void showStale(const OverviewState &state);
    void showLeft(const OverviewState &state);
    void showCalm(const OverviewState &state);
    void showTrouble(const OverviewState &state);

    Band *m_band;
    CalmLine *m_calm;
    QAction *m_showEviction;
    QAction *m_seeRemedy;
    QAction *m_showWorker;
    QAction *m_retry;
    QAction *m_goOn;
    QAction *m_rollBack;
    std::string m_worst; ///< Id of the worst worker.
    int m_returnTo = 0;
};

} // namespace pk::gui
