// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "chart/render.h"
#include "chart/rules.h"
#include "preview/secretwords.h"
#include "release/livelookup.h"
#include "release/objects.h"

#include <QObject>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace pk::gui {

/// A snapshot of everything that a preview depends on.
struct RenderJob
{
    chart::ChartPtr chart;
    std::string valuesText;
    chart::ReleaseInfo release;
    chart::Levels levels;
    release::ClusterFactsPtr cluster = {}; ///< That it is rendered for; null: Helm's assumptions, `lookup` is empty.
    bool readObjects = false; ///< Fills RenderOutcome::objects.
    /// Fresh secure randomness and the real time, instead of what is seeded and stands, which keeps a preview calm; and
    /// every `lookup` asked anew.
    bool forApply = false;
    WallTime instant = Clock().now(); ///< The time of a preview; the same for those that are compared.
};

/// What came of it. Also says which text it belongs to. No sentence in it quotes a secret; the objects hold them still.
struct RenderOutcome
{
    quint64 id = 0; ///< That of submit().
    chart::Rendered rendered;
    /// That the cluster knows, or will know when an install has applied crds/; null without a cluster.
    std::shared_ptr<const kube::ResourceCatalog> kinds;
    std::vector<release::Object> objects; ///< Of the manifest, when the job asked for them.
    std::vector<Problem> problems; ///< Of the schema, the rendering and the rules; errors first. Without secrets.
    SecretWords secrets; ///< Of the values text and of Secrets looked up: what must not be read in what they made.
    std::shared_ptr<const chart::Schema> schema; ///< Of the chart; null when it has none.
    Value user; ///< The person's values as a tree: the `config` of a release. Nil when the text cannot be read.
    Value defaults; ///< The chart's own values.
    std::chrono::microseconds took{0};
};

/// The one render thread: takes snapshots, gives results, and drops what became stale in between. A job that runs when
/// a newer one comes is told to stop. Lives on the GUI thread; finished() is emitted there.
class RenderWorker : public QObject
{
    Q_OBJECT
public:
    explicit RenderWorker(QObject *parent = nullptr);
    ~RenderWorker() override;

    /// Renders soon; replaces a job that has not begun. Returns its id.
    quint64 submit(RenderJob job);
    /// The id of the newest job; a result with another id is old.
    quint64 newest() const { return m_newest; }

Q_SIGNALS:
    /// Only ever for the newest job.
    void finished(std::shared_ptr<const pk::gui::RenderOutcome> outcome);

private:
    /// What the render thread keeps from job to job.
    struct Tools
    {
        std::unique_ptr<chart::Renderer> renderer;
        release::LiveLookup lookup;
        chart::ChartPtr chart; ///< That `catalog` is about, with `cluster`.
        release::ClusterFactsPtr cluster;
        std::shared_ptr<const kube::ResourceCatalog> catalog; ///< Of an install, which brings the kinds of crds/.
    };

    void work();
    static std::shared_ptr<const kube::ResourceCatalog> catalogFor(const RenderJob &job, Tools &tools);
    static std::shared_ptr<RenderOutcome> render(
        const RenderJob &job, Tools &tools, const std::atomic<bool> &cancel, const std::stop_token &stop);

    quint64 m_newest = 0;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::optional<std::pair<quint64, RenderJob>> m_next; ///< Guarded by m_mutex.
    bool m_stopping = false; ///< Guarded by m_mutex.
    std::stop_source m_stop; ///< Guarded by m_mutex; of the job that runs, for what it waits for.
    std::atomic<bool> m_cancel{false};
    std::thread m_thread;
};

} // namespace pk::gui
