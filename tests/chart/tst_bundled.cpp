// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/templatecommand.h"
#include "yaml/json.h"
#include "yaml/reader.h"

#include <QtTest>

#include <functional>
#include <set>

using namespace pk;

namespace {

const std::string chartFolder = PK_BUNDLED_CHART;

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QDir valuesFolder()
{
    return QDir(QStringLiteral(PK_TEST_DATA "/chart/values"));
}

/// Helm prints schema failures in any order.
QByteArray comparable(QByteArray text)
{
    text = text.trimmed();
    if (!text.contains("meet the specifications"))
        return text;
    QByteArrayList lines = text.split('\n');
    std::ranges::sort(lines);
    return lines.join('\n');
}

/// The text behind "Error: ", without our lines that show the place.
QByteArray errorOf(const std::string &text)
{
    QString error = QString::fromStdString(text);
    error.remove(0, error.indexOf(QStringLiteral("Error: ")) + 7);
    static const QRegularExpression place(QStringLiteral("\nat [^\n]*:\\d+:\\d+\n"));
    const auto found = place.match(error);
    if (found.hasMatch())
        error.truncate(found.capturedStart());
    return error.toUtf8();
}

Value resolved(const Value &schema, const Value &part)
{
    const std::string reference = part.get("$ref").stringOr();
    constexpr std::string_view prefix = "#/definitions/";
    return reference.starts_with(prefix) ? schema.at({"definitions", reference.substr(prefix.size())}) : part;
}

/// Calls `visit` with the path and the schema of every property that the chart itself names: what Kubernetes defines
/// (below lists, and in objects that are passed on whole) is left to Kubernetes.
void walkSchema(const Value &schema, const Value &part, const std::string &path,
    const std::function<void(const std::string &, const Value &)> &visit)
{
    const Value here = resolved(schema, part);
    if (!here.get("properties").isMap())
        return;
    for (const auto &[key, property] : here.get("properties").asMap()) {
        const std::string below = path.empty() ? key : path + '.' + key;
        const Value next = resolved(schema, property);
        visit(below, next);
        if (!next.get("additionalProperties").boolOr(true))
            walkSchema(schema, next, below, visit);
    }
}

void walkValues(
    const Value &values, const std::string &path, const std::function<void(const std::string &, const Value &)> &visit)
{
    for (const auto &[key, value] : values.asMap()) {
        const std::string below = path.empty() ? key : path + '.' + key;
        visit(below, value);
        if (value.isMap())
            walkValues(value, below, visit);
    }
}

std::string schemaType(const Value &value)
{
    if (value.isMap())
        return "object";
    if (value.isList())
        return "array";
    if (value.isBool())
        return "boolean";
    return value.isString() ? "string" : value.isNumber() ? "integer" : "null";
}

bool allowsType(const Value &property, const std::string &type)
{
    const Value types = property.get("type");
    if (types.isString())
        return types.toString() == type;
    return types.isList()
        && std::ranges::any_of(types.asList().items, [&](const Value &one) { return one.stringOr() == type; });
}

QString joined(const std::set<std::string> &paths)
{
    QStringList list;
    for (const std::string &path : paths)
        list.append(QString::fromStdString(path));
    return list.join(QStringLiteral(", "));
}

} // namespace

/// The chart that we ship, against what real helms printed for it (record-golden), and its own schema and defaults.
class TestBundledChart : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        qunsetenv("KUBECONFIG");
        qunsetenv("HELM_NAMESPACE");
        qputenv("HOME", "/nonexistent");
        m_schema = *yaml::parseJson(readAll(QString::fromStdString(chartFolder + "/values.schema.json")).toStdString());
        m_defaults = *yaml::toMap(readAll(QString::fromStdString(chartFolder + "/values.yaml")).toStdString());
    }

    void rendersWhatHelmRendered_data()
    {
        QTest::addColumn<QString>("values");
        QTest::addColumn<QString>("level");
        const QStringList files = valuesFolder().entryList({QStringLiteral("*.yaml")});
        QVERIFY(!files.isEmpty());
        for (const QString &file : files) {
            for (const char *level : {"4.3", "3"})
                QTest::addRow("%s at %s", qPrintable(file.chopped(5)), level) << file << QString::fromLatin1(level);
        }
    }

    void rendersWhatHelmRendered()
    {
        QFETCH(QString, values);
        QFETCH(QString, level);
        const QString golden = QStringLiteral(PK_TEST_DATA "/chart/golden/%1.%2.").arg(values.chopped(5), level);
        const bool refused = QFile::exists(golden + QStringLiteral("err"));
        QVERIFY2(
            refused != QFile::exists(golden + QStringLiteral("out")), "not recorded: tests/conformance/record-golden");
        cli::Streams streams;
        const int code =
            cli::runTemplate({"rel", chartFolder, "--namespace", "ns", "-f",
                                 valuesFolder().filePath(values).toStdString(), "--compat", level.toStdString()},
                streams);
        QCOMPARE(code, refused ? 1 : 0);
        if (refused)
            QCOMPARE(comparable(errorOf(streams.err)), comparable(readAll(golden + QStringLiteral("err"))));
        else
            QCOMPARE(QByteArray::fromStdString(streams.out), readAll(golden + QStringLiteral("out")));
    }

    void nothingIsRecordedForFilesThatAreGone()
    {
        const QDir golden(QStringLiteral(PK_TEST_DATA "/chart/golden"));
        QCOMPARE(golden.entryList({QStringLiteral("*.out"), QStringLiteral("*.err")}).size(),
            2 * valuesFolder().entryList({QStringLiteral("*.yaml")}).size());
    }

    void everyKeyIsSetBySomeValueFile()
    {
        std::set<std::string> unset;
        walkValues(m_defaults, {}, [&](const std::string &path, const Value &) { unset.insert(path); });
        walkSchema(m_schema, m_schema, {}, [&](const std::string &path, const Value &) { unset.insert(path); });
        QVERIFY(unset.size() > 60);
        for (const QString &file : valuesFolder().entryList({QStringLiteral("*.yaml")})) {
            if (file.startsWith(QStringLiteral("refused-")))
                continue;
            const auto values = yaml::toMap(readAll(valuesFolder().filePath(file)).toStdString());
            QVERIFY2(values.ok(), qPrintable(file));
            walkValues(*values, {}, [&](const std::string &path, const Value &) { unset.erase(path); });
        }
        QVERIFY2(unset.empty(), qPrintable(QStringLiteral("no value file sets ") + joined(unset)));
    }

    void everyDefaultHasTheTypeOfItsSchema()
    {
        std::map<std::string, Value> properties;
        walkSchema(m_schema, m_schema, {},
            [&](const std::string &path, const Value &property) { properties.emplace(path, property); });
        walkValues(m_defaults, {}, [&](const std::string &path, const Value &value) {
            const auto found = properties.find(path);
            QVERIFY2(
                found != properties.end(), ("values.yaml has a key that the schema does not know: " + path).c_str());
            QVERIFY2(allowsType(found->second, schemaType(value)), path.c_str());
        });
    }

    /// Of what the schema names, only that is absent from values.yaml for which absence means something of its own.
    void everyKeyOfTheSchemaHasADefault()
    {
        std::set<std::string> absent;
        walkSchema(m_schema, m_schema, {}, [&](const std::string &path, const Value &) { absent.insert(path); });
        walkValues(m_defaults, {}, [&](const std::string &path, const Value &) { absent.erase(path); });
        const std::set<std::string> meant = {"affinity.nodeAffinity", "affinity.podAffinity",
            "affinity.podAntiAffinity", "dind.image.digest", "dind.resources.limits", "dind.resources.requests",
            "dnsConfig.nameservers", "dnsConfig.options", "dnsConfig.searches", "global", "launcher.image.digest",
            "launcher.resources.limits", "launcher.resources.requests",
            "persistentVolumeClaimRetentionPolicy.whenDeleted", "persistentVolumeClaimRetentionPolicy.whenScaled",
            "revisionHistoryLimit"};
        QCOMPARE(joined(absent), joined(meant));
    }

private:
    Value m_schema;
    Value m_defaults;
};

QTEST_GUILESS_MAIN(TestBundledChart)
#include "tst_bundled.moc"
