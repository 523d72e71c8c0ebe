// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/chartlibrary.h"

#include "repo/chartfetcher.h"
#include "texts/texts.h"
#include "widgets/strings.h"

namespace pk::gui {

namespace {

LibraryVersion versionOf(const repo::ChartVersion &version)
{
    return {texts::clean(version.metadata.version, 100), texts::clean(version.metadata.appVersion, 100),
        texts::clean(version.created, 40), texts::clean(version.digest, 100)};
}

/// "Ann <ann@example.com>, key 89AB CDEF 0123 4567": the end of a fingerprint is what people compare.
QString signerWords(const repo::Signer &signer)
{
    const QString all = qs(signer.fingerprint).right(16);
    QStringList parts;
    for (int i = 0; i < all.size(); i += 4)
        parts.append(all.mid(i, 4));
    return ChartLibrary::tr("%1, key %2")
        .arg(signer.names.empty() ? ChartLibrary::tr("nameless") : texts::clean(signer.names.front(), 200),
            parts.join(u' '));
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
    const Say say = [this, run = ++m_runs](const QString &sentence) {
        QMetaObject::invokeMethod(
            this,
            [this, run, sentence] {
                if (run == m_runs)
                    Q_EMIT told(sentence);
            },
            Qt::QueuedConnection);
    };
    m_work = m_jobs.run<Contents>(
        m_dispatcher,
        [work = std::move(work), say](repo::Web &web, const std::stop_token &stop) { return work(web, stop, say); },
        [this](const Contents &contents) {
            ++m_runs;
            if (contents.ofRegistry) {
                m_ofRegistries.removeIf([&contents](const LibraryChart &known) {
                    return known.reference == contents.ofRegistry->reference;
                });
                m_ofRegistries.prepend(*contents.ofRegistry);
            }
            m_repositories = contents.repositories;
            m_charts = m_ofRegistries + contents.charts;
            Q_EMIT told(contents.why);
            Q_EMIT loaded();
            Q_EMIT busyChanged();
        });
    Q_EMIT busyChanged();
}

void ChartLibrary::load()
{
    run([paths = m_paths](repo::Web &, const std::stop_token &, const Say &) { return read(paths); });
}

void ChartLibrary::add(const repo::Repository &repository)
{
    Q_EMIT told(tr("Asking %1…").arg(texts::clean(repository.url, 200)));
    run([paths = m_paths, repository](repo::Web &web, const std::stop_token &stop, const Say &) {
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
    run([paths = m_paths, count = m_repositories.size()](repo::Web &web, const std::stop_token &, const Say &say) {
        QStringList failed;
        int asked = 0;
        const auto updated = repo::updateRepositories(web, paths, {}, [&](const repo::UpdateStep &step) {
            if (step.state == repo::UpdateStep::State::Started)
                say(tr("Asking %1 for news (%2 of %3)…")
                        .arg(texts::clean(step.repository, 100))
                        .arg(++asked)
                        .arg(count));
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

void ChartLibrary::lookUp(const QString &reference)
{
    Q_EMIT told(tr("Asking for the versions of %1…").arg(reference));
    repo::FetchOptions options;
    options.paths = m_paths;
    options.plainHttp = m_plainHttp;
    run([options, reference](repo::Web &web, const std::stop_token &stop, const Say &) {
        Contents out = read(options.paths);
        const auto asked = repo::OciReference::parse(reference.toStdString());
        if (!asked) {
            out.why = texts::sentence(asked.error());
            return out;
        }
        LibraryChart chart{QStringLiteral("oci://%1/%2").arg(qs(asked->registry), qs(asked->repository)), {}, {}};
        const auto versions = repo::ChartFetcher(web, options, {}, stop).ociVersions(chart.reference.toStdString());
        if (!versions) {
            out.why = texts::sentence(versions.error());
            return out;
        }
        for (const std::string &version : *versions)
            chart.versions.append({texts::clean(version, 100), {}, {}, {}});
        if (chart.versions.isEmpty())
            out.why = tr("%1 has no tag that is a version.").arg(chart.reference);
        else
            out.ofRegistry = chart;
        return out;
    });
}

void ChartLibrary::cancel()
{
    ++m_runs;
    m_work.cancel();
    Q_EMIT told({});
    Q_EMIT busyChanged();
}

void ChartLibrary::fetch(
    int slot, const QString &reference, const QString &version, std::function<void(LibraryAnswer)> done)
{
    get(slot, reference, version, false, std::move(done));
}

void ChartLibrary::verify(
    int slot, const QString &reference, const QString &version, std::function<void(LibraryAnswer)> done)
{
    get(slot, reference, version, true, std::move(done));
}

void ChartLibrary::get(
    int slot, const QString &reference, const QString &version, bool verifies, std::function<void(LibraryAnswer)> done)
{
    repo::FetchOptions options;
    options.paths = m_paths;
    options.version = version.toStdString();
    options.plainHttp = m_plainHttp;
    options.verify = verifies;
    m_fetches[slot] = std::make_shared<http::Call>(m_jobs.run<LibraryAnswer>(
        m_dispatcher,
        [options, reference = reference.toStdString()](repo::Web &web, const std::stop_token &stop) -> LibraryAnswer {
            repo::ChartFetcher fetcher(web, options, {}, stop);
            const auto fetched = fetcher.fetch(reference);
            if (!fetched)
                return {nullptr, {}, texts::sentence(fetched.error()), {}};
            const auto chart = chart::loadChart(fetched->path, chart::levels43());
            if (!chart)
                return {nullptr, {}, texts::sentence(chart.error()), {}};
            return {*chart, qs(fetched->path), {},
                fetched->verification ? signerWords(fetched->verification->signer) : QString()};
        },
        std::move(done)));
}

} // namespace pk::gui
