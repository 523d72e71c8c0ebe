// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/values/tabdriver.h"
#include "kube/json.h"
#include "release/clusterfacts.h"
#include "release/fakecluster.h"
#include "release/objects.h"
#include "values/originline.h"
#include "values/previewpane.h"
#include "widgets/codeview.h"
#include "widgets/segmentedswitch.h"

#include <QClipboard>
#include <QFile>
#include <QHelpEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QToolTip>

using namespace pk;
using namespace pk::gui;

/// The preview against each baseline, broken, slow, and with a cluster that answers late or never (UI.md 6.4).
class TestValuesPreview : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aConsequenceOpensItsLines();
    void sideBySideMakesRoomForItself();
    void aValueWithinAListLeadsToItsLine();
    void consequencesAreMostSevereFirst();
    void thereIsAlwaysOneConsequence();
    void savedAndDefaultsFollowTheName();
    void keysStepThroughBaselines();
    void aTemplateErrorKeepsTheLastGoodPreview();
    void aFailureShowsItsLineWithACaretAndHelmsWords();
    void whatIsNoYamlShowsBothLines();
    void aFailureQuotesNoSecret();
    void brokenTextLeadsToItsLine();
    void aSlowRenderingTellsItsAge();
    void thePreviewIsOfTheCluster();
    void aSlowClusterDoesNotHoldUpTyping();
    void liveComparesWithTheCluster();
    void liveLeavesTheRestUsable();
    void liveAsksAgainAfterAnEdit();
    void liveMasksSecrets();
    void liveWithoutACluster();
    void liveThatFailsSaysSo();
    void aLineLeadsToItsTemplateAndItsValues();
    void addFromAFileIsOneStep();
    void importReplacesAsOneStep();
    void theStatusHasTheAgeOfTheDraft();
    void aPreviewIsCalm();
    void linesThatVaryAreMarked();
    void whatVariesIsNoChangeToTheSavedFile();
    void aRestartByChanceIsToldAsOne();
    void liveMarksFieldsThatVary();
};

namespace {

/// Puts the objects of a rendering into the cluster, as a server keeps them.
void put(test::FakeCluster &cluster, const std::string &manifest, const std::string &ns)
{
    const auto objects = release::readObjects(manifest, ns, nullptr);
    for (const release::Object &object : *objects) {
        Value live = release::withOwnership(object.tree, "prod-eu", ns).deepCopy();
        live.get("metadata").asMap().set("uid", Value::string("uid-1"));
        live.get("metadata").asMap().set("resourceVersion", Value::string("17"));
        live.asMap().set("status", Value::map({{"replicas", Value::integer(1)}}));
        cluster.objects[object.path().text()] = live;
    }
}

/// Random words, the time and a certificate: a Secret and a workload that is restarted by each rendering.
chart::ChartPtr chancyChart()
{
    return fixtures::chartOf({{"values.yaml", "replicas: 1\nhost: a.b\n"},
        {"templates/_helpers.tpl",
            "{{- define \"labels\" -}}\napp: x\nat: {{ now | unixEpoch | quote }}\nlast: y{{ end }}"},
        {"templates/secret.yaml",
            "apiVersion: v1\nkind: Secret\nmetadata: {name: made}\n{{- $c := genSelfSignedCert .Values.host nil nil 30 "
            "}}\n"
            "stringData:\n  password: {{ randAlphaNum 20 }}\n  user: someone\n"
            "  tls.crt: |\n    {{- $c.Cert | nindent 4 }}\n"},
        {"templates/work.yaml",
            "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: work\n  labels:\n    {{- include \"labels\" . | "
            "nindent 4 }}\nspec:\n  replicas: {{ .Values.replicas }}\n  selector: {matchLabels: {app: x}}\n  "
            "template:\n"
            "    metadata:\n      labels: {app: x}\n      annotations:\n        roll: {{ randAlphaNum 5 | quote }}\n"
            "    spec:\n      containers: [{name: a, image: b}]\n"}});
}

/// Of the text that is shown, the lines with the sign in their margin: the keys.
QStringList signedLines(const DiffView &view)
{
    QStringList keys;
    const QStringList lines = QString::fromUtf8(view.contents()).split(u'\n');
    for (int line = 0; line < lines.size(); ++line) {
        QByteArray margin(int(view.SendScintilla(QsciScintilla::SCI_MARGINGETTEXT, line)), '\0');
        view.SendScintilla(QsciScintilla::SCI_MARGINGETTEXT, static_cast<unsigned long>(line), margin.data());
        if (QString::fromUtf8(margin).contains(DiffView::VaryingSign))
            keys.append(lines[line].trimmed().section(u':', 0, 0));
    }
    return keys;
}

std::string workloadPath(const test::FakeCluster &cluster)
{
    for (const auto &[path, object] : cluster.objects) {
        if (path.find("statefulsets") != std::string::npos)
            return path;
    }
    return {};
}

/// A chart that asks for the cluster's version and for a Secret.
chart::ChartPtr asking()
{
    return *chart::loadFiles(
        {{"Chart.yaml", "apiVersion: v2\nname: t\nversion: 0.1.0\n"}, {"values.yaml", "replicaCount: 1\n"},
            {"templates/a.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n"
                "  version: {{ .Capabilities.KubeVersion.Version }}\n"
                "  replicas: {{ .Values.replicaCount | quote | trimAll \"\\\"\" }}\n"
                "{{- $found := lookup \"v1\" \"Secret\" .Release.Namespace \"pass\" }}\n"
                "  word: {{ if $found }}{{ $found.data.word | b64dec }}{{ else }}none{{ end }}\n"}},
        chart::levels43());
}

/// A reader whose answers are there at once.
kube::ObjectReader answeringWith(std::function<Result<Value>(const std::string &path)> answer)
{
    return [answer = std::move(answer)](const std::string &path, std::shared_ptr<http::Dispatcher> dispatcher,
               std::function<void(kube::Answer<Value>)> done) {
        const auto delivery =
            std::make_shared<http::Delivery<kube::Answer<Value>>>(std::move(dispatcher), std::move(done));
        delivery->finish({answer(path), {}});
        return http::Call(delivery);
    };
}

release::ClusterFactsPtr factsOf(test::FakeCluster &cluster)
{
    release::ClusterFactsPtr facts;
    const http::Call call = release::readClusterFacts(
        cluster, [&](Result<release::ClusterFactsPtr> told) { facts = told ? *told : nullptr; });
    cluster.run();
    return facts;
}

} // namespace

void TestValuesPreview::aConsequenceOpensItsLines()
{
    fixtures::TabDriver driver("useStatefulSet: true\nreplicaCount: 5\n");
    driver.deploy(14, "useStatefulSet: true\nreplicaCount: 5\n");
    driver.bench.session->setYaml(yaml::Path{"terminationGracePeriodSeconds"}, QStringLiteral("4500"));
    QVERIFY(driver.bench.settle());
    driver.tab->togglePane(ValuesTab::RenderedPane); // folded: it comes back
    const int row = driver.rowOf("consequenceTable", QStringLiteral("estart"));
    QVERIFY(row >= 0);
    driver.clickRow("consequenceTable", row);
    QVERIFY(driver.preview()->isVisible());
    QCOMPARE(driver.find<SegmentedSwitch>("baseline")->current(), int(ValuesTab::Revision));
    QVERIFY2(driver.preview()->currentKey().startsWith(QStringLiteral("StatefulSet/")),
        qPrintable(driver.preview()->currentKey()));
    auto *view = driver.find<DiffView>("previewText");
    QVERIFY(view->changeCount() > 0);
    QVERIFY(driver.shown().contains(QStringLiteral("terminationGracePeriodSeconds: 4500")));
}

void TestValuesPreview::sideBySideMakesRoomForItself()
{
    fixtures::TabDriver driver("useStatefulSet: true\nreplicaCount: 5\n");
    driver.tab->setBaseline(ValuesTab::Saved);
    QVERIFY(!driver.find<QAction>("sideBySide")->isEnabled()); // three panes leave no room
    driver.tab->togglePane(ValuesTab::FormPane);
    QTRY_VERIFY(driver.find<QAction>("sideBySide")->isEnabled());
    QVERIFY(driver.preview()->width() < ObjectDiff::SidesFrom);
    driver.trigger("sideBySide");
    QTRY_VERIFY(driver.preview()->width() >= ObjectDiff::SidesFrom);
    QVERIFY(driver.find<DiffView>("previewAfter")->isVisible());
}

void TestValuesPreview::aValueWithinAListLeadsToItsLine()
{
    fixtures::TabDriver driver(fixtures::commentedFile());
    driver.clickRow("problemTable", driver.rowOf("problemTable", QStringLiteral("SPACELIFT_DEBUG")));
    auto *view = driver.find<DiffView>("previewText");
    const QStringList lines = QString::fromUtf8(view->contents()).split(u'\n');
    int washed = -1;
    for (int line = 0; line < lines.size(); ++line) {
        if (view->SendScintilla(QsciScintilla::SCI_MARKERGET, line) & (1 << 2))
            washed = line;
    }
    QVERIFY(washed >= 0);
    QVERIFY2(lines[washed].contains(QStringLiteral("SPACELIFT_DEBUG")), qPrintable(lines[washed]));
}

void TestValuesPreview::consequencesAreMostSevereFirst()
{
    fixtures::TabDriver driver("useStatefulSet: true\nreplicaCount: 5\n");
    driver.deploy(3,
        "useStatefulSet: true\nreplicaCount: 5\nstorageVolumeClaimTemplateSpec:\n  accessModes: "
        "[ReadWriteOnce]\n  resources: {requests: {storage: 10Gi}}\n");
    driver.bench.session->import("useStatefulSet: true\nreplicaCount: 7\nterminationGracePeriodSeconds: 900\n"
                                 "storageVolumeClaimTemplateSpec:\n  accessModes: [ReadWriteOnce]\n  resources: "
                                 "{requests: {storage: 20Gi}}\n");
    QVERIFY(driver.bench.settle());
    const auto &lines = driver.bench.session->consequences();
    QVERIFY(lines.size() >= 2);
    const auto order = [](ChangeState state) {
        static const QVector<ChangeState> all{ChangeState::Refused, ChangeState::Replaced, ChangeState::Deleted,
            ChangeState::Restarts, ChangeState::Created, ChangeState::Changed, ChangeState::Unchanged};
        return all.indexOf(state);
    };
    QCOMPARE(lines.first().state, ChangeState::Refused);
    for (qsizetype i = 1; i < lines.size(); ++i)
        QVERIFY(order(lines[i - 1].state) <= order(lines[i].state));
    for (const ConsequenceLine &line : lines)
        QVERIFY2(!line.objectKey.isEmpty(), qPrintable(line.what));
}

void TestValuesPreview::thereIsAlwaysOneConsequence()
{
    fixtures::TabDriver driver("replicaCount: 5\n");
    QCOMPARE(driver.list("consequenceTable")->model()->rowCount(), 1);
    QVERIFY(driver.rowOf("consequenceTable", QStringLiteral("Not installed yet")) == 0);
    driver.deploy(2, "replicaCount: 5\n");
    QCOMPARE(driver.list("consequenceTable")->model()->rowCount(), 1);
    QVERIFY(driver.rowOf("consequenceTable", QStringLiteral("An upgrade would change nothing.")) == 0);
}

void TestValuesPreview::savedAndDefaultsFollowTheName()
{
    for (const int baseline : {int(ValuesTab::Saved), int(ValuesTab::Defaults)}) {
        fixtures::TabDriver driver("{}\n");
        driver.tab->setBaseline(baseline);
        auto *view = driver.find<DiffView>("previewText");
        QTRY_VERIFY(driver.shown().contains(QStringLiteral("prod-eu")));
        driver.bench.session->setRelease(QStringLiteral("other-name"), QStringLiteral("elsewhere"));
        QVERIFY(driver.bench.settle());
        QTRY_VERIFY(driver.shown().contains(QStringLiteral("other-name")));
        // Both sides have the new name: nothing differs.
        QTRY_COMPARE(view->changeCount(), 0);
    }
}

void TestValuesPreview::keysStepThroughBaselines()
{
    fixtures::TabDriver driver("replicaCount: 5\n");
    auto *baseline = driver.find<SegmentedSwitch>("baseline");
    driver.caret(0);
    driver.press(Qt::Key_Right, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(baseline->current(), int(ValuesTab::Defaults));
    driver.press(Qt::Key_Right, Qt::ControlModifier | Qt::AltModifier);
    driver.press(Qt::Key_Right, Qt::ControlModifier | Qt::AltModifier);
    // Neither a revision nor a cluster: around to the first.
    QCOMPARE(baseline->current(), int(ValuesTab::Rendered));
    driver.press(Qt::Key_Left, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(baseline->current(), int(ValuesTab::Saved));
}

void TestValuesPreview::aTemplateErrorKeepsTheLastGoodPreview()
{
    const auto chart = fixtures::chartOf({{"values.yaml", "name: a\n"},
        {"templates/a.yaml",
            "kind: A\nmetadata: {name: one}\n\n\nspec: {{ required \"name is wanted\" .Values.name | quote }}\n"}});
    fixtures::TabDriver driver("name: first\n", chart);
    QTRY_VERIFY(driver.shown().contains(QStringLiteral("first")));
    auto *band = driver.find<Band>("previewBand");
    QVERIFY(!band->isVisible());
    driver.bench.session->import("name: \"\"\n");
    QVERIFY(driver.bench.settle());
    QVERIFY(band->isVisible());
    QVERIFY2(band->sentence().contains(QStringLiteral("templates/a.yaml line\u00a05")), qPrintable(band->sentence()));
    QVERIFY(fixtures::everyText(*band).contains(QStringLiteral("name is wanted")));
    QVERIFY(driver.shown().contains(QStringLiteral("first")));
    QVERIFY(driver.find<CodeView>("previewText")->isDimmed());
    driver.trigger("goToError");
    auto *source = driver.find<CodeView>("templateText");
    QVERIFY(source->isVisible());
    QVERIFY(source->SendScintilla(QsciScintilla::SCI_MARKERGET, 4) & (1 << 2));
    QTest::mouseClick(driver.find<QPushButton>("backToPreview"), Qt::LeftButton);
    QVERIFY(driver.find<CodeView>("previewText")->isVisible());
    // The row of the problem leads there too.
    driver.clickRow("problemTable", 0);
    QVERIFY(source->isVisible());
    driver.bench.session->undo();
    QVERIFY(driver.bench.settle());
    QVERIFY(!band->isVisible());
    QVERIFY(!source->isVisible());
    QVERIFY(!driver.find<CodeView>("previewText")->isDimmed());
}

void TestValuesPreview::aFailureShowsItsLineWithACaretAndHelmsWords()
{
    const auto chart = fixtures::chartOf({{"values.yaml", "launcher: {}\n"},
        {"templates/a.yaml", "kind: A\nmetadata: {name: one}\nimage: {{ .Values.launcher.image.tag }}\n"}});
    fixtures::TabDriver driver("launcher: {image: {tag: first}}\n", chart);
    QTRY_VERIFY(driver.shown().contains(QStringLiteral("first")));
    auto *failure = driver.find<QWidget>("failureView");
    QVERIFY(!failure->isVisible());
    driver.bench.session->import("launcher: {other: 1}\n");
    QVERIFY(driver.bench.settle());
    QVERIFY(failure->isVisible());
    const QString ours = QStringLiteral("launcher.image is not set, and the template wants tag of it.");
    QVERIFY(fixtures::everyText(*driver.find<Band>("previewBand")).contains(ours));
    QCOMPARE(driver.find<QLabel>("failureExcerpt")->text(),
        QStringLiteral("3 | image: {{ .Values.launcher.image.tag }}\n  |                  ^"));
    // Helm's own words are there as they are, when somebody wants them.
    auto *words = driver.find<QPlainTextEdit>("helmsWords");
    QVERIFY(!words->isVisible());
    QTest::mouseClick(driver.find<QPushButton>("showHelmsWords"), Qt::LeftButton);
    QVERIFY(words->isVisible());
    const QString helm = QString::fromStdString(driver.bench.session->outcome()->rendered.error->error.message);
    QVERIFY(helm.contains(QStringLiteral("nil pointer evaluating interface {}.tag")));
    QCOMPARE(words->toPlainText(), helm);
    QTest::mouseClick(driver.find<QPushButton>("copyHelmsWords"), Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text(), helm);
    QTest::mouseClick(driver.find<QPushButton>("showHelmsWords"), Qt::LeftButton);
    QVERIFY(!words->isVisible());
    // The list says the same, with Helm's words behind it.
    const int row = driver.rowOf("problemTable", QStringLiteral("launcher.image is not set"));
    QVERIFY(row >= 0);
    const Cell cell = driver.list("problemTable")->model()->index(row, 0).data(CellRole).value<Cell>();
    QVERIFY2(cell.tip.contains(helm), qPrintable(cell.tip));
    // The template is marked from the column on.
    driver.trigger("goToError");
    auto *source = driver.find<CodeView>("templateText");
    QCOMPARE(source->problems().size(), 1);
    QCOMPARE(source->problems().first().line, 2);
    QCOMPARE(source->problems().first().from, 17);
    QVERIFY(source->problems().first().text.startsWith(QStringLiteral("launcher.image is not set")));
    driver.bench.session->undo();
    QVERIFY(driver.bench.settle());
    QVERIFY(!failure->isVisible());
}

void TestValuesPreview::whatIsNoYamlShowsBothLines()
{
    const auto chart = fixtures::chartOf({{"values.yaml", "text: a\n"},
        {"templates/a.yaml", "kind: A\nmetadata: {name: one}\nspec:\n{{ .Values.text | indent 2 }}\n"}});
    fixtures::TabDriver driver("text: \"a: 1\"\n", chart);
    QTRY_VERIFY(driver.shown().contains(QStringLiteral("a: 1")));
    driver.bench.session->import("text: \"a: 1\\nb: c: d\"\n");
    QVERIFY(driver.bench.settle());
    const QString shown = driver.find<QLabel>("failureExcerpt")->text();
    QCOMPARE(shown, QStringLiteral("4 | {{ .Values.text | indent 2 }}\nAs rendered:\n5 | b: c: d\n  |     ^"));
    QVERIFY2(driver.find<Band>("previewBand")->sentence().contains(QStringLiteral("templates/a.yaml line\u00a04")),
        qPrintable(driver.find<Band>("previewBand")->sentence()));
}

void TestValuesPreview::aFailureQuotesNoSecret()
{
    const auto chart = fixtures::chartOf({{"values.yaml", "credentials: {token: x}\n"},
        {"templates/a.yaml", "kind: A\nmetadata: {name: one}\ntoken: {{ .Values.credentials.token }}\n"}});
    const QString secret = QStringLiteral("open-sesame: of the-cave");
    fixtures::TabDriver driver("credentials: {token: some-thing-else}\n", chart);
    driver.bench.session->import(QStringLiteral("credentials: {token: \"%1\"}\n").arg(secret).toStdString());
    QVERIFY(driver.bench.settle());
    QVERIFY(driver.find<QWidget>("failureView")->isVisible());
    QTest::mouseClick(driver.find<QPushButton>("showHelmsWords"), Qt::LeftButton);
    const QString all = fixtures::everyText(*driver.tab);
    QVERIFY(all.contains(QStringLiteral("(hidden)")));
    QVERIFY(!all.contains(secret));
}

void TestValuesPreview::brokenTextLeadsToItsLine()
{
    fixtures::TabDriver driver("replicaCount: 5\n");
    QTRY_VERIFY(driver.shown().contains(QStringLiteral("replicas: 5")));
    driver.bench.session->import("replicaCount: 5\n\n\nlauncher: [\n");
    QVERIFY(driver.find<Band>("previewBand")->isVisible());
    QVERIFY(driver.shown().contains(QStringLiteral("replicas: 5")));
    driver.trigger("goToError");
    int line = 0;
    int column = 0;
    driver.editor->getCursorPosition(&line, &column);
    QCOMPARE(line + 1, driver.bench.session->document().problem()->at.line);
    QVERIFY(driver.editor->hasFocus());
}

void TestValuesPreview::aSlowRenderingTellsItsAge()
{
    // A loop that takes seconds, but stops when a newer text comes.
    const auto chart = fixtures::chartOf({{"values.yaml", "slow: 1\n"},
        {"templates/a.yaml",
            "kind: A\nmetadata: {name: one}\n{{ range until (int .Values.slow) }}{{ range until 2000 }}{{ $x := add . "
            "1 "
            "}}{{ end }}{{ end }}spec: {{ .Values.slow }}\n"}});
    fixtures::TabDriver driver("slow: 1\n", chart);
    auto *age = driver.find<QLabel>("previewAge");
    QVERIFY(!age->isVisible());
    driver.bench.session->import("slow: 2000\n");
    QTRY_VERIFY(age->isVisible());
    QVERIFY2(age->text().startsWith(QStringLiteral("as of your edit")), qPrintable(age->text()));
    QVERIFY(driver.shown().contains(QStringLiteral("spec: 1")));
    driver.bench.session->import("slow: 2\n");
    QTRY_VERIFY(driver.shown().contains(QStringLiteral("spec: 2")));
    QVERIFY(!age->isVisible());
}

void TestValuesPreview::thePreviewIsOfTheCluster()
{
    test::FakeCluster cluster;
    cluster.server.gitVersion = "v1.30.4-eks-1";
    cluster.kinds.groupVersions = {"v1"};
    cluster.kinds.resources = {{.version = "v1", .kind = "Secret", .plural = "secrets"}};
    cluster.lookups = answeringWith([](const std::string &path) {
        return path == "/api/v1/namespaces/spacelift/secrets/pass"
            ? kube::parseObject(R"({"kind":"Secret","data":{"word":"Y29ycmVjdC1ob3JzZQ=="}})")
            : Result<Value>(Error{.code = Error::Code::NotFound, .message = "not found"});
    });
    fixtures::TabDriver driver("replicaCount: 5\n", asking());
    QVERIFY2(driver.shown().contains(QStringLiteral("version: v1.37.0")), qPrintable(driver.shown()));
    QVERIFY(driver.shown().contains(QStringLiteral("word: none")));
    driver.bench.session->setCluster(factsOf(cluster));
    QVERIFY(driver.bench.settle());
    QVERIFY2(driver.shown().contains(QStringLiteral("version: v1.30.4-eks-1")), qPrintable(driver.shown()));
    // The secret was found, and is shown to nobody.
    const auto &good = driver.bench.session->lastGood();
    QVERIFY2(good->rendered.manifest.find("word: correct-horse") != std::string::npos, good->rendered.manifest.c_str());
    QVERIFY2(!driver.shown().contains(QStringLiteral("correct-horse")), qPrintable(driver.shown()));
    driver.tab->setBaseline(ValuesTab::Defaults);
    QTRY_VERIFY(driver.find<DiffView>("previewText")->changeCount() > 0);
    QVERIFY2(
        !driver.shown().contains(QStringLiteral("v1.37.0")), qPrintable(driver.shown())); // Both are the cluster's.
    driver.bench.session->setCluster({});
    QVERIFY(driver.bench.settle());
    driver.tab->setBaseline(ValuesTab::Rendered);
    QVERIFY(driver.shown().contains(QStringLiteral("version: v1.37.0")));
}

void TestValuesPreview::aSlowClusterDoesNotHoldUpTyping()
{
    test::FakeCluster cluster;
    cluster.kinds.groupVersions = {"v1"};
    cluster.kinds.resources = {{.version = "v1", .kind = "Secret", .plural = "secrets"}};
    std::atomic<int> asked{0};
    std::mutex mutex;
    std::vector<std::function<void()>> late;
    cluster.lookups = [&](const std::string &, std::shared_ptr<http::Dispatcher> dispatcher,
                          std::function<void(kube::Answer<Value>)> done) {
        const auto delivery =
            std::make_shared<http::Delivery<kube::Answer<Value>>>(std::move(dispatcher), std::move(done));
        ++asked;
        const std::lock_guard lock(mutex);
        late.push_back([delivery] {
            delivery->finish({kube::parseObject(R"({"kind":"Secret","data":{"word":"c2xvdy1hbnN3ZXI="}})"), {}});
        });
        return http::Call(delivery);
    };
    fixtures::TabDriver driver("replicaCount: 5\n", asking());
    driver.bench.session->setCluster(factsOf(cluster));
    QTRY_COMPARE(asked.load(), 1);
    driver.caret(int(driver.text().size()) - 1);
    for (const char *key : {"1", "2", "3"}) {
        QTest::keyClicks(driver.editor, QLatin1String(key));
        QTest::qWait(20);
    }
    QVERIFY(driver.text().contains("replicaCount: 5123"));
    QVERIFY(driver.shown().contains(QStringLiteral("replicas: 5"))); // The last good one, as long as nobody answers.
    {
        const std::lock_guard lock(mutex);
        for (const auto &answer : late)
            answer();
    }
    QTRY_VERIFY2(driver.shown().contains(QStringLiteral("replicas: 5123")), qPrintable(driver.shown()));
    QCOMPARE(asked.load(), 1); // Though four renderings wanted to know.
}

void TestValuesPreview::liveComparesWithTheCluster()
{
    test::FakeCluster cluster;
    fixtures::TabDriver driver("useStatefulSet: true\nreplicaCount: 5\n");
    put(cluster, driver.bench.session->lastGood()->rendered.manifest, "spacelift");
    Value &workload = cluster.objects[workloadPath(cluster)];
    workload.get("spec").asMap().set("replicas", Value::integer(4)); // by kubectl
    driver.tab->setCluster(&cluster);
    driver.tab->setBaseline(ValuesTab::Live);
    cluster.run();
    auto *view = driver.find<DiffView>("previewText");
    QVERIFY(driver.preview()->currentKey().startsWith(QStringLiteral("StatefulSet/")));
    QCOMPARE(view->changeCount(), 1);
    QVERIFY(driver.shown().contains(QStringLiteral("replicas: 4")));
    QVERIFY(driver.shown().contains(QStringLiteral("replicas: 5")));
    QVERIFY(!driver.shown().contains(QStringLiteral("resourceVersion")));
    QVERIFY(!driver.shown().contains(QStringLiteral("status")));
    // Nothing but dry runs was said to it.
    for (const std::string &request : cluster.requests)
        QVERIFY2(request.starts_with("dry-run"), request.c_str());
}

void TestValuesPreview::liveLeavesTheRestUsable()
{
    test::FakeCluster cluster;
    fixtures::TabDriver driver("replicaCount: 5\n");
    put(cluster, driver.bench.session->lastGood()->rendered.manifest, "spacelift");
    driver.tab->setCluster(&cluster);
    driver.tab->setBaseline(ValuesTab::Live);
    // No answer yet: what is rendered stands there, and typing goes on.
    QVERIFY(driver.find<QLabel>("previewAge")->isVisible());
    QVERIFY(driver.shown().contains(QStringLiteral("replicas: 5")));
    driver.caret(int(driver.text().size()) - 1);
    QTest::keyClicks(driver.editor, QStringLiteral("1"));
    QVERIFY(driver.bench.settle());
    QTRY_VERIFY(driver.shown().contains(QStringLiteral("replicas: 51")));
    driver.tab->setBaseline(ValuesTab::Rendered);
    cluster.run();
    QVERIFY(!driver.find<QLabel>("previewAge")->isVisible());
}

void TestValuesPreview::liveAsksAgainAfterAnEdit()
{
    test::FakeCluster cluster;
    fixtures::TabDriver driver("replicaCount: 5\n");
    put(cluster, driver.bench.session->lastGood()->rendered.manifest, "spacelift");
    driver.tab->setCluster(&cluster);
    driver.tab->setBaseline(ValuesTab::Live);
    cluster.run();
    const std::size_t asked = cluster.requests.size();
    QVERIFY(asked > 0);
    driver.bench.session->set(yaml::Path{"replicaCount"}, Value::integer(6));
    QVERIFY(driver.bench.settle());
    QCOMPARE(cluster.requests.size(), asked); // not at each key
    QTRY_VERIFY(cluster.step());
    cluster.run();
    QTRY_VERIFY(driver.shown().contains(QStringLiteral("replicas: 6")));
    QCOMPARE(driver.find<DiffView>("previewText")->changeCount(), 1);
}

void TestValuesPreview::liveMasksSecrets()
{
    test::FakeCluster cluster;
    const std::string text =
        "credentials:\n  create: true\n  token: plain-word-token\n  privateKey: a-plain-key-word\n";
    fixtures::TabDriver driver(text);
    put(cluster, driver.bench.session->lastGood()->rendered.manifest, "spacelift");
    for (auto &[path, object] : cluster.objects) {
        if (path.find("secrets") != std::string::npos)
            object.get("data").asMap().set("token", Value::string("b3RoZXItd29yZC10b2tlbg=="));
    }
    driver.tab->setCluster(&cluster);
    driver.tab->setBaseline(ValuesTab::Live);
    cluster.run();
    QVERIFY(driver.preview()->showObject({}));
    const QString all = fixtures::everyText(*driver.tab) + driver.preview()->shownText();
    QVERIFY2(all.contains(QStringLiteral("(hidden, differs)")), qPrintable(driver.shown()));
    QVERIFY(all.contains(QStringLiteral("(hidden, equal)")));
    for (const char *secret : {"plain-word-token", "a-plain-key-word", "b3RoZXItd29yZC10b2tlbg", "other-word-token",
             "cGxhaW4td29yZC10b2tlbg"})
        QVERIFY2(!all.contains(QLatin1String(secret)), secret);
}

void TestValuesPreview::liveWithoutACluster()
{
    test::FakeCluster cluster;
    fixtures::TabDriver driver("replicaCount: 5\n");
    auto *live = driver.find<SegmentedSwitch>("baseline")->button(ValuesTab::Live);
    QVERIFY(!live->isEnabled());
    driver.tab->setCluster(&cluster);
    QVERIFY(live->isEnabled());
    driver.tab->setBaseline(ValuesTab::Live);
    driver.tab->setCluster(nullptr, QStringLiteral("The cluster does not answer"));
    QVERIFY(!live->isEnabled());
    QCOMPARE(live->toolTip(), QStringLiteral("The cluster does not answer"));
    QCOMPARE(driver.find<SegmentedSwitch>("baseline")->current(), int(ValuesTab::Rendered));
    cluster.run(); // late answers find nobody
}

void TestValuesPreview::liveThatFailsSaysSo()
{
    test::FakeCluster cluster;
    bool broken = true;
    cluster.refuse = [&broken](const std::string &) -> std::optional<Error> {
        return broken ? std::optional(Error{.code = Error::Code::Denied, .message = "no rights at all"}) : std::nullopt;
    };
    fixtures::TabDriver driver("replicaCount: 5\n");
    put(cluster, driver.bench.session->lastGood()->rendered.manifest, "spacelift");
    driver.tab->setCluster(&cluster);
    driver.tab->setBaseline(ValuesTab::Live);
    cluster.run();
    QVERIFY(driver.find<Band>("previewBand")->isVisible());
    QVERIFY(fixtures::everyText(*driver.find<Band>("previewBand")).contains(QStringLiteral("no rights at all")));
    QVERIFY(driver.shown().contains(QStringLiteral("replicas: 5")));
    broken = false;
    driver.trigger("askClusterAgain");
    cluster.run();
    QVERIFY(!driver.find<Band>("previewBand")->isVisible());
}

/// From a line of the preview to the template that wrote it and to each of the values in it.
void TestValuesPreview::aLineLeadsToItsTemplateAndItsValues()
{
    const std::string text = "# mine\nlauncher:\n  image:\n    repository: r.io/<b>launcher</b>\n    tag: v1\n";
    fixtures::TabDriver driver(text);
    const auto lineOf = [&driver](const char *words) {
        const std::string &manifest = driver.bench.session->lastGood()->rendered.manifest;
        const std::size_t at = manifest.find(words);
        return at == std::string::npos ? 0 : int(std::count(manifest.begin(), manifest.begin() + int(at), '\n')) + 1;
    };
    auto *origin = driver.tab->findChild<OriginLine *>(QStringLiteral("originLine"));
    QVERIFY(origin && !origin->isVisible());
    const int image = lineOf("launcher</b>:v1");
    QVERIFY(image > 0);
    Q_EMIT driver.preview()->manifestLineClicked(image);
    QVERIFY(origin->isVisible());
    QVERIFY2(origin->sentence().startsWith(QStringLiteral("This line is written by spacelift-worker/templates/"))
            && origin->sentence().contains(QStringLiteral("launcher.image.tag"))
            && origin->sentence().contains(QStringLiteral("launcher.image.repository")),
        qPrintable(origin->sentence()));
    // Each value is a link to its own line.
    auto *words = origin->findChild<QLabel *>(QStringLiteral("originText"));
    const qsizetype repository = origin->origin().values.indexOf(QStringLiteral("launcher.image.repository"));
    QVERIFY(repository >= 0);
    QSignalSpy chosen(driver.tab->findChild<PreviewPane *>(), &PreviewPane::valueChosen);
    Q_EMIT words->linkActivated(QString::number(repository));
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().first().toString(), QStringLiteral("launcher.image.repository"));
    int line = 0, column = 0;
    // And so is the template, at its line; it stays while values are edited, since nothing is wrong in it.
    Q_EMIT words->linkActivated(QStringLiteral("template"));
    auto *shown = driver.find<CodeView>("templateText");
    QVERIFY(shown->isVisible());
    shown->getCursorPosition(&line, &column);
    QCOMPARE(line + 1, origin->origin().line);
    QVERIFY2(shown->text(line).contains(QStringLiteral("include \"pool.podTemplate\"")), qPrintable(shown->text(line)));
    QCOMPARE(shown->problems().size(), 0);
    driver.bench.session->import(text + "replicaCount: 2\n");
    QVERIFY(driver.bench.settle());
    QVERIFY(shown->isVisible());
    QVERIFY(!origin->isVisible()); // Of lines that are no more.
    QTest::keyClick(shown, Qt::Key_Escape);
    QVERIFY(!shown->isVisible());
}

void TestValuesPreview::addFromAFileIsOneStep()
{
    const std::string text = "# mine\nreplicaCount: 5 # five\nlauncher:\n  logLevel: info\n";
    fixtures::TabDriver driver(text);
    QGuiApplication::clipboard()->setText(QStringLiteral("replicaCount: 7\nlauncher:\n  extraEnv: []\nnew: {a: 1}\n"));
    driver.trigger("addFromClipboard");
    QVERIFY2(driver.text().startsWith("# mine\nreplicaCount: 7 # five\nlauncher:\n  logLevel: info\n"), driver.text());
    QVERIFY(driver.text().contains("extraEnv: []"));
    QVERIFY(driver.text().contains("new:"));
    QCOMPARE(driver.editor->text().toUtf8(), driver.text());
    QTest::keyClick(driver.editor, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(driver.text(), QByteArray::fromStdString(text));
    QVERIFY(!driver.bench.session->canUndo());
    // What is no values text changes nothing.
    QSignalSpy said(driver.tab.get(), &ValuesTab::said);
    QGuiApplication::clipboard()->setText(QStringLiteral("just a word"));
    driver.trigger("addFromClipboard");
    QCOMPARE(driver.text(), QByteArray::fromStdString(text));
    QCOMPARE(said.size(), 1);
}

void TestValuesPreview::importReplacesAsOneStep()
{
    fixtures::TabDriver driver("replicaCount: 5\n");
    QVERIFY(driver.find<QToolButton>("import")->isVisible());
    QVERIFY(driver.find<QAction>("importFile"));
    driver.bench.session->import("replicaCount: 9\n");
    QCOMPARE(driver.editor->text(), QStringLiteral("replicaCount: 9\n"));
    QTest::keyClick(driver.editor, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(driver.editor->text(), QStringLiteral("replicaCount: 5\n"));
}

void TestValuesPreview::theStatusHasTheAgeOfTheDraft()
{
    fixtures::TabDriver driver("replicaCount: 5\n");
    auto *status = driver.find<QLabel>("valuesStatus");
    QVERIFY(!status->accessibleName().contains(QStringLiteral("draft")));
    driver.bench.session->set(yaml::Path{"replicaCount"}, Value::integer(6));
    driver.bench.session->saveDraft();
    QTRY_VERIFY2(status->accessibleName().contains(QStringLiteral("draft saved just now")),
        qPrintable(status->accessibleName()));
}

void TestValuesPreview::aPreviewIsCalm()
{
    fixtures::TabDriver driver("replicas: 1\n", chancyChart());
    // On a busy machine the keys of a certificate take their time; they are made once.
    QTRY_VERIFY_WITH_TIMEOUT(driver.bench.session->lastGood(), 60'000);
    const std::string before = driver.bench.session->lastGood()->rendered.manifest;
    QTest::qWait(1100); // the second of `unixEpoch` is over
    driver.bench.session->import("replicas: 1 # x\n");
    QVERIFY(driver.bench.settle());
    QCOMPARE(driver.bench.session->lastGood()->rendered.manifest, before);
}

void TestValuesPreview::linesThatVaryAreMarked()
{
    fixtures::TabDriver driver("replicas: 1\n", chancyChart());
    // On a busy machine the keys of a certificate take their time; they are made once.
    QTRY_VERIFY_WITH_TIMEOUT(driver.bench.session->lastGood(), 60'000);
    auto *view = driver.find<DiffView>("previewText");
    QVERIFY(driver.preview()->showObject(QStringLiteral("Deployment/work")));
    QCOMPARE(signedLines(*view), QStringList({QStringLiteral("at"), QStringLiteral("roll")}));
    QVERIFY2(
        view->accessibleDescription().contains(QStringLiteral("7, 16")), qPrintable(view->accessibleDescription()));
    QVERIFY(driver.rowOf("objectList", QStringLiteral("Deployment work, 2 line(s) differ with each rendering")) >= 0);
    // The tooltip says what the sign means.
    const QPoint place(10, int(view->SendScintilla(QsciScintilla::SCI_TEXTHEIGHT, 0)) * 6 + 4);
    QHelpEvent help(QEvent::ToolTip, place, view->viewport()->mapToGlobal(place));
    QApplication::sendEvent(view->viewport(), &help);
    QTRY_VERIFY2(
        QToolTip::text().startsWith(QStringLiteral("Differs with each rendering")), qPrintable(QToolTip::text()));
    // A line that comes from no value tells what it comes from.
    const int roll = int(QString::fromStdString(driver.bench.session->lastGood()->rendered.manifest)
                             .section(QStringLiteral("roll:"), 0, 0)
                             .count(u'\n'))
        + 1;
    Q_EMIT driver.preview()->manifestLineClicked(roll);
    const auto *origin = driver.find<OriginLine>("originLine");
    QVERIFY2(origin->isVisible() && origin->sentence().endsWith(QStringLiteral("Random or the time goes into it.")),
        qPrintable(origin->sentence()));

    QVERIFY(driver.preview()->showObject(QStringLiteral("Secret/made")));
    const QStringList secret = signedLines(*view);
    QVERIFY(secret.contains(QStringLiteral("password")));
    QVERIFY(!secret.contains(QStringLiteral("user")));
    QVERIFY(!secret.contains(QStringLiteral("tls.crt")));
    QVERIFY(secret.size() > 5); // the certificate's own lines
    // Nothing varies: no sign, and no room for one.
    QVERIFY(!driver.shown().contains(DiffView::VaryingSign));
    const int width = view->marginWidth(0);
    fixtures::TabDriver calm("replicaCount: 1\n");
    QVERIFY(calm.find<DiffView>("previewText")->marginWidth(0) < width);
}

void TestValuesPreview::whatVariesIsNoChangeToTheSavedFile()
{
    fixtures::TabDriver driver("replicas: 1\n", chancyChart());
    // On a busy machine the keys of a certificate take their time; they are made once.
    QTRY_VERIFY_WITH_TIMEOUT(driver.bench.session->lastGood(), 60'000);
    driver.tab->setBaseline(ValuesTab::Saved);
    auto *view = driver.find<DiffView>("previewText");
    QTRY_VERIFY(driver.rowOf("objectList", QStringLiteral("Secret made, Unchanged")) >= 0);
    QTest::qWait(1100);
    driver.bench.session->set(yaml::Path{"replicas"}, Value::integer(2));
    QVERIFY(driver.bench.settle());
    QTRY_COMPARE(view->changeCount(), 1);
    QVERIFY(driver.rowOf("objectList", QStringLiteral("Secret made, Unchanged")) >= 0);
    QVERIFY(driver.rowOf("objectList", QStringLiteral("Deployment work, Changed, 1 lines added, 1 removed, 2 line(s)"))
        >= 0);
}

void TestValuesPreview::aRestartByChanceIsToldAsOne()
{
    fixtures::TabDriver driver("replicas: 1\n", chancyChart());
    // On a busy machine the keys of a certificate take their time; they are made once.
    QTRY_VERIFY_WITH_TIMEOUT(driver.bench.session->lastGood(), 60'000);
    // What was installed had other random words, as every rendering of a real helm has.
    std::string manifest = driver.bench.session->lastGood()->rendered.manifest;
    const std::size_t word = manifest.find("roll: \"") + 7;
    manifest.replace(word, 5, "other");
    driver.bench.session->setDeployed({3, driver.bench.session->outcome()->user, manifest, {}});
    QVERIFY(driver.bench.settle());
    const auto &lines = driver.bench.session->consequences();
    const auto restart = std::find_if(
        lines.begin(), lines.end(), [](const ConsequenceLine &line) { return line.state == ChangeState::Restarts; });
    QVERIFY(restart != lines.end());
    QVERIFY2(restart->detail.contains(QStringLiteral("Not by your edit"))
            && restart->detail.contains(QStringLiteral("spec.template.metadata.annotations.roll")),
        qPrintable(restart->detail));
    driver.tab->setBaseline(ValuesTab::Revision);
    QVERIFY(driver.preview()->showObject(QStringLiteral("Deployment/work")));
    QVERIFY(signedLines(*driver.find<DiffView>("previewText")).contains(QStringLiteral("roll")));
    driver.tab->togglePane(ValuesTab::FormPane);
    driver.tab->resize(1900, 814);
    driver.trigger("sideBySide");
    QTRY_VERIFY(driver.find<DiffView>("previewAfter")->isVisible());
    QVERIFY(signedLines(*driver.find<DiffView>("previewAfter")).contains(QStringLiteral("roll")));
    QVERIFY(signedLines(*driver.find<DiffView>("previewBefore")).isEmpty());
    // With an edit of the pods it is the person's restart.
    driver.bench.session->import("replicas: 1\nhost: c.d\n");
    QVERIFY(driver.bench.settle());
    QVERIFY(std::any_of(lines.begin(), lines.end(),
        [](const ConsequenceLine &line) { return line.objectKey == QStringLiteral("Secret/made"); }));
}

void TestValuesPreview::liveMarksFieldsThatVary()
{
    test::FakeCluster cluster;
    fixtures::TabDriver driver("replicas: 1\n", chancyChart());
    // On a busy machine the keys of a certificate take their time; they are made once.
    QTRY_VERIFY_WITH_TIMEOUT(driver.bench.session->lastGood(), 60'000);
    put(cluster, driver.bench.session->lastGood()->rendered.manifest, "spacelift");
    driver.tab->setCluster(&cluster);
    driver.tab->setBaseline(ValuesTab::Live);
    cluster.run();
    QVERIFY(driver.preview()->showObject(QStringLiteral("Deployment/work")));
    QCOMPARE(signedLines(*driver.find<DiffView>("previewText")).contains(QStringLiteral("roll")), true);
}

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    setUpLook(application);
    TestValuesPreview test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_valuespreview.moc"
