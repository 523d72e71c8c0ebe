// SPDX-License-Identifier: GPL-3.0-or-later
#include "preview/renderworker.h"

#include <algorithm>
#include <random>

namespace pk::gui {

namespace {

/// Random functions of templates draw from a fixed seed here: a preview must not flicker.
class SeededSource : public tmpl::RandomSource
{
public:
    void fill(std::span<unsigned char> bytes) override
    {
        for (unsigned char &byte : bytes)
            byte = static_cast<unsigned char>(m_engine());
    }

private:
    std::mt19937 m_engine{20'150'717};
};

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
    }
    m_wake.notify_one();
    return m_newest;
}

void RenderWorker::work()
{
    std::unique_ptr<chart::Renderer> renderer;
    for (;;) {
        std::pair<quint64, RenderJob> job;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stopping || m_next; });
            if (m_stopping)
                return;
            job = std::move(*m_next);
            m_next.reset();
            m_cancel = false;
        }
        std::shared_ptr<RenderOutcome> outcome = render(job.second, renderer, m_cancel);
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

namespace {

/// Schemas and templates quote the values that they refuse, which may be secrets.
void hideIn(Problem &problem, const SecretWords &secrets)
{
    problem.message = secrets.hidden(problem.message);
    for (auto &[name, value] : problem.parameters)
        value = secrets.hidden(value);
}

void hideSecrets(RenderOutcome &outcome)
{
    const SecretWords &secrets = outcome.secrets;
    for (std::vector<Problem> *problems : {&outcome.problems, &outcome.rendered.problems}) {
        for (Problem &problem : *problems)
            hideIn(problem, secrets);
    }
    for (std::string &warning : outcome.rendered.warnings)
        warning = secrets.hidden(warning);
    if (auto &failed = outcome.rendered.error) {
        failed->error.message = secrets.hidden(failed->error.message);
        for (auto &[name, value] : failed->error.parameters)
            value = secrets.hidden(value);
        failed->sourceLine = secrets.hidden(failed->sourceLine);
        failed->hint = secrets.hidden(failed->hint);
    }
}

} // namespace

std::shared_ptr<RenderOutcome> RenderWorker::render(
    const RenderJob &job, std::unique_ptr<chart::Renderer> &renderer, const std::atomic<bool> &cancel)
{
    const auto begin = std::chrono::steady_clock::now();
    if (!renderer || renderer->chart() != job.chart)
        renderer = std::make_unique<chart::Renderer>(job.chart, job.levels);
    auto outcome = std::make_shared<RenderOutcome>();
    outcome->schema = renderer->schema();
    outcome->defaults = job.chart->values;
    const Result<Value> user = chart::parseValues(job.valuesText, job.levels);
    if (!user) {
        Problem problem;
        problem.source = Problem::Source::Yaml;
        problem.message = user.error().message;
        problem.at = user.error().at;
        outcome->problems.push_back(std::move(problem));
        outcome->rendered.error = chart::RenderError{chart::RenderError::Stage::Values, user.error()};
    } else {
        outcome->user = *user;
        SeededSource random;
        chart::RenderRequest request;
        request.values = *user;
        request.release = job.release;
        request.keepGoing = true;
        request.recordSpans = true;
        request.cancel = &cancel;
        request.capabilities = job.capabilities;
        request.random = job.forApply ? nullptr : &random;
        outcome->rendered = renderer->render(request);
        outcome->problems = outcome->rendered.problems;
        if (job.readObjects) {
            auto objects = release::readObjects(outcome->rendered.manifest, job.release.namespaceName, nullptr);
            if (objects)
                outcome->objects = *std::move(objects);
        }
        if (chart::isWorkerChart(*job.chart)) {
            auto rules = chart::checkWorkerValues(*job.chart, outcome->rendered.values, *user, job.release.name);
            // The schema says the same of a value in Helm's words: ours, with a fix, take its place.
            for (const Problem &rule : rules) {
                std::erase_if(outcome->problems, [&rule](const Problem &known) {
                    return known.source == Problem::Source::Schema && !known.path.empty() && known.path == rule.path;
                });
            }
            std::move(rules.begin(), rules.end(), std::back_inserter(outcome->problems));
        }
    }
    std::stable_sort(outcome->problems.begin(), outcome->problems.end(),
        [](const Problem &a, const Problem &b) { return a.severity < b.severity; });
    outcome->secrets.addValues(job.valuesText);
    hideSecrets(*outcome);
    outcome->took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
    return outcome;
}

} // namespace pk::gui
