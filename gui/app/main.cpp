// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"

#include <QApplication>
#include <QCommandLineParser>

#include <sys/prctl.h>
#include <sys/resource.h>

int main(int argc, char *argv[])
{
    // Tokens and keys live in this process: no core files (DESIGN.md 4.7).
    const rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);

    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("Poolkeeper"));
    QCoreApplication::setApplicationName(QStringLiteral("Poolkeeper"));
    QCoreApplication::setApplicationVersion(QStringLiteral(PK_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Poolkeeper"));
    QGuiApplication::setDesktopFileName(QStringLiteral("poolkeeper")); // installer/poolkeeper.desktop: its icon

    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate("main",
        "Runs Spacelift worker pools on Kubernetes: edits values, shows what they render to, "
        "installs, upgrades and watches."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("files"), QCoreApplication::translate("main", "Values files to open."));
    const QCommandLineOption kubeconfig(QStringLiteral("kubeconfig"),
        QCoreApplication::translate("main", "Kubeconfig file, instead of KUBECONFIG and ~/.kube/config."),
        QStringLiteral("file"));
    const QCommandLineOption context(
        QStringLiteral("context"), QCoreApplication::translate("main", "Context to open."), QStringLiteral("name"));
    const QCommandLineOption dataFolder(QStringLiteral("data"),
        QCoreApplication::translate("main", "Folder for drafts, the ledger and settings, instead of the person's."),
        QStringLiteral("folder"));
    parser.addOptions({kubeconfig, context, dataFolder});
    parser.process(application);

    pk::gui::ApplicationOptions options;
    options.kubeconfig = parser.value(kubeconfig);
    options.context = parser.value(context);
    options.dataFolder = parser.value(dataFolder);
    options.files = parser.positionalArguments();
    pk::gui::Application poolkeeper(std::move(options));
    poolkeeper.start();
    return QApplication::exec();
}
