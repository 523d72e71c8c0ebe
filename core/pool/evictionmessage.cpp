// SPDX-License-Identifier: GPL-3.0-or-later
#include "pool/eviction.h"

#include <utility>

namespace pk::pool {

namespace {

// The kubelet's sentences, each ending in ". " (spec: kubernetes.md 4.3):
//   The node was low on resource: R. [Threshold quantity: Q, available: Q. ] [Pod P was using Q, request is Q, has
//   larger consumption of R. ] (Container C was using Q, request is Q, has larger consumption of R. )*
// A quantity may hold a point ("1.5Gi"), so sentences are not split at points but read word by word.

bool skip(std::string_view &text, std::string_view expected)
{
    if (!text.starts_with(expected))
        return false;
    text.remove_prefix(expected.size());
    return true;
}

/// Takes what stands before `end` and drops both; false when `end` does not come.
bool takeUntil(std::string_view &text, std::string_view end, std::string &taken)
{
    const auto at = text.find(end);
    if (at == std::string_view::npos)
        return false;
    taken = text.substr(0, at);
    text.remove_prefix(at + end.size());
    return true;
}

/// One "Container C was using …" sentence of either generation.
bool takeContainer(std::string_view &text, EvictedContainer &container)
{
    std::string_view rest = text;
    std::string resource;
    if (!skip(rest, "Container ") || !takeUntil(rest, " was using ", container.name)
        || !takeUntil(rest, ", ", container.used))
        return false;
    if (skip(rest, "request is ")) {
        if (!takeUntil(rest, ", has larger consumption of ", container.request) || !takeUntil(rest, ". ", resource))
            return false;
    } else if (!skip(rest, "which exceeds its request of ") || !takeUntil(rest, ". ", container.request)) {
        return false;
    }
    text = rest;
    return true;
}

void readNodePressure(std::string_view text, EvictionMessage &message)
{
    message.cause = EvictionCause::NodePressure;
    if (!takeUntil(text, ". ", message.resource))
        return;
    if (skip(text, "Threshold quantity: ")) {
        if (!takeUntil(text, ", available: ", message.threshold) || !takeUntil(text, ". ", message.available))
            return;
    }
    if (text.starts_with("Pod ")) {
        std::string sentence;
        if (!takeUntil(text, " has larger consumption of ", sentence) || !takeUntil(text, ". ", sentence))
            return;
    }
    for (EvictedContainer container; message.containers.size() < maxItems && takeContainer(text, container);
         container = {})
        message.containers.push_back(std::move(container));
}

/// `rest` is what follows the quote that opens a value; the value ends at `"`.
bool takeQuoted(std::string_view &rest, std::string &value)
{
    return takeUntil(rest, "\"", value);
}

bool readLimits(std::string_view text, EvictionMessage &message)
{
    if (skip(text, "Usage of EmptyDir volume \"")) {
        if (!takeQuoted(text, message.volume) || !skip(text, " exceeds the limit \"")
            || !takeQuoted(text, message.limit))
            return false;
        message.cause = EvictionCause::EmptyDirLimit;
    } else if (skip(text, "Pod ephemeral local storage usage exceeds the total limit of containers ")) {
        if (!takeUntil(text, ". ", message.limit))
            return false;
        message.cause = EvictionCause::PodLimit;
    } else if (skip(text, "Container ")) {
        EvictedContainer container;
        if (!takeUntil(text, " exceeded its local ephemeral storage limit \"", container.name)
            || !takeQuoted(text, message.limit))
            return false;
        message.containers.push_back(std::move(container));
        message.cause = EvictionCause::ContainerLimit;
    } else {
        return false;
    }
    message.resource = "ephemeral-storage";
    return true;
}

} // namespace

EvictionMessage parseEvictionMessage(std::string_view original)
{
    while (!original.empty() && (original.back() == ' ' || original.back() == '\n'))
        original.remove_suffix(1);
    // The kubelet's last ". " loses its space on the way through some clients.
    const std::string whole = std::string(original) + (original.ends_with('.') ? " " : ". ");
    std::string_view text = whole;

    EvictionMessage message;
    if (skip(text, "The node was low on resource: ")) {
        readNodePressure(text, message);
        return message;
    }
    if (!skip(text, "Pod was rejected: ") && text.starts_with("Pod The node had condition"))
        skip(text, "Pod ");
    if (skip(text, "The node had condition: [")) {
        if (takeUntil(text, "]", message.resource))
            message.cause = EvictionCause::Rejected;
        return message;
    }
    EvictionMessage limits;
    return readLimits(text, limits) ? limits : EvictionMessage();
}

} // namespace pk::pool
