// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace pk::kube {

/// Who takes the objects of a list, one by one, on the I/O thread.
struct ListTaker
{
    std::function<bool(std::string_view json)> item; ///< False: it could not be decoded, and was left out.
    std::function<void(std::size_t count)> truncate; ///< Only the first `count` of those taken still count.
};

struct ListEnd
{
    std::string resourceVersion = {};
    int undecodable = 0;
};

} // namespace pk::kube
