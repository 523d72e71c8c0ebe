// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_upgrade CHART HELM [RUNS]: upgrades of one release of CHART without workers on the cluster of KUBECONFIG, ours
// and helm's in turn, none waiting for readiness. Ours: rendering, reading the history, and the whole operation up to
// the record, from a program that is connected, as the window is. One line of JSON: medians and shortest in
// milliseconds.
#include "chart/render.h"
#include "chart/values.h"
#include "cluster/testcluster.h"
#include "release/inspect.h"
#include "release/operation.h"
#include "support/manualloop.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <optional>

namespace {

using namespace pk;
using namespace pk::release;

[[noreturn]] void stop(const std::string &why)
{
    std::fprintf(stderr, "bench_upgrade: %s\n", why.c_str());
    std::exit(1);
}

template <class T> T must(Result<T> result)
{
    if (!result)
        stop(result.error().message);
    return *std::move(result);
}

double millisSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

class Upgrader
{
public:
    Upgrader(const char *chartPath, std::string ns) :
        m_chart(must(chart::loadChart(chartPath, chart::levels43()))), m_renderer(m_chart, chart::levels43()),
        m_client(m_io, m_loop,
            must(kube::Kubeconfig::load(kube::Kubeconfig::Origin::fromEnvironment()).resolve("admin")),
            kube::ApiClient::Options{}),
        m_api(makeClusterApi(m_client, m_io, m_loop)), m_ns(std::move(ns))
    {
    }

    void run(Action action, const std::string &set)
    {
        OperationRequest request;
        request.action = action;
        request.name = "bench";
        request.ns = m_ns;
        request.wait = false;
        request.config = must(chart::mergeUserValues({.set = {set}}, chart::levels43()));
        readHistory();
        const chart::Rendered rendered = m_renderer.render({.values = request.config,
            .release = {.name = request.name, .namespaceName = m_ns, .isUpgrade = action == Action::Upgrade}});
        if (rendered.error)
            stop(rendered.error->error.message);
        request.manifest = rendered.manifest;
        request.hooks = rendered.hooks;
        request.chart = chartRecord(*m_chart, m_chart->values);
        std::optional<OperationResult> result;
        Operation operation(
            *m_api, m_clock, std::move(request), [](const StepEvent &) {},
            [&](const OperationResult &done) { result = done; });
        operation.start();
        if (!m_loop->runUntil([&] { return result.has_value(); }) || result->error)
            stop(result && result->error ? result->error->message : "the operation did not end");
    }

private:
    void readHistory()
    {
        bool done = false;
        const http::Call call =
            release::readHistory(*m_api, m_ns, "bench", [&done](const Result<ReleaseHistory> &) { done = true; });
        m_loop->runUntil([&done] { return done; });
    }

    chart::ChartPtr m_chart;
    chart::Renderer m_renderer;
    std::shared_ptr<test::ManualLoop> m_loop = std::make_shared<test::ManualLoop>();
    http::IoThread m_io;
    kube::ApiClient m_client;
    std::unique_ptr<ClusterApi> m_api;
    Clock m_clock;
    std::string m_ns;
};

double helmUpgrade(const char *helm, const char *chart, const QByteArray &ns, const QByteArray &set)
{
    qputenv("PK_BENCH_HELM", helm);
    const auto start = std::chrono::steady_clock::now();
    const test::Answer answer =
        test::runNamed("PK_BENCH_HELM", {"upgrade", "bench", chart, "--kube-context", "admin", "-n", ns, "--set", set});
    if (answer.exitCode != 0)
        stop("helm upgrade: " + answer.errors.toStdString());
    return millisSince(start);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const int runs = argc > 3 ? std::atoi(argv[3]) : 7;
    if (argc < 3 || runs < 1)
        return 2;
    const test::OwnNamespace space;
    if (!space.isMade())
        stop("no namespace can be made in the cluster of KUBECONFIG");
    Upgrader upgrader(argv[1], space.name().toStdString());
    const auto values = [](int grace) {
        return "replicaCount=0,credentials.create=false,terminationGracePeriodSeconds=" + std::to_string(grace);
    };
    upgrader.run(Action::Install, values(100));
    std::vector<double> ours;
    std::vector<double> helms;
    for (int i = 0; i < runs; ++i) {
        const auto start = std::chrono::steady_clock::now();
        upgrader.run(Action::Upgrade, values(200 + 2 * i));
        ours.push_back(millisSince(start));
        helms.push_back(helmUpgrade(argv[2], argv[1], space.name(), QByteArray::fromStdString(values(201 + 2 * i))));
    }
    std::ranges::sort(ours);
    std::ranges::sort(helms);
    std::printf("{\"millis\": %.1f, \"helmMillis\": %.1f, \"least\": %.1f, \"helmLeast\": %.1f}\n", ours[runs / 2],
        helms[runs / 2], ours[0], helms[0]);
    return 0;
}
