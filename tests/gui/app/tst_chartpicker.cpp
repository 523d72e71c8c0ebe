// SPDX-License-Identifier: GPL-3.0-or-later
// The picker of charts over a Helm home of its own: indexes and archives lie in its caches, so that no server is
// needed.
#include "app/chartcomparison.h"
#include "app/chartpicker.h"
#include "app/qtdispatcher.h"
#include "preview/objectdiff.h"
#include "repo/contentcache.h"
#include "repo/files.h"
#include "support/scriptedserver.h"
#include "widgets/tableview.h"
#include "widgets/theme.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace pk;
using namespace pk::gui;

namespace {

void write(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

QByteArray statefulSet(const QByteArray &image, const QByteArray &more = {})
{
    return "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n"
           "  replicas: {{ .Values.workers }}\n  serviceName: x\n  selector: {matchLabels: {a: b}}\n  template:\n"
           "    metadata: {labels: {a: b}}\n    spec:\n      containers:\n      - {name: c, image: \""
        + image + "\"}\n" + more;
}

/// A server of these files by their paths; anything else is not found.
std::unique_ptr<test::ScriptedServer> serving(const std::map<std::string, std::string> &files)
{
    return std::make_unique<test::ScriptedServer>(
        [files](const test::ServerRequest &request, test::ServerConnection &connection) {
            const auto file = files.find(request.path());
            if (file == files.end())
                connection.respond(404, "not found", "text/plain");
            else
                connection.respond(200, file->second);
        });
}

} // namespace

class TestChartPicker : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void newestStableVersionIsChosen();
    void searchNarrows();
    void changesBetweenTwoVersions();
    void valuesThatAVersionRefuses();
    void chosenChartIsHandedOver();
    void chartThatCannotBeHad();
    void repositoryThatDoesNotAnswer();
    void spaceliftIsOfferedUntilItIsKnown();
    void repositoryIsAdded();
    void repositoryThatIsNone();
    void updatesTellHowFarTheyAre();
    void chartOfARegistry();
    void registryThatDoesNotAnswer();
    void whereAVersionComesFrom();
    void signatureThatIsMissing();

private:
    void pack(const QByteArray &version, const QByteArray &objects);
    void makePicker(const std::string &values = "workers: 2\n");
    template <class T> T *part(const char *name) const { return m_picker->findChild<T *>(QString::fromLatin1(name)); }
    void choose(const char *box, const QString &version) const
    {
        auto *combo = part<QComboBox>(box);
        combo->setCurrentIndex(combo->findData(version));
    }
    void picture(const char *name) const
    {
        const QString folder = qEnvironmentVariable("PK_PICTURES");
        if (!folder.isEmpty())
            m_picker->grab().save(folder + QLatin1Char('/') + QString::fromLatin1(name) + QStringLiteral(".png"));
    }

    QTemporaryDir m_home;
    QByteArray m_index = "apiVersion: v1\nentries:\n  pool:\n";
    repo::HelmPaths m_paths;
    std::unique_ptr<http::IoThread> m_io;
    std::unique_ptr<ChartLibrary> m_library;
    std::unique_ptr<ChartPicker> m_picker;
};

/// Puts a chart into Helm's content cache and its entry into the index.
void TestChartPicker::pack(const QByteArray &version, const QByteArray &objects)
{
    const QDir source(m_home.filePath(QStringLiteral("source")));
    write(source.filePath(QStringLiteral("pool/Chart.yaml")), "apiVersion: v2\nname: pool\nversion: " + version + "\n");
    write(source.filePath(QStringLiteral("pool/templates/a.yaml")), objects);
    const QString archive = m_home.filePath(QStringLiteral("pool.tgz"));
    QProcess tar;
    tar.setWorkingDirectory(source.path());
    tar.start(QStringLiteral("tar"), {QStringLiteral("czf"), archive, QStringLiteral("pool")});
    QVERIFY(tar.waitForFinished() && tar.exitCode() == 0);
    QFile file(archive);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const std::string bytes = file.readAll().toStdString(), digest = repo::sha256Hex(bytes);
    QVERIFY(repo::ContentCache(m_paths.contentCache).put(digest, bytes, repo::ContentCache::What::Chart));
    m_index += "  - {name: pool, version: " + version
        + ", apiVersion: v2, appVersion: \"9\", description: Workers, "
          "urls: [pool.tgz], digest: "
        + QByteArray::fromStdString(digest) + "}\n";
}

void TestChartPicker::initTestCase()
{
    setUpLook(*qobject_cast<QApplication *>(QCoreApplication::instance()));
    const std::string home = m_home.path().toStdString();
    m_paths =
        repo::HelmPaths::of([&home](const char *name) { return name == std::string("HOME") ? home : std::string(); });
    pack("1.0.0", statefulSet("worker:1"));
    pack("1.1.0", statefulSet("worker:2", "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: extra}\n"));
    pack("2.0.0-rc.1", "{{ fail \"workers must be a list now\" }}");
    m_index += "  other:\n  - {name: other, version: 3.0.0, apiVersion: v2, urls: [other.tgz]}\n";
    write(QString::fromStdString(m_paths.repositoryCache) + QStringLiteral("/mine-index.yaml"), m_index);
}

void TestChartPicker::init()
{
    write(QString::fromStdString(m_paths.repositoryConfig),
        "repositories:\n- {name: mine, url: \"http://127.0.0.1:1/charts\"}\n");
    m_io = std::make_unique<http::IoThread>();
    m_library = std::make_unique<ChartLibrary>(*m_io, std::make_shared<QtDispatcher>(this), m_paths);
    makePicker();
}

void TestChartPicker::cleanup()
{
    m_picker.reset();
    m_library.reset();
    m_io.reset();
}

void TestChartPicker::makePicker(const std::string &values)
{
    chart::ReleaseInfo about;
    about.name = "prod";
    m_picker = std::make_unique<ChartPicker>(*m_library, values, about, release::ClusterFactsPtr());
    m_picker->resize(900, 760);
    m_picker->show();
    QTRY_VERIFY(!m_library->isBusy());
}

void TestChartPicker::newestStableVersionIsChosen()
{
    auto *table = part<TableView>("chartTable");
    QCOMPARE(table->model()->rowCount(), 2);
    table->setCurrentIndex(table->model()->index(1, 0));
    QCOMPARE(part<QComboBox>("chartVersion")->count(), 3);
    QCOMPARE(part<QComboBox>("chartVersion")->currentData().toString(), QStringLiteral("1.1.0"));
    QVERIFY(!m_picker->comparison()->isVisible());
    picture("picker");
}

void TestChartPicker::searchNarrows()
{
    part<QLineEdit>("chartSearch")->setText(QStringLiteral("WORK"));
    QCOMPARE(part<TableView>("chartTable")->model()->rowCount(), 1);
    QCOMPARE(part<QComboBox>("chartVersion")->count(), 3);
    part<QLineEdit>("chartSearch")->setText(QStringLiteral("nothing"));
    QCOMPARE(part<TableView>("chartTable")->model()->rowCount(), 0);
    QVERIFY(!part<QPushButton>("useChart")->isEnabled());
}

void TestChartPicker::changesBetweenTwoVersions()
{
    part<QLineEdit>("chartSearch")->setText(QStringLiteral("pool"));
    QSignalSpy compared(m_picker->comparison(), &ChartComparison::compared);
    choose("chartOther", QStringLiteral("1.0.0"));
    QVERIFY(compared.count() > 0 || compared.wait(20'000));
    const QString summary = m_picker->comparison()->summary();
    picture("changes");
    QVERIFY2(summary.contains(QStringLiteral("restart of 2 workers")) && summary.contains(QStringLiteral("extra")),
        qPrintable(summary));
    ObjectDiff *objects = m_picker->comparison()->objects();
    QVERIFY(objects->isVisible());
    QVERIFY(objects->showObject(QStringLiteral("StatefulSet/prod")));
    const QString text = objects->currentText();
    QVERIFY2(text.contains(QStringLiteral("worker:1")) && text.contains(QStringLiteral("worker:2")), qPrintable(text));
    QVERIFY2(objects->shownText().contains(QStringLiteral("replicas: 2")), "the values at hand are used");
    choose("chartVersion", QStringLiteral("1.0.0"));
    QVERIFY(compared.wait(20'000));
    QVERIFY2(!m_picker->comparison()->summary().contains(QStringLiteral("extra")),
        qPrintable(m_picker->comparison()->summary()));
}

void TestChartPicker::valuesThatAVersionRefuses()
{
    part<QLineEdit>("chartSearch")->setText(QStringLiteral("pool"));
    QSignalSpy compared(m_picker->comparison(), &ChartComparison::compared);
    choose("chartVersion", QStringLiteral("2.0.0-rc.1"));
    choose("chartOther", QStringLiteral("1.1.0"));
    QVERIFY(compared.count() > 0 || compared.wait(20'000));
    const QString summary = m_picker->comparison()->summary();
    picture("refused");
    QVERIFY2(summary.contains(QStringLiteral("2.0.0-rc.1"))
            && summary.contains(QStringLiteral("workers must be a list now")),
        qPrintable(summary));
    QVERIFY(!m_picker->comparison()->objects()->isVisible());
}

void TestChartPicker::chosenChartIsHandedOver()
{
    part<QLineEdit>("chartSearch")->setText(QStringLiteral("pool"));
    QSignalSpy chosen(m_picker.get(), &ChartPicker::chosen);
    part<QPushButton>("useChart")->click();
    QVERIFY(chosen.wait(20'000));
    QCOMPARE(chosen.first().at(1).toString(), QStringLiteral("pool-1.1.0"));
    const auto chart = chart::loadChart(chosen.first().at(0).toString().toStdString(), chart::levels43());
    QVERIFY(chart);
    QCOMPARE((*chart)->metadata.version, std::string("1.1.0"));
    QCOMPARE(m_picker->result(), int(QDialog::Accepted));
}

void TestChartPicker::chartThatCannotBeHad()
{
    part<QLineEdit>("chartSearch")->setText(QStringLiteral("other"));
    part<QPushButton>("useChart")->click();
    auto *note = part<QLabel>("chartNote");
    QTRY_VERIFY2(note->text().contains(QStringLiteral("connection refused")), qPrintable(note->text()));
    QVERIFY(m_picker->isVisible());
    QVERIFY(part<QPushButton>("useChart")->isEnabled());
}

void TestChartPicker::repositoryThatDoesNotAnswer()
{
    part<QPushButton>("updateCharts")->click();
    QVERIFY(part<QPushButton>("stopCharts")->isVisible());
    auto *note = part<QLabel>("chartNote");
    QTRY_VERIFY2(note->text().contains(QStringLiteral("mine: Get \"http://127.0.0.1:1/charts/index.yaml\"")),
        qPrintable(note->text()));
    QCOMPARE(part<TableView>("chartTable")->model()->rowCount(), 2); // What was known stays.
    QVERIFY(!part<QPushButton>("stopCharts")->isVisible());
    picture("no-news");
}

void TestChartPicker::spaceliftIsOfferedUntilItIsKnown()
{
    part<QPushButton>("newRepository")->click();
    QVERIFY(part<QPushButton>("addSpacelift")->isVisible());
    write(QString::fromStdString(m_paths.repositoryConfig),
        "repositories:\n- {name: s, url: \"https://downloads.spacelift.io/helm\"}\n");
    m_library->load();
    QTRY_VERIFY(!m_library->isBusy());
    QVERIFY(!part<QPushButton>("addSpacelift")->isVisible());
    QCOMPARE(part<TableView>("chartTable")->model()->rowCount(), 0);
    picture("empty");
}

void TestChartPicker::repositoryIsAdded()
{
    const auto server = serving({{"/charts/index.yaml",
        "apiVersion: v1\nentries:\n  web:\n  - {name: web, version: 4.5.6, apiVersion: v2, urls: [web.tgz]}\n"}});
    auto *add = part<QPushButton>("addRepository");
    QVERIFY(!add->isVisible());
    part<QPushButton>("newRepository")->click();
    QVERIFY(add->isVisible() && !add->isEnabled());
    picture("new-repository");
    QTest::keyClicks(part<QLineEdit>("repositoryName"), QStringLiteral("theirs"));
    QTest::keyClicks(
        part<QLineEdit>("repositoryUrl"), QString::fromStdString(server->url()) + QStringLiteral("/charts"));
    QVERIFY(add->isEnabled());
    QTest::keyClick(part<QLineEdit>("repositoryUrl"), Qt::Key_Return);
    QTRY_VERIFY(!m_library->isBusy());
    QVERIFY(!add->isVisible());
    auto *search = part<QLineEdit>("chartSearch");
    QCOMPARE(m_picker->focusWidget(), search);
    search->setText(QStringLiteral("theirs/"));
    QCOMPARE(part<TableView>("chartTable")->model()->rowCount(), 1);
    QCOMPARE(part<QComboBox>("chartVersion")->currentData().toString(), QStringLiteral("4.5.6"));
    QFile config(QString::fromStdString(m_paths.repositoryConfig));
    QVERIFY(config.open(QIODevice::ReadOnly));
    QVERIFY(config.readAll().contains("name: theirs"));
}

void TestChartPicker::repositoryThatIsNone()
{
    const auto server = serving({{"/index.yaml", "<html>hello</html>"}});
    part<QPushButton>("newRepository")->click();
    part<QLineEdit>("repositoryName")->setText(QStringLiteral("theirs"));
    part<QLineEdit>("repositoryUrl")->setText(QString::fromStdString(server->url()));
    part<QPushButton>("addRepository")->click();
    auto *note = part<QLabel>("chartNote");
    QTRY_VERIFY2(note->text().contains(QStringLiteral("is not a valid chart repository")), qPrintable(note->text()));
    QVERIFY(part<QPushButton>("addRepository")->isVisible()); // To be corrected.
    QCOMPARE(part<QLineEdit>("repositoryName")->text(), QStringLiteral("theirs"));
    picture("no-repository");
}

void TestChartPicker::updatesTellHowFarTheyAre()
{
    write(QString::fromStdString(m_paths.repositoryConfig),
        "repositories:\n- {name: one, url: \"http://127.0.0.1:1/a\"}\n- {name: two, url: \"http://127.0.0.1:1/b\"}\n");
    m_library->load();
    QTRY_VERIFY(!m_library->isBusy());
    QSignalSpy told(m_library.get(), &ChartLibrary::told);
    m_library->update();
    QTRY_VERIFY(!m_library->isBusy());
    QStringList said;
    for (const QList<QVariant> &one : told)
        said.append(one.front().toString());
    QVERIFY2(said.contains(QStringLiteral("Asking one for news (1 of 2)…"))
            && said.contains(QStringLiteral("Asking two for news (2 of 2)…")),
        qPrintable(said.join(u'\n')));
    m_library->update();
    m_library->cancel();
    told.clear();
    QTest::qWait(200);
    QCOMPARE(told.count(), 0); // What was stopped says nothing more.
}

void TestChartPicker::chartOfARegistry()
{
    const auto server = serving({{"/v2/team/pool/tags/list",
        R"({"name":"team/pool","tags":["1.0.0","latest","1.2.0_build.1","2.0.0-rc.1"]})"}});
    m_library->setPlainHttp(true);
    const QString reference =
        QString::fromStdString(server->url()).replace(QStringLiteral("http://"), QStringLiteral("oci://"))
        + QStringLiteral("/team/pool");
    auto *search = part<QLineEdit>("chartSearch");
    QVERIFY(!part<QPushButton>("askRegistry")->isVisible());
    search->setText(reference + QStringLiteral(":1.0.0"));
    auto *table = part<TableView>("chartTable");
    QCOMPARE(table->model()->rowCount(), 0);
    QVERIFY(part<QPushButton>("askRegistry")->isVisible());
    picture("oci-asks");
    QTest::keyClick(search, Qt::Key_Return);
    QTRY_VERIFY(!m_library->isBusy());
    QCOMPARE(table->model()->rowCount(), 1);
    auto *version = part<QComboBox>("chartVersion");
    QCOMPARE(version->count(), 3);
    QCOMPARE(version->currentData().toString(), QStringLiteral("1.0.0"));
    search->setText(reference);
    QCOMPARE(version->currentData().toString(), QStringLiteral("1.2.0+build.1")); // The newest stable one.
    QVERIFY2(part<QLabel>("chartOrigin")->text().startsWith(QStringLiteral("From the registry")),
        qPrintable(part<QLabel>("chartOrigin")->text()));
    picture("oci");
    search->clear();
    QCOMPARE(table->model()->rowCount(), 3); // It stays for this dialog.
}

void TestChartPicker::registryThatDoesNotAnswer()
{
    m_library->setPlainHttp(true);
    auto *search = part<QLineEdit>("chartSearch");
    search->setText(QStringLiteral("oci://127.0.0.1:1/pool"));
    part<QPushButton>("askRegistry")->click();
    auto *note = part<QLabel>("chartNote");
    QTRY_VERIFY2(note->text().contains(QStringLiteral("connection refused")), qPrintable(note->text()));
    search->setText(QStringLiteral("oci://"));
    part<QPushButton>("askRegistry")->click();
    QTRY_VERIFY2(note->text().contains(QStringLiteral("reference")), qPrintable(note->text()));
}

void TestChartPicker::whereAVersionComesFrom()
{
    auto *origin = part<QLabel>("chartOrigin");
    part<QLineEdit>("chartSearch")->setText(QStringLiteral("pool"));
    QVERIFY2(origin->text().startsWith(QStringLiteral("From http://127.0.0.1:1/charts. What comes is compared with the "
                                                      "digest of its index")),
        qPrintable(origin->text()));
    part<QLineEdit>("chartSearch")->setText(QStringLiteral("other"));
    QVERIFY2(origin->text().contains(QStringLiteral("promises no digest")), qPrintable(origin->text()));
}

void TestChartPicker::signatureThatIsMissing()
{
    part<QLineEdit>("chartSearch")->setText(QStringLiteral("pool"));
    part<QPushButton>("checkSignature")->click();
    auto *origin = part<QLabel>("chartOrigin");
    QTRY_VERIFY2(origin->text().contains(QStringLiteral("No signature of it can be relied on: failed to fetch "
                                                        "provenance")),
        qPrintable(origin->text()));
    picture("no-signature");
    choose("chartVersion", QStringLiteral("1.0.0"));
    QVERIFY(!origin->text().contains(QStringLiteral("signature"))); // It was of the other version.
}

QTEST_MAIN(TestChartPicker)
#include "tst_chartpicker.moc"
