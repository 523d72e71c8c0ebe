// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/inspection.h"
#include "kube/clientfixture.h"
#include "release/fakecluster.h"
#include "release/livelookup.h"
#include "support/scriptedserver.h"
#include "yaml/printer.h"

#include <QElapsedTimer>
#include <QTest>

#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace pk;
using namespace pk::release;
using namespace std::chrono_literals;
using test::ClientFixture;
using test::ScriptedServer;
using test::ServerConnection;
using test::ServerRequest;

namespace {

const char *const widgets = R"(apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.x.io}
spec:
  group: x.io
  names: {kind: Widget, plural: widgets}
  scope: Namespaced
  versions:
  - {name: v1, served: true, storage: true, subresources: {scale: {specReplicasPath: .spec.n}}}
  - {name: v1alpha1, served: false, storage: false}
---
# Not a definition.
apiVersion: v1
kind: ConfigMap
metadata: {name: x}
)";

/// A server's kinds as discovery tells them.
kube::ResourceCatalog someKinds()
{
    kube::ResourceCatalog kinds;
    kinds.groupVersions = {"v1", "rbac.authorization.k8s.io/v1"};
    kinds.unavailable = {"metrics.k8s.io/v1beta1"};
    kinds.resources = {{.version = "v1", .kind = "Secret", .plural = "secrets"},
        {.version = "v1", .kind = "Namespace", .plural = "namespaces", .namespaced = false}};
    return kinds;
}

ClusterFactsPtr factsOf(kube::ObjectReader reader)
{
    return std::make_shared<const ClusterFacts>(
        ClusterFacts{.capabilities = {}, .catalog = someKinds(), .reader = std::move(reader)});
}

std::shared_ptr<const kube::ResourceCatalog> kindsOf(const ClusterFactsPtr &facts)
{
    return {facts, &facts->catalog};
}

QString text(const Result<Value> &value)
{
    return QString::fromStdString(value ? yaml::toYaml(*value) : value.error().message);
}

void answer(const ServerRequest &request, ServerConnection &connection)
{
    const std::string path = request.path();
    if (path == "/api/v1/namespaces/ns/secrets/there")
        return connection.respond(200,
            R"({"kind":"Secret","apiVersion":"v1","metadata":{"name":"there","generation":3},"data":{"k":"c2VjcmV0LXdvcmRz"}})");
    if (path == "/api/v1/namespaces/ns/secrets" || path == "/api/v1/secrets")
        return connection.respond(200,
            R"({"kind":"SecretList","apiVersion":"v1","metadata":{"resourceVersion":"7"},"items":[{"metadata":{"name":"a"}}]})");
    if (path == "/api/v1/namespaces/empty/secrets")
        return connection.respond(
            200, R"({"kind":"SecretList","apiVersion":"v1","metadata":{"resourceVersion":"7"},"items":null})");
    if (path == "/api/v1/namespaces/theirs/secrets/x")
        return connection.respond(403,
            "{\"kind\":\"Status\",\"status\":\"Failure\",\"reason\":\"Forbidden\",\"code\":403,\"message\":\"secrets "
            "\\\"x\\\" is forbidden: User \\\"u\\\" cannot get resource \\\"secrets\\\" in API group \\\"\\\" in the "
            "namespace \\\"theirs\\\"\"}");
    if (path == "/api")
        return connection.respond(200, R"({"kind":"APIVersions","versions":["v1"]})");
    connection.respond(
        404, R"({"kind":"Status","status":"Failure","reason":"NotFound","code":404,"message":"not found"})");
}

chart::ChartPtr chartOf(const char *text)
{
    auto made = std::make_shared<chart::Chart>();
    made->metadata.name = "t";
    made->metadata.version = "1.0.0";
    made->metadata.apiVersion = "v2";
    made->templates.push_back({"templates/a.yaml", text});
    return made;
}

/// Asks for what is there, for what is not, and for a list.
chart::ChartPtr askingChart()
{
    return chartOf("a: {{ (lookup \"v1\" \"Secret\" \"ns\" \"there\").data.k }}\n"
                   "b: {{ len (lookup \"v1\" \"Secret\" \"ns\" \"missing\") }}\n"
                   "c: {{ len (lookup \"v1\" \"Secret\" \"ns\" \"\").items }}\n");
}
const char *const asked = "---\n# Source: t/templates/a.yaml\na: c2VjcmV0LXdvcmRz\nb: 0\nc: 1\n\n";

constexpr LiveLookup::Patience patience{.keep = 2ms, .limit = 20s};

/// A thread that renders the newest of the jobs it is given, and is told to stop by the next, as the window's is.
class RenderThread
{
public:
    explicit RenderThread(chart::ChartPtr chart) : m_chart(std::move(chart)), m_thread([this] { work(); }) { }
    ~RenderThread()
    {
        key([this] { m_ending = true; });
        m_thread.join();
    }

    void submit(const ClusterFactsPtr &cluster)
    {
        key([&] { m_next = cluster; });
    }
    /// What came of the newest job.
    Result<std::string> waitForNewest()
    {
        std::unique_lock lock(m_mutex);
        m_news.wait(lock, [this] { return !m_next && !m_rendering; });
        return m_last;
    }

private:
    template <class Change> void key(Change change)
    {
        const std::lock_guard lock(m_mutex);
        change();
        m_cancel = true;
        m_stop.request_stop();
        m_news.notify_all();
    }

    void work()
    {
        LiveLookup live;
        chart::Renderer renderer(m_chart, chart::levels43());
        std::unique_lock lock(m_mutex);
        while (true) {
            m_news.wait(lock, [this] { return m_ending || m_next; });
            if (m_ending)
                return;
            const ClusterFactsPtr cluster = std::exchange(m_next, nullptr);
            m_cancel = false;
            m_stop = std::stop_source();
            m_rendering = true;
            const std::stop_token stop = m_stop.get_token();
            lock.unlock();
            chart::RenderRequest request;
            request.cancel = &m_cancel;
            request.lookup = live.forRendering(cluster, kindsOf(cluster), stop, patience);
            chart::Rendered rendered = renderer.render(request);
            lock.lock();
            m_rendering = false;
            m_last = rendered.error ? Result<std::string>(rendered.error->error) : std::move(rendered.manifest);
            m_news.notify_all();
        }
    }

    const chart::ChartPtr m_chart;
    std::mutex m_mutex; ///< Of all that follows but the thread.
    std::condition_variable m_news;
    ClusterFactsPtr m_next;
    std::stop_source m_stop;
    Result<std::string> m_last = std::string();
    bool m_rendering = false;
    bool m_ending = false;
    std::atomic<bool> m_cancel{false};
    std::thread m_thread; ///< Last, so that it finds everything made.
};

} // namespace

/// What a cluster tells that a rendering depends on, and `lookup` against it.
class TestLiveLookup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void factsAreHelmsCapabilities();
    void factsFailInHelmsWords();
    void droppedFactsNeverCome();
    void crdsBringKinds();
    void namesThatLeadElsewhereAreLeftOut();
    void answersAreHelms_data();
    void answersAreHelms();
    void ofAKindToComeThereIsNothing();
    void withoutAClusterThereIsNoLookup();
    void aQuestionIsAskedOnce();
    void anApplyAsksAnew();
    void anotherClusterIsAskedAnew();
    void whatATemplateChangesIsItsOwn();
    void aStoppedRenderingLeavesItsQuestionToTheNext();
    void waitingHasAnEnd();
    void anAnswerComesToAThreadThatLeaves();
    void theNetworkEndsWhileARenderingWaits();
    void keysFasterThanTheNetwork();
    void theRenderThreadEndsWhileItWaits();
    void secretsThatWereLookedUpAreKnown();
};

void TestLiveLookup::factsAreHelmsCapabilities()
{
    test::FakeCluster cluster;
    cluster.server = {.gitVersion = "v1.31.2-gke.5", .major = "1", .minor = "31+", .platform = {}};
    cluster.kinds = someKinds();
    cluster.kinds.subKinds = {"v1/Eviction"};
    std::optional<Result<ClusterFactsPtr>> got;
    const http::Call call = readClusterFacts(cluster, [&](Result<ClusterFactsPtr> facts) { got = std::move(facts); });
    QVERIFY(call.isActive());
    cluster.run();
    QVERIFY(got && got->ok() && !call.isActive());
    const chart::Capabilities &told = (**got)->capabilities;
    QCOMPARE(told.version, std::string("v1.31.2-gke.5"));
    QCOMPARE(told.normalized, told.version); // Only --kube-version is cut to what versions are compared by.
    QCOMPARE(told.minor, std::string("31+"));
    QCOMPARE(told.apiVersions,
        (std::vector<std::string>{"rbac.authorization.k8s.io/v1", "v1", "v1/Eviction", "v1/Namespace", "v1/Secret"}));
}

void TestLiveLookup::factsFailInHelmsWords()
{
    test::FakeCluster cluster;
    cluster.refuse = [](const std::string &request) {
        return request == "discover" ? std::optional(Error{.code = Error::Code::Denied, .message = "Unauthorized"})
                                     : std::nullopt;
    };
    std::optional<Result<ClusterFactsPtr>> got;
    const http::Call call = readClusterFacts(cluster, [&](Result<ClusterFactsPtr> facts) { got = std::move(facts); });
    cluster.run();
    QVERIFY(got && !got->ok());
    QCOMPARE(got->error().message, std::string("could not get apiVersions from Kubernetes: Unauthorized"));
    QCOMPARE(got->error().code, Error::Code::Denied);
}

void TestLiveLookup::droppedFactsNeverCome()
{
    test::FakeCluster cluster;
    bool came = false;
    {
        const http::Call call = readClusterFacts(cluster, [&](const Result<ClusterFactsPtr> &) { came = true; });
        cluster.step(); // One of the two answers.
    }
    cluster.run();
    QVERIFY(!came);
    // And a receiver may drop it from within.
    http::Call own;
    own = readClusterFacts(cluster, [&](const Result<ClusterFactsPtr> &) {
        own = {};
        came = true;
    });
    cluster.run();
    QVERIFY(came);
}

void TestLiveLookup::crdsBringKinds()
{
    const kube::ResourceCatalog kinds = withCrds(someKinds(), {{"crds/w.yaml", widgets}});
    const kube::Resource *widget = kinds.find("x.io/v1", "Widget");
    QVERIFY(widget);
    QCOMPARE(widget->path("ns", "w"), std::string("/apis/x.io/v1/namespaces/ns/widgets/w"));
    QVERIFY(!kinds.find("x.io/v1alpha1", "Widget"));
    QVERIFY(!kinds.find("v1", "ConfigMap"));
    const std::vector<std::string> names = kinds.apiVersions();
    for (const char *name : {"x.io/v1", "x.io/v1/Widget", "x.io/v1/Scale"})
        QVERIFY2(std::ranges::find(names, name) != names.end(), name);
    QCOMPARE(withCrds(kinds, {{"crds/w.yaml", widgets}}), kinds); // It is there already.
}

void TestLiveLookup::namesThatLeadElsewhereAreLeftOut()
{
    std::string odd = widgets;
    odd.replace(odd.find("plural: widgets"), 15, "plural: ../../x");
    QCOMPARE(withCrds({}, {{"crds/w.yaml", odd}, {"crds/bad.yaml", "a: [\n"}}), kube::ResourceCatalog());
}

void TestLiveLookup::answersAreHelms_data()
{
    QTest::addColumn<QList<QByteArray>>("question");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QList<QByteArray> &question, const char *expected) {
        QTest::addRow("%s", name) << question << QString::fromUtf8(expected);
    };
    row("an object", {"v1", "Secret", "ns", "there"},
        "apiVersion: v1\ndata:\n  k: c2VjcmV0LXdvcmRz\nkind: Secret\nmetadata:\n  generation: 3\n  name: there");
    row("nothing of that name", {"v1", "Secret", "ns", "missing"}, "{}");
    row("no namespace for a kind that has one", {"v1", "Secret", "", "there"}, "{}");
    row("a list, whose items say what they are", {"v1", "Secret", "ns", ""},
        "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata:\n    name: a\nkind: SecretList\n"
        "metadata:\n  resourceVersion: \"7\"");
    row("a list without items", {"v1", "Secret", "empty", ""},
        "apiVersion: v1\nitems: []\nkind: SecretList\nmetadata:\n  resourceVersion: \"7\"");
    row("not allowed", {"v1", "Secret", "theirs", "x"},
        "secrets \"x\" is forbidden: User \"u\" cannot get resource \"secrets\" in API group \"\" in the namespace "
        "\"theirs\"");
    row("a version that is not served", {"x.io/v1", "Widget", "ns", "w"},
        "unable to get apiresource from unstructured: x.io/v1, Kind=Widget: the server could not find the requested "
        "resource");
    row("a core version that is not served", {"v7", "Pod", "ns", "w"},
        "unable to get apiresource from unstructured: /v7, Kind=Pod: the server could not find the requested resource");
    row("an API that does not answer", {"metrics.k8s.io/v1beta1", "PodMetrics", "ns", "w"},
        "unable to get apiresource from unstructured: metrics.k8s.io/v1beta1, Kind=PodMetrics: the server is currently "
        "unable to handle the request");
    row("no version", {"", "Pod", "ns", "w"},
        "unable to get apiresource from unstructured: /, Kind=Pod: groupVersion shouldn't be empty");
    row("two slashes", {"a/b/c", "Pod", "ns", "w"},
        "unable to get apiresource from unstructured: /, Kind=Pod: groupVersion shouldn't be empty");
    row("a kind that the version has not", {"v1", "Widget", "ns", "w"}, "{}");
    row("a list of such a kind", {"v1", "Widget", "ns", ""}, "items: []\nkind: APIVersions\nversions:\n- v1");
    row("a namespace is nothing to a kind without", {"v1", "Namespace", "ignored/", "ns"}, "{}");
    row("a name that is a path", {"v1", "Secret", "ns", "a/b%"},
        "invalid resource name \"a/b%\": [may not contain '/' may not contain '%']");
    row("a namespace that is a path", {"v1", "Secret", "..", "a"}, "invalid namespace \"..\": [may not be '..']");
}

void TestLiveLookup::answersAreHelms()
{
    QFETCH(QList<QByteArray>, question);
    QFETCH(QString, expected);
    const ScriptedServer server(answer);
    const ClientFixture fixture(ClientFixture::plain(server.url()));
    const ClusterFactsPtr facts = factsOf(fixture.client.reader());
    LiveLookup live;
    const chart::Lookup lookup = live.forRendering(facts, kindsOf(facts), {}, {});
    QCOMPARE(text(lookup(question[0].toStdString(), question[1].toStdString(), question[2].toStdString(),
                 question[3].toStdString())),
        expected);
}

void TestLiveLookup::ofAKindToComeThereIsNothing()
{
    const ScriptedServer server(answer);
    const ClientFixture fixture(ClientFixture::plain(server.url()));
    const ClusterFactsPtr facts = factsOf(fixture.client.reader());
    const auto kinds =
        std::make_shared<const kube::ResourceCatalog>(withCrds(facts->catalog, {{"crds/w.yaml", widgets}}));
    LiveLookup live;
    const chart::Lookup lookup = live.forRendering(facts, kinds, {}, {});
    QCOMPARE(text(lookup("x.io/v1", "Widget", "ns", "w")), QStringLiteral("{}"));
    QCOMPARE(text(lookup("x.io/v1", "Widget", "", "")),
        QStringLiteral("apiVersion: x.io/v1\nitems: []\nkind: WidgetList\nmetadata:\n  continue: \"\"\n"
                       "  resourceVersion: \"\""));
    QVERIFY(server.requests().empty());
}

void TestLiveLookup::withoutAClusterThereIsNoLookup()
{
    LiveLookup live;
    QVERIFY(!live.forRendering(nullptr, nullptr, {}, {}));
    const ClusterFactsPtr facts = factsOf({});
    QVERIFY(!live.forRendering(facts, kindsOf(facts), {}, {}));
}

void TestLiveLookup::aQuestionIsAskedOnce()
{
    const ScriptedServer server(answer);
    const ClientFixture fixture(ClientFixture::plain(server.url()));
    const ClusterFactsPtr facts = factsOf(fixture.client.reader());
    LiveLookup live;
    for (int key = 0; key < 3; ++key) {
        const chart::Lookup lookup = live.forRendering(facts, kindsOf(facts), {}, {});
        for (int times = 0; times < 2; ++times) {
            QVERIFY(lookup("v1", "Secret", "ns", "there").ok());
            QVERIFY(!lookup("v1", "Secret", "theirs", "x").ok());
        }
    }
    QCOMPARE(server.requests().size(), std::size_t(2));
}

void TestLiveLookup::anApplyAsksAnew()
{
    const ScriptedServer server(answer);
    const ClientFixture fixture(ClientFixture::plain(server.url()));
    const ClusterFactsPtr facts = factsOf(fixture.client.reader());
    LiveLookup live;
    for (int rendering = 0; rendering < 2; ++rendering) {
        const chart::Lookup lookup = live.forRendering(facts, kindsOf(facts), {}, {.keep = 0ms, .limit = 10s});
        QVERIFY(lookup("v1", "Secret", "ns", "there").ok());
        QVERIFY(lookup("v1", "Secret", "ns", "there").ok());
    }
    QCOMPARE(server.requests().size(), std::size_t(2));
}

void TestLiveLookup::anotherClusterIsAskedAnew()
{
    const ScriptedServer server(answer);
    const ClientFixture fixture(ClientFixture::plain(server.url()));
    LiveLookup live;
    for (int connection = 0; connection < 2; ++connection) {
        const ClusterFactsPtr facts = factsOf(fixture.client.reader());
        QVERIFY(live.forRendering(facts, kindsOf(facts), {}, {})("v1", "Secret", "ns", "there").ok());
    }
    QCOMPARE(server.requests().size(), std::size_t(2));
}

void TestLiveLookup::whatATemplateChangesIsItsOwn()
{
    const ScriptedServer server(answer);
    const ClientFixture fixture(ClientFixture::plain(server.url()));
    const ClusterFactsPtr facts = factsOf(fixture.client.reader());
    LiveLookup live;
    const chart::Lookup lookup = live.forRendering(facts, kindsOf(facts), {}, {});
    const Result<Value> first = lookup("v1", "Secret", "ns", "there");
    first->get("data").asMap().set("k", Value::string("changed"));
    QCOMPARE(lookup("v1", "Secret", "ns", "there")->at({"data", "k"}).stringOr(), std::string("c2VjcmV0LXdvcmRz"));
}

void TestLiveLookup::aStoppedRenderingLeavesItsQuestionToTheNext()
{
    std::atomic<bool> goOn{false};
    const ScriptedServer server([&](const ServerRequest &request, ServerConnection &connection) {
        while (!goOn)
            std::this_thread::sleep_for(1ms);
        answer(request, connection);
    });
    const ClientFixture fixture(ClientFixture::plain(server.url()));
    const ClusterFactsPtr facts = factsOf(fixture.client.reader());
    LiveLookup live;
    std::stop_source stop;
    const chart::Lookup first = live.forRendering(facts, kindsOf(facts), stop.get_token(), {.keep = 10s, .limit = 60s});
    std::thread key([&] {
        server.waitForRequests(1);
        stop.request_stop();
    });
    const Result<Value> stopped = first("v1", "Secret", "ns", "there");
    key.join();
    QVERIFY(!stopped.ok());
    QCOMPARE(stopped.error().code, Error::Code::Cancelled);
    goOn = true;
    QVERIFY(live.forRendering(facts, kindsOf(facts), {}, {})("v1", "Secret", "ns", "there").ok());
    QCOMPARE(server.requests().size(), std::size_t(1));
}

void TestLiveLookup::waitingHasAnEnd()
{
    const ScriptedServer server(
        [](const ServerRequest &, ServerConnection &connection) { connection.waitForEnd(60s); });
    const ClientFixture fixture(ClientFixture::plain(server.url()));
    const ClusterFactsPtr facts = factsOf(fixture.client.reader());
    LiveLookup live;
    const chart::Lookup lookup = live.forRendering(facts, kindsOf(facts), {}, {.keep = 10s, .limit = 50ms});
    for (const char *name : {"a", "b"}) { // All together have that time.
        const Result<Value> late = lookup("v1", "Secret", "ns", name);
        QVERIFY(!late.ok());
        QCOMPARE(late.error().code, Error::Code::Timeout);
        QCOMPARE(late.error().message, std::string("context deadline exceeded"));
    }
}

void TestLiveLookup::anAnswerComesToAThreadThatLeaves()
{
    const ScriptedServer server([](const ServerRequest &request, ServerConnection &connection) {
        std::this_thread::sleep_for(1ms);
        answer(request, connection);
    });
    const ClientFixture fixture(ClientFixture::plain(server.url()));
    const ClusterFactsPtr facts = factsOf(fixture.client.reader());
    int inTime = 0;
    for (int round = 0; round < 60; ++round) {
        std::optional<Result<Value>> got;
        std::thread([&] {
            LiveLookup live;
            got = live.forRendering(facts, kindsOf(facts), {}, {.keep = 10s, .limit = round % 6 * 1ms})(
                "v1", "Secret", "ns", "there");
        }).join();
        if (got->ok())
            ++inTime;
        else
            QCOMPARE(got->error().code, Error::Code::Timeout);
    }
    // The connection was not harmed by those who did not wait.
    LiveLookup live;
    QVERIFY(live.forRendering(facts, kindsOf(facts), {}, {})("v1", "Secret", "ns", "there").ok());
    QVERIFY(inTime < 60);
}

void TestLiveLookup::theNetworkEndsWhileARenderingWaits()
{
    const ScriptedServer server(
        [](const ServerRequest &, ServerConnection &connection) { connection.waitForEnd(60s); });
    std::optional<ClientFixture> fixture(std::in_place, ClientFixture::plain(server.url()));
    const ClusterFactsPtr facts = factsOf(fixture->client.reader());
    std::stop_source stop;
    std::optional<Error> waiting, after;
    std::thread rendering([&] {
        LiveLookup live;
        const chart::Lookup first =
            live.forRendering(facts, kindsOf(facts), stop.get_token(), {.keep = 10s, .limit = 60s});
        waiting = first("v1", "Secret", "ns", "a").error();
        // A question to a network that is no more has no answer, and its end does no harm.
        const chart::Lookup second = live.forRendering(facts, kindsOf(facts), {}, {.keep = 0s, .limit = 1ms});
        after = second("v1", "Secret", "ns", "b").error();
    });
    const bool came = server.waitForRequests(1);
    fixture.reset();
    stop.request_stop();
    rendering.join();
    QVERIFY(came);
    QCOMPARE(waiting->code, Error::Code::Cancelled);
    QCOMPARE(after->code, Error::Code::Timeout);
}

void TestLiveLookup::keysFasterThanTheNetwork()
{
    std::atomic<int> count{0};
    const ScriptedServer server([&](const ServerRequest &request, ServerConnection &connection) {
        std::this_thread::sleep_for(++count % 4 * 1ms);
        answer(request, connection);
    });
    const ClientFixture fixture(ClientFixture::plain(server.url()));
    const std::array clusters = {factsOf(fixture.client.reader()), factsOf(fixture.client.reader())};
    RenderThread renderThread(askingChart());
    for (int key = 0; key < 200; ++key) {
        renderThread.submit(clusters.at(key / 20 % 2));
        std::this_thread::sleep_for(key % 7 * 500us);
        if (key % 50 != 0)
            continue;
        const Result<std::string> manifest = renderThread.waitForNewest();
        QVERIFY2(manifest.ok(), manifest.ok() ? "" : manifest.error().message.c_str());
        QCOMPARE(*manifest, std::string(asked));
    }
    QCOMPARE(*renderThread.waitForNewest(), std::string(asked));
}

void TestLiveLookup::theRenderThreadEndsWhileItWaits()
{
    std::atomic<bool> goOn{false};
    const ScriptedServer server([&](const ServerRequest &request, ServerConnection &connection) {
        while (!goOn)
            std::this_thread::sleep_for(1ms);
        answer(request, connection);
    });
    const ClientFixture fixture(ClientFixture::plain(server.url()));
    const ClusterFactsPtr facts = factsOf(fixture.client.reader());
    QElapsedTimer ending;
    {
        RenderThread renderThread(askingChart());
        renderThread.submit(facts);
        QVERIFY(server.waitForRequests(1));
        ending.start();
    }
    QVERIFY(ending.elapsed() < patience.limit.count() / 2);
    goOn = true;
    RenderThread next(askingChart());
    next.submit(facts);
    QCOMPARE(*next.waitForNewest(), std::string(asked));
}

void TestLiveLookup::secretsThatWereLookedUpAreKnown()
{
    const ScriptedServer server(answer);
    const ClientFixture fixture(ClientFixture::plain(server.url()));
    const ClusterFactsPtr facts = factsOf(fixture.client.reader());
    LiveLookup live;
    const auto made = chartOf("{{- $s := lookup \"v1\" \"Secret\" \"ns\" \"there\" }}\na: {{ $s.data.k | b64dec }}\n"
                              "{{- fail (printf \"no %s\" (b64dec $s.data.k)) }}\n");
    chart::Renderer renderer(made, chart::levels43());
    chart::RenderRequest request;
    request.lookup = live.forRendering(facts, kindsOf(facts), {}, {});
    const document::Inspection seen = document::inspectValues("{}", renderer, request);
    QVERIFY(seen.secrets.isIn("a: secret-words"));
    QVERIFY(seen.secrets.isIn("k: c2VjcmV0LXdvcmRz"));
    QVERIFY(seen.rendered.error.has_value());
    QVERIFY2(seen.rendered.error->error.message.find("no (hidden)") != std::string::npos,
        seen.rendered.error->error.message.c_str());
}

QTEST_APPLESS_MAIN(TestLiveLookup)
#include "tst_livelookup.moc"
