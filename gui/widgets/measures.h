// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFont>
#include <QFontMetrics>

#include <algorithm>

/// Sizes of UI.md 2.2, in logical pixels, and fonts relative to the desktop's general font.
namespace pk::gui::measure {

inline constexpr int pageMargin = 24;
inline constexpr int narrowPageMargin = 16; ///< pages below 1100 wide
inline constexpr int cardGap = 16;
inline constexpr int stackedCardGap = 14; ///< where four or more cards are stacked
inline constexpr int cardPaddingX = 18;
inline constexpr int cardPaddingY = 12;
inline constexpr int labelGap = 12;
inline constexpr int iconGap = 8;

inline constexpr int checkRadius = 4;
inline constexpr int chipRadius = 5;
inline constexpr int buttonRadius = 6;
inline constexpr int cardRadius = 8;
inline constexpr int dialogRadius = 10;

inline constexpr int row = 34;
inline constexpr int denseRow = 30;
inline constexpr int twoLineRow = 50;
inline constexpr int tableHead = 30;
inline constexpr int editor = 32;
inline constexpr int button = 32;
inline constexpr int toolButton = 28;
inline constexpr int tab = 38;
inline constexpr int paneHead = 40;
inline constexpr int groupHead = 32;
inline constexpr int sidePanel = 432;
inline constexpr int sideBar = 248;
inline constexpr int rail = 52;

/// `value`, or more in proportion where the font is larger than the one that the sizes were drawn for (10 pt, lines of
/// 16 px), so that nothing clips.
inline int height(int value, const QFontMetrics &metrics)
{
    return std::max(value, value * metrics.height() / 16);
}

} // namespace pk::gui::measure

/// Fonts are made from QApplication::font(), which is the desktop's general font: with b its point size.
namespace pk::gui::fonts {

QFont title(); ///< b + 5, demibold: page heads
QFont heading(); ///< b + 1, demibold: bands, sections
QFont body(); ///< b
QFont medium(); ///< b, weight 500: buttons, tabs, names in rows
QFont strong(); ///< b, demibold
QFont figure(); ///< b + 5, demibold: the large number of a metric
QFont small(); ///< b - 1: second lines, help, chips
QFont smallStrong(); ///< b - 1, medium: table heads
QFont axis(); ///< b - 1.5
QFont code(); ///< fixed pitch, b - 0.5: editors
QFont denseCode(); ///< fixed pitch, b - 1: in tables and second lines

/// Family for code in place of the desktop's fixed font; empty goes back to it. A setting of the person.
void setCodeFamily(const QString &family);

} // namespace pk::gui::fonts
