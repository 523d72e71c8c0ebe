// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/apierror.h"

#include "base/redacted.h"
#include "kube/json.h"
#include "kube/text.h"
#include "value/value.h"

#include <algorithm>
#include <charconv>

namespace pk::kube {

namespace {

constexpr std::size_t maxTextBody = 2048;
constexpr std::size_t maxMessage = 32u << 10;

/// `conflict with "mgr" using apps/v1 at TIME`: the manager's name.
std::string managerOf(const std::string &message)
{
    constexpr std::string_view before = "conflict with \"";
    const auto begin = message.find(before);
    if (begin == message.npos)
        return {};
    const auto end = message.find('"', begin + before.size());
    return message.substr(begin + before.size(), end == message.npos ? end : end - begin - before.size());
}

std::string cleanField(const Value &map, std::string_view key, std::size_t limit = maxMessage)
{
    // Before it is cut: half a key is not recognised.
    return cleanText(hideSecretContent(map.get(key).stringOr()), limit);
}

std::optional<int> retryAfter(const http::Headers &headers)
{
    const std::string *text = http::findHeader(headers, "Retry-After");
    int seconds = 0;
    if (!text || std::from_chars(text->data(), text->data() + text->size(), seconds).ptr != text->data() + text->size())
        return std::nullopt;
    return std::clamp(seconds, 0, 3600);
}

ApiError fromStatus(int httpStatus, const Value &status)
{
    ApiError error;
    error.status = httpStatus ? httpStatus : int(status.get("code").integerOr(0));
    error.reason = cleanField(status, "reason", 100);
    error.message = cleanField(status, "message");
    const Value details = status.get("details");
    error.kind = cleanField(details, "kind", 300);
    error.name = cleanField(details, "name", 300);
    if (const auto seconds = details.get("retryAfterSeconds").integerOr(0); seconds > 0)
        error.retryAfterSeconds = int(std::min<std::int64_t>(seconds, 3600));
    if (const Value causes = details.get("causes"); causes.isList())
        for (const Value &item : causes.asList().items) {
            ErrorCause cause{.reason = cleanField(item, "reason", 100),
                .message = cleanField(item, "message"),
                .field = cleanField(item, "field", 1000)};
            if (cause.reason == "FieldManagerConflict")
                cause.manager = managerOf(cause.message);
            error.causes.push_back(std::move(cause));
        }
    return error;
}

struct Meaning
{
    Error::Code code;
    const char *id;
};

Meaning meaningOf(const ApiError &error)
{
    // An apply with fields that the schema does not have answers 500 without a reason.
    if (error.message.find("failed to create typed patch object") != std::string::npos)
        return {Error::Code::InvalidInput, "kube.not-accepted"};
    switch (error.status) {
    case 401:
        return {Error::Code::Denied, "kube.unauthorized"};
    case 403:
        return {Error::Code::Denied,
            error.message.find("system:anonymous") != std::string::npos ? "kube.anonymous" : "kube.forbidden"};
    case 404:
        return {Error::Code::NotFound, "kube.not-found"};
    case 409:
        if (error.reason == "AlreadyExists")
            return {Error::Code::AlreadyExists, "kube.exists"};
        return {Error::Code::Conflict, error.isConflictOfManagers() ? "kube.field-conflict" : "kube.conflict"};
    case 410:
        return {Error::Code::Conflict, "kube.expired"};
    case 422:
        return {Error::Code::InvalidInput, "kube.invalid"};
    case 429:
        return {Error::Code::Unavailable, "kube.busy"};
    case 504:
        return {Error::Code::Timeout, "kube.timeout"};
    default:
        break;
    }
    if (error.status == 400 && error.message.find("strict decoding") != std::string::npos)
        return {Error::Code::InvalidInput, "kube.not-accepted"};
    if (error.status >= 500)
        return {Error::Code::Unavailable, "kube.server"};
    return {Error::Code::InvalidInput, "kube.refused"};
}

} // namespace

bool ApiError::isConflictOfManagers() const
{
    return std::ranges::any_of(causes, [](const ErrorCause &cause) { return cause.reason == "FieldManagerConflict"; });
}

ApiError parseStatus(int httpStatus, std::string_view json)
{
    const auto value = parseObject(json);
    ApiError error = value ? fromStatus(httpStatus, *value) : ApiError{.status = httpStatus};
    if (error.message.empty())
        error.message = error.reason.empty() ? "HTTP status " + std::to_string(error.status) : error.reason;
    return error;
}

ApiError parseApiError(int status, const http::Headers &headers, std::string_view body)
{
    ApiError error;
    const auto value = body.starts_with('{') ? parseObject(body) : Result<Value>(Value());
    const std::string *type = http::findHeader(headers, "Content-Type");
    if (value && value->get("kind").stringOr() == "Status")
        error = fromStatus(status, *value);
    else if (!type || type->starts_with("text/")) // A TLS port that is asked without TLS says why, and no type.
        error.message = cleanText(body, maxTextBody);
    error.status = status;
    if (error.message.empty())
        error.message = "HTTP status " + std::to_string(status);
    if (const auto seconds = retryAfter(headers))
        error.retryAfterSeconds = seconds;
    if (const std::string *audit = http::findHeader(headers, "Audit-Id"))
        error.auditId = cleanText(*audit, 100);
    return error;
}

Error toError(const ApiError &error)
{
    const Meaning meaning = meaningOf(error);
    const ErrorCause cause = error.causes.empty() ? ErrorCause() : error.causes.front();
    return {.code = meaning.code,
        .message = error.message,
        .id = meaning.id,
        .parameters = {{"status", std::to_string(error.status)}, {"reason", error.reason}, {"kind", error.kind},
            {"name", error.name}, {"field", cause.field}, {"manager", cause.manager},
            {"seconds", error.retryAfterSeconds ? std::to_string(*error.retryAfterSeconds) : ""},
            {"audit", error.auditId}}};
}

} // namespace pk::kube
