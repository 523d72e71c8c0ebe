// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/chart.h"
#include "repo/jobs.h"
#include "repo/updates.h"

#include <QMap>
#include <QObject>
#include <QString>
#include <QVector>

namespace pk::gui {

/// One version of a chart that can be chosen.
struct LibraryVersion
{
    QString version;
    QString appVersion;
    QString created; ///< As the index writes it.
    QString digest; ///< Of the archive, as the index promises it; empty where nobody does.
};

/// A chart of the user's repositories, the newest version first.
struct LibraryChart
{
    QString reference; ///< REPO/CHART, or oci://HOST/PATH
    QString description;
    QVector<LibraryVersion> versions;
};

/// A chart that was fetched.
struct LibraryAnswer
{
    chart::ChartPtr chart; ///< Null: `why` tells.
    QString path; ///< Of the archive in Helm's cache.
    QString why;
    QString signer = {}; ///< "Ann <ann@example.com>, key 0123 …"; only of verify().
};

/// What the user's own Helm knows of charts, and getting them: work runs beside the window and ends with this object.
class ChartLibrary : public QObject
{
    Q_OBJECT
public:
    ChartLibrary(http::IoThread &io, std::shared_ptr<http::Dispatcher> dispatcher, repo::HelmPaths paths,
        QObject *parent = nullptr);

    const QVector<LibraryChart> &charts() const { return m_charts; }
    const std::vector<repo::Repository> &repositories() const { return m_repositories; }
    bool isBusy() const { return m_work.isActive(); }

    /// Reads the cached indexes; loaded() comes.
    void load();
    /// Adds a repository to Helm's configuration and reads again. told() says when it could not be had.
    void add(const repo::Repository &repository);
    /// Gets all indexes anew and reads them.
    void update();
    /// Asks a registry for the versions of oci://HOST/PATH; charts() has it as well from then on.
    void lookUp(const QString &reference);
    /// Ends what load(), add(), update() and lookUp() began.
    void cancel();
    /// `done` once, unless it is asked again for the same `slot`.
    void fetch(int slot, const QString &reference, const QString &version, std::function<void(LibraryAnswer)> done);
    /// The same, and the archive must be signed by a key of the person's own keyring.
    void verify(int slot, const QString &reference, const QString &version, std::function<void(LibraryAnswer)> done);
    /// As helm's --plain-http: registries are asked without TLS.
    void setPlainHttp(bool plain) { m_plainHttp = plain; }

Q_SIGNALS:
    void loaded();
    void busyChanged();
    void told(const QString &sentence); ///< Of work that goes on, or why it failed; empty: nothing is the matter.

private:
    struct Contents
    {
        std::vector<repo::Repository> repositories;
        QVector<LibraryChart> charts;
        QString why; ///< What could not be done.
        std::optional<LibraryChart> ofRegistry = {}; ///< What lookUp() has found.
    };
    using Say = std::function<void(const QString &)>; ///< From the thread that works.
    using Work = std::function<Contents(repo::Web &, const std::stop_token &, const Say &)>;

    void run(Work work);
    static Contents read(const repo::HelmPaths &paths);
    void get(int slot, const QString &reference, const QString &version, bool verifies,
        std::function<void(LibraryAnswer)> done);

    std::shared_ptr<http::Dispatcher> m_dispatcher;
    repo::HelmPaths m_paths;
    std::vector<repo::Repository> m_repositories;
    QVector<LibraryChart> m_charts;
    QVector<LibraryChart> m_ofRegistries; ///< Before those of repositories.
    bool m_plainHttp = false;
    int m_runs = 0; ///< What an earlier one says comes too late.
    repo::Jobs m_jobs;
    http::Call m_work;
    QMap<int, std::shared_ptr<http::Call>> m_fetches; ///< By slot.
};

} // namespace pk::gui
