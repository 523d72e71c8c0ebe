// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/values/valuesfixtures.h"

#include <QProcess>
#include <QTest>

#include <csignal>
#include <cstdio>

using namespace pk;
using namespace pk::gui;

namespace {

yaml::Path at(const char *path)
{
    return *yaml::Path::parse(path);
}

QByteArray fileBytes(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

const Problem *problemAt(const ValuesSession &session, const std::string &path)
{
    for (const Problem &problem : session.allProblems()) {
        if (problem.path == path)
            return &problem;
    }
    return nullptr;
}

} // namespace

/// One set of values: text, problems with places, fixes, undo, files, drafts.
class TestValuesSession : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aProblemStandsAtItsLine()
    {
        const fixtures::Bench bench(fixtures::commentedFile());
        QVERIFY(bench.settle());
        const Problem *debug = problemAt(*bench.session, "launcher.extraEnv[3].value");
        QVERIFY(debug);
        QCOMPARE(debug->at.line, 27);
        QVERIFY(debug->severity == Problem::Severity::Error);
        QCOMPARE(bench.session->problems(at("launcher.extraEnv")).size(), std::size_t(1));
        QVERIFY(bench.session->problems(at("launcher.extra")).empty());
    }
    void aValueThatTheTextDoesNotNameHasNoLine()
    {
        const fixtures::Bench bench("replicaCount: 2\n");
        QVERIFY(bench.settle());
        const Problem *token = problemAt(*bench.session, "credentials.token");
        QVERIFY(token);
        QVERIFY(!token->at.isKnown());
    }
    void aFixChangesItsCharactersAndUndoTakesItBack()
    {
        const fixtures::Bench bench(fixtures::commentedFile());
        QVERIFY(bench.settle());
        const Problem quote = *problemAt(*bench.session, "launcher.extraEnv[3].value");
        // The form only offers it: what it changes is looked at first.
        QSignalSpy offered(bench.session.get(), &ValuesSession::fixOffered);
        bench.session->applyFix(quote);
        QCOMPARE(offered.size(), 1);
        QCOMPARE(bench.session->document().text(), fixtures::commentedFile());
        bench.session->makeFix(quote);
        std::string expected = fixtures::commentedFile();
        expected.replace(expected.rfind("true"), 4, "\"true\"");
        QCOMPARE(bench.session->document().text(), expected);
        QVERIFY(bench.settle());
        QCOMPARE(bench.session->errorCount(), 0);
        bench.session->undo();
        QCOMPARE(bench.session->document().text(), fixtures::commentedFile());
    }
    void whatIsNotTouchedIsSavedByteForByte_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("comments") << QByteArray::fromStdString(fixtures::commentedFile());
        QTest::newRow("CRLF") << QByteArray("# a\r\nreplicaCount: 2\r\nlauncher:\r\n  logLevel: x\r\n");
        QTest::newRow("no line end") << QByteArray("replicaCount:   2");
        QTest::newRow("several bytes a letter")
            << QByteArray("# gr\xc3\xbc\xc3\x9f\x65 \xf0\x9f\x98\x80\nreplicaCount: 2\n");
    }
    void whatIsNotTouchedIsSavedByteForByte()
    {
        QFETCH(const QByteArray, text);
        const fixtures::Bench bench(text.toStdString());
        bench.session->set(at("replicaCount"), Value::integer(7));
        bench.session->undo();
        QVERIFY(bench.session->save().ok());
        QCOMPARE(fileBytes(bench.filePath()), text);
        bench.session->set(at("replicaCount"), Value::integer(7));
        QVERIFY(bench.session->save().ok());
        QByteArray changed = text;
        qsizetype number = changed.indexOf("replicaCount");
        while (!isdigit(static_cast<unsigned char>(changed[number])))
            ++number;
        QCOMPARE(fileBytes(bench.filePath()), changed.replace(number, 1, "7"));
        QVERIFY(!bench.session->isModified());
    }
    void anotherProgramsChangeIsAConflict()
    {
        const fixtures::Bench bench("replicaCount: 2\n");
        QFile file(bench.filePath());
        QVERIFY(file.open(QIODevice::Append));
        file.write("# by hand\n");
        file.close();
        bench.session->set(at("replicaCount"), Value::integer(3));
        const auto saved = bench.session->save();
        QVERIFY(!saved.ok());
        QVERIFY(saved.error().code == Error::Code::Conflict);
        QVERIFY(fileBytes(bench.filePath()).endsWith("# by hand\n"));
        QVERIFY(bench.session->save(true).ok());
        QCOMPARE(fileBytes(bench.filePath()), QByteArray("replicaCount: 3\n"));
    }
    void originFollowsTheLayers()
    {
        const fixtures::Bench bench("replicaCount: 2\n");
        QVERIFY(bench.session->origin(at("replicaCount")) == Origin::File);
        QVERIFY(bench.session->origin(at("useStatefulSet")) == Origin::ChartDefault);
        bench.session->set(at("replicaCount"), Value::integer(3));
        QVERIFY(bench.session->origin(at("replicaCount")) == Origin::Edited);
        bench.session->resetToFile(at("replicaCount"));
        QVERIFY(bench.session->origin(at("replicaCount")) == Origin::File);
        QVERIFY(!bench.session->isModified());
    }
    void aBrokenTextKeepsTheLastGoodOutcome()
    {
        const fixtures::Bench bench("replicaCount: 2\n");
        QVERIFY(bench.settle());
        const auto good = bench.session->lastGood();
        QVERIFY(good);
        bench.session->type(0, 0, "launcher: [\n");
        QVERIFY(!bench.session->isEditable());
        QCOMPARE(bench.session->errorCount(), 1);
        QCOMPARE(bench.session->lastGood(), good);
        QVERIFY(!bench.session->consequences().isEmpty());
    }
    void whatWasNeverRenderedHasNoConsequences()
    {
        const fixtures::Bench bench("launcher: none\n");
        QVERIFY(bench.settle());
        QVERIFY(!bench.session->lastGood());
        QVERIFY(bench.session->consequences().isEmpty()); // "0 objects are created" would be no answer.
    }
    void aDraftOfUndoneEditsGoes()
    {
        fixtures::Bench bench("replicaCount: 2\n");
        bench.session->set(at("replicaCount"), Value::integer(3));
        QTRY_COMPARE(bench.drafts.list().size(), std::size_t(1));
        bench.session->undo();
        QTRY_COMPARE(bench.drafts.list().size(), std::size_t(0));
    }
    void aKilledProgramLeavesItsDraftWithoutSecrets()
    {
        const QTemporaryDir folder;
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--type"), folder.path()});
        QVERIFY(child.waitForStarted());
        document::DraftStore drafts(folder.path().toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(!drafts.list().empty(), 10'000);
        QCOMPARE(::kill(pid_t(child.processId()), SIGKILL), 0);
        QVERIFY(child.waitForFinished());
        const auto left = drafts.list();
        QCOMPARE(left.size(), std::size_t(1));
        QVERIFY(left.front().text.find("replicaCount: 4") != std::string::npos);
        QVERIFY(left.front().text.find("very-secret-token") == std::string::npos);

        ValuesSession again(fixtures::Bench::builtin(), drafts, left.front());
        again.restore(left.front());
        QCOMPARE(again.value(at("replicaCount")).integerOr(0), 4);
        QVERIFY(again.canUndo());
    }
};

namespace {

/// The child: types, then stays until it is killed.
int typeAndStay(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    document::DraftStore drafts(argv[2]);
    ValuesSession session(fixtures::Bench::builtin(), drafts, {});
    session.type(0, 0, "replicaCount: 4\ncredentials:\n  create: true\n  token: very-secret-token\n");
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc == 3 && std::string_view(argv[1]) == "--type")
        return typeAndStay(argc, argv);
    QCoreApplication application(argc, argv);
    TestValuesSession test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_valuessession.moc"
