// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/glyphs.h"

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
class WorkerMap;

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
    enum class Outcome { Running, Succeeded, Failed, Stopped };

    QString title; ///< "Upgrading staging"
    QString subtitle; ///< "Revision 7 to 8, started 14:31:40"
    ReleaseState release = ReleaseState::Upgrading;
    Outcome outcome = Outcome::Running;
    QString sentence; ///< Of the outcome: "staging is on revision 8. 3 workers restarted in 2 min 31 s."
    QString reason; ///< Why it failed, in the cluster's words.
    QVector<Worker> workers;
    QString workersNote; ///< "1 of 3 are ready"
    QVector<Step> steps;
    QStringList said; ///< Kubernetes' words, newest first
    bool canStop = false;
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

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    class WorkerCard;

    void showWorkers(const ProgressState &state);
    void showSteps(const ProgressState &state);

    QLabel *m_title;
    QLabel *m_subtitle;
    class GlyphLabel *m_glyph;
    QPushButton *m_stop;
    QPushButton *m_leave;
    Band *m_band;
    QAction *m_showPool;
    Card *m_workers;
    QGridLayout *m_workerGrid;
    QVector<WorkerCard *> m_workerCards;
    QLabel *m_manyWorkers;
    Card *m_steps;
    ProgressLine *m_bar;
    QStandardItemModel *m_stepRows;
    TableView *m_stepTable;
    QLabel *m_said;
    Card *m_saidCard;
    QWidget *m_foot;
};

} // namespace pk::gui
