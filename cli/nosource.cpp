// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/chartsource.h"

namespace pk::cli {

std::unique_ptr<ChartSource> makeChartSource(const FetchFlags &, Streams &)
{
    return nullptr;
}

} // namespace pk::cli
