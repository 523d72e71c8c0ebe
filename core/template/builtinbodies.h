// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "template/function.h"
#include "template/node.h"

#include <span>
#include <string>

namespace pk::tmpl {

// Inside the engine: bodies that live in files of their own, or that the executor recognises.

Result<Value> andBody(CallContext &context, std::span<const Value> arguments);
Result<Value> orBody(CallContext &context, std::span<const Value> arguments);
Result<Value> lengthBody(CallContext &context, std::span<const Value> arguments);
Result<Value> eqBody(CallContext &context, std::span<const Value> arguments);
Result<Value> neBody(CallContext &context, std::span<const Value> arguments);
Result<Value> ltBody(CallContext &context, std::span<const Value> arguments);
Result<Value> leBody(CallContext &context, std::span<const Value> arguments);
Result<Value> gtBody(CallContext &context, std::span<const Value> arguments);
Result<Value> geBody(CallContext &context, std::span<const Value> arguments);
Result<Value> htmlBody(CallContext &context, std::span<const Value> arguments);
Result<Value> jsBody(CallContext &context, std::span<const Value> arguments);
Result<Value> urlqueryBody(CallContext &context, std::span<const Value> arguments);

/// What the executor does itself for a function.
Special specialOf(const Function &function);

/// An object whose Go type is a named list, map or basic type as the plain value it holds; all others unchanged.
Value plainContainer(const Value &value);

/// An error in a function's own words.
Error plainError(std::string message);

} // namespace pk::tmpl
