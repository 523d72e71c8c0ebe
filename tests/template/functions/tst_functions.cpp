// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression.h"

#include "template/functions/families.h"
#include "yaml/json.h"
#include "yaml/reader.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace pk;
using namespace pk::tmpl;

namespace {

// Every name of Helm 4.3 but the engine's own, those that need a chart or a cluster, and those that newer levels add.
constexpr std::string_view Names = "abbrev abbrevboth add add1 add1f addf adler32sum ago all any append atoi b32dec "
    "b32enc b64dec b64enc base bcrypt biggest buildCustomCert camelcase cat ceil chunk clean coalesce compact concat "
    "contains date dateInZone dateModify date_in_zone date_modify decryptAES deepCopy deepEqual default derivePassword "
    "dict dig dir div divf duration durationRound empty encryptAES ext first float64 floor fromJson fromJsonArray "
    "fromToml fromYaml fromYamlArray genCA genCAWithKey genPrivateKey genSelfSignedCert genSelfSignedCertWithKey "
    "genSignedCert genSignedCertWithKey get has hasKey hasPrefix hasSuffix hello htmlDate htmlDateInZone htpasswd indent "
    "initial initials int int64 isAbs join kebabcase keys kindIs kindOf last list lower max maxf merge mergeOverwrite "
    "min minf mod mul mulf mustAppend mustChunk mustCompact mustDateModify mustDeepCopy mustFirst mustFromJson mustHas "
    "mustInitial mustLast mustMerge mustMergeOverwrite mustPrepend mustPush mustRegexFind mustRegexFindAll "
    "mustRegexMatch mustRegexReplaceAll mustRegexReplaceAllLiteral mustRegexSplit mustRest mustReverse mustSlice "
    "mustToDate mustToJson mustToPrettyJson mustToRawJson mustUniq mustWithout must_date_modify nindent nospace now omit "
    "osBase osClean osDir osExt osIsAbs pick pluck plural prepend push quote randAlpha randAlphaNum randAscii randBytes "
    "randInt randNumeric regexFind regexFindAll regexMatch regexQuoteMeta regexReplaceAll regexReplaceAllLiteral "
    "regexSplit repeat replace rest reverse round semver semverCompare seq set sha1sum sha256sum sha512sum shuffle slice "
    "snakecase sortAlpha split splitList splitn squote sub subf substr swapcase ternary title toDate toDecimal toJson "
    "toPrettyJson toRawJson toString toStrings toToml toYaml toYamlPretty trim trimAll trimPrefix trimSuffix trimall "
    "trunc tuple typeIs typeIsLike typeOf uniq unixEpoch unset until untilStep untitle upper urlJoin urlParse uuidv4 "
    "values without wrap wrapWith";
constexpr std::string_view Newer = "mustToToml mustToDuration durationSeconds durationMilliseconds "
    "durationMicroseconds durationNanoseconds durationMinutes durationHours durationDays durationWeeks durationRoundTo "
    "durationTruncateTo";

QList<QByteArray> split(std::string_view names)
{
    return QByteArray(names.data(), qsizetype(names.size())).split(' ');
}

/// As the tables tell a result: its type, and what print writes, as JSON.
QByteArray told(const Result<Value> &result, const FunctionTable &functions, CallContext &context)
{
    if (!result)
        return "error: " + QByteArray::fromStdString(result.error().message).replace("\n", "\\n");
    // A list of one alone prints through %v, as print does.
    const Value text = result->isString() ? *result : *functions.find("cat")->body(context, std::span(&*result, 1));
    const Value shown = result->isNil() ? Value::string("<nil>") : text;
    return QByteArray::fromStdString(result->typeName() + ' ' + yaml::toJson(shown, yaml::HtmlEscape::Off));
}

} // namespace

class TestFunctions : public QObject
{
    Q_OBJECT

private slots:
    void everyNameExists_data();
    void everyNameExists();
    void levelsHaveTheirFunctions();
    void answersAsHelm_data();
    void answersAsHelm();
    void budgetIsAsked_data();
    void budgetIsAsked();
    void randomTextIsOfItsAlphabet_data();
    void randomTextIsOfItsAlphabet();
    void selfContainedMapEnds();
    void certificatesHold();
    void encryptionComesBack();
    void passwordsVerify();
};

void TestFunctions::everyNameExists_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const QByteArray &name : split(Names) + split(Newer) + QList<QByteArray> {"mustToYaml"})
        QTest::addRow("%s", name.constData()) << name;
}

void TestFunctions::everyNameExists()
{
    QFETCH(QByteArray, name);
    QVERIFY(standardFunctions({}).find(name.toStdString()));
}

void TestFunctions::levelsHaveTheirFunctions()
{
    const FunctionTable newest = standardFunctions({});
    QCOMPARE(qsizetype(newest.size()), split(Names).size() + split(Newer).size() + 1);
    const FunctionTable middle = standardFunctions({.durations = false});
    QCOMPARE(qsizetype(middle.size()), split(Names).size() + 1);
    QVERIFY(middle.find("mustToYaml"));
    const FunctionTable oldest = standardFunctions({.semverLimits = true, .durations = false, .mustToYaml = false});
    QCOMPARE(qsizetype(oldest.size()), split(Names).size());
}

void TestFunctions::answersAsHelm_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QByteArray>("answer");
    const QDir folder(QStringLiteral(PK_TEST_DATA "/template/functions"));
    for (const QString &name : folder.entryList({QStringLiteral("*.txt")})) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        for (const QByteArray &line : file.readAll().split('\n')) {
            const qsizetype tab = line.indexOf('\t');
            if (tab > 0)
                QTest::addRow("%s: %s", qPrintable(name), line.left(tab).constData()) << line.left(tab) << line.mid(tab + 1);
        }
    }
}

void TestFunctions::answersAsHelm()
{
    QFETCH(QByteArray, expression);
    QFETCH(QByteArray, answer);
    static const Dialect dialect;
    static const FunctionTable functions = standardFunctions(dialect);
    static const Value values = [] {
        QFile file(QStringLiteral(PK_TEST_DATA "/template/functions/values.yaml"));
        file.open(QIODevice::ReadOnly);
        return *yaml::toMap(file.readAll().toStdString());
    }();
    StillContext context(dialect);
    Value root = values.deepCopy();
    root.asMap().type = MapType::Values;
    const Value dot = Value::map({{"Values", root}});
    const Result<Value> result = evaluate(expression.toStdString(), functions, context, dot);
    QCOMPARE(told(result, functions, context), answer);
}

void TestFunctions::budgetIsAsked_data()
{
    QTest::addColumn<QByteArray>("expression");
    for (const char *expression : {"repeat 1000000000 \"x\"", "indent 1000000000 \"x\"", "nindent 100000 \"a\\na\\na\\na\\na\\na\\na\\na\\na\\na\\na\\na\"",
             "until 1000000000", "untilStep 0 9000000000000000000 1", "seq 1000000000", "randAlphaNum 1000000000",
             "randBytes 1000000000"})
        QTest::addRow("%s", expression) << QByteArray(expression);
}

void TestFunctions::budgetIsAsked()
{
    QFETCH(QByteArray, expression);
    const Dialect dialect;
    StillContext context(dialect);
    const Result<Value> result = evaluate(expression.toStdString(), standardFunctions(dialect), context, {});
    QVERIFY(!result);
    QCOMPARE(result.error().code, Error::Code::LimitExceeded);
}

void TestFunctions::randomTextIsOfItsAlphabet_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QByteArray>("pattern");
    QTest::newRow("letters and digits") << QByteArray("randAlphaNum 40") << QByteArray("^[0-9A-Za-z]{40}$");
    QTest::newRow("letters") << QByteArray("randAlpha 40") << QByteArray("^[A-Za-z]{40}$");
    QTest::newRow("digits") << QByteArray("randNumeric 40") << QByteArray("^[0-9]{40}$");
    QTest::newRow("ASCII") << QByteArray("randAscii 40") << QByteArray("^[ -~]{40}$");
    QTest::newRow("none") << QByteArray("randAlphaNum 0") << QByteArray("^$");
    QTest::newRow("negative count") << QByteArray("randAlphaNum -1") << QByteArray("^$");
    QTest::newRow("bytes as base64") << QByteArray("randBytes 10") << QByteArray("^[A-Za-z0-9+/]{14}==$");
    QTest::newRow("number in range") << QByteArray("randInt 5 8 | toString") << QByteArray("^[567]$");
    QTest::newRow("uuid of version 4")
        << QByteArray("uuidv4") << QByteArray("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");
    QTest::newRow("same letters") << QByteArray("shuffle \"aab\"") << QByteArray("^(aab|aba|baa)$");
}

void TestFunctions::randomTextIsOfItsAlphabet()
{
    QFETCH(QByteArray, expression);
    QFETCH(QByteArray, pattern);
    const Dialect dialect;
    StillContext context(dialect);
    const Result<Value> result = evaluate(expression.toStdString(), standardFunctions(dialect), context, {});
    QVERIFY(result);
    const QString text = QString::fromStdString(result->toString());
    QVERIFY2(QRegularExpression(QString::fromUtf8(pattern)).match(text).hasMatch(), qPrintable(text));
}

void TestFunctions::selfContainedMapEnds()
{
    const Dialect dialect;
    const FunctionTable functions = standardFunctions(dialect);
    StillContext context(dialect);
    const Value a = Value::map();
    const Value b = Value::map();
    a.asMap().set("self", a);
    b.asMap().set("self", b);
    const Value arguments[] = {a, b};
    QVERIFY(functions.find("merge")->body(context, std::span<const Value>(arguments, 2)));
    QVERIFY(functions.find("toString")->body(context, std::span(arguments).first(1)));
    QVERIFY(functions.find("toToml")->body(context, std::span(arguments).first(1)));
    a.asMap().erase("self");
    b.asMap().erase("self");
}

void TestFunctions::certificatesHold()
{
    const Dialect dialect;
    const FunctionTable functions = standardFunctions(dialect);
    StillContext context(dialect);
    const Result<Value> ca = evaluate("genCA \"my ca\" 365", functions, context, {});
    QVERIFY2(ca, ca ? "" : ca.error().message.c_str());
    const Value dot = Value::map({{"ca", *ca}});
    const Result<Value> made
        = evaluate("genSignedCert \"host\" (list \"10.0.0.1\" \"::1\") (list \"a.b\") 30 .ca", functions, context, dot);
    QVERIFY2(made, made ? "" : made.error().message.c_str());
    QCOMPARE(made->typeName(), std::string("sprig.certificate"));
    const Value both = Value::map({{"c", *made}});
    const Result<Value> again = evaluate("buildCustomCert (b64enc .c.Cert) (b64enc .c.Key)", functions, context, both);
    QVERIFY2(again, again ? "" : again.error().message.c_str());
    QVERIFY(*again == *made);
    const Result<Value> key = evaluate("genPrivateKey \"ed25519\"", functions, context, {});
    QVERIFY(key && key->toString().starts_with("-----BEGIN PRIVATE KEY-----\n"));
    const Value withKey = Value::map({{"k", *evaluate("genPrivateKey \"ecdsa\"", functions, context, {})}});
    QVERIFY(withKey.get("k").toString().starts_with("-----BEGIN EC PRIVATE KEY-----\n"));
    const Result<Value> own = evaluate("genSelfSignedCertWithKey \"x\" nil nil 1 .k", functions, context, withKey);
    QVERIFY2(own, own ? "" : own.error().message.c_str());
}

void TestFunctions::encryptionComesBack()
{
    const Dialect dialect;
    StillContext context(dialect);
    const Result<Value> plain = evaluate(
        "encryptAES \"key\" \"sixteen bytes ok\" | decryptAES \"key\"", standardFunctions(dialect), context, {});
    QVERIFY(plain);
    QCOMPARE(plain->toString(), std::string("sixteen bytes ok"));
}

void TestFunctions::passwordsVerify()
{
    const Dialect dialect;
    StillContext context(dialect);
    const Result<Value> entry = evaluate("htpasswd \"me\" \"secret\"", standardFunctions(dialect), context, {});
    QVERIFY(entry);
    QVERIFY2(entry->toString().starts_with("me:$2a$10$"), entry->toString().c_str());
    QCOMPARE(entry->toString().size(), std::size_t(63));
}

QTEST_APPLESS_MAIN(TestFunctions)
#include "tst_functions.moc"
