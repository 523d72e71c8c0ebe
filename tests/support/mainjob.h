// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/windowdriver.h"

#include <QDir>

#include <functional>

namespace pk::gui {
class MainWindow;
}

namespace pk::test {

/// The main job of Poolkeeper, done in the real window: what the tour shows and the cluster test proves.
struct MainJob
{
    gui::MainWindow &window;
    QDir pictures;
    std::function<void(const QString &)> tell; ///< Each step in a sentence.
    /// Fills or empties the disk of a node of the test cluster; empty: no cluster to play with.
    std::function<bool(const QString &node, bool full)> pressure = {};

    /// Picks the context in the picker and waits for the cluster.
    void connect(const QString &context) const;
    /// New pool, edits in form and text, preview, broken text, save, exports. Leaves the draft `name`.
    void edit(const QString &name) const;
    /// Reviews and installs the draft that is shown; returns when its workers are ready.
    void install(const QString &name, int workers) const;
    void upgrade(const QString &name, int workers) const;
    /// Disk pressure on the node of the first worker until an eviction stands in the list; returns the node.
    QString evict(const QString &name) const;
    void uninstall(const QString &name) const;

private:
    WindowDriver driver() const;
    void waitReady(const QString &name, int workers) const;
};

} // namespace pk::test
