// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/render.h"
#include "chart/rules.h"
#include "preview/secretwords.h"
#include "release/objects.h"

#include <QObject>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace pk::gui {

/// A snapshot of everything that a preview depends on.
struct RenderJob
{
    chart::ChartPtr chart;
    std::string valuesText;
    chart::ReleaseInfo release;
    chart::Levels levels;
    chart::Capabilities capabilities = {}; ///< Of the cluster; empty: offline.
    bool readObjects = false; ///< Fills RenderOutcome::objects.
    bool forApply = false; ///< Fresh secure randomness instead of the seeded one, which keeps a preview calm.
};

/// What came of it. Also says which text it belongs to. No sentence in it quotes a secret; the objects hold them still.
struct RenderOutcome
{
    quint64 id = 0; ///< That of submit().
    chart::Rendered rendered;
    std::vector<release::Object> objects; ///< Of the manifest, when the job asked for them.
    std::vector<Problem> problems; ///< Of the schema, the rendering and the rules; errors first. Without secrets.
    SecretWords secrets; ///< Of the values text: what must not be read where it was rendered to.
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
    void work();
    static std::shared_ptr<RenderOutcome> render(
        const RenderJob &job, std::unique_ptr<chart::Renderer> &renderer, const std::atomic<bool> &cancel);

    quint64 m_newest = 0;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::optional<std::pair<quint64, RenderJob>> m_next; ///< Guarded by m_mutex.
    bool m_stopping = false; ///< Guarded by m_mutex.
    std::atomic<bool> m_cancel{false};
    std::thread m_thread;
};

} // namespace pk::gui
