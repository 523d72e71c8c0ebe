// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/pool.h"

#include <QObject>
#include <QPointer>
#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace pk::gui {

class DiffView;
class SidePanel;

/// Fills the panel at the right with one eviction (UI.md 7): what happened, the facts, the kubelet's own words with
/// what they leave out, and what prevents it.
class EvictionPanel : public QObject
{
    Q_OBJECT
public:
    EvictionPanel(SidePanel &panel, QObject *parent);

    /// `setup` of the pool that the pod belonged to; without one there are no remedies.
    void setEviction(const pool::Eviction &eviction, const std::optional<pool::StorageSetup> &setup, WallTime now);

    void showRemedies(); ///< Scrolls to them.

Q_SIGNALS:
    /// The changes of a remedy are to be made in the draft of the pool.
    void remedyChosen(const QString &poolName, const std::vector<pk::pool::ValueChange> &changes);
    /// Where the chosen remedy would change the values, without changing them.
    void valuesRequested(const QString &poolName, const QString &path);

private:
    void addFacts(const pool::Eviction &eviction);
    void addMessage(const pool::Eviction &eviction, const pool::Explanation &why);
    void addRemedies(const std::vector<pool::Remedy> &remedies);
    void choose(const pool::Remedy &remedy);

    SidePanel &m_panel;
    QVBoxLayout *m_column;
    QPointer<QWidget> m_firstRemedy;
    DiffView *m_difference = nullptr; ///< Of the chosen remedy; gone with the column's other widgets.
    QPushButton *m_apply;
    QPushButton *m_show;
    std::string m_poolName;
    std::vector<pool::ValueChange> m_changes; ///< Of the chosen remedy.
};

} // namespace pk::gui
