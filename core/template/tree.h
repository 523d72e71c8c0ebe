// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "template/lexer.h"
#include "template/node.h"
#include "template/parser.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pk::tmpl {

/// What all bodies of one text share while it is parsed.
struct ParseJob
{
    std::string_view name;
    Lexer lexer;
    const FunctionTable &functions;
    std::vector<Definition> definitions = {};
    std::map<std::string, std::uint32_t, std::less<>> variableIds = {{"$", 0}};
    int depth = 0; ///< Of nested blocks and parentheses.
};

/// Ends the parsing; never leaves parseTemplate(). Recursive descent has no other way out that does not hide the
/// grammar behind checks.
struct ParseFailure
{
    Error error;
};

/// Parses one body: the text itself, or a define or block inside it, which has variables and look-ahead of its own.
class Tree
{
public:
    explicit Tree(ParseJob &job) : m_job(job) { }

    /// A whole text up to its end.
    void parseText(std::string_view name);
    /// A define, behind its keyword.
    void parseDefinition();
    /// The body of a block whose clause is already read; false when it ends in something else than `end`.
    bool parseBlockBody(const std::string &name, std::string &end);

private:
    /// A statement, or the end or else that closes a list.
    struct Statement
    {
        enum class Kind { Node, End, Else } kind = Kind::Node;
        Node node;
        std::uint32_t pos = 0;
        const char *word() const { return kind == Kind::End ? "{{end}}" : "{{else}}"; }
    };
    struct Branches
    {
        Pipeline pipeline;
        std::unique_ptr<Block> block;
        std::unique_ptr<Block> otherwise;
    };
    class Nesting;

    // Statements.
    Statement textOrAction();
    Statement action();
    std::unique_ptr<Block> itemList(Statement &end);
    Node ifOrWith(const char *word);
    Node rangeControl();
    Branches control(const char *context);
    Statement endControl();
    Statement elseControl();
    Node jump(const Token &token, bool isBreak);
    Node blockControl();
    Node templateControl();
    std::string templateName(const Token &token, const char *context);

    // Expressions.
    Pipeline pipeline(const char *context, TokenType end);
    void declarations(Pipeline &pipeline, const char *context);
    void check(const Pipeline &pipeline, const char *context);
    Command command();
    bool operand(Operand &operand);
    bool term(Operand &operand);
    Operand number(const Token &token);
    Operand function(const Token &token);
    Operand variable(const Token &token);
    Operand parentheses(const Token &token);
    std::string literal(const Token &token);
    VariableName declare(std::string_view name);

    // Tokens.
    Token next();
    Token peek();
    void backup() { ++m_peeked; }
    void backup2(const Token &first);
    void backup3(const Token &first, const Token &second);
    Token nextNonSpace();
    Token peekNonSpace();
    Token expect(TokenType type, const char *context);

    void add(std::string name, std::unique_ptr<Block> root);
    [[noreturn]] void fail(const std::string &message);
    [[noreturn]] void unexpected(const Token &token, const char *context);

    ParseJob &m_job;
    Token m_tokens[3]; ///< Look-ahead, the latest first.
    int m_peeked = 0;
    std::vector<std::string> m_variables{"$"}; ///< In scope.
    int m_actionLine = 0; ///< Where the action being read began; 0 outside.
    int m_rangeDepth = 0;
};

} // namespace pk::tmpl
