// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/reflectorlogic.h"

#include <QTest>

using namespace pk;
using namespace pk::kube;
using namespace std::chrono_literals;

namespace {

using Next = ReflectorLogic::Next;

QString text(const Next &next)
{
    return (next.step == Next::Step::List ? u"list %1 %2"_qs : u"watch %1 %2"_qs)
        .arg(QString::fromStdString(next.resourceVersion))
        .arg(next.delay.count());
}

const WallTime now{1'700'000'000s};
const ReflectorLogic::Ticks ticks{1000s};

ApiError refusal(int status, const char *reason = "")
{
    return {.status = status, .reason = reason, .message = "words"};
}

Error broken()
{
    return {.code = Error::Code::Unavailable, .message = "lost", .id = "http.broken"};
}

ReflectorLogic live()
{
    ReflectorLogic logic({});
    logic.listed("10", now);
    logic.advanced("12");
    return logic;
}

} // namespace

class TestReflectorLogic : public QObject
{
    Q_OBJECT

private slots:
    void ends_data();
    void ends();
    void listFailures();
    void backoffDoublesAndResets();
    void internalErrorsListAfterAMinute();
};

void TestReflectorLogic::ends_data()
{
    QTest::addColumn<int>("status"); // 0: none
    QTest::addColumn<bool>("event");
    QTest::addColumn<bool>("lost");
    QTest::addColumn<bool>("sawEvents");
    QTest::addColumn<int>("milliseconds");
    QTest::addColumn<QString>("next");
    QTest::addColumn<int>("phase");
    const int good = int(WatchState::Phase::Live), stale = int(WatchState::Phase::Stale),
              forbidden = int(WatchState::Phase::Forbidden);
    const auto row = [](const char *name, int status, bool event, bool lost, bool saw, int ms, const char *next,
                         int phase) {
        QTest::newRow(name) << status << event << lost << saw << ms << QString::fromUtf8(next) << phase;
    };
    row("the usual end", 0, false, false, true, 400'000, "watch 12 0", good);
    row("a quiet one", 0, false, false, false, 400'000, "watch 12 0", good);
    row("at once, but with events", 0, false, false, true, 10, "watch 12 0", good);
    row("at once without events", 0, false, false, false, 10, "watch 12 400", stale);
    row("connection lost", 0, false, true, true, 5000, "watch 12 400", stale);
    row("expired, as event", 410, true, false, true, 10, "list 12 0", good);
    row("expired, as refusal", 410, false, false, false, 10, "list 12 0", good);
    row("429 as event", 429, true, false, true, 10, "watch 12 400", stale);
    row("429 as refusal", 429, false, false, false, 10, "watch 12 400", stale);
    row("500 as event", 500, true, false, false, 10, "watch 12 400", stale);
    row("503", 503, false, false, false, 10, "watch 12 400", stale);
    row("the kind is gone", 404, false, false, false, 10, "list 12 400", stale);
    row("forbidden", 403, false, false, false, 10, "list 12 22500", forbidden);
    row("logged out", 401, false, false, false, 10, "list 12 22500", forbidden);
}

void TestReflectorLogic::ends()
{
    QFETCH(int, status);
    QFETCH(bool, event);
    QFETCH(bool, lost);
    QFETCH(bool, sawEvents);
    QFETCH(int, milliseconds);
    QFETCH(QString, next);
    QFETCH(int, phase);
    ReflectorLogic logic = live();
    const WatchEnd end{.apiError = status ? refusal(status) : ApiError(),
        .isErrorEvent = event,
        .error = lost ? broken() : Error{},
        .sawEvents = sawEvents,
        .duration = std::chrono::milliseconds(milliseconds)};
    QCOMPARE(text(logic.watchEnded(end, now + 60s, ticks, 0.5)), next);
    QCOMPARE(int(logic.state().phase), phase);
    QCOMPARE(logic.state().since, phase == int(WatchState::Phase::Live) ? now : now + 60s);
    logic.watchStarted(now + 90s);
    QCOMPARE(logic.state().phase, WatchState::Phase::Live);
}

void TestReflectorLogic::listFailures()
{
    ReflectorLogic logic({});
    QCOMPARE(text(logic.start()), u"list 0 0"_qs);
    QCOMPARE(text(logic.listFailed({}, broken(), now, ticks, 0.5)), u"list 0 400"_qs);
    QCOMPARE(logic.state().phase, WatchState::Phase::Loading);
    QCOMPARE(QString::fromStdString(logic.state().error.message), u"lost"_qs);
    QCOMPARE(text(logic.listFailed(refusal(410), toError(refusal(410)), now, ticks, 0.5)), u"list  0"_qs);
    QCOMPARE(text(logic.listFailed(refusal(410), toError(refusal(410)), now, ticks, 0.5)), u"list  800"_qs);
    ApiError tooLarge = refusal(504);
    tooLarge.causes = {{.reason = "ResourceVersionTooLarge"}};
    logic = live();
    QCOMPARE(text(logic.listFailed(tooLarge, toError(tooLarge), now, ticks, 0.5)), u"list  0"_qs);
    // A certificate that cannot be trusted is no matter of rights.
    logic.listFailed({}, {.code = Error::Code::Denied, .message = "x", .id = "http.certificate"}, now, ticks, 0.5);
    QCOMPARE(logic.state().phase, WatchState::Phase::Stale);
}

void TestReflectorLogic::backoffDoublesAndResets()
{
    ReflectorLogic logic = live();
    const WatchEnd lost{.error = broken()};
    QList<qint64> delays;
    auto at = ticks;
    for (int i = 0; i < 8; ++i) {
        at += 30s;
        delays << logic.watchEnded(lost, now, at, 0.999999).delay.count();
    }
    QCOMPARE(delays, (QList<qint64>{799, 1599, 3199, 6399, 12799, 25599, 29999, 29999}));
    QCOMPARE(logic.watchEnded(lost, now, at + 121s, 0.999999).delay.count(), 799);
    ApiError busy = refusal(429);
    busy.retryAfterSeconds = 7;
    QCOMPARE(logic.watchEnded({.apiError = busy}, now, at + 122s, 0).delay.count(), 7000);
}

void TestReflectorLogic::internalErrorsListAfterAMinute()
{
    ReflectorLogic logic = live();
    const WatchEnd internal{.apiError = refusal(500, "InternalError"), .isErrorEvent = true};
    QCOMPARE(logic.watchEnded(internal, now, ticks, 0).step, Next::Step::Watch);
    QCOMPARE(logic.watchEnded(internal, now, ticks + 59s, 0).step, Next::Step::Watch);
    QCOMPARE(logic.watchEnded(internal, now, ticks + 61s, 0).step, Next::Step::List);
    WatchEnd withEvents = internal;
    withEvents.sawEvents = true;
    QCOMPARE(logic.watchEnded(withEvents, now, ticks + 70s, 0).step, Next::Step::Watch);
}

QTEST_GUILESS_MAIN(TestReflectorLogic)
#include "tst_reflectorlogic.moc"
