// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/apierror.h"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace pk::kube {

/// What came with an answer, good or bad.
struct AnswerInfo
{
    int status = 0; ///< HTTP status; 0 when no answer came.
    std::vector<std::string> warnings = {}; ///< The server's warnings (header Warning, code 299), cleaned.
    ApiError apiError = {}; ///< Details when the server refused; its status is 0 otherwise.
    std::chrono::milliseconds latency{0};
    int tries = 1;
};

/// The result of one call to an API server.
template <class T> struct Answer
{
    Result<T> result;
    AnswerInfo info = {};

    bool ok() const { return result.ok(); }
    explicit operator bool() const { return result.ok(); }
    const T &operator*() const { return *result; }
    T &operator*() { return *result; }
    const T *operator->() const { return &*result; }
    const Error &error() const { return result.error(); }
};

/// Turns the bytes of one object into a T. Runs on the I/O thread, so it must not touch what others use. At least
/// jsonPadding bytes behind the text may be read (simdjson needs them).
template <class T> using Decoder = std::function<Result<T>(std::string_view json)>;

/// The objects of a list, and the version that a watch may start from.
template <class T> struct Listing
{
    std::vector<T> items = {};
    std::string resourceVersion = {};
    int undecodable = 0; ///< Objects that the decoder refused; they are left out.
};

} // namespace pk::kube
