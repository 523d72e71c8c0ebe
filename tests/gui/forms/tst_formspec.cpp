// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/chart.h"
#include "chart/levels.h"
#include "chart/schema.h"
#include "forms/fieldspec.h"
#include "forms/formschema.h"
#include "yaml/reader.h"

#include <QTest>

#include <algorithm>
#include <string>

using namespace pk;
using namespace pk::gui;

namespace {

chart::ChartPtr bundled()
{
    const auto loaded = chart::loadChart("builtin:spacelift-worker", chart::levels43());
    return loaded ? *loaded : nullptr;
}

/// The keys of all leaves below `value`; empty maps and lists count as leaves.
void collectLeaves(const Value &value, const std::string &prefix, QStringList &leaves)
{
    if (value.kind() != Value::Kind::Map || value.asMap().isEmpty()) {
        leaves.append(QString::fromStdString(prefix));
        return;
    }
    for (const Map::Entry &entry : value.asMap())
        collectLeaves(entry.value, prefix.empty() ? entry.key : prefix + "." + entry.key, leaves);
}

QStringList keysOf(const std::vector<FieldGroup> &groups)
{
    QStringList keys;
    for (const FieldGroup &group : groups) {
        for (const FieldSpec &field : group.fields) {
            keys.append(field.key());
            if (field.kind == FieldKind::Storage)
                keys.append(QStringLiteral("storageVolumeClaimTemplateSpec"));
        }
    }
    return keys;
}

/// The leaves that no field holds or lies above; an empty map (affinity: {}) is also reached by fields inside it.
QStringList unreachable(const std::vector<FieldGroup> &groups, const Value &values)
{
    QStringList leaves;
    collectLeaves(values, {}, leaves);
    const QStringList keys = keysOf(groups);
    leaves.removeIf([&keys](const QString &leaf) {
        return std::any_of(keys.begin(), keys.end(), [&leaf](const QString &key) {
            return leaf == key || leaf.startsWith(key + QLatin1Char('.')) || key.startsWith(leaf + QLatin1Char('.'));
        });
    });
    return leaves;
}

FieldSpec fieldAt(const std::vector<FieldGroup> &groups, const char *key)
{
    for (const FieldGroup &group : groups) {
        for (const FieldSpec &field : group.fields) {
            if (field.key() == QLatin1String(key))
                return field;
        }
    }
    return {};
}

QString groupAt(const std::vector<FieldGroup> &groups, const char *key)
{
    for (const FieldGroup &group : groups) {
        for (const FieldSpec &field : group.fields) {
            if (field.key() == QLatin1String(key))
                return group.id;
        }
    }
    return {};
}

} // namespace

class TestFormSpec : public QObject
{
    Q_OBJECT

private slots:
    void unknownKeysAreYamlUnderEverythingElse();
    void initTestCase()
    {
        m_chart = bundled();
        QVERIFY(m_chart && m_chart->hasSchema);
        const auto schema = chart::Schema::compile(m_chart->schema, chart::levels43());
        QVERIFY(bool(schema));
        m_described = (*schema)->describe();
        m_groups = formOf(m_described);
    }

    void groupsComeInTheOrderOfTheDesign()
    {
        const QStringList order = {QStringLiteral("general"), QStringLiteral("credentials"), QStringLiteral("launcher"),
            QStringLiteral("dind"), QStringLiteral("storage"), QStringLiteral("scheduling"), QStringLiteral("metadata"),
            QStringLiteral("other")};
        qsizetype last = -1;
        for (const FieldGroup &group : m_groups) {
            const qsizetype place = order.indexOf(group.id);
            QVERIFY2(place > last, qPrintable(group.id));
            QVERIFY2(!group.fields.empty(), qPrintable(group.id));
            last = place;
        }
        QVERIFY(m_groups.size() >= 5);
    }

    void everyLeafOfTheValuesIsReachable()
    {
        const QStringList lost = unreachable(m_groups, m_chart->values);
        QVERIFY2(lost.isEmpty(), qPrintable(lost.join(QLatin1Char(32))));
    }

    void noKeyHasTwoFields()
    {
        QStringList keys = keysOf(m_groups);
        QCOMPARE(keys.removeDuplicates(), 0);
    }

    void kindIsThatOfTheKey_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *key, FieldKind kind) {
            QTest::newRow(key) << QString::fromLatin1(key) << int(kind);
        };
        row("replicaCount", FieldKind::Number);
        row("useStatefulSet", FieldKind::Switch);
        row("credentials.create", FieldKind::Switch);
        row("credentials.token", FieldKind::Secret);
        row("credentials.privateKey", FieldKind::Secret);
        row("launcher.extraEnv", FieldKind::Environment);
        row("storageVolume", FieldKind::Storage);
    }

    void kindIsThatOfTheKey()
    {
        QFETCH(QString, key);
        QFETCH(int, kind);
        for (const FieldGroup &group : m_groups) {
            for (const FieldSpec &field : group.fields) {
                if (field.key() == key) {
                    QCOMPARE(int(field.kind), kind);
                    return;
                }
            }
        }
        QFAIL("no field has this key");
    }

    void chartWithoutSchemaDerivesFieldsFromItsValues()
    {
        const auto groups = formOf(formSchema(nullptr, m_chart->values));
        QCOMPARE(unreachable(groups, m_chart->values), QStringList());
        QCOMPARE(groups.front().id, QStringLiteral("plain"));
        QCOMPARE(int(fieldAt(groups, "replicaCount").kind), int(FieldKind::Number));
        // An object of several values is a group; the fields need not repeat its name.
        QCOMPARE(groupAt(groups, "credentials.create"), QStringLiteral("key:credentials"));
        QCOMPARE(int(fieldAt(groups, "launcher.extraEnv").kind), int(FieldKind::Environment));
        QCOMPARE(int(fieldAt(groups, "nodeSelector").kind), int(FieldKind::StringMap));
    }

    void whatASchemaLeavesOpenComesFromTheValues()
    {
        // As most charts have it: some keys, no types for others, anything allowed beside them.
        const auto schema = chart::Schema::compile(R"({"type": "object", "properties": {
            "port": {"type": "integer", "description": "Of the schema."},
            "image": {"properties": {"tag": {"type": "string"}}},
            "ratio": {"type": "number"}, "limit": {"type": "integer", "maximum": 9007199254740991}}})",
            chart::levels43());
        QVERIFY(bool(schema));
        const std::string text =
            "# Of the comment.\nport: 80\nimage:\n  # -- Where it comes from\n  registry: docker.io\n"
            "  tag: v1\nratio: 0.5\nlimit: 5\nargs: [a, b]\nservice: {type: ClusterIP}\ndebug: false\n";
        const Value defaults = *yaml::toValue(text);
        const chart::SchemaNode described = (*schema)->describe();
        const chart::SchemaNode whole = formSchema(&described, defaults, text);
        const auto groups = formOf(whole);
        QCOMPARE(unreachable(groups, defaults), QStringList());
        QCOMPARE(groupAt(groups, "image.registry"), QStringLiteral("key:image"));
        QCOMPARE(fieldAt(groups, "image.registry").help, QStringLiteral("Where it comes from"));
        QCOMPARE(fieldAt(groups, "port").help, QStringLiteral("Of the schema."));
        QCOMPARE(int(fieldAt(groups, "ratio").kind), int(FieldKind::Decimal));
        QCOMPARE(int(fieldAt(groups, "limit").kind), int(FieldKind::Decimal));
        QCOMPARE(int(fieldAt(groups, "args").kind), int(FieldKind::StringList));
        QCOMPARE(int(fieldAt(groups, "debug").kind), int(FieldKind::Switch));
        // One value alone is no group, but keeps its parent's name.
        QCOMPARE(groupAt(groups, "service.type"), QStringLiteral("plain"));
        QCOMPARE(fieldAt(groups, "service.type").label, QStringLiteral("Service, type"));
        // What a person adds beside known keys stands beside them.
        const Value user = *yaml::toValue("image: {digest: x}\nother: 1\n");
        const std::vector<std::string> unknown = unknownKeys(whole, user);
        QCOMPARE(unknown.size(), std::size_t(2));
        const auto more = formOf(whole, unknown);
        QCOMPARE(groupAt(more, "image.digest"), QStringLiteral("key:image"));
        QCOMPARE(groupAt(more, "other"), QStringLiteral("other"));
    }

    void deepObjectsEndInOneYamlField()
    {
        chart::SchemaNode node;
        node.name = "leaf";
        node.types = {"string"};
        for (int level = 0; level < 50; ++level) {
            chart::SchemaNode above;
            above.name = "level";
            above.types = {"object"};
            above.allowsUnknown = false;
            above.properties.push_back(std::move(node));
            node = std::move(above);
        }
        const auto groups = formOf(node);
        QCOMPARE(groups.size(), std::size_t(1));
        QCOMPARE(groups.front().fields.size(), std::size_t(1));
        QCOMPARE(int(groups.front().fields.front().kind), int(FieldKind::Yaml));
        QCOMPARE(groups.front().fields.front().key(), QStringLiteral("level.level.level.level.level"));
    }

    void unknownKeysAreFoundAtEveryLevel()
    {
        const auto user = yaml::toValue("launcher:\n  extraLabels: {team: a}\n  image: {tga: x, tag: y}\n  resources:\n"
                                        "    limits: {cpu: 1, nvidia.com/gpu: 2}\naffinity: {anything: {}}\n"
                                        "workerPool: {token: x}\nnodeSelector: {own: key}\n");
        QVERIFY(bool(user));
        const std::vector<std::string> unknown = unknownKeys(m_described, *user);
        const std::vector<std::string> expected = {"affinity.anything", "launcher.extraLabels", "launcher.image.tga",
            "launcher.resources.limits[\"nvidia.com/gpu\"]", "workerPool"};
        const auto joined = [](const std::vector<std::string> &paths) {
            QString text;
            for (const std::string &path : paths)
                text += QString::fromStdString(path) + u' ';
            return text;
        };
        QCOMPARE(joined(unknown), joined(expected));
        const auto groups = formOf(m_described, unknown);
        QStringList others;
        for (const FieldSpec &field : groups.back().fields)
            others.append(field.key());
        QVERIFY2(others.contains(QStringLiteral("launcher.image.tga")), qPrintable(others.join(u' ')));
        QVERIFY(!others.contains(QStringLiteral("launcher.resources.limits[\"nvidia.com/gpu\"]")));
        const auto launcher = std::find_if(groups.begin(), groups.end(),
            [](const FieldGroup &group) { return group.id == QLatin1String("launcher"); });
        QVERIFY(std::any_of(launcher->fields.begin(), launcher->fields.end(), [](const FieldSpec &field) {
            return field.kind == FieldKind::Quantity && field.label == QLatin1String("Limits, nvidia.com/gpu");
        }));
    }

private:
    chart::ChartPtr m_chart;
    chart::SchemaNode m_described;
    std::vector<FieldGroup> m_groups;
};

void TestFormSpec::unknownKeysAreYamlUnderEverythingElse()
{
    const pk::Value defaults = pk::Value::map({{"replicaCount", pk::Value::number(1)}});
    const pk::Value user = pk::Value::map({{"replicaCount", pk::Value::number(2)}, {"workerPool", pk::Value::map()}});
    const std::vector<std::string> unknown = pk::gui::unknownKeys(pk::gui::formSchema(nullptr, defaults), user);
    QCOMPARE(unknown, std::vector<std::string>{"workerPool"});
    const auto groups = pk::gui::formOf(pk::gui::formSchema(nullptr, defaults), unknown);
    QCOMPARE(groups.back().id, QStringLiteral("other"));
    QCOMPARE(groups.back().fields.back().key(), QStringLiteral("workerPool"));
    QVERIFY(groups.back().fields.back().kind == pk::gui::FieldKind::Yaml);
}

QTEST_MAIN(TestFormSpec)
#include "tst_formspec.moc"
