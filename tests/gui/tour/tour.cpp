// SPDX-License-Identifier: GPL-3.0-or-later
// Drives the real window through the main job, offscreen, and leaves pictures and exported files in a folder. What
// `./dev run` does where there is no display.
#include "app/application.h"
#include "support/mainjob.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdio>

namespace {

void tell(const QString &sentence)
{
    std::printf("  %s\n", qPrintable(sentence));
    std::fflush(stdout);
}

/// Pods of other pools may fill that node more and go before ours: several are evicted.
bool runPressure(const QString &program, const QString &node, bool full)
{
    QProcess process;
    process.setStandardOutputFile(QProcess::nullDevice());
    QStringList arguments = {QStringLiteral("pressure"), node, full ? QStringLiteral("on") : QStringLiteral("off")};
    if (full)
        arguments += {QStringLiteral("--evict"), QStringLiteral("4")};
    process.start(program, arguments);
    return process.waitForFinished(60'000) && process.exitCode() == 0;
}

/// The offscreen platform says of each window what it cannot do; that is not news.
void say(QtMsgType, const QMessageLogContext &, const QString &text)
{
    if (!text.startsWith(QLatin1String("This plugin does not support")))
        std::fprintf(stderr, "%s\n", qUtf8Printable(text));
}

} // namespace

int main(int argc, char *argv[])
{
    qInstallMessageHandler(say);
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    QApplication application(argc, argv);
    QApplication::setFont(QFont(QStringLiteral("Inter"), 10));
    QCommandLineParser parser;
    parser.addHelpOption();
    const QCommandLineOption out(
        QStringLiteral("out"), QStringLiteral("Folder for pictures and files."), QStringLiteral("folder"));
    const QCommandLineOption kubeconfig(QStringLiteral("kubeconfig"),
        QStringLiteral("Of the test cluster: also installs, upgrades, evicts."), QStringLiteral("file"));
    parser.addOptions({out, kubeconfig});
    parser.process(application);
    const QDir folder(parser.value(out));
    if (parser.value(out).isEmpty() || !QDir().mkpath(folder.path())) {
        std::fprintf(stderr, "--out needs a folder that can be made\n");
        return 2;
    }
    const QTemporaryDir data;
    const bool clustered = parser.isSet(kubeconfig);
    pk::gui::ApplicationOptions options;
    options.dataFolder = data.path();
    options.settingsFile = data.filePath(QStringLiteral("settings.ini"));
    options.kubeconfig = clustered ? parser.value(kubeconfig) : data.filePath(QStringLiteral("none"));
    options.connectAtStart = clustered;
    pk::gui::Application poolkeeper(options);
    poolkeeper.window().resize(1440, 900);
    poolkeeper.start();
    const QString program = qEnvironmentVariable("PK_CLUSTER");
    pk::test::MainJob job{poolkeeper.window(), folder, tell};
    if (clustered && !program.isEmpty())
        job.pressure = [program](const QString &node, bool full) { return runPressure(program, node, full); };
    try {
        const pk::test::WindowDriver drive(poolkeeper.window());
        if (!clustered)
            drive.picture(folder, QStringLiteral("first-start"));
        else
            job.connect(QStringLiteral("admin"));
        const QString name = QStringLiteral("payments-eu");
        job.edit(name);
        if (clustered) {
            job.install(name, 3);
            job.upgrade(name, 4);
            if (job.pressure)
                job.evict(name);
            job.uninstall(name);
        }
    } catch (const pk::test::WindowDriver::Failed &failed) {
        std::fprintf(stderr, "FAILED: %s\n", failed.what());
        pk::test::WindowDriver(poolkeeper.window()).picture(folder, QStringLiteral("failed"));
        return 1;
    }
    tell(QStringLiteral("Pictures and exported files are in %1").arg(folder.absolutePath()));
    return 0;
}
