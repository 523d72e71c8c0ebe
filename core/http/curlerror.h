// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <curl/curl.h>

#include <string>
#include <string_view>

namespace pk::http {

/// curl's result as an Error: ids "http.resolve", "http.connect", "http.certificate", "http.ca",
/// "http.client-certificate", "http.tls", "http.proxy", "http.timeout", "http.broken", "http.request", each with the
/// parameter "host". `words` are curl's own.
Error errorOf(CURLcode code, std::string_view words, const std::string &host);

} // namespace pk::http
