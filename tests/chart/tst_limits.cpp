// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/render.h"
#include "chart/strvals.h"
#include "support/bigstack.h"

#include <QtTest>

#include <sys/resource.h>

using namespace pk;
using namespace pk::chart;

namespace {

/// The most memory that the program ever had, in MB.
long peakMemory()
{
    rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

std::string many(const std::string &part, int count)
{
    std::string out;
    for (int i = 0; i < count; ++i)
        out += part;
    return out;
}

/// Ten levels of ten aliases each.
std::string laughs()
{
    std::string out = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
    for (int i = 1; i < 10; ++i) {
        const std::string below = "*a" + std::to_string(i - 1);
        out += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + below + many(", " + below, 9) + "]\n";
    }
    return out;
}

/// The manifest, or why there is none.
std::string outcomeOf(const std::string &text, const std::string &values)
{
    const auto user = parseValues(values, levels43());
    if (!user)
        return user.error().message;
    const auto chart = loadFiles(
        {{"Chart.yaml", "apiVersion: v2\nname: t\nversion: 0.1.0\n"}, {"templates/a.yaml", text}}, levels43());
    if (!chart)
        return chart.error().message;
    // An eighth of the usual bytes and a quarter of the steps: where they end is the same, and a build without
    // optimisation on a busy machine comes there.
    const Rendered rendered = Renderer(*chart, levels43())
                                  .render({.values = *user,
                                      .budgetBytes = 32U << 20U,
                                      .budgetSteps = 50'000'000,
                                      .budgetTime = std::chrono::hours(1)});
    return rendered.error ? rendered.error->error.message : rendered.manifest;
}

} // namespace

/// Charts and values that would fill the memory or never end: each ends soon, with the limit in its error.
class TestLimits : public QObject
{
    Q_OBJECT

private slots:
    void endsWithItsLimit_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("values");
        QTest::addColumn<std::string>("error");
        const std::string none;
        QTest::newRow("repeat of a thousand million")
            << std::string("{{ repeat 1e9 \"x\" }}") << none << std::string("too much text");
        QTest::newRow("text that doubles to 2 GB")
            << std::string("{{ $s := \"0123456789abcdef\" }}{{ range until 27 }}{{ $s = print $s $s }}{{ end }}")
            << none << std::string("too much text");
        QTest::newRow("template that calls itself")
            << std::string("{{ define \"t\" }}{{ template \"t\" }}{{ end }}{{ template \"t\" }}") << none
            << std::string("depth");
        QTest::newRow("include that calls itself")
            << std::string("{{ define \"t\" }}{{ include \"t\" . }}{{ end }}{{ include \"t\" . }}") << none
            << std::string("nested "); // Which limit comes first is the width of the frames: tst_budget.cpp.
        QTest::newRow("tpl that calls itself") << std::string("{{ define \"t\" }}{{ tpl (include \"t\" .) . }}{{ end }}"
                                                              "{{ include \"t\" . }}")
                                               << none << std::string("nested ");
        QTest::newRow("aliases of aliases") << std::string("a: 1") << laughs() << std::string("excessive aliasing");
        QTest::newRow("100,000 nested lists of values")
            << std::string("a: 1") << "a: " + many("[", 100000) + many("]", 100000)
            << std::string("max depth of 10000");
        QTest::newRow("100,000 nested lists of JSON") << std::string(
            "{{ fail (fromJson (printf \"{\\\"a\\\":%s%s}\" (repeat 100000 \"[\") (repeat 100000 \"]\"))).Error }}")
                                                      << none << std::string("max depth");
        const std::string nested = "{{ $x := list }}{{ range until 100000 }}{{ $x = list $x }}{{ end }}{{ ";
        const std::string circle = "{{ $x := dict }}{{ $_ := set $x \"x\" $x }}{{ ";
        for (const char *use : {"$x", "print $x", "quote $x", "deepCopy $x", "deepEqual $x (list 1)",
                 "toToml (dict \"a\" $x)", "eq $x 1", "dict $x 1", "has $x (list $x)"}) {
            QTest::addRow("100,000 nested lists of templates: %s", use)
                << nested + use + " }}" << none << std::string("nested too deeply");
            QTest::addRow("map in itself: %s", use) << circle + use + " }}" << none << std::string("or holds itself");
        }
        QTest::newRow("100,000 nested lists as JSON")
            << nested + "toJson $x }}" << none << std::string("nested too deeply");
        QTest::newRow("a million nested lists, only made") << std::string(
            "{{ $x := list }}{{ range until 1000000 }}{{ $x = list $x }}{{ end }}{{ $x = 1 }}{{ fail \"made\" }}")
                                                           << none << std::string("made");
        // Sixty lists, each twice in the next: 2^60 to whom goes through them.
        const std::string doubled = "{{ $x := list 1 }}{{ range until 60 }}{{ $x = list $x $x }}{{ end }}{{ ";
        for (const char *use : {"$x", "toJson $x", "toYaml $x", "deepCopy $x", "toToml (dict \"a\" $x)", "html $x"})
            QTest::addRow("lists in lists: %s", use) << doubled + use + " }}" << none << std::string("too much text");
        QTest::newRow("maps in maps, merged") << std::string(
            "{{ $x := dict \"a\" 1 }}{{ $y := dict \"b\" 1 }}{{ range until 60 }}"
            "{{ $x = dict \"l\" $x \"r\" $x }}{{ $y = dict \"l\" $y \"r\" $y }}{{ end }}{{ merge $x $y }}")
                                              << none << std::string("too many steps");
        const std::string large = "{{ $s := repeat 100000 \"x\" }}{{ ";
        for (const char *use : {"join $s (until 100000)", "replace \"x\" $s $s", "regexReplaceAll \"x\" $s $s",
                 "regexReplaceAllLiteral \"x\" $s $s", "wrapWith 1 $s $s", "printf (repeat 10000 \"%[1]s\") $s",
                 "$t := \"\" }}{{ range 60 }}{{ $s = b64enc $s }}{{ end }}{{ $t"})
            QTest::addRow("long text: %s", use) << large + use + " }}" << none << std::string("too much text");
        QTest::newRow("ten million chunks")
            << std::string("{{ chunk 1 (until 10000000) }}") << none << std::string("too much text");
        QTest::newRow("characters of a long text")
            << std::string("{{ repeat 100000000 \"x\" | splitList \"\" }}") << none << std::string("too much text");
        QTest::newRow("each with each") << std::string("{{ uniq (until 200000) }}") << none
                                        << std::string("too many steps");
        QTest::newRow("100,000 parentheses")
            << "{{ " + many("(", 100000) + "1" + many(")", 100000) + " }}" << none << std::string("depth");
        QTest::newRow("100,000 nested conditions")
            << many("{{ if 1 }}", 100000) + many("{{ end }}", 100000) << none << std::string("depth");
    }

    void schemas_data()
    {
        QTest::addColumn<std::string>("schema");
        QTest::addColumn<std::string>("error");
        QTest::newRow("is itself") << std::string("{\"$ref\":\"#\"}") << std::string("causing reference cycle");
        QTest::newRow("is in each of its parts")
            << std::string("{\"properties\":{\"a\":{\"$ref\":\"#\"},\"b\":{\"$ref\":\"#\"},\"c\":{\"$ref\":\"#\"}}}")
            << std::string();
        std::string tree = "{\"$ref\":\"#/$defs/d0\",\"$defs\":{\"d60\":{}";
        for (int i = 0; i < 60; ++i) {
            const std::string next = "{\"$ref\":\"#/$defs/d" + std::to_string(i + 1) + "\"}";
            tree += ",\"d" + std::to_string(i) + "\":{\"allOf\":[" + next + "," + next + "]}";
        }
        QTest::newRow("twice in each other") << tree + "}}" << std::string("too many steps");
    }

    void schemas()
    {
        QFETCH(std::string, schema);
        QFETCH(std::string, error);
        const auto chart =
            loadFiles({{"Chart.yaml", "apiVersion: v2\nname: t\nversion: 0.1.0\n"}, {"templates/a.yaml", "a: 1"},
                          {"values.yaml", "a: {b: {c: {}}}"}, {"values.schema.json", schema}},
                levels43());
        QVERIFY(chart.ok());
        const Rendered rendered = Renderer(*chart, levels43()).render({});
        const std::string told = rendered.error ? rendered.error->error.message : std::string();
        QVERIFY2(error.empty() ? !rendered.error : told.find(error) != std::string::npos, told.substr(0, 300).c_str());
    }

    void starsOfGlob()
    {
        const auto chart =
            loadFiles({{"Chart.yaml", "apiVersion: v2\nname: t\nversion: 0.1.0\n"},
                          {"templates/a.yaml", "# {{ .Files.Glob \"" + many("*a", 30) + "b\" | len }}\nk: v\n"},
                          {many("a", 200), "x"}, {many("a", 100) + "b", "x"}},
                levels43());
        QVERIFY(chart.ok());
        QElapsedTimer timer;
        timer.start();
        const Rendered rendered = Renderer(*chart, levels43()).render({});
        QVERIFY(rendered.manifest.find("# 1\n") != std::string::npos);
        QVERIFY2(timer.elapsed() < 10000, qPrintable(QString::number(timer.elapsed())));
    }

    void listsInListsOfSet()
    {
        const auto done = setValues("a" + many("[0]", 100000) + "=1", Value::map(), levels43());
        QVERIFY(!done);
        QCOMPARE(done.error().message, std::string("more than 1000 lists in lists"));
    }

    void costsSteps_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::uint64_t>("steps");
        QTest::addColumn<bool>("fits");
        const auto row = [](const char *name, const std::string &text, std::uint64_t steps, bool fits = false) {
            QTest::newRow(name) << text << steps << fits;
        };
        // A hundredth of the usual steps holds no key, and a tenth two certificates, as the whole of them twenty.
        constexpr std::uint64_t hundredth = 2'000'000;
        row("a certificate", "{{ $c := genCA \"a\" 1 }}", hundredth);
        row("a signed certificate", "{{ $c := genSelfSignedCert \"a\" nil nil 1 }}", hundredth);
        row("a long key", "{{ $k := genPrivateKey \"rsa\" }}", 5 * hundredth);
        row("a DSA key", "{{ $k := genPrivateKey \"dsa\" }}", hundredth);
        row("keys on curves", "{{ range until 300 }}{{ $k := genPrivateKey \"ecdsa\" }}{{ end }}", hundredth);
        row("a derived password", "{{ $p := derivePassword 1 \"long\" \"a\" \"b\" \"c\" }}", hundredth);
        row("three hashed passwords", "{{ range until 3 }}{{ $p := bcrypt \"a\" }}{{ end }}", hundredth);
        row("three lines of htpasswd", "{{ range until 3 }}{{ $p := htpasswd \"a\" \"b\" }}{{ end }}", hundredth);
        row("signatures with a given key",
            "{{ $k := genPrivateKey \"ecdsa\" }}{{ range until 100 }}{{ $c := genCAWithKey \"a\" 1 $k }}{{ end }}",
            hundredth);
        row("two certificates", "{{ $c := genCA \"a\" 1 }}{{ $d := genCA \"b\" 1 }}", 10 * hundredth, true);
        row("fourteen keys on curves", "{{ range until 14 }}{{ $k := genPrivateKey \"ed25519\" }}{{ end }}", hundredth,
            true);

        const auto loop = [&row](const char *name, const std::string &before, const std::string &call) {
            row(name, before + "{{ range until 1000 }}{{ $y := " + call + " }}{{ end }}", hundredth);
        };
        const std::string text = "{{ $x := repeat 100000 \"x\" }}";
        for (const char *call :
            {"sha512sum $x", "adler32sum $x", "upper $x", "contains \"xy\" $x", "trim $x", "eq $x \"\"", "snakecase $x",
                "urlParse $x", "atoi $x", "regexMatch \"(x+x+)+y\" $x", "shuffle $x", "randAlphaNum 100000"})
            loop(call, text, call);
        const std::string list = "{{ $x := until 10000 }}";
        for (const char *call : {"sortAlpha $x", "has \"a\" $x", "reverse $x", "rest $x", "deepCopy $x",
                 "deepEqual $x nil", "without $x 1", "compact $x", "print $x", "toJson $x", "toYaml $x", "quote $x"})
            loop(call, list, call);
        const std::string map =
            "{{ $x := dict }}{{ range $i := until 1000 }}{{ $_ := set $x (printf \"%d\" $i) 1 }}{{ end }}";
        for (const char *call : {"keys $x", "values $x", "omit $x \"a\"", "merge (dict) $x", "toToml $x"})
            loop(call, map, call);
        loop("fromYaml", "{{ $x := repeat 5000 \"- a\\n\" }}", "fromYamlArray $x");
        loop("fromJson", "{{ $x := printf \"[1%s]\" (repeat 5000 \",1\") }}", "fromJsonArray $x");
        loop("fromToml", "{{ $x := printf \"a=[1%s]\" (repeat 5000 \",1\") }}", "fromToml $x");
        loop("a text that is executed", "", "tpl (printf \"%s%d{{ 1 }}\" (repeat 1000 \"x\") .) .");
        loop("large expressions", "", "regexMatch (printf \"(a{1,100}){1,9}%d\" .) \"a\"");
        row("a map that grows",
            "{{ $x := dict }}{{ range $i := until 100000 }}"
            "{{ $_ := set $x (printf \"%x\" $i) $i }}{{ end }}",
            hundredth);
        row("maps that are kept", "{{ $x := dict }}{{ range until 100000 }}{{ $x = dict \"a\" $x }}{{ end }}",
            hundredth);
    }

    /// What is slow, large or kept takes its part of the steps, so that no template runs for minutes.
    void costsSteps()
    {
        QFETCH(std::string, text);
        QFETCH(std::uint64_t, steps);
        QFETCH(bool, fits);
        const auto chart = loadFiles(
            {{"Chart.yaml", "apiVersion: v2\nname: t\nversion: 0.1.0\n"}, {"templates/a.yaml", text}}, levels43());
        QVERIFY(chart.ok());
        const Rendered rendered =
            Renderer(*chart, levels43()).render({.budgetSteps = steps, .budgetTime = std::chrono::hours(1)});
        const std::string told = rendered.error ? rendered.error->error.message : "rendered";
        QVERIFY2(told.find(fits ? "rendered" : "execution needs too many steps") != std::string::npos,
            told.substr(0, 500).c_str());
    }

    void endsWithItsLimit()
    {
        QFETCH(std::string, text);
        QFETCH(std::string, values);
        QFETCH(std::string, error);
        QElapsedTimer timer;
        timer.start();
        std::string told;
        // As deep as values may be even where a sanitizer widens the frames.
        test::onBigStack([&](std::size_t) { told = outcomeOf(text, values); });
        QVERIFY2(told.find(error) != std::string::npos,
            told.substr(told.size() - std::min<std::size_t>(told.size(), 300)).c_str());
        // Far above what it takes; without a limit it would not end, or take gigabytes.
        QVERIFY2(timer.elapsed() < 60000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY2(peakMemory() < 1500, qPrintable(QString::number(peakMemory())));
    }
};

QTEST_APPLESS_MAIN(TestLimits)
#include "tst_limits.moc"
