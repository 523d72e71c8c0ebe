// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/iothread.h"
#include "repo/web.h"

#include <stop_token>

namespace pk::repo {

/// The real Web: transfers run on the I/O thread. To be used from one other thread, which it lets wait; `stop` ends the
/// transfer and the waiting.
class HttpWeb final : public Web
{
public:
    HttpWeb(http::IoThread &io, std::stop_token stop) : m_io(io), m_stop(std::move(stop)) { }
    Result<http::Response> send(http::Request request) override;

private:
    Result<http::Response> sendOnce(http::Request request);

    http::IoThread &m_io;
    std::stop_token m_stop;
};

} // namespace pk::repo
