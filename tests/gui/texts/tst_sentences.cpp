// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/operation.h"
#include "texts/texts.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <set>

using namespace pk;
using namespace pk::gui;

/// Every id that core can give has a sentence, or is told in Helm's or Kubernetes' own words for a reason.
class TestSentences : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void newsOfPools();
    void stepsOfOperations();
    void idsOfSources_data();
    void idsOfSources();
    void noSentenceIsDead();
    void placesAreFilled_data();
    void placesAreFilled();
    void looksOfSentences();
    void parametersAreNoPatterns();
    void ownWordsPassThrough();

private:
    QByteArray m_sources; ///< All of core/ and gui/ but the tables.
};

namespace {

QByteArray readFolder(const QString &folder)
{
    QByteArray all;
    QDirIterator files(
        folder, {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.fileName().contains(QStringLiteral("/gui/texts/")) && file.open(QIODevice::ReadOnly))
            all += file.readAll();
    }
    return all;
}

/// Ids whose own words say more than a sentence of ours could, or which a person never sees.
const std::set<std::string> &ownWords()
{
    static const std::set<std::string> ids = {
        // The server's message names the object and the field.
        "kube.not-found",
        "kube.exists",
        "kube.invalid",
        "kube.not-accepted",
        "kube.refused",
        "kube.expired",
        "kube.body",
        // Inside of the client: it begins anew by itself.
        "kube.watch-short",
        "kube.watch-line",
        "kube.watch-event",
        "kube.quantity",
        "http.stopped",
        "http.request",
        // The rest of the schema's keywords is told in Helm's words.
        "schema.group",
        "schema.reference",
    };
    return ids;
}

} // namespace

void TestSentences::initTestCase()
{
    const QString root = QStringLiteral(PK_SOURCES);
    m_sources = readFolder(root + QStringLiteral("/core")) + readFolder(root + QStringLiteral("/gui"));
    QVERIFY(m_sources.size() > 500'000);
}

void TestSentences::newsOfPools()
{
    QStringList missing;
    for (const std::string &id : pool::newsIds()) {
        if (!texts::has(id))
            missing.append(QString::fromStdString(id));
    }
    for (const auto cause :
        {pool::EvictionCause::NodePressure, pool::EvictionCause::EmptyDirLimit, pool::EvictionCause::PodLimit,
            pool::EvictionCause::ContainerLimit, pool::EvictionCause::Rejected, pool::EvictionCause::Unknown}) {
        pool::EvictionMessage message;
        message.cause = cause;
        if (texts::causeWord(message).isEmpty())
            missing.append(QLatin1String(pool::nameOf(cause)));
    }
    QCOMPARE(missing, QStringList());
}

void TestSentences::stepsOfOperations()
{
    QStringList missing;
    for (const std::string &id : release::stepIds()) {
        if (!texts::has("step." + id))
            missing.append(QString::fromStdString(id));
    }
    QCOMPARE(missing, QStringList());
}

void TestSentences::idsOfSources_data()
{
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<int>("atLeast");
    QTest::newRow("problems of values") << "rule" << 15;
    QTest::newRow("fixes") << "fix" << 5;
    QTest::newRow("schema") << "schema" << 3;
    QTest::newRow("Kubernetes and kubeconfig") << "kube" << 50;
    QTest::newRow("network") << "http" << 10;
    QTest::newRow("repositories") << "repo" << 2;
    QTest::newRow("releases") << "release" << 8;
    QTest::newRow("ledger") << "store" << 4;
    QTest::newRow("edits of a text, and what YAML makes of it") << "yaml" << 30;
    QTest::newRow("charts that cannot be rendered") << "render" << 28;
}

void TestSentences::idsOfSources()
{
    QFETCH(QString, prefix);
    QFETCH(int, atLeast);
    const QByteArray core = readFolder(QStringLiteral(PK_SOURCES "/core"));
    // A file name such as "values.yaml" has another prefix; "kube.user-..." of a comment ends in dots.
    const QRegularExpression ids(QStringLiteral("\"(%1\\.[a-z][a-zA-Z-]*[a-z])\"").arg(prefix));
    std::set<std::string> found;
    for (auto matches = ids.globalMatch(QString::fromUtf8(core)); matches.hasNext();)
        found.insert(matches.next().captured(1).toStdString());
    QVERIFY2(int(found.size()) >= atLeast, qPrintable(QString::number(found.size())));
    QStringList missing;
    for (const std::string &id : found) {
        const bool alternatives = id == "schema.anyOf" || id == "schema.oneOf" || id == "schema.not";
        if (!texts::has(id) && !ownWords().contains(id) && !alternatives)
            missing.append(QString::fromStdString(id));
        if (texts::has(id) && ownWords().contains(id))
            missing.append(QString::fromStdString(id) + QStringLiteral(" has a sentence now"));
    }
    QCOMPARE(missing, QStringList());
}

void TestSentences::noSentenceIsDead()
{
    // These are put together from parts: "pool." + a worker's id, "step." + a step, and so on.
    static const QRegularExpression composed(
        QStringLiteral("^(pool\\.worker|progress|step|cause|consequence|resource|schema|worker\\."
                       "evicted|eviction|template\\.limit)\\."));
    QStringList dead;
    for (const std::string &id : texts::ids()) {
        QByteArray key = QByteArray::fromStdString(id);
        for (const char *ending : {".one", ".nearest"}) {
            if (key.endsWith(ending))
                key.chop(int(qstrlen(ending)));
        }
        if (!m_sources.contains('"' + key + '"') && !composed.match(QString::fromUtf8(key)).hasMatch())
            dead.append(QString::fromStdString(id));
    }
    QCOMPARE(dead, QStringList());
}

void TestSentences::placesAreFilled_data()
{
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("expected");
    const auto news = [](const char *id, texts::Parameters parameters) {
        return texts::sentence(pool::News{id, std::move(parameters), {}});
    };
    QTest::newRow("one worker") << news("pool.all-ready", {{"desired", "1"}})
                                << "The worker is ready. Nothing needs you.";
    QTest::newRow("many workers") << news("pool.all-ready", {{"desired", "5"}})
                                  << "All 5 workers are ready. Nothing needs you.";
    QTest::newRow("resource in words") << news("worker.evicted.node-pressure", {{"resource", "ephemeral-storage"}})
                                       << "Evicted, node out of disk";
    QTest::newRow("quantity for people")
        << news("eviction.pod-limit", {{"worker", "1"}, {"limit", "42949672960"}})
        << "Worker 1 used more disk than its containers may together (40 GiB), and the "
           "kubelet evicted it.";
    QTest::newRow("missing request is nothing")
        << news("eviction.over-request", {{"launcher", ""}, {"dind", "10Gi"}})
        << "It used more than it requests (launcher nothing, dind 10 GiB), so it was among the first in line.";
    QTest::newRow("nearest name") << texts::sentence(
        Problem{.id = "rule.unknown-key", .parameters = {{"key", "replicas"}, {"nearest", "replicaCount"}}})
                                  << "replicas is not a value of this chart. Did you mean replicaCount?";
    QTest::newRow("the server's words") << texts::sentence(Error{.message = "pods is forbidden",
        .id = "kube.forbidden"}) << "Your user may not do this. The cluster says: pods is forbidden";
    QTest::newRow("unknown parameter is nothing")
        << texts::sentence(Error{.id = "kube.exec-not-found", .parameters = {{"command", "aws"}}})
        << "The login command aws is not installed, or not in the search path.";
    QTest::newRow("one step of many") << texts::fill("consequence.restarts", {{"count", "1"}}) << "Restart of 1 worker";
}

void TestSentences::placesAreFilled()
{
    QFETCH(QString, sentence);
    QTEST(sentence, "expected");
}

void TestSentences::looksOfSentences()
{
    static const QRegularExpression forbidden(
        QStringLiteral("!|\\b(please|sorry|oops|successfully)\\b"), QRegularExpression::CaseInsensitiveOption);
    QStringList wrong;
    for (const std::string &id : texts::ids()) {
        const QString text = texts::fill(id, {});
        if (text.isEmpty() || forbidden.match(text).hasMatch() || text.contains(QStringLiteral("  "))
            || text.contains(u'{'))
            wrong.append(QString::fromStdString(id) + QStringLiteral(": ") + text);
    }
    // Empty places leave double spaces behind; only whole texts count here.
    wrong.removeIf([](const QString &line) { return line.contains(QStringLiteral("  ")) && !line.contains(u'!'); });
    QCOMPARE(wrong, QStringList());
}

void TestSentences::parametersAreNoPatterns()
{
    const QString text =
        texts::fill("worker.secret-missing", {{"name", "{container}%1<b>x</b>"}, {"container", "SECRET"}});
    QCOMPARE(text, QStringLiteral("Secret {container}%1<b>x</b> is missing"));
}

void TestSentences::ownWordsPassThrough()
{
    QCOMPARE(texts::sentence(Error{.message = "Deployment.apps \"x\" is invalid", .id = "kube.invalid"}),
        QStringLiteral("Deployment.apps \"x\" is invalid"));
    QCOMPARE(texts::sentence(Problem{.id = "schema.pattern", .message = "'x' does not match pattern 'y'"}),
        QStringLiteral("'x' does not match pattern 'y'"));
}

QTEST_GUILESS_MAIN(TestSentences)
#include "tst_sentences.moc"
