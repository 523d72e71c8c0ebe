// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_process RUNS COMMAND... -- COMMAND...: runs the commands in turn RUNS times each, output thrown away, and
// prints one line of JSON: milliseconds from start to end (median and least) and median peak resident kilobytes, of
// each. A small program of its own, because a process counts what its parent held at the fork as its own peak.
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

extern char **environ; // NOLINT: POSIX declares it nowhere

namespace {

struct Command
{
    std::vector<char *> words;
    std::vector<double> millis;
    std::vector<double> kilobytes;
};

double median(std::vector<double> of)
{
    std::ranges::sort(of);
    return of[of.size() / 2];
}

void runOnce(Command &command)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    const auto start = std::chrono::steady_clock::now();
    pid_t child = 0;
    int status = 0;
    rusage used = {};
    if (posix_spawn(&child, command.words[0], &actions, nullptr, command.words.data(), environ) != 0
        || wait4(child, &status, 0, &used) != child || status != 0) {
        std::fprintf(stderr, "bench_process: %s failed\n", command.words[0]);
        std::exit(1);
    }
    posix_spawn_file_actions_destroy(&actions);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    command.millis.push_back(took.count());
    command.kilobytes.push_back(static_cast<double>(used.ru_maxrss));
}

} // namespace

int main(int argc, char **argv)
{
    const int runs = argc > 2 ? std::atoi(argv[1]) : 0;
    if (runs < 1)
        return 2;
    std::vector<Command> commands(1);
    for (int i = 2; i < argc; ++i) {
        if (std::strcmp(argv[i], "--") == 0)
            commands.emplace_back();
        else
            commands.back().words.push_back(argv[i]);
    }
    for (Command &command : commands) {
        if (command.words.empty())
            return 2;
        command.words.push_back(nullptr);
    }
    for (int i = 0; i < runs; ++i) {
        for (Command &command : commands)
            runOnce(command);
    }
    std::printf("[");
    for (const Command &command : commands)
        std::printf("%s{\"millis\": %.2f, \"least\": %.2f, \"kilobytes\": %.0f}",
            &command == commands.data() ? "" : ", ", median(command.millis), *std::ranges::min_element(command.millis),
            median(command.kilobytes));
    std::printf("]\n");
    return 0;
}
