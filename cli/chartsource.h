// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/templatecommand.h"
#include "cli/templateflags.h"

#include <memory>

namespace pk::cli {

/// Where charts and values come from that are no path on this machine. `bin/poolkeeper` has none and hands the command
/// over to `libexec/poolkeeper-fetch`, the same main with one: it links curl, which would cost every short command more
/// than its work.
class ChartSource
{
public:
    virtual ~ChartSource() = default;
    /// What helm looks at before all else: the TLS files that were named.
    virtual Result<void> check() = 0;
    /// The path of the chart, fetched into helm's cache when it was elsewhere.
    virtual Result<std::string> locate(const std::string &reference) = 0;
    virtual Result<std::string> readUrl(const std::string &url) = 0;
};

/// The source of this program, or null. It adds what helm writes on standard error to `streams`.
std::unique_ptr<ChartSource> makeChartSource(const FetchFlags &flags, Streams &streams);

/// True when the command cannot be done without a ChartSource: a chart or values from elsewhere, a signature to verify,
/// TLS files to read.
bool needsChartSource(const TemplateOptions &options, const std::string &reference);

/// True for http://, https:// and oci://.
bool isUrl(const std::string &text);

/// Replaces this process by the program that has a ChartSource; returns the exit code when that fails.
int handOver(char **arguments);

} // namespace pk::cli
