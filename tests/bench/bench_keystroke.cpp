// SPDX-License-Identifier: GPL-3.0-or-later
// From a key in the values editor to the painted preview, over the bundled chart: prints p95 in milliseconds as JSON,
// for tests/bench/run.
#include "gui/values/valuesfixtures.h"
#include "values/valueseditor.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <cstdio>

using namespace pk::gui;

int main(int argc, char *argv[])
{
    constexpr int Keys = 500;
    QApplication application(argc, argv);
    setUpLook(application);
    const fixtures::Bench bench(fixtures::commentedFile());
    ValuesTab tab;
    tab.resize(1440, 900);
    tab.setSession(bench.session.get());
    tab.show();
    QApplication::setActiveWindow(&tab);
    (void)bench.settle();
    QApplication::processEvents();
    auto *editor = tab.findChild<ValuesEditor *>();
    editor->setFocus();
    editor->setCaretOffset(int(fixtures::commentedFile().find("70m")));
    std::vector<double> took;
    for (int i = 0; i < Keys; ++i) {
        bool rendered = false;
        const auto listening =
            QObject::connect(bench.session.get(), &ValuesSession::rendered, &tab, [&rendered] { rendered = true; });
        QElapsedTimer timer;
        timer.start();
        // Digits before the run timeout, taken back before they become too many.
        if (i % 8 < 4)
            QTest::keyClick(editor, char('1' + i % 4));
        else
            QTest::keyClick(editor, Qt::Key_Backspace);
        while (!rendered)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        took.push_back(double(timer.nsecsElapsed()) / 1e6);
        QObject::disconnect(listening);
    }
    std::sort(took.begin(), took.end());
    std::fprintf(stderr, "key to painted preview, %d keys: p50 %.1f ms, p95 %.1f ms\n", Keys, took[Keys / 2],
        took[Keys * 95 / 100]);
    std::printf(R"({"rows": [{"name": "key to painted preview, p95", "measured": %.2f, "unit": "ms", "bar": 16}]})"
                "\n",
        took[Keys * 95 / 100]);
    return 0;
}
