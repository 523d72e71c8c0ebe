// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/gopath.h"
#include "template/functions/families.h"
#include "template/functions/support.h"

namespace pk::tmpl {

using namespace sprig;

namespace {

Result<Value> clean(CallContext &, Arguments a)
{
    return Value::string(pathClean(a[0].toString()));
}

Result<Value> base(CallContext &, Arguments a)
{
    return Value::string(std::string(pathBase(a[0].toString())));
}

Result<Value> dir(CallContext &, Arguments a)
{
    const std::string_view path = a[0].toString();
    const std::size_t slash = path.rfind('/');
    return Value::string(pathClean(slash == path.npos ? std::string_view() : path.substr(0, slash + 1)));
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
