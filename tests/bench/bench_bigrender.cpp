// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_bigrender: keys typed into the values of a chart that renders to 5 MB, thirty a second from another thread, as
// a keyboard does it, with form, editor and preview in sight. One line of JSON for tests/bench/run: how long the
// rendering takes, and how long a key waits until the editor has painted it, also while the preview is brought up to
// date.
#include "gui/values/valuesfixtures.h"
#include "values/valueseditor.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <thread>

namespace {

using namespace pk;
using namespace pk::gui;

constexpr int Keys = 60;
constexpr int Objects = 1000;

/// 1,000 objects of 5 KB; a value in each.
chart::ChartPtr makeChart(const QTemporaryDir &folder)
{
    const auto write = [&folder](const QString &name, const std::string &text) {
        (void)document::writeTextFile({folder.filePath(name).toStdString(), {}, 0}, text, true);
    };
    QDir(folder.path()).mkdir(QStringLiteral("templates"));
    write(QStringLiteral("Chart.yaml"), "apiVersion: v2\nname: big\nversion: 0.1.0\n");
    write(QStringLiteral("values.yaml"), "word: text\ncount: " + std::to_string(Objects) + "\n");
    std::string object = "{{- range $i, $e := until (int .Values.count) }}\n---\napiVersion: v1\nkind: ConfigMap\n"
                         "metadata:\n  name: big-{{ $i }}\ndata:\n  word: {{ $.Values.word | quote }}\n";
    for (int line = 0; line < 80; ++line)
        object += "  line" + std::to_string(line) + ": a line of text that is as long as lines in manifests are\n";
    write(QStringLiteral("templates/all.yaml"), object + "{{- end }}\n");
    const auto loaded = chart::loadChart(folder.path().toStdString(), chart::levels43());
    return loaded ? *loaded : nullptr;
}

/// Posts a letter 30 times a second and notes for each how long the GUI thread took to have it in the editor.
class Keyboard : public QObject
{
public:
    explicit Keyboard(ValuesEditor &editor) : m_editor(editor) { m_clock.start(); }
    void press()
    {
        const qint64 pressed = m_clock.nsecsElapsed();
        QMetaObject::invokeMethod(
            this,
            [this, pressed] {
                QTest::keyClick(&m_editor, 'x');
                m_editor.viewport()->repaint();
                waits.push_back(double(m_clock.nsecsElapsed() - pressed) / 1e6);
            },
            Qt::QueuedConnection);
    }
    std::vector<double> waits;

private:
    ValuesEditor &m_editor;
    QElapsedTimer m_clock;
};

double median(std::vector<double> of)
{
    std::sort(of.begin(), of.end());
    return of[of.size() / 2];
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    setUpLook(application);
    const QTemporaryDir folder;
    const chart::ChartPtr chart = makeChart(folder);
    if (!chart)
        return 1;
    const fixtures::Bench bench("word: a\n", chart);
    ValuesTab tab;
    tab.resize(1440, 900);
    tab.setSession(bench.session.get());
    tab.show();
    (void)bench.settle();
    QApplication::setActiveWindow(&tab);
    auto *editor = tab.findChild<ValuesEditor *>();
    editor->setFocus();
    editor->setCaretOffset(int(sizeof("word: ") - 1));
    QCoreApplication::processEvents();

    Keyboard keyboard(*editor);
    std::thread typing([&keyboard] {
        for (int i = 0; i < Keys; ++i) {
            keyboard.press();
            std::this_thread::sleep_for(std::chrono::milliseconds(33));
        }
    });
    const bool typed = QTest::qWaitFor([&] { return keyboard.waits.size() == Keys; }, 60'000);
    typing.join();
    // Then one key at a time, each waited for: the rendering alone, and all of it.
    std::vector<double> renders;
    std::vector<double> whole;
    for (int i = 0; i < 7 && typed; ++i) {
        const quint64 known = bench.session->outcome()->id;
        QElapsedTimer timer;
        timer.start();
        QTest::keyClick(editor, 'y');
        const auto current = [&] {
            const auto &outcome = bench.session->outcome();
            return outcome->id > known && outcome->user.sameContent(bench.session->document().tree());
        };
        while (!current())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        whole.push_back(double(timer.nsecsElapsed()) / 1e6);
        renders.push_back(double(bench.session->outcome()->took.count()) / 1000);
    }
    if (renders.empty() || bench.session->outcome()->rendered.manifest.size() < 5'000'000) {
        std::fprintf(stderr, "bench_bigrender: no 5 MB were rendered\n");
        return 1;
    }
    std::printf(
        R"({"rows": [{"name": "5 MB, render", "measured": %.1f, "unit": "ms", "bar": 150, "note": "to the paint %.0f"}, )"
        R"({"name": "5 MB, longest wait of a key", "measured": %.1f, "unit": "ms", "bar": 50, "note": "median %.1f"}]})"
        "\n",
        median(renders), median(whole), *std::max_element(keyboard.waits.begin(), keyboard.waits.end()),
        median(keyboard.waits));
    return 0;
}
