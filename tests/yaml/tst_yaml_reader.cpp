// SPDX-License-Identifier: GPL-3.0-or-later
#include "recorded.h"
#include "support/bigstack.h"
#include "yaml/fastreader.h"
#include "yaml/json.h"
#include "yaml/reader.h"

#include <QtTest>

using namespace pk;
using namespace pk::yaml;

namespace {

std::string show(const Result<Value> &value)
{
    return value ? "V" + toJson(*value) : "E" + value.error().message;
}

std::string textOf(std::string_view text, const Node &node)
{
    return std::string(text.substr(node.span.begin, node.span.end - node.span.begin));
}

} // namespace

class TestYamlReader : public QObject
{
    Q_OBJECT

private slots:
    void toValue_data();
    void toValue();
    void recorded_data() { addRecordedRows("r"); }
    void recorded();
    void fastPathTakesCharts();
    void toMapWantsAMap();
    void resolvesKeys();
    void spans();
    void spansBehindAccents();
    void blockScalarsEndBeforeTheirLineEnd();
    void errorsHaveTheEditorsLine();
    void nestsDeeply();
    void aliasesDoNotExplode();
    void splitsValuesFiles();
};

void TestYamlReader::toValue_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *text, const char *expected) {
        QTest::addRow("%s", name) << QString::fromUtf8(text) << QString::fromUtf8(expected);
    };
    row("every number is a float64", "9007199254740993", "V9007199254740992");
    row("empty text", "", "Vnull");
    row("comments only", "# a\n", "Vnull");
    row("null spellings", "[~, null, Null, NULL, '']", R"(V[null,null,null,null,""])");
    row("true spellings", "[y, Y, yes, Yes, YES, true, True, TRUE, on, On, ON]",
        "V[true,true,true,true,true,true,true,true,true,true,true]");
    row("false spellings", "[n, N, no, No, NO, false, False, FALSE, off, Off, OFF]",
        "V[false,false,false,false,false,false,false,false,false,false,false]");
    row("half spelled words are strings", "[tRue, nO, oN]", R"(V["tRue","nO","oN"])");
    row("words as keys", "{x: 1, y: 2}", R"(V{"true":2,"x":1})");
    row("n as key", "n:\n", R"(V{"false":null})");
    row("hex, octal, binary", "[0x1F, 0o17, 0b11, 0777, 010, -0x1]", "V[31,15,3,511,8,-1]");
    row("no octal", "[089, 08]", "V[89,8]");
    row("floats", "[1e3, .5, 5., 1_000, 012e3, -.5, +1]", "V[1000,0.5,5,1000,12000,-0.5,1]");
    row("thirty digits", "123456789012345678901234567890", "V1.2345678901234568e+29");
    row("infinity", "a: .inf", "Eerror converting YAML to JSON: json: unsupported value: +Inf");
    row("not a number", "a: .nan", "Eerror converting YAML to JSON: json: unsupported value: NaN");
    row("base 60", "[1:30, 12:30:45]", R"(V["1:30","12:30:45"])");
    row("dates stay text", "[2001-12-14, 2001-12-14T21:59:43Z, 2001-12-14 21:59:43]",
        R"(V["2001-12-14","2001-12-14T21:59:43Z","2001-12-14 21:59:43"])");
    row("last of equal keys", "a: 1\nb: 2\na: 3\n", R"(V{"a":3,"b":2})");
    row("alias", "a: &x [1]\nb: *x\n", R"(V{"a":[1],"b":[1]})");
    row("merge before", "a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3\n", R"(V{"a":{"p":1,"q":2},"b":{"p":1,"q":3}})");
    row("merge of a list", "a: &x {p: 1}\nb: &y {p: 2, q: 2}\nc: {<<: [*x, *y]}\n",
        R"(V{"a":{"p":1},"b":{"p":2,"q":2},"c":{"p":1,"q":2}})");
    row("binary", "!!binary aGk=", R"(V"hi")");
    row("string by tag", "!!str 5", R"(V"5")");
    row("unknown tag", "!foo 5", R"(V"5")");
    row("number keys", "1: a\n1.5: b\n0x10: c\n", R"(V{"1":"a","1.5":"b","16":"c"})");
    row("null key", "~: 1",
        "Eerror converting YAML to JSON: unsupported map key of type: %!s(<nil>), key: <nil>, value: 1");
    row("key that is a map", "? {a: 1}\n: 2",
        R"(Eerror converting YAML to JSON: yaml: invalid map key: map[interface {}]interface {}{"a":1})");
    row("first document only", "a: 1\n---\n[", R"(V{"a":1})");
    row("byte order mark",
        "\xEF\xBB\xBF"
        "a: 1",
        R"(V{"a":1})");
    row("mapping values", "a: b: c",
        "Eerror converting YAML to JSON: yaml: mapping values are not allowed in this context");
    row("line is often one less", "a: 1\nb: c: d\n",
        "Eerror converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context");
    row("missing key", "a: 1\n b: 2\n",
        "Eerror converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context");
    row("expected key", "a:\n  - 1\n  b: 2\n",
        "Eerror converting YAML to JSON: yaml: line 2: did not find expected '-' indicator");
    row("node content", "a: [,]", "Eerror converting YAML to JSON: yaml: did not find expected node content");
    row("tab", "a:\n\tb: 1\n",
        "Eerror converting YAML to JSON: yaml: line 2: found character that cannot start any token");
    row("could not find colon", "a: 1\nb\nc: 2\n",
        "Eerror converting YAML to JSON: yaml: line 3: could not find expected ':'");
    row("unknown anchor", "a: *x", "Eerror converting YAML to JSON: yaml: unknown anchor 'x' referenced");
    row("control character", "a: \x01", "Eerror converting YAML to JSON: yaml: control characters are not allowed");
    row("question mark in flow", "[http://x/?a=b]",
        "Eerror converting YAML to JSON: yaml: did not find expected ',' or ']'");
}

void TestYamlReader::toValue()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString(show(yaml::toValue(text.toStdString()))), expected);
}

void TestYamlReader::recorded()
{
    QFETCH(std::string, input);
    QFETCH(std::string, answer);
    QCOMPARE(QString::fromStdString(show(yaml::toValue(input))), QString::fromStdString(answer));
}

void TestYamlReader::fastPathTakesCharts()
{
    const char *const manifest = R"(# Source: x
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: "a-b"
  labels: {app: x, tier: "y"}
spec:
  template:
    spec:
      containers:
      - name: launcher
        image: public.ecr.aws/x/launcher:latest   # c
        args: ["a", -b]
        env:
          - name: A
            value: 'it''s'
          - {name: B, value: "2"}
      - name: dind
        command:
        - sh
        - -c
        - |
          echo hi

          exec dockerd
      nothing:
      empty: {}
)";
    const std::optional<Value> fast = readFast(manifest);
    QVERIFY(fast.has_value());
    // With a tag in front of it, the same text goes the slow way.
    const Result<Value> slow = yaml::toValue(std::string("--- !!map\n") + manifest);
    QVERIFY2(slow.ok(), slow ? "" : slow.error().message.c_str());
    QCOMPARE(toJson(*fast), toJson(*slow));
    for (const char *odd :
        {"a: &x 1", "a: b\n c", "? a\n: b", "a: !!str 5", "a\n", "a: \t1", "- a\n - b", "a: >\n  x\n", "[a\n]", "%A\n"})
        QVERIFY2(!readFast(odd).has_value(), odd);
}

void TestYamlReader::toMapWantsAMap()
{
    QCOMPARE(show(toMap("")), std::string("V{}"));
    QCOMPARE(show(toMap("- a")),
        std::string("Eerror unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type "
                    "map[string]interface {}"));
}

void TestYamlReader::resolvesKeys()
{
    std::string key;
    QVERIFY(resolveKey("y", key));
    QCOMPARE(key, std::string("true"));
    QVERIFY(resolveKey("0x10", key));
    QCOMPARE(key, std::string("16"));
    QVERIFY(!resolveKey("~", key));
    QVERIFY(!resolvesToString("1:30"));
    QVERIFY(!resolvesToString("2001-01-01"));
    QVERIFY(resolvesToString("2001-13-01"));
    QVERIFY(resolvesToString("100m"));
}

void TestYamlReader::spans()
{
    const std::string text = "# c\na:   'x'  # d\nl:\n  - 1\n  - {b: [2]}\nm:\n  k: v\n\n# end\n";
    const Result<Stream> stream = parse(text);
    QVERIFY(stream.ok());
    const Node &root = stream->front().root;
    QCOMPARE(root.size(), std::size_t(3));
    QCOMPARE(textOf(text, root.key(0)), std::string("a"));
    QCOMPARE(textOf(text, root.valueAt(0)), std::string("'x'"));
    QCOMPARE(root.valueAt(0).style, Style::SingleQuoted);
    QCOMPARE(textOf(text, root.valueAt(1)), std::string("- 1\n  - {b: [2]}"));
    QCOMPARE(textOf(text, root.valueAt(1).children[1]), std::string("{b: [2]}"));
    QCOMPARE(textOf(text, root.valueAt(2)), std::string("k: v"));
    QCOMPARE(root.valueAt(2).line, 7);
    QCOMPARE(root.valueAt(2).column, 2);
}

void TestYamlReader::spansBehindAccents()
{
    std::string text = "\xEF\xBB\xBF";
    for (int i = 0; i < 100; ++i)
        text += "é" + std::to_string(i) + ": 'ü日'\n";
    const Result<Stream> stream = parse(text);
    QVERIFY(stream.ok());
    for (std::size_t i = 0; i < 100; ++i) {
        QCOMPARE(textOf(text, stream->front().root.key(i)), "é" + std::to_string(i));
        QCOMPARE(textOf(text, stream->front().root.valueAt(i)), std::string("'ü日'"));
    }
}

void TestYamlReader::blockScalarsEndBeforeTheirLineEnd()
{
    const std::string text = "a: |\n  x\n  y\n\nb: |+\n  z\n\nc: >-\n  w\n";
    const Result<Stream> stream = parse(text);
    const Node &root = stream->front().root;
    QCOMPARE(textOf(text, root.valueAt(0)), std::string("|\n  x\n  y"));
    QCOMPARE(textOf(text, root.valueAt(1)), std::string("|+\n  z\n"));
    QCOMPARE(textOf(text, root.valueAt(2)), std::string(">-\n  w"));
}

void TestYamlReader::errorsHaveTheEditorsLine()
{
    const Result<Stream> stream = parse("a: 1\né:\n  - 1\n  b: 2\n");
    QVERIFY(!stream.ok());
    QCOMPARE(stream.error().message, std::string("yaml: line 3: did not find expected '-' indicator"));
    QCOMPARE(stream.error().at.line, 4);
    QCOMPARE(stream.error().at.column, 2);
}

void TestYamlReader::nestsDeeply()
{
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    bool deep = false;
    std::string tooDeep;
    test::onBigStack([&](std::size_t) {
        deep = yaml::toValue(nested(9999)).ok();
        tooDeep = yaml::toValue(nested(10001)).error().message;
    });
    QVERIFY(deep);
    QCOMPARE(tooDeep, std::string("error converting YAML to JSON: yaml: exceeded max depth of 10000"));
}

void TestYamlReader::aliasesDoNotExplode()
{
    std::string text = "a: &a [x,x,x,x,x,x,x,x,x]\n";
    for (char name = 'b'; name < 'j'; ++name) {
        const std::string before(1, static_cast<char>(name - 1));
        text += std::string(1, name) + ": &" + name + " [";
        for (int i = 0; i < 9; ++i)
            text += (i ? ",*" : "*") + before;
        text += "]\n";
    }
    const Result<Value> value = yaml::toValue(text);
    QVERIFY(!value.ok());
    QCOMPARE(value.error().message,
        std::string("error converting YAML to JSON: yaml: document contains excessive aliasing"));
    QCOMPARE(yaml::toValue("a: &a [*a]").error().message,
        std::string("error converting YAML to JSON: yaml: anchor 'a' value contains itself"));
}

void TestYamlReader::splitsValuesFiles()
{
    using Texts = std::vector<std::string>;
    QCOMPARE(*splitDocuments("a: 1"), Texts{"a: 1\n"});
    QCOMPARE(*splitDocuments("a: 1\n--- # c\nb: 2\n"), (Texts{"a: 1\n", "b: 2\n"}));
    QCOMPARE(*splitDocuments("---\na: 1\r\n"), Texts{"---\na: 1\n"});
    QCOMPARE(*splitDocuments(""), Texts{});
    QCOMPARE(splitDocuments("a: 1\n---x\n").error().message, std::string("invalid Yaml document separator: x"));
}

QTEST_APPLESS_MAIN(TestYamlReader)
#include "tst_yaml_reader.moc"
