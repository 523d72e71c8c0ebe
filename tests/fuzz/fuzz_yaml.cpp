// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "yaml/composer.h"
#include "yaml/decoder.h"
#include "yaml/fastreader.h"
#include "yaml/printer.h"
#include "yaml/reader.h"

using namespace pk;
using fuzz::holds;

namespace {

constexpr std::size_t largeTree = 5000;

/// Every node lies in its text and in its parent, where it says it does.
void checkSpans(const yaml::Node &node, std::string_view text)
{
    holds(node.span.begin <= node.span.end && node.span.end <= text.size(), "a span lies in the text", text);
    holds(node.line >= 1 && node.column >= 0, "a node has a place", text);
    holds(static_cast<std::size_t>(node.column) <= node.span.begin, "a column is within the text", text);
    for (const yaml::Node &child : node.children) {
        holds(
            child.span.begin >= node.span.begin && child.span.end <= node.span.end, "a child lies in its parent", text);
        checkSpans(child, text);
    }
}

/// The reader for what is plain and libyaml agree wherever the first one dares to answer.
void compareReaders(std::string_view text)
{
    const std::optional<Value> fast = yaml::readFast(text);
    if (!fast)
        return;
    const Result<yaml::Composed> composed = yaml::compose(text.empty() ? "\n" : text, 1);
    holds(composed.ok(), "what the fast reader reads libyaml reads", text, fuzz::show(*fast));
    const Result<Value> slow = composed->documents.empty() ? Value() : yaml::decode(composed->documents[0]);
    holds(slow.ok(), "what the fast reader reads can be decoded", text, fuzz::show(*fast));
    holds(*slow == *fast, "both readers give the same tree", fuzz::show(*fast), fuzz::show(*slow));
}

/// What Helm itself prints so that it cannot be read back: go-yaml takes U+0085 and its like for line ends, and leaves
/// the key << unquoted, which is a merge when it is read.
bool isLostByHelm(const Value &tree)
{
    const std::string json = fuzz::show(tree);
    const auto has = [&json](const char *text) { return json.find(text) != std::string::npos; };
    return has("\xC2\x85") || has("\\u2028") || has("\\u2029") || has("\"<<\":");
}

/// What we print is read back as the same tree.
void checkPrinter(const Value &tree)
{
    if (isLostByHelm(tree))
        return;
    std::string printed;
    if (yaml::appendYaml(printed, tree)) {
        printed += '\n'; // Helm takes it off.
        const Result<Value> again = yaml::toValue(printed);
        holds(again.ok(), "printed YAML can be read", printed, again.ok() ? std::string() : again.error().message);
        holds(*again == tree, "printed YAML is the same tree", printed, fuzz::show(tree));
    }
    std::string pretty;
    if (yaml::appendYamlPretty(pretty, tree)) {
        pretty += '\n';
        // go-yaml v3 writes texts that begin with a tab in a way that no go-yaml reads.
        const Result<Value> again = yaml::toValue(pretty);
        holds(!again.ok() || *again == tree, "pretty YAML is the same tree", pretty, fuzz::show(tree));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzz::textOf(data, size);
    if (const Result<yaml::Stream> stream = yaml::parse(text)) {
        for (const yaml::Document &document : *stream)
            checkSpans(document.root, text);
    }
    (void)yaml::splitDocuments(text);
    (void)yaml::toMap(text);
    compareReaders(text);
    const Result<Value> tree = yaml::toValue(text);
    if (tree && fuzz::sizeOf(*tree, largeTree) < largeTree)
        checkPrinter(*tree);
    return 0;
}
