// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/chartcomparison.h"

#include "preview/consequences.h"
#include "preview/objectdiff.h"
#include "release/varying.h"
#include "texts/texts.h"
#include "widgets/elidedlabel.h"
#include "widgets/strings.h"

#include <QLabel>
#include <QVBoxLayout>

namespace pk::gui {

ChartComparison::ChartComparison(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_summary = helpLabel({});
    m_summary->setObjectName(QStringLiteral("comparisonSummary"));
    m_objects = new ObjectDiff;
    m_objects->setMinimumHeight(180);
    column->addWidget(m_summary);
    column->addWidget(m_objects, 1);
    connect(&m_renderBefore, &RenderWorker::finished, this, [this](const auto &outcome) {
        m_outcomeBefore = outcome;
        show();
    });
    connect(&m_renderAfter, &RenderWorker::finished, this, [this](const auto &outcome) {
        m_outcomeAfter = outcome;
        show();
    });
    say({});
}

void ChartComparison::setValues(
    const std::string &text, const chart::ReleaseInfo &release, const release::ClusterFactsPtr &cluster)
{
    m_values = text;
    m_release = release;
    m_cluster = cluster;
}

void ChartComparison::setSides(const Side &before, const Side &after)
{
    m_before = before;
    m_after = after;
    m_outcomeBefore = m_outcomeAfter = nullptr;
    const auto jobOf = [this, instant = Clock().now()](const Side &side) {
        RenderJob job;
        job.chart = side.chart;
        job.valuesText = m_values;
        job.release = m_release;
        job.cluster = m_cluster;
        job.levels = chart::levels43();
        job.instant = instant;
        return job;
    };
    m_renderBefore.submit(jobOf(before));
    m_renderAfter.submit(jobOf(after));
}

void ChartComparison::say(const QString &sentence)
{
    m_outcomeBefore = m_outcomeAfter = nullptr;
    m_summary->setText(sentence);
    m_summary->setVisible(!sentence.isEmpty());
    m_objects->hide();
}

QString ChartComparison::summary() const
{
    return m_summary->text();
}

QString ChartComparison::failureOf(const RenderOutcome &outcome, const QString &name) const
{
    if (!outcome.rendered.error)
        return {};
    const QString why = outcome.problems.empty() ? texts::sentence(outcome.rendered.error->error)
                                                 : texts::sentence(outcome.problems.front());
    return tr("These values do not work with %1: %2").arg(name, why);
}

void ChartComparison::show()
{
    if (!m_outcomeBefore || !m_outcomeAfter)
        return;
    const QString failure =
        withoutEmpty({failureOf(*m_outcomeBefore, m_before.name), failureOf(*m_outcomeAfter, m_after.name)})
            .join(u'\n');
    const std::string &ns = m_release.namespaceName;
    const auto objectsOf = [&ns](const RenderOutcome &outcome) {
        return release::readObjects(outcome.rendered.manifest, ns, outcome.kinds.get(), release::UnknownKinds::Accept);
    };
    const auto before = objectsOf(*m_outcomeBefore);
    const auto after = objectsOf(*m_outcomeAfter);
    if (!failure.isEmpty() || !before || !after) {
        say(!failure.isEmpty() ? failure : texts::sentence(before ? after.error() : before.error()));
        Q_EMIT compared();
        return;
    }
    auto changes = release::classifyChange(*before, *after);
    release::markVarying(changes, *before, m_outcomeAfter->rendered);
    QStringList lines;
    for (const ConsequenceLine &line : consequenceLines(changes, false, int(after->size())))
        lines.append(line.detail.isEmpty() ? line.what : line.what + QStringLiteral(" – ") + line.detail);
    constexpr int most = 6;
    if (lines.size() > most)
        lines = lines.mid(0, most) + QStringList(tr("And more; see the objects below."));
    m_summary->setText(lines.join(QLatin1Char('\n')));
    m_summary->show();
    m_objects->setSecrets(m_outcomeAfter->secrets);
    m_objects->setSideNames(m_before.name, m_after.name);
    QVector<PreviewObject> objects =
        previewObjects(m_outcomeBefore->rendered.objects, m_outcomeAfter->rendered.objects, changes);
    markVarying(objects, &m_outcomeBefore->rendered, m_outcomeAfter->rendered);
    m_objects->setObjects(objects, true);
    m_objects->setVisible(true);
    Q_EMIT compared();
}

} // namespace pk::gui
