// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_keystroke: 500 keys typed into the values of the bundled chart in the real window, each timed from the key to
// the painted preview, problems and consequences, and each proven: the outcome belongs to the text with that key, the
// panes tell it, and the pixels of the window are what they would paint. One line of JSON for tests/bench/run; exit
// code 1 when a key could not be proven.
#include "app/application.h"
#include "bench/paintproof.h"
#include "gui/values/valuesfixtures.h"
#include "values/valueseditor.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <cstdio>

namespace {

using namespace pk;
using namespace pk::gui;
using bench::Pane;

constexpr int Keys = 500;

/// One key at a place, and what it must lead to.
struct Stroke
{
    char key; ///< '\b': Backspace
    Pane changes[2]; ///< What has to look different afterwards.
    std::string preview; ///< What the preview must contain, if anything.
};

/// Characters put in front of `anchor` one by one and taken back again; `lines` are what the preview then says.
struct Place
{
    std::string anchor;
    std::string typed;
    Pane changes[2];
    std::string before, after; ///< Around what was typed, in the preview's line; both empty: it stays as it was.
};

/// The variable's value is in a problem's sentence, the replicas are in a consequence, and a bracket makes the text
/// unreadable, which is a problem and dims the preview.
const Place places[] = {
    {"70m", "1234", {bench::Preview, bench::Problems}, "value: ", "70m"},
    {"5   # one more", "12", {bench::Preview, bench::Consequences}, "replicas: ", "5"},
    {"false", "[", {bench::Preview, bench::Problems}, "", ""},
};

std::vector<Stroke> strokesAt(const Place &place)
{
    std::vector<Stroke> strokes;
    std::string typed;
    const auto line = [&] { return place.after.empty() ? std::string() : place.before + typed + place.after + "\n"; };
    for (const char key : place.typed) {
        typed += key;
        strokes.push_back({key, {place.changes[0], place.changes[1]}, line()});
    }
    while (!typed.empty()) {
        typed.pop_back();
        strokes.push_back({'\b', {place.changes[0], place.changes[1]}, line()});
    }
    return strokes;
}

class Typist
{
public:
    Typist(QWidget &window, ValuesTab &tab) :
        m_tab(tab), m_session(*tab.session()), m_editor(*tab.findChild<ValuesEditor *>()), m_proof(window, tab)
    {
    }
    bool isReady() const { return m_proof.isComplete(); }
    /// The caret before the text to type at, and the line that follows from it in sight.
    void goTo(const Place &place)
    {
        m_proof.reveal(QString::fromStdString(place.before + place.after));
        QApplication::setActiveWindow(m_tab.window());
        m_editor.setFocus();
        m_editor.setCaretOffset(int(m_session.document().text().find(place.anchor)));
        QCoreApplication::processEvents(); // The field is scrolled to with the next events.
        QCoreApplication::processEvents();
    }
    /// Milliseconds from the key to the paint. What is not proven is told.
    double strike(const Stroke &stroke)
    {
        m_proof.remember();
        const quint64 known = m_session.outcome()->id;
        bool rendered = false;
        const auto listening =
            QObject::connect(&m_session, &ValuesSession::rendered, &m_tab, [&rendered] { rendered = true; });
        const double cpu = bench::cpuSeconds();
        QElapsedTimer timer;
        timer.start();
        if (stroke.key == '\b')
            QTest::keyClick(&m_editor, Qt::Key_Backspace);
        else
            QTest::keyClick(&m_editor, stroke.key);
        while (!rendered)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(); // The window's paint is a posted event of low priority.
        QCoreApplication::processEvents();
        double took = double(timer.nsecsElapsed()) / 1e6;
        double used = bench::cpuSeconds() - cpu;
        // Looking is not counted; what a pane puts off to later events is.
        for (int round = 0; round < 5 && !m_proof.isCurrent(); ++round) {
            const double before = bench::cpuSeconds();
            timer.restart();
            QCoreApplication::processEvents();
            took += double(timer.nsecsElapsed()) / 1e6;
            used += bench::cpuSeconds() - before;
        }
        cpuMillis.push_back(used * 1000);
        QObject::disconnect(listening);
        prove(stroke, known);
        return took;
    }

    std::vector<double> cpuMillis;
    int unproven = 0;

private:
    void prove(const Stroke &stroke, quint64 known)
    {
        const document::ValuesDocument &text = m_session.document();
        const std::shared_ptr<const RenderOutcome> &outcome = m_session.outcome();
        if (text.isReadable() && (outcome->id <= known || !outcome->user.sameContent(text.tree())))
            fail("the outcome is not that of the text with this key");
        if (!m_proof.isCurrent())
            fail("a pane was not painted when the clock was stopped");
        for (const Pane pane : stroke.changes) {
            if (!m_proof.hasChanged(pane))
                fail(pane == bench::Preview       ? "the preview looks as before"
                        : pane == bench::Problems ? "the problems look as before"
                                                  : "the consequences look as before");
        }
        if (!m_proof.text(bench::Preview).contains(QString::fromStdString(stroke.preview)))
            fail("the preview does not say what was typed");
        if (m_proof.text(bench::Problems).isEmpty() || m_proof.text(bench::Consequences).isEmpty())
            fail("problems or consequences are missing");
    }
    void fail(const char *why)
    {
        if (++unproven < 6)
            std::fprintf(stderr, "bench_keystroke: %s\n", why);
    }

    ValuesTab &m_tab;
    ValuesSession &m_session;
    ValuesEditor &m_editor;
    bench::PaintProof m_proof;
};

double share(std::vector<double> of, double part)
{
    std::sort(of.begin(), of.end());
    return of[std::size_t(double(of.size() - 1) * part)];
}

/// The window with the file open, as upgrade of a release that was installed from it. Null: it did not come so far.
ValuesTab *openFile(Application &poolkeeper, const QTemporaryDir &folder)
{
    const QString file = folder.filePath(QStringLiteral("values-prod-eu.yaml"));
    (void)document::writeTextFile({file.toStdString(), {}, 0}, fixtures::commentedFile(), true);
    poolkeeper.window().openValues(file);
    auto *tab = poolkeeper.window().findChild<ValuesTab *>();
    if (!tab || !QTest::qWaitFor([tab] {
            return tab->isVisible() && tab->session() && tab->session()->outcome() != nullptr;
        }))
        return nullptr;
    QSignalSpy rendered(tab->session(), &ValuesSession::rendered);
    const RenderOutcome &outcome = *tab->session()->outcome();
    tab->session()->setDeployed({3, outcome.user, outcome.rendered.manifest});
    return rendered.wait(5000) ? tab : nullptr;
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QApplication::setCursorFlashTime(0); // A blinking caret is no answer to a key.
    const QTemporaryDir folder;
    ApplicationOptions options;
    options.dataFolder = folder.path();
    options.settingsFile = folder.filePath(QStringLiteral("settings.ini"));
    options.kubeconfig = folder.filePath(QStringLiteral("none"));
    options.connectAtStart = false;
    Application poolkeeper(std::move(options));
    poolkeeper.window().resize(1440, 900);
    poolkeeper.start();
    ValuesTab *tab = openFile(poolkeeper, folder);
    if (!tab) {
        std::fprintf(stderr, "bench_keystroke: the window does not show the values\n");
        return 1;
    }
    Typist typist(poolkeeper.window(), *tab);
    std::vector<double> took;
    for (std::size_t place = 0; took.size() < Keys; ++place) {
        typist.goTo(places[place % std::size(places)]);
        if (!typist.isReady()) {
            std::fprintf(stderr, "bench_keystroke: a pane is not visible\n");
            return 1;
        }
        for (int round = 0; round < 3; ++round) {
            for (const Stroke &stroke : strokesAt(places[place % std::size(places)])) {
                if (took.size() < Keys)
                    took.push_back(typist.strike(stroke));
            }
        }
    }
    if (typist.unproven > 0) {
        std::fprintf(stderr, "bench_keystroke: %d of %d checks failed\n", typist.unproven, Keys);
        return 1;
    }
    std::printf(R"({"rows": [{"name": "key to painted panes, p95", "measured": %.2f, "unit": "ms", "bar": 16, )"
                R"("note": "p50 %.1f, CPU p95 %.1f, p50 %.1f; %d keys proven"}]})"
                "\n",
        share(took, 0.95), share(took, 0.5), share(typist.cpuMillis, 0.95), share(typist.cpuMillis, 0.5), Keys);
    return 0;
}
