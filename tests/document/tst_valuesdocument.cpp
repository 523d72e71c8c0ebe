// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/treedifference.h"
#include "document/valuesdocument.h"
#include "yaml/json.h"

#include <QtTest>

#include <random>

using namespace pk;
using namespace pk::document;

namespace {

const char *const sample = "# pool\ncredentials:\n  token: abc # t\nreplicaCount: 2\nlist:\n  - a\n  - b\n\"y\": 1\n";

yaml::Path path(const char *text)
{
    return *yaml::Path::parse(text);
}

} // namespace

class TestValuesDocument : public QObject
{
    Q_OBJECT

private slots:
    void untouchedTextStays();
    void fieldsMergeIntoOneStep();
    void anOpenStepTakesChangesOfSeveralValues();
    void aCancelledStepHasNeverBeen();
    void typingMergesWhereItGoesOn();
    void removalsAreStepsOfTheirOwn();
    void namesHoldNoValues();
    void brokenTextKeepsTheLastTree();
    void brokenTextIsNotEditedByValues_data();
    void brokenTextIsNotEditedByValues();
    void findsPlaces();
    void knowsWhatIsSaved();
    void replacingAllChangesOnlyWhatDiffers();
    void randomEditsCanAllBeUndone();
    void differencesByLeaves();
};

void TestValuesDocument::untouchedTextStays()
{
    const std::string odd = "\xEF\xBB\xBF# c\r\na: 1\t\r\n\r\nb:   2";
    const ValuesDocument document(odd);
    QCOMPARE(document.text(), odd);
    QVERIFY(!document.isModified());
    QVERIFY(!document.canUndo());
}

void TestValuesDocument::fieldsMergeIntoOneStep()
{
    ValuesDocument document(sample);
    for (int i = 3; i < 6; ++i)
        QVERIFY(document.set(path("replicaCount"), Value::number(i)).ok());
    QCOMPARE(document.tree().get("replicaCount").integerOr(0), std::int64_t(5));
    QCOMPARE(document.undo().size(), std::size_t(3));
    QCOMPARE(document.text(), std::string(sample));
    QVERIFY(!document.canUndo());
    document.redo();
    QVERIFY(document.set(path("replicaCount"), Value::number(9)).ok());
    document.endMerging();
    QVERIFY(document.set(path("replicaCount"), Value::number(10)).ok());
    document.undo();
    QCOMPARE(document.tree().get("replicaCount").integerOr(0), std::int64_t(9));
    document.undo();
    QCOMPARE(document.tree().get("replicaCount").integerOr(0), std::int64_t(5));
}

void TestValuesDocument::anOpenStepTakesChangesOfSeveralValues()
{
    ValuesDocument document(sample);
    document.beginStep({"edit.set", "list"});
    QVERIFY(document.set(path("replicaCount"), Value::number(3)).ok());
    QVERIFY(document.remove(path("list[0]")).ok());
    QVERIFY(document.remove(path("list[0]")).ok());
    QCOMPARE(document.undoName(), (StepName{"edit.set", "list"}));
    document.endStep();
    QVERIFY(document.set(path("replicaCount"), Value::number(4)).ok());
    document.undo();
    QCOMPARE(document.tree().get("replicaCount").integerOr(0), std::int64_t(3));
    document.undo();
    QCOMPARE(document.text(), std::string(sample));
    QVERIFY(!document.canUndo());
}

void TestValuesDocument::aCancelledStepHasNeverBeen()
{
    ValuesDocument document(sample);
    QVERIFY(document.set(path("y"), Value::number(2)).ok());
    const std::string before = document.text();
    document.beginStep({"edit.set", "replicaCount"});
    QVERIFY(document.cancelStep().empty());
    document.beginStep({"edit.set", "replicaCount"});
    QVERIFY(document.set(path("replicaCount"), Value::number(3)).ok());
    QVERIFY(document.set(path("replicaCount"), Value::number(4)).ok());
    QCOMPARE(document.cancelStep().size(), std::size_t(2));
    QCOMPARE(document.text(), before);
    QVERIFY(!document.canRedo());
    QVERIFY(document.cancelStep().empty());
    // Undo ends an open step: what comes next is another one.
    document.beginStep({"edit.set", "replicaCount"});
    QVERIFY(document.set(path("replicaCount"), Value::number(3)).ok());
    document.undo();
    QVERIFY(document.cancelStep().empty());
    QCOMPARE(document.text(), before);
    document.undo();
    QCOMPARE(document.text(), std::string(sample));
}

void TestValuesDocument::typingMergesWhereItGoesOn()
{
    ValuesDocument document("a: \nb: \n");
    document.type(3, 0, "x");
    document.type(4, 0, "y");
    document.type(8, 0, "z");
    QCOMPARE(document.text(), std::string("a: xy\nb:z \n"));
    document.undo();
    QCOMPARE(document.text(), std::string("a: xy\nb: \n"));
    document.undo();
    QCOMPARE(document.text(), std::string("a: \nb: \n"));
}

void TestValuesDocument::removalsAreStepsOfTheirOwn()
{
    ValuesDocument document(sample);
    QVERIFY(document.remove(path("list[0]")).ok());
    QVERIFY(document.remove(path("list[0]")).ok());
    document.undo();
    QCOMPARE(yaml::toJson(document.tree().get("list")), std::string("[\"b\"]"));
}

void TestValuesDocument::namesHoldNoValues()
{
    ValuesDocument document(sample);
    QVERIFY(document.set(path("credentials.token"), Value::string("planted")).ok());
    QCOMPARE(*document.undoName(), (StepName{"edit.set", "credentials.token"}));
    document.type(0, 0, "# planted\n");
    QCOMPARE(*document.undoName(), (StepName{"edit.typing", ""}));
    document.undo();
    QCOMPARE(document.redoName()->id, std::string("edit.typing"));
}

void TestValuesDocument::brokenTextKeepsTheLastTree()
{
    ValuesDocument document(sample);
    const std::uint64_t before = document.revision();
    document.type(document.text().size(), 0, "bad: [\n");
    QVERIFY(document.revision() != before);
    QVERIFY(!document.isReadable());
    QVERIFY(document.problem()->at.line > 0);
    QCOMPARE(document.tree().get("replicaCount").integerOr(0), std::int64_t(2));
    QVERIFY(!document.set(path("replicaCount"), Value::number(3)).ok());
    QVERIFY(document.text().ends_with("bad: [\n"));
    document.undo();
    QVERIFY(document.isReadable());
}

void TestValuesDocument::brokenTextIsNotEditedByValues_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addRow("no YAML") << QByteArray("a: [1\n");
    QTest::addRow("a word that is not yet a key") << QByteArray("replicaCount");
    QTest::addRow("a list") << QByteArray("- 1\n");
}

void TestValuesDocument::brokenTextIsNotEditedByValues()
{
    QFETCH(QByteArray, text);
    ValuesDocument document(text.toStdString());
    QVERIFY(!document.set({"replicaCount"}, Value::number(2)));
    QVERIFY(!document.setYaml({"replicaCount"}, "2"));
    QVERIFY(!document.remove({std::size_t{0}}));
    QCOMPARE(document.text(), text.toStdString());
    QVERIFY(!document.canUndo());
}

void TestValuesDocument::findsPlaces()
{
    const ValuesDocument document(sample);
    const std::string text = sample;
    QCOMPARE(document.pathAt(text.find("abc")).toString(), std::string("credentials.token"));
    QCOMPARE(document.pathAt(text.find("replicaCount") + 2).toString(), std::string("replicaCount"));
    QCOMPARE(document.pathAt(text.find("- b") + 2).toString(), std::string("list[1]"));
    QCOMPARE(document.pathAt(text.find("\"y\"") + 1).toString(), std::string("y"));
    QCOMPARE(ValuesDocument("y: 1\n").pathAt(0).toString(), std::string("true"));
    const auto span = document.spanOf(path("credentials.token"));
    QVERIFY(span.has_value());
    QCOMPARE(text.substr(span->begin, span->end - span->begin), std::string("token: abc"));
    QCOMPARE(span->line, 3);
    QVERIFY(!document.spanOf(path("credentials.gone")).has_value());
    QCOMPARE(document.nearestSpan(path("credentials.gone.deeper"))->line, 2);
}

void TestValuesDocument::knowsWhatIsSaved()
{
    ValuesDocument document("a: 1\n");
    QVERIFY(document.set(path("a"), Value::number(2)).ok());
    QVERIFY(document.isModified());
    document.undo();
    QVERIFY(!document.isModified());
    document.setSavedText("a: 7\n");
    QVERIFY(document.isModified());
    QCOMPARE(document.savedTree().get("a").integerOr(0), std::int64_t(7));
    document.markSaved();
    QVERIFY(!document.isModified());
}

void TestValuesDocument::replacingAllChangesOnlyWhatDiffers()
{
    ValuesDocument document("a: 1\nb: 2\nc: 3\n");
    document.replaceAll("a: 1\nb: 5\nc: 3\n");
    const std::vector<yaml::TextEdit> edits = document.undo();
    QCOMPARE(edits.size(), std::size_t(1));
    QCOMPARE(edits[0], (yaml::TextEdit{8, 1, "2"}));
}

/// Whatever was done, undoing all of it gives the first text, and redoing all of it the last.
void TestValuesDocument::randomEditsCanAllBeUndone()
{
    std::mt19937 random(5);
    const char *const paths[] = {
        "replicaCount", "credentials.token", "credentials.fresh", "list[0]", "list[1]", "new.map.key", "y"};
    for (int round = 0; round < 40; ++round) {
        ValuesDocument document(sample);
        for (int i = 0; i < 25; ++i) {
            const yaml::Path at = path(paths[random() % std::size(paths)]);
            switch (random() % 5) {
            case 0:
                (void)document.remove(at);
                break;
            case 1:
                document.type(random() % (document.text().size() + 1), 0, i % 2 ? "\n" : "z");
                break;
            case 2:
                document.undo();
                break;
            case 3:
                document.redo();
                break;
            default:
                (void)document.set(at, Value::number(static_cast<double>(random() % 5)));
                break;
            }
        }
        while (document.canRedo())
            document.redo();
        const std::string last = document.text();
        while (document.canUndo())
            document.undo();
        QCOMPARE(document.text(), std::string(sample));
        QVERIFY(!document.isModified());
        while (document.canRedo())
            document.redo();
        QCOMPARE(document.text(), last);
    }
}

void TestValuesDocument::differencesByLeaves()
{
    const Value before = *yaml::parseJson(R"({"a":{"b":1,"c":2},"d":[1],"e":5})");
    const Value after = *yaml::parseJson(R"({"a":{"b":1,"c":3},"d":[1,2],"f":{"g":1}})");
    std::string shown;
    for (const Difference &difference : differences(before, after))
        shown += difference.path.toString() + " " + yaml::toJson(difference.before) + ">"
            + yaml::toJson(difference.after) + " ";
    QCOMPARE(shown, std::string("a.c 2>3 d [1]>[1,2] e 5>null f null>{\"g\":1} "));
    QVERIFY(differences(before, before).empty());
    QCOMPARE(valueAt(after, path("d[1]")).integerOr(0), std::int64_t(2));
    QVERIFY(valueAt(after, path("d[9].x")).isNil());
}

QTEST_APPLESS_MAIN(TestValuesDocument)
#include "tst_valuesdocument.moc"
