// SPDX-License-Identifier: GPL-3.0-or-later
// The window on a machine where something is missing: what cannot be done is told, and the rest works.
#include "app/application.h"
#include "support/windowdriver.h"
#include "widgets/band.h"

#include <QFile>
#include <QLabel>
#include <QTemporaryDir>

using namespace pk;

class TestFaults : public QObject
{
    Q_OBJECT

private slots:
    void aFolderThatCannotBeWrittenIsTold();
    void aContextThatCannotBeUsedIsToldWithAWayOn();

private:
    QTemporaryDir m_folder;
};

void TestFaults::aFolderThatCannotBeWrittenIsTold()
{
    QFile file(m_folder.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    gui::ApplicationOptions options;
    options.dataFolder = file.fileName() + QStringLiteral("/data");
    options.settingsFile = m_folder.filePath(QStringLiteral("settings.ini"));
    options.kubeconfig = m_folder.filePath(QStringLiteral("none"));
    gui::Application poolkeeper(options);
    poolkeeper.start();
    const test::WindowDriver drive(poolkeeper.window());
    auto *notice = poolkeeper.window().findChild<gui::Band *>(QStringLiteral("notice"));
    drive.waitFor(QStringLiteral("nothing is said of the ledger"),
        [notice] { return notice->isVisible() && notice->sentence().contains(QLatin1String("shown, but not kept")); });
    // The values can be edited all the same; that no draft is kept is told.
    poolkeeper.window().newPool(QStringLiteral("all-the-same"));
    drive.widget(QStringLiteral("valuesEditor"));
    poolkeeper.window().close();
}

void TestFaults::aContextThatCannotBeUsedIsToldWithAWayOn()
{
    const QString path = m_folder.filePath(QStringLiteral("kubeconfig"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("apiVersion: v1\nkind: Config\nclusters:\n- {name: one, cluster: {server: 'https://127.0.0.1:9'}}\n"
               "users: []\ncontexts:\n- {name: broken, context: {cluster: one, user: nobody}}\n");
    file.close();
    gui::ApplicationOptions options;
    options.dataFolder = m_folder.filePath(QStringLiteral("data"));
    options.kubeconfig = path;
    options.context = QStringLiteral("broken");
    gui::Application poolkeeper(options);
    poolkeeper.start();
    const test::WindowDriver drive(poolkeeper.window());
    drive.waitFor(QStringLiteral("the page does not name the context"), [&] {
        for (const QLabel *label : poolkeeper.window().findChildren<QLabel *>()) {
            if (label->isVisible() && label->text() == QLatin1String("Context broken cannot be used"))
                return true;
        }
        return false;
    });
}

QTEST_MAIN(TestFaults)
#include "tst_faults.moc"
