// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/parser.h"

#include "base/quote.h"
#include "template/tree.h"

#include <algorithm>

namespace pk::tmpl {

namespace {

/// Go allows 10000 parentheses and any number of blocks; its stack grows, ours does not.
constexpr int maxDepth = 500;

std::uint32_t offset(std::size_t pos)
{
    return static_cast<std::uint32_t>(pos);
}

} // namespace

/// Counts a level of nesting for the life of one block.
class Tree::Nesting
{
public:
    explicit Nesting(Tree &tree) : m_depth(tree.m_job.depth)
    {
        if (m_depth >= maxDepth)
            tree.fail("max expression depth exceeded");
        ++m_depth;
    }
    ~Nesting() { --m_depth; }
    Nesting(const Nesting &) = delete;
    Nesting &operator=(const Nesting &) = delete;

private:
    int &m_depth;
};

Result<std::vector<Definition>> parseTemplate(
    std::string_view name, std::string_view text, const FunctionTable &functions)
{
    ParseJob job{.name = name, .lexer = Lexer(text), .functions = functions};
    try {
        Tree(job).parseText(name);
    } catch (const ParseFailure &failure) {
        return failure.error;
    }
    return std::move(job.definitions);
}

void Tree::parseText(std::string_view name)
{
    auto root = std::make_unique<Block>(Block{.pos = offset(peek().pos), .nodes = {}});
    while (peek().type != TokenType::Eof) {
        if (peek().type == TokenType::LeftDelim) {
            const Token delim = next();
            if (nextNonSpace().type == TokenType::Define) {
                Tree(m_job).parseDefinition();
                continue;
            }
            backup2(delim);
        }
        Statement statement = textOrAction();
        if (statement.kind != Statement::Kind::Node)
            fail(std::string("unexpected ") + statement.word());
        root->nodes.push_back(std::move(statement.node));
    }
    add(std::string(name), std::move(root));
}

void Tree::parseDefinition()
{
    static constexpr const char *context = "define clause";
    const Token token = nextNonSpace();
    if (token.type != TokenType::String && token.type != TokenType::RawString)
        unexpected(token, context);
    std::string name = literal(token);
    expect(TokenType::RightDelim, context);
    Statement end;
    std::unique_ptr<Block> root = itemList(end);
    if (end.kind != Statement::Kind::End)
        fail(std::string("unexpected ") + end.word() + " in " + context);
    add(std::move(name), std::move(root));
}

bool Tree::parseBlockBody(const std::string &name, std::string &end)
{
    Statement last;
    std::unique_ptr<Block> root = itemList(last);
    if (last.kind != Statement::Kind::End) {
        end = last.word();
        return false;
    }
    add(name, std::move(root));
    return true;
}

void Tree::add(std::string name, std::unique_ptr<Block> root)
{
    const auto known = std::find_if(m_job.definitions.begin(), m_job.definitions.end(),
        [&name](const Definition &definition) { return definition.name == name; });
    if (known == m_job.definitions.end())
        m_job.definitions.push_back({std::move(name), std::move(root)});
    else if (isEmpty(*known->root))
        known->root = std::move(root);
    else if (!isEmpty(*root))
        fail("template: multiple definition of template " + goQuote(name));
}

std::unique_ptr<Block> Tree::itemList(Statement &end)
{
    const Nesting nesting(*this);
    auto list = std::make_unique<Block>(Block{.pos = offset(peekNonSpace().pos), .nodes = {}});
    while (peekNonSpace().type != TokenType::Eof) {
        Statement statement = textOrAction();
        if (statement.kind != Statement::Kind::Node) {
            end = std::move(statement);
            return list;
        }
        list->nodes.push_back(std::move(statement.node));
    }
    fail("unexpected EOF");
}

Tree::Statement Tree::textOrAction()
{
    const Token token = nextNonSpace();
    if (token.type == TokenType::Text) {
        Statement statement;
        statement.node = {offset(token.pos), static_cast<std::uint32_t>(token.line), TextNode{std::string(token.text)}};
        return statement;
    }
    if (token.type != TokenType::LeftDelim)
        unexpected(token, "input");
    m_actionLine = token.line;
    Statement statement = action();
    m_actionLine = 0;
    return statement;
}

Tree::Statement Tree::action()
{
    const auto node = [](Node made) { return Statement{.kind = Statement::Kind::Node, .node = std::move(made)}; };
    const Token token = nextNonSpace();
    switch (token.type) {
    case TokenType::Block:
        return node(blockControl());
    case TokenType::Break:
    case TokenType::Continue:
        return node(jump(token, token.type == TokenType::Break));
    case TokenType::Else:
        return elseControl();
    case TokenType::End:
        return endControl();
    case TokenType::If:
        return node(ifOrWith("if"));
    case TokenType::Range:
        return node(rangeControl());
    case TokenType::Template:
        return node(templateControl());
    case TokenType::With:
        return node(ifOrWith("with"));
    default:
        break;
    }
    backup();
    const Token first = peek();
    return node({offset(first.pos), static_cast<std::uint32_t>(first.line),
        ActionNode{pipeline("command", TokenType::RightDelim)}});
}

Node Tree::jump(const Token &token, bool isBreak)
{
    const std::string action = isBreak ? "{{break}}" : "{{continue}}";
    if (const Token end = nextNonSpace(); end.type != TokenType::RightDelim)
        unexpected(end, action.c_str());
    if (m_rangeDepth == 0)
        fail(action + " outside {{range}}");
    Node node{offset(token.pos), static_cast<std::uint32_t>(token.line), BreakNode{}};
    if (!isBreak)
        node.what = ContinueNode{};
    return node;
}

Tree::Branches Tree::control(const char *context)
{
    const std::string_view word = context;
    const std::size_t scope = m_variables.size();
    Branches branches{.pipeline = pipeline(context, TokenType::RightDelim), .block = {}, .otherwise = {}};
    const bool isRange = word == "range";
    m_rangeDepth += isRange;
    Statement end;
    branches.block = itemList(end);
    m_rangeDepth -= isRange;
    if (end.kind == Statement::Kind::Else) {
        // "else if" and "else with" leave their second word pending: a block of that one statement, whose `end` is the
        // end of both.
        const TokenType pending = peek().type;
        if ((word == "if" && pending == TokenType::If) || (word == "with" && pending == TokenType::With)) {
            const Nesting nesting(*this);
            next();
            branches.otherwise = std::make_unique<Block>(Block{.pos = end.pos, .nodes = {}});
            branches.otherwise->nodes.push_back(ifOrWith(context));
        } else {
            branches.otherwise = itemList(end);
            if (end.kind != Statement::Kind::End)
                fail(std::string("expected end; found ") + end.word());
        }
    }
    m_variables.resize(scope);
    return branches;
}

Node Tree::ifOrWith(const char *word)
{
    Branches branches = control(word);
    const std::uint32_t pos = branches.pipeline.pos;
    const std::uint32_t line = branches.pipeline.line;
    return {pos, line,
        ConditionNode{std::string_view(word) == "with", std::move(branches.pipeline), std::move(branches.block),
            std::move(branches.otherwise)}};
}

Node Tree::rangeControl()
{
    Branches branches = control("range");
    const std::uint32_t pos = branches.pipeline.pos;
    const std::uint32_t line = branches.pipeline.line;
    return {
        pos, line, RangeNode{std::move(branches.pipeline), std::move(branches.block), std::move(branches.otherwise)}};
}

Tree::Statement Tree::endControl()
{
    Statement statement;
    statement.kind = Statement::Kind::End;
    statement.pos = offset(expect(TokenType::RightDelim, "end").pos);
    return statement;
}

Tree::Statement Tree::elseControl()
{
    Token token = peekNonSpace();
    if (token.type != TokenType::If && token.type != TokenType::With)
        token = expect(TokenType::RightDelim, "else");
    Statement statement;
    statement.kind = Statement::Kind::Else;
    statement.pos = offset(token.pos);
    return statement;
}

Node Tree::blockControl()
{
    static constexpr const char *context = "block clause";
    const Token token = nextNonSpace();
    std::string name = templateName(token, context);
    auto argument = std::make_unique<Pipeline>(pipeline(context, TokenType::RightDelim));
    std::string end;
    if (!Tree(m_job).parseBlockBody(name, end))
        fail("unexpected " + end + " in " + context);
    return {
        offset(token.pos), static_cast<std::uint32_t>(token.line), TemplateNode{std::move(name), std::move(argument)}};
}

Node Tree::templateControl()
{
    static constexpr const char *context = "template clause";
    const Token token = nextNonSpace();
    TemplateNode call{.name = templateName(token, context), .argument = {}};
    if (nextNonSpace().type != TokenType::RightDelim) {
        backup();
        call.argument = std::make_unique<Pipeline>(pipeline(context, TokenType::RightDelim));
    }
    return {offset(token.pos), static_cast<std::uint32_t>(token.line), std::move(call)};
}

std::string Tree::templateName(const Token &token, const char *context)
{
    if (token.type != TokenType::String && token.type != TokenType::RawString)
        unexpected(token, context);
    return literal(token);
}

Operand Tree::parentheses(const Token &token)
{
    const Nesting nesting(*this);
    return {static_cast<std::uint32_t>(token.pos),
        std::make_unique<Pipeline>(pipeline("parenthesized pipeline", TokenType::RightParen))};
}

// Tokens.

Token Tree::next()
{
    if (m_peeked > 0)
        --m_peeked;
    else
        m_tokens[0] = m_job.lexer.next();
    return m_tokens[m_peeked];
}

Token Tree::peek()
{
    if (m_peeked > 0)
        return m_tokens[m_peeked - 1];
    m_peeked = 1;
    m_tokens[0] = m_job.lexer.next();
    return m_tokens[0];
}

void Tree::backup2(const Token &first)
{
    m_tokens[1] = first;
    m_peeked = 2;
}

void Tree::backup3(const Token &first, const Token &second)
{
    m_tokens[1] = second;
    m_tokens[2] = first;
    m_peeked = 3;
}

Token Tree::nextNonSpace()
{
    Token token = next();
    while (token.type == TokenType::Space)
        token = next();
    return token;
}

Token Tree::peekNonSpace()
{
    const Token token = nextNonSpace();
    backup();
    return token;
}

Token Tree::expect(TokenType type, const char *context)
{
    const Token token = nextNonSpace();
    if (token.type != type)
        unexpected(token, context);
    return token;
}

void Tree::fail(const std::string &message)
{
    const std::string file(m_job.name);
    const int line = m_tokens[0].line;
    throw ParseFailure{Error{.code = Error::Code::InvalidInput,
        .message = "template: " + file + ":" + std::to_string(line) + ": " + message,
        .at = {.file = file, .begin = m_tokens[0].pos, .end = m_tokens[0].pos, .line = line, .column = 0}}};
}

void Tree::unexpected(const Token &token, const char *context)
{
    if (token.type != TokenType::Error)
        fail("unexpected " + token.describe() + " in " + context);
    std::string message = token.describe();
    if (m_actionLine != 0 && m_actionLine != token.line) {
        message += message.ends_with(" action") ? "" : " in action";
        message += " started at " + std::string(m_job.name) + ":" + std::to_string(m_actionLine);
    }
    fail(message);
}

} // namespace pk::tmpl
