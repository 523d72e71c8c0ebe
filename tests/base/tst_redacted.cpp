// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/encoding.h"
#include "base/log.h"
#include "base/redacted.h"

#include <QtTest>

#include <type_traits>

using namespace pk;

namespace {

// Assembled, so that no scanner takes this file for a leak.
std::string pem()
{
    return "-----BEGIN "
           "RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAplanted0secret0text0\n-----END "
           "RSA PRIVATE KEY-----\n";
}

std::string poolToken()
{
    return base64Encode(R"({"broker":{"url":"mqtt://x"},"accessToken":"planted"})");
}

std::string jwt()
{
    return "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwbGFudGVkIn0.c2lnbmF0dXJlLXBsYW50ZWQ";
}

} // namespace

class TestRedacted : public QObject
{
    Q_OBJECT

private slots:
    void looksSecret_data();
    void looksSecret();
    void redactsWhatIsPlanted_data();
    void redactsWhatIsPlanted();
    void keepsOrdinaryText();
    void logLinesAreRedacted();
    void showsItselfOnlyOnPurpose();
};

void TestRedacted::looksSecret_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<bool>("secret");
    QTest::addRow("PEM key") << pem() << true;
    QTest::addRow("base64 of PEM key") << base64Encode(pem()) << true;
    QTest::addRow("base64 of base64 of PEM key") << base64Encode(base64Encode(pem())) << true;
    QTest::addRow("pool token") << poolToken() << true;
    QTest::addRow("JWT") << jwt() << true;
    QTest::addRow("certificate") << std::string("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n")
                                 << false;
    QTest::addRow("image") << std::string("public.ecr.aws/spacelift/launcher:latest") << false;
    QTest::addRow("base64 of a word") << base64Encode("just some text that is long enough") << false;
    QTest::addRow("empty") << std::string() << false;
}

void TestRedacted::looksSecret()
{
    QFETCH(std::string, text);
    QFETCH(bool, secret);
    QCOMPARE(pk::looksSecret(text), secret);
}

void TestRedacted::redactsWhatIsPlanted_data()
{
    QTest::addColumn<std::string>("line");
    QTest::addColumn<std::string>("planted");
    QTest::addRow("Authorization header")
        << std::string("GET /x Authorization: Bearer sesame-planted") << std::string("sesame-planted");
    QTest::addRow("token in YAML") << std::string("token: sesame-planted") << std::string("sesame-planted");
    QTest::addRow("password in JSON") << std::string(R"({"password":"sesame-planted"})")
                                      << std::string("sesame-planted");
    QTest::addRow("client key data") << std::string("client-key-data: c2VzYW1l") << std::string("c2VzYW1l");
    QTest::addRow("PEM in text") << "before " + pem() + " after" << std::string("planted0secret");
    QTest::addRow("JWT in text") << "login with " + jwt() + " failed" << jwt();
    QTest::addRow("pool token in text") << "value " + poolToken() << poolToken();
}

void TestRedacted::redactsWhatIsPlanted()
{
    QFETCH(std::string, line);
    QFETCH(std::string, planted);
    const std::string shown = redact(line);
    QVERIFY2(shown.find(planted) == std::string::npos, shown.c_str());
    QVERIFY2(shown.find("(hidden)") != std::string::npos, shown.c_str());
}

void TestRedacted::keepsOrdinaryText()
{
    const std::string line = "pod default/worker-0 is ready after 12 s";
    QCOMPARE(redact(line), line);
}

void TestRedacted::logLinesAreRedacted()
{
    std::string seen;
    log::setSink([&](log::Level, std::string_view, std::string_view line) { seen = line; });
    log::write(log::Level::Info, "kube", "token=sesame-planted");
    log::setSink([](log::Level, std::string_view, std::string_view) {});
    QVERIFY(seen.find("sesame") == std::string::npos);
}

void TestRedacted::showsItselfOnlyOnPurpose()
{
    static_assert(!std::is_convertible_v<Redacted, std::string>);
    Redacted secret(std::string("sesame"));
    QCOMPARE(secret.reveal(), std::string("sesame"));
    const Redacted moved = std::move(secret);
    QVERIFY(!moved.isEmpty());
    QVERIFY(moved == Redacted(std::string("sesame")));
}

QTEST_APPLESS_MAIN(TestRedacted)
#include "tst_redacted.moc"
