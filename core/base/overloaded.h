// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace pk {

/// Several lambdas as one visitor of a std::variant.
template <class... Ts> struct overloaded : Ts...
{
    using Ts::operator()...;
};
template <class... Ts> overloaded(Ts...) -> overloaded<Ts...>;

} // namespace pk
