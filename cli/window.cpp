// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/window.h"

#include "cli/chartsource.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>

namespace pk::cli {

namespace {

/// The program of that name in ../libexec, beside which this one lies.
std::string programBeside(const char *name)
{
    std::error_code failed;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", failed);
    return (self.parent_path().parent_path() / "libexec" / name).string();
}

} // namespace

int startWindow(char **arguments)
{
    const std::string program = programBeside("poolkeeper-window");
    ::execv(program.c_str(), arguments);
    const int why = errno;
    std::fprintf(stderr, "poolkeeper: the window cannot start: %s: %s\n", program.c_str(), std::strerror(why));
    if (why == ENOENT)
        std::fputs("poolkeeper: the installation is not complete. `poolkeeper template` works without it.\n", stderr);
    return 1;
}

int handOver(char **arguments)
{
    const std::string program = programBeside("poolkeeper-fetch");
    ::execv(program.c_str(), arguments);
    std::fprintf(
        stderr, "Error: charts and values that are no files here need %s: %s\n", program.c_str(), std::strerror(errno));
    return 1;
}

} // namespace pk::cli
