// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/theme.h"

#include "widgets/accessibility.h"
#include "widgets/glyphs.h"
#include "widgets/icons.h"
#include "widgets/poolstyle.h"

#include <QApplication>

#include <cmath>

namespace pk::gui {
namespace {

Theme makeLight()
{
    Theme t;
    t.window = QColor(0xF1F3F6);
    t.surface = QColor(0xFFFFFF);
    t.raised = QColor(0xFFFFFF);
    t.sunken = QColor(0xF6F7F9);
    t.border = QColor(0xDDE1E8);
    t.control = QColor(0x7F889A);
    t.text = QColor(0x1A1E26);
    t.muted = QColor(0x596273);
    t.accent = QColor(0x2F5BD7);
    t.onAccent = QColor(0xFFFFFF);
    t.good = QColor(0x13703F);
    t.warning = QColor(0x8A5600);
    t.warningFill = QColor(0xB06C00);
    t.bad = QColor(0xC02B37);
    t.info = QColor(0x0A67AD);
    t.edited = QColor(0x6A45C8);
    t.selection = QColor(0xDFE8FC);
    t.hover = QColor(0xEBEEF3);
    t.addedLine = QColor(0xE2F4E9);
    t.removedLine = QColor(0xFCE8E8);
    t.changedLine = QColor(0xFBF1DA);
    t.addedCharacters = QColor(0xA9DDBE);
    t.removedCharacters = QColor(0xF3B9BB);
    t.changedCharacters = QColor(0xF1D48E);
    t.barFill = QColor(0x64748F);
    t.barTrack = QColor(0xE6E9EF);
    t.yamlKey = QColor(0x1F4FB8);
    t.yamlNumber = QColor(0x8A5600);
    t.yamlWord = QColor(0x6A45C8);
    t.onDanger = QColor(0xFFFFFF);
    t.chipFill = QColor(0xE9ECF1);
    t.navigation = QColor(0xE0E6F2);
    t.scrim = QColor(0, 0, 0, 89);
    return t;
}

Theme makeDark()
{
    Theme t;
    t.dark = true;
    t.window = QColor(0x14161B);
    t.surface = QColor(0x1B1E25);
    t.raised = QColor(0x242832);
    t.sunken = QColor(0x171A20);
    t.border = QColor(0x323846);
    t.control = QColor(0x6E778A);
    t.text = QColor(0xE4E8EF);
    t.muted = QColor(0x9AA4B6);
    t.accent = QColor(0x7EA6FF);
    t.onAccent = QColor(0x0D1526);
    t.good = QColor(0x4FC58C);
    t.warning = QColor(0xEDB44E);
    t.warningFill = QColor(0xEDB44E);
    t.bad = QColor(0xFF8078);
    t.info = QColor(0x63B9F5);
    t.edited = QColor(0xB9A0FF);
    t.selection = QColor(0x28375A);
    t.hover = QColor(0x262B35);
    t.addedLine = QColor(0x173026);
    t.removedLine = QColor(0x3A2226);
    t.changedLine = QColor(0x3A311D);
    t.addedCharacters = QColor(0x23593F);
    t.removedCharacters = QColor(0x76343A);
    t.changedCharacters = QColor(0x6A5523);
    t.barFill = QColor(0x7C8AA6);
    t.barTrack = QColor(0x343B49);
    t.yamlKey = QColor(0x8DB4FF);
    t.yamlNumber = QColor(0xE2B36B);
    t.yamlWord = QColor(0xC9A6FF);
    t.onDanger = QColor(0x2A0B0B);
    t.chipFill = QColor(0x242832);
    t.navigation = QColor(0x2A3140);
    t.scrim = QColor(0, 0, 0, 140);
    return t;
}

double luminance(const QColor &color)
{
    const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

Theme &current()
{
    static Theme instance = lightTheme();
    return instance;
}

} // namespace

QColor mix(const QColor &top, const QColor &bottom, double share)
{
    const auto channel = [share](int a, int b) { return int(std::lround(a * share + b * (1 - share))); };
    return QColor(
        channel(top.red(), bottom.red()), channel(top.green(), bottom.green()), channel(top.blue(), bottom.blue()));
}

double contrastRatio(const QColor &first, const QColor &second)
{
    const double a = luminance(first);
    const double b = luminance(second);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QColor Theme::ink(Tone tone) const
{
    switch (tone) {
    case Tone::Neutral:
        return text;
    case Tone::Muted:
        return muted;
    case Tone::Accent:
        return accent;
    case Tone::Good:
        return good;
    case Tone::Warning:
        return warning;
    case Tone::Bad:
        return bad;
    case Tone::Info:
        return info;
    case Tone::Edited:
        return edited;
    }
    return text;
}

QColor Theme::fill(Tone tone) const
{
    return tone == Tone::Warning ? warningFill : ink(tone);
}

QColor Theme::tint(Tone tone) const
{
    if (outlinedOnly)
        return surface;
    if (tone == Tone::Neutral || tone == Tone::Muted)
        return chipFill;
    return mix(ink(tone), surface, dark ? 0.16 : 0.12);
}

QColor Theme::bandPaper(Tone tone) const
{
    if (outlinedOnly || tone == Tone::Neutral || tone == Tone::Muted)
        return surface;
    return mix(fill(tone), surface, dark ? 0.10 : 0.07);
}

QColor Theme::bandEdge(Tone tone) const
{
    if (tone == Tone::Neutral || tone == Tone::Muted)
        return border;
    return outlinedOnly ? fill(tone) : mix(fill(tone), surface, 0.40);
}

QColor Theme::wash() const
{
    return mix(accent, surface, dark ? 0.11 : 0.07);
}

QColor Theme::soft(Tone tone) const
{
    return mix(fill(tone), surface, 0.75);
}

QColor Theme::zone() const
{
    return mix(bad, surface, dark ? 0.28 : 0.22);
}

const Theme &lightTheme()
{
    static const Theme instance = makeLight();
    return instance;
}

const Theme &darkTheme()
{
    static const Theme instance = makeDark();
    return instance;
}

Theme highContrast(const Theme &base)
{
    Theme t = base;
    t.border = base.control;
    t.outlinedOnly = true;
    return t;
}

const Theme &theme()
{
    return current();
}

QPalette paletteOf(const Theme &t)
{
    QPalette p;
    const auto set = [&p](QPalette::ColorRole role, const QColor &color) { p.setColor(QPalette::All, role, color); };
    set(QPalette::Window, t.window);
    set(QPalette::Base, t.surface);
    set(QPalette::AlternateBase, t.sunken);
    set(QPalette::Button, t.raised);
    set(QPalette::Text, t.text);
    set(QPalette::WindowText, t.text);
    set(QPalette::ButtonText, t.text);
    set(QPalette::BrightText, t.bad);
    set(QPalette::PlaceholderText, t.muted);
    set(QPalette::Highlight, t.accent);
    set(QPalette::HighlightedText, t.onAccent);
    set(QPalette::Link, t.accent);
    set(QPalette::LinkVisited, t.accent);
    set(QPalette::Mid, t.border);
    set(QPalette::Dark, t.control);
    set(QPalette::Midlight, t.hover);
    set(QPalette::Light, t.raised);
    set(QPalette::Shadow, t.dark ? t.window : t.control);
    set(QPalette::ToolTipBase, t.raised);
    set(QPalette::ToolTipText, t.text);
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText, QPalette::HighlightedText})
        p.setColor(QPalette::Disabled, role, t.disabledText());
    p.setColor(QPalette::Disabled, QPalette::Highlight, t.barTrack);
    return p;
}

void setTheme(const Theme &next)
{
    current() = next;
    // Icons first: widgets take them again while they handle the palette change.
    icons::themeChanged();
    QApplication::setPalette(paletteOf(next));
}

void setUpLook(QApplication &application)
{
    application.setStyle(new PoolStyle);
    installAccessibility();
    setTheme(lightTheme());
}

} // namespace pk::gui
