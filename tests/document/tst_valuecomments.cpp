// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/valuecomments.h"

#include <QTest>

using namespace pk;

/// The help that charts write as comments.
class TestValueComments : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void isShortEnough();
    void nothingOfWhatCannotBeRead();
};

void TestValueComments::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("help");
    const auto row = [](const char *name, const char *text, const char *path, const char *help) {
        QTest::newRow(name) << QByteArray(text) << QString::fromLatin1(path) << QString::fromLatin1(help);
    };
    row("above a key", "# How many.\na: 1\n", "a", "How many.");
    row("several lines", "# How many\n# of them.\na: 1\n", "a", "How many of them.");
    row("of a key within", "a:\n  # Inner.\n  b: 1\n", "a.b", "Inner.");
    row("of another indentation is not the key's", "a:\n  b: 1\n  # Of what follows in a.\nc: 2\n", "c", "");
    row("a blank line parts", "# A section.\n\na: 1\n", "a", "");
    row("behind a value", "a: 1  # How many.\n", "a", "How many.");
    row("a sharp in a value is none", "a: \"x # y\"\n", "a", "");
    row("behind a list: the key's own is above", "a: [1, 2] # no\n", "a", "");
    row("helm-docs", "# Section\n# -- (int) How many.\na: 1\n", "a", "How many.");
    row("helm-docs, its marks", "# -- How many.\n# @default -- 5\na: 1\n", "a", "How many.");
    row("parameters", "## @section A\n## @param a.b [string] The tag.\n##\na:\n  b: x\n", "a.b", "The tag.");
    row("parameters win", "## @param a The number.\n# ref: x\na: 1\n", "a", "The number.");
    row("commented settings are none", "# b: 2\n# - c\na: 1\n", "a", "");
    row("what follows a setting is none either", "# How many.\n# b: 2\n# more of b\na: 1\n", "a", "How many.");
    row("only the first paragraph", "# How many.\n#\n# An example follows.\na: 1\n", "a", "How many.");
}

void TestValueComments::reads()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, path);
    QFETCH(const QString, help);
    const auto found = document::commentsOf(text.toStdString());
    const auto comment = found.find(path.toStdString());
    QCOMPARE(comment == found.end() ? QString() : QString::fromStdString(comment->second), help);
}

void TestValueComments::isShortEnough()
{
    std::string text = "# One sentence. ";
    for (int i = 0; i < 100; ++i)
        text += "many words ";
    const auto found = document::commentsOf(text + "\na: 1\n");
    QCOMPARE(QString::fromStdString(found.at("a")), QStringLiteral("One sentence."));
}

void TestValueComments::nothingOfWhatCannotBeRead()
{
    QVERIFY(document::commentsOf("# x\na: [\n").empty());
    QVERIFY(document::commentsOf("").empty());
    QVERIFY(document::commentsOf("- a\n").empty());
}

QTEST_APPLESS_MAIN(TestValueComments)

#include "tst_valuecomments.moc"
