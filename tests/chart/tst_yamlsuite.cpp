// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/render.h"
#include "yaml/json.h"
#include "yaml/reader.h"

#include <QtTest>

#include <fstream>
#include <map>

using namespace pk;
using namespace pk::chart;

namespace {

struct Case
{
    std::string name;
    std::string text;
    Value newer;
    Value older; ///< What differs from `newer`.
};

const std::vector<Case> &cases()
{
    static const std::vector<Case> all = [] {
        std::vector<Case> out;
        std::ifstream file(PK_TEST_DATA "/yaml/suite.jsonl");
        std::string line;
        while (std::getline(file, line)) {
            const auto row = yaml::parseJson(line);
            if (row)
                out.push_back({row->get("n").toString(), row->get("y").toString(), row->get("4.3"), row->get("3")});
        }
        return out;
    }();
    return all;
}

/// What the templates make of every case, by "f" or "a" and the number of the case.
std::map<std::string, std::string> rendered(const Levels &levels)
{
    std::vector<ChartFile> files = {{"Chart.yaml", "apiVersion: v2\nname: t\nversion: 0.1.0\n"}};
    std::string text;
    for (std::size_t i = 0; i < cases().size(); ++i) {
        const std::string number = std::to_string(i);
        files.push_back({"cases/" + number, cases()[i].text});
        for (const std::string function : {"fromYaml", "fromYamlArray"})
            text += function.substr(4) + number + ": {{ " + function + " (.Files.Get \"cases/" + number
                + "\") | toJson | quote }}\n";
    }
    files.push_back({"templates/a.yaml", text});
    const auto chart = loadFiles(std::move(files), levels);
    std::map<std::string, std::string> out;
    if (!chart)
        return out;
    const Rendered result = Renderer(*chart, levels).render({});
    const auto manifest = yaml::toMap(result.manifest);
    if (!manifest)
        return out;
    for (const auto &[key, value] : manifest->asMap())
        out[key] = value.toString();
    return out;
}

} // namespace

/// What real helms read from the inputs of yaml-test-suite (record-yaml): not what YAML says, but what Helm makes of
/// it.
class TestYamlSuite : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(cases().size() >= 400);
        m_newer = rendered(levels43());
        m_older = rendered(levels3());
        QCOMPARE(m_newer.size(), 2 * cases().size());
        QCOMPARE(m_older.size(), 2 * cases().size());
    }

    void reads_data()
    {
        QTest::addColumn<std::size_t>("number");
        for (std::size_t i = 0; i < cases().size(); ++i)
            QTest::newRow(cases()[i].name.c_str()) << i;
    }

    void reads()
    {
        QFETCH(std::size_t, number);
        const Case &one = cases()[number];
        // go-yaml takes a comma into a tag.
        if (one.name == "U99R-0" || one.name == "WZ62-0")
            QEXPECT_FAIL("", "libyaml 0.2.5 reads this otherwise", Abort);
        for (const bool older : {false, true}) {
            const auto wanted = [&](const char *key) {
                const Value other = one.older.get(key);
                return QString::fromStdString((older && !other.isNil() ? other : one.newer.get(key)).toString());
            };
            const auto &told = older ? m_older : m_newer;
            QCOMPARE(QString::fromStdString(told.at("Yaml" + std::to_string(number))), wanted("f"));
            QCOMPARE(QString::fromStdString(told.at("YamlArray" + std::to_string(number))), wanted("a"));
            const auto values = parseValues(one.text, older ? levels3() : levels43());
            const std::string shown =
                values ? yaml::toJson(*values) : "error: failed to parse /user.yaml: " + values.error().message;
            QCOMPARE(QString::fromStdString(shown), wanted("v"));
            m_accepted += values && !older ? 1 : 0;
        }
    }

    void cleanupTestCase()
    {
        qInfo("%zu cases, each by fromYaml, fromYamlArray and -f at two levels; helm takes %d as values",
            cases().size(), m_accepted);
    }

private:
    std::map<std::string, std::string> m_newer;
    std::map<std::string, std::string> m_older;
    int m_accepted = 0;
};

QTEST_APPLESS_MAIN(TestYamlSuite)
#include "tst_yamlsuite.moc"
