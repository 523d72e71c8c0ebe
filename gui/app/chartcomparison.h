// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "preview/renderworker.h"

#include <QWidget>

class QLabel;

namespace pk::gui {

class ObjectDiff;

/// What two versions of a chart make of the same values: what changing from one to the other would do, and the objects
/// side by side. Knows nothing of where charts come from.
class ChartComparison : public QWidget
{
    Q_OBJECT
public:
    explicit ChartComparison(QWidget *parent = nullptr);

    /// The values that both are rendered with, for which release, and for which cluster (null: none).
    void setValues(const std::string &text, const chart::ReleaseInfo &release, const release::ClusterFactsPtr &cluster);
    struct Side
    {
        QString name; ///< "1.2.0"
        chart::ChartPtr chart;
    };
    void setSides(const Side &before, const Side &after);
    /// A sentence in place of a comparison: it is on its way, or cannot be had.
    void say(const QString &sentence);
    QString summary() const;
    ObjectDiff *objects() const { return m_objects; }

Q_SIGNALS:
    void compared();

private:
    void show();
    QString failureOf(const RenderOutcome &outcome, const QString &name) const;

    std::string m_values;
    chart::ReleaseInfo m_release;
    release::ClusterFactsPtr m_cluster;
    Side m_before, m_after;
    RenderWorker m_renderBefore, m_renderAfter;
    std::shared_ptr<const RenderOutcome> m_outcomeBefore, m_outcomeAfter;
    QLabel *m_summary;
    ObjectDiff *m_objects;
};

} // namespace pk::gui
