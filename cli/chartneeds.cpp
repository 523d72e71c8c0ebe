// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/chartsource.h"

#include <unistd.h>

#include <algorithm>

namespace pk::cli {

bool isUrl(const std::string &text)
{
    return text.starts_with("http://") || text.starts_with("https://") || text.starts_with("oci://");
}

bool needsChartSource(const TemplateOptions &options, const std::string &reference)
{
    const FetchFlags &fetch = options.fetch;
    const bool tlsFiles = !fetch.caFile.empty() || (!fetch.certFile.empty() && !fetch.keyFile.empty());
    const auto behindEquals = [](const std::string &text) { return isUrl(text.substr(text.find('=') + 1)); };
    if (fetch.verify || tlsFiles || std::ranges::any_of(options.valueFiles, isUrl)
        || std::ranges::any_of(options.setFile, behindEquals))
        return true;
    if (reference.starts_with("builtin:"))
        return false;
    if (!fetch.repo.empty())
        return true;
    return ::access(reference.c_str(), F_OK) != 0 && !reference.starts_with('/') && !reference.starts_with('.');
}

} // namespace pk::cli
