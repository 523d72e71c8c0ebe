// SPDX-License-Identifier: GPL-3.0-or-later
#include "preview/manifestmask.h"

#include <QTest>

using namespace pk::gui;

/// Planted secrets are never shown, and whether they are equal is (DESIGN.md 4.7).
class TestManifestMask : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plantedSecrets_data();
    void plantedSecrets();
    void ordinaryText_data();
    void ordinaryText();
    void equality_data();
    void equality();
    void linesKeepTheirNumbers();
};

namespace {

// No real key: the right frame around letters.
const QByteArray Body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDplantedplanted";
const QByteArray Pem = "-----BEGIN PRIVATE KEY-----\n" + Body + "\n" + Body + "\n-----END PRIVATE KEY-----\n";
const QByteArray Token = QByteArray("{\"broker\":{\"url\":\"planted\"},\"pool_id\":\"01J\"}").toBase64();

QByteArray indented(const QByteArray &text, int by)
{
    QByteArray all;
    for (const QByteArray &line : text.trimmed().split('\n'))
        all += QByteArray(by, ' ') + line + '\n';
    return all;
}

QByteArray wrapped(const QByteArray &text)
{
    QByteArray all;
    for (qsizetype at = 0; at < text.size(); at += 40)
        all += text.mid(at, 40) + '\n';
    return all;
}

} // namespace

void TestManifestMask::plantedSecrets_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("manifest");
    QTest::addColumn<QByteArray>("planted");
    const auto row = [](const char *name, const char *kind, const QByteArray &manifest, const QByteArray &planted) {
        QTest::newRow(name) << QByteArray(kind) << manifest << planted;
    };
    row("data of a Secret", "Secret", "kind: Secret\ndata:\n  token: cGxhbnRlZA==\n", "cGxhbnRlZA==");
    row("text of a Secret", "Secret", "kind: Secret\nstringData:\n  a: planted\n", "planted");
    row("block in a Secret", "Secret", "kind: Secret\nstringData:\n  a: |\n    one\n    planted\n  b: x\n", "planted");
    row("deeper indented data", "Secret", "kind: Secret\ndata:\n    token: planted\n", "planted");
    row("data in braces", "Secret", "kind: Secret\ndata: {token: planted}\n", "planted");
    row("what kubectl keeps of a Secret", "Secret",
        "kind: Secret\nmetadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n"
        "      {\"data\":{\"a\":\"planted\"}}\n",
        "planted");
    row("PEM anywhere", "ConfigMap", "data:\n  key.pem: |\n" + indented(Pem, 4), "planted");
    row("PEM in quotes", "ConfigMap", "data:\n  key: \"" + QByteArray(Pem).replace('\n', "\\n") + "\"\n", "planted");
    row("base64 of PEM", "ConfigMap", "data:\n  key: " + Pem.toBase64() + "\n", Pem.toBase64().left(60));
    row("wrapped base64 of PEM", "ConfigMap", "data:\n  key: >-\n" + indented(wrapped(Pem.toBase64()), 4),
        Pem.toBase64().mid(80, 40));
    row("pool token", "ConfigMap", "data:\n  any: " + Token + "\n", Token.left(20));
    row("pool token as argument", "Pod", "spec:\n  args:\n    - " + Token + "\n", Token.left(20));
    row("variable by its name", "Pod", "env:\n  - name: AWS_SECRET_ACCESS_KEY\n    value: planted\n", "planted");
    row("variable in quotes", "Pod", "env:\n  - name: \"DB_PASSWORD\"\n    value: \"planted\"\n", "planted");
    row("value before its name", "Pod", "env:\n  - value: planted\n    name: DB_PASSWORD\n", "planted");
    row("variable over several lines", "Pod", "env:\n  - name: TOKEN\n    value: |\n      one\n      planted\n",
        "planted");
    row("variable in a list at the margin", "Pod", "env:\n- name: API_KEY\n  value: planted\n", "planted");
}

void TestManifestMask::plantedSecrets()
{
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, manifest);
    QFETCH(QByteArray, planted);
    QVERIFY(manifest.contains(planted));
    const MaskedPair alone = maskSecrets(kind, {}, manifest);
    QVERIFY2(!alone.after.contains(planted), alone.after.constData());
    QVERIFY(alone.after.contains("(hidden)"));
    const MaskedPair both = maskSecrets(kind, manifest, manifest);
    QVERIFY2(!both.before.contains(planted), both.before.constData());
    QVERIFY2(!both.after.contains(planted), both.after.constData());
    const MaskedPair gone = maskSecrets(kind, manifest, {});
    QVERIFY2(!gone.before.contains(planted), gone.before.constData());
}

void TestManifestMask::ordinaryText_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("manifest");
    QTest::newRow("workload") << QByteArray("StatefulSet")
                              << QByteArray("spec:\n  replicas: 5\n  template:\n    spec:\n      containers:\n"
                                            "        - name: launcher\n          image: x:1\n          env:\n"
                                            "            - name: SPACELIFT_LOG_LEVEL\n              value: debug\n");
    QTest::newRow("reference to a Secret") << QByteArray("Pod")
                                           << QByteArray("env:\n  - name: SPACELIFT_TOKEN\n    valueFrom:\n      "
                                                         "secretKeyRef:\n        name: s\n        key: token\n");
    QTest::newRow("labels of a Secret") << QByteArray(
        "Secret") << QByteArray("kind: Secret\nmetadata:\n  name: prod\n  labels:\n    a: b\ntype: Opaque\n");
    QTest::newRow("block that is no secret")
        << QByteArray("ConfigMap") << QByteArray("data:\n  run.sh: |\n    echo one\n    echo two\n");
}

void TestManifestMask::ordinaryText()
{
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, manifest);
    const MaskedPair both = maskSecrets(kind, manifest, manifest);
    QCOMPARE(both.before, manifest);
    QCOMPARE(both.after, manifest);
}

void TestManifestMask::equality_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("shown");
    const QByteArray head = "kind: Secret\ndata:\n";
    QTest::newRow("equal") << head + "  token: YQ==\n"
                           << head + "  token: YQ==\n"
                           << QByteArray("  token: (hidden, equal)");
    QTest::newRow("differs") << head + "  token: YQ==\n"
                             << head + "  token: Yg==\n"
                             << QByteArray("  token: (hidden, differs)");
    QTest::newRow("new key") << head + "  a: YQ==\n"
                             << head + "  a: YQ==\n  token: Yg==\n"
                             << QByteArray("  token: (hidden)");
    QTest::newRow("new object") << QByteArray() << head + "  token: Yg==\n" << QByteArray("  token: (hidden)");
    QTest::newRow("the length says nothing") << head + "  token: YQ==\n"
                                             << head + "  token: " + QByteArray(900, 'x') + "\n"
                                             << QByteArray("  token: (hidden, differs)");
}

void TestManifestMask::equality()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QByteArray, shown);
    const MaskedPair both = maskSecrets("Secret", before, after);
    QVERIFY2(both.after.split('\n').contains(shown), both.after.constData());
    // What differs must differ for the line comparison too.
    QCOMPARE(both.before == both.after, before == after);
}

void TestManifestMask::linesKeepTheirNumbers()
{
    const QByteArray manifest = "data:\n  key.pem: |\n" + indented(Pem, 4) + "\n  last: 1\n";
    const MaskedPair pair = maskSecrets("ConfigMap", {}, manifest);
    QCOMPARE(pair.after.count('\n'), manifest.count('\n'));
    QCOMPARE(pair.after.split('\n').indexOf("  last: 1"), manifest.split('\n').indexOf("  last: 1"));
}

QTEST_GUILESS_MAIN(TestManifestMask)
#include "tst_manifestmask.moc"
