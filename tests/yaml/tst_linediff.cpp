// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/linediff.h"

#include <QtTest>

#include <random>
#include <string>

using namespace pk::yaml;

namespace {

std::string show(const std::vector<Hunk> &hunks)
{
    std::string out;
    for (const Hunk &hunk : hunks) {
        out += "@" + std::to_string(hunk.oldStart) + "," + std::to_string(hunk.oldCount) + " "
            + std::to_string(hunk.newStart) + "," + std::to_string(hunk.newCount) + "\n";
        for (const DiffLine &line : hunk.lines)
            out += " -+"[static_cast<int>(line.kind)] + std::string(line.text) + "\n";
    }
    return out;
}

/// What the new text is, told by the old one and the hunks.
std::string rebuilt(const std::string &oldText, const std::vector<Hunk> &hunks)
{
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < oldText.size(); at = oldText.find('\n', at) + 1)
        lines.push_back(oldText.substr(at, oldText.find('\n', at) - at));
    std::string out;
    std::size_t next = 0;
    for (const Hunk &hunk : hunks) {
        const std::size_t start = static_cast<std::size_t>(hunk.oldCount > 0 ? hunk.oldStart - 1 : hunk.oldStart);
        for (; next < start; ++next)
            out += lines[next] + "\n";
        for (const DiffLine &line : hunk.lines) {
            if (line.kind != DiffLine::Kind::Removed)
                out += std::string(line.text) + "\n";
        }
        next += static_cast<std::size_t>(hunk.oldCount);
    }
    for (; next < lines.size(); ++next)
        out += lines[next] + "\n";
    return out;
}

} // namespace

class TestLineDiff : public QObject
{
    Q_OBJECT

private slots:
    void equalTexts();
    void hunks();
    void additionsOnly();
    void wordsWithinALine();
    void mostlyChangedLinesCountAsAWhole();
    void randomTextsCanBeRebuilt();
    void largeTexts();
};

void TestLineDiff::equalTexts()
{
    QVERIFY(diffLines("a\nb\n", "a\nb\n").empty());
    QVERIFY(diffLines("a\nb", "a\nb\n").empty());
    QVERIFY(!diffLines("a\r\n", "a\n").empty());
}

void TestLineDiff::hunks()
{
    const char *const before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
    const char *const after = "1\n2\nx\n4\n5\n6\n7\n8\n9\nz\n";
    QCOMPARE(show(diffLines(before, after, 1)), std::string("@2,3 2,3\n 2\n-3\n+x\n 4\n@9,1 9,2\n 9\n+z\n"));
    QCOMPARE(diffLines(before, after, 3).size(), std::size_t(1));
}

void TestLineDiff::additionsOnly()
{
    QCOMPARE(show(diffLines("", "a\n", 3)), std::string("@0,0 1,1\n+a\n"));
    QCOMPARE(show(diffLines("a\n", "", 3)), std::string("@1,1 0,0\n-a\n"));
}

void TestLineDiff::wordsWithinALine()
{
    std::vector<Span> before;
    std::vector<Span> after;
    diffWithinLine("  replicas: 2 # workers", "  replicas: 35 # workers", before, after);
    QCOMPARE(before, (std::vector<Span>{{12, 13}}));
    QCOMPARE(after, (std::vector<Span>{{12, 14}}));
    const std::vector<Hunk> hunks = diffLines("a: 1\n", "a: 2\n");
    QCOMPARE(hunks[0].lines[1].changed, (std::vector<Span>{{3, 4}}));
}

void TestLineDiff::mostlyChangedLinesCountAsAWhole()
{
    std::vector<Span> before;
    std::vector<Span> after;
    diffWithinLine("a: something", "a: else", before, after);
    QCOMPARE(before, (std::vector<Span>{{0, 12}}));
    QCOMPARE(after, (std::vector<Span>{{0, 7}}));
}

void TestLineDiff::randomTextsCanBeRebuilt()
{
    std::mt19937 random(3);
    for (int round = 0; round < 500; ++round) {
        const auto text = [&] {
            std::string out;
            for (auto i = random() % 30; i > 0; --i)
                out += std::string(1, static_cast<char>('a' + random() % 5)) + "\n";
            return out;
        };
        const std::string before = text();
        const std::string after = text();
        const int limit = round % 2 ? 2000 : 2;
        QCOMPARE(rebuilt(before, diffLines(before, after, static_cast<int>(random() % 4), limit)), after);
    }
}

void TestLineDiff::largeTexts()
{
    std::string before;
    for (int i = 0; i < 50000; ++i)
        before += "line " + std::to_string(i) + "\n";
    std::string after = before;
    after.replace(after.find("line 25000"), 10, "other");
    QCOMPARE(diffLines(before, after).size(), std::size_t(1));
    std::string unlike;
    for (int i = 0; i < 50000; ++i)
        unlike += "row " + std::to_string(i) + "\n";
    QCOMPARE(diffLines(before, unlike)[0].oldCount, 50000);
}

QTEST_APPLESS_MAIN(TestLineDiff)
#include "tst_linediff.moc"
