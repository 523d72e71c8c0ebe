// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the values tab in every state: valueshots FOLDER [WIDTHxHEIGHT [FONT:POINTS [NAME]]]. Offscreen; look at
// them beside the design. valueshots FOLDER SIZE FONT NAME CHART VALUES [WRONG]: the same of any chart and a file of
// values; with WRONG the first line in it that says so is changed after the first rendering: "tag: 1=tag: \"\"".
#include "forms/formview.h"
#include "gui/values/valuesfixtures.h"
#include "translations/installtranslations.h"
#include "widgets/theme.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QDir>

#include <functional>

using namespace pk::gui;

namespace {

/// What the bench holds now is deployed.
void deploy(fixtures::Bench &bench, int revision)
{
    Deployed deployed;
    deployed.revision = revision;
    deployed.manifest = bench.session->outcome()->rendered.manifest;
    deployed.config = bench.session->outcome()->user;
    bench.session->setDeployed(deployed);
    (void)bench.settle();
}

std::string claimPool(const std::string &size)
{
    return "useStatefulSet: true\nreplicaCount: 4\nterminationGracePeriodSeconds: 4500\ncredentials:\n  create: false\n"
           "storageVolumeClaimTemplateSpec:\n  accessModes: [ReadWriteOnce]\n  storageClassName: gp3\n  resources:\n"
           "    requests:\n      storage: "
        + size + "\n";
}

struct Shot
{
    const char *name;
    std::string text;
    std::function<void(fixtures::Bench &, ValuesTab &)> prepare = {};
    bool withSchema = true;
    const char *extraTemplate = nullptr; ///< One more file of the chart.
    pk::chart::ChartPtr (*chart)() = fixtures::Bench::builtin;
};

/// Wants what is not set: a failure within an include.
const char *const failingTemplate =
    "{{- define \"image\" -}}\n{{ .repository }}:{{ required \"a tag is wanted\" .digest.sha256 }}\n{{- end -}}\n"
    "kind: ConfigMap\nmetadata:\n  name: x\ndata:\n  image: {{ if not .Values.launcher.image.tag }}{{ include "
    "\"image\" "
    ".Values.launcher.image | quote }}{{ end }}\n";

pk::chart::ChartPtr chartOf(std::vector<pk::chart::ChartFile> files)
{
    files.push_back({"Chart.yaml", "apiVersion: v2\nname: other\nversion: 1.0.0\n"});
    return *pk::chart::loadFiles(std::move(files), pk::chart::levels43());
}

/// Random words and the time go into it.
pk::chart::ChartPtr chancyChart()
{
    return chartOf({{"values.yaml", "replicas: 1\nhost: a.b\n"},
        {"templates/secret.yaml",
            "apiVersion: v1\nkind: Secret\nmetadata: {name: made}\n{{- $c := genSelfSignedCert .Values.host nil nil 30 "
            "}}\n"
            "stringData:\n  password: {{ randAlphaNum 20 }}\n  user: someone\n  tls.crt: |\n    {{- $c.Cert | nindent "
            "4 "
            "}}\n"},
        {"templates/work.yaml",
            "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: work\n  labels:\n    at: {{ now | unixEpoch | "
            "quote "
            "}}\nspec:\n  replicas: {{ .Values.replicas }}\n  selector: {matchLabels: {app: x}}\n  template:\n"
            "    metadata:\n      labels: {app: x}\n      annotations:\n        roll: {{ randAlphaNum 5 | quote }}\n"
            "    spec:\n      containers: [{name: a, image: b}]\n"}});
}

/// As most charts are: comments, no schema, objects of a few values each.
pk::chart::ChartPtr foreignChart()
{
    return chartOf({{"values.yaml",
                        "# -- How many pods run.\nreplicaCount: 1\n\nimage:\n  # Registry and name of the image.\n"
                        "  repository: docker.io/library/nginx\n  tag: \"1.27\"\n  pullPolicy: IfNotPresent\n\n"
                        "service:\n  # -- Kind of service.\n  type: ClusterIP\n  port: 80\n\nauth:\n  user: admin\n"
                        "  password: \"\"\n\nextraEnv: []\nnodeSelector: {}\ntolerations: []\nratio: 0.5\n"},
        {"templates/a.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  replicas: {{ "
            ".Values.replicaCount | quote }}\n  image: {{ .Values.image.repository }}:{{ .Values.image.tag }}\n"}});
}

std::string manyVariables(int count)
{
    std::string text = "launcher:\n  extraEnv:\n";
    for (int i = 0; i < count; ++i)
        text += "    - name: BUILD_SETTING_NUMBER_" + std::to_string(i) + "\n      value: \"" + std::to_string(i * i)
            + "\"\n";
    return text;
}

const std::vector<Shot> &shots()
{
    static const std::vector<Shot> all = {
        {"defaults", ""},
        {"problems", fixtures::commentedFile(),
            [](fixtures::Bench &bench, ValuesTab &tab) {
                bench.session->set(pk::yaml::Path{"replicaCount"}, pk::Value::integer(6));
                (void)bench.settle();
                tab.stepProblem(1);
            }},
        {"deployed", fixtures::commentedFile(),
            [](fixtures::Bench &bench, ValuesTab &tab) {
                deploy(bench, 14);
                bench.session->set(pk::yaml::Path{"replicaCount"}, pk::Value::integer(6));
                bench.session->setYaml(pk::yaml::Path{"storageVolume"},
                    QStringLiteral("ephemeral:\n  volumeClaimTemplate:\n    spec:\n      accessModes: [ReadWriteOnce]\n"
                                   "      resources:\n        requests:\n          storage: 100Gi\n"));
                (void)bench.settle();
                tab.setBaseline(ValuesTab::Revision);
            }},
        {"storage", "useStatefulSet: true\nstorageVolume:\n  emptyDir:\n    sizeLimit: 100Gi\n",
            [](fixtures::Bench &, ValuesTab &tab) {
                tab.findChild<FormView *>()->reveal(QStringLiteral("storageVolume"));
            }},
        {"secrets",
            "credentials:\n  create: true\n  token: abcdefghijklmnop\n  privateKey: cXdlcnR5\nlauncher:\n  image: {}\n",
            [](fixtures::Bench &, ValuesTab &tab) {
                tab.findChild<FormView *>()->reveal(QStringLiteral("credentials.token"));
            }},
        {"form-wide",
            "replicaCount: 5\nterminationGracePeriodSeconds: 30\ncredentials:\n  create: true\n  token: "
            "abcdefghijklmnop\n  privateKey: cXdlcnR5\nlauncher:\n  extraEnv:\n    - name: "
            "SPACELIFT_WORKER_COMMS_PROTOCOL\n      value: poll\n    - name: NPM_TOKEN\n      value: hunter2\n    - "
            "name: SPACELIFT_LAUNCHER_LOGS_TIMEOUT\n      value: 7 min\n    - name: AWS_REGION\n      valueFrom:\n"
            "        configMapKeyRef:\n          name: build-settings-of-the-platform-team\n          key: region\n"
            "  extraVolumeMounts:\n    - name: policies\n      mountPath: /opt/policies\nvolumes:\n  - name: "
            "registry-login\n    secret:\n      secretName: payments-registry\n",
            [](fixtures::Bench &bench, ValuesTab &tab) {
                for (const char *pane : {"showYaml", "showPreview"})
                    tab.findChild<QAbstractButton *>(QLatin1String(pane))->click();
                auto *form = tab.findChild<FormView *>();
                for (const char *path : {"launcher.extraEnv", "credentials.token", "replicaCount"})
                    form->reveal(QLatin1String(path));
                bench.session->set(pk::yaml::Path{"replicaCount"}, pk::Value::integer(6));
                bench.session->set(pk::yaml::Path{"credentials", "create"}, pk::Value::boolean(false));
                (void)bench.settle();
                form->reveal(QStringLiteral("launcher.extraEnv"));
            }},
        {"unknown", "replicaCount: 2\nworkerPool:\n  token: abc\nreplicaCout: 3\n",
            [](fixtures::Bench &, ValuesTab &tab) {
                tab.findChild<FormView *>()->reveal(QStringLiteral("replicaCout"));
            }},
        {"broken-yaml", fixtures::commentedFile(),
            [](fixtures::Bench &bench, ValuesTab &) {
                bench.session->import("launcher: [\n" + fixtures::commentedFile());
            }},
        {"side-by-side", fixtures::commentedFile(),
            [](fixtures::Bench &bench, ValuesTab &tab) {
                deploy(bench, 6);
                bench.session->set(pk::yaml::Path{"replicaCount"}, pk::Value::integer(6));
                (void)bench.settle();
                tab.togglePane(ValuesTab::FormPane);
                tab.setBaseline(ValuesTab::Revision);
                tab.findChild<QAction *>(QStringLiteral("sideBySide"))->trigger();
            }},
        {"refused", claimPool("200Gi"),
            [](fixtures::Bench &bench, ValuesTab &tab) {
                deploy(bench, 6);
                bench.session->import(claimPool("300Gi"));
                (void)bench.settle();
                tab.togglePane(ValuesTab::FormPane);
                tab.setBaseline(ValuesTab::Revision);
                tab.findChild<QAction *>(QStringLiteral("sideBySide"))->trigger();
            }},
        {"fix", fixtures::commentedFile(),
            [](fixtures::Bench &, ValuesTab &tab) {
                tab.stepProblem(1);
                tab.offerFixes();
            }},
        {"broken-template", "useStatefulSet: false\n",
            [](fixtures::Bench &bench, ValuesTab &) {
                bench.session->import(
                    "useStatefulSet: false\nstorageVolumeClaimTemplateSpec:\n  accessModes: [ReadWriteOnce]\n");
                (void)bench.settle();
            }},
        {"surprises",
            "replicaCount: 2\nname: \"web \"\naxes:\n  x: 1\n  y: 2   # up\ncountry: NO\nmode: 010\nimage:\n  tag: "
            "1.10\nreplicaCount: 3\nresources:\n",
            [](fixtures::Bench &, ValuesTab &tab) { tab.stepProblem(1); }, false},
        {"surprise-fix", "axes:\n  x: 1\n  y: 2   # up\ncountry: NO\n",
            [](fixtures::Bench &, ValuesTab &tab) {
                tab.stepProblem(1);
                tab.offerFixes();
            },
            false},
        {"failure", "launcher:\n  image:\n    tag: v1\n",
            [](fixtures::Bench &bench, ValuesTab &) {
                bench.session->import("launcher:\n  image:\n    tag: \"\"\n");
                (void)bench.settle();
            },
            false, failingTemplate},
        {"failure-words", "launcher:\n  image:\n    tag: v1\n",
            [](fixtures::Bench &bench, ValuesTab &tab) {
                bench.session->import("launcher:\n  image:\n    tag: \"\"\n");
                (void)bench.settle();
                tab.findChild<QAbstractButton *>(QStringLiteral("showHelmsWords"))->click();
            },
            false, failingTemplate},
        {"failure-template", "launcher:\n  image:\n    tag: v1\n",
            [](fixtures::Bench &bench, ValuesTab &tab) {
                bench.session->import("launcher:\n  image:\n    tag: \"\"\n");
                (void)bench.settle();
                tab.findChild<QAction *>(QStringLiteral("goToError"))->trigger();
            },
            false, failingTemplate},
        {"failure-yaml", "launcher:\n  image:\n    tag: v1\n",
            [](fixtures::Bench &bench, ValuesTab &) {
                bench.session->import("launcher:\n  image:\n    tag: \"v1: v2\"\n");
                (void)bench.settle();
            },
            false, "kind: ConfigMap\nmetadata:\n  name: x\ndata:\n  tag: {{ .Values.launcher.image.tag }}\n"},
        {"many-variables", manyVariables(200),
            [](fixtures::Bench &, ValuesTab &tab) {
                tab.findChild<FormView *>()->reveal(QStringLiteral("launcher.extraEnv"));
            }},
        {"scheduling",
            "tolerations:\n  - key: dedicated\n    operator: Equal\n    value: spacelift\n    effect: NoSchedule\n  - "
            "operator: Exists\n    effect: NoExecute\n    tolerationSeconds: 300\nnodeSelector:\n  disk: ssd\n",
            [](fixtures::Bench &, ValuesTab &tab) {
                tab.findChild<FormView *>()->reveal(QStringLiteral("tolerations"));
            }},
        {"varies", "host: worker.example\n",
            [](fixtures::Bench &bench, ValuesTab &tab) {
                deploy(bench, 3);
                Deployed other = bench.session->deployed();
                const std::size_t word = other.manifest.find("roll: ") + 7;
                other.manifest.replace(word, 4, "abcd");
                bench.session->setDeployed(other);
                (void)bench.settle();
                tab.setBaseline(ValuesTab::Revision);
            },
            true, nullptr, chancyChart},
        {"foreign", "replicaCount: 2\nimage:\n  digest: sha256:1\n", {}, true, nullptr, foreignChart},
        {"no-schema", "replicaCount: 2\nreplicaCout: 3\n", {}, false},
    };
    return all;
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    const QStringList font = QString::fromLocal8Bit(argc > 3 ? argv[3] : "Inter:10").split(u':');
    QApplication::setFont(QFont(font.value(0), font.value(1).toInt()));
    setUpLook(application);
    installTranslations(application);
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral("shots");
    if (!QDir().mkpath(folder))
        return 1;
    const QStringList size = QString::fromLatin1(argc > 2 ? argv[2] : "1440x900").split(u'x');
    std::vector<Shot> wanted = shots();
    pk::chart::ChartPtr given;
    if (argc > 6) {
        const auto loaded = pk::chart::loadChart(argv[5], pk::chart::levels43());
        const auto values = pk::document::readTextFile(argv[6]);
        if (!loaded || !values) {
            qWarning("%s", (loaded ? values.error() : loaded.error()).message.c_str());
            return 1;
        }
        given = *loaded;
        wanted = {{argv[4], values->text}};
        if (argc > 7)
            wanted[0].prepare = [text = values->text, change = std::string(argv[7])](
                                    fixtures::Bench &bench, ValuesTab &) {
                const std::size_t middle = change.find('=');
                std::string changed = text;
                const std::size_t at = changed.find(change.substr(0, middle));
                if (at != std::string::npos)
                    changed.replace(at, middle, change.substr(middle + 1));
                bench.session->import(changed);
                (void)bench.settle();
            };
    }
    for (const bool dark : {false, true}) {
        setTheme(dark ? darkTheme() : lightTheme());
        for (const Shot &shot : wanted) {
            if (argc > 4 && QLatin1String(shot.name) != QLatin1String(argv[4]))
                continue;
            pk::chart::ChartPtr chart = given ? given : shot.chart();
            if (!shot.withSchema) {
                auto bare = std::make_shared<pk::chart::Chart>(*chart);
                bare->schema.clear();
                bare->hasSchema = false;
                chart = bare;
            }
            if (shot.extraTemplate) {
                auto more = std::make_shared<pk::chart::Chart>(*chart);
                more->templates.push_back({"templates/image.yaml", shot.extraTemplate});
                chart = more;
            }
            fixtures::Bench bench(shot.text, chart);
            ValuesTab tab;
            tab.setSession(bench.session.get());
            // The window's side bar and head take their part.
            const int width = size.value(0).toInt();
            tab.resize(width - (width < 1500 ? 52 : 248), size.value(1).toInt() - 86);
            tab.show();
            tab.setFocus(); // No ring on the first button.
            (void)bench.settle();
            if (shot.prepare)
                shot.prepare(bench, tab);
            for (int i = 0; i < 4; ++i)
                QApplication::processEvents();
            tab.grab().save(
                QStringLiteral("%1/%2-%3.png")
                    .arg(folder, QLatin1String(shot.name), dark ? QLatin1String("dark") : QLatin1String("light")));
        }
    }
    return 0;
}
