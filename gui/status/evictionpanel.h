// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/pool.h"

#include <QObject>

class QVBoxLayout;

namespace pk::gui {

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

Q_SIGNALS:
    /// The changes of a remedy are to be made in the draft of the pool.
    void remedyChosen(const QString &poolName, const std::vector<pk::pool::ValueChange> &changes);

private:
    void addRemedy(const pool::Remedy &remedy, const QString &poolName);

    SidePanel &m_panel;
    QVBoxLayout *m_column;
};

} // namespace pk::gui
