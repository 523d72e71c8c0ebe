// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/render.h"
#include "template/function.h"

namespace pk::chart {

/// include, tpl, required, fail, lookup and getHostByName, on top of the standard functions of `levels`. One table for
/// each dialect, for the life of the program.
const tmpl::FunctionTable &functionsOf(const Levels &levels);

/// While it lives, lookup and getHostByName on this thread ask what `request` allows: functions are bare pointers and
/// get nothing but their CallContext.
class LookupScope
{
public:
    explicit LookupScope(const RenderRequest &request);
    ~LookupScope();
    LookupScope(const LookupScope &) = delete;
    LookupScope &operator=(const LookupScope &) = delete;

private:
    const RenderRequest *m_outer;
};

} // namespace pk::chart
