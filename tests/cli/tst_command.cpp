// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/templatecommand.h"

#include <QtTest>

#include <zlib.h>

using namespace pk;

namespace {

struct TarEntry
{
    std::string name;
    std::string data = {};
    char type = '0';
};

/// A ustar archive, written by hand so that names may be what no tool would write.
std::string tarOf(const std::vector<TarEntry> &entries)
{
    std::string tar;
    for (const TarEntry &entry : entries) {
        std::string header(512, '\0');
        header.replace(0, std::min<std::size_t>(entry.name.size(), 100), entry.name.substr(0, 100));
        const auto octal = [&header](std::size_t at, std::size_t width, std::size_t number) {
            std::string text(width - 1, '0');
            for (std::size_t i = width - 1; number > 0; number /= 8)
                text[--i] = static_cast<char>('0' + number % 8);
            header.replace(at, width - 1, text);
        };
        octal(100, 8, 0644);
        octal(124, 12, entry.data.size());
        header.replace(148, 8, "        ");
        header[156] = entry.type;
        if (entry.type == '2')
            header.replace(157, 11, "/etc/passwd");
        header.replace(257, 8,
            std::string("ustar\0"
                        "00",
                8));
        std::size_t sum = 0;
        for (const char c : header)
            sum += static_cast<unsigned char>(c);
        octal(148, 7, sum);
        header[154] = '\0';
        tar += header + entry.data + std::string((512 - entry.data.size() % 512) % 512, '\0');
    }
    return tar + std::string(1024, '\0');
}

std::string gzipOf(const std::string &bytes)
{
    z_stream stream = {};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

const TarEntry chartYaml{"t/Chart.yaml", "apiVersion: v2\nname: t\nversion: 0.1.0\n"};
const TarEntry oneTemplate{"t/templates/a.yaml", "name: {{ .Release.Name }}\n"};

struct Outcome
{
    int code = -1;
    QString out;
    QString err;
};

Outcome run(const std::vector<std::string> &arguments)
{
    cli::Streams streams;
    Outcome outcome;
    outcome.code = cli::runTemplate(arguments, streams);
    outcome.out = QString::fromStdString(streams.out);
    outcome.err = QString::fromStdString(streams.err);
    return outcome;
}

} // namespace

/// `poolkeeper template` as a shell sees it, where nothing of the network or of helm is needed.
class TestCommand : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void refusals_data();
    void refusals();
    void handedOver_data();
    void handedOver();
    void names_data();
    void names();
    void archives_data();
    void archives();
    void largeFileIsRefusedByHelm3Only();
    void bombIsRefusedAtItsLimit();
    void noValuesFile();
    void placesInErrors();
    void outputFolder();
    void takenFlags();
    void localChartBesideRepo();
    void levelsOfCompat();

private:
    std::string write(const QString &name, const std::string &bytes)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(bytes)) < 0)
            qFatal("cannot write");
        return file.fileName().toStdString();
    }

    QTemporaryDir m_folder;
    std::string m_chart;
};

void TestCommand::initTestCase()
{
    qunsetenv("KUBECONFIG");
    qunsetenv("HELM_NAMESPACE");
    qputenv("HOME", "/nonexistent");
    m_chart = write(QStringLiteral("t.tgz"), gzipOf(tarOf({chartYaml, oneTemplate})));
}

void TestCommand::refusals_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *name, const char *arguments, const char *error) {
        QTest::newRow(name) << QString::fromLatin1(arguments).split(QLatin1Char(' '), Qt::SkipEmptyParts)
                            << QString::fromLatin1(error);
    };
    row("nothing", "", "\"helm template\" requires at least 1 argument");
    row("three words", "a b c", "expected at most two arguments, unexpected arguments: c");
    row("-g with a name", "-g rel CHART", "cannot set --generate-name and also specify a name");
    row("--name-template with a name", "--name-template x rel CHART",
        "cannot set --name-template and also specify a name");
    row("--name-template that cannot be parsed", "--name-template {{bad}} CHART",
        "template: name-template:1: function \"bad\" not defined");
    row("upper case in the name", "Rel CHART", "release name check failed: release name \"Rel\": invalid release name");
    row("upper case by --name-template", "--name-template X CHART", "release name check failed: release name \"X\"");
    row("dash at the end", "rel- CHART", "release name check failed: release name \"rel-\"");
    row("helm 3 says it shorter", "Rel CHART --compat 3", "release name \"Rel\": invalid release name");
    row("54 letters", "a23456789012345678901234567890123456789012345678901234 CHART", "release name check failed");
    row("absolute path that is not there", "rel /nowhere", "path \"/nowhere\" not found");
    row("relative path that is not there", "rel ./nowhere", "path \"./nowhere\" not found");
    row("unknown flag", "rel CHART --nosuch", "unknown flag: --nosuch");
    row("--validate", "rel CHART --validate", "--validate is not supported: it needs a cluster");
    row("--dry-run=server", "rel CHART --dry-run=server", "--dry-run=server is not supported: it needs a cluster");
    row("--dependency-update", "rel CHART --dependency-update", "--dependency-update is not supported");
    row("--post-renderer", "rel CHART --post-renderer cat",
        "--post-renderer is not supported: post-renderers are not run");
    row("a level that is none", "rel CHART --compat 2", "");
    row("a name's template that fails", "CHART --name-template {{fail\t\"x\"}}",
        "template: name-template:1:2: executing \"name-template\" at <fail \"x\">: error calling fail: x");
    row("a duration that is none", "rel CHART --timeout 5x",
        "invalid argument \"5x\" for \"--timeout\" flag: time: unknown unit \"x\" in duration \"5x\"\n");
    row("a duration without a unit", "rel CHART --timeout 5",
        "invalid argument \"5\" for \"--timeout\" flag: time: missing unit in duration \"5\"\n");
    row("a whole number that is none", "rel CHART --burst-limit 1.5",
        "invalid argument \"1.5\" for \"--burst-limit\" flag: strconv.ParseInt: parsing \"1.5\": invalid syntax\n");
    row("a number too large for its type", "rel CHART --qps 1e39",
        "invalid argument \"1e39\" for \"--qps\" flag: strconv.ParseFloat: parsing \"1e39\": value out of range\n");
    row("labels that are no pairs", "rel CHART -l x",
        "invalid argument \"x\" for \"-l, --labels\" flag: x must be formatted as key=value\n");
    row("the last of several labels", "rel CHART --labels a=1,b=2,c",
        "invalid argument \"a=1,b=2,c\" for \"-l, --labels\" flag: c must be formatted as key=value\n");
    row("helm 3 takes no path that is not there, even with --repo", "rel /nowhere --repo http://x --compat 3",
        "path \"/nowhere\" not found\n");
    row("templates that are looked for in what a folder got", "rel CHART --output-dir FOLDER -s templates/a.yaml",
        "could not find template templates/a.yaml in chart");
    row("a template that is not there", "rel CHART -s templates/none.yaml",
        "could not find template templates/none.yaml in chart");
}

void TestCommand::refusals()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, error);
    std::vector<std::string> list;
    for (const QString &argument : arguments)
        list.push_back(argument == QStringLiteral("CHART") ? m_chart
                : argument == QStringLiteral("FOLDER")     ? m_folder.filePath(QStringLiteral("refused")).toStdString()
                                                           : argument.toStdString());
    const Outcome outcome = run(list);
    QCOMPARE(outcome.code, 1);
    QCOMPARE(outcome.out, QString());
    QVERIFY2(outcome.err.startsWith(QStringLiteral("Error: ") + error), qPrintable(outcome.err));
}

void TestCommand::handedOver_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const char *name, const char *arguments) {
        QTest::newRow(name) << QString::fromLatin1(arguments).split(QLatin1Char(' '));
    };
    row("a word that is no path", "rel nowhere");
    row("a chart of a repository", "rel repo/chart");
    row("a URL", "rel https://x/chart.tgz");
    row("oci", "rel oci://x/chart");
    row("--repo, though a path of that name is here", "rel CHART --repo http://x");
    row("--verify", "rel CHART --verify");
    row("a word with --repo for helm 3", "rel nowhere --repo http://x --compat 3");
    row("--ca-file", "rel CHART --ca-file x");
    row("values by URL", "rel CHART -f https://x/v.yaml");
    row("one of several values files", "rel CHART -f x.yaml,https://x/v.yaml");
    row("--set-file by URL", "rel CHART --set-file a=https://x/v");
}

/// Nothing was read or written by then, so that the other program can begin anew.
void TestCommand::handedOver()
{
    QFETCH(QStringList, arguments);
    std::vector<std::string> list;
    for (const QString &argument : arguments)
        list.push_back(argument == QStringLiteral("CHART") ? m_chart : argument.toStdString());
    const Outcome outcome = run(list);
    QCOMPARE(outcome.code, cli::needsOtherProgram);
    QCOMPARE(outcome.out + outcome.err, QString());
}

void TestCommand::names_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("name");
    QTest::newRow("none") << QStringList{} << QStringLiteral("release-name");
    QTest::newRow("-g, which helm template does not hear either")
        << QStringList{QStringLiteral("-g")} << QStringLiteral("release-name");
    QTest::newRow("given") << QStringList{QStringLiteral("a.b-c")} << QStringLiteral("a.b-c");
    QTest::newRow("by a template") << QStringList{QStringLiteral("--name-template"),
        QStringLiteral("{{ \"ABC\" | lower }}-{{ add 1 2 }}")}
                                   << QStringLiteral("abc-3");
}

void TestCommand::names()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, name);
    std::vector<std::string> list;
    for (const QString &argument : arguments)
        list.push_back(argument.toStdString());
    list.push_back(m_chart);
    const Outcome outcome = run(list);
    QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
    QCOMPARE(outcome.out, QStringLiteral("---\n# Source: t/templates/a.yaml\nname: %1\n").arg(name));
}

void TestCommand::archives_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *name, const std::string &bytes, const char *error) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString::fromLatin1(error);
    };
    const auto with = [](const char *name) { return gzipOf(tarOf({chartYaml, {name, "x"}})); };
    row("parent folder", with("t/../../evil"), "chart illegally references parent directory");
    row("parent folder with backslashes", with("t\\..\\..\\evil"), "chart illegally references parent directory");
    row("absolute path", with("t//etc/evil"), "chart illegally contains absolute paths");
    row("a drive", with("t/c:/evil"), "chart contains illegally named files");
    row("outside of the chart's folder", with("evil"), "chart illegally contains content outside the base directory");
    row("no top folder", gzipOf(tarOf({{"Chart.yaml", chartYaml.data}})), "chart illegally contains content outside");
    row("nothing in it", gzipOf(tarOf({})), "no files in chart archive");
    row("no Chart.yaml", gzipOf(tarOf({oneTemplate})), "Chart.yaml file is missing");
    row("cut short", gzipOf(tarOf({chartYaml, oneTemplate})).substr(0, 60), "unexpected EOF");
    row("tar cut short", gzipOf(tarOf({chartYaml}).substr(0, 520)), "unexpected EOF");
    row("checksum of a header", gzipOf('x' + tarOf({chartYaml}).substr(1)), "archive/tar: invalid tar header");
}

void TestCommand::archives()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, error);
    const std::string path = write(QStringLiteral("crafted.tgz"), bytes.toStdString());
    const Outcome newest = run({"rel", path}); // Helm 4 does not say why.
    QCOMPARE(newest.code, 1);
    QCOMPARE(newest.out, QString());
    QVERIFY2(newest.err.startsWith(QStringLiteral("Error: unable to ")), qPrintable(newest.err));
    const Outcome outcome = run({"rel", path, "--compat", "3"});
    QCOMPARE(outcome.code, 1);
    QCOMPARE(outcome.out, QString());
    QVERIFY2(outcome.err.startsWith(QStringLiteral("Error: ")) && outcome.err.contains(error), qPrintable(outcome.err));
}

void TestCommand::largeFileIsRefusedByHelm3Only()
{
    const TarEntry large{"t/big", std::string((5U << 20U) + 1, '\0')};
    const std::string path = write(QStringLiteral("large.tgz"), gzipOf(tarOf({chartYaml, oneTemplate, large})));
    QCOMPARE(run({"rel", path}).code, 0);
    const Outcome refused = run({"rel", path, "--compat", "3"});
    QCOMPARE(refused.code, 1);
    QCOMPARE(refused.err,
        QStringLiteral("Error: decompressed chart file \"t/big\" is larger than the maximum file size 5242880\n"));
}

void TestCommand::bombIsRefusedAtItsLimit()
{
    // 300 MB of nothing in 300 kB.
    std::string bomb;
    const std::string member = gzipOf(std::string(30U << 20U, '\0'));
    for (int i = 0; i < 10; ++i)
        bomb += member;
    const Outcome outcome = run({"rel", write(QStringLiteral("bomb.tgz"), bomb), "--compat", "3"});
    QCOMPARE(outcome.code, 1);
    QVERIFY2(outcome.err.contains(QStringLiteral("larger than the maximum size")), qPrintable(outcome.err));
}

/// `-f ""`, as scripts write it for no file.
void TestCommand::noValuesFile()
{
    const Outcome outcome = run({"rel", m_chart, "-f", ""});
    QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
}

/// Errors name files as helm does: by their whole path, and a link by what it means.
void TestCommand::placesInErrors()
{
    const QString folder = m_folder.filePath(QStringLiteral("places"));
    QVERIFY(QDir().mkpath(folder + QStringLiteral("/templates")));
    const auto errorOf = [](const QString &chart) { return run({"rel", chart.toStdString()}).err; };
    const QString missing = folder + QStringLiteral("/Chart.yaml");
    QCOMPARE(errorOf(folder),
        QStringLiteral("Error: unable to detect chart at %1: open %1: no such file or directory\n").arg(missing));

    write(QStringLiteral("places/Chart.yaml"), chartYaml.data);
    QVERIFY(QFile::link(QStringLiteral("nowhere"), folder + QStringLiteral("/link")));
    QCOMPARE(errorOf(folder),
        QStringLiteral("Error: error evaluating symlink %1/link: lstat %1/nowhere: no such file or directory\n")
            .arg(folder));

    const QString before = QDir::currentPath();
    QVERIFY(QDir::setCurrent(folder));
    const QString error = errorOf(QStringLiteral("Chart.yaml"));
    QVERIFY(QDir::setCurrent(before));
    QCOMPARE(error,
        QStringLiteral("Error: file '%1' seems to be a YAML file, but expected a gzipped archive\n").arg(missing));
}

void TestCommand::outputFolder()
{
    const std::string folder = m_folder.filePath(QStringLiteral("out")).toStdString();
    const std::string file = folder + "/rel/t/templates/a.yaml";
    const Outcome outcome = run({"rel", m_chart, "--output-dir", folder, "--release-name"});
    QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
    QCOMPARE(outcome.out, QStringLiteral("wrote %1\n\n").arg(QString::fromStdString(file)));
    QFile written(QString::fromStdString(file));
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll(), QByteArray("---\n# Source: t/templates/a.yaml\nname: rel\n\n"));

    const Outcome deep = run({"rel", m_chart, "--output-dir", "/proc/nowhere/deep"});
    QCOMPARE(deep.err,
        QStringLiteral("Error: mkdir /proc/nowhere: no such file or directory\n\n"
                       "Use --debug flag to render out invalid YAML\n"));
}

/// Flags with values that helm takes and that change nothing here.
void TestCommand::takenFlags()
{
    const Outcome outcome = run({"rel", m_chart, "--timeout", "-1h5m0.5s", "--burst-limit", "0x10", "--qps", "1e3",
        "--labels", "a=b,c", "--kube-insecure-skip-tls-verify"});
    QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
}

/// Helm 3 takes what is here and says that it does not ask the repository; helm 4 asks it.
void TestCommand::localChartBesideRepo()
{
    const Outcome outcome = run({"rel", m_chart, "--repo", "http://a b", "--compat", "3"});
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.err,
        QStringLiteral("install.go:759: WARN local chart found in current working directory. repository url ignored "
                       "chart=%1 repository=\"http://a b\"\n")
            .arg(QString::fromStdString(m_chart)));
}

void TestCommand::levelsOfCompat()
{
    const TarEntry version{"t/templates/a.yaml", "v: {{ .Capabilities.HelmVersion.Version }}\n"};
    const std::string chart = write(QStringLiteral("level.tgz"), gzipOf(tarOf({chartYaml, version})));
    const auto versionAt = [&chart](const std::string &level) {
        return run({"rel", chart, "--compat", level}).out.section(QStringLiteral("v: "), -1).trimmed();
    };
    QVERIFY(versionAt("4.3").startsWith(QStringLiteral("v4.3")));
    QVERIFY(versionAt("4.1").startsWith(QStringLiteral("v4.1")));
    QVERIFY(versionAt("3").startsWith(QStringLiteral("v3.")));
    QCOMPARE(run({"rel", chart}).out, run({"rel", chart, "--compat", "4.3"}).out);
}

QTEST_GUILESS_MAIN(TestCommand)
#include "tst_command.moc"
