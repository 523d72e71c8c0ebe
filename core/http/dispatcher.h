// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace pk::http {

/// The way back to the thread that asked: the window posts to Qt's event loop, a test to a loop of its own.
///
/// Held by std::shared_ptr; it may be dropped while work is still queued (the work is not run then).
class Dispatcher
{
public:
    virtual ~Dispatcher() = default;
    /// Runs `work` later on the receiver's thread, in the order of the posts. From any thread; never blocks.
    virtual void post(std::function<void()> work) = 0;
};

} // namespace pk::http
