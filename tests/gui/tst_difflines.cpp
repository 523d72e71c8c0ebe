// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/difflines.h"

#include <QTest>

using namespace pk::gui;

using Kind = DiffLine::Kind;

class TestDiffLines : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void changedCharacters_data();
    void changedCharacters();
    void linesWithoutPartnerAreUnmarked();
    void folds_data();
    void folds();
    void countsRuns();
};

namespace {

/// "  ab[cd]e": the marked parts in brackets.
QByteArray marked(const DiffLine &line)
{
    QByteArray result = line.text;
    for (auto it = line.changed.crbegin(); it != line.changed.crend(); ++it) {
        result.insert(it->to, ']');
        result.insert(it->from, '[');
    }
    return result;
}

QVector<DiffLine> linesOf(const QByteArray &signs)
{
    QVector<DiffLine> lines;
    for (const char sign : signs) {
        DiffLine line;
        line.kind = sign == '+' ? Kind::Added : sign == '-' ? Kind::Removed : Kind::Same;
        lines.append(line);
    }
    return lines;
}

QByteArray shown(const QVector<DiffRow> &rows)
{
    QByteArray result;
    for (const DiffRow &row : rows)
        result += row.hidden > 0 ? "<" + QByteArray::number(row.hidden) + ">" : QByteArray::number(row.line) + " ";
    return result.trimmed();
}

} // namespace

void TestDiffLines::changedCharacters_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("removed");
    QTest::addColumn<QByteArray>("added");
    const auto row = [](const char *name, const char *before, const char *after, const char *removed,
                         const char *added) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(after) << QByteArray(removed) << QByteArray(added);
    };
    row("value only", "  replicas: 5", "  replicas: 6", "  replicas: [5]", "  replicas: [6]");
    row("whole words", "terminationGracePeriodSeconds: 30", "terminationGracePeriodSeconds: 4500",
        "terminationGracePeriodSeconds: [30]", "terminationGracePeriodSeconds: [4500]");
    row("mostly different is the whole line", "    emptyDir: {}", "    ephemeral:", "    [emptyDir: {}]",
        "    [ephemeral:]");
    row("equal", "a: b", "a: b", "a: b", "a: b");
    row("indented", "  a: b", "    a: b", "[  ]a: b", "[    ]a: b");
    row("not within a letter", "name: für-alle", "name: fär-alle", "name: [für]-alle", "name: [fär]-alle");
    row("empty partner", "", "key: value", "", "[key: value]");
}

void TestDiffLines::changedCharacters()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QVector<DiffLine> lines(2);
    lines[0].kind = Kind::Removed;
    lines[0].text = before;
    lines[1].kind = Kind::Added;
    lines[1].text = after;
    markChangedCharacters(lines);
    QTEST(marked(lines[0]), "removed");
    QTEST(marked(lines[1]), "added");
}

void TestDiffLines::linesWithoutPartnerAreUnmarked()
{
    QVector<DiffLine> lines = linesOf("-++ ");
    lines[0].text = "a: 1";
    lines[1].text = "a: 2";
    lines[2].text = "b: 2";
    markChangedCharacters(lines);
    QVERIFY(!lines[1].changed.isEmpty());
    QVERIFY(lines[2].changed.isEmpty());
    QVERIFY(lines[3].changed.isEmpty());
}

void TestDiffLines::folds_data()
{
    QTest::addColumn<QByteArray>("signs");
    QTest::addColumn<int>("context");
    QTest::addColumn<QVector<int>>("expanded");
    QTest::addColumn<QByteArray>("expected");
    const QVector<int> none;
    QTest::newRow("long stretch between changes")
        << QByteArray("+") + QByteArray(10, ' ') + "-" << 1 << none << QByteArray("0 1 <8>10 11");
    QTest::newRow("six hidden lines stay")
        << QByteArray("+") + QByteArray(8, ' ') + "-" << 1 << none << QByteArray("0 1 2 3 4 5 6 7 8 9");
    QTest::newRow("no context before the first line")
        << QByteArray(10, ' ') + "+" << 2 << none << QByteArray("<8>8 9 10");
    QTest::newRow("no context after the last")
        << QByteArray("+") + QByteArray(10, ' ') << 2 << none << QByteArray("0 1 2 <8>");
    QTest::newRow("opened") << QByteArray("+") + QByteArray(8, ' ') << 1 << QVector<int>{2}
                            << QByteArray("0 1 2 3 4 5 6 7 8");
    QTest::newRow("never") << QByteArray(20, ' ') << -1 << none
                           << QByteArray("0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19");
    QTest::newRow("nothing differs") << QByteArray(20, ' ') << 3 << none << QByteArray("<20>");
    QTest::newRow("no context at all") << QByteArray("+") + QByteArray(7, ' ') + "-" << 0 << none
                                       << QByteArray("0 <7>8");
    QTest::newRow("empty") << QByteArray() << 3 << none << QByteArray();
}

void TestDiffLines::folds()
{
    QFETCH(QByteArray, signs);
    QFETCH(int, context);
    QFETCH(QVector<int>, expanded);
    QTEST(shown(foldUnchanged(linesOf(signs), context, expanded)), "expected");
}

void TestDiffLines::countsRuns()
{
    QCOMPARE(changeStarts(linesOf("-+ ++ -")), (QVector<int>{0, 3, 6}));
    QVERIFY(changeStarts(linesOf("   ")).isEmpty());
}

QTEST_GUILESS_MAIN(TestDiffLines)
#include "tst_difflines.moc"
