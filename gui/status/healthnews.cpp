// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/healthnews.h"

#include "status/calmline.h"
#include "status/poolmetrics.h"
#include "status/poolnews.h"
#include "status/statusmap.h"
#include "texts/texts.h"
#include "widgets/band.h"
#include "widgets/icons.h"

#include <QAction>
#include <QVBoxLayout>

namespace pk::gui {

HealthNews::HealthNews(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_band = new Band;
    m_band->setObjectName(QStringLiteral("healthBand"));
    m_calm = new CalmLine;
    column->addWidget(m_band);
    column->addWidget(m_calm);
    m_showEviction = makeAction(tr("Show eviction"), "showEviction");
    m_seeRemedy = makeAction(tr("See remedy"), "seeRemedy");
    icons::bind(m_seeRemedy, QStringLiteral("wand"));
    m_showWorker = makeAction({}, "showWorker");
    m_retry = makeAction(tr("Retry now"), "retryNow");
    icons::bind(m_retry, QStringLiteral("refresh"));
    m_goOn = makeAction({}, "goOnFromLeft");
    m_rollBack = makeAction({}, "rollBackLeft");
    connect(m_showEviction, &QAction::triggered, this, &HealthNews::evictionRequested);
    connect(m_seeRemedy, &QAction::triggered, this, &HealthNews::remedyRequested);
    connect(m_showWorker, &QAction::triggered, this, [this] { Q_EMIT workerRequested(m_worst); });
    connect(m_retry, &QAction::triggered, this, &HealthNews::retryRequested);
    connect(m_goOn, &QAction::triggered, this, &HealthNews::goOnRequested);
    connect(m_rollBack, &QAction::triggered, this, [this] { Q_EMIT rollbackRequested(m_returnTo); });
}

QAction *HealthNews::makeAction(const QString &text, const char *name)
{
    auto *made = new QAction(text, this);
    made->setObjectName(QLatin1String(name));
    return made;
}

void HealthNews::setState(const OverviewState &state)
{
    const pool::Pool &pool = state.pool;
    const bool healthy = pool.worst == pool::WorkerState::Ready && pool.ready == pool.desired;
    const bool calm = !state.staleSince && !state.left && healthy;
    m_band->setVisible(!calm);
    m_calm->setVisible(calm);
    if (state.staleSince)
        showStale(state);
    else if (state.left)
        showLeft(state);
    else if (calm)
        showCalm(state);
    else
        showTrouble(state);
}

void HealthNews::showStale(const OverviewState &state)
{
    m_band->setNews(Tone::Warning, glyph(Severity::Warning),
        tr("No answer from %1 since %2. What you see is what was known then.")
            .arg(state.cluster.isEmpty() ? tr("the cluster") : state.cluster, texts::clock(*state.staleSince)),
        secondLineOfStale(state));
    m_band->setActions({m_retry});
}

void HealthNews::showLeft(const OverviewState &state)
{
    const LeftRelease &left = *state.left;
    const QString workers = texts::sentence(state.pool.news);
    m_band->setNews(Tone::Warning, glyph(ReleaseState::Pending), left.sentence,
        left.advice.isEmpty() ? workers : tr("%1 %2").arg(workers, left.advice));
    m_goOn->setText(left.uninstalls ? tr("Finish the uninstall…") : tr("Close it and go on…"));
    m_returnTo = left.returnTo;
    m_rollBack->setText(tr("Roll back to %1…").arg(left.returnTo));
    QList<QAction *> actions;
    if (left.returnTo > 0 && !left.uninstalls)
        actions.append(m_rollBack);
    actions.append(m_goOn);
    m_band->setActions(actions);
}

void HealthNews::showCalm(const OverviewState &state)
{
    const WorkerState worst = shown(state.pool.worst);
    m_calm->setNews(glyph(worst), stateWord(worst), texts::sentence(state.pool.news),
        state.evictions.empty() ? tr("Last eviction: none seen.")
                                : tr("Last eviction: %1.").arg(texts::moment(state.evictions.front().time, state.now)));
}

void HealthNews::showTrouble(const OverviewState &state)
{
    const pool::Pool &pool = state.pool;
    const Glyph worst = glyph(shown(pool.worst));
    m_band->setNews(worst.tone, worst, texts::sentence(pool.news), secondLineOfNews(state));
    const bool evicted = !state.evictions.empty()
        && (pool.worst == pool::WorkerState::Evicted
            || state.now - state.evictions.front().time < std::chrono::hours(1));
    const pool::Worker *worker = worstOf(pool);
    m_worst = worker ? worker->id : std::string();
    if (worker)
        m_showWorker->setText(tr("Show %1").arg(workerName(*worker).toLower()));
    QList<QAction *> actions;
    if (evicted)
        actions.append(m_showEviction);
    if (evicted && hasRemedy(state))
        actions.append(m_seeRemedy);
    else if (worker)
        actions.append(m_showWorker);
    m_band->setActions(actions);
}

} // namespace pk::gui
