// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/executor.h"
#include "testtable.h"

#include <QTest>

using namespace pk;
using namespace pk::tmpl;

/// The structure of execution errors: what chart/ prints in Helm's three forms.
class TestErrors : public QObject
{
    Q_OBJECT

private slots:
    void links_data();
    void links();
    void outermostPlace();
    void missingTemplate();
    void chainTexts();
    void causeIsKept();
};

namespace {

/// A set with the same helpers for every row, a renderer for it, and its latest error.
struct Fixture
{
    TemplateSet set{test::table(), "gotpl"};
    Dialect dialect;
    test::FixedRandom random;
    Clock clock;
    std::unique_ptr<Executor> executor;

    Result<Rendered> render(const QByteArray &text)
    {
        const Result<void> helpers = set.parse("c/templates/_h.tpl",
            "{{define `inner`}}\n {{ .a.b }}{{end}}{{define `outer`}}{{include `inner` .}}{{end}}"
            "{{define `plain`}}{{boom 1}}{{end}}");
        const Result<void> parsed = set.parse("c/templates/x.yaml", text.toStdString());
        if (!helpers || !parsed)
            qFatal("does not parse");
        executor = std::make_unique<Executor>(set, Surroundings{dialect, random, clock});
        return executor->render("c/templates/x.yaml", Value::map({{"s", Value::string("t")}}));
    }
};

} // namespace

void TestErrors::links_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("onlyTemplateErrors");
    QTest::addColumn<QByteArray>("want"); // file:line:column template <context> message, one a line; then the cause
    QTest::newRow("one place") << QByteArray("a\n  {{ .s.t }}") << true
                               << QByteArray("x.yaml:2:7 x.yaml <.s.t> can't evaluate field t in type interface {}\n"
                                             "can't evaluate field t in type interface {}");
    QTest::newRow("through an include") << QByteArray("{{ include `inner` . | upper }}") << true
                                        << QByteArray("x.yaml:1:3 x.yaml <include `inner` .> error calling include: \n"
                                                      "_h.tpl:2:6 inner <.a.b> nil pointer evaluating interface {}.b\n"
                                                      "nil pointer evaluating interface {}.b");
    QTest::newRow("through two includes")
        << QByteArray("{{ include `outer` . }}") << true
        << QByteArray("x.yaml:1:3 x.yaml <include `outer` .> error calling include: \n"
                      "_h.tpl:2:38 outer <include `inner` .> error calling include: \n"
                      "_h.tpl:2:6 inner <.a.b> nil pointer evaluating interface {}.b\n"
                      "nil pointer evaluating interface {}.b");
    QTest::newRow("a function's own error") << QByteArray("{{ boom `x` }}") << false
                                            << QByteArray("x.yaml:1:3 x.yaml <boom `x`> error calling boom: boom: x\n"
                                                          "boom: x");
    QTest::newRow("a function's own error in an include")
        << QByteArray("{{ include `plain` . }}") << false
        << QByteArray("x.yaml:1:3 x.yaml <include `plain` .> error calling include: \n"
                      "_h.tpl:2:84 plain <boom 1> error calling boom: boom: 1\n"
                      "boom: 1");
    QTest::newRow("tpl that fails")
        << QByteArray("{{ tpl `{{ .a.b }}` . }}") << false
        << QByteArray(
               "x.yaml:1:3 x.yaml <tpl `{{ .a.b }}` .> error calling tpl: error during tpl function execution for "
               "\"{{ .a.b }}\": \n"
               "gotpl:1:5 gotpl <.a.b> nil pointer evaluating interface {}.b\n"
               "nil pointer evaluating interface {}.b");
    QTest::newRow("tpl that does not parse")
        << QByteArray("{{ tpl `{{ nope }}` . }}") << false
        << QByteArray("x.yaml:1:3 x.yaml <tpl `{{ nope }}` .> error calling tpl: cannot parse template \"{{ nope }}\": "
                      "template: gotpl:1: function \"nope\" not defined\n"
                      "cannot parse template \"{{ nope }}\": template: gotpl:1: function \"nope\" not defined");
    QTest::newRow("include of what is not there")
        << QByteArray("{{ include `gone` . }}") << true
        << QByteArray("x.yaml:1:3 x.yaml <include `gone` .> error calling include: template: no template \"gone\" "
                      "associated with template \"gotpl\"\n"
                      "template: no template \"gone\" associated with template \"gotpl\"");
    QTest::newRow("a template action has no link of its own")
        << QByteArray("{{ template `inner` . }}") << true
        << QByteArray("_h.tpl:2:6 inner <.a.b> nil pointer evaluating interface {}.b\n"
                      "nil pointer evaluating interface {}.b");
    QTest::newRow("an include as argument")
        << QByteArray("{{ printf `%s` (include `inner` .) }}") << true
        << QByteArray("x.yaml:1:16 x.yaml <include `inner` .> error calling include: \n"
                      "_h.tpl:2:6 inner <.a.b> nil pointer evaluating interface {}.b\n"
                      "nil pointer evaluating interface {}.b");
}

void TestErrors::links()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, onlyTemplateErrors);
    QFETCH(QByteArray, want);
    Fixture fixture;
    const Result<Rendered> result = fixture.render(text);
    QVERIFY(!result);
    const ExecError &error = fixture.executor->lastError();
    const auto base = [](const std::string &file) {
        return QByteArray::fromStdString(file.substr(file.rfind('/') + 1));
    };
    QByteArray actual;
    std::string whole;
    for (const ErrorLink &link : error.links) {
        actual += base(link.file) + ':' + QByteArray::number(link.line) + ':' + QByteArray::number(link.column) + ' '
            + base(link.templateName) + " <" + QByteArray::fromStdString(link.context) + "> "
            + QByteArray::fromStdString(link.message) + '\n';
        whole += link.prefix() + link.message;
    }
    actual += QByteArray::fromStdString(error.cause.message);
    QCOMPARE(actual, want);
    QCOMPARE(error.onlyTemplateErrors, onlyTemplateErrors);
    QCOMPARE(whole, error.text);
    QCOMPARE(error.text, result.error().message);
}

void TestErrors::outermostPlace()
{
    Fixture fixture;
    const Result<Rendered> result = fixture.render("\n\n   {{ include `outer` . }}");
    QVERIFY(!result);
    QCOMPARE(result.error().at.file, std::string("c/templates/x.yaml"));
    QCOMPARE(result.error().at.line, 3);
    QCOMPARE(result.error().at.column, 6);
}

void TestErrors::missingTemplate()
{
    Fixture fixture;
    QVERIFY(fixture.render("").ok());
    const Result<Rendered> result = fixture.executor->render("gone", {});
    QVERIFY(!result);
    QCOMPARE(result.error().message, std::string("template: no template \"gone\" associated with template \"gotpl\""));
    QVERIFY(fixture.executor->lastError().links.empty());
}

void TestErrors::chainTexts()
{
    Fixture fixture;
    QVERIFY(!fixture.render("{{ tpl `{{ include \"plain\" . }}` . }}"));
    const std::vector<std::string> chain = fixture.executor->lastError().chain();
    const std::string plain =
        "template: c/templates/_h.tpl:2:84: executing \"plain\" at <boom 1>: error calling boom: boom: 1";
    const std::string text =
        "template: gotpl:1:3: executing \"gotpl\" at <include \"plain\" .>: error calling include: " + plain;
    const std::string wrapped = "error during tpl function execution for \"{{ include \\\"plain\\\" . }}\": " + text;
    const std::string whole = "template: c/templates/x.yaml:1:3: executing \"c/templates/x.yaml\" at <tpl `{{ include "
                              "\"plain\" . }}` .>: error calling tpl: "
        + wrapped;
    QCOMPARE(chain, (std::vector<std::string>{whole, wrapped, text, plain, "boom: 1"}));
}

void TestErrors::causeIsKept()
{
    Fixture fixture;
    const Result<Rendered> result = fixture.render("{{ include `plain` . }}");
    QVERIFY(!result);
    QCOMPARE(result.error().code, Error::Code::InvalidInput);
    QCOMPARE(fixture.executor->lastError().cause.message, std::string("boom: 1"));
}

QTEST_APPLESS_MAIN(TestErrors)
#include "tst_errors.moc"
