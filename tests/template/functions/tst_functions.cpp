// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/builtins.h"
#include "template/executor.h"
#include "template/functions/families.h"
#include "yaml/reader.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace pk;
using namespace pk::tmpl;

namespace {

// Every name of Helm 4.3 but the engine's own, those that need a chart or a cluster, and those that newer levels add.
constexpr std::string_view Names =
    "abbrev abbrevboth add add1 add1f addf adler32sum ago all any append atoi b32dec "
    "b32enc b64dec b64enc base bcrypt biggest buildCustomCert camelcase cat ceil chunk clean coalesce compact concat "
    "contains date dateInZone dateModify date_in_zone date_modify decryptAES deepCopy deepEqual default derivePassword "
    "dict dig dir div divf duration durationRound empty encryptAES ext first float64 floor fromJson fromJsonArray "
    "fromToml fromYaml fromYamlArray genCA genCAWithKey genPrivateKey genSelfSignedCert genSelfSignedCertWithKey "
    "genSignedCert genSignedCertWithKey get has hasKey hasPrefix hasSuffix hello htmlDate htmlDateInZone htpasswd "
    "indent "
    "initial initials int int64 isAbs join kebabcase keys kindIs kindOf last list lower max maxf merge mergeOverwrite "
    "min minf mod mul mulf mustAppend mustChunk mustCompact mustDateModify mustDeepCopy mustFirst mustFromJson mustHas "
    "mustInitial mustLast mustMerge mustMergeOverwrite mustPrepend mustPush mustRegexFind mustRegexFindAll "
    "mustRegexMatch mustRegexReplaceAll mustRegexReplaceAllLiteral mustRegexSplit mustRest mustReverse mustSlice "
    "mustToDate mustToJson mustToPrettyJson mustToRawJson mustUniq mustWithout must_date_modify nindent nospace now "
    "omit "
    "osBase osClean osDir osExt osIsAbs pick pluck plural prepend push quote randAlpha randAlphaNum randAscii "
    "randBytes "
    "randInt randNumeric regexFind regexFindAll regexMatch regexQuoteMeta regexReplaceAll regexReplaceAllLiteral "
    "regexSplit repeat replace rest reverse round semver semverCompare seq set sha1sum sha256sum sha512sum shuffle "
    "slice "
    "snakecase sortAlpha split splitList splitn squote sub subf substr swapcase ternary title toDate toDecimal toJson "
    "toPrettyJson toRawJson toString toStrings toToml toYaml toYamlPretty trim trimAll trimPrefix trimSuffix trimall "
    "trunc tuple typeIs typeIsLike typeOf uniq unixEpoch unset until untilStep untitle upper urlJoin urlParse uuidv4 "
    "values without wrap wrapWith";
constexpr std::string_view Newer =
    "mustToToml mustToDuration durationSeconds durationMilliseconds "
    "durationMicroseconds durationNanoseconds durationMinutes durationHours durationDays durationWeeks durationRoundTo "
    "durationTruncateTo";

QList<QByteArray> split(std::string_view names)
{
    return QByteArray(names.data(), qsizetype(names.size())).split(' ');
}

/// A random source that counts, so that what it makes is the same in every run.
class CountingRandom final : public RandomSource
{
public:
    void fill(std::span<unsigned char> bytes) override
    {
        for (unsigned char &byte : bytes)
            byte = m_next++;
    }

private:
    unsigned char m_next = 0;
};

/// Time stands still at 2020-01-02T03:04:05Z.
class StillClock final : public Clock
{
public:
    WallTime now() const override { return WallTime(std::chrono::seconds(1577934245)); }
};

const FunctionTable &allFunctions()
{
    static const FunctionTable table = [] {
        FunctionTable result;
        result.add(builtins());
        const FunctionTable standard = standardFunctions({});
        for (const Function &function : standard)
            result.add({&function, 1});
        return result;
    }();
    return table;
}

/// What a template writes, or the Error that ended it: of a function that failed its own.
Result<std::string> rendered(std::string text, const Value &dot = {})
{
    TemplateSet templates(allFunctions(), "test");
    if (const Result<void> parsed = templates.parse("t", std::move(text)); !parsed)
        return parsed.error();
    const Dialect dialect;
    CountingRandom random;
    const StillClock clock;
    Executor executor(templates, {dialect, random, clock}, {.bytes = 4u << 20});
    const Result<Rendered> result = executor.render("t", dot);
    if (result)
        return result->text;
    return executor.lastError().cause;
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
    void selfContainedMapEnds_data();
    void selfContainedMapEnds();
    void madeThingsFitTogether_data();
    void madeThingsFitTogether();
};

void TestFunctions::everyNameExists_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const QByteArray &name : split(Names) + split(Newer) + QList<QByteArray>{"mustToYaml"})
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
                QTest::addRow("%s: %s", qPrintable(name), line.left(tab).constData())
                    << line.left(tab) << line.mid(tab + 1);
        }
    }
}

void TestFunctions::answersAsHelm()
{
    QFETCH(QByteArray, expression);
    QFETCH(QByteArray, answer);
    static const Value values = [] {
        QFile file(QStringLiteral(PK_TEST_DATA "/template/functions/values.yaml"));
        file.open(QIODevice::ReadOnly);
        return *yaml::toMap(file.readAll().toStdString());
    }();
    const Value root = values.deepCopy();
    root.asMap().type = MapType::Values;
    const Result<std::string> result =
        rendered("{{ $x := " + expression.toStdString() + " }}{{ typeOf $x }} {{ print $x | toRawJson }}",
            Value::map({{"Values", root}}));
    const QByteArray told = QByteArray::fromStdString(result ? *result : "error: " + result.error().message);
    QCOMPARE(QByteArray(told).replace("\n", "\\n"), answer);
}

void TestFunctions::budgetIsAsked_data()
{
    QTest::addColumn<QByteArray>("expression");
    for (const char *expression : {"repeat 1000000000 \"x\"", "indent 1000000000 \"x\"",
             "nindent 1000000 \"a\\na\\na\\na\\na\\na\\na\\na\\na\\na\\na\\na\"", "until 1000000000",
             "untilStep 0 9000000000000000000 1", "seq 1000000000", "randAlphaNum 1000000000", "randBytes 1000000000"})
        QTest::addRow("%s", expression) << QByteArray(expression);
}

void TestFunctions::budgetIsAsked()
{
    QFETCH(QByteArray, expression);
    const Result<std::string> result = rendered("{{ " + expression.toStdString() + " }}");
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
    QTest::newRow("uuid of version 4") << QByteArray(
        "uuidv4") << QByteArray("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");
    QTest::newRow("same letters") << QByteArray("shuffle \"aab\"") << QByteArray("^(aab|aba|baa)$");
}

void TestFunctions::randomTextIsOfItsAlphabet()
{
    QFETCH(QByteArray, expression);
    QFETCH(QByteArray, pattern);
    const Result<std::string> result = rendered("{{ " + expression.toStdString() + " }}");
    QVERIFY(result);
    const QString text = QString::fromStdString(*result);
    QVERIFY2(QRegularExpression(QString::fromUtf8(pattern)).match(text).hasMatch(), qPrintable(text));
}

void TestFunctions::selfContainedMapEnds_data()
{
    QTest::addColumn<QByteArray>("use");
    for (const char *use : {"merge $a $b", "mergeOverwrite $a $b", "toYaml $a", "toJson $a"})
        QTest::addRow("%s", use) << QByteArray(use);
}

void TestFunctions::selfContainedMapEnds()
{
    QFETCH(QByteArray, use);
    const std::string text =
        R"({{ $a := dict }}{{ $b := dict }}{{ $_ := set $a "self" $a }}{{ $_ := set $b "self" $b }})"
        "{{ $x := "
        + use.toStdString() + R"( }}{{ $_ := unset $a "self" }}{{ $_ := unset $b "self" }}done)";
    const Result<std::string> result = rendered(text);
    QVERIFY2(result, result ? "" : result.error().message.c_str());
    QCOMPARE(*result, std::string("done"));
}

void TestFunctions::madeThingsFitTogether_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("pattern");
    QTest::newRow("signed certificate is built again from its parts")
        << QByteArray(R"({{ $ca := genCA "my ca" 365 }})"
                      R"({{ $c := genSignedCert "host" (list "10.0.0.1" "::1") (list "a.b") 30 $ca }})"
                      R"({{ deepEqual $c (buildCustomCert (b64enc $c.Cert) (b64enc $c.Key)) }} {{ typeOf $c }})")
        << QByteArray("^true sprig.certificate$");
    QTest::newRow("key of the certificate is the one that was given")
        << QByteArray(R"({{ $k := genPrivateKey "ecdsa" }}{{ eq $k (genSelfSignedCertWithKey "x" nil nil 1 $k).Key }})")
        << QByteArray("^true$");
    QTest::newRow("authority with a given key")
        << QByteArray(R"({{ $k := genPrivateKey "ecdsa" }}{{ (genCAWithKey "x" 1 $k).Cert }})")
        << QByteArray("^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n$");
    QTest::newRow("EC key in its own form")
        << QByteArray(R"({{ genPrivateKey "ecdsa" }})") << QByteArray("^-----BEGIN EC PRIVATE KEY-----\n");
    QTest::newRow("Ed25519 key as PKCS 8")
        << QByteArray(R"({{ genPrivateKey "ed25519" }})") << QByteArray("^-----BEGIN PRIVATE KEY-----\n");
    QTest::newRow("text of whole blocks comes back")
        << QByteArray(R"({{ encryptAES "key" "sixteen bytes ok" | decryptAES "key" }})")
        << QByteArray("^sixteen bytes ok$");
    QTest::newRow("htpasswd entry") << QByteArray(R"({{ htpasswd "me" "secret" }})")
                                    << QByteArray("^me:\\$2a\\$10\\$[./A-Za-z0-9]{53}$");
    QTest::newRow("time stands where the clock says")
        << QByteArray(R"({{ now | unixEpoch }} {{ date "2006-01-02" now }})") << QByteArray("^1577934245 2020-01-02$");
    QTest::newRow("float is no moment") << QByteArray(R"({{ date "2006-01-02" 0.0 }})") << QByteArray("^2020-01-02$");
    QTest::newRow("elapsed time") << QByteArray(R"({{ ago 1577934240 }})") << QByteArray("^5s$");
}

void TestFunctions::madeThingsFitTogether()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, pattern);
    const Result<std::string> result = rendered(text.toStdString());
    QVERIFY2(result, result ? "" : result.error().message.c_str());
    const QString told = QString::fromStdString(*result);
    QVERIFY2(QRegularExpression(QString::fromUtf8(pattern)).match(told).hasMatch(), qPrintable(told));
}

QTEST_APPLESS_MAIN(TestFunctions)
#include "tst_functions.moc"
