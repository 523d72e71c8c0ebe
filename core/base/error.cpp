// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"

namespace pk {

Error Error::wrapped(std::string_view prefix) const
{
    Error outer = *this;
    outer.message.insert(0, prefix);
    return outer;
}

const char *nameOf(Error::Code code)
{
    switch (code) {
    case Error::Code::InvalidInput:
        return "invalid-input";
    case Error::Code::NotFound:
        return "not-found";
    case Error::Code::AlreadyExists:
        return "already-exists";
    case Error::Code::Conflict:
        return "conflict";
    case Error::Code::Denied:
        return "denied";
    case Error::Code::Unavailable:
        return "unavailable";
    case Error::Code::Timeout:
        return "timeout";
    case Error::Code::Cancelled:
        return "cancelled";
    case Error::Code::LimitExceeded:
        return "limit-exceeded";
    case Error::Code::Io:
        return "io";
    case Error::Code::Internal:
        return "internal";
    }
    return "unknown";
}

} // namespace pk
