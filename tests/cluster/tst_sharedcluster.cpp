// SPDX-License-Identifier: GPL-3.0-or-later

#include "cluster/testcluster.h"

#include <memory>

using namespace pk::test;

/// That tests with the label "cluster" find the shared cluster, may change it, and find real helms that reach it.
class TestSharedCluster : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void nodesAreReady();
    void ownNamespaceHoldsObjects();
    void helmReachesIt_data();
    void helmReachesIt();
    void contextsMayWhatTheySay_data();
    void contextsMayWhatTheySay();

private:
    std::unique_ptr<OwnNamespace> m_namespace;
};

void TestSharedCluster::initTestCase()
{
    PK_NEEDS_CLUSTER();
    m_namespace = std::make_unique<OwnNamespace>();
    QVERIFY(m_namespace->isMade());
}

void TestSharedCluster::nodesAreReady()
{
    const Answer answer = kubectl({"get", "nodes", "--no-headers"});
    QCOMPARE(answer.exitCode, 0);
    QCOMPARE(answer.out.count(" Ready "), 4);
}

void TestSharedCluster::ownNamespaceHoldsObjects()
{
    const Answer made = kubectl({"-n", m_namespace->name(), "apply", "-f", "-"},
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: one}, data: {a: b}}");
    QCOMPARE(made.exitCode, 0);
    const Answer read = kubectl({"-n", m_namespace->name(), "get", "configmap", "one", "-o", "jsonpath={.data.a}"});
    QCOMPARE(read.out, QByteArray("b"));
}

void TestSharedCluster::helmReachesIt_data()
{
    QTest::addColumn<int>("generation");
    QTest::addRow("helm 4") << 4;
    QTest::addRow("helm 3") << 3;
}

void TestSharedCluster::helmReachesIt()
{
    QFETCH(const int, generation);
    const Answer answer = helm(generation, {"list", "--all-namespaces", "--output", "json"});
    QVERIFY2(answer.exitCode == 0, answer.errors.constData());
    QVERIFY2(answer.out.startsWith('['), answer.out.constData());
}

void TestSharedCluster::contextsMayWhatTheySay_data()
{
    QTest::addColumn<QByteArray>("context");
    QTest::addColumn<QByteArray>("mayDelete");
    QTest::addRow("by certificate") << QByteArray("admin") << QByteArray("yes\n");
    QTest::addRow("by token") << QByteArray("viewer") << QByteArray("no\n");
    QTest::addRow("by plugin") << QByteArray("plugin") << QByteArray("yes\n");
}

void TestSharedCluster::contextsMayWhatTheySay()
{
    QFETCH(const QByteArray, context);
    const Answer answer = kubectl({"--context", context, "auth", "can-i", "delete", "pods"});
    QTEST(answer.out, "mayDelete");
}

QTEST_GUILESS_MAIN(TestSharedCluster)
#include "tst_sharedcluster.moc"
