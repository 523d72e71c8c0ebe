// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/templatecommand.h"
#include "value/value.h"
#include "yaml/json.h"

#include <QtTest>

#include <algorithm>

using namespace pk;

namespace {

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const std::string &text)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text.data(), static_cast<qint64>(text.size()));
}

/// Schema failures come in any order from helm.
QString comparable(QString text)
{
    if (!text.contains(QStringLiteral("meet the specifications")))
        return text;
    QStringList lines = text.split(QLatin1Char('\n'));
    lines.sort();
    return lines.join(QLatin1Char('\n'));
}

} // namespace

/// Every row of tests/data/chart/rows was answered by real helms; the command must answer the same.
class TestRows : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        qunsetenv("KUBECONFIG");
        qunsetenv("HELM_NAMESPACE");
        qputenv("HOME", "/nonexistent");
    }

    void answers_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("index");
        QTest::addColumn<QString>("level");
        const QDir folder(QStringLiteral(PK_TEST_DATA "/chart/rows"));
        const QStringList files = folder.entryList({QStringLiteral("*.json")});
        QVERIFY(!files.isEmpty());
        for (const QString &name : files) {
            const auto rows = yaml::parseJson(readAll(folder.filePath(name)).toStdString());
            QVERIFY(rows.ok());
            int index = 0;
            for (const Value &row : rows->asList().items) {
                for (const char *level : {"4.3", "4.1", "3"})
                    QTest::addRow("%s: %s (%s)", qPrintable(name.chopped(5)), row.get("name").toString().c_str(), level)
                        << folder.filePath(name) << index << QString::fromLatin1(level);
                ++index;
            }
        }
    }

    void answers()
    {
        QFETCH(QString, file);
        QFETCH(int, index);
        QFETCH(QString, level);
        if (m_file != file) {
            m_rows = *yaml::parseJson(readAll(file).toStdString());
            m_file = file;
        }
        const Value row = m_rows.asList().items[static_cast<std::size_t>(index)];
        QTemporaryDir folder;
        std::vector<std::string> arguments = prepare(row, folder.path());
        arguments.push_back("--compat");
        arguments.push_back(level.toStdString());
        cli::Streams streams;
        const int code = cli::runTemplate(arguments, streams);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        if (streams.err.find("templates are nested too deeply") != std::string::npos)
            QSKIP("a sanitizer's frames are too wide for helm's thousand includes");
#endif
        // Where we are known to differ the row says why; it fails when that is no longer so.
        if (const std::string why = row.get("differs").get(level.toStdString()).stringOr(); !why.empty())
            QEXPECT_FAIL("", why.c_str(), Abort);

        Value wanted = row.get(level.toStdString());
        if (wanted.isNil())
            wanted = row.get("4.3");
        if (wanted.get("err").isNil()) {
            QCOMPARE(QString::fromStdString(code == 0 ? streams.out : streams.err),
                QString::fromStdString(wanted.get("out").toString()));
            QCOMPARE(code, 0);
        } else {
            QCOMPARE(comparable(errorOf(streams.err, folder.path())),
                comparable(QString::fromStdString(wanted.get("err").toString())));
            QCOMPARE(code, 1);
            QVERIFY(streams.out.empty());
        }
    }

private:
    std::vector<std::string> prepare(const Value &row, const QString &folder)
    {
        const QString chart = folder + QStringLiteral("/t/");
        write(chart + QStringLiteral("Chart.yaml"), "apiVersion: v2\nname: t\nversion: 0.1.0\n");
        bool hasTemplate = false;
        if (row.get("files").isMap()) {
            for (const auto &[path, text] : row.get("files").asMap()) {
                write(chart + QString::fromStdString(path), text.toString());
                hasTemplate = hasTemplate || path.starts_with("templates/");
            }
        }
        if (!hasTemplate)
            write(chart + QStringLiteral("templates/v.yaml"), "v: {{ toJson .Values | quote }}\n");
        std::vector<std::string> arguments = {"rel", folder.toStdString() + "/t", "--namespace", "ns"};
        if (row.get("values").isString()) {
            write(folder + QStringLiteral("/user.yaml"), row.get("values").toString());
            arguments.insert(arguments.end(), {"-f", folder.toStdString() + "/user.yaml"});
        }
        if (row.get("set").isList()) {
            for (const Value &pair : row.get("set").asList().items) {
                for (const Value &argument : pair.asList().items)
                    arguments.push_back(argument.toString());
            }
        }
        if (row.get("args").isList()) {
            for (const Value &argument : row.get("args").asList().items)
                arguments.push_back(argument.toString());
        }
        return arguments;
    }

    /// The text behind "Error: ", without our line that shows the place.
    static QString errorOf(const std::string &stderrText, const QString &folder)
    {
        QString text = QString::fromStdString(stderrText);
        text.remove(0, text.indexOf(QStringLiteral("Error: ")) + 7);
        static const QRegularExpression place(QStringLiteral("\nat [^\n]*:\\d+:\\d+\n"));
        const auto found = place.match(text);
        if (found.hasMatch())
            text.truncate(found.capturedStart());
        text.replace(folder, QStringLiteral("{folder}"));
        while (text.endsWith(QLatin1Char('\n')))
            text.chop(1);
        return text;
    }

    QString m_file;
    Value m_rows;
};

QTEST_GUILESS_MAIN(TestRows)
#include "tst_rows.moc"
