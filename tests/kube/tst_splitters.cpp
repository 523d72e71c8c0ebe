// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/json.h"
#include "kube/linesplitter.h"
#include "kube/listsplitter.h"
#include "kube/watchevent.h"

#include <QTest>

#include <random>

using namespace pk;
using namespace pk::kube;

namespace {

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

/// Feeds `bytes` in pieces of random sizes, some of them empty.
template <class Feed> bool inPieces(const std::string &bytes, unsigned seed, Feed feed)
{
    std::minstd_rand random(seed);
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t size = std::min<std::size_t>(random() % (seed % 3 == 0 ? 3 : 40), bytes.size() - at);
        if (!feed(std::string_view(bytes).substr(at, size)))
            return false;
        at += size;
    }
    return true;
}

QStringList linesOf(const std::string &bytes, unsigned seed)
{
    QStringList lines;
    LineSplitter splitter(100);
    const auto take = [&](std::string_view line) {
        lines << text(std::string(line));
        return true;
    };
    inPieces(bytes, seed, [&](std::string_view piece) { return splitter.add(piece, take); });
    return lines;
}

constexpr auto listText = "{\"kind\":\"PodList\",\"items2\":[\"a\"],\"metadata\":{\"resourceVersion\":\"7\",\"items\":["
                          "\"no\"]}, \"items\" : [\n"
                          "  {\"metadata\":{\"name\":\"a{\\\"]\"},\"items\":[{\"x\":[1,2]}]},\n"
                          "  {\"metadata\":{\"name\":\"b\\\\\"},\"e\":{},\"s\":\"]}\"},{}\n"
                          " ], \"x\":{\"items\":[{}]} }\n";

} // namespace

class TestSplitters : public QObject
{
    Q_OBJECT

private slots:
    void lines();
    void linesStopWhenTold();
    void lineLimit();
    void listItems();
    void listLimits();
    void noList();
    void events_data();
    void events();
    void objectsKeepWholeNumbers();
    void objectsRefused_data();
    void objectsRefused();
};

void TestSplitters::lines()
{
    for (unsigned seed = 1; seed < 300; ++seed)
        QCOMPARE(
            linesOf("one\n\ntwo two\r\n\r\nthree\nhalf", seed), (QStringList{u"one"_qs, u"two two"_qs, u"three"_qs}));
    LineSplitter splitter(100);
    QStringList rest;
    const auto take = [&](std::string_view line) {
        rest << text(std::string(line));
        return true;
    };
    QVERIFY(splitter.add("a\nhalf", take));
    QVERIFY(splitter.finish(take));
    QCOMPARE(rest, (QStringList{u"a"_qs, u"half"_qs}));
}

void TestSplitters::linesStopWhenTold()
{
    LineSplitter splitter(100);
    int count = 0;
    QVERIFY(!splitter.add("a\nb\nc\n", [&](std::string_view) { return ++count < 2; }));
    QCOMPARE(count, 2);
}

void TestSplitters::lineLimit()
{
    const auto good = [](std::string_view) { return true; };
    QVERIFY(LineSplitter(10).add(std::string(10, 'x') + "\n", good));
    QVERIFY(!LineSplitter(10).add(std::string(11, 'x') + "\n", good));
    LineSplitter endless(10);
    QVERIFY(endless.add("xxxxxx", good));
    QVERIFY(!endless.add("xxxxxx", good));
}

void TestSplitters::listItems()
{
    for (unsigned seed = 1; seed < 300; ++seed) {
        QStringList names;
        ListSplitter splitter([&](std::string_view json) {
            const auto item = parseObject(json);
            names << (item ? text(item->at({"metadata", "name"}).stringOr()) : u"broken"_qs);
        });
        QVERIFY(inPieces(listText, seed, [&](std::string_view piece) { return splitter.add(piece); }));
        QCOMPARE(names, (QStringList{u"a{\"]"_qs, u"b\\"_qs, QString()}));
        const auto rest = parseObject(splitter.rest());
        QVERIFY2(rest.ok(), splitter.rest().c_str());
        QCOMPARE(text(rest->at({"metadata", "resourceVersion"}).stringOr()), u"7"_qs);
        QVERIFY(rest->get("items").asList().items.empty());
    }
}

void TestSplitters::listLimits()
{
    ListSplitter small([](std::string_view) {}, 100);
    QVERIFY(!small.add(R"({"items":[{"a":")" + std::string(200, 'x')));
    ListSplitter noise([](std::string_view) {});
    QVERIFY(!noise.add(R"({"a":")" + std::string(2 << 20, 'x')));
}

void TestSplitters::noList()
{
    for (const char *body : {"", "[]", "[[{}]]", "null", "]]]}}}", R"({"items":null})", R"({"items":{"a":1}})"}) {
        int items = 0;
        ListSplitter splitter([&](std::string_view) { ++items; });
        splitter.add(body);
        QCOMPARE(items, 0);
        const auto rest = parseObject(splitter.rest());
        QVERIFY(!rest.ok() || !rest->get("items").isList());
    }
}

void TestSplitters::events_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("read"); // type, namespace/name, version; empty: refused
    QTest::newRow("added") << QByteArray(
        R"({"type":"ADDED","object":{"kind":"Pod","metadata":{"name":"p","namespace":"n","labels":{"name":"no"},"uid":"u","resourceVersion":"5"},"spec":{}}})")
                           << u"0 n/p u 5"_qs;
    QTest::newRow("object first") << QByteArray(
        R"({"object":{"metadata":{"resourceVersion":"5","name":"p"}},"type":"DELETED"})")
                                  << u"2 /p  5"_qs;
    QTest::newRow("bookmark") << QByteArray(
        R"({"type":"BOOKMARK","object":{"kind":"Pod","spec":{"containers":null},"metadata":{"resourceVersion":"9","creationTimestamp":null}}})")
                              << u"3 /  9"_qs;
    QTest::newRow("error") << QByteArray(R"({"type":"ERROR","object":{"kind":"Status","code":410}})") << u"4 /  "_qs;
    QTest::newRow("unknown type") << QByteArray(R"({"type":"RENAMED","object":{"metadata":{}}})") << QString();
    QTest::newRow("no object") << QByteArray(R"({"type":"ADDED"})") << QString();
    QTest::newRow("object is a list") << QByteArray(R"({"type":"ADDED","object":[]})") << QString();
    QTest::newRow("no metadata") << QByteArray(R"({"type":"ADDED","object":{}})") << QString();
    QTest::newRow("a number as name") << QByteArray(R"({"type":"ADDED","object":{"metadata":{"name":7}}})")
                                      << QString();
    QTest::newRow("half an object") << QByteArray(R"({"type":"ADDED","object":{"metadata":{"name":"p")") << QString();
    QTest::newRow("text") << QByteArray("too many requests") << QString();
}

void TestSplitters::events()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, read);
    WatchEventReader reader;
    std::string padded = line.toStdString();
    padded.reserve(padded.size() + jsonPadding);
    const auto event = reader.read(padded);
    if (!event) {
        QCOMPARE(QString(), read);
        return;
    }
    const ObjectKey &key = event->key;
    QCOMPARE(text(std::to_string(int(event->type)) + " " + key.nameSpace + "/" + key.name + " " + key.uid + " "
                 + key.resourceVersion),
        read);
    QVERIFY(parseObject(event->object).ok());
}

void TestSplitters::objectsKeepWholeNumbers()
{
    const auto object =
        parseObject(R"({"a":9007199254740993,"b":1.5,"c":-3,"d":18446744073709551615,"e":null,"f":[true]})");
    QVERIFY(object.ok());
    QCOMPARE(object->get("a").kind(), Value::Kind::Int64);
    QCOMPARE(object->get("a").toInt(), 9007199254740993);
    QCOMPARE(object->get("b").kind(), Value::Kind::Float64);
    QCOMPARE(object->get("c").toInt(), -3);
    QCOMPARE(object->get("d").kind(), Value::Kind::Float64);
    QVERIFY(object->asMap().contains("e") && object->get("e").isNil());
    QVERIFY(object->get("f").asList().items.front().toBool());
}

void TestSplitters::objectsRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("half") << QByteArray("{\"a\":");
    QTest::newRow("two") << QByteArray("{} {}");
    QTest::newRow("too deep") << QByteArray(600, '[') + QByteArray(600, ']');
    QTest::newRow("not UTF-8") << QByteArray("{\"a\":\"\xFF\"}");
}

void TestSplitters::objectsRefused()
{
    QFETCH(QByteArray, json);
    QVERIFY(!parseObject(json.toStdString()).ok());
}

QTEST_GUILESS_MAIN(TestSplitters)
#include "tst_splitters.moc"
