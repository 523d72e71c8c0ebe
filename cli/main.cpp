// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/chartsource.h"
#include "cli/templatecommand.h"
#include "cli/window.h"

#include <unistd.h>

#include <cstdio>
#include <string_view>

namespace {

constexpr const char *help = R"(Poolkeeper manages Spacelift worker pools on Kubernetes.

Usage:
  poolkeeper                       start the window
  poolkeeper template [NAME] CHART print the manifests of a chart, as helm template does
  poolkeeper --version
  poolkeeper --help                of a command: poolkeeper template --help
)";

void writeAll(int file, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t count = ::write(file, text.data(), text.size());
        if (count <= 0)
            return;
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

} // namespace

int main(int argc, char **argv)
{
    const std::string_view command = argc > 1 ? argv[1] : "";
    if (command == "template") {
        pk::cli::Streams streams;
        const int code = pk::cli::runTemplate({argv + 2, argv + argc}, streams);
        if (code == pk::cli::needsOtherProgram)
            return pk::cli::handOver(argv);
        writeAll(STDERR_FILENO, streams.err);
        writeAll(STDOUT_FILENO, streams.out);
        ::_exit(code); // All is written; what the process holds goes faster with it than piece by piece.
    }
    if (command == "--help" || command == "-h" || command == "help") {
        std::fputs(help, stdout);
        return 0;
    }
    if (command == "--version" || command == "version") {
        std::puts("poolkeeper " PK_VERSION);
        return 0;
    }
    if (command.empty() || command.front() == '-')
        return pk::cli::startWindow(argv);
    std::fprintf(stderr, "Error: unknown command \"%s\" for \"poolkeeper\"\n", argv[1]);
    return 1;
}
