// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_frames: a window with a pool's Overview and the side bar over 10,000 pods in 100 pools, while 1,000 pods a
// second change for ten seconds; another thread decodes them, as the I/O thread does, and the store is flushed ten
// times a second as the window does it. A frame is what the event loop does between two rests. One line of JSON: the
// longest frame by the clock on the wall and by the thread's own CPU time, in milliseconds, frames and changes that
// were seen. Then frames of exactly 100 changes, one after the other: the median of their CPU time, which a busy
// machine changes least.
#include "app/sidebar.h"
#include "bench/manypods.h"
#include "status/overviewpage.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <thread>

namespace {

using namespace pk;
using namespace pk::gui;
using namespace pk::bench;

constexpr int FlushInterval = 100; ///< Milliseconds, as in ClusterLink.
constexpr int Seconds = 10;

double threadSeconds()
{
    timespec used = {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return double(used.tv_sec) + double(used.tv_nsec) / 1e9;
}

/// Adds up what the thread does from one paint to the next: everything that a frame has to wait for.
class TimedApplication : public QApplication
{
public:
    using QApplication::QApplication;
    bool notify(QObject *receiver, QEvent *event) override
    {
        if (m_depth > 0)
            return QApplication::notify(receiver, event);
        const bool paint = event->type() == QEvent::UpdateRequest;
        ++m_depth;
        QElapsedTimer wall;
        wall.start();
        const double cpu = threadSeconds();
        const bool done = QApplication::notify(receiver, event);
        m_cpu += (threadSeconds() - cpu) * 1000;
        m_wall += double(wall.nsecsElapsed()) / 1e6;
        --m_depth;
        if (paint)
            endFrame();
        return done;
    }
    /// What happened so far is not counted.
    void begin()
    {
        endFrame();
        longest = longestCpu = 0;
        frames = 0;
    }
    double longest = 0;
    double longestCpu = 0;
    int frames = 0;

private:
    void endFrame()
    {
        longest = std::max(longest, m_wall);
        longestCpu = std::max(longestCpu, m_cpu);
        m_wall = m_cpu = 0;
        ++frames;
    }

    int m_depth = 0;
    double m_wall = 0;
    double m_cpu = 0;
};

class PoolWindow : public QWidget
{
public:
    explicit PoolWindow(PoolStore &store) : m_store(store)
    {
        auto *row = new QHBoxLayout(this);
        row->addWidget(&m_sideBar);
        row->addWidget(&m_overview, 1);
        m_listening = store.listen([this](const PoolChanges &changes) {
            seen += changes.workers.updated.size();
            showPools();
        });
    }
    void showPools()
    {
        SideBarState state;
        state.connected = true;
        for (const auto &[id, pool] : m_store.pools()) {
            NavRowState row;
            row.text = QString::fromStdString(pool.name);
            row.right = QStringLiteral("%1/%2").arg(pool.ready).arg(pool.desired);
            state.pools.append({QString::fromStdString(id), row});
        }
        m_sideBar.setState(state);
        OverviewState overview;
        overview.pool = m_store.pools().begin()->second;
        overview.now = m_clock.now();
        overview.events = m_store.eventsOf(overview.pool.id, 20);
        m_overview.setState(overview);
    }
    std::size_t seen = 0;

private:
    PoolStore &m_store;
    Clock m_clock;
    SideBar m_sideBar;
    OverviewPage m_overview;
    PoolStore::Subscription m_listening;
};

/// 1,000 changes a second in tens, decoded here, applied on the GUI thread.
void feed(PoolStore &store, QObject &receiver, const std::atomic<bool> &stop)
{
    auto next = std::chrono::steady_clock::now();
    int pod = 0;
    for (int batch = 0; !stop; ++batch) {
        auto delta = std::make_shared<Delta<PodFacts>>();
        for (int i = 0; i < 10; ++i, pod = (pod + 37) % podCount)
            delta->upserts.push_back(decoded(podJson(pod, batch * 10 / podCount % 2 == 1)));
        QMetaObject::invokeMethod(
            &receiver, [&store, delta] { store.apply(std::move(*delta)); }, Qt::QueuedConnection);
        next += std::chrono::milliseconds(10);
        std::this_thread::sleep_until(next);
    }
}

/// 100 changes for each of `count` frames, everything that a frame is made of; the median of the CPU milliseconds.
double steadyFrame(PoolStore &store, int count)
{
    std::vector<double> frames;
    int pod = 0;
    for (int frame = 0; frame < count; ++frame) {
        Delta<PodFacts> delta;
        for (int i = 0; i < 100; ++i, pod = (pod + 37) % podCount)
            delta.upserts.push_back(decoded(podJson(pod, frame * 100 / podCount % 2 == 0)));
        const double before = threadSeconds();
        store.apply(std::move(delta));
        store.flush();
        for (int events = 0; events < 4; ++events)
            QCoreApplication::processEvents();
        frames.push_back((threadSeconds() - before) * 1000);
    }
    std::sort(frames.begin(), frames.end());
    return frames[frames.size() / 2];
}

} // namespace

int main(int argc, char *argv[])
{
    TimedApplication application(argc, argv);
    setUpLook(application);
    const Clock clock;
    PoolStore store(clock);
    Delta<WorkloadFacts> sets{.replaceAll = true, .upserts = {}, .removed = {}};
    for (int i = 0; i < poolCount; ++i)
        sets.upserts.push_back(setOf(i));
    store.apply(std::move(sets), "StatefulSet");
    Delta<PodFacts> list{.replaceAll = true, .upserts = {}, .removed = {}};
    for (int i = 0; i < podCount; ++i)
        list.upserts.push_back(decoded(podJson(i, true)));
    store.apply(std::move(list));
    PoolWindow window(store);
    window.resize(1440, 900);
    store.flush();
    window.show();
    QCoreApplication::processEvents();

    QTimer flush;
    QObject::connect(&flush, &QTimer::timeout, &window, [&store] {
        if (store.needsFlush())
            store.flush();
    });
    flush.start(FlushInterval);
    application.begin();
    std::atomic<bool> stop = false;
    std::thread feeder([&] { feed(store, window, stop); });
    QTimer::singleShot(Seconds * 1000, &application, &QCoreApplication::quit);
    const std::size_t before = window.seen;
    QApplication::exec();
    stop = true;
    feeder.join();
    const std::size_t changes = window.seen - before;
    flush.stop();
    const double longest = application.longest, longestCpu = application.longestCpu;
    const int frames = application.frames;
    std::printf("{\"longestMs\": %.1f, \"longestCpuMs\": %.1f, \"frames\": %d, \"changes\": %zu, \"steadyCpuMs\": "
                "%.2f}\n",
        longest, longestCpu, frames, changes, steadyFrame(store, 200));
    return 0;
}
