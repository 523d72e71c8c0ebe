// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/schema.h"
#include "yaml/json.h"

#include <QtTest>

#include <zlib.h>

#include <map>

using namespace pk;
using namespace pk::chart;

namespace {

std::string unpacked(const char *path)
{
    std::string out;
    gzFile file = gzopen(path, "rb");
    if (!file)
        return out;
    std::vector<char> part(1U << 16U);
    for (int count = 0; (count = gzread(file, part.data(), static_cast<unsigned>(part.size()))) > 0;)
        out.append(part.data(), static_cast<std::size_t>(count));
    gzclose(file);
    return out;
}

/// Helm tells what failed in any order.
QString comparable(const std::string &text)
{
    QStringList lines = QString::fromStdString(text).split(QLatin1Char('\n'));
    lines.removeAll(QString());
    lines.sort();
    return lines.join(QLatin1Char('\n'));
}

} // namespace

/// The cases of JSON-Schema-Test-Suite with the verdicts and texts of real helms (record-schemas).
class TestSchemaSuite : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        std::string table = unpacked(PK_TEST_DATA "/chart/suites/schemas.jsonl.gz");
        QVERIFY(!table.empty());
        std::size_t line = 0;
        for (std::size_t at = 0; at < table.size(); ++line) {
            const std::size_t end = std::min(table.find('\n', at), table.size());
            const auto row = yaml::parseJson(std::string_view(table).substr(at, end - at));
            QVERIFY(row.ok());
            at = end + 1;
            if (line == 0) {
                for (const auto &[url, document] : row->asMap())
                    m_documents[url] = document;
                continue;
            }
            m_documents["http://localhost:1234/s/" + std::to_string(line - 1) + ".json"] = row->get("s");
            m_rows.push_back(*row);
        }
        QVERIFY(m_rows.size() > 1600);
    }

    void saysWhatHelmSays_data()
    {
        QTest::addColumn<std::size_t>("number");
        for (std::size_t i = 0; i < m_rows.size(); ++i)
            QTest::addRow("%s %zu", m_rows[i].get("f").toString().c_str(), i) << i;
    }

    void saysWhatHelmSays()
    {
        QFETCH(std::size_t, number);
        const Value &row = m_rows[number];
        const std::string place = "http://localhost:1234/s/" + std::to_string(number) + ".json";
        const auto schema = Schema::compile("{\"properties\":{\"v\":{\"$ref\":\"" + place + "\"}}}", levels43(),
            [this](const std::string &url) -> Result<Value> {
                const auto known = m_documents.find(url);
                if (known != m_documents.end())
                    return known->second;
                return url.starts_with("http://localhost") ? Error{.code = Error::Code::NotFound,
                           .message = "HTTP request to " + url + " returned status 404 (Not Found)"}
                                                           : loadSchemaFile(url);
            });
        for (const Value &test : row.get("t").asList().items) {
            const Value &value = test.asList().items[0];
            const std::string wanted = test.asList().items[1].toString();
            const bool valid = test.asList().items[2].toBool();
            std::string told = schema ? std::string() : schema.error().message;
            if (schema)
                told = describeFailures((*schema)->validate(Value::map({{"v", value}})));
            // A number of a schema is a double to us: neither how it is written nor its twentieth digit is kept.
            if (wanted.find("value must be -2.0") != std::string::npos
                || wanted.find("1.8446744073709552×10¹⁹, want -1.8446744073709552×10¹⁹") != std::string::npos
                || wanted.find("1.8446744073709552×10¹⁹, want 1.8446744073709552×10¹⁹") != std::string::npos)
                QEXPECT_FAIL("", "numbers of schemas are doubles", Abort);
            QVERIFY2(comparable(told) == comparable(wanted),
                qPrintable(QStringLiteral("%1\n--- ours:\n%2\n--- helm:\n%3")
                               .arg(QString::fromStdString(yaml::toJson(value)), QString::fromStdString(told),
                                   QString::fromStdString(wanted))));
            ++m_cases;
            m_texts += !wanted.empty();
            m_agree += wanted.empty() == valid;
        }
    }

    void cleanupTestCase()
    {
        qInfo("%d cases of %zu schemas as helm has them, %d with its text; the suite itself has %d of these verdicts",
            m_cases, m_rows.size(), m_texts, m_agree);
    }

private:
    std::map<std::string, Value> m_documents;
    std::vector<Value> m_rows;
    int m_cases = 0;
    int m_texts = 0;
    int m_agree = 0;
};

QTEST_APPLESS_MAIN(TestSchemaSuite)
#include "tst_schemasuite.moc"
