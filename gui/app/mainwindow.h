// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clusterlink.h"
#include "app/releaseflow.h"
#include "app/sidebar.h"
#include "document/draftstore.h"
#include "widgets/appearance.h"

#include <QMainWindow>
#include <QMap>
#include <QPointer>

class QSettings;
class QStackedWidget;

namespace pk::gui {

class Card;
class ChartLibrary;
class EvictionsPage;
class FirstStartPage;
class LoadingRows;
class PageHead;
class PoolPage;
class ProgressPage;
class ReviewPage;
class ValuesSession;
struct LeftRelease;
struct OverviewState;
struct UninstallFacts;

/// The one window: side bar and the page of what is selected. It puts the parts together: cluster and drafts give what
/// the pages show, the pages ask for what is to be done.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    /// All borrowed; they live longer than the window.
    struct Parts
    {
        http::IoThread &io;
        std::shared_ptr<http::Dispatcher> dispatcher;
        store::Store &store;
        document::DraftStore &drafts;
        QSettings &settings;
        DesktopAppearance &appearance;
        const Clock &clock;
        QString dataFolder; ///< Where locks of running operations lie.
    };

    explicit MainWindow(Parts parts);
    ~MainWindow() override;

    void setKubeconfig(const kube::Kubeconfig::Origin &origin);
    /// The named context, the last one used, or the only one there is.
    void connectAtStart(const QString &context);
    void useContext(const QString &context, const QString &ns);
    void restoreDrafts();
    void openValues(const QString &path);
    /// A new draft of that name, shown with its values.
    void newPool(const QString &name);
    /// The same with another chart: a folder (or its Chart.yaml) or an archive.
    void newPoolOf(const QString &chartPath);
    /// The same with a chart of Helm's repositories, chosen in a dialog; versions are compared with the values shown.
    void newPoolOfRepository();
    ClusterLink *cluster() const { return m_cluster.get(); }
    /// Ids of the side bar: "pool:ns/kind/name", "draft:ID", "page:evictions", "operation:RELEASE".
    void show(const QString &id);
    using QMainWindow::show;

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makePages();
    void makeWaiting();
    QWidget *makeEvictions();
    void connectPages();
    void makeActions();
    void makeMenuBar();
    void makeRegionKeys();
    /// F6: side bar, head, tabs, page, panel; Values has panes of its own.
    void focusNextRegion(int step);
    void showSettings(const QPoint &at);
    void restoreLook();
    void keepLook();
    /// While something is read: grey rows, seconds, Cancel.
    void showLoading(const QString &what);
    /// Instead of a page: what is missing or failed, why, and what to do next.
    void showInstead(const QString &icon, const QString &heading, const QString &text,
        const QList<QAction *> &actions = {}, QAction *primary = nullptr);
    void leaveCluster();
    void chooseContext();
    void openKubeconfig();
    void useKubeconfigFile(const QString &path);
    void pasteKubeconfig();
    void onPhase();
    bool concernsPage(const pool::PoolChanges &changes) const;
    void onPools(bool concernsPage);
    void onReleases();
    void askPlugin(const Error &needs);
    void updateSideBar();
    NavRowState poolRow(const pool::Pool &pool) const;
    void updateRail();
    bool hasWidePanes() const; ///< Values: the side bar makes room earlier.
    OverviewState overviewOf(const pool::Pool &pool) const;
    std::optional<LeftRelease> leftReleaseOf(const pool::Pool &pool) const;
    UninstallFacts factsOf(const ReleaseFlow &flow) const;
    /// The Values tab of the pool whose workload has that name; null when its values are not known.
    ValuesSession *showValuesOf(const QString &poolName);
    void showPool();
    void showEvictions();
    void showFirstStart();
    void updateChangeable();
    pool::Pool currentPool() const;
    ValuesSession *sessionFor(const QString &id);
    /// `chart` null: the one that the draft names, or the one that comes with Poolkeeper.
    ValuesSession *makeSession(document::Draft draft, chart::ChartPtr chart);
    void addDraft(document::Draft draft);
    QString releaseOf(const QString &id) const;
    void review();
    void reviewRollback(const QString &name, int revision);
    void goOnFromLeft();
    void openReview(ReleaseTarget target);
    void beginOperation(const ReviewOptions &options);
    void uninstall();
    void askUninstall(const QString &name);
    /// What was confirmed is no longer what is there: shows `why`, and how it is now.
    void reviewAgain(ReleaseFlow *flow, const QString &why);
    /// Goes on with what failed or was left.
    void resume(const QString &name);
    /// What failed or was left stays so; it is not told again.
    void leaveAsItIs(const QString &name);
    /// `flow` is the operation of its release from now on, and is written down.
    void attach(ReleaseFlow *flow);
    void forget(const QString &name);
    void follow(ReleaseFlow *flow);
    /// Tells what a killed process has left in this cluster, once for each connection.
    void tellLeftOperations();
    void tellLeft(const store::OperationRow &row);
    ReleaseTarget targetOf(const QString &name, release::Action action) const;
    void updateProgress();
    /// After an install or upgrade: the values that were applied are the pool's.
    void keepValues(const QString &name);
    /// Where the settings keep the values file of a release.
    QString fileKey(const QString &release) const;
    void say(const QString &sentence);
    QStringList takenNames() const;

    Parts m_parts;
    chart::ChartPtr m_chart; ///< The chart that comes with Poolkeeper.
    kube::Kubeconfig::Origin m_origin;
    kube::Kubeconfig m_kubeconfig;
    std::shared_ptr<kube::ExecApprovals> m_approvals;
    bool m_asking = false; ///< A plugin dialog is open.
    bool m_closeAsked = false; ///< The person closes although an operation runs.
    std::unique_ptr<ClusterLink> m_cluster;
    QMap<QString, ValuesSession *> m_sessions; ///< By side bar id.
    QMap<QString, ReleaseFlow *> m_flows; ///< Running or just ended operations, by release.
    QPointer<ReleaseFlow> m_reviewFlow;
    QString m_shownOperation; ///< Release whose progress is shown.
    bool m_leftTold = false;
    QString m_leftToShow; ///< Release whose left operation is shown as soon as a page is.
    QString m_current;
    SideBar *m_sideBar;
    QStackedWidget *m_pages;
    FirstStartPage *m_firstStart;
    PoolPage *m_poolPage;
    EvictionsPage *m_evictionsPage;
    ReviewPage *m_reviewPage;
    ProgressPage *m_progressPage;
    QWidget *m_evictionsFrame; ///< m_evictionsPage below its head.
    PageHead *m_evictionsHead;
    QWidget *m_waiting;
    class EmptyState *m_waitingText;
    Card *m_loadingCard;
    LoadingRows *m_loading;
    QAction *m_retry;
    QList<QAction *> m_regionKeys;
    QAction *m_copyDetails;
    QString m_details; ///< What m_waitingText says, for the clipboard.
    class Band *m_notice;
    QTimer m_noticeTimer;
    QTimer m_secondTimer; ///< Ages, latency, running steps.
    std::optional<bool> m_railWanted[2]; ///< Ctrl+B overrides the width: of pages, and of wide panes.
};

} // namespace pk::gui
