// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_start: milliseconds from exec to the first paint of the whole window, without a cluster and with folders of its
// own, and what the process holds when it has come to rest. The time of exec is given by the caller in PK_BENCH_STARTED
// (CLOCK_MONOTONIC, nanoseconds). One line of JSON.
#include "app/application.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTimer>

#include <chrono>
#include <cstdio>
#include <fstream>

namespace {

double residentMegabytes()
{
    std::ifstream file("/proc/self/statm");
    double total = 0;
    double resident = 0;
    file >> total >> resident;
    return resident * 4096 / 1e6;
}

/// Notes when the window has been painted for the first time and the loop has come round again.
class FirstPaint : public QObject
{
public:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && !m_seen) {
            m_seen = true;
            QTimer::singleShot(0, this, &FirstPaint::note);
        }
        return QObject::eventFilter(watched, event);
    }

private:
    void note()
    {
        const auto now = std::chrono::steady_clock::now().time_since_epoch();
        const qint64 started = qEnvironmentVariable("PK_BENCH_STARTED").toLongLong();
        m_millis =
            static_cast<double>(std::chrono::duration_cast<std::chrono::nanoseconds>(now).count() - started) / 1e6;
        QTimer::singleShot(1500, this, [this] { // Idle: what was put off at the start has happened.
            std::printf("{\"startMs\": %.1f, \"idleMegabytes\": %.1f}\n", m_millis, residentMegabytes());
            QCoreApplication::quit();
        });
    }

    bool m_seen = false;
    double m_millis = 0;
};

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("Poolkeeper"));
    QCoreApplication::setApplicationName(QStringLiteral("Poolkeeper"));
    const QTemporaryDir folder;
    pk::gui::ApplicationOptions options;
    options.dataFolder = folder.path();
    options.settingsFile = folder.filePath(QStringLiteral("settings.ini"));
    options.kubeconfig = folder.filePath(QStringLiteral("none"));
    options.connectAtStart = false;
    pk::gui::Application poolkeeper(std::move(options));
    FirstPaint paint;
    poolkeeper.window().installEventFilter(&paint);
    poolkeeper.start();
    return QApplication::exec();
}
