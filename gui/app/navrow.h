// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/glyphs.h"

#include <QAbstractButton>

namespace pk::gui {

/// What one row of the side bar says.
struct NavRowState
{
    Glyph glyph = {}; ///< state of the thing; null: `icon` is shown
    QString icon = {}; ///< name of an icon
    QString text = {};
    QString right = {}; ///< count, or a shortcut
    Tone rightTone = Tone::Muted;
    QString second = {}; ///< worst news, one line; empty: a row of one line
    Tone secondTone = Tone::Muted;
    bool strong = true; ///< names of pools; false: hints such as "None yet"
    QString accessible = {}; ///< whole sentence; empty: made from the parts
    QString toolTip = {}; ///< what the row has no room for; the rail shows the accessible sentence

    bool operator==(const NavRowState &) const = default;
};

/// A row of the side bar: a checkable button that paints its state and becomes a square of 36 in the rail.
class NavRow : public QAbstractButton
{
    Q_OBJECT
public:
    explicit NavRow(QWidget *parent = nullptr);

    void setState(const NavRowState &state);
    const NavRowState &state() const { return m_state; }
    /// Only the glyph or icon; the words move into the tooltip.
    void setRail(bool rail);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;

private:
    QString toolTipNow() const;

    NavRowState m_state;
    bool m_rail = false;
    bool m_ring = false; ///< Focus came by a key: a click needs no ring to be seen.
};

} // namespace pk::gui
