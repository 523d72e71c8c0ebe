// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/schema.h"

#include "base/files.h"
#include "base/inputerror.h"
#include "base/quote.h"
#include "chart/gotext.h"
#include "chart/schemaparts.h"
#include "chart/schematext.h"
#include "chart/schemaurl.h"
#include "yaml/json.h"
#include "yaml/path.h"

#include <algorithm>

namespace pk::chart {

namespace {

void describe(const SchemaFailure &failure, std::size_t indent, std::string &out)
{
    std::string pointer;
    for (const std::string &key : failure.location)
        pointer += "/" + schema::escapePointer(key);
    out.append(2 * indent, ' ');
    out += "- at " + schema::quoted(pointer) + ": " + failure.message + "\n";
    for (const SchemaFailure &cause : failure.causes)
        describe(cause, indent + 1, out);
}

/// Helm's library reads a stream, whose end is an error of its own.
Result<Value> parseDocument(std::string_view text)
{
    auto document = yaml::parseJson(text);
    if (document)
        return document;
    Error error = document.error();
    if (error.message.ends_with("after top-level value"))
        error.message = "invalid character after top-level value";
    else if (error.message == "unexpected end of JSON input")
        error.message = text.empty() ? "EOF" : "unexpected EOF";
    return error;
}

} // namespace

Schema::Schema(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) { }
Schema::~Schema() = default;

Result<Value> loadSchemaFile(const std::string &url)
{
    const std::string_view scheme = schema::schemeOf(url);
    if (scheme == "urn")
        return Value::boolean(true);
    if (scheme == "http" || scheme == "https")
        return inputError("schemas are not fetched from the network");
    if (scheme != "file")
        return inputError("no URLLoader registered for " + goQuote(url));
    std::string_view path = std::string_view(url).substr(scheme.size() + 1);
    if (path.starts_with("//"))
        path.remove_prefix(std::min(path.find('/', 2), path.size()));
    const std::string name = schema::percentDecoded(path.substr(0, path.find('?'))).value_or(std::string(path));
    const auto text = readFile(name);
    if (!text)
        return text.error();
    return parseDocument(*text);
}

Result<std::shared_ptr<const Schema>> Schema::compile(
    std::string_view text, const Levels &levels, const SchemaLoader &loader)
{
    auto document = parseDocument(text);
    if (!document)
        return document.error();
    auto impl = std::make_unique<Impl>();
    impl->document = *std::move(document);
    impl->text = std::string(text);
    impl->library603 = levels.schemaLibrary603;
    const std::string url = "file:///values.schema.json";
    const auto check = [library603 = impl->library603](const auto &...arguments) {
        return schema::checkAgainstMetaSchema(arguments..., library603);
    };
    schema::Documents documents(loader, check);
    documents.add(url, impl->document);
    schema::Compiler compiler(documents);
    const auto root = compiler.compile(url);
    if (!root)
        return root.error();
    impl->root = *root;
    impl->nodes = compiler.takeNodes();
    return std::shared_ptr<const Schema>(std::make_shared<Schema>(std::move(impl)));
}

std::vector<SchemaFailure> Schema::validate(const Value &value) const
{
    return schema::validate(m_impl->root, value, m_impl->library603);
}

std::string describeFailures(const std::vector<SchemaFailure> &failures)
{
    std::string out;
    for (const SchemaFailure &failure : failures)
        describe(failure, 0, out);
    return out;
}

std::string pathOf(const std::vector<std::string> &location, const Value &root)
{
    yaml::Path path;
    Value current = root;
    for (const std::string &key : location) {
        const auto index = current.isList() ? parseGoInt(key) : std::nullopt;
        path = index ? path.child(static_cast<std::size_t>(*index)) : path.child(key);
        current = childOf(current, key);
    }
    return path.toString();
}

Value childOf(const Value &value, const std::string &key)
{
    if (!value.isList())
        return value.get(key);
    const auto index = parseGoInt(key);
    const auto &items = value.asList().items;
    return index && *index >= 0 && static_cast<std::size_t>(*index) < items.size()
        ? items[static_cast<std::size_t>(*index)]
        : Value();
}

} // namespace pk::chart
