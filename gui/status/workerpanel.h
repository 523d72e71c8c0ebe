// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/pool.h"

#include <QObject>

class QVBoxLayout;

namespace pk::gui {

class SidePanel;

/// Fills the panel at the right with one worker: containers with reason, message, exit code and image; where its data
/// lies.
class WorkerPanel : public QObject
{
    Q_OBJECT
public:
    WorkerPanel(SidePanel &panel, QObject *parent);

    void setWorker(const pool::Worker &worker, const pool::Claim *claim, WallTime now);

private:
    void addContainer(const QString &name, const pool::ContainerReading &container);
    void addFacts(const QString &heading, const QVector<std::pair<QString, QString>> &facts);

    SidePanel &m_panel;
    QVBoxLayout *m_column;
    std::optional<pool::Worker> m_shown;
    std::optional<pool::Claim> m_claim;
    QString m_age; ///< As the panel says it.
};

} // namespace pk::gui
