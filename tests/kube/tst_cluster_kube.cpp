// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/testcluster.h"
#include "kube/clientfixture.h"

#include <algorithm>

using namespace pk;
using namespace pk::kube;
using namespace std::chrono_literals;
using test::ClientFixture;
using test::OwnNamespace;
using test::text;

namespace {

Resource configMaps()
{
    return *knownResource("v1", "ConfigMap");
}

Value configMap(const std::string &name, std::initializer_list<std::pair<std::string_view, Value>> data)
{
    return Value::map({{"apiVersion", Value::string("v1")}, {"kind", Value::string("ConfigMap")},
        {"metadata", Value::map({{"name", Value::string(name)}})}, {"data", Value::map(data)}});
}

} // namespace

/// The API client against a real control plane: what servers do, not what we believe that they do.
class TestClusterKube : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void contextsAreThere();
    void versionAndIdentity();
    void discovery();
    void discoveredKinds();
    void createGetPatchReplaceDelete();
    void applyAndConflict();
    void dryRunLeavesNothing();
    void manifestNotAccepted();
    void warningsArrive();
    void deletePreconditions();
    void listInPages();
    void watchLiveChanges();
    void manyWatchesAtOnce();
    void accessReviews();
    void viewerIsForbidden();
    void pluginContext();
    void unreachableContext();
    void wrongTokenIsUnauthorized();
    void wrongAuthorityIsRefused();
    void logErrors();

private:
    ContextConfig context(const char *name) const;
    ObjectPath mapPath(const std::string &name) const
    {
        return {configMaps(), m_namespace->name().toStdString(), name};
    }
    Answer<Value> apply(const Value &object, const ApplyOptions &options);

    Kubeconfig m_config;
    std::unique_ptr<OwnNamespace> m_namespace;
    std::unique_ptr<ClientFixture> m_admin;
};

void TestClusterKube::initTestCase()
{
    PK_NEEDS_CLUSTER();
    m_namespace = std::make_unique<OwnNamespace>();
    QVERIFY(m_namespace->isMade());
    m_config = Kubeconfig::load(Kubeconfig::Origin::fromEnvironment());
    QVERIFY(m_config.errors().empty());
    m_admin = std::make_unique<ClientFixture>(context("admin"));
}

ContextConfig TestClusterKube::context(const char *name) const
{
    const auto resolved = m_config.resolve(name);
    if (!resolved)
        qFatal("context %s: %s", name, resolved.error().message.c_str());
    return *resolved;
}

Answer<Value> TestClusterKube::apply(const Value &object, const ApplyOptions &options)
{
    const auto path = mapPath(object.at({"metadata", "name"}).stringOr());
    return m_admin->wait<Value>([&](auto done) { return m_admin->client.apply(path, object, options, done); });
}

void TestClusterKube::contextsAreThere()
{
    const auto contexts = m_config.contexts();
    QCOMPARE(contexts.size(), std::size_t(4));
    for (const ContextInfo &info : contexts) {
        QVERIFY2(info.problems.empty(), info.name.c_str());
        QCOMPARE(info.needsExec, info.name == "plugin");
        QCOMPARE(info.current, info.name == "admin");
    }
}

void TestClusterKube::versionAndIdentity()
{
    const auto version = m_admin->wait<ServerVersion>([&](auto done) { return m_admin->client.version(done); });
    QVERIFY(version.ok());
    QVERIFY(version->gitVersion.starts_with("v1."));
    QVERIFY(m_admin->client.lastLatency().has_value());
    const auto me = m_admin->wait<Identity>([&](auto done) { return m_admin->client.whoAmI(done); });
    QVERIFY(me.ok());
    QVERIFY(!me->username.empty());
    QVERIFY(std::ranges::find(me->groups, "system:authenticated") != me->groups.end());
}

void TestClusterKube::discovery()
{
    const auto catalog = m_admin->wait<ResourceCatalog>([&](auto done) { return m_admin->client.discover(done); });
    QVERIFY(catalog.ok());
    QVERIFY(catalog->unavailable.empty());
    const Resource *sets = catalog->find("apps/v1", "StatefulSet");
    QVERIFY(sets);
    QVERIFY(sets->namespaced && std::ranges::find(sets->verbs, "patch") != sets->verbs.end());
    QVERIFY(std::ranges::count(catalog->apiVersions(), "v1/Secret") == 1);
    // What is known without asking is what the server says.
    for (const Resource &found : catalog->resources)
        if (const auto known = knownResource(found.apiVersion(), found.kind); known && known->plural == found.plural)
            QCOMPARE(known->namespaced, found.namespaced);
    for (const char *kind : {"Pod", "Node", "Secret", "PersistentVolumeClaim", "Event"})
        QCOMPARE(text(catalog->find("v1", kind)->plural), text(knownResource("v1", kind)->plural));
}

void TestClusterKube::discoveredKinds()
{
    const auto ask = [this](const char *version, const char *kind) {
        return m_admin->wait<Resource>([&](auto done) { return m_admin->client.resourceOf(version, kind, done); });
    };
    QCOMPARE(text(ask("v1", "Pod")->plural), u"pods"_qs);
    QCOMPARE(text(ask("node.k8s.io/v1", "RuntimeClass")->plural), u"runtimeclasses"_qs);
    QCOMPARE(text(ask("example.org/v1", "Nothing").error().id), u"kube.kind-unknown"_qs);
}

void TestClusterKube::createGetPatchReplaceDelete()
{
    const auto path = mapPath("crud");
    ApiClient &client = m_admin->client;
    const auto created = m_admin->wait<Value>([&](auto done) {
        return client.create(path, configMap("crud", {{"a", Value::string("1")}}), {}, done);
    });
    QVERIFY2(created.ok(), created.ok() ? "" : created.error().message.c_str());
    QCOMPARE(created.info.status, 201);
    const auto again =
        m_admin->wait<Value>([&](auto done) { return client.create(path, configMap("crud", {}), {}, done); });
    QCOMPARE(text(again.error().id), u"kube.exists"_qs);
    const auto patched = m_admin->wait<Value>([&](auto done) {
        return client.patch(
            path, PatchType::Merge, Value::map({{"data", Value::map({{"b", Value::string("2")}})}}), {}, done);
    });
    QCOMPARE(text(patched->at({"data", "b"}).stringOr()), u"2"_qs);
    Value changed = patched->deepCopy();
    changed.get("data").asMap().set("a", Value::string("3"));
    const auto replaced = m_admin->wait<Value>([&](auto done) { return client.replace(path, changed, {}, done); });
    QVERIFY(replaced.ok());
    const auto stale = m_admin->wait<Value>([&](auto done) { return client.replace(path, changed, {}, done); });
    QCOMPARE(text(stale.error().id), u"kube.conflict"_qs);
    const auto got = m_admin->wait<Value>([&](auto done) { return client.get(path, done); });
    QCOMPARE(text(got->at({"data", "a"}).stringOr()), u"3"_qs);
    const auto removed = m_admin->wait<Value>([&](auto done) { return client.remove(path, {}, done); });
    QVERIFY(removed.ok());
    const auto gone = m_admin->wait<Value>([&](auto done) { return client.get(path, done); });
    QCOMPARE(text(gone.error().id), u"kube.not-found"_qs);
}

void TestClusterKube::applyAndConflict()
{
    const auto first = apply(configMap("apply", {{"k", Value::string("mine")}, {"on", Value::string("y")}}), {});
    QVERIFY2(first.ok(), first.ok() ? "" : first.error().message.c_str());
    QCOMPARE(first.info.status, 201);
    const auto same = apply(configMap("apply", {{"k", Value::string("mine")}, {"on", Value::string("y")}}), {});
    QCOMPARE(same.info.status, 200);
    QCOMPARE(text(same->at({"metadata", "resourceVersion"}).stringOr()),
        text(first->at({"metadata", "resourceVersion"}).stringOr()));
    const Value other = configMap("apply", {{"k", Value::string("theirs")}});
    const auto conflict = apply(other, {.fieldManager = "somebody"});
    QCOMPARE(text(conflict.error().id), u"kube.field-conflict"_qs);
    QCOMPARE(conflict.error().code, Error::Code::Conflict);
    QCOMPARE(conflict.info.apiError.causes.size(), std::size_t(1));
    QCOMPARE(text(conflict.info.apiError.causes.front().field), u".data.k"_qs);
    QCOMPARE(text(conflict.info.apiError.causes.front().manager), u"poolkeeper"_qs);
    const auto forced = apply(other, {.fieldManager = "somebody", .force = true});
    QCOMPARE(text(forced->at({"data", "k"}).stringOr()), u"theirs"_qs);
    // What we no longer name, and nobody else owns, goes.
    const auto dropped = apply(configMap("apply", {}), {});
    QVERIFY(dropped->at({"data", "on"}).isNil());
    QCOMPARE(text(dropped->at({"data", "k"}).stringOr()), u"theirs"_qs);
}

void TestClusterKube::dryRunLeavesNothing()
{
    const auto answer = apply(configMap("dry", {{"k", Value::string("v")}}), {.dryRun = true});
    QVERIFY(answer.ok());
    QVERIFY(!answer->at({"metadata", "uid"}).isNil());
    const auto got = m_admin->wait<Value>([&](auto done) { return m_admin->client.get(mapPath("dry"), done); });
    QCOMPARE(text(got.error().id), u"kube.not-found"_qs);
}

void TestClusterKube::manifestNotAccepted()
{
    Value odd = configMap("odd", {});
    odd.asMap().set("speck", Value::string("x"));
    const auto applied = apply(odd, {});
    QCOMPARE(text(applied.error().id), u"kube.not-accepted"_qs);
    QCOMPARE(applied.info.tries, 1);
    const auto created =
        m_admin->wait<Value>([&](auto done) { return m_admin->client.create(mapPath("odd"), odd, {}, done); });
    QCOMPARE(text(created.error().id), u"kube.not-accepted"_qs);
}

void TestClusterKube::warningsArrive()
{
    Value odd = configMap("warned", {});
    odd.asMap().set("speck", Value::string("x"));
    const auto answer = m_admin->wait<Value>(
        [&](auto done) { return m_admin->client.create(mapPath("warned"), odd, {.strict = false}, done); });
    QVERIFY(answer.ok());
    QCOMPARE(answer.info.warnings.size(), std::size_t(1));
    QVERIFY(answer.info.warnings.front().find("unknown field \"speck\"") != std::string::npos);
}

void TestClusterKube::deletePreconditions()
{
    const auto made = apply(configMap("kept", {}), {});
    QVERIFY(made.ok());
    const auto remove = [this](const DeleteOptions &options) {
        return m_admin->wait<Value>([&](auto done) { return m_admin->client.remove(mapPath("kept"), options, done); });
    };
    const auto refused = remove({.uid = "00000000-0000-0000-0000-000000000000"});
    QCOMPARE(text(refused.error().id), u"kube.conflict"_qs);
    QVERIFY(remove({.uid = made->at({"metadata", "uid"}).stringOr(), .dryRun = true}).ok());
    QVERIFY(remove({.uid = made->at({"metadata", "uid"}).stringOr(),
                       .propagation = DeleteOptions::Propagation::Foreground,
                       .graceSeconds = 0})
                .ok());
}

void TestClusterKube::listInPages()
{
    for (int i = 0; i < 7; ++i)
        QVERIFY(apply(configMap("page-" + std::to_string(i), {}), {}).ok());
    const auto listing = m_admin->wait<Listing<std::string>>([&](auto done) {
        return m_admin->client.list<std::string>(
            mapPath({}), {.fields = "metadata.name!=kube-root-ca.crt"}, test::nameDecoder(), done);
    });
    QVERIFY2(listing.ok(), listing.ok() ? "" : listing.error().message.c_str());
    QVERIFY(std::ranges::find(listing->items, "page-6") != listing->items.end());
    QVERIFY(std::ranges::find(listing->items, "kube-root-ca.crt") == listing->items.end());
    QVERIFY(!listing->resourceVersion.empty());
}

void TestClusterKube::watchLiveChanges()
{
    QVERIFY(apply(configMap("seen", {{"k", Value::string("0")}}), {}).ok());
    QStringList story;
    WatchState state;
    // Small pages, so that the list takes several.
    const WatchSpec spec{.resource = configMaps(), .nameSpace = m_namespace->name().toStdString(), .pageSize = 2};
    const auto call =
        m_admin->client.watch<std::string>(spec, test::nameDecoder(), [&](const WatchUpdate<std::string> &update) {
            state = update.state;
            for (const auto &change : update.changes)
                if (change.object == "seen" || change.object == "live")
                    story << u"+~-"_qs.mid(int(change.kind), 1) + text(change.object);
        });
    QVERIFY(m_admin->loop->runUntil([&] { return state.phase == WatchState::Phase::Live; }));
    QCOMPARE(story, QStringList{u"+seen"_qs});
    QVERIFY(apply(configMap("live", {}), {}).ok());
    QVERIFY(apply(configMap("seen", {{"k", Value::string("1")}}), {}).ok());
    const auto removed =
        m_admin->wait<Value>([&](auto done) { return m_admin->client.remove(mapPath("live"), {}, done); });
    QVERIFY(removed.ok());
    QVERIFY(m_admin->loop->runUntil([&] { return story.size() == 4; }));
    QCOMPARE(story, (QStringList{u"+seen"_qs, u"+live"_qs, u"~seen"_qs, u"-live"_qs}));
}

void TestClusterKube::manyWatchesAtOnce()
{
    std::vector<http::Call> calls;
    int live = 0;
    for (int i = 0; i < 30; ++i)
        calls.push_back(m_admin->client.watch<std::string>(
            {.resource = configMaps(), .nameSpace = m_namespace->name().toStdString()}, test::nameDecoder(),
            [&live](const WatchUpdate<std::string> &update) { live += update.replaced; }));
    QVERIFY(m_admin->loop->runUntil([&] { return live == 30; }));
    // Others get through meanwhile.
    QVERIFY(apply(configMap("between", {}), {}).ok());
}

void TestClusterKube::accessReviews()
{
    const auto ask = [this](ClientFixture &fixture, const AccessQuestion &question) {
        const auto answer = fixture.wait<Access>([&](auto done) { return fixture.client.mayI(question, done); });
        return answer.ok() && answer->allowed;
    };
    ClientFixture viewer(context("viewer"));
    const std::string nameSpace = viewer.client.nameSpace();
    QVERIFY(ask(*m_admin, {.verb = "patch", .group = "apps", .resource = "statefulsets", .nameSpace = nameSpace}));
    QVERIFY(ask(viewer, {.verb = "list", .resource = "pods", .nameSpace = nameSpace}));
    QVERIFY(!ask(viewer, {.verb = "delete", .resource = "pods", .nameSpace = nameSpace}));
}

void TestClusterKube::viewerIsForbidden()
{
    ClientFixture viewer(context("viewer"));
    const auto answer = viewer.wait<Value>(
        [&](auto done) { return viewer.client.create(mapPath("forbidden"), configMap("forbidden", {}), {}, done); });
    QCOMPARE(text(answer.error().id), u"kube.forbidden"_qs);
    QCOMPARE(answer.info.apiError.status, 403);
    WatchState state;
    const auto call = viewer.client.watch<std::string>({.resource = *knownResource("v1", "Secret")},
        test::nameDecoder(), [&](const WatchUpdate<std::string> &update) { state = update.state; });
    QVERIFY(viewer.loop->runUntil([&] { return state.phase == WatchState::Phase::Forbidden; }));
    QCOMPARE(text(state.error.id), u"kube.forbidden"_qs);
}

void TestClusterKube::pluginContext()
{
    const auto config = context("plugin");
    const auto approvals = std::make_shared<ExecApprovals>();
    ClientFixture fixture(config, {.approvals = approvals});
    const auto ask = [&] { return fixture.wait<Identity>([&](auto done) { return fixture.client.whoAmI(done); }); };
    QCOMPARE(text(ask().error().id), u"kube.exec-needs-approval"_qs);
    approvals->approve(ExecApprovals::hashOf(config.user));
    const auto me = ask();
    QVERIFY2(me.ok(), me.ok() ? "" : me.error().message.c_str());
    QVERIFY(!me->username.empty());
}

void TestClusterKube::unreachableContext()
{
    ClientFixture fixture(context("unreachable"));
    const auto answer = fixture.wait<ServerVersion>([&](auto done) { return fixture.client.version(done); });
    QCOMPARE(answer.error().code, Error::Code::Unavailable);
    QCOMPARE(text(answer.error().id), u"http.connect"_qs);
}

void TestClusterKube::wrongTokenIsUnauthorized()
{
    auto config = context("viewer");
    config.user.token = Redacted("wrong");
    ClientFixture fixture(config);
    const auto answer = fixture.wait<Value>([&](auto done) { return fixture.client.get(mapPath("x"), done); });
    QCOMPARE(text(answer.error().id), u"kube.unauthorized"_qs);
    config.user = {};
    ClientFixture nobody(config);
    const auto anonymous = nobody.wait<Value>([&](auto done) { return nobody.client.get(mapPath("x"), done); });
    QVERIFY(!anonymous);
    QCOMPARE(anonymous.error().code, Error::Code::Denied);
}

void TestClusterKube::wrongAuthorityIsRefused()
{
    auto config = context("admin");
    config.cluster.caFile =
        config.user.clientCertificateFile; // A certificate, but not the one that signed the server's.
    ClientFixture fixture(config);
    const auto answer = fixture.wait<ServerVersion>([&](auto done) { return fixture.client.version(done); });
    QCOMPARE(text(answer.error().id), u"http.certificate"_qs);
}

void TestClusterKube::logErrors()
{
    std::optional<LogChunk> last;
    const auto call = m_admin->client.logs({test::pods(), m_namespace->name().toStdString(), "none"}, {.follow = true},
        [&](const LogChunk &chunk) { last = chunk; });
    QVERIFY(m_admin->loop->runUntil([&] { return last && last->ended; }));
    QCOMPARE(text(last->error->id), u"kube.not-found"_qs);
}

QTEST_GUILESS_MAIN(TestClusterKube)
#include "tst_cluster_kube.moc"
