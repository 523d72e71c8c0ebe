// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/bigstack.h"
#include "template/executor.h"
#include "testtable.h"

#include <QTest>

using namespace pk;
using namespace pk::tmpl;

/// Whatever a template does, it ends: each limit, by name.
class TestBudget : public QObject
{
    Q_OBJECT

private slots:
    void limits_data();
    void limits();
    void cancelled();
    void nestedIncludeIsHelms();
    void budgetIsShared();
    void goesOnAfterAnError();
};

namespace {

/// A clock that jumps forward at each look.
class RunningClock : public Clock
{
public:
    std::chrono::steady_clock::time_point ticks() const override
    {
        return std::chrono::steady_clock::time_point(std::chrono::milliseconds(m_looks++ * 10));
    }

private:
    mutable int m_looks = 0;
};

Result<Rendered> render(const char *text, const Budget &budget, const Clock &clock = Clock())
{
    TemplateSet set(tmpl::test::table(), "gotpl");
    if (!set.parse("t", text))
        qFatal("does not parse");
    const Dialect dialect;
    tmpl::test::FixedRandom random;
    Executor executor(set, {dialect, random, clock}, budget);
    return executor.render("t", Value::map());
}

} // namespace

void TestBudget::limits_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("steps") << QByteArray("{{range 1000000000}}{{end}}") << QByteArray("template.limit.steps");
    QTest::newRow("time") << QByteArray("{{range 100000}}{{end}}") << QByteArray("template.limit.time");
    QTest::newRow("bytes written") << QByteArray("{{range 1000}}0123456789{{end}}")
                                   << QByteArray("template.limit.bytes");
    QTest::newRow("bytes of a function") << QByteArray("{{repeat 1000000000 `x`}}")
                                         << QByteArray("template.limit.bytes");
    QTest::newRow("bytes of printf") << QByteArray("{{printf `%9999d` 1}}") << QByteArray("template.limit.bytes");
    QTest::newRow("template in itself") << QByteArray("{{define `a`}}{{template `a` .}}{{end}}{{template `a` .}}")
                                        << QByteArray("template.limit.depth");
    QTest::newRow("include in itself") << QByteArray("{{define `a`}}{{include `a` .}}{{end}}{{include `a` .}}")
                                       << QByteArray("template.limit.depth");
    QTest::newRow("includes in each other")
        << QByteArray("{{define `a`}}{{if 1}}{{range 1}}{{include `b` .}}{{end}}{{end}}{{end}}"
                      "{{define `b`}}{{with 1}}{{printf `%s` (include `a` .)}}{{end}}{{end}}{{include `a` .}}")
        << QByteArray("template.limit.depth");
    QTest::newRow("tpl in itself") << QByteArray(
        "{{define `a`}}{{tpl `{{template \"a\" .}}` .}}{{end}}{{template `a` .}}")
                                   << QByteArray("template.limit.depth");
}

void TestBudget::limits()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, id);
    Budget budget;
    budget.steps = 200'000;
    budget.bytes = 5'000;
    budget.time = std::chrono::milliseconds(id == "template.limit.time" ? 500 : 1'000'000);
    const Result<Rendered> result = render(text.constData(), budget, RunningClock());
    QVERIFY(!result);
    QCOMPARE(result.error().code, Error::Code::LimitExceeded);
    QCOMPARE(QByteArray::fromStdString(result.error().id), id);
}

void TestBudget::cancelled()
{
    const std::atomic<bool> stop = true;
    Budget budget;
    budget.cancelled = &stop;
    const Result<Rendered> result = render("{{range 1000000000}}{{end}}", budget);
    QVERIFY(!result);
    QCOMPARE(result.error().code, Error::Code::Cancelled);
}

void TestBudget::nestedIncludeIsHelms()
{
    // On a stack that holds so many frames even where a sanitizer widens them.
    std::string message;
    pk::test::onBigStack([&message](std::size_t stackBytes) {
        Budget budget;
        budget.stackBytes = stackBytes;
        const Result<Rendered> result = render("{{define `a`}}{{include `a` .}}{{end}}{{include `a` .}}", budget);
        message = result ? "" : result.error().message;
    });
    QVERIFY(message.ends_with(
        "error calling include: rendering template has a nested reference name: a: unable to execute template"));
    // As deep as Helm goes: 1001 live calls and the one that fails.
    std::size_t calls = 0;
    for (std::size_t at = message.find("template: t:"); at != std::string::npos;
         at = message.find("template: t:", at + 1))
        ++calls;
    QCOMPARE(calls, std::size_t(1002));
}

void TestBudget::budgetIsShared()
{
    TemplateSet set(tmpl::test::table(), "gotpl");
    QVERIFY(set.parse("t", "0123456789").ok());
    const Dialect dialect;
    tmpl::test::FixedRandom random;
    const Clock clock;
    Budget budget;
    budget.bytes = 25;
    Executor executor(set, {dialect, random, clock}, budget);
    QVERIFY(executor.render("t", {}).ok());
    QVERIFY(executor.render("t", {}).ok());
    QVERIFY(!executor.render("t", {}));
}

void TestBudget::goesOnAfterAnError()
{
    TemplateSet set(tmpl::test::table(), "gotpl");
    QVERIFY(set.parse("bad", "{{define `d`}}{{.x.y.z}}{{end}}{{$v := 1}}{{range 3}}{{include `d` $}}{{end}}").ok());
    QVERIFY(set.parse("good", "{{$v := 2}}{{$v}}").ok());
    const Dialect dialect;
    tmpl::test::FixedRandom random;
    const Clock clock;
    Executor executor(set, {dialect, random, clock});
    QVERIFY(!executor.render("bad", Value::map()));
    const Result<Rendered> result = executor.render("good", Value::map());
    QVERIFY(result.ok());
    QCOMPARE(result->text, std::string("2"));
}

QTEST_APPLESS_MAIN(TestBudget)
#include "tst_budget.moc"
