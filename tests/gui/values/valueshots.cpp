// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the values tab over the bundled chart in every state: valueshots FOLDER [WIDTHxHEIGHT]. Offscreen; look
// at them beside the design.
#include "forms/formview.h"
#include "gui/values/valuesfixtures.h"
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
};

/// Wants what is not set: a failure within an include.
const char *const failingTemplate =
    "{{- define \"image\" -}}\n{{ .repository }}:{{ required \"a tag is wanted\" .digest.sha256 }}\n{{- end -}}\n"
    "kind: ConfigMap\nmetadata:\n  name: x\ndata:\n  image: {{ if not .Values.launcher.image.tag }}{{ include "
    "\"image\" "
    ".Values.launcher.image | quote }}{{ end }}\n";

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
        {"no-schema", "replicaCount: 2\nreplicaCout: 3\n", {}, false},
    };
    return all;
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QApplication::setFont(QFont(QStringLiteral("Inter"), 10));
    setUpLook(application);
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral("shots");
    if (!QDir().mkpath(folder))
        return 1;
    const QStringList size = QString::fromLatin1(argc > 2 ? argv[2] : "1440x900").split(u'x');
    for (const bool dark : {false, true}) {
        setTheme(dark ? darkTheme() : lightTheme());
        for (const Shot &shot : shots()) {
            pk::chart::ChartPtr chart = fixtures::Bench::builtin();
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
