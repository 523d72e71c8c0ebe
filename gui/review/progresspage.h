// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/eventrows.h"
#include "widgets/glyphs.h"
#include "widgets/workermap.h"

#include <QVector>
#include <QWidget>

class QGridLayout;
class QLabel;
class QPushButton;
class QStandardItemModel;

namespace pk::gui {

class Band;
class Card;
class PageHead;
class ProgressLine;
class TableView;

/// What the progress page shows of an operation, running or over.
struct ProgressState
{
    struct Worker
    {
        QString name;
        QString word;
        Glyph state;
        Glyph launcher;
        Glyph dind;
        bool current = false; ///< Is being replaced right now.
        bool outdated = false; ///< Runs another revision than its workload wants.
        QString revision = {}; ///< "Revision 7"; empty: not told.
        bool updated = false; ///< And it is the one that is being rolled out.
        WorkerMap::Worker square = {}; ///< On the map of many workers.
        bool operator==(const Worker &) const = default;
    };
    struct Step
    {
        enum class State { Waiting, Running, Done, Skipped, Failed };
        State state = State::Waiting;
        QString name;
        QString detail;
        QString took;
        bool operator==(const Step &) const = default;
    };
    enum class Outcome { Running, Succeeded, Failed, Stopped, Left }; ///< Left: by a process before this one.

    QString title; ///< "Upgrading staging"
    QString subtitle; ///< "Revision 7 to 8, started 14:31:40"
    ReleaseState release = ReleaseState::Upgrading;
    Outcome outcome = Outcome::Running;
    QString sentence; ///< Of the outcome: "staging is on revision 8. 3 workers restarted in 2 min 31 s."
    QString reason; ///< Why it failed, in the cluster's words.
    QVector<Worker> workers;
    QString workersNote; ///< "1 of 3 are ready"
    QVector<Step> steps;
    QVector<EventRows::Row> said; ///< Kubernetes' words, newest first
    bool canStop = false;
    bool gone = false; ///< The pool is no more: there is nothing to show of it.
    int resumable = 0; ///< Revision that can be gone on with; -1: the uninstall; 0: none.
    int returnTo = 0; ///< Revision that can be rolled back to; 0: none.
};

/// One line per step and object, and the workers turning green (UI.md 7, picture 08). Leaving the page stops nothing.
class ProgressPage : public QWidget
{
    Q_OBJECT
public:
    explicit ProgressPage(QWidget *parent = nullptr);

    void setState(const ProgressState &state);

Q_SIGNALS:
    void leaveRequested();
    void stopRequested();
    void showPoolRequested();
    void resumeRequested();
    void rollBackRequested(int revision);
    void leaveAsItIsRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    class WorkerCard;

    void makeActions();
    void copyLog();
    void showBand(const ProgressState &state);
    void showWorkers(const ProgressState &state);
    void showSteps(const ProgressState &state);

    QLabel *m_title;
    QLabel *m_subtitle;
    class GlyphLabel *m_glyph;
    QPushButton *m_stop;
    QPushButton *m_leave;
    Band *m_band;
    QAction *m_showPool;
    QAction *m_resume;
    QAction *m_rollBack;
    QAction *m_leaveAsItIs;
    int m_returnTo = 0;
    Card *m_workers;
    QGridLayout *m_workerGrid;
    QVector<WorkerCard *> m_workerCards;
    WorkerMap *m_map; ///< Instead of the cards when there are many.
    Card *m_steps;
    ProgressLine *m_bar;
    QStandardItemModel *m_stepRows;
    TableView *m_stepTable;
    EventRows *m_said;
    Card *m_saidCard;
    class GlyphLabel *m_footGlyph;
    QLabel *m_footText;
};

} // namespace pk::gui
