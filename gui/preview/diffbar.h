// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QActionGroup;
class QLabel;
class QMenu;
class QToolButton;

namespace pk::gui {

/// How a difference is shown.
struct DiffOptions
{
    int context = 3; ///< Unchanged lines around a change; -1: all.
    bool sideBySide = false;
    bool wrap = false;
    bool ignoreLabels = false;
    bool operator==(const DiffOptions &) const = default;
};

/// The controls of a difference: previous and next change with "Change 1 of 4", unified or side by side, and a menu
/// with context lines, wrapping, labels, Copy and Save (UI.md 6.4).
class DiffBar : public QWidget
{
    Q_OBJECT
public:
    explicit DiffBar(QWidget *parent = nullptr);

    const DiffOptions &options() const { return m_options; }
    /// `compared`: there are two texts, else the bar has only what one text needs. `current` counts from 0.
    void setChanges(bool compared, int current, int count);
    /// Whether there is room for two texts beside each other; without it the choice waits.
    void setRoomForSides(bool room);
    /// Where the bar has little room: no words, and layouts in the menu only.
    void setCompact(bool compact);
    /// Another action of the owner in the menu.
    void addToMenu(QAction *action);

Q_SIGNALS:
    void stepRequested(int direction);
    void optionsChanged();
    void copyRequested();
    void saveRequested();

private:
    void fillMenu();
    void updateParts();
    void set(const DiffOptions &options);

    DiffOptions m_options;
    bool m_compared = false;
    bool m_room = true;
    bool m_compact = false;
    QToolButton *m_previous;
    QToolButton *m_next;
    QLabel *m_change;
    QWidget *m_layouts;
    QAction *m_unified;
    QAction *m_sides;
    QActionGroup *m_context;
    QAction *m_wrap;
    QAction *m_labels;
    QMenu *m_menu;
};

} // namespace pk::gui
