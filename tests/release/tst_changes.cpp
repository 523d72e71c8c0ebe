// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/changenotes.h"
#include "release/changes.h"
#include "release/inspect.h"
#include "release/readiness.h"
#include "release/varying.h"
#include "yaml/reader.h"

#include <QTest>

using namespace pk;
using namespace pk::release;

namespace {

/// A set with some lines exchanged.
QByteArray set(const QByteArray &spec, const QByteArray &metadata = {})
{
    return "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: prod\n" + metadata
        + "spec:\n  selector:\n    matchLabels: {app.kubernetes.io/instance: prod}\n" + spec;
}

const QByteArray image1 = "  template: {spec: {containers: [{name: dind, image: 'd:1'}]}}\n";
const QByteArray image2 = "  template: {spec: {containers: [{name: dind, image: 'd:2'}]}}\n";
const QByteArray claims10 =
    "  volumeClaimTemplates: [{metadata: {name: data}, spec: {resources: {requests: {storage: 10Gi}}}}]\n";
const QByteArray claims20 =
    "  volumeClaimTemplates: [{metadata: {name: data}, spec: {resources: {requests: {storage: 20Gi}}}}]\n";

QString joined(const std::vector<std::string> &texts)
{
    QStringList list;
    for (const std::string &text : texts)
        list += QString::fromStdString(text);
    return list.join(QLatin1Char(' '));
}

QString printed(const ObjectChange &change)
{
    QString text =
        QString::fromUtf8(nameOf(change.consequence)) + QStringLiteral(" ") + QString::fromStdString(change.kind);
    if (change.restarts != 0)
        text += QStringLiteral(" restarts=%1").arg(change.restarts);
    if (change.scaledTo >= 0)
        text += QStringLiteral(" scale=%1>%2").arg(change.scaledFrom).arg(change.scaledTo);
    if (!change.refusedPaths.empty())
        text += QStringLiteral(" refused=") + joined(change.refusedPaths)
            + (change.canRecreate ? QStringLiteral("!") : QString());
    if (!change.replacedBy.empty())
        text += QStringLiteral(" by=") + QString::fromStdString(change.replacedBy);
    if (!change.leftBehind.empty())
        text += QStringLiteral(" left=") + joined(change.leftBehind);
    if (change.needsRestart)
        text += QStringLiteral(" needs-restart");
    return text;
}

std::vector<release::Object> objectsOf(const QByteArray &manifest)
{
    const auto objects = readObjects(manifest.toStdString(), "ci", nullptr);
    if (!objects)
        qFatal("%s", objects.error().message.c_str());
    return *objects;
}

} // namespace

class TestChanges : public QObject
{
    Q_OBJECT

private slots:
    void classifies_data();
    void classifies();
    void tellsWhatVariesFromWhatWasEdited_data();
    void tellsWhatVariesFromWhatWasEdited();
    void readiness_data();
    void readiness();
    void uninstallPreview();
    void permissions();
    void unknownKindIsHelmsError();
    void unknownKindsCanBeCompared();
    void aCatalogKnowsMoreKinds();
    void listsAreTakenApart();
    void migration();
};

void TestChanges::classifies_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("expected");
    const QByteArray secret1 = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {token: YQ==}\n";
    const QByteArray secret2 = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {token: Yg==}\n";
    const QByteArray three = set("  replicas: 3\n" + image1);
    QTest::addRow("nothing") << three << three << "unchanged StatefulSet";
    QTest::addRow("empty and absent are the same")
        << three << set("  replicas: 3\n  ordinals: {}\n" + image1) << "unchanged StatefulSet";
    QTest::addRow("image") << three << set("  replicas: 3\n" + image2) << "restarts StatefulSet restarts=3";
    QTest::addRow("image, OnDelete") << three << set("  replicas: 3\n  updateStrategy: {type: OnDelete}\n" + image2)
                                     << "restarts StatefulSet";
    QTest::addRow("labels") << three << set("  replicas: 3\n" + image1, "  labels: {a: b}\n")
                            << "labels-only StatefulSet";
    QTest::addRow("scaled up") << three << set("  replicas: 5\n" + image1) << "changed StatefulSet scale=3>5";
    QTest::addRow("scaled down leaves claims")
        << set("  replicas: 3\n" + image1 + claims10) << set("  replicas: 1\n" + image1 + claims10)
        << "changed StatefulSet restarts=2 scale=3>1 left=data-prod-1 data-prod-2";
    QTest::addRow("scaled down, policy deletes them")
        << set("  replicas: 2\n" + image1 + claims10)
        << set("  replicas: 1\n  persistentVolumeClaimRetentionPolicy: {whenScaled: Delete}\n" + image1 + claims10)
        << "changed StatefulSet restarts=1 scale=2>1";
    QTest::addRow("replicas absent is one")
        << set("  replicas: 1\n" + image1) << set(image1) << "unchanged StatefulSet";
    QTest::addRow("claim template")
        << set(image1 + claims10) << set(image1 + claims20)
        << "refused StatefulSet refused=spec.volumeClaimTemplates[0].spec.resources.requests.storage!";
    QTest::addRow("selector: recreating would not help")
        << set(image1) << set(image1).replace("instance: prod", "instance: other")
        << "refused StatefulSet refused=spec.selector.matchLabels[\"app.kubernetes.io/instance\"]";
    QTest::addRow("service name") << set("  serviceName: a\n" + image1) << set("  serviceName: b\n" + image1)
                                  << "refused StatefulSet refused=spec.serviceName!";
    QTest::addRow("kind exchanged")
        << set("  replicas: 2\n" + image1 + claims10)
        << QByteArray(set("  replicas: 2\n" + image1)).replace("StatefulSet", "Deployment")
        << "replaced StatefulSet restarts=2 by=Deployment/prod left=data-prod-0 data-prod-1|created Deployment";
    QTest::addRow("gone") << secret1 + "---\n" + three << three << "deleted Secret|unchanged StatefulSet";
    QTest::addRow("gone but kept")
        << "apiVersion: v1\nkind: Secret\nmetadata: {name: s, annotations: {helm.sh/resource-policy: ' Keep '}}\n---\n"
            + three
        << three << "kept Secret|unchanged StatefulSet";
    QTest::addRow("new") << three << three + "---\n" + secret1 << "created Secret|unchanged StatefulSet";
    QTest::addRow("Secret alone: pods do not notice") << secret1 << secret2 << "changed Secret needs-restart";
    QTest::addRow("Secret with a rollout")
        << secret1 + "---\n" + three << secret2 + "---\n" + set("  replicas: 3\n" + image2)
        << "restarts StatefulSet restarts=3|changed Secret";
    QTest::addRow("immutable Secret") << secret1 + "immutable: true\n"
                                      << secret2 + "immutable: true\n"
                                      << "refused Secret refused=data.token";
    QTest::addRow("cluster IP") << QByteArray(
        "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {clusterIP: None}\n")
                                << QByteArray("apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {}\n")
                                << "refused Service refused=spec.clusterIP";
    QTest::addRow("roleRef")
        << QByteArray(
               "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: s}\nroleRef: {name: a}\n")
        << QByteArray(
               "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: s}\nroleRef: {name: b}\n")
        << "refused RoleBinding refused=roleRef.name";
}

void TestChanges::classifies()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QString, expected);
    QStringList texts;
    for (const ObjectChange &change : classifyChange(objectsOf(before), objectsOf(after)))
        texts += printed(change);
    QCOMPARE(texts.join(QLatin1Char('|')), expected);
}

void TestChanges::tellsWhatVariesFromWhatWasEdited_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after"); // ~ in a line: it differs with each rendering
    QTest::addColumn<QString>("expected");
    const auto rolled = [](const char *word, const char *image, const char *replicas = "3") {
        return set(QByteArray("  replicas: ") + replicas
            + "\n  template:\n    metadata:\n      annotations:\n        roll: " + word
            + "\n    spec:\n      containers:\n        - image: " + image + "\n");
    };
    const QByteArray secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata:\n";
    QTest::addRow("a restart by a random annotation")
        << rolled("a", "d:1") << rolled("b~", "d:1") << "restarts only spec.template.metadata.annotations.roll";
    QTest::addRow("scaled as well: the restart is still the annotation's")
        << rolled("a", "d:1") << rolled("b~", "d:1", "5") << "restarts only spec.template.metadata.annotations.roll";
    QTest::addRow("the image too") << rolled("a", "d:1") << rolled("b~", "d:2")
                                   << "restarts spec.template.metadata.annotations.roll";
    QTest::addRow("an edit alone") << rolled("a", "d:1") << rolled("a", "d:2") << "restarts ";
    QTest::addRow("unchanged although it varies") << rolled("a", "d:1") << rolled("a~", "d:1") << "unchanged ";
    QTest::addRow("a password") << secret + "  a: YQ==\n"
                                << secret + "  a: Yg==~\n"
                                << "changed only data.a";
    QTest::addRow("a password that is new is somebody's edit") << secret + "  a: YQ==\n"
                                                               << secret + "  a: YQ==\n  b: Yg==~\n"
                                                               << "changed ";
    QTest::addRow("a text of several lines of which one varies") << secret + "  a: |\n    one\n    two\n"
                                                                 << secret + "  a: |\n    one\n    three~\n"
                                                                 << "changed only data.a";
}

void TestChanges::tellsWhatVariesFromWhatWasEdited()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QString, expected);
    chart::Rendered rendered;
    rendered.manifest = QByteArray(after).replace('~', "").toStdString();
    rendered.objects = chart::readManifest(rendered.manifest, chart::levels43());
    for (const QByteArray &line : after.split('\n'))
        rendered.lines.push_back({.varies = line.contains('~')});
    const auto old = objectsOf(before);
    auto changes = classifyChange(old, objectsOf(QByteArray::fromStdString(rendered.manifest)));
    markVarying(changes, old, rendered);
    QCOMPARE(changes.size(), std::size_t(1));
    QCOMPARE(QString::fromUtf8(nameOf(changes[0].consequence))
            + (changes[0].onlyVaries ? QStringLiteral(" only ") : QStringLiteral(" "))
            + joined(changes[0].varyingPaths),
        expected);
    const auto notes = notesOf(changes, false, 1);
    QCOMPARE(notes.front().detailId == "consequence.varies.detail", changes[0].onlyVaries);
}

void TestChanges::readiness_data()
{
    QTest::addColumn<QByteArray>("object");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &object, const char *expected) {
        QTest::addRow("%s", name) << object << expected;
    };
    const QByteArray sts = "apiVersion: apps/v1\nkind: StatefulSet\n";
    const QByteArray dep = "apiVersion: apps/v1\nkind: Deployment\n";
    const QByteArray full =
        "status: {replicas: 2, readyReplicas: 2, currentReplicas: 2, updatedReplicas: 2, availableReplicas: 2";
    row("terminating", "kind: Pod\nmetadata: {deletionTimestamp: x}\n", "Terminating Resource scheduled for deletion");
    row("not observed", sts + "metadata: {generation: 3}\nstatus: {observedGeneration: 2}\n",
        "InProgress StatefulSet generation is 3, but latest observed generation is 2");
    row("set starts", sts + "spec: {replicas: 2}\n", "InProgress Replicas: 0/2");
    row("set not ready", sts + "spec: {replicas: 2}\nstatus: {replicas: 2, readyReplicas: 1}\n",
        "InProgress Ready: 1/2");
    row("set shrinks", sts + "spec: {replicas: 1}\nstatus: {replicas: 2, readyReplicas: 2}\n",
        "InProgress Pending termination: 1");
    row("set rolls", sts + "spec: {replicas: 2}\n" + full + ", currentRevision: a, updateRevision: b}\n",
        "InProgress Waiting for updated revision to match current");
    row("set done", sts + "spec: {replicas: 2}\n" + full + ", currentRevision: a, updateRevision: a}\n",
        "Current All replicas scheduled as expected. Replicas: 2");
    row("set OnDelete", sts + "spec: {updateStrategy: {type: OnDelete}}\n",
        "Current StatefulSet is using the ondelete update strategy");
    row("set partition", sts + "spec: {replicas: 2, updateStrategy: {rollingUpdate: {partition: 1}}}\n" + full + "}\n",
        "Current Partition rollout complete. updated: 2");
    row("set of nothing", sts + "spec: {replicas: 0}\n", "Current All replicas scheduled as expected. Replicas: 0");
    row("deployment stuck",
        dep + "status: {conditions: [{type: Progressing, status: 'False', reason: ProgressDeadlineExceeded}]}\n",
        "Failed Progress deadline exceeded");
    row("deployment not available",
        dep + "spec: {replicas: 2}\nstatus: {replicas: 2, updatedReplicas: 2, availableReplicas: 1}\n",
        "InProgress Available: 1/2");
    row("deployment done",
        dep + "spec: {replicas: 2, progressDeadlineSeconds: 600}\n" + full
            + ", conditions: [{type: Progressing, status: 'True', reason: NewReplicaSetAvailable}, {type: Available, "
              "status: 'True'}]}\n",
        "Current Deployment is available. Replicas: 2");
    row("pod crash loops",
        "apiVersion: v1\nkind: Pod\nstatus: {phase: Running, containerStatuses: [{state: {waiting: {reason: "
        "CrashLoopBackOff}}}]}\n",
        "Failed Containers in CrashLoop state");
    row("job runs", "apiVersion: batch/v1\nkind: Job\nstatus: {startTime: x}\n", "Current Job in progress");
    row("job failed", "apiVersion: batch/v1\nkind: Job\nstatus: {conditions: [{type: Failed, status: 'True'}]}\n",
        "Failed Job Failed");
    row("claim pending", "apiVersion: v1\nkind: PersistentVolumeClaim\nstatus: {phase: Pending}\n",
        "InProgress PVC is not Bound. phase: Pending");
    row("ConfigMap", "apiVersion: v1\nkind: ConfigMap\n", "Current Resource is always ready");
    row("custom, not ready",
        "apiVersion: x.io/v1\nkind: Thing\nstatus: {conditions: [{type: Ready, status: 'False', message: soon}]}\n",
        "InProgress soon");
}

void TestChanges::readiness()
{
    QFETCH(QByteArray, object);
    QFETCH(QString, expected);
    const auto tree = yaml::toValue(object.toStdString());
    QVERIFY(tree.ok());
    const Readiness found = readinessOf(*tree);
    QCOMPARE(QString::fromStdString(nameOf(found.state) + std::string(" ") + found.message), expected);
}

void TestChanges::uninstallPreview()
{
    const auto preview = previewUninstall(objectsOf(set("  replicas: 2\n" + image1 + claims10)
        + "---\napiVersion: v1\nkind: Secret\nmetadata: {name: s, annotations: {helm.sh/resource-policy: keep}}\n"));
    QCOMPARE(preview.goes.size(), std::size_t(1));
    QCOMPARE(preview.stays.size(), std::size_t(1));
    QCOMPARE(joined(preview.claims), QStringLiteral("data-prod-0 data-prod-1"));
}

void TestChanges::permissions()
{
    const auto objects = objectsOf(set(image1));
    QStringList texts;
    for (const kube::AccessQuestion &question : neededPermissions(Action::Install, {}, objects, "ci"))
        texts += QString::fromStdString(question.verb + ' ' + question.resource);
    QCOMPARE(texts.join(QLatin1Char(',')),
        QStringLiteral(
            "list secrets,create secrets,update secrets,get statefulsets,patch statefulsets,create statefulsets"));
}

void TestChanges::unknownKindIsHelmsError()
{
    const auto objects = readObjects("apiVersion: x.io/v1\nkind: Thing\nmetadata: {name: a}\n", "ci", nullptr);
    QVERIFY(!objects.ok());
    QVERIFY(objects.error().message.find("no matches for kind \"Thing\" in version \"x.io/v1\"") != std::string::npos);
}

void TestChanges::unknownKindsCanBeCompared()
{
    const auto read = [](const char *colour) {
        return readObjects(
            std::string("apiVersion: x.io/v1\nkind: Thing\nmetadata: {name: a}\nspec: {colour: ") + colour + "}\n",
            "ci", nullptr, UnknownKinds::Accept);
    };
    const auto before = read("red"), after = read("blue");
    QVERIFY(before.ok() && after.ok());
    QCOMPARE(before->front().key(), std::string("x.io/Thing/ci/a"));
    const auto changes = classifyChange(*before, *after);
    QCOMPARE(changes.size(), std::size_t(1));
    QCOMPARE(changes.front().key, std::string("x.io/Thing/ci/a"));
    QVERIFY(changes.front().consequence != Consequence::Deleted);
}

void TestChanges::aCatalogKnowsMoreKinds()
{
    kube::ResourceCatalog kinds;
    kinds.resources = {{.group = "x.io", .version = "v1", .kind = "Thing", .plural = "things", .namespaced = false}};
    const auto objects = readObjects("apiVersion: x.io/v1\nkind: Thing\nmetadata: {name: a}\n", "ci", &kinds);
    QVERIFY(objects.ok());
    QCOMPARE(objects->front().path().text(), std::string("/apis/x.io/v1/things/a"));
}

void TestChanges::listsAreTakenApart()
{
    const auto objects =
        objectsOf("apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Secret, metadata: {name: a}}\n"
                  "- {apiVersion: v1, kind: Namespace, metadata: {name: b}}\n");
    QCOMPARE(objects.size(), std::size_t(2));
    QCOMPARE(objects[0].key(), std::string("/Secret/ci/a"));
    QCOMPARE(objects[1].key(), std::string("/Namespace//b"));
    QVERIFY(objects[1].tree.at({"metadata", "namespace"}).isNil());
}

void TestChanges::migration()
{
    const auto live = yaml::toValue(R"(
metadata:
  resourceVersion: "7"
  managedFields:
  - {manager: kubectl-edit, operation: Update, fieldsV1: {"f:spec": {}}}
  - {manager: helm, operation: Update, apiVersion: apps/v1, fieldsV1: {"f:spec": {"f:a": {}}}}
  - {manager: helm, operation: Update, subresource: status, fieldsV1: {"f:status": {}}}
  - {manager: helm, operation: Update, apiVersion: apps/v1, fieldsV1: {"f:spec": {"f:b": {}}, "f:data": {}}}
)");
    QVERIFY(live.ok());
    const Value patch = ownershipMigration(*live);
    const auto &entries = patch.asList().items[0].get("value").asList().items;
    QCOMPARE(entries.size(), std::size_t(3));
    QCOMPARE(entries[0].get("operation").stringOr(), std::string("Apply"));
    QVERIFY(
        entries[0].at({"fieldsV1", "f:spec", "f:a"}).isMap() && entries[0].at({"fieldsV1", "f:spec", "f:b"}).isMap());
    QVERIFY(entries[0].at({"fieldsV1", "f:data"}).isMap());
    QCOMPARE(patch.asList().items[1].get("value").stringOr(), std::string("7"));
    Value moved = live->deepCopy();
    moved.get("metadata").asMap().set("managedFields", patch.asList().items[0].get("value"));
    QVERIFY(ownershipMigration(moved).isNil()); // Once is enough.
}

QTEST_APPLESS_MAIN(TestChanges)
#include "tst_changes.moc"
