// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/pool.h"
#include "widgets/eventrows.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QGridLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace pk::gui {

class SidePanel;

/// What the panel shows of one worker. Pointers are valid during the call; null where nothing is known.
struct WorkerDetails
{
    const pool::Worker *worker = nullptr;
    const pool::Claim *claim = nullptr;
    const pool::PodFacts *pod = nullptr;
    const pool::Node *node = nullptr;
    pool::StorageSetup storage = {};
    QVector<EventRows::Row> events = {}; ///< Of this worker, newest first.
    bool stale = false;
    WallTime now{};
};

/// Fills the panel at the right with one worker (UI.md 5, picture 22): pod and node; containers with reason, message,
/// exit code and image; where its data lies; what the cluster said of it.
class WorkerPanel : public QObject
{
    Q_OBJECT
public:
    WorkerPanel(SidePanel &panel, QObject *parent);

    void setWorker(const WorkerDetails &details);
    void showEvents(); ///< Scrolls to them.

Q_SIGNALS:
    void evictionsRequested(const QString &pod);

private:
    struct Shown
    {
        pool::Worker worker;
        std::optional<pool::Claim> claim;
        std::optional<pool::PodFacts> pod;
        std::optional<pool::Node> node;
        pool::StorageSetup storage;
        QVector<EventRows::Row> events;
        bool stale = false;
        bool operator==(const Shown &) const = default;
    };
    using Words = std::function<QString(WallTime now)>;

    void addHead(const Shown &shown);
    void addPod(const Shown &shown);
    void addContainer(const QString &name, const pool::ContainerReading &container, const pool::ContainerFacts *facts);
    void addStorage(const Shown &shown);
    void addEvents(const Shown &shown);
    QGridLayout *addFacts();
    /// A label that counts on without being made anew.
    void follow(QLabel *label, Words words);

    SidePanel &m_panel;
    QVBoxLayout *m_column;
    QPushButton *m_evictions;
    QPointer<QWidget> m_events;
    std::optional<Shown> m_shown;
    std::vector<std::pair<QLabel *, Words>> m_ticking; ///< Go with the column's widgets.
    WallTime m_now{};
};

} // namespace pk::gui
