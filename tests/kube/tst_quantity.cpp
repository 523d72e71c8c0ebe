// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/quantity.h"
#include "kube/resource.h"
#include "kube/text.h"

#include <QTest>

using namespace pk;
using namespace pk::kube;

namespace {
QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}
} // namespace

class TestQuantity : public QObject
{
    Q_OBJECT

private slots:
    void parse_data();
    void parse();
    void refused_data();
    void refused();
    void cleanTexts_data();
    void cleanTexts();
    void cutTextStaysUtf8();
    void paths_data();
    void paths();
};

void TestQuantity::parse_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<qint64>("value");
    QTest::addColumn<qint64>("milli");
    QTest::addColumn<QString>("printed");
    const auto row = [](const char *written, qint64 value, qint64 milli, const char *printed) {
        QTest::newRow(written) << QString::fromUtf8(written) << value << milli << QString::fromUtf8(printed);
    };
    row("0", 0, 0, "0");
    row("1", 1, 1000, "1");
    row("500m", 1, 500, "500m");
    row("0.5", 1, 500, "500m");
    row("1500m", 2, 1500, "1500m");
    row("-1500m", -2, -1500, "-1500m");
    row("+2k", 2000, 2000000, "2k");
    row("10Gi", 10737418240, 10737418240000, "10Gi");
    row("1.5Gi", 1610612736, 1610612736000, "1536Mi");
    row("0.5Ki", 512, 512000, "512");
    row("1024Ki", 1048576, 1048576000, "1Mi");
    row("1000Ki", 1024000, 1024000000, "1000Ki");
    row("2e3", 2000, 2000000, "2e3");
    row("1.5E3", 1500, 1500000, "1500");
    row("1E", 1000000000000000000, 9223372036854775807, "1E");
    row("100M", 100000000, 100000000000, "100M");
    row("12345u", 1, 13, "12345u");
    row("1n", 1, 1, "1n");
    row("0.1n", 1, 1, "1n");
    row("1.0000000001", 2, 1001, "1000000001n");
    row("9999E", 9223372036854775807, 9223372036854775807, "9223372036854775807");
    row(".5", 1, 500, "500m");
    row("5.", 5, 5000, "5");
    row("1e-3", 1, 1, "1e-3");
    row("1.00000000001Ei", 1152921504618376192, 9223372036854775807, "1152921504618376191046068470n");
}

void TestQuantity::parse()
{
    QFETCH(QString, written);
    QFETCH(qint64, value);
    QFETCH(qint64, milli);
    QFETCH(QString, printed);
    const auto quantity = Quantity::parse(written.toStdString());
    QVERIFY(quantity.ok());
    QCOMPARE(quantity->value(), value);
    QCOMPARE(quantity->milliValue(), milli);
    QCOMPARE(text(quantity->print()), printed);
}

void TestQuantity::refused_data()
{
    QTest::addColumn<QString>("written");
    for (const char *bad :
        {"", "Gi", "1 Gi", "1gi", "1K", "1.2.3", "--1", "1e", "e3", "1Gi1", "1e3Gi", "0x10", "\xC2\xBD"})
        QTest::newRow(qPrintable(u"'%1'"_qs.arg(QString::fromUtf8(bad)))) << QString::fromUtf8(bad);
}

void TestQuantity::refused()
{
    QFETCH(QString, written);
    QVERIFY(!Quantity::parse(written.toStdString()).ok());
}

void TestQuantity::cleanTexts_data()
{
    QTest::addColumn<QByteArray>("dirty");
    QTest::addColumn<QByteArray>("clean");
    QTest::newRow("plain") << QByteArray("a b\tc\nd") << QByteArray("a b\tc\nd");
    QTest::newRow("umlaut stays") << QByteArray("gr\xC3\xBC\xC3\x9F") << QByteArray("gr\xC3\xBC\xC3\x9F");
    QTest::newRow("control characters") << QByteArray("a\x01\x07\r\x7F"
                                                      "b")
                                        << QByteArray("ab");
    QTest::newRow("C1 control") << QByteArray("a\xC2\x9B"
                                              "31mb")
                                << QByteArray("a31mb");
    QTest::newRow("colour") << QByteArray("\x1b[31mred\x1b[0m") << QByteArray("red");
    QTest::newRow("title of the terminal") << QByteArray("\x1b]0;owned\x07text") << QByteArray("text");
    QTest::newRow("link, ended by ST") << QByteArray("\x1b]8;;http://x\x1b\\text") << QByteArray("text");
    QTest::newRow("escape at the end") << QByteArray("text\x1b") << QByteArray("text");
    QTest::newRow("right-to-left override") << QByteArray("a\xE2\x80\xAE"
                                                          "b")
                                            << QByteArray("ab");
    QTest::newRow("zero width space") << QByteArray("a\xE2\x80\x8B"
                                                    "b")
                                      << QByteArray("ab");
    QTest::newRow("not UTF-8") << QByteArray("a\xFF"
                                             "b")
                               << QByteArray("a\xEF\xBF\xBD"
                                             "b");
    QTest::newRow("overlong slash") << QByteArray("\xC0\xAF") << QByteArray("\xEF\xBF\xBD\xEF\xBF\xBD");
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << QByteArray("\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    QTest::newRow("half a character") << QByteArray("a\xE2\x80") << QByteArray("a\xEF\xBF\xBD\xEF\xBF\xBD");
}

void TestQuantity::cleanTexts()
{
    QFETCH(QByteArray, dirty);
    QFETCH(QByteArray, clean);
    QCOMPARE(QByteArray::fromStdString(cleanText(dirty.toStdString())), clean);
}

void TestQuantity::cutTextStaysUtf8()
{
    QCOMPARE(text(cleanText("gr\xC3\xBCn", 3)), QString::fromUtf8("gr\xE2\x80\xA6"));
    QCOMPARE(text(cleanText("gruen", 5)), u"gruen"_qs);
}

void TestQuantity::paths_data()
{
    QTest::addColumn<QString>("apiVersion");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("nameSpace");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("path");
    const auto row = [](const char *version, const char *kind, const char *nameSpace, const char *name,
                         const char *path) {
        QTest::newRow(path) << QString::fromUtf8(version) << QString::fromUtf8(kind) << QString::fromUtf8(nameSpace)
                            << QString::fromUtf8(name) << QString::fromUtf8(path);
    };
    row("v1", "Pod", "ns", "p", "/api/v1/namespaces/ns/pods/p/log");
    row("v1", "Pod", "", "", "/api/v1/pods/log");
    row("apps/v1", "StatefulSet", "ns", "s", "/apis/apps/v1/namespaces/ns/statefulsets/s/log");
    row("v1", "Node", "ns", "n", "/api/v1/nodes/n/log");
    row("v1", "Secret", "a/../b", "x?y", "/api/v1/namespaces/a%2F..%2Fb/secrets/x%3Fy/log");
}

void TestQuantity::paths()
{
    QFETCH(QString, apiVersion);
    QFETCH(QString, kind);
    QFETCH(QString, nameSpace);
    QFETCH(QString, name);
    QFETCH(QString, path);
    const auto resource = knownResource(apiVersion.toStdString(), kind.toStdString());
    QVERIFY(resource.has_value());
    QCOMPARE(text(resource->path(nameSpace.toStdString(), name.toStdString(), "log")), path);
    QVERIFY(!knownResource("v9", kind.toStdString()));
}

QTEST_GUILESS_MAIN(TestQuantity)
#include "tst_quantity.moc"
