// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/builtins.h"

#include "base/unicode.h"
#include "template/builtinbodies.h"
#include "template/limits.h"
#include "template/printf.h"

#include <algorithm>
#include <array>

namespace pk::tmpl {

Error plainError(std::string message)
{
    return Error{.code = Error::Code::InvalidInput, .message = std::move(message)};
}

Value plainContainer(const Value &value)
{
    if (!value.isObject())
        return value;
    const std::string kind = value.asObject().kindName();
    return kind == "struct" || kind == "ptr" || kind == "complex128" ? value : value.asObject().toTree();
}

namespace {

/// The type of what Go looks at, which is behind the pointer.
std::string typeBehind(const Value &value)
{
    const std::string type = value.typeName();
    return type.starts_with('*') ? type.substr(1) : type;
}

/// An index as an int within [0, capacity]; Go checks against the capacity first and lets the access fail later.
Result<std::size_t> indexArgument(const Value &index, std::size_t capacity)
{
    std::int64_t number = 0;
    switch (index.kind()) {
    case Value::Kind::Int:
    case Value::Kind::Int64:
        number = index.toInt();
        break;
    case Value::Kind::Uint64:
    case Value::Kind::Uint8:
        number = static_cast<std::int64_t>(index.toUint());
        break;
    case Value::Kind::Nil:
        return plainError("cannot index slice/array with nil");
    default:
        return plainError("cannot index slice/array with type " + index.typeName());
    }
    if (number < 0 || static_cast<std::uint64_t>(number) > capacity)
        return plainError("index out of range: " + std::to_string(number));
    return static_cast<std::size_t>(number);
}

Result<Value> elementAt(const Value &container, const Value &index)
{
    const bool isText = container.isString() || container.kind() == Value::Kind::Bytes;
    const std::size_t size = isText ? container.toString().size() : container.asList().items.size();
    const Result<std::size_t> at = indexArgument(index, size);
    if (!at)
        return at.error();
    if (*at == size)
        return plainError(
            container.isString() ? "reflect: string index out of range" : "reflect: slice index out of range");
    if (isText)
        return Value::unsignedInteger(static_cast<unsigned char>(container.toString()[*at]), Value::Kind::Uint8);
    return container.asList().items[*at];
}

Result<Value> entryAt(const Value &container, const Value &key)
{
    if (key.isNil())
        return plainError("value is nil; should be of type string");
    if (!key.isString())
        return plainError("value has type " + key.typeName() + "; should be string");
    const Map &map = container.asMap();
    if (const Value *found = map.find(key.toString()))
        return *found;
    if (map.type == MapType::Strings)
        return Value::string({});
    return map.type == MapType::Files ? Value::bytes({}) : Value();
}

bool isIndexable(const Value &value)
{
    return value.isList() || value.isString() || value.kind() == Value::Kind::Bytes;
}

Result<Value> index(CallContext &, std::span<const Value> arguments)
{
    if (arguments[0].isNil())
        return plainError("index of untyped nil");
    Value item = arguments[0];
    for (const Value &key : arguments.subspan(1)) {
        if (item.isNil())
            return plainError("index of nil pointer");
        const Value container = plainContainer(item);
        if (!isIndexable(container) && !container.isMap())
            return plainError("can't index item of type " + typeBehind(item));
        Result<Value> next = container.isMap() ? entryAt(container, key) : elementAt(container, key);
        if (!next)
            return next;
        item = std::move(*next);
    }
    return item;
}

Result<Value> slice(CallContext &, std::span<const Value> arguments)
{
    if (arguments[0].isNil())
        return plainError("slice of untyped nil");
    const Value item = plainContainer(arguments[0]);
    const std::span<const Value> indexes = arguments.subspan(1);
    if (indexes.size() > 3)
        return plainError("too many slice indexes: " + std::to_string(indexes.size()));
    if (!isIndexable(item))
        return plainError("can't slice item of type " + arguments[0].typeName());
    if (item.isString() && indexes.size() == 3)
        return plainError("cannot 3-index slice a string");
    const std::size_t size = item.isList() ? item.asList().items.size() : item.toString().size();
    std::array<std::size_t, 3> at{0, size, size};
    for (std::size_t i = 0; i < indexes.size(); ++i) {
        const Result<std::size_t> position = indexArgument(indexes[i], size);
        if (!position)
            return position.error();
        at[i] = *position;
    }
    for (std::size_t i = 0; i + 1 < at.size(); ++i) {
        if (at[i] > at[i + 1])
            return plainError("invalid slice index: " + std::to_string(at[i]) + " > " + std::to_string(at[i + 1]));
    }
    if (item.isList()) {
        const auto begin = item.asList().items.begin();
        return Value::list({begin + static_cast<std::ptrdiff_t>(at[0]), begin + static_cast<std::ptrdiff_t>(at[1])},
            item.asList().type);
    }
    std::string part = item.toString().substr(at[0], at[1] - at[0]);
    return item.isString() ? Value::string(std::move(part)) : Value::bytes(std::move(part));
}

Result<Value> not_(CallContext &, std::span<const Value> arguments)
{
    return Value::boolean(!plainContainer(arguments[0]).isTruthy());
}

Result<Value> print(CallContext &, std::span<const Value> arguments)
{
    return Value::string(sprint(arguments));
}

Result<Value> println(CallContext &, std::span<const Value> arguments)
{
    return Value::string(sprintln(arguments));
}

Result<Value> printf(CallContext &context, std::span<const Value> arguments)
{
    const std::string &format = arguments[0].toString();
    // "%[1]s" may stand there many times; all else is not much longer than the arguments.
    if (format.find('[') != std::string::npos) {
        std::uint64_t most = 0;
        for (const Value &argument : arguments.subspan(1))
            most = std::max<std::uint64_t>(most, argument.isString() ? argument.toString().size() : 0);
        const auto verbs = static_cast<std::uint64_t>(std::count(format.begin(), format.end(), '%'));
        if (const Result<void> can = limitsOf(context).afford(verbs * most); !can)
            return can.error();
    }
    return Value::string(sprintf(format, arguments.subspan(1)));
}

Result<Value> call(CallContext &, std::span<const Value> arguments)
{
    // No value of Helm's is a function, so this is all that call can say; the executor puts the name in.
    if (arguments[0].isNil())
        return plainError("call of nil");
    return plainError("non-function %NAME of type " + arguments[0].typeName());
}

/// Functions that go through their arguments to the leaves, to print, compare or copy them. Sorted.
constexpr std::string_view treeWalkers[] = {"cat", "deepCopy", "deepEqual", "eq", "ge", "genSelfSignedCert",
    "genSelfSignedCertWithKey", "genSignedCert", "genSignedCertWithKey", "gt", "has", "html", "join", "js", "le", "lt",
    "mustDeepCopy", "mustHas", "mustToToml", "mustUniq", "mustWithout", "ne", "print", "printf", "println", "quote",
    "sortAlpha", "squote", "toString", "toStrings", "toToml", "uniq", "urlquery", "without"};
static_assert(std::ranges::is_sorted(treeWalkers));

/// Functions that take no longer for a larger argument; what they do beside, they tell themselves. Sorted.
constexpr std::string_view lightFunctions[] = {"coalesce", "default", "dig", "empty", "fail", "first", "hasKey",
    "include", "kindIs", "kindOf", "last", "lookup", "mustFirst", "mustLast", "not", "required", "set", "ternary",
    "tpl", "typeIs", "typeIsLike", "typeOf", "unset"};
static_assert(std::ranges::is_sorted(lightFunctions));

constexpr std::string_view makers[] = {"dict", "list", "tuple"};

} // namespace

Result<Value> lengthBody(CallContext &, std::span<const Value> arguments)
{
    const Value item = plainContainer(arguments[0]);
    switch (item.kind()) {
    case Value::Kind::String:
    case Value::Kind::Bytes:
        return Value::integer(static_cast<std::int64_t>(item.toString().size()), Value::Kind::Int);
    case Value::Kind::List:
        return Value::integer(static_cast<std::int64_t>(item.asList().items.size()), Value::Kind::Int);
    case Value::Kind::Map:
        return Value::integer(static_cast<std::int64_t>(item.asMap().size()), Value::Kind::Int);
    case Value::Kind::Nil:
        return plainError("len of nil pointer");
    default:
        return plainError("len of type " + typeBehind(arguments[0]));
    }
}

Result<Value> andBody(CallContext &, std::span<const Value> arguments)
{
    for (const Value &argument : arguments) {
        if (!argument.isTruthy())
            return argument;
    }
    return arguments.back();
}

Result<Value> orBody(CallContext &, std::span<const Value> arguments)
{
    for (const Value &argument : arguments) {
        if (argument.isTruthy())
            return argument;
    }
    return arguments.back();
}

Special specialOf(const Function &function)
{
    if (function.body == andBody)
        return Special::And;
    if (function.body == orBody)
        return Special::Or;
    if (function.body == lengthBody)
        return Special::Length;
    if (function.body == call)
        return Special::Call;
    // Not only ours: what lies in a map is found by several names, and all mean the same place.
    if (function.name == "index" || function.name == "get")
        return Special::Lookup;
    if (std::ranges::binary_search(lightFunctions, function.name))
        return Special::Light;
    if (std::ranges::binary_search(makers, function.name))
        return Special::Maker;
    return std::ranges::binary_search(treeWalkers, function.name) ? Special::Trees : Special::None;
}

std::span<const Function> builtins()
{
    static const std::vector<Param> one{Param::Any};
    static const std::vector<Param> two{Param::Any, Param::Any};
    static const Function functions[] = {
        {"and", two, true, andBody},
        {"call", two, true, call},
        {"eq", two, true, eqBody},
        {"ge", two, false, geBody},
        {"gt", two, false, gtBody},
        {"html", one, true, htmlBody},
        {"index", two, true, index},
        {"js", one, true, jsBody},
        {"le", two, false, leBody},
        {"len", one, false, lengthBody},
        {"lt", two, false, ltBody},
        {"ne", two, false, neBody},
        {"not", one, false, not_},
        {"or", two, true, orBody},
        {"print", one, true, print},
        {"printf", {Param::String, Param::Any}, true, printf},
        {"println", one, true, println},
        {"slice", two, true, slice},
        {"urlquery", one, true, urlqueryBody},
    };
    return functions;
}

} // namespace pk::tmpl
