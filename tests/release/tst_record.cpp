// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/encoding.h"
#include "base/timestamp.h"
#include "release/plan.h"
#include "release/record.h"
#include "yaml/json.h"

#include <QTest>

using namespace pk;
using namespace pk::release;

class TestRecord : public QObject
{
    Q_OBJECT

private slots:
    void roundTrip();
    void keepsWhatItDoesNotKnow();
    void readsUnpackedRecords();
    void refuses_data();
    void refuses();
    void labelsAreHelms();
    void settersDoNotReachCopies();
    void names_data();
    void names();
    void plans_data();
    void plans();
};

void TestRecord::roundTrip()
{
    Record record;
    record.setName("prod-eu", "ci");
    record.setRevision(14);
    record.setStatus(Status::PendingUpgrade, "Preparing upgrade");
    record.setTimes(*parseTimestamp("2026-11-01T00:00:00Z"), *parseTimestamp("2026-11-23T12:00:00.5Z"));
    record.setManifest("---\nkind: <x>\n");
    record.setConfig(Value::map({{"replicaCount", Value::integer(5)}}));
    record.setServerSide(true);
    chart::Hook hook;
    hook.name = "check";
    hook.events = {"pre-upgrade"};
    hook.weight = -3;
    record.setHooks({hook});
    const auto data = record.encode();
    QVERIFY(data.ok());
    QCOMPARE(*data, *record.encode());
    std::string once, packed;
    std::size_t at = 0;
    QVERIFY(base64Decode(*data, once, at) && base64Decode(once, packed, at));
    QVERIFY(packed.starts_with("\x1f\x8b\x08"));
    const auto back = Record::decode(*data);
    QVERIFY2(back.ok(), back.ok() ? "" : back.error().message.c_str());
    QCOMPARE(back->name(), std::string("prod-eu"));
    QCOMPARE(back->revision(), 14);
    QCOMPARE(back->status(), Status::PendingUpgrade);
    QCOMPARE(back->manifest(), std::string("---\nkind: <x>\n"));
    QVERIFY(back->serverSide());
    QCOMPARE(back->hooks().front().weight, std::int64_t(-3));
    QCOMPARE(back->hooks().front().events, std::vector<std::string>({"pre-upgrade"}));
    QVERIFY(back->lastDeployed() == parseTimestamp("2026-11-23T12:00:00.5Z"));
    QVERIFY(back->tree().sameContent(record.tree()));
}

void TestRecord::keepsWhatItDoesNotKnow()
{
    const auto tree =
        yaml::parseJson(R"({"name":"a","version":2,"namespace":"ci","new_thing":[1,{"x":null}],)"
                        R"("info":{"status":"deployed","resources":{"v1/Pod":[]}},"chart":{"lock":null,"future":7}})");
    QVERIFY(tree.ok());
    auto record = Record::fromTree(*tree);
    QVERIFY(record.ok());
    record->setStatus(Status::Superseded);
    const auto back = Record::decode(*record->encode());
    QVERIFY(back.ok());
    QCOMPARE(yaml::toJson(back->tree()),
        std::string(
            R"({"chart":{"future":7,"lock":null},"info":{"resources":{"v1/Pod":[]},"status":"superseded"},"name":"a",)"
            R"("namespace":"ci","new_thing":[1,{"x":null}],"version":2})"));
}

void TestRecord::readsUnpackedRecords()
{
    const auto record = Record::decode(base64Encode(base64Encode(R"({"name":"old","version":1})")));
    QVERIFY(record.ok());
    QCOMPARE(record->name(), std::string("old"));
}

void TestRecord::refuses_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addRow("not base64") << QByteArray("%%%");
    QTest::addRow("base64 once") << QByteArray("e30K!");
    QTest::addRow("no name") << QByteArray::fromStdString(base64Encode(base64Encode(R"({"version":1})")));
    QTest::addRow("no version") << QByteArray::fromStdString(base64Encode(base64Encode(R"({"name":"x"})")));
    QTest::addRow("torn gzip") << QByteArray::fromStdString(
        base64Encode(base64Encode(std::string("\x1f\x8b\x08\x00\x00", 5))));
    QTest::addRow("empty") << QByteArray();
}

void TestRecord::refuses()
{
    QFETCH(QByteArray, data);
    QVERIFY(!Record::decode(data.toStdString()).ok());
}

void TestRecord::labelsAreHelms()
{
    Record record;
    record.setName("prod-eu", "ci");
    record.setRevision(3);
    record.setStatus(Status::Deployed, "Upgrade complete");
    record.setUserLabels({{"team", "a"}});
    const WallTime now = *parseTimestamp("2026-11-23T12:00:00Z");
    Value secret = *record.toSecret(now, true);
    QCOMPARE(yaml::toJson(secret.get("metadata")),
        std::string(
            R"({"labels":{"createdAt":"1795435200","name":"prod-eu","owner":"helm","status":"deployed","team":"a",)"
            R"("version":"3"},"name":"sh.helm.release.v1.prod-eu.v3","namespace":"ci"})"));
    QCOMPARE(secret.get("type").stringOr(), std::string("helm.sh/release.v1"));
    secret.get("metadata").asMap().set("resourceVersion", Value::string("77"));
    const auto back = Record::fromSecret(secret);
    QVERIFY(back.ok());
    QVERIFY(back->userLabels() == (std::map<std::string, std::string>{{"team", "a"}}));
    const Value again = *back->toSecret(now, false);
    QCOMPARE(again.at({"metadata", "resourceVersion"}).stringOr(), std::string("77"));
    QVERIFY(again.at({"metadata", "labels", "createdAt"}).isNil());
    QCOMPARE(again.at({"metadata", "labels", "modifiedAt"}).stringOr(), std::string("1795435200"));
}

void TestRecord::settersDoNotReachCopies()
{
    Record record;
    record.setName("a", "ci");
    record.setStatus(Status::Deployed, "x");
    const Record copy = record;
    record.setStatus(Status::Failed, "y");
    QCOMPARE(copy.status(), Status::Deployed);
    QCOMPARE(copy.description(), std::string("x"));
}

void TestRecord::names_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("good");
    QTest::addRow("plain") << QByteArray("prod-eu.1") << true;
    QTest::addRow("capital") << QByteArray("Prod") << false;
    QTest::addRow("dash at the end") << QByteArray("prod-") << false;
    QTest::addRow("dash before a dot") << QByteArray("a-.b") << false;
    QTest::addRow("two dots") << QByteArray("a..b") << false;
    QTest::addRow("53") << QByteArray(53, 'a') << true;
    QTest::addRow("54") << QByteArray(54, 'a') << false;
    QTest::addRow("empty") << QByteArray() << false;
}

void TestRecord::names()
{
    QFETCH(QByteArray, name);
    QFETCH(bool, good);
    QCOMPARE(isReleaseName(name.toStdString()), good);
}

void TestRecord::plans_data()
{
    QTest::addColumn<int>("action");
    QTest::addColumn<QString>("history"); // "1 deployed,2 failed"
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, Action action, const char *history, const char *options,
                         const char *expected) {
        QTest::addRow("%s", name) << int(action) << history << options << expected;
    };
    row("first install", Action::Install, "", "", "new 1 base 0");
    row("install over deployed", Action::Install, "1 deployed", "", "release.exists");
    row("install over uninstalled", Action::Install, "1 uninstalled", "", "release.exists");
    row("install over uninstalled, replacing", Action::Install, "1 uninstalled", "replace", "new 2 base 1 supersede 1");
    row("install over deployed, replacing", Action::Install, "1 deployed", "replace", "release.exists");
    row("upgrade", Action::Upgrade, "1 superseded,2 deployed", "", "new 3 base 2 supersede 2");
    row("upgrade after a failed upgrade", Action::Upgrade, "1 deployed,2 failed", "", "new 3 base 1 supersede 1");
    row("upgrade after a failed install", Action::Upgrade, "1 failed", "", "new 2 base 1 supersede 1");
    row("upgrade of nothing", Action::Upgrade, "", "", "release.nothing-deployed");
    row("upgrade of uninstalled", Action::Upgrade, "1 uninstalled", "", "release.nothing-deployed");
    row("upgrade while pending", Action::Upgrade, "1 deployed,2 pending-upgrade", "", "release.pending");
    row("upgrade over pending", Action::Upgrade, "1 deployed,2 pending-upgrade", "resolve",
        "new 3 base 1 supersede 1 fail 2");
    row("upgrade over a stuck install", Action::Upgrade, "1 pending-install", "resolve", "new 2 base 1 fail 1");
    row("rollback", Action::Rollback, "1 superseded,2 deployed", "", "new 3 base 2 target 1 supersede 2");
    row("rollback of pending", Action::Rollback, "1 deployed,2 pending-upgrade", "",
        "new 3 base 1 target 1 supersede 1 fail 2");
    row("rollback from failed", Action::Rollback, "1 superseded,2 deployed,3 failed", "to 1",
        "new 4 base 3 target 1 supersede 2");
    row("rollback to nowhere", Action::Rollback, "2 deployed", "to 1", "release.no-revision");
    row("rollback of the only one", Action::Rollback, "1 deployed", "", "release.no-revision");
    row("uninstall", Action::Uninstall, "1 superseded,2 failed", "", "base 2");
    row("uninstall of nothing", Action::Uninstall, "", "", "release.not-found");
    row("history limit", Action::Upgrade, "1 superseded,2 superseded,3 deployed", "limit 3",
        "new 4 base 3 supersede 3 forget 1");
    row("history limit spares the deployed", Action::Upgrade, "1 deployed,2 failed,3 failed", "limit 2",
        "new 4 base 1 supersede 1 forget 2 3");
    row("history limit spares the target", Action::Rollback, "1 superseded,2 superseded,3 deployed", "limit 3 to 1",
        "new 4 base 3 target 1 supersede 3");
}

void TestRecord::plans()
{
    QFETCH(int, action);
    QFETCH(QString, history);
    QFETCH(QString, options);
    QFETCH(QString, expected);
    ReleaseFacts facts{.wanted = static_cast<Action>(action), .name = "prod-eu", .history = {}};
    for (const QString &entry : history.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const QStringList parts = entry.split(QLatin1Char(' '));
        facts.history.push_back({parts[0].toInt(), statusOf(parts[1].toStdString()), true, {}});
    }
    const QStringList words = options.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (int i = 0; i < words.size(); ++i) {
        facts.replace |= words[i] == QLatin1String("replace");
        facts.resolvePending |= words[i] == QLatin1String("resolve");
        if (words[i] == QLatin1String("limit"))
            facts.historyLimit = words[i + 1].toInt();
        if (words[i] == QLatin1String("to"))
            facts.rollbackTo = words[i + 1].toInt();
    }
    const ReleasePlan plan = planRelease(facts);
    if (plan.refused) {
        QCOMPARE(QString::fromStdString(plan.refused->id), expected);
        return;
    }
    QStringList texts;
    const auto number = [&](const char *word, int value, bool always = false) {
        if (value != 0 || always)
            texts += QStringLiteral("%1 %2").arg(QString::fromUtf8(word)).arg(value);
    };
    const auto list = [&](const char *word, const std::vector<int> &values) {
        if (values.empty())
            return;
        texts += QString::fromUtf8(word);
        for (const int value : values)
            texts += QString::number(value);
    };
    number("new", plan.newRevision);
    number("base", plan.baseline, true);
    number("target", plan.target);
    list("supersede", plan.supersede);
    list("fail", plan.markFailed);
    list("forget", plan.forget);
    QCOMPARE(texts.join(QLatin1Char(' ')), expected);
}

QTEST_APPLESS_MAIN(TestRecord)
#include "tst_record.moc"
