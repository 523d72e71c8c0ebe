// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_start: milliseconds from exec to the first paint of the whole window, without a cluster and with folders of its
// own, and what the process holds when it has come to rest. The time of exec is given by the caller in PK_BENCH_STARTED
// (CLOCK_MONOTONIC, nanoseconds); without it the kernel's own note of it counts, which is good to 10 ms. One line of
// JSON.
#include "app/application.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTimer>

#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <fstream>
#include <sstream>

namespace {

double residentMegabytes()
{
    std::ifstream file("/proc/self/statm");
    double total = 0;
    double resident = 0;
    file >> total >> resident;
    return resident * 4096 / 1e6;
}

double seconds(clockid_t clock)
{
    timespec now = {};
    clock_gettime(clock, &now);
    return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}

/// Since this process was started.
double millisSinceExec()
{
    if (const qint64 told = qEnvironmentVariable("PK_BENCH_STARTED").toLongLong())
        return seconds(CLOCK_MONOTONIC) * 1000 - double(told) / 1e6;
    std::ifstream file("/proc/self/stat");
    std::string line;
    std::getline(file, line);
    std::istringstream words(line.substr(line.rfind(')') + 2)); // The program's name may hold anything.
    std::string word;
    constexpr int startTime = 20; // The 22nd field, of which two were cut off.
    for (int i = 0; i < startTime; ++i)
        words >> word;
    return (seconds(CLOCK_BOOTTIME) - std::stod(word) / double(sysconf(_SC_CLK_TCK))) * 1000;
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
        m_millis = millisSinceExec();
        m_cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) * 1000;
        QTimer::singleShot(1500, this, [this] { // Idle: what was put off at the start has happened.
            std::printf("{\"startMs\": %.1f, \"cpuMs\": %.1f, \"idleMegabytes\": %.1f}\n", m_millis, m_cpu,
                residentMegabytes());
            QCoreApplication::quit();
        });
    }

    bool m_seen = false;
    double m_millis = 0;
    double m_cpu = 0;
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
