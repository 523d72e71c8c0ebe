// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/timestamp.h"
#include "pool/remedy.h"

#include <QTest>

#include <random>

using namespace pk;
using namespace pk::pool;

namespace {

QString printed(const EvictionMessage &message)
{
    QString text = QString::fromUtf8(nameOf(message.cause));
    const auto add = [&](const char *name, const std::string &value) {
        if (!value.empty())
            text += QStringLiteral(" %1=%2").arg(QString::fromUtf8(name), QString::fromStdString(value));
    };
    add("resource", message.resource);
    add("threshold", message.threshold);
    add("available", message.available);
    add("volume", message.volume);
    add("limit", message.limit);
    for (const EvictedContainer &container : message.containers) {
        text += QStringLiteral(" [%1 %2 %3]")
                    .arg(QString::fromStdString(container.name), QString::fromStdString(container.used),
                        QString::fromStdString(container.request));
    }
    return text;
}

Eviction sighting(EvictionCause cause, std::string uid, const char *time = "2026-11-23T12:00:10Z")
{
    Eviction eviction;
    eviction.ns = "ci";
    eviction.pod = "prod-3";
    eviction.podUid = std::move(uid);
    eviction.node = "n1";
    eviction.ownerUid = "set";
    eviction.what.cause = cause;
    eviction.time = eviction.lastTime = *parseTimestamp(time);
    return eviction;
}

} // namespace

class TestEviction : public QObject
{
    Q_OBJECT

private slots:
    void parses_data();
    void parses();
    void readsWhatItWrites();
    void survivesAnyText();
    void mergesSightings();
    void coalescesRejections();
    void proposes_data();
    void proposes();
    void tellsOrdinals_data();
    void tellsOrdinals();
};

void TestEviction::parses_data()
{
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("expected");
    QTest::addRow("1.26 on, containers") << "The node was low on resource: ephemeral-storage. Threshold quantity: "
                                            "603996169, available: 463780Ki. Container dind was "
                                            "using 44Ki, request is 0, has larger consumption of ephemeral-storage. "
                                            "Container launcher was using 12Ki, request is 0, has "
                                            "larger consumption of ephemeral-storage. "
                                         << "node-pressure resource=ephemeral-storage threshold=603996169 "
                                            "available=463780Ki [dind 44Ki 0] [launcher 12Ki 0]";
    QTest::addRow("up to 1.25") << "The node was low on resource: ephemeral-storage. Container dind was using 9Gi, "
                                   "which exceeds its request of 1.5Gi. "
                                << "node-pressure resource=ephemeral-storage [dind 9Gi 1.5Gi]";
    QTest::addRow("inodes name nobody")
        << "The node was low on resource: inodes. Threshold quantity: 4800, available: 0. "
        << "node-pressure resource=inodes threshold=4800 available=0";
    QTest::addRow("only the resource") << "The node was low on resource: pids. "
                                       << "node-pressure resource=pids";
    QTest::addRow("space lost at the end") << "The node was low on resource: memory."
                                           << "node-pressure resource=memory";
    QTest::addRow("1.34, pod-level requests")
        << "The node was low on resource: memory. Threshold quantity: 100Mi, available: 1e3. Pod prod-0 was using 2Gi, "
           "request is 1Gi, "
           "has larger consumption of memory. Container dind was using 2Gi, request is 500m, has larger consumption of "
           "memory. "
        << "node-pressure resource=memory threshold=100Mi available=1e3 [dind 2Gi 500m]";
    QTest::addRow("rejected, up to 1.25") << "Pod The node had condition: [DiskPressure]. "
                                          << "rejected resource=DiskPressure";
    QTest::addRow("rejected, 1.26 on") << "Pod was rejected: The node had condition: [DiskPressure]. "
                                       << "rejected resource=DiskPressure";
    QTest::addRow("rejected, in the event") << "The node had condition: [DiskPressure]. "
                                            << "rejected resource=DiskPressure";
    QTest::addRow("sizeLimit") << "Usage of EmptyDir volume \"launcher-storage\" exceeds the limit \"20Gi\". "
                               << "empty-dir-limit resource=ephemeral-storage volume=launcher-storage limit=20Gi";
    QTest::addRow("pod limit") << "Pod ephemeral local storage usage exceeds the total limit of containers 2Gi. "
                               << "pod-limit resource=ephemeral-storage limit=2Gi";
    QTest::addRow("container limit") << "Container dind exceeded its local ephemeral storage limit \"1Gi\". "
                                     << "container-limit resource=ephemeral-storage limit=1Gi [dind  ]";
    QTest::addRow("words of another time") << "The pod annoyed the node. "
                                           << "unknown";
    QTest::addRow("empty") << ""
                           << "unknown";
    QTest::addRow("torn sizeLimit tells nothing half") << "Usage of EmptyDir volume \"launcher-storage\" exceeds"
                                                       << "unknown";
}

void TestEviction::parses()
{
    QFETCH(QString, message);
    QFETCH(QString, expected);
    QCOMPARE(printed(parseEvictionMessage(message.toStdString())), expected);
}

void TestEviction::readsWhatItWrites()
{
    std::mt19937 random(7);
    const char *quantities[] = {
        "0", "44Ki", "603996169", "1.5Gi", "9Gi", "12e3", "250m", "3E", "1600Ki", "7n", "5u", "2k", "1Pi"};
    const char *names[] = {"dind", "launcher", "a-b-c", "x1"};
    const auto quantity = [&] { return std::string(quantities[random() % std::size(quantities)]); };
    for (int round = 0; round < 5000; ++round) {
        EvictionMessage expected;
        expected.cause = EvictionCause::NodePressure;
        expected.resource = random() % 2 ? "ephemeral-storage" : "memory";
        std::string text = "The node was low on resource: " + expected.resource + ". ";
        const bool modern = random() % 2;
        if (modern && random() % 4) {
            expected.threshold = quantity();
            expected.available = quantity();
            text += "Threshold quantity: " + expected.threshold + ", available: " + expected.available + ". ";
        }
        if (modern && random() % 4 == 0)
            text +=
                "Pod p was using " + quantity() + ", request is " + quantity() + ", has larger consumption of memory. ";
        for (unsigned count = random() % 4; count > 0; --count) {
            const EvictedContainer container{names[random() % std::size(names)], quantity(), quantity()};
            text += "Container " + container.name + " was using " + container.used;
            text += modern
                ? ", request is " + container.request + ", has larger consumption of " + expected.resource + ". "
                : ", which exceeds its request of " + container.request + ". ";
            expected.containers.push_back(container);
        }
        if (random() % 2)
            text.pop_back();
        QCOMPARE(printed(parseEvictionMessage(text)), printed(expected));
    }
}

void TestEviction::survivesAnyText()
{
    std::mt19937 random(11);
    const std::string whole =
        "Pod was rejected: The node was low on resource: ephemeral-storage. Threshold quantity: 1, available: "
        "2. Container dind was using 44Ki, request is 0, has larger consumption of x. Usage of EmptyDir volume \"v\"";
    for (int round = 0; round < 5000; ++round) {
        const std::size_t start = random() % whole.size();
        std::string text = whole.substr(start, random() % whole.size());
        if (!text.empty())
            text[random() % text.size()] = static_cast<char>(random());
        QVERIFY(parseEvictionMessage(text).containers.size() <= maxItems);
    }
}

void TestEviction::mergesSightings()
{
    EvictionBook book;
    Eviction byEvent = sighting(EvictionCause::NodePressure, "u1", "2026-11-23T12:00:12Z");
    byEvent.sources = Eviction::Event;
    byEvent.ownerUid.clear();
    Eviction byStatus = sighting(EvictionCause::NodePressure, "u1");
    byStatus.sources = Eviction::Status;
    byStatus.ordinal = 3;

    QCOMPARE(book.add(byEvent), EvictionBook::Outcome::New);
    QCOMPARE(book.add(byStatus), EvictionBook::Outcome::Completed);
    QCOMPARE(book.add(byStatus), EvictionBook::Outcome::Known);
    QCOMPARE(book.evictions().size(), std::size_t(1));
    const Eviction &merged = book.evictions().front();
    QCOMPARE(merged.sources, unsigned(Eviction::Event | Eviction::Status));
    QCOMPARE(merged.ordinal, 3);
    QCOMPARE(formatTimestamp(merged.time), std::string("2026-11-23T12:00:10Z"));
    QCOMPARE(merged.ownerUid, std::string("set"));

    // The same worker evicted again is another pod, so another eviction.
    QCOMPARE(book.add(sighting(EvictionCause::NodePressure, "u2")), EvictionBook::Outcome::New);
}

void TestEviction::coalescesRejections()
{
    EvictionBook book;
    for (int i = 0; i < 8; ++i)
        book.add(sighting(EvictionCause::Rejected, "r" + std::to_string(i)));
    book.add(sighting(EvictionCause::Rejected, "r0")); // Seen again as an event.
    QCOMPARE(book.evictions().size(), std::size_t(1));
    QCOMPARE(book.evictions().front().count, 8);

    book.add(sighting(EvictionCause::Rejected, "r9", "2026-11-23T12:01:00Z"));
    QCOMPARE(book.evictions().size(), std::size_t(2));
}

void TestEviction::proposes_data()
{
    QTest::addColumn<QString>("message");
    QTest::addColumn<int>("way");
    QTest::addColumn<QString>("size");
    QTest::addColumn<QString>("expected"); // ids with the first change's path; "*" fits
    const QString low = QStringLiteral("The node was low on resource: %1. ");
    const int emptyDir = int(StorageWay::EmptyDir);
    QTest::addRow("node pressure")
        << low.arg(QStringLiteral("ephemeral-storage")) << emptyDir << ""
        << "*ephemeral-volume:storageVolume requests-and-size-limit:dind.resources.requests.ephemeral-storage";
    QTest::addRow("inodes: requests do not count") << low.arg(QStringLiteral("inodes")) << emptyDir << ""
                                                   << "*ephemeral-volume:storageVolume";
    QTest::addRow("data is not on the node's disk already")
        << low.arg(QStringLiteral("ephemeral-storage")) << int(StorageWay::ClaimTemplate) << "50Gi"
        << "somebody-else-filled-the-node:";
    QTest::addRow("memory") << low.arg(QStringLiteral("memory")) << emptyDir << ""
                            << "memory-requests:";
    QTest::addRow("sizeLimit") << "Usage of EmptyDir volume \"launcher-storage\" exceeds the limit \"20Gi\". "
                               << emptyDir << "20Gi"
                               << "*raise-size-limit:storageVolume.emptyDir.sizeLimit ephemeral-volume:storageVolume";
    QTest::addRow("own volume") << "Usage of EmptyDir volume \"cache\" exceeds the limit \"1Gi\". " << emptyDir << ""
                                << "raise-limit-of-own-volume:";
    QTest::addRow("limit") << "Container dind exceeded its local ephemeral storage limit \"1Gi\". " << emptyDir << ""
                           << "*raise-limit:dind.resources.limits.ephemeral-storage ephemeral-volume:storageVolume";
    QTest::addRow("limit of a container of their own")
        << "Container proxy exceeded its local ephemeral storage limit \"1Gi\". " << int(StorageWay::Ephemeral) << ""
        << "raise-limit:";
    QTest::addRow("rejected: nothing to change") << "The node had condition: [DiskPressure]. " << emptyDir << ""
                                                 << "";
}

void TestEviction::proposes()
{
    QFETCH(QString, message);
    QFETCH(int, way);
    QFETCH(QString, size);
    QFETCH(QString, expected);
    Eviction eviction = sighting(EvictionCause::Unknown, "u1");
    eviction.what = parseEvictionMessage(message.toStdString());
    StorageSetup setup;
    setup.way = static_cast<StorageWay>(way);
    setup.size = size.toStdString();
    const Explanation explanation = explainEviction(eviction, setup);
    QStringList texts;
    const auto &ids = newsIds();
    for (const Remedy &remedy : explanation.remedies) {
        QVERIFY2(std::ranges::find(ids, remedy.id) != ids.end(), remedy.id.c_str());
        QVERIFY2(remedy.priceId.empty() || std::ranges::find(ids, remedy.priceId) != ids.end(), remedy.priceId.c_str());
        texts += QStringLiteral("%1%2:%3").arg(QString::fromUtf8(remedy.fits ? "*" : ""),
            QString::fromStdString(remedy.id).section(QLatin1Char('.'), 1),
            remedy.changes.empty() ? QString() : QString::fromStdString(remedy.changes.front().path));
    }
    QCOMPARE(texts.join(QLatin1Char(' ')), expected);
    QVERIFY(std::ranges::find(ids, explanation.what.id) != ids.end());
}

void TestEviction::tellsOrdinals_data()
{
    QTest::addColumn<QByteArray>("pod");
    QTest::addColumn<int>("expected");
    QTest::addRow("first") << QByteArray("prod-0") << 0;
    QTest::addRow("two digits") << QByteArray("prod-12") << 12;
    QTest::addRow("another set that begins alike") << QByteArray("prod-eu-1") << -1;
    QTest::addRow("leading zero") << QByteArray("prod-01") << -1;
    QTest::addRow("no number") << QByteArray("prod-x8wn") << -1;
    QTest::addRow("the set itself") << QByteArray("prod") << -1;
}

void TestEviction::tellsOrdinals()
{
    QFETCH(QByteArray, pod);
    QFETCH(int, expected);
    QCOMPARE(ordinalOf(pod.toStdString(), "prod"), expected);
}

QTEST_APPLESS_MAIN(TestEviction)
#include "tst_eviction.moc"
