// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/window.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>

namespace pk::cli {

int startWindow(char **arguments)
{
    std::error_code failed;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", failed);
    const std::string program = (self.parent_path().parent_path() / "libexec" / "poolkeeper-window").string();
    ::execv(program.c_str(), arguments);
    const int why = errno;
    std::fprintf(stderr, "poolkeeper: the window cannot start: %s: %s\n", program.c_str(), std::strerror(why));
    if (why == ENOENT)
        std::fputs("poolkeeper: the installation is not complete. `poolkeeper template` works without it.\n", stderr);
    return 1;
}

} // namespace pk::cli
