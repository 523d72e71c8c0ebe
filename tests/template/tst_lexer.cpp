// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/lexer.h"

#include <QTest>

using namespace pk::tmpl;

/// Tokens as text: kind, then what was cut, for each.
class TestLexer : public QObject
{
    Q_OBJECT

private slots:
    void tokens_data();
    void tokens();
    void lines();
};

namespace {

const char *nameOf(TokenType type)
{
    switch (type) {
    case TokenType::Error:
        return "error";
    case TokenType::Bool:
        return "bool";
    case TokenType::Char:
        return "char";
    case TokenType::CharConstant:
        return "rune";
    case TokenType::Complex:
        return "complex";
    case TokenType::Assign:
    case TokenType::Declare:
    case TokenType::Pipe:
    case TokenType::LeftParen:
    case TokenType::RightParen:
    case TokenType::LeftDelim:
    case TokenType::RightDelim:
        return "";
    case TokenType::Eof:
        return "eof";
    case TokenType::Field:
        return "field";
    case TokenType::Identifier:
        return "name";
    case TokenType::Number:
        return "number";
    case TokenType::RawString:
        return "raw";
    case TokenType::Space:
        return "space";
    case TokenType::String:
        return "string";
    case TokenType::Text:
        return "text";
    case TokenType::Variable:
        return "variable";
    default:
        return "keyword";
    }
}

QByteArray shown(const Token &token)
{
    QByteArray text(token.text.data(), static_cast<qsizetype>(token.text.size()));
    text.replace("\n", "\\n");
    const QByteArray name = nameOf(token.type);
    return name == "space" || name == "eof" ? name : name.isEmpty() ? text : name + ":" + text;
}

} // namespace

void TestLexer::tokens_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("want");
    const auto row = [](const char *name, const char *input, const char *want) {
        QTest::newRow(name) << QByteArray(input) << QByteArray(want);
    };
    row("empty", "", "eof");
    row("text", "now is\nthe time", "text:now is\\nthe time eof");
    row("comment vanishes", "hello-{{/* this {{ is }} */}}-world", "text:hello- text:-world eof");
    row("punctuation", "{{,@% }}", "{{ char:, char:@ char:% space }} eof");
    row("parens", "{{((3))}}", "{{ ( ( number:3 ) ) }} eof");
    row("empty action", "{{}}", "{{ }} eof");
    row("name", "{{for}}", "{{ name:for }} eof");
    row("quotes", R"({{"abc \n\t\" "}})", R"({{ string:"abc \n\t\" " }} eof)");
    row("raw over lines", "{{`a\n{{\\`}}", "{{ raw:`a\\n{{\\` }} eof");
    row("numbers", "{{1 02 0x14 0X14 -7.2i 1e3 +1.2e-4 4.2i 1+2i 1_2 0x1.e_fp4}}",
        "{{ number:1 space number:02 space number:0x14 space number:0X14 space number:-7.2i space number:1e3 space "
        "number:+1.2e-4 space number:4.2i space complex:1+2i space number:1_2 space number:0x1.e_fp4 }} eof");
    row("characters", R"({{'a' '\n' '\'' '\\' '\u00FF'}})",
        R"({{ rune:'a' space rune:'\n' space rune:'\'' space rune:'\\' space rune:'\u00FF' }} eof)");
    row("bools", "{{true false}}", "{{ bool:true space bool:false }} eof");
    row("dot", "{{.}}", "{{ keyword:. }} eof");
    row("nil", "{{nil}}", "{{ keyword:nil }} eof");
    row("fields", "{{.x . .2 .x.y.z}}",
        "{{ field:.x space keyword:. space number:.2 space field:.x field:.y field:.z }} eof");
    row("keywords", "{{range if else end with block define template break continue}}",
        "{{ keyword:range space keyword:if space keyword:else space keyword:end space keyword:with space keyword:block "
        "space keyword:define space keyword:template space keyword:break space keyword:continue }} eof");
    row("variables", "{{$c := printf $ $hello $23 $ $var.Field .Method}}",
        "{{ variable:$c space := space name:printf space variable:$ space variable:$hello space variable:$23 space "
        "variable:$ space variable:$var field:.Field space field:.Method }} eof");
    row("variable called", "{{$x 23}}", "{{ variable:$x space number:23 }} eof");
    row("pipeline", "{{it|.x |y}}", "{{ name:it | field:.x space | name:y }} eof");
    row("declaration of two", "{{$v,$w := 3}}", "{{ variable:$v char:, variable:$w space := space number:3 }} eof");
    row("field of parens", "{{(.X).Y}}", "{{ ( field:.X ) field:.Y }} eof");
    row("trims both sides", "hello- {{- 3 -}} -world", "text:hello- {{ number:3 }} text:-world eof");
    row("trims around a comment", "hello- {{- /* hello */ -}} -world", "text:hello- text:-world eof");
    row("trims all there is", " \n{{- 3}}", "{{ number:3 }} eof");
    row("minus and digit is a number", "{{-3}}", "{{ number:-3 }} eof");
    row("unicode names", "{{.\xE6\x97\xA5 \xC3\xA9t\xC3\xA9}}",
        "{{ field:.\xE6\x97\xA5 space name:\xC3\xA9t\xC3\xA9 }} eof");
    row("bad character", "#{{\x01}}", "text:# {{ error:unrecognized character in action: U+0001");
    row("unclosed action", "{{", "{{ error:unclosed action");
    row("end of input in action", "{{range", "{{ keyword:range error:unclosed action");
    row("unclosed quote", "{{\"\n\"}}", "{{ error:unterminated quoted string");
    row("unclosed raw quote", "{{`xx}}", "{{ error:unterminated raw quoted string");
    row("unclosed character", "{{'\n}}", "{{ error:unterminated character constant");
    row("bad number", "{{3k}}", "{{ error:bad number syntax: \"3k\"");
    row("open paren", "{{(3}}", "{{ ( number:3 error:unclosed left paren");
    row("extra paren", "{{3)}}", "{{ number:3 error:unexpected right paren");
    row("minus in a name", "{{.a-b}}", "{{ error:bad character U+002D '-'");
    row("comment open", "hello-{{/*/}}-world", "text:hello- error:unclosed comment");
    row("comment with text behind", "hello-{{/* */ }}-world",
        "text:hello- error:comment ends before closing delimiter");
    row("colon alone", "{{:}}", "{{ error:expected :=");
}

void TestLexer::tokens()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, want);
    Lexer lexer(std::string_view(input.constData(), static_cast<std::size_t>(input.size())));
    QByteArrayList actual;
    Token token;
    do {
        token = lexer.next();
        actual.append(shown(token));
    } while (token.type != TokenType::Eof && token.type != TokenType::Error);
    QCOMPARE(actual.join(' '), want);
}

void TestLexer::lines()
{
    Lexer lexer("a\n{{- /* x\ny */ -}}\n\n{{ .a\n.b }}c");
    std::vector<int> lines;
    for (Token token = lexer.next(); token.type != TokenType::Eof; token = lexer.next()) {
        if (token.type != TokenType::Space)
            lines.push_back(token.line);
    }
    // a, {{, .a, .b, }}, c
    QCOMPARE(lines, (std::vector<int>{1, 5, 5, 6, 6, 6}));
}

QTEST_APPLESS_MAIN(TestLexer)
#include "tst_lexer.moc"
