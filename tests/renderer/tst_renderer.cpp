// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <renderer/renderer.h>

using poolkeeper::Renderer;
using poolkeeper::Rendering;

namespace {

QByteArray readAll(const char *path)
{
    QFile file(QString::fromLatin1(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Renderer builtin(const char *level = "4.3")
{
    std::string error;
    auto renderer = Renderer::load("builtin:spacelift-worker", error, level);
    if (!renderer)
        qFatal("%s", error.c_str());
    return std::move(*renderer);
}

} // namespace

/// The public header of the renderer: what docs/renderer.md promises.
class TestRenderer : public QObject
{
    Q_OBJECT

private slots:
    void rendersTheBuiltinChart()
    {
        Renderer renderer = builtin();
        QCOMPARE(renderer.chartName(), std::string("spacelift-worker"));
        QVERIFY(!renderer.chartVersion().empty());
        const std::string values = readAll(PK_TEST_DATA "/chart/values/statefulset.yaml").toStdString();
        const Rendering rendering = renderer.render({values}, {.releaseName = "prod-eu"});
        QCOMPARE(rendering.error, std::string());
        QVERIFY(!rendering.objects.empty());
        for (const poolkeeper::RenderedObject &object : rendering.objects)
            QVERIFY(rendering.manifest.find(object.text) != std::string::npos);
    }

    void laterFilesWin()
    {
        Renderer renderer = builtin();
        const std::string values = readAll(PK_TEST_DATA "/chart/values/defaults.yaml").toStdString();
        const auto manifest = [&](const char *replicas) { return renderer.render({values, replicas}).manifest; };
        QVERIFY(manifest("replicaCount: 7\n").find("replicas: 7") != std::string::npos);
        QCOMPARE(manifest("replicaCount: 7\n"), manifest("replicaCount: 7\n"));
    }

    void failuresHaveWords_data()
    {
        QTest::addColumn<QByteArray>("values");
        QTest::addRow("no YAML") << QByteArray("a: [\n");
        QTest::addRow("refused by the schema") << readAll(PK_TEST_DATA "/chart/values/refused-unknown-keys.yaml");
    }

    void failuresHaveWords()
    {
        QFETCH(QByteArray, values);
        Renderer renderer = builtin();
        QVERIFY(!renderer.render({values.toStdString()}).error.empty());
    }

    void limitsEndARendering()
    {
        Renderer renderer = builtin();
        poolkeeper::RenderOptions options;
        options.maxSteps = 10;
        QVERIFY(!renderer.render({}, options).error.empty());
    }

    void loadTellsWhyNot()
    {
        std::string error;
        QVERIFY(!Renderer::load("/nonexistent/chart", error));
        QVERIFY(!error.empty());
        error.clear();
        QVERIFY(!Renderer::load("builtin:spacelift-worker", error, "2"));
        QVERIFY(!error.empty());
    }
};

QTEST_GUILESS_MAIN(TestRenderer)
#include "tst_renderer.moc"
