// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "value/value.h"

#include <cstdint>

namespace pk::tmpl {

class CallContext;

/// What an execution may still use, for functions whose result may be far larger than their arguments. The executor
/// takes the texts that functions return from its budget by itself.
class Limits
{
public:
    virtual ~Limits() = default;

    virtual std::uint64_t bytesLeft() const = 0;
    /// An error that names the limit when a function must not build that much. Takes nothing from the budget.
    virtual Result<void> afford(std::uint64_t bytes) const = 0;
    /// An error for trees that hold themselves, are deeper than the stack, or share their parts so often that nobody
    /// could write them. Takes the steps that going through `value` to its leaves costs.
    virtual Result<void> affordTree(const Value &value) const = 0;
    /// Takes steps for what a function does beside going once through its arguments; some ten nanoseconds each.
    virtual Result<void> work(std::uint64_t steps) = 0;
};

Limits &limitsOf(CallContext &context);

} // namespace pk::tmpl
