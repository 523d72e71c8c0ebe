// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/chartlibrary.h"

#include "repo/chartfetcher.h"
#include "texts/texts.h"

namespace pk::gui {

namespace {

LibraryVersion versionOf(const repo::ChartVersion &version)
{
    return {texts::clean(version.metadata.version, 100), texts::clean(version.metadata.appVersion, 100),
        texts::clean(version.created, 40)};
}

} // namespace

ChartLibrary::ChartLibrary(
    http::IoThread &io, std::shared_ptr<http::Dispatcher> dispatcher, repo::HelmPaths paths, QObject *parent) :
    QObject(parent),
    m_dispatcher(std::move(dispatcher)), m_paths(std::move(paths)), m_jobs(io)
{
}

ChartLibrary::Contents ChartLibrary::read(const repo::HelmPaths &paths)
{
    Contents out;
    const auto known = repo::loadRepositories(paths.repositoryConfig);
    const auto indexes = known ? repo::loadIndexes(paths) : known.error();
    const auto matches = indexes ? repo::search(*indexes, {.devel = true, .allVersions = true}) : indexes.error();
    if (!matches) {
        out.why = texts::sentence(matches.error());
        return out;
    }
    out.repositories = known->entries;
    for (const repo::Match &match : *matches) {
        const QString reference = texts::clean(match.name, 300);
        if (out.charts.isEmpty() || out.charts.last().reference != reference)
            out.charts.append({reference, texts::clean(match.version->metadata.description, 300), {}});
        out.charts.last().versions.append(versionOf(*match.version));
    }
    return out;
}

void ChartLibrary::run(Work work)
{
    m_work = m_jobs.run<Contents>(m_dispatcher, std::move(work), [this](const Contents &contents) {
        m_repositories = contents.repositories;
        m_charts = contents.charts;
        Q_EMIT told(contents.why);
        Q_EMIT loaded();
        Q_EMIT busyChanged();
    });
    Q_EMIT busyChanged();
}

void ChartLibrary::load()
{
    run([paths = m_paths](repo::Web &, const std::stop_token &) { return read(paths); });
}

void ChartLibrary::add(const repo::Repository &repository)
{
    Q_EMIT told(tr("Asking %1…").arg(texts::clean(repository.url, 200)));
    run([paths = m_paths, repository](repo::Web &web, const std::stop_token &stop) {
        const auto added = repo::addRepository(web, paths, repository, false, stop);
        Contents out = read(paths);
        if (!added)
            out.why = texts::sentence(added.error());
        return out;
    });
}

void ChartLibrary::update()
{
    Q_EMIT told(tr("Asking the repositories for news…"));
    run([paths = m_paths](repo::Web &web, const std::stop_token &) {
        QStringList failed;
        const auto updated = repo::updateRepositories(web, paths, {}, [&failed](const repo::UpdateStep &step) {
            if (step.state == repo::UpdateStep::State::Failed)
                failed.append(texts::clean(step.repository, 100) + QStringLiteral(": ") + texts::clean(step.why, 300));
        });
        Contents out = read(paths);
        if (!updated)
            out.why = failed.isEmpty() ? texts::sentence(updated.error())
                                       : tr("No news could be had of: %1").arg(failed.join(QStringLiteral("; ")));
        return out;
    });
}

void ChartLibrary::cancel()
{
    m_work.cancel();
    Q_EMIT told({});
    Q_EMIT busyChanged();
}

void ChartLibrary::fetch(
    int slot, const QString &reference, const QString &version, std::function<void(LibraryAnswer)> done)
{
    repo::FetchOptions options;
    options.paths = m_paths;
    options.version = version.toStdString();
    m_fetches[slot] = std::make_shared<http::Call>(m_jobs.run<LibraryAnswer>(
        m_dispatcher,
        [options, reference = reference.toStdString()](repo::Web &web, const std::stop_token &stop) -> LibraryAnswer {
            repo::ChartFetcher fetcher(web, options, {}, stop);
            const auto fetched = fetcher.fetch(reference);
            if (!fetched)
                return {nullptr, {}, texts::sentence(fetched.error())};
            const auto chart = chart::loadChart(fetched->path, chart::levels43());
            if (!chart)
                return {nullptr, {}, texts::sentence(chart.error())};
            return {*chart, QString::fromStdString(fetched->path), {}};
        },
        std::move(done)));
}

} // namespace pk::gui
