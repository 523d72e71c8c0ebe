// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/chartsource.h"
#include "cli/checkcommands.h"
#include "cli/templatecommand.h"
#include "cli/unknowncommand.h"
#include "cli/window.h"

#include <unistd.h>

#include <cstdio>
#include <string_view>

namespace {

constexpr const char *help = R"(Poolkeeper manages Spacelift worker pools on Kubernetes.

Usage:
  poolkeeper                       start the window
  poolkeeper template [NAME] CHART print the manifests of a chart, as helm template does
  poolkeeper lint FILE...          check values files as the window does, for pull requests
  poolkeeper diff BEFORE AFTER     what an upgrade from one values file to another would do
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

using Command = int (*)(const std::vector<std::string> &, pk::cli::Streams &);

/// Null when `name` is no command.
Command commandOf(std::string_view name)
{
    return name == "template" ? pk::cli::runTemplate
        : name == "lint"      ? pk::cli::runLint
        : name == "diff"      ? pk::cli::runDiff
                              : nullptr;
}

} // namespace

int main(int argc, char **argv)
{
    const std::string_view command = argc > 1 ? argv[1] : "";
    if (const auto run = commandOf(command)) {
        pk::cli::Streams streams;
        const int code = run({argv + 2, argv + argc}, streams);
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
    const std::string why = pk::cli::unknownCommand(argv[1]);
    std::fputs(why.c_str(), stderr);
    return 1;
}
