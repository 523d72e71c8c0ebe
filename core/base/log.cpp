// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.h"

#include "base/redacted.h"

#include <cstdio>
#include <mutex>

namespace pk::log {

namespace {

std::mutex sinkMutex;

Sink &currentSink()
{
    static Sink sink = [](Level level, std::string_view category, std::string_view line) {
        if (level >= Level::Warning) {
            std::fprintf(stderr, "%.*s: %.*s\n", static_cast<int>(category.size()), category.data(),
                static_cast<int>(line.size()), line.data());
        }
    };
    return sink;
}

} // namespace

void setSink(Sink sink)
{
    const std::lock_guard lock(sinkMutex);
    currentSink() = std::move(sink);
}

void write(Level level, std::string_view category, std::string_view line)
{
    const std::string clean = redact(line);
    const std::lock_guard lock(sinkMutex);
    currentSink()(level, category, clean);
}

} // namespace pk::log
