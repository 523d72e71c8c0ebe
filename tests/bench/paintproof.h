// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QImage>

#include <array>
#include <ctime>

namespace pk::bench {

/// The panes that a keystroke has to reach.
enum Pane { Preview, Problems, Consequences, PaneCount };

/// What the window really shows of the preview, the problems and the consequences: the pixels of its backing store, not
/// what the widgets would paint if they were asked.
class PaintProof
{
public:
    /// `tab` holds the three panes by their object names, `window` is the tab's and on the screen; else isComplete() is
    /// false.
    PaintProof(QWidget &window, QWidget &tab);
    bool isComplete() const;

    /// Scrolls the preview to the line that holds `text`.
    void reveal(const QString &text);
    /// Remembers what is on the screen.
    void remember();
    /// The pixels of the pane are others than they were at remember().
    bool hasChanged(Pane pane) const { return shown(pane) != m_before[pane]; }
    /// The pixels of all panes are those that they would paint now: nothing that they know is still to be painted.
    bool isCurrent() const;
    /// The texts that the pane holds.
    QString text(Pane pane) const;

private:
    QImage shown(Pane pane) const;

    QWidget &m_window;
    std::array<QAbstractScrollArea *, PaneCount> m_panes;
    std::array<QImage, PaneCount> m_before;
};

/// Seconds of CPU time of this process, all threads: what a busy machine does not make longer.
inline double cpuSeconds()
{
    timespec used = {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return double(used.tv_sec) + double(used.tv_nsec) / 1e9;
}

} // namespace pk::bench
