// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/values/tabdriver.h"
#include "widgets/segmentedswitch.h"

#include <QClipboard>

using namespace pk;
using namespace pk::gui;

/// Secrets that are plain words, known only by the place where they stand, planted in a chart that repeats and quotes
/// them wherever it can: no text of the tab may have one.
class TestValuesSecrets : public QObject
{
    Q_OBJECT
private:
    static chart::ChartPtr chatty(bool withSchema)
    {
        std::vector<chart::ChartFile> files = {
            {"values.yaml", "db:\n  password: chart-own-word\n  host: h\napiToken: \"\"\nmode: a\n"},
            {"templates/config.yaml",
                "kind: ConfigMap\nmetadata: {name: c}\ndata:\n  # {{ .Values.db.password }}\n"
                "  url: postgres://u:{{ .Values.db.password }}@{{ .Values.db.host }}/x\n"
                "  run.sh: |\n    login --token={{ .Values.apiToken }}\n    echo done\n"
                "  {{ .Values.db.password }}: key\n"
                "  encoded: {{ .Values.apiToken | b64enc }}\n"},
            {"templates/secret.yaml",
                "kind: Secret\nmetadata: {name: s}\ndata:\n  p: {{ .Values.db.password | b64enc }}\n"},
            {"templates/check.yaml",
                "{{ if eq .Values.mode \"fail\" }}{{ fail (printf \"the password %s and token %s "
                "are weak\" .Values.db.password .Values.apiToken) }}{{ end }}"},
        };
        if (withSchema)
            files.push_back({"values.schema.json",
                R"({"type":"object","properties":{"db":{"type":"object","properties":{"password":{"type":"string","pattern":"^[0-9]+$"}}},"apiToken":{"enum":["x","y"]},"mode":{"type":"string"}}})"});
        return fixtures::chartOf(std::move(files));
    }
    static std::string values(const std::string &mode = "a")
    {
        return "db:\n  password: correct-horse\n  host: example.org\napiToken: battery77\nmode: " + mode + "\n";
    }
    static QStringList planted()
    {
        QStringList all{QStringLiteral("correct-horse"), QStringLiteral("battery77"), QStringLiteral("old-pass-word"),
            QStringLiteral("chart-own-word")};
        for (const QString &word : QStringList(all))
            all << QString::fromLatin1(word.toUtf8().toBase64()).left(10);
        return all;
    }
    static void look(const fixtures::TabDriver &driver, const char *when)
    {
        QStringList texts{fixtures::everyText(*driver.tab), driver.preview()->shownText()};
        // Each object, and each way to take text out of the preview.
        const QAbstractItemModel *rows = driver.list("objectList")->model();
        for (int row = 0; row < rows->rowCount(); ++row) {
            driver.list("objectList")->setCurrentIndex(rows->index(row, 0));
            driver.trigger("copyPreview");
            texts << QGuiApplication::clipboard()->text() << driver.shown() << driver.preview()->currentText();
        }
        for (const QString &secret : planted()) {
            const QString all = texts.join(u'\n');
            const qsizetype at = all.indexOf(secret);
            QVERIFY2(at < 0,
                qPrintable(QLatin1String(when) + QStringLiteral(": ") + all.mid(std::max<qsizetype>(0, at - 80), 160)));
        }
    }

private Q_SLOTS:
    void manifests_data();
    void manifests();
    void problemsOfTheSchema();
    void failingTemplates();
    void rawProblemsAreMaskedToo();
    void brokenText();
    void fixesAndUndo();
    void tooltipsOfFields();
};

void TestValuesSecrets::manifests_data()
{
    QTest::addColumn<int>("baseline");
    QTest::newRow("rendered") << int(ValuesTab::Rendered);
    QTest::newRow("defaults") << int(ValuesTab::Defaults);
    QTest::newRow("saved") << int(ValuesTab::Saved);
    QTest::newRow("revision") << int(ValuesTab::Revision);
}

void TestValuesSecrets::manifests()
{
    QFETCH(const int, baseline);
    fixtures::TabDriver driver(values(), chatty(false));
    QVERIFY(driver.bench.session->lastGood()->rendered.manifest.find("correct-horse") != std::string::npos);
    driver.deploy(3, "db:\n  password: old-pass-word\napiToken: battery77\n");
    driver.tab->setBaseline(baseline);
    QTRY_VERIFY(driver.list("objectList")->model()->rowCount() >= 2);
    QTRY_VERIFY(driver.preview()->shownText().contains(QStringLiteral("(hidden")));
    look(driver, "baseline");
    // What is no secret is read as before.
    QVERIFY(driver.preview()->shownText().contains(QStringLiteral("echo done")));
}

void TestValuesSecrets::problemsOfTheSchema()
{
    fixtures::TabDriver driver(values(), chatty(true));
    QVERIFY(driver.bench.session->errorCount() >= 2);
    look(driver, "schema");
    for (const Problem &problem : driver.bench.session->allProblems()) {
        for (const QString &secret : planted())
            QVERIFY(!driver.bench.session->sentence(problem).contains(secret));
    }
}

void TestValuesSecrets::failingTemplates()
{
    fixtures::TabDriver driver(values(), chatty(false));
    driver.bench.session->import(values("fail"));
    QVERIFY(driver.bench.settle());
    QVERIFY(driver.find<Band>("previewBand")->isVisible());
    QVERIFY(fixtures::everyText(*driver.find<Band>("previewBand")).contains(QStringLiteral("are weak")));
    look(driver, "fail");
}

void TestValuesSecrets::rawProblemsAreMaskedToo()
{
    fixtures::TabDriver driver(values("fail"), chatty(true));
    const RenderOutcome &outcome = *driver.bench.session->outcome();
    std::string all = outcome.rendered.error->error.message + outcome.rendered.error->sourceLine;
    for (const auto *problems : {&outcome.problems, &outcome.rendered.problems}) {
        for (const Problem &problem : *problems) {
            all += problem.message;
            for (const auto &[name, value] : problem.parameters)
                all += value;
        }
    }
    QVERIFY(!all.empty());
    for (const QString &secret : planted())
        QVERIFY2(all.find(secret.toStdString()) == std::string::npos, all.c_str());
}

void TestValuesSecrets::brokenText()
{
    fixtures::TabDriver driver(values(), chatty(true));
    driver.bench.session->import(values() + "x: [\n");
    QVERIFY(!driver.bench.session->document().isReadable());
    look(driver, "broken");
    driver.bench.session->import("correct-horse\n");
    look(driver, "a text that is one word");
}

void TestValuesSecrets::fixesAndUndo()
{
    const std::string text =
        "credentials:\n  create: true\n  token: correct-horse\n  privateKey: battery77\nlauncher:\n  extraEnv:\n"
        "    - {name: MY_PASSWORD, value: 12345678901}\n    - {name: X, value: plain}\n";
    fixtures::TabDriver driver(text);
    driver.caret(int(text.find("12345678901")));
    QTest::keyClick(driver.editor, Qt::Key_Return, Qt::AltModifier);
    QVERIFY(driver.popover()->isVisible());
    look(driver, "popover");
    QVERIFY(!fixtures::everyText(*driver.tab).contains(QStringLiteral("12345678901")));
    QTest::keyClick(driver.popover(), Qt::Key_Return);
    driver.bench.session->setYaml(*yaml::Path::parse("credentials.token"), QStringLiteral("battery77"));
    QVERIFY(driver.bench.settle());
    look(driver, "undo");
}

void TestValuesSecrets::tooltipsOfFields()
{
    fixtures::TabDriver driver(values(), chatty(false));
    driver.deploy(3, "db:\n  password: old-pass-word\napiToken: battery77\n");
    // Tooltips that are made when they are asked for.
    for (QWidget *widget : driver.tab->findChildren<QWidget *>()) {
        QHelpEvent help(QEvent::ToolTip, QPoint(2, 2), widget->mapToGlobal(QPoint(2, 2)));
        if (widget->objectName().startsWith(QLatin1String("badge:")))
            QApplication::sendEvent(widget, &help);
    }
    look(driver, "tooltips");
}

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    setUpLook(application);
    TestValuesSecrets test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_valuessecrets.moc"
