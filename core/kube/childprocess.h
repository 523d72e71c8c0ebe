// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "http/iothread.h"

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace pk::kube {

/// A program run without a shell, with its own process group and nothing to read; its output is collected on the I/O
/// thread. Destroying it kills the whole group. Only used on the I/O thread.
class ChildProcess
{
public:
    struct Spec
    {
        std::string program = {}; ///< A path; PATH is not searched.
        std::vector<std::string> arguments = {}; ///< Without the program's name.
        std::vector<std::string> environment = {}; ///< "NAME=value", all of it.
        std::chrono::milliseconds timeout{300'000};
        std::size_t outputLimit = 1u << 20;
        std::size_t errorLimit = 64u << 10; ///< What goes beyond is dropped.
    };
    struct Outcome
    {
        int exitCode = 0; ///< 128 + signal when a signal ended it.
        std::string output = {};
        std::string errors = {};
    };
    using Done = std::function<void(Result<Outcome>)>;

    /// Code Io when it cannot be started. `done` is called later, unless the object is destroyed before.
    static Result<std::unique_ptr<ChildProcess>> start(http::IoCore &core, const Spec &spec, Done done);
    ~ChildProcess();
    ChildProcess(const ChildProcess &) = delete;
    ChildProcess &operator=(const ChildProcess &) = delete;

private:
    struct Pipe
    {
        int fd = -1;
        http::IoCore::Id watch = 0;
        std::string text = {};
    };

    ChildProcess(http::IoCore &core, const Spec &spec, Done done);
    void readFrom(Pipe &pipe, std::size_t limit, bool fatal);
    void closePipe(Pipe &pipe);
    void lookForEnd();
    void finish(Result<Outcome> outcome);
    void stop();

    http::IoCore &m_core;
    Spec m_spec;
    Done m_done;
    pid_t m_pid = -1;
    int m_status = 0;
    int m_patience = 20; ///< Looks at a dead child whose pipes somebody else still holds open.
    Pipe m_output, m_errors;
    http::IoCore::Id m_lookTimer = 0;
    http::IoCore::Id m_timeoutTimer = 0;
};

/// The path of a command: itself when it has a slash, else the first executable file of that name in `folders`; empty
/// when there is none.
std::string findProgram(const std::string &command, const std::vector<std::string> &folders);

} // namespace pk::kube
