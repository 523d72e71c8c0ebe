// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/encoding.h"
#include "document/exports.h"
#include "document/secrets.h"
#include "yaml/reader.h"

#include <QtTest>

using namespace pk;
using namespace pk::document;

namespace {

// Assembled, so that no scanner takes this file for a leak.
std::string pem()
{
    return "-----BEGIN "
           "PRIVATE KEY-----\nplanted0secret0of0the0pool0planted0secret0of0the0pool\n-----END "
           "PRIVATE KEY-----\n";
}

std::string poolToken()
{
    return base64Encode(R"({"broker":{"url":"mqtt://x"},"accessToken":"planted"})");
}

} // namespace

class TestSecrets : public QObject
{
    Q_OBJECT

private slots:
    void leavesNoneIn_data();
    void leavesNoneIn();
    void leavesTheRestAlone_data();
    void leavesTheRestAlone();
    void tellsPathsAndValues();
    void marksAreNoSecrets();
    void namesOfVariables();
    void helmCommandHoldsNoSecret();
    void quotesForTheShell();
};

void TestSecrets::leavesNoneIn_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("planted");
    const auto row = [](const char *name, const std::string &text, const char *planted = "planted") {
        QTest::addRow("%s", name) << QString::fromStdString(text) << QString::fromUtf8(planted);
    };
    std::string indented = "    " + pem();
    for (std::size_t at = indented.find('\n'); at + 1 < indented.size(); at = indented.find('\n', at + 1))
        indented.insert(at + 1, "    ");
    const std::string token = poolToken();
    row("token by place", "credentials:\n  token: planted # c\n  create: true\n");
    row("quoted token", "credentials: {token: \"planted\", create: true}\n");
    row("key as a block", "credentials:\n  privateKey: |\n" + indented + "replicaCount: 2\n");
    row("key as a folded block", "credentials:\n  privateKey: >-\n    planted\n    more\nb: 1\n", "more");
    row("variable", "env:\n- name: MY_API_KEY\n  value: planted\n");
    row("variable with its value first", "env:\n- value: planted\n  name: GITHUB_TOKEN\n");
    row("variables as a map", "env:\n  DB_PASSWORD: planted\n");
    row("any key that says so", "backend:\n  adminPassword: planted\n");
    row("PEM in any key", "extra:\n  thing: |\n" + indented + "b: 1\n");
    row("pool token in any key", "a: {b: [" + token + "]}\n", token.c_str());
    row("base64 of a key", "a: " + base64Encode(pem()) + "\n", base64Encode(pem()).c_str());
    row("anchor that a secret refers to", "x: &t planted\ncredentials:\n  token: *t\n");
    row("list below a secret key", "token: [planted, b]\n");
    row("commented out", "a: 1\n# " + token + "\n", token.c_str());
    row("second document", "a: 1\n---\ncredentials:\n  token: planted\n");
    row("Secret among manifests", "kind: Secret\ndata:\n  anything: planted\n");
    row("broken text", "credentials:\n  token: planted\nbad: [\n");
    row("broken text with a block", "credentials:\n  privateKey: |\n    planted\n    more\nbad: [\n", "more");
    row("broken text with a variable", "env:\n- name: A_SECRET\n  value: planted\nbad: [\n");
    row("broken text with PEM", "x: |\n" + indented + "bad: [\n");
}

void TestSecrets::leavesNoneIn()
{
    QFETCH(QString, text);
    QFETCH(QString, planted);
    const std::string before = text.toStdString();
    QVERIFY(before.find(planted.toStdString()) != std::string::npos);
    const std::string after = withoutSecrets(before);
    QVERIFY2(after.find(planted.toStdString()) == std::string::npos, after.c_str());
    QVERIFY2(after.find("(hidden") != std::string::npos, after.c_str());
    // A text that could be read can be read without its secrets.
    if (yaml::parse(before).ok())
        QVERIFY2(yaml::parse(after).ok(), after.c_str());
}

void TestSecrets::leavesTheRestAlone_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const char *text) { QTest::addRow("%s", name) << QString::fromUtf8(text); };
    row("ordinary values", "replicaCount: 2\nlauncher:\n  image: {tag: latest}\n");
    row("names of secrets", "credentials:\n  secretName: pool\n  existingSecret: x\n");
    row("key of a toleration", "tolerations:\n- key: dedicated\n  value: builders\n");
    row("empty secret", "credentials:\n  token: \"\"\n  privateKey:\n");
    row("variable from a Secret", "env:\n- name: X_TOKEN\n  valueFrom: {secretKeyRef: {name: a, key: b}}\n");
    row("variable that is none", "env:\n- name: MONKEY\n  value: banana\n");
    row("certificate", "ca: |\n  -----BEGIN CERTIFICATE-----\n  MIIB\n  -----END CERTIFICATE-----\n");
}

void TestSecrets::leavesTheRestAlone()
{
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(withoutSecrets(text.toStdString())), text);
}

void TestSecrets::tellsPathsAndValues()
{
    const std::string text = "credentials:\n  token: &t \"a b\" # c\nenv:\n- name: K_TOKEN\n  value: v\n";
    const std::vector<SecretPlace> places = findSecrets(text);
    QCOMPARE(places.size(), std::size_t(2));
    QCOMPARE(places[0].path, std::string("credentials.token"));
    QCOMPARE(places[0].value, std::string("a b"));
    QCOMPARE(text.substr(places[0].span.begin, places[0].span.end - places[0].span.begin), std::string("\"a b\""));
    QCOMPARE(places[1].path, std::string("env[0].value"));
    QVERIFY2(withoutSecrets(text).find("&t") != std::string::npos, "the anchor stays");
}

void TestSecrets::marksAreNoSecrets()
{
    const std::string hidden = withoutSecrets("credentials:\n  token: planted\n");
    QVERIFY(findSecrets(hidden).empty());
    QCOMPARE(withoutSecrets(hidden), hidden);
    QVERIFY(isHiddenMark(yaml::toMap(hidden)->at({"credentials", "token"}).stringOr()));
}

void TestSecrets::namesOfVariables()
{
    for (const char *name : {"TOKEN", "GITHUB_TOKEN", "API_KEY", "AWS_SECRET_ACCESS_KEY", "DB_PASSWORD", "KEY"})
        QVERIFY2(namesSecret(name), name);
    for (const char *name : {"", "MONKEY", "KEYBOARD", "PATH", "key", "TOKENIZER"})
        QVERIFY2(!namesSecret(name), name);
}

void TestSecrets::helmCommandHoldsNoSecret()
{
    HelmCommand what;
    what.release = "it's";
    what.ns = "spacelift";
    what.chart = "./chart";
    what.valuesFile = "my values.yaml";
    what.context = "prod";
    what.valuesText =
        "credentials:\n  token: planted\nenv:\n  a.b:\n  - name: X_KEY\n    value: planted\n# " + poolToken() + "\n";
    const std::string text = helmCommand(what);
    QVERIFY2(text.find("planted") == std::string::npos && text.find(poolToken()) == std::string::npos, text.c_str());
    QVERIFY2(text.find("helm upgrade 'it'\\''s' ./chart --install") != std::string::npos, text.c_str());
    QVERIFY2(text.find("--values 'my values.yaml'") != std::string::npos, text.c_str());
    QVERIFY2(text.find("--set-literal credentials.token=\"$SPACELIFT_TOKEN\"") != std::string::npos, text.c_str());
    QVERIFY2(text.find("--set-literal 'env.a\\.b[0].value='\"$ENV_A_B_0_VALUE\"") != std::string::npos, text.c_str());
}

void TestSecrets::quotesForTheShell()
{
    QCOMPARE(shellQuoted("a-b/c.d"), std::string("a-b/c.d"));
    QCOMPARE(shellQuoted(""), std::string("''"));
    QCOMPARE(shellQuoted("$(x) `y`"), std::string("'$(x) `y`'"));
    QCOMPARE(shellQuoted("it's"), std::string("'it'\\''s'"));
}

QTEST_APPLESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
