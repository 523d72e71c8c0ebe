// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace pk::tmpl::sprig {

struct AddressKind
{
    bool isShort = false; ///< IPv4
    bool hasZone = false;
};

/// What net/netip's ParseAddr says to a text ("ParseAddr(\"1.2\"): IPv4 address too short"); empty: it is an address.
std::string addressProblem(std::string_view text, AddressKind &kind);

} // namespace pk::tmpl::sprig
