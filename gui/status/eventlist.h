// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/facts.h"

#include <QWidget>

class QGridLayout;

namespace pk::gui {

/// The latest events of a pool as lines: time, glyph, reason, message. Text of the cluster, so always plain.
class EventList : public QWidget
{
    Q_OBJECT
public:
    explicit EventList(QWidget *parent = nullptr);

    /// Newest first; the first `most` are shown.
    void setEvents(const std::vector<const pool::EventFacts *> &events, int most);

    /// The newest event in a line, for a folded card: "14:30:44, FailedScheduling".
    QString newest() const { return m_newest; }

private:
    QGridLayout *m_grid;
    QString m_newest;
    QStringList m_shown; ///< What the rows say, to leave them alone when nothing changed.
};

} // namespace pk::gui
