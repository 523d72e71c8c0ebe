// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace pk {

using WallTime = std::chrono::system_clock::time_point;

/// Where code gets the time from, so that a test can hold it still.
class Clock
{
public:
    virtual ~Clock() = default;
    /// Wall clock; jumps when somebody sets it.
    virtual WallTime now() const { return std::chrono::system_clock::now(); }
    /// For intervals and deadlines; never jumps.
    virtual std::chrono::steady_clock::time_point ticks() const { return std::chrono::steady_clock::now(); }
};

} // namespace pk
