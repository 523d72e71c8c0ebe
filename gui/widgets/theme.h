// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QPalette>

class QApplication;

namespace pk::gui {

/// What a colour says. Text, glyphs, chips and bands take a tone, never a colour.
enum class Tone { Neutral, Muted, Accent, Good, Warning, Bad, Info, Edited };

/// All colours of the window (UI.md 2.1). Nothing else in gui/ holds a colour value; ask theme() while painting, never
/// keep one, since it changes while the program runs. All members are opaque but scrim.
struct Theme
{
    bool dark = false;
    QColor window, surface, raised, sunken, border, control; ///< surfaces and edges, see the table
    QColor text, muted, accent, onAccent;
    QColor good, warning, warningFill, bad, info, edited; ///< warning is for text, warningFill for glyphs and bars
    QColor selection, hover;
    QColor addedLine, removedLine, changedLine; ///< whole lines of a difference
    QColor addedCharacters, removedCharacters, changedCharacters;
    QColor barFill, barTrack;
    QColor yamlKey, yamlNumber, yamlWord;
    QColor onDanger; ///< text on a button filled with `bad`
    QColor chipFill; ///< neutral chips and the track of a segmented switch
    QColor navigation; ///< selected row of the side bar
    QColor scrim; ///< over the window behind a dialog, translucent
    bool outlinedOnly = false; ///< high contrast: tints lose their fill

    /// Colour for text of a tone on surface, window, selection and its own tint (at least 4.5 : 1).
    QColor ink(Tone tone) const;
    /// Colour for glyphs and bars of a tone (at least 3 : 1). Differs from ink() for Warning in the light theme.
    QColor fill(Tone tone) const;
    /// Paper of a chip: the tone mixed into surface, 12 % light, 16 % dark.
    QColor tint(Tone tone) const;
    /// Paper of a band: 7 % and 10 %.
    QColor bandPaper(Tone tone) const;
    /// Edge of a band, 1 px: 40 %.
    QColor bandEdge(Tone tone) const;
    /// Wash behind selected lines and fields: accent, 7 % light, 11 % dark.
    QColor wash() const;
    /// Calm shade of a fill for large areas that say "all is well" (worker map, lanes of the time line): 75 %.
    QColor soft(Tone tone) const;
    /// Paper of the zone behind the eviction threshold in a disk bar.
    QColor zone() const;
    /// Text of disabled controls; keeps 3 : 1.
    QColor disabledText() const { return control; }
};

/// `top` laid over `bottom` with the given share (0 to 1), as one opaque colour.
QColor mix(const QColor &top, const QColor &bottom, double share);

/// WCAG 2 contrast ratio of two opaque colours, 1 to 21.
double contrastRatio(const QColor &first, const QColor &second);

const Theme &lightTheme();
const Theme &darkTheme();

/// The same theme with edges of controls everywhere and no fills of tints, for desktops that ask for high contrast.
Theme highContrast(const Theme &base);

/// The current theme. GUI thread only.
const Theme &theme();

/// The application palette of a theme (UI.md 2.3). A muted label is
/// `label->setForegroundRole(QPalette::PlaceholderText)`.
QPalette paletteOf(const Theme &theme);

/// Makes a theme the current one: sets the application's palette, empties the icon cache. Own widgets repaint on
/// QEvent::PaletteChange, which Qt sends to each of them.
void setTheme(const Theme &theme);

/// Once, after the QApplication was made and before the first widget: PoolStyle, light theme, accessibility of our
/// widgets. DesktopAppearance then follows the desktop.
void setUpLook(QApplication &application);

} // namespace pk::gui
