// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "http/request.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pk::kube {

/// One cause of a Status: which field, and what is wrong with it, in the server's words.
struct ErrorCause
{
    std::string reason = {}; ///< "FieldValueInvalid", "FieldManagerConflict", ...
    std::string message = {};
    std::string field = {}; ///< "spec.template", or ".spec.replicas" for conflicts.
    std::string manager = {}; ///< For FieldManagerConflict: who owns the field.
    bool operator==(const ErrorCause &) const = default;
};

/// What a server answered instead of what was asked for. The texts are cleaned (cleanText()).
struct ApiError
{
    int status = 0; ///< HTTP status; 0 when no answer came.
    std::string reason = {}; ///< "Forbidden", "Conflict", ...; empty when the answer was no Status.
    std::string message = {};
    std::string kind = {}; ///< Resource or kind that it is about, as the server wrote it.
    std::string name = {};
    std::vector<ErrorCause> causes = {};
    std::optional<int> retryAfterSeconds = {};
    std::string auditId = {}; ///< Finds the request in the server's audit log.

    bool isConflictOfManagers() const;
    /// The resource version is too old: list again.
    bool isExpired() const { return status == 410 || reason == "Expired" || reason == "Gone"; }
};

/// Reads the answer of a failed request: a Status, or else at most 2 KiB of a text.
ApiError parseApiError(int status, const http::Headers &headers, std::string_view body);

/// Reads a Status object, as an ERROR event of a watch holds it.
ApiError parseStatus(int httpStatus, std::string_view json);

/// For callers that only want one Error. Ids: "kube.unauthorized", "kube.anonymous" (credentials were not sent),
/// "kube.forbidden", "kube.not-found", "kube.exists", "kube.field-conflict", "kube.conflict", "kube.expired",
/// "kube.invalid", "kube.not-accepted" (the manifest has unknown or mistyped fields), "kube.busy" (429),
/// "kube.timeout", "kube.server", "kube.refused" (any other 4xx). Parameters: "status", "reason", "kind", "name",
/// "seconds" of Retry-After, "field" and "manager" of the first cause, "audit".
Error toError(const ApiError &error);

} // namespace pk::kube
