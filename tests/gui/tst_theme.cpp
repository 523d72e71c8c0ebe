// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/appearance.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace pk::gui;

using Token = QColor Theme::*;

class TestTheme : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void contrast_data();
    void contrast();
    void tintKeepsTextReadable_data();
    void tintKeepsTextReadable();
    void differencesKeepTextReadable_data();
    void differencesKeepTextReadable();
    void allColoursAreOpaque();
    void paletteSaysTheTokens();
    void highContrastDrawsEdges();
    void appearanceFollowsPortal();
    void appearanceChoiceWins();
};

namespace {

const Theme &named(bool dark)
{
    return dark ? darkTheme() : lightTheme();
}

} // namespace

void TestTheme::contrast_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QColor>("ink");
    QTest::addColumn<QColor>("paper");
    QTest::addColumn<double>("expected");

    // The ratios of the table of UI.md 2.1: surface, window, selection; 0: not stated there.
    struct Row
    {
        const char *name;
        Token token;
        double light[3];
        double dark[3];
    };
    const Row rows[] = {
        {"text", &Theme::text, {16.7, 15.0, 13.6}, {13.6, 14.7, 9.6}},
        {"muted", &Theme::muted, {6.1, 5.5, 5.0}, {6.6, 7.2, 4.7}},
        {"accent", &Theme::accent, {5.8, 5.3, 4.8}, {7.0, 7.6, 4.9}},
        {"good", &Theme::good, {6.1, 5.5, 5.0}, {7.7, 8.4, 5.4}},
        {"warning", &Theme::warning, {6.2, 5.5, 5.0}, {8.9, 9.7, 6.3}},
        {"warning fill", &Theme::warningFill, {4.2, 3.8, 0}, {8.9, 9.7, 0}},
        {"bad", &Theme::bad, {5.8, 5.2, 4.7}, {6.8, 7.4, 4.8}},
        {"info", &Theme::info, {5.9, 5.3, 4.8}, {7.8, 8.4, 5.5}},
        {"edited", &Theme::edited, {6.4, 5.7, 5.2}, {7.6, 8.2, 5.3}},
        {"control", &Theme::control, {3.6, 3.2, 0}, {3.7, 4.0, 0}},
        {"border", &Theme::border, {1.3, 0, 0}, {1.4, 0, 0}},
        {"yaml key", &Theme::yamlKey, {7.3, 0, 0}, {8.0, 0, 0}},
        {"yaml number", &Theme::yamlNumber, {6.2, 0, 0}, {8.7, 0, 0}},
        {"yaml word", &Theme::yamlWord, {6.4, 0, 0}, {8.3, 0, 0}},
    };
    const std::pair<const char *, Token> papers[] = {
        {"surface", &Theme::surface}, {"window", &Theme::window}, {"selection", &Theme::selection}};
    for (const bool dark : {false, true}) {
        const char *side = dark ? "dark" : "light";
        const Theme &t = named(dark);
        for (const Row &row : rows) {
            for (int i = 0; i < 3; ++i) {
                const double expected = dark ? row.dark[i] : row.light[i];
                if (expected > 0)
                    QTest::addRow("%s: %s on %s", side, row.name, papers[i].first)
                        << dark << t.*row.token << t.*papers[i].second << expected;
            }
        }
        const auto add = [&](const char *name, const QColor &ink, const QColor &paper, double expected) {
            QTest::addRow("%s: %s", side, name) << dark << ink << paper << expected;
        };
        add("text on the primary button", t.onAccent, t.accent, dark ? 7.6 : 5.8);
        add("text on the danger button", t.onDanger, t.bad, dark ? 7.5 : 5.8);
        add("text on hover", t.text, t.hover, dark ? 11.6 : 14.4);
        add("muted on hover", t.muted, t.hover, dark ? 5.7 : 5.3);
        add("bar fill on track", t.barFill, t.barTrack, dark ? 3.2 : 3.9);
        add("text on added line", t.text, t.addedLine, dark ? 11.5 : 14.6);
        add("text on removed line", t.text, t.removedLine, dark ? 11.9 : 14.2);
        add("text on changed line", t.text, t.changedLine, dark ? 10.4 : 14.9);
        add("text on added characters", t.text, t.addedCharacters, dark ? 6.6 : 11.0);
        add("text on removed characters", t.text, t.removedCharacters, dark ? 7.4 : 9.9);
        add("text on changed characters", t.text, t.changedCharacters, dark ? 5.8 : 11.6);
        add("good on its tint", t.good, t.tint(Tone::Good), dark ? 5.7 : 5.2);
        add("bad on its tint", t.bad, t.tint(Tone::Bad), dark ? 5.2 : 4.8);
        add("info on its tint", t.info, t.tint(Tone::Info), dark ? 5.7 : 5.0);
        add("edited on its tint", t.edited, t.tint(Tone::Edited), dark ? 5.6 : 5.3);
        add("warning on its tint", t.warning, t.tint(Tone::Warning), dark ? 6.4 : 5.2);
    }
    QTest::addRow("light: surface on warning fill") << false << lightTheme().surface << lightTheme().warningFill << 4.2;
}

void TestTheme::contrast()
{
    QFETCH(QColor, ink);
    QFETCH(QColor, paper);
    QFETCH(double, expected);
    const double ratio = contrastRatio(ink, paper);
    QVERIFY2(std::abs(ratio - expected) < 0.1,
        qPrintable(QStringLiteral("%1, the table says %2").arg(ratio, 0, 'f', 2).arg(expected)));
}

void TestTheme::tintKeepsTextReadable_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("tone");
    for (const bool dark : {false, true}) {
        for (int tone = int(Tone::Neutral); tone <= int(Tone::Edited); ++tone)
            QTest::addRow("%s, tone %d", dark ? "dark" : "light", tone) << dark << tone;
    }
}

void TestTheme::tintKeepsTextReadable()
{
    QFETCH(bool, dark);
    QFETCH(int, tone);
    const Theme &t = named(dark);
    const auto what = Tone(tone);
    for (const QColor &paper :
        {t.surface, t.window, t.sunken, t.raised, t.selection, t.tint(what), t.bandPaper(what), t.navigation, t.wash()})
        QVERIFY2(contrastRatio(t.ink(what), paper) >= 4.5, qPrintable(paper.name()));
    QVERIFY(contrastRatio(t.fill(what), t.surface) >= 3);
    QVERIFY(contrastRatio(t.text, t.bandPaper(what)) >= 4.5);
    QVERIFY(contrastRatio(t.disabledText(), t.surface) >= 3);
}

void TestTheme::differencesKeepTextReadable_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QColor>("paper");
    for (const bool dark : {false, true}) {
        const Theme &t = named(dark);
        QTest::addRow("%s added", dark ? "dark" : "light") << dark << t.addedLine;
        QTest::addRow("%s removed", dark ? "dark" : "light") << dark << t.removedLine;
    }
}

void TestTheme::differencesKeepTextReadable()
{
    QFETCH(bool, dark);
    QFETCH(QColor, paper);
    const Theme &t = named(dark);
    const double least = dark ? 6.7 : 5.1; // "at least 5.2", "at least 6.8", rounded to a tenth
    for (const QColor &ink : {t.yamlKey, t.yamlNumber, t.yamlWord})
        QVERIFY2(contrastRatio(ink, paper) >= least, qPrintable(QString::number(contrastRatio(ink, paper))));
    QVERIFY(contrastRatio(t.muted, paper) >= 5.1);
}

void TestTheme::allColoursAreOpaque()
{
    for (const Theme *t : {&lightTheme(), &darkTheme()}) {
        for (int tone = int(Tone::Neutral); tone <= int(Tone::Edited); ++tone) {
            const auto what = Tone(tone);
            for (const QColor &color :
                {t->ink(what), t->fill(what), t->tint(what), t->bandPaper(what), t->bandEdge(what), t->soft(what)})
                QCOMPARE(color.alpha(), 255);
        }
        QCOMPARE(t->zone().alpha(), 255);
        QCOMPARE(t->wash().alpha(), 255);
        QVERIFY(t->scrim.alpha() < 255);
    }
}

void TestTheme::paletteSaysTheTokens()
{
    const Theme &t = darkTheme();
    const QPalette palette = paletteOf(t);
    QCOMPARE(palette.color(QPalette::Window), t.window);
    QCOMPARE(palette.color(QPalette::Base), t.surface);
    QCOMPARE(palette.color(QPalette::PlaceholderText), t.muted);
    QCOMPARE(palette.color(QPalette::Highlight), t.accent);
    QCOMPARE(palette.color(QPalette::Disabled, QPalette::Text), t.disabledText());
    QCOMPARE(palette.color(QPalette::Inactive, QPalette::Highlight), t.accent);
}

void TestTheme::highContrastDrawsEdges()
{
    const Theme t = highContrast(lightTheme());
    QVERIFY(contrastRatio(t.border, t.surface) >= 3);
    QCOMPARE(t.tint(Tone::Bad), t.surface);
    QVERIFY(contrastRatio(t.bandEdge(Tone::Bad), t.surface) >= 3);
}

void TestTheme::appearanceFollowsPortal()
{
    DesktopAppearance appearance(paletteOf(lightTheme()), false);
    QSignalSpy stored(&appearance, &DesktopAppearance::lastKnownChanged);
    appearance.setPortalValue(QStringLiteral("color-scheme"), 1u);
    QVERIFY(theme().dark);
    QCOMPARE(QApplication::palette().color(QPalette::Window), darkTheme().window);
    QCOMPARE(stored.size(), 1);
    appearance.setPortalValue(QStringLiteral("color-scheme"), 0u); // no wish: the platform's palette, which is light
    QVERIFY(!theme().dark);
    appearance.setPortalValue(QStringLiteral("contrast"), 1u);
    QVERIFY(theme().outlinedOnly);
    appearance.setPortalValue(QStringLiteral("contrast"), 0u);
    QVERIFY(!theme().outlinedOnly);
}

void TestTheme::appearanceChoiceWins()
{
    DesktopAppearance appearance(paletteOf(darkTheme()), true);
    appearance.setPortalValue(QStringLiteral("color-scheme"), 1u);
    appearance.setChoice(Appearance::Light);
    QVERIFY(!theme().dark);
    appearance.setChoice(Appearance::FollowDesktop);
    QVERIFY(theme().dark);
    appearance.setPortalValue(QStringLiteral("color-scheme"), 0u); // a dark platform without a wish of the portal
    QVERIFY(theme().dark);
    appearance.setChoice(Appearance::Light);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
