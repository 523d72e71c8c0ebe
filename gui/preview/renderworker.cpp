// SPDX-License-Identifier: GPL-3.0-or-later
#include "preview/renderworker.h"

#include "document/preview.h"

namespace pk::gui {

namespace {

using namespace std::chrono_literals;

constexpr release::LiveLookup::Patience patienceOfPreview{.keep = 10s, .limit = 10s};
constexpr release::LiveLookup::Patience patienceOfApply{.keep = 0s, .limit = 30s};

} // namespace

RenderWorker::RenderWorker(QObject *parent) : QObject(parent)
{
    qRegisterMetaType<std::shared_ptr<const RenderOutcome>>();
    m_thread = std::thread([this] { work(); });
}

RenderWorker::~RenderWorker()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_cancel = true;
        m_stop.request_stop();
    }
    m_wake.notify_one();
    m_thread.join();
}

quint64 RenderWorker::submit(RenderJob job)
{
    ++m_newest;
    {
        const std::lock_guard lock(m_mutex);
        m_next.emplace(m_newest, std::move(job));
        m_cancel = true;
        m_stop.request_stop();
    }
    m_wake.notify_one();
    return m_newest;
}

void RenderWorker::work()
{
    Tools tools;
    for (;;) {
        std::pair<quint64, RenderJob> job;
        std::stop_token stop;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stopping || m_next; });
            if (m_stopping)
                return;
            job = std::move(*m_next);
            m_next.reset();
            m_cancel = false;
            m_stop = std::stop_source();
            stop = m_stop.get_token();
        }
        std::shared_ptr<RenderOutcome> outcome = render(job.second, tools, m_cancel, stop);
        if (m_cancel)
            continue;
        outcome->id = job.first;
        QMetaObject::invokeMethod(
            this,
            [this, outcome] {
                if (outcome->id == m_newest)
                    Q_EMIT finished(outcome);
            },
            Qt::QueuedConnection);
    }
}

std::shared_ptr<const kube::ResourceCatalog> RenderWorker::catalogFor(const RenderJob &job, Tools &tools)
{
    // Without a copy: the facts own it.
    if (job.release.isUpgrade)
        return {job.cluster, &job.cluster->catalog};
    if (!tools.catalog || tools.chart != job.chart || tools.cluster != job.cluster) {
        tools.chart = job.chart;
        tools.cluster = job.cluster;
        tools.catalog = std::make_shared<const kube::ResourceCatalog>(
            release::withCrds(job.cluster->catalog, release::crdsOf(*job.chart)));
    }
    return tools.catalog;
}

std::shared_ptr<RenderOutcome> RenderWorker::render(
    const RenderJob &job, Tools &tools, const std::atomic<bool> &cancel, const std::stop_token &stop)
{
    const auto begin = std::chrono::steady_clock::now();
    std::unique_ptr<chart::Renderer> &renderer = tools.renderer;
    if (!renderer || renderer->chart() != job.chart)
        renderer = std::make_unique<chart::Renderer>(job.chart, job.levels);
    auto outcome = std::make_shared<RenderOutcome>();
    outcome->schema = renderer->schema();
    outcome->defaults = job.chart->values;
    document::PreviewRandom random;
    const document::PreviewClock clock(job.instant);
    chart::RenderRequest request;
    request.release = job.release;
    request.recordSpans = true;
    request.cancel = &cancel;
    if (job.cluster) {
        outcome->kinds = catalogFor(job, tools);
        request.capabilities = job.cluster->capabilities;
        request.crdsFirst = !job.release.isUpgrade;
        request.lookup = tools.lookup.forRendering(
            job.cluster, outcome->kinds, stop, job.forApply ? patienceOfApply : patienceOfPreview);
    }
    if (!job.forApply) {
        request.random = &random;
        request.clock = &clock;
    }
    document::Inspection inspection = document::inspectValues(job.valuesText, *renderer, request);
    if (job.forApply || random.wasAsked() || clock.wasAsked())
        document::markVarying(inspection, *renderer, request);
    outcome->rendered = std::move(inspection.rendered);
    outcome->problems = std::move(inspection.problems);
    outcome->user = std::move(inspection.user);
    outcome->secrets = std::move(inspection.secrets);
    if (job.readObjects) {
        auto objects = release::readObjects(
            outcome->rendered.manifest, job.release.namespaceName, outcome->kinds.get(), release::UnknownKinds::Accept);
        if (objects)
            outcome->objects = *std::move(objects);
    }
    outcome->took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
    return outcome;
}

} // namespace pk::gui
