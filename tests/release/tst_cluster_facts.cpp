// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/render.h"
#include "cluster/testcluster.h"
#include "release/inspect.h"
#include "release/livelookup.h"
#include "release/operation.h"
#include "support/manualloop.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <optional>

using namespace pk;
using namespace pk::release;
using test::helm;
using test::kubectl;

namespace {

/// Everything that .Capabilities tells of a server.
const char *const asksCapabilities = R"(apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-capabilities
data:
  version: {{ .Capabilities.KubeVersion.Version }} {{ .Capabilities.KubeVersion }} {{ .Capabilities.KubeVersion.GitVersion }}
  numbers: {{ .Capabilities.KubeVersion.Major }} {{ .Capabilities.KubeVersion.Minor }}
  new: {{ semverCompare ">=1.30-0" .Capabilities.KubeVersion.Version | quote }}
  kind: {{ .Capabilities.APIVersions.Has "apps/v1/Deployment" | quote }}
  subresource: {{ .Capabilities.APIVersions.Has "v1/Eviction" | quote }}
  gone: {{ .Capabilities.APIVersions.Has "policy/v1beta1" | quote }}
  all: {{ .Capabilities.APIVersions | toJson | fromJsonArray | sortAlpha | join " " }}
)";

/// `lookup` of an object, of nothing, of lists and of what has no namespace. NS holds what is looked up.
const char *const asksLookup = R"(apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-lookups
data:
  whole: {{ lookup "v1" "ConfigMap" "NS" "known" | toJson | quote }}
  number: {{ (lookup "apps/v1" "Deployment" "NS" "none").spec | toYaml | quote }}
  types: {{ with lookup "apps/v1" "Deployment" "NS" "none" }}{{ typeOf .spec.replicas }} {{ typeOf .spec }} {{ typeOf .metadata.managedFields }}{{ end }}
  secret: {{ (lookup "v1" "Secret" "NS" "pass").data.word | b64dec }}
  missing: {{ lookup "v1" "Secret" "NS" "missing" | toJson | quote }}
  nothing: {{ empty (lookup "v1" "Secret" "NS" "missing") | quote }}
  noNamespace: {{ lookup "v1" "Secret" "" "pass" | toJson | quote }}
  names: {{ range (lookup "v1" "ConfigMap" "NS" "").items }}{{ .apiVersion }}/{{ .kind }}/{{ .metadata.name }} {{ end }}
  list: {{ omit (lookup "v1" "Secret" "NS" "") "metadata" | toJson | quote }}
  empty: {{ (lookup "batch/v1" "Job" "NS" "").items | toJson | quote }}
  keys: {{ keys (lookup "v1" "ConfigMap" "NS" "") | sortAlpha | join " " }}
  cluster: {{ (lookup "v1" "Namespace" "" "NS").metadata.name }} {{ (lookup "v1" "Namespace" "x" "NS").metadata.uid }}
  oddKind: {{ lookup "v1" "Nonsense" "NS" "x" | toJson | quote }}
  oddList: {{ (lookup "v1" "Nonsense" "NS" "").kind }}
  oddItems: {{ (lookup "v1" "Nonsense" "NS" "").items | toJson | quote }}
  {{- $own := lookup "v1" "ConfigMap" "NS" "known" }}{{ $_ := set $own.data "colour" "changed" }}
  again: {{ (lookup "v1" "ConfigMap" "NS" "known").data.colour }}
)";

/// A kind that comes with the chart, asked for in every way that depends on when it comes.
const char *const definition = R"(apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.GROUP
spec:
  group: GROUP
  names: {kind: Widget, plural: widgets, singular: widget, listKind: WidgetList}
  scope: Namespaced
  versions:
  - name: v1
    served: true
    storage: true
    subresources:
      scale: {specReplicasPath: .spec.size, statusReplicasPath: .status.size}
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec: {type: object, properties: {size: {type: integer}}}
          status: {type: object, properties: {size: {type: integer}}}
)";
const char *const custom = R"({{- if .Capabilities.APIVersions.Has "GROUP/v1/Widget" }}
apiVersion: GROUP/v1
kind: Widget
metadata:
  name: {{ .Release.Name }}
  labels: {scale: {{ .Capabilities.APIVersions.Has "GROUP/v1/Scale" | quote }}, there: {{ len (lookup "GROUP/v1" "Widget" "" "").items | quote }}}
spec:
  size: 3
{{- end }}
)";

void writeFile(const QString &path, QByteArray text, const QByteArray &group, const QByteArray &ns)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write %s", qPrintable(path));
    file.write(text.replace("GROUP", group).replace("\"NS\"", '"' + ns + '"'));
}

/// helm prints the release's manifest with one more line end than it stores.
QByteArray trimmed(QByteArray text)
{
    while (text.endsWith('\n'))
        text.chop(1);
    return text;
}

} // namespace

/// What is rendered for a cluster is what helm makes for it: same bytes, same refusals.
class TestClusterFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void capabilitiesAreHelms();
    void lookupsAreHelms();
    void refusalsAreHelms_data();
    void refusalsAreHelms();
    void anUnknownKindIsRefusedAsHelmRefusesIt();
    void kindsOfTheChartAreThereFirst();

private:
    struct Client
    {
        std::unique_ptr<kube::ApiClient> client;
        std::unique_ptr<ClusterApi> api;
    };
    Client clientOf(const char *context);
    /// A chart with these files, written below the test's folder.
    QByteArray chartOf(const QByteArray &name, const std::vector<std::pair<QByteArray, QByteArray>> &files);
    chart::Rendered rendered(Client &client, const QByteArray &chartPath, const QByteArray &release);
    OperationResult run(Client &client, OperationRequest request);
    QByteArray ns() const { return m_namespace->name(); }

    QTemporaryDir m_folder;
    std::unique_ptr<test::OwnNamespace> m_namespace, m_known;
    QByteArray m_group;
    std::shared_ptr<test::ManualLoop> m_loop = std::make_shared<test::ManualLoop>();
    std::unique_ptr<http::IoThread> m_io;
    Client m_admin;
    Clock m_clock;
};

void TestClusterFacts::initTestCase()
{
    PK_NEEDS_CLUSTER();
    m_namespace = std::make_unique<test::OwnNamespace>();
    m_known = std::make_unique<test::OwnNamespace>();
    QVERIFY(m_namespace->isMade() && m_known->isMade());
    m_group = ns() + ".example.com";
    m_io = std::make_unique<http::IoThread>();
    m_admin = clientOf("admin");
    const auto make = [this](const test::Arguments &what) {
        return kubectl(test::Arguments{"-n", m_known->name(), "create"} + what).exitCode == 0;
    };
    QVERIFY(make({"configmap", "known", "--from-literal=colour=red"}));
    QVERIFY(make({"secret", "generic", "pass", "--from-literal=word=correct-horse"}));
    QVERIFY(make({"deployment", "none", "--image=none", "--replicas=0"}));
    // Its controller writes a status, which must not change between two renderings.
    QTRY_VERIFY_WITH_TIMEOUT(
        !kubectl({"-n", m_known->name(), "get", "deployment/none", "-o", "jsonpath={.status.observedGeneration}"})
             .out.isEmpty(),
        20'000);
    QTRY_VERIFY_WITH_TIMEOUT(
        kubectl({"-n", m_known->name(), "get", "configmap/kube-root-ca.crt"}).exitCode == 0, 20'000);
}

void TestClusterFacts::cleanupTestCase()
{
    if (!m_group.isEmpty())
        kubectl({"delete", "crd", "widgets." + m_group, "--ignore-not-found", "--wait=false"});
}

TestClusterFacts::Client TestClusterFacts::clientOf(const char *context)
{
    const auto config = kube::Kubeconfig::load(kube::Kubeconfig::Origin::fromEnvironment()).resolve(context);
    if (!config)
        qFatal("%s", config.error().message.c_str());
    Client made;
    made.client = std::make_unique<kube::ApiClient>(*m_io, m_loop, *config, kube::ApiClient::Options{});
    made.api = makeClusterApi(*made.client, *m_io, m_loop);
    return made;
}

QByteArray TestClusterFacts::chartOf(
    const QByteArray &name, const std::vector<std::pair<QByteArray, QByteArray>> &files)
{
    const QString folder = m_folder.filePath(QString::fromUtf8(name));
    writeFile(folder + QStringLiteral("/Chart.yaml"), "apiVersion: v2\nname: facts\nversion: 0.1.0\n", {}, {});
    for (const auto &[path, text] : files)
        writeFile(folder + u'/' + QString::fromUtf8(path), text, m_group, m_known->name());
    return folder.toUtf8();
}

/// As the window does it for a review: facts first, then a rendering that may ask. An install, so CRDs come first.
chart::Rendered TestClusterFacts::rendered(Client &client, const QByteArray &chartPath, const QByteArray &release)
{
    std::optional<Result<ClusterFactsPtr>> facts;
    const http::Call call =
        readClusterFacts(*client.api, [&](Result<ClusterFactsPtr> told) { facts = std::move(told); });
    if (!m_loop->runUntil([&] { return facts.has_value(); }) || !*facts)
        qFatal("%s", facts ? facts->error().message.c_str() : "no facts");
    const auto loaded = chart::loadChart(chartPath.toStdString(), chart::levels43());
    if (!loaded)
        qFatal("%s", loaded.error().message.c_str());
    const ClusterFactsPtr cluster = **facts;
    LiveLookup live;
    chart::RenderRequest request;
    request.release = {.name = release.toStdString(), .namespaceName = ns().toStdString()};
    request.capabilities = cluster->capabilities;
    request.crdsFirst = true;
    request.lookup = live.forRendering(
        cluster, std::make_shared<const kube::ResourceCatalog>(withCrds(cluster->catalog, crdsOf(**loaded))), {}, {});
    chart::Renderer renderer(*loaded, chart::levels43());
    return renderer.render(request);
}

OperationResult TestClusterFacts::run(Client &client, OperationRequest request)
{
    std::optional<OperationResult> result;
    Operation operation(
        *client.api, m_clock, std::move(request), [](const StepEvent &) {},
        [&](const OperationResult &done) { result = done; });
    operation.start();
    if (!m_loop->runUntil([&] { return result.has_value(); }, std::chrono::seconds(100)))
        qFatal("the operation did not end");
    return *result;
}

void TestClusterFacts::capabilitiesAreHelms()
{
    const QByteArray path = chartOf("capabilities", {{"templates/a.yaml", asksCapabilities}});
    const chart::Rendered ours = rendered(m_admin, path, "r");
    QVERIFY2(!ours.error, ours.error ? ours.error->error.message.c_str() : "");
    const test::Answer helms = helm(4, {"template", "r", path, "-n", ns(), "--dry-run=server"});
    QVERIFY2(helms.exitCode == 0, helms.errors.constData());
    QVERIFY2(
        helms.out.contains("kind: \"true\"") && helms.out.contains("subresource: \"true\""), helms.out.constData());
    QCOMPARE(trimmed(QByteArray::fromStdString(ours.manifest)), trimmed(helms.out));
}

void TestClusterFacts::lookupsAreHelms()
{
    const QByteArray path = chartOf("lookups", {{"templates/a.yaml", asksLookup}});
    const chart::Rendered ours = rendered(m_admin, path, "r");
    QVERIFY2(!ours.error, ours.error ? ours.error->error.message.c_str() : "");
    const test::Answer helms = helm(4, {"install", "r", path, "-n", ns()});
    QVERIFY2(helms.exitCode == 0, helms.errors.constData());
    const test::Answer stored = helm(4, {"get", "manifest", "r", "-n", ns()});
    QVERIFY(helm(4, {"uninstall", "r", "-n", ns()}).exitCode == 0);
    QVERIFY2(
        stored.out.contains("secret: correct-horse") && stored.out.contains("types: int64 map[string]interface {}"),
        stored.out.constData());
    QCOMPARE(trimmed(QByteArray::fromStdString(ours.manifest)), trimmed(stored.out));
}

void TestClusterFacts::refusalsAreHelms_data()
{
    QTest::addColumn<QByteArray>("context");
    QTest::addColumn<QByteArray>("question");
    const auto row = [](const char *name, const char *context, const char *question) {
        QTest::addRow("%s", name) << QByteArray(context) << QByteArray(question);
    };
    row("a secret that may not be read", "viewer", R"("v1" "Secret" "default" "x")");
    row("secrets that may not be listed", "viewer", R"("v1" "Secret" "default" "")");
    row("a group that is not there", "admin", R"("nothing.io/v1" "Widget" "default" "x")");
    row("a version that is not there", "admin", R"("apps/v7" "Deployment" "default" "x")");
    row("a core version that is not there", "admin", R"("v7" "Pod" "default" "x")");
    row("no version", "admin", R"("" "Pod" "default" "x")");
    row("two slashes", "admin", R"("a/b/c" "Pod" "default" "x")");
    row("a name that is a path", "admin", R"("v1" "Secret" "default" "../x%")");
    row("a namespace that is a path", "admin", R"("v1" "Secret" ".." "x")");
}

void TestClusterFacts::refusalsAreHelms()
{
    QFETCH(QByteArray, context);
    QFETCH(QByteArray, question);
    const QByteArray path = chartOf("refused", {{"templates/a.yaml", "a: {{ lookup " + question + " | toJson }}\n"}});
    Client client = clientOf(context.constData());
    const chart::Rendered ours = rendered(client, path, "r");
    QVERIFY(ours.error.has_value());
    const test::Answer helms =
        helm(4, {"template", "r", path, "-n", ns(), "--dry-run=server", "--kube-context", context});
    QVERIFY(helms.exitCode != 0);
    const auto said = helms.errors.lastIndexOf("Error: ");
    QVERIFY2(said >= 0, helms.errors.constData());
    QByteArray words = trimmed(helms.errors.mid(said + 7));
    words.chop(words.endsWith("\n\nUse --debug flag to render out invalid YAML") ? 45 : 0);
    QCOMPARE(QByteArray::fromStdString(ours.error->error.message), words);
}

void TestClusterFacts::anUnknownKindIsRefusedAsHelmRefusesIt()
{
    const QByteArray path =
        chartOf("unknown", {{"templates/a.yaml", "apiVersion: nothing.io/v1\nkind: Widget\nmetadata: {name: w}\n"}});
    const chart::Rendered ours = rendered(m_admin, path, "u");
    const kube::ResourceCatalog kinds;
    const auto objects = readObjects(ours.manifest, ns().toStdString(), &kinds);
    QVERIFY(!objects.ok());
    const test::Answer helms = helm(4, {"install", "u", path, "-n", ns()});
    QVERIFY2(helms.errors.contains(QByteArray::fromStdString(objects.error().message)), helms.errors.constData());
}

void TestClusterFacts::kindsOfTheChartAreThereFirst()
{
    const QByteArray path = chartOf("custom", {{"templates/a.yaml", custom}, {"crds/widgets.yaml", definition}});
    const chart::Rendered ours = rendered(m_admin, path, "w");
    QVERIFY2(!ours.error, ours.error ? ours.error->error.message.c_str() : "");
    OperationRequest request;
    request.action = Action::Install;
    request.name = "w";
    request.ns = ns().toStdString();
    request.manifest = ours.manifest;
    request.crds = ours.crds;
    request.chart = chartRecord(**chart::loadChart(path.toStdString(), chart::levels43()), Value());
    request.timeout = std::chrono::seconds(60);
    const OperationResult done = run(m_admin, request);
    QVERIFY2(!done.error, done.error ? done.error->message.c_str() : "");
    const QByteArray widget = "widgets." + m_group + "/w";
    QCOMPARE(kubectl({"-n", ns(), "get", widget, "-o", "jsonpath={.spec.size}"}).out, QByteArray("3"));
    const test::Answer stored = helm(4, {"get", "manifest", "w", "-n", ns()});
    QVERIFY(helm(4, {"uninstall", "w", "-n", ns()}).exitCode == 0);
    QVERIFY(kubectl({"delete", "crd", "widgets." + m_group}).exitCode == 0);

    const test::Answer helms = helm(4, {"install", "w", path, "-n", ns()});
    QVERIFY2(helms.exitCode == 0, helms.errors.constData());
    const test::Answer itsOwn = helm(4, {"get", "manifest", "w", "-n", ns()});
    QVERIFY2(itsOwn.out.contains("kind: Widget") && itsOwn.out.contains("scale: \"true\""), itsOwn.out.constData());
    QCOMPARE(stored.out, itsOwn.out);
    // And what helm installed, we uninstall: the kind is known by asking.
    std::optional<Result<ClusterFactsPtr>> facts;
    const http::Call call =
        readClusterFacts(*m_admin.api, [&](Result<ClusterFactsPtr> told) { facts = std::move(told); });
    QVERIFY(m_loop->runUntil([&] { return facts.has_value(); }) && facts->ok());
    OperationRequest uninstall;
    uninstall.action = Action::Uninstall;
    uninstall.name = "w";
    uninstall.ns = ns().toStdString();
    QCOMPARE(run(m_admin, uninstall).error.value_or(Error{}).id, std::string("release.unknown-kind"));
    uninstall.catalog = {**facts, &(**facts)->catalog};
    const OperationResult gone = run(m_admin, uninstall);
    QVERIFY2(!gone.error, gone.error ? gone.error->message.c_str() : "");
    QVERIFY(kubectl({"-n", ns(), "get", widget}).exitCode != 0);
}

QTEST_GUILESS_MAIN(TestClusterFacts)
#include "tst_cluster_facts.moc"
