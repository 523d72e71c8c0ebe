// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "kube/json.h"
#include "yaml/json.h"
#include "yaml/jsonparser.h"

using namespace pk;
using fuzz::holds;

namespace {

void checkWriter(const Value &tree)
{
    std::string text;
    holds(yaml::appendJson(text, tree).ok(), "what was JSON can be written as JSON", fuzz::show(tree));
    const Result<Value> again = yaml::parseJson(text);
    holds(again.ok() && *again == tree, "written JSON is the same tree", text);
    text.clear();
    holds(yaml::appendPrettyJson(text, tree, yaml::HtmlEscape::Off).ok(), "pretty JSON can be written");
    const Result<Value> pretty = yaml::parseJson(text);
    holds(pretty.ok() && *pretty == tree, "pretty JSON is the same tree", text);
}

} // namespace

/// The window reads JSON through simdjson, the command line without it, and the API's objects are read a third way:
/// what one of them reads the others read alike.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzz::textOf(data, size);
    const Result<Value> fast = yaml::parseJson(text);
    const Result<Value> careful = yaml::parseJsonCarefully(text);
    holds(fast.ok() == careful.ok(), "both readers read it, or none", text);
    if (fast) {
        holds(*fast == *careful, "both readers give the same tree", fuzz::show(*fast), fuzz::show(*careful));
        checkWriter(*fast);
    } else {
        holds(fast.error().message == careful.error().message, "both give the same words", fast.error().message,
            careful.error().message);
    }
    (void)kube::parseObject(text);
    return 0;
}
