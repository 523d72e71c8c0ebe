// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/render.h"

#include <QtTest>

#include <algorithm>
#include <atomic>
#include <thread>

using namespace pk;
using namespace pk::chart;

namespace {

ChartPtr chartOf(std::vector<ChartFile> files)
{
    files.push_back({"Chart.yaml", "apiVersion: v2\nname: t\nversion: 0.1.0\n"});
    const auto chart = loadFiles(std::move(files), levels43());
    return chart ? *chart : nullptr;
}

Value valuesOf(const char *text)
{
    return *parseValues(text, levels43());
}

/// "templates/a.yaml:3 a.b c" of one line of a manifest.
QString origin(const Rendered &rendered, std::size_t line)
{
    const LineOrigin &at = rendered.lines.at(line);
    if (at.templateLine == 0)
        return QStringLiteral("-");
    QString out =
        QString::fromStdString(rendered.templates.at(at.file)) + QLatin1Char(':') + QString::number(at.templateLine);
    for (const auto path : rendered.pathSets.at(at.read))
        out += QLatin1Char(' ') + QString::fromStdString(rendered.valuePaths.at(path));
    return at.varies ? out + QStringLiteral(" varies") : out;
}

} // namespace

class TestRender : public QObject
{
    Q_OBJECT

private slots:
    void objectsPointIntoTheManifest()
    {
        const auto chart = loadBuiltin("spacelift-worker", levels43());
        QVERIFY(chart.ok());
        Renderer renderer(*chart, levels43());
        const Rendered rendered = renderer.render({.values = valuesOf("replicaCount: 3\n")});
        QVERIFY2(!rendered.error, rendered.error ? rendered.error->error.message.c_str() : "");
        QVERIFY(rendered.objects.size() >= 3);
        const QStringList lines = QString::fromStdString(rendered.manifest).split(QLatin1Char('\n'));
        for (const ManifestObject &object : rendered.objects) {
            QCOMPARE(rendered.manifest.substr(object.begin, object.end - object.begin), object.text);
            QCOMPARE(lines.at(object.line - 1), QString::fromStdString(object.text.substr(0, object.text.find('\n'))));
            QVERIFY(!object.kind.empty());
        }
    }

    void aSecondRunGivesTheSame()
    {
        Renderer renderer(*loadBuiltin("spacelift-worker", levels43()), levels43());
        const std::string first = renderer.render({}).manifest;
        QVERIFY(renderer.render({.values = valuesOf("replicaCount: 9\n")}).manifest != first);
        QCOMPARE(renderer.render({}).manifest, first);
    }

    void threadsShareAChartThatTemplatesChange()
    {
        const ChartPtr chart = chartOf({{"templates/a.yaml",
                                            "{{- $_ := set .Values \"new\" .Release.Name }}\n"
                                            "{{- $_ := set .Values.a \"list\" (append .Values.a.list 3) }}\n"
                                            "{{- $_ := set (index .Values.maps 0) \"z\" 1 }}\n"
                                            "{{- $_ := mergeOverwrite .Values.sub (dict \"k\" \"w\") }}\n"
                                            "{{- $_ := unset .Values.user.inner \"gone\" }}\n"
                                            "m: {{ regexReplaceAll \"a+\" \"baab\" \"c\" }}\n"
                                            "{{ toYaml .Values }}\n"},
            {"values.yaml", "a: {list: [1, 2]}\nmaps: [{y: 0}]\nsub: {k: v}\n"},
            {"values.schema.json", R"({"properties": {"sub": {"patternProperties": {"^k": {"pattern": "^[vw]$"}}}}})"},
            {"charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 0.1.0\n"},
            {"charts/sub/values.yaml", "inner: {n: 1}\n"},
            {"charts/sub/templates/b.yaml", "{{- $_ := set .Values.inner \"n\" 2 }}\nn: {{ .Values.inner.n }}\n"}});
        QVERIFY(chart);
        const Value user = valuesOf("user: {inner: {gone: 1, stays: 2}}\n");
        const std::string expected = Renderer(chart, levels43()).render({.values = user}).manifest;
        QVERIFY(expected.find("stays: 2") != std::string::npos);
        std::atomic<int> wrong{0};
        const auto render = [&] {
            for (int times = 0; times < 4; ++times) {
                Renderer renderer(chart, levels43());
                for (int run = 0; run < 2; ++run)
                    wrong += renderer.render({.values = user}).manifest != expected;
            }
        };
        std::thread first(render), second(render);
        render();
        first.join();
        second.join();
        QCOMPARE(wrong.load(), 0);
    }

    void linesKnowWhereTheyComeFrom()
    {
        const ChartPtr chart = chartOf({{"templates/a.yaml",
                                            "kind: A\n"
                                            "n: {{ .Values.a.b }}\n"
                                            "{{- if .Values.flag }}\n"
                                            "on: yes\n"
                                            "{{- end }}\n"
                                            "r: {{ randAlpha 3 }}\n"
                                            "last: 1\n"},
            {"values.yaml", "a: {b: 1}\nflag: true\n"}});
        QVERIFY(chart);
        Renderer renderer(chart, levels43());
        const Rendered rendered = renderer.render({.recordSpans = true});
        QVERIFY(!rendered.error);
        QCOMPARE(origin(rendered, 0), QStringLiteral("-"));
        QCOMPARE(origin(rendered, 2), QStringLiteral("t/templates/a.yaml:1"));
        QCOMPARE(origin(rendered, 3), QStringLiteral("t/templates/a.yaml:2 a.b"));
        QCOMPARE(origin(rendered, 4), QStringLiteral("t/templates/a.yaml:4 flag"));
        QCOMPARE(origin(rendered, 5), QStringLiteral("t/templates/a.yaml:6 varies"));
        QCOMPARE(origin(rendered, 6), QStringLiteral("t/templates/a.yaml:7"));
    }

    void schemaFailuresAreProblemsAndRenderingMayGoOn()
    {
        Renderer renderer(*loadBuiltin("spacelift-worker", levels43()), levels43());
        const Value values = valuesOf("replicacount: 3\nlauncher: {extraEnv: [{name: A, value: 5}]}\n");
        const Rendered stopped = renderer.render({.values = values});
        QVERIFY(stopped.error);
        QVERIFY(stopped.error->stage == RenderError::Stage::Schema);
        QVERIFY(stopped.manifest.empty());
        const Rendered rendered = renderer.render({.values = values, .keepGoing = true});
        QVERIFY(rendered.error);
        QVERIFY(!rendered.manifest.empty());
        QCOMPARE(static_cast<int>(rendered.problems.size()), 2);
        const auto unknown = std::ranges::find(rendered.problems, "schema.unknown", &Problem::id);
        QVERIFY(unknown != rendered.problems.end());
        QCOMPARE(unknown->path, std::string("replicacount"));
        QCOMPARE(unknown->fix.id, std::string("fix.rename"));
        QCOMPARE(unknown->fix.yaml, std::string("replicaCount"));
        const auto type = std::ranges::find(rendered.problems, "schema.type", &Problem::id);
        QVERIFY(type != rendered.problems.end());
        QCOMPARE(type->path, std::string("launcher.extraEnv[0].value"));
        QCOMPARE(type->fix.yaml, std::string("\"5\""));
    }

    void errorsHaveAPlace()
    {
        const ChartPtr chart = chartOf({{"templates/a.yaml", "a: 1\nb: {{ .Values.x.y }}\n"}});
        const Rendered rendered = Renderer(chart, levels43()).render({});
        QVERIFY(rendered.error);
        QCOMPARE(rendered.error->at.file, std::string("t/templates/a.yaml"));
        QCOMPARE(rendered.error->at.line, 2);
        QCOMPARE(rendered.error->sourceLine, std::string("b: {{ .Values.x.y }}"));
        QCOMPARE(static_cast<int>(rendered.problems.size()), 1);
    }

    void lookupIsAsked()
    {
        const ChartPtr chart =
            chartOf({{"templates/a.yaml", "a: {{ (lookup \"v1\" \"Secret\" \"ns\" \"x\").data.k }}\n"}});
        RenderRequest request;
        request.lookup = [](const std::string &version, const std::string &kind, const std::string &space,
                             const std::string &name) -> Result<Value> {
            return Value::map({{"data", Value::map({{"k", Value::string(version + kind + space + name)}})}});
        };
        QCOMPARE(Renderer(chart, levels43()).render(request).manifest,
            std::string("---\n# Source: t/templates/a.yaml\na: v1Secretnsx\n\n"));
    }

    void anInstallHasTheApisOfItsCrds()
    {
        const std::string crd = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n"
                                "  group: x.io\n  names: {kind: Widget, plural: widgets}\n  versions:\n"
                                "  - {name: v1, served: true}\n  - {name: v2, served: false}\n";
        const ChartPtr chart =
            chartOf({{"templates/a.yaml",
                         "{{- range list \"x.io/v1\" \"x.io/v1/Widget\" \"x.io/v2\" \"sub.io/v1\" }}\n"
                         "{{ . }}: {{ $.Capabilities.APIVersions.Has . }}\n{{- end }}\n"},
                {"crds/w.yaml", crd}, {"charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 0.1.0\n"},
                {"charts/sub/crds/w.yaml", std::string(crd).replace(crd.find("x.io"), 4, "sub.io")}});
        QVERIFY(chart);
        Renderer renderer(chart, levels43());
        const auto told = [&](const RenderRequest &request) {
            QStringList said = QString::fromStdString(renderer.render(request).manifest).split(QLatin1Char('\n'));
            return said.filter(QStringLiteral(".io")).join(QLatin1Char(' '));
        };
        QCOMPARE(told({}), QStringLiteral("x.io/v1: false x.io/v1/Widget: false x.io/v2: false sub.io/v1: false"));
        for (int times = 0; times < 2; ++times)
            QCOMPARE(told({.crdsFirst = true}),
                QStringLiteral("x.io/v1: true x.io/v1/Widget: true x.io/v2: false sub.io/v1: true"));
    }

    void aCancelledRunSaysSo()
    {
        const ChartPtr chart = chartOf({{"templates/a.yaml", "{{ range until 1000000 }}{{ . }}{{ end }}"}});
        const std::atomic<bool> cancel{true};
        const Rendered rendered = Renderer(chart, levels43()).render({.cancel = &cancel});
        QVERIFY(rendered.error);
        QVERIFY(rendered.error->stage == RenderError::Stage::Cancelled);
    }

    void timeIsLimitedByTheRequest()
    {
        /// Every look at it is a minute later.
        class Hurrying final : public Clock
        {
        public:
            std::chrono::steady_clock::time_point ticks() const override { return m_ticks += std::chrono::minutes(1); }

        private:
            mutable std::chrono::steady_clock::time_point m_ticks;
        };
        const ChartPtr chart = chartOf({{"templates/a.yaml", "{{ range until 10000 }}{{ end }}a: b\n"}});
        const Hurrying clock;
        const Rendered stopped = Renderer(chart, levels43()).render({.clock = &clock});
        QVERIFY(stopped.error);
        QCOMPARE(stopped.error->error.id, std::string("template.limit.time"));
        QVERIFY(!Renderer(chart, levels43()).render({.budgetTime = std::chrono::hours(24), .clock = &clock}).error);
    }

    void uninstallOrder()
    {
        std::vector<std::string> kinds = {
            "Namespace", "Service", "CronJob", "IngressClass", "Zebra", "APIService", "Secret"};
        std::ranges::stable_sort(
            kinds, {}, [](const std::string &kind) { return placeOfKind(kind, KindOrder::Uninstall, levels43()); });
        const std::vector<std::string> expected = {
            "APIService", "IngressClass", "Service", "CronJob", "Secret", "Namespace", "Zebra"};
        QCOMPARE(kinds, expected);
    }

    void aStoredManifestIsReadBack()
    {
        Renderer renderer(*loadBuiltin("spacelift-worker", levels43()), levels43());
        const Rendered rendered = renderer.render({});
        const auto read = readManifest(rendered.manifest, levels43());
        QCOMPARE(read.size(), rendered.objects.size());
        for (std::size_t i = 0; i < read.size(); ++i) {
            QCOMPARE(read[i].source, rendered.objects[i].source);
            QCOMPARE(read[i].name, rendered.objects[i].name);
            QCOMPARE(read[i].line, rendered.objects[i].line);
        }
    }

    void theFormSeesTheSchemaInItsOrder()
    {
        Renderer renderer(*loadBuiltin("spacelift-worker", levels43()), levels43());
        const auto schema = renderer.schema();
        QVERIFY(schema);
        const SchemaNode root = schema->describe();
        QCOMPARE(root.properties.at(1).name, std::string("useStatefulSet"));
        const SchemaNode *tag = root.find({"launcher", "image", "tag"});
        QVERIFY(tag);
        QCOMPARE(tag->path, std::string("launcher.image.tag"));
        QCOMPARE(tag->types, std::vector<std::string>{"string"});
        const SchemaNode *env = root.find({"launcher", "extraEnv", "3", "name"});
        QVERIFY(env);
        QVERIFY(env->required);
        QVERIFY(!root.allowsUnknown);
        const SchemaNode *token = root.find({"credentials", "token"});
        QVERIFY(token && token->extensions.get("x-secret").toBool());
    }
};

QTEST_GUILESS_MAIN(TestRender)
#include "tst_render.moc"
