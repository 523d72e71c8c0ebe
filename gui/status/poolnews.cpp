// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/poolnews.h"

#include "status/poolmetrics.h"
#include "status/statusmap.h"
#include "texts/texts.h"
#include "widgets/strings.h"

#include <QCoreApplication>

#include <algorithm>

namespace pk::gui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pk::gui::PoolNews)
};

constexpr int QuoteLength = 300;

/// Empty unless the worst worker is the one that was evicted last, and the kubelet has told figures.
QString evictionWords(const OverviewState &state, const pool::Worker &worker)
{
    if (state.pool.worst != pool::WorkerState::Evicted || state.evictions.empty())
        return {};
    const pool::Eviction &eviction = state.evictions.front();
    if (eviction.pod != worker.pod || eviction.what.available.empty())
        return {};
    return Words::tr("%1 had %2 left at %3, under its limit of %4. A run on it is lost.")
        .arg(texts::clean(eviction.node, 260), resourceFigure(eviction.what, eviction.what.available),
            texts::clock(eviction.time), resourceFigure(eviction.what, eviction.what.threshold));
}

/// What the pod does that has come after an evicted one.
QString replacementWords(const pool::Worker &worker, const QString &quote)
{
    if (!worker.replacement)
        return {};
    if (!quote.isEmpty())
        return Words::tr("Its new pod waits: “%1”").arg(quote);
    return Words::tr("Its new pod: %1.").arg(texts::sentence(*worker.replacement));
}

} // namespace

QString secondLineOfNews(const OverviewState &state)
{
    const pool::Pool &pool = state.pool;
    const pool::Worker *worker = worstOf(pool);
    const QString quote = texts::clean(pool.news.quote, QuoteLength);
    if (worker) {
        const QStringList sentences = withoutEmpty({evictionWords(state, *worker), replacementWords(*worker, quote)});
        if (!sentences.isEmpty() && pool.news.id != "pool.order-blocked")
            return sentences.join(u' ');
        if (pool.news.id == "pool.order-blocked")
            return quote.isEmpty()
                ? Words::tr("Pods of this pool start in order. %1: %2.").arg(workerName(*worker), workerWord(*worker))
                : Words::tr("Pods of this pool start in order. %1: %2 (“%3”).")
                      .arg(workerName(*worker), workerWord(*worker), quote);
    }
    return quote.isEmpty() ? QString() : Words::tr("The cluster says: “%1”").arg(quote);
}

QString secondLineOfStale(const OverviewState &state)
{
    QStringList sentences;
    if (!state.trouble.isEmpty())
        sentences.append(state.trouble);
    if (state.nextAttempt && *state.nextAttempt > state.now)
        sentences.append(Words::tr("Next attempt in %1.").arg(texts::duration(*state.nextAttempt - state.now)));
    sentences.append(Words::tr("Editing, preview and export work; installing and upgrading wait for the connection."));
    return sentences.join(u' ');
}

bool hasRemedy(const OverviewState &state)
{
    if (state.evictions.empty())
        return false;
    const pool::Explanation why = pool::explainEviction(state.evictions.front(), state.pool.storage);
    return std::any_of(
        why.remedies.begin(), why.remedies.end(), [](const pool::Remedy &remedy) { return !remedy.changes.empty(); });
}

} // namespace pk::gui
