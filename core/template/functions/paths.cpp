// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/families.h"
#include "template/functions/support.h"

namespace pk::tmpl {

using namespace sprig;

namespace {

/// path.Clean: the shortest name of the same place.
std::string cleaned(std::string_view path)
{
    if (path.empty())
        return ".";
    const bool rooted = path.starts_with('/');
    std::vector<std::string_view> parts;
    for (std::string_view part : splitText(path, "/")) {
        if (part.empty() || part == ".")
            continue;
        if (part != "..")
            parts.push_back(part);
        else if (!parts.empty() && parts.back() != "..")
            parts.pop_back();
        else if (!rooted)
            parts.push_back(part);
    }
    std::string result = rooted ? "/" : "";
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0)
            result += '/';
        result += parts[i];
    }
    return result.empty() ? "." : result;
}

Result<Value> clean(CallContext &, Arguments a)
{
    return Value::string(cleaned(a[0].toString()));
}

Result<Value> base(CallContext &, Arguments a)
{
    std::string_view path = a[0].toString();
    if (path.empty())
        return Value::string(".");
    while (path.ends_with('/'))
        path.remove_suffix(1);
    if (const std::size_t slash = path.rfind('/'); slash != path.npos)
        path.remove_prefix(slash + 1);
    return Value::string(path.empty() ? "/" : std::string(path));
}

Result<Value> dir(CallContext &, Arguments a)
{
    const std::string_view path = a[0].toString();
    const std::size_t slash = path.rfind('/');
    return Value::string(cleaned(slash == path.npos ? std::string_view() : path.substr(0, slash + 1)));
}

Result<Value> ext(CallContext &, Arguments a)
{
    const std::string_view path = a[0].toString();
    const std::size_t mark = path.find_last_of("./");
    return Value::string(mark == path.npos || path[mark] == '/' ? "" : std::string(path.substr(mark)));
}

Result<Value> isAbs(CallContext &, Arguments a)
{
    return Value::boolean(a[0].toString().starts_with('/'));
}

} // namespace

std::span<const Function> pathFunctions()
{
    // The functions for paths of the machine are those for slashes: Helm's charts are rendered for Linux.
    static const Function family[] = {
        {"base", {Param::String}, false, base},
        {"clean", {Param::String}, false, clean},
        {"dir", {Param::String}, false, dir},
        {"ext", {Param::String}, false, ext},
        {"isAbs", {Param::String}, false, isAbs},
        {"osBase", {Param::String}, false, base},
        {"osClean", {Param::String}, false, clean},
        {"osDir", {Param::String}, false, dir},
        {"osExt", {Param::String}, false, ext},
        {"osIsAbs", {Param::String}, false, isAbs},
    };
    return family;
}

} // namespace pk::tmpl
