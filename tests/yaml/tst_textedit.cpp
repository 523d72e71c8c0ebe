// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/json.h"
#include "yaml/textedit.h"

#include <QtTest>

#include <random>

using namespace pk;
using namespace pk::yaml;

namespace {

const char *const sample = R"(# Values of the pool "builders".
# Kept in git.

replicaCount: 2   # how many workers
credentials:
  create: true
  token: "abc"    # quoted
  privateKey: |
    line one
      deeper

    last
launcher:
  image:
    repository: public.ecr.aws/spacelift/launcher
    tag: '1.10'

    # a comment between
    pullPolicy: Always
  extraEnv:
    # first
    - name: A
      value: "1"
    # second
    - name: B   # behind
      value: two words
  resources: {}
  args: [a, "b c", {d: 1}]
"y": quoted key
empty:
list:
- 1
- 2
- - x
  - y
affinity: {nodeAffinity: {weight: 1}, other: [1, 2]}
folded: >-
  one
  two
common: &common
  a: 1
  b: 2
user: *common
merged:
  <<: *common
  c: 3
last: "end"
)";

Value tree(std::string_view yaml)
{
    Result<Value> value = toValue(yaml);
    return value ? *value : Value::string("unreadable: " + value.error().message);
}

/// All places in a tree.
void collect(const Value &value, const Path &at, std::vector<Path> &paths)
{
    if (!at.isRoot())
        paths.push_back(at);
    if (value.isMap()) {
        for (const Map::Entry &entry : value.asMap())
            collect(entry.value, at.child(entry.key), paths);
    } else if (value.isList()) {
        for (std::size_t i = 0; i < value.asList().items.size(); ++i)
            collect(value.asList().items[i], at.child(i), paths);
    }
}

const Value *at(const Value &root, const Path &path)
{
    const Value *value = &root;
    for (const Step &step : path.steps()) {
        if (const auto *key = std::get_if<std::string>(&step)) {
            value = value->isMap() ? value->asMap().find(*key) : nullptr;
        } else {
            const std::size_t index = std::get<std::size_t>(step);
            value = value->isList() && index < value->asList().items.size() ? &value->asList().items[index] : nullptr;
        }
        if (!value)
            return nullptr;
    }
    return value;
}

Value randomValue(std::mt19937 &random, int depth)
{
    static const char *const texts[] = {"x", "yes", "1.10", "a: b", "# no", "two\nlines\n", "", "null", " lead", "é",
        "it's", "\"q\"", "[a]", "y", "line\n  deep", "tab\t", "-", "12:30", "a,b}c", "*x", "\n",
        "long text that goes on and on for more than eighty characters, "
        "so that a printer would like to fold it"};
    const auto pick = [&](int count) { return static_cast<int>(random() % static_cast<unsigned>(count)); };
    switch (pick(depth > 0 ? 8 : 5)) {
    case 0:
        return Value::number(pick(100000));
    case 1:
        return Value::boolean(pick(2) == 1);
    case 2:
        return pick(4) == 0 ? Value() : Value::number(0.5 * pick(9));
    case 3:
    case 4:
        return Value::string(texts[pick(std::size(texts))]);
    case 5: {
        std::vector<Value> items;
        for (int i = pick(4); i > 0; --i)
            items.push_back(randomValue(random, depth - 1));
        return Value::list(std::move(items));
    }
    default: {
        static const char *const keys[] = {"a", "b", "name", "y", "1", "k k", "value", "on", "x.y"};
        Value map = Value::map();
        for (int i = pick(4); i > 0; --i)
            map.asMap().set(keys[pick(std::size(keys))], randomValue(random, depth - 1));
        return map;
    }
    }
}

} // namespace

class TestTextEdit : public QObject
{
    Q_OBJECT

private slots:
    void path_data();
    void path();
    void refusesBadPaths();
    void setValue_data();
    void setValue();
    void setYamlKeepsTheWords();
    void remove_data();
    void remove();
    void insertsItems();
    void refusesWhatComesFromElsewhere();
    void keepsLineEndsOfWindows();
    void randomEdits_data();
    void randomEdits();
};

void TestTextEdit::path_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("steps");
    QTest::addRow("root") << QString() << 0;
    QTest::addRow("keys and an index") << QStringLiteral("launcher.extraEnv[3].value") << 4;
    QTest::addRow("key with dots") << QStringLiteral("nodeSelector[\"kubernetes.io/os\"]") << 2;
    QTest::addRow("index first") << QStringLiteral("[0][1]") << 2;
    QTest::addRow("quote in key") << QStringLiteral("a[\"x\\\"]y\"].b") << 3;
    QTest::addRow("empty key") << QStringLiteral("[\"\"]") << 1;
}

void TestTextEdit::path()
{
    QFETCH(QString, text);
    QFETCH(int, steps);
    const Result<Path> path = Path::parse(text.toStdString());
    QVERIFY(path.ok());
    QCOMPARE(static_cast<int>(path->size()), steps);
    QCOMPARE(QString::fromStdString(path->toString()), text);
}

void TestTextEdit::refusesBadPaths()
{
    for (const char *text : {"a..b", ".a", "a.", "a[", "a[x]", "a[1", "a[\"b]", "a b", "a[-1]"})
        QVERIFY2(!Path::parse(text).ok(), text);
}

void TestTextEdit::setValue_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("after");
    const auto row = [](const char *name, const char *before, const char *path, const char *json, const char *after) {
        QTest::addRow("%s", name) << QString::fromUtf8(before) << QString::fromUtf8(path) << QString::fromUtf8(json)
                                  << QString::fromUtf8(after);
    };
    row("number beside a comment", "a: 1  # c\nb: 2\n", "a", "5", "a: 5  # c\nb: 2\n");
    row("no change", "a: 1.0\n", "a", "1", "a: 1.0\n");
    row("double quotes stay", "a: \"x\"\n", "a", "\"yes\"", "a: \"yes\"\n");
    row("single quotes stay", "a: 'x'\n", "a", "\"it's\"", "a: 'it''s'\n");
    row("plain string that must be quoted", "a: x\n", "a", "\"yes\"", "a: \"yes\"\n");
    row("key that must be quoted", "a: x\n", "y", "1", "a: x\n\"y\": 1\n");
    row("key known to YAML as true", "y: 1\n", "true", "2", "y: 2\n");
    row("empty value gets one", "a: # c\nb: 2\n", "a", "1", "a: 1 # c\nb: 2\n");
    row("new key at the end of its map", "a:\n  b: 1 # c\nd: 2\n", "a.c", "3", "a:\n  b: 1 # c\n  c: 3\nd: 2\n");
    row("missing parents in the file's step", "a:\n    b: 1\n", "c.d.e", "true",
        "a:\n    b: 1\nc:\n    d:\n        e: true\n");
    row("empty map becomes a block", "a: {} # c\nb: 1\n", "a.x", "1", "a: # c\n  x: 1\nb: 1\n");
    row("flow map stays one", "a: {x: 1}\n", "a.y", "[1]", "a: {x: 1, \"y\": [1]}\n");
    row("list below its key", "l:\n- a\n", "m", "[1, {\"n\": 2}]", "l:\n- a\nm:\n- 1\n- \"n\": 2\n");
    row("list indented", "l:\n  - a\n", "m", "[1]", "l:\n  - a\nm:\n  - 1\n");
    row("append an item", "l:\n  - a # c\nz: 1\n", "l[1]", "\"b\"", "l:\n  - a # c\n  - b\nz: 1\n");
    row("block to scalar keeps the comment of the key", "a: # c\n  b: 1\n  # d\nz: 1\n", "a", "7",
        "a: 7  # c\n  # d\nz: 1\n");
    row("literal replaced", "a: |\n  x\n  y\nb: 1\n", "a", "\"one\"", "a: one\nb: 1\n");
    row("several lines become a literal", "a: x\nb: 1\n", "a", "\"p\\nq\\n\"", "a: |\n  p\n  q\nb: 1\n");
    row("map changes only where it differs", "m:\n  a: 1 # one\n  b: 2 # two\n", "m", "{\"a\": 1, \"b\": 3}",
        "m:\n  a: 1 # one\n  b: 3 # two\n");
    row("no final newline stays so", "a: 1", "b", "2", "a: 1\nb: 2\n");
    row("empty file", "", "a.b", "1", "a:\n  b: 1\n");
    row("file of comments", "# only\n", "a", "1", "# only\na: 1\n");
    row("anchor stays", "a: &x 1\n", "a", "2", "a: &x 2\n");
    row("item of a nested list", "l:\n- - x\n  - y\n", "l[0][1]", "\"z\"", "l:\n- - x\n  - z\n");
    row("first document only", "a: 1\n---\na: 5\n", "a", "2", "a: 2\n---\na: 5\n");
    row("accents before the place", "é: ü # ß\nb: 1\n", "b", "2", "é: ü # ß\nb: 2\n");
}

void TestTextEdit::setValue()
{
    QFETCH(QString, before);
    QFETCH(QString, path);
    QFETCH(QString, json);
    QFETCH(QString, after);
    const std::string text = before.toStdString();
    const Result<TextEdit> edit =
        yaml::setValue(text, *Path::parse(path.toStdString()), *parseJson(json.toStdString()));
    QVERIFY2(edit.ok(), edit ? "" : edit.error().message.c_str());
    std::string expected = after.toStdString();
    if (!text.empty() && text.back() != '\n')
        expected.pop_back();
    QCOMPARE(QString::fromStdString(edit->applied(text)), QString::fromStdString(expected));
    QCOMPARE(edit->inverse(text).applied(edit->applied(text)), text);
}

void TestTextEdit::setYamlKeepsTheWords()
{
    const std::string text = "a: 1 # c\n";
    const auto edited = [&](const char *yaml) { return setYaml(text, Path{"a"}, yaml)->applied(text); };
    QCOMPARE(edited("0x10"), std::string("a: 0x10 # c\n"));
    QCOMPARE(edited("'single'"), std::string("a: 'single' # c\n"));
    QCOMPARE(edited("[x,  y]"), std::string("a: [x,  y] # c\n"));
    QCOMPARE(edited("yes"), std::string("a: yes # c\n"));
}

void TestTextEdit::remove_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("after");
    const auto row = [](const char *name, const char *before, const char *path, const char *after) {
        QTest::addRow("%s", name) << QString::fromUtf8(before) << QString::fromUtf8(path) << QString::fromUtf8(after);
    };
    row("entry with its comments", "a: 1\n# about b\nb: 2 # c\nc: 3\n", "b", "a: 1\nc: 3\n");
    row("the comment that begins the file stays", "# file\na: 1\nb: 2\n", "a", "# file\nb: 2\n");
    row("comment of another column stays", "m:\n  a: 1\n# x\n  b: 2\n", "m.b", "m:\n  a: 1\n# x\n");
    row("last entry leaves braces", "m: # c\n  a: 1\n", "m.a", "m: {}  # c\n");
    row("last item leaves brackets", "l:\n- 1\nz: 1\n", "l[0]", "l: []\nz: 1\n");
    row("first of an item", "l:\n- a: 1\n  b: 2\n", "l[0].a", "l:\n- b: 2\n");
    row("flow entry", "m: {a: 1, b: 2, c: 3}\n", "m.b", "m: {a: 1, c: 3}\n");
    row("last flow entry", "m: [1, 2]\n", "m[1]", "m: [1]\n");
    row("item with its comments", "l:\n# one\n- 1\n# two\n- 2\n", "l[1]", "l:\n# one\n- 1\n");
    row("literal", "a: |\n  x\n\nb: 1\n", "a", "\nb: 1\n");
    row("equal keys all go", "a: 1\nb: 2\na: 3\n", "a", "b: 2\n");
    row("not there", "a: 1\n", "b.c", "a: 1\n");
    row("at the end without newline", "a: 1\nb: 2", "b", "a: 1");
}

void TestTextEdit::remove()
{
    QFETCH(QString, before);
    QFETCH(QString, path);
    QFETCH(QString, after);
    const std::string text = before.toStdString();
    const Result<TextEdit> edit = removeKey(text, *Path::parse(path.toStdString()));
    QVERIFY2(edit.ok(), edit ? "" : edit.error().message.c_str());
    QCOMPARE(QString::fromStdString(edit->applied(text)), after);
}

void TestTextEdit::insertsItems()
{
    const auto inserted = [](const std::string &text, Path path) {
        const Result<TextEdit> edit = insertItem(text, path, Value::string("new"));
        return edit ? edit->applied(text) : edit.error().message;
    };
    QCOMPARE(inserted("l:\n# one\n- 1\n- 2\n", Path{"l", std::size_t(0)}), std::string("l:\n- new\n# one\n- 1\n- 2\n"));
    QCOMPARE(inserted("l:\n  - 1\n  # two\n  - 2\n", Path{"l", std::size_t(1)}),
        std::string("l:\n  - 1\n  - new\n  # two\n  - 2\n"));
    QCOMPARE(inserted("l: [1, 2]\n", Path{"l", std::size_t(1)}), std::string("l: [1, new, 2]\n"));
    QCOMPARE(inserted("l: []\n", Path{"l", std::size_t(0)}), std::string("l:\n  - new\n"));
    QCOMPARE(inserted("l:\n- - x\n", Path{"l", std::size_t(0), std::size_t(0)}), std::string("l:\n- - new\n  - x\n"));
}

void TestTextEdit::refusesWhatComesFromElsewhere()
{
    const std::string text = sample;
    const Result<TextEdit> alias = yaml::setValue(text, *Path::parse("user.a"), Value::number(5));
    QVERIFY(!alias.ok());
    QCOMPARE(alias.error().id, std::string("yaml.edit-alias"));
    QVERIFY2(!yaml::setValue(text, *Path::parse("common.a"), Value::number(5)).ok(), "would change the alias as well");
    QVERIFY(!yaml::setValue("a: [1\n", Path{"a"}, Value::number(5)).ok());
    QVERIFY(!yaml::setValue("a: text\n", *Path::parse("a.b"), Value::number(5)).ok());
}

void TestTextEdit::keepsLineEndsOfWindows()
{
    std::string text = "a: 1 # c\r\nb:\r\n  c: 2\r\n";
    text = yaml::setValue(text, *Path::parse("b.d.e"), Value::number(3))->applied(text);
    QCOMPARE(text, std::string("a: 1 # c\r\nb:\r\n  c: 2\r\n  d:\r\n    e: 3\r\n"));
    text = yaml::removeKey(text, *Path::parse("b.c"))->applied(text);
    QCOMPARE(text, std::string("a: 1 # c\r\nb:\r\n  d:\r\n    e: 3\r\n"));
}

void TestTextEdit::randomEdits_data()
{
    QTest::addColumn<bool>("crlf");
    QTest::addRow("unix") << false;
    QTest::addRow("windows") << true;
}

/// Any edit gives the intended tree or is refused; what it leaves out of its own place is as before.
void TestTextEdit::randomEdits()
{
    QFETCH(bool, crlf);
    std::mt19937 random(7);
    int done = 0;
    int tried = 0;
    for (int round = 0; round < 60; ++round) {
        std::string text = sample;
        if (crlf) {
            std::string windows;
            for (const char c : text)
                windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
            text = windows;
        }
        for (int step = 0; step < 12; ++step) {
            const Value before = tree(text);
            std::vector<Path> paths;
            collect(before, {}, paths);
            Path path = paths[random() % paths.size()];
            const bool removes = random() % 4 == 0;
            if (!removes && random() % 4 == 0)
                path = path.parent().child(std::string("fresh"));
            const Value value = randomValue(random, 2);
            const Result<TextEdit> edit = removes ? removeKey(text, path) : yaml::setValue(text, path, value);
            const std::string top = std::get<std::string>(path.steps()[0]);
            // Shared by aliases, or no place for a key: may be refused.
            const bool mayFail = top == "common" || top == "user" || top == "merged"
                || (!removes && !path.isRoot() && path.last() == Step("fresh") && path.size() > 1
                    && !at(before, path.parent())->isMap());
            tried += !mayFail;
            if (!edit && !mayFail)
                qInfo("%s %s: %s", path.toString().c_str(), removes ? "removed" : toJson(value).c_str(), text.c_str());
            if (!edit)
                continue;
            done += !mayFail;
            const std::string after = edit->applied(text);
            const Value now = tree(after);
            const Value *there = at(now, path);
            if (!removes) {
                QVERIFY2(there && there->sameContent(value), (path.toString() + "\n" + after).c_str());
            }
            QVERIFY(crlf == (after.find("\r\n") != std::string::npos));
            if (!crlf)
                QVERIFY(after.find('\r') == std::string::npos || text.find('\r') != std::string::npos);
            // Everything else is as it was.
            std::vector<Path> others;
            collect(before, {}, others);
            for (const Path &other : others) {
                if (other.startsWith(path) || path.startsWith(other) || (path.size() == other.size() && removes)
                    || (removes && other.startsWith(path.parent())))
                    continue;
                const Value *old = at(before, other);
                const Value *is = at(now, other);
                QVERIFY2(is && is->sameContent(*old), (path.toString() + " changed " + other.toString()).c_str());
            }
            text = after;
        }
    }
    QVERIFY2(
        tried - done < tried / 50, qPrintable(QStringLiteral("%1 of %2 edits were possible").arg(done).arg(tried)));
    QVERIFY(tried > 400);
}

QTEST_APPLESS_MAIN(TestTextEdit)
#include "tst_textedit.moc"
