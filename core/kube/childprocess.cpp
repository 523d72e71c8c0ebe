// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/childprocess.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace pk::kube {

namespace {

using namespace std::chrono_literals;

std::vector<char *> pointers(const std::string *first, const std::vector<std::string> &texts)
{
    std::vector<char *> list;
    if (first)
        list.push_back(const_cast<char *>(first->c_str()));
    for (const std::string &text : texts)
        list.push_back(const_cast<char *>(text.c_str()));
    list.push_back(nullptr);
    return list;
}

/// What the child gets: our two pipes, nothing to read, no other descriptor, no blocked or ignored signal.
class SpawnSetup
{
public:
    SpawnSetup(int output, int errors)
    {
        posix_spawn_file_actions_init(&m_actions);
        posix_spawn_file_actions_addopen(&m_actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&m_actions, output, 1);
        posix_spawn_file_actions_adddup2(&m_actions, errors, 2);
        posix_spawn_file_actions_addclosefrom_np(&m_actions, 3);
        posix_spawnattr_init(&m_attributes);
        sigset_t none, all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&m_attributes, &none);
        posix_spawnattr_setsigdefault(&m_attributes, &all);
        posix_spawnattr_setpgroup(&m_attributes, 0);
        posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~SpawnSetup()
    {
        posix_spawn_file_actions_destroy(&m_actions);
        posix_spawnattr_destroy(&m_attributes);
    }
    SpawnSetup(const SpawnSetup &) = delete;
    SpawnSetup &operator=(const SpawnSetup &) = delete;

    int spawn(pid_t &pid, const ChildProcess::Spec &spec) const
    {
        const auto arguments = pointers(&spec.program, spec.arguments);
        const auto environment = pointers(nullptr, spec.environment);
        return posix_spawn(&pid, spec.program.c_str(), &m_actions, &m_attributes, arguments.data(), environment.data());
    }

private:
    posix_spawn_file_actions_t m_actions;
    posix_spawnattr_t m_attributes;
};

Error ioError(const std::string &program, int code)
{
    return {.code = code == ENOENT ? Error::Code::NotFound : Error::Code::Io,
        .message = program + ": " + std::strerror(code),
        .id = "kube.process",
        .parameters = {{"program", program}, {"reason", std::strerror(code)}}};
}

} // namespace

ChildProcess::ChildProcess(http::IoCore &core, const Spec &spec, Done done) :
    m_core(core), m_spec(spec), m_done(std::move(done))
{
}

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(http::IoCore &core, const Spec &spec, Done done)
{
    std::array<int, 2> output = {-1, -1}, errors = {-1, -1};
    if (pipe2(output.data(), O_CLOEXEC) != 0)
        return ioError(spec.program, errno);
    if (pipe2(errors.data(), O_CLOEXEC) != 0) {
        const int code = errno;
        close(output[0]);
        close(output[1]);
        return ioError(spec.program, code);
    }
    std::unique_ptr<ChildProcess> process(new ChildProcess(core, spec, std::move(done)));
    process->m_output.fd = output[0];
    process->m_errors.fd = errors[0];
    fcntl(output[0], F_SETFL, O_NONBLOCK);
    fcntl(errors[0], F_SETFL, O_NONBLOCK);
    const int code = SpawnSetup(output[1], errors[1]).spawn(process->m_pid, spec);
    close(output[1]);
    close(errors[1]);
    if (code != 0) {
        process->m_pid = -1;
        return ioError(spec.program, code);
    }
    ChildProcess *self = process.get();
    self->m_output.watch =
        core.watchReadable(output[0], [self] { self->readFrom(self->m_output, self->m_spec.outputLimit, true); });
    self->m_errors.watch =
        core.watchReadable(errors[0], [self] { self->readFrom(self->m_errors, self->m_spec.errorLimit, false); });
    self->m_lookTimer = core.startTimer(10ms, [self] { self->lookForEnd(); });
    self->m_timeoutTimer = core.startTimer(spec.timeout, [self] {
        self->m_timeoutTimer = 0;
        self->finish(Error{.code = Error::Code::Timeout,
            .message = self->m_spec.program + " did not finish in "
                + std::to_string(self->m_spec.timeout.count() / 1000) + " seconds",
            .id = "kube.process-timeout",
            .parameters = {{"program", self->m_spec.program}}});
    });
    return process;
}

ChildProcess::~ChildProcess()
{
    stop();
}

void ChildProcess::readFrom(Pipe &pipe, std::size_t limit, bool fatal)
{
    std::array<char, 16384> part;
    for (;;) {
        const ssize_t count = read(pipe.fd, part.data(), part.size());
        if (count < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (count <= 0)
            return closePipe(pipe);
        const std::size_t room = limit - pipe.text.size();
        pipe.text.append(part.data(), std::min(std::size_t(count), room));
        if (fatal && std::size_t(count) > room)
            return finish(Error{.code = Error::Code::LimitExceeded,
                .message = m_spec.program + " printed more than " + std::to_string(limit) + " bytes",
                .id = "kube.process-output",
                .parameters = {{"program", m_spec.program}}});
    }
}

void ChildProcess::closePipe(Pipe &pipe)
{
    if (pipe.fd < 0)
        return;
    m_core.unwatch(pipe.watch);
    close(pipe.fd);
    pipe.fd = -1;
}

void ChildProcess::lookForEnd()
{
    m_lookTimer = 0;
    if (m_pid > 0 && waitpid(m_pid, &m_status, WNOHANG) == m_pid)
        m_pid = -1;
    const bool dead = m_pid < 0;
    const bool silent = m_output.fd < 0 && m_errors.fd < 0;
    // Something that it started may live on and hold the pipes.
    if (dead && (silent || --m_patience == 0)) {
        const int code = WIFSIGNALED(m_status) ? 128 + WTERMSIG(m_status) : WEXITSTATUS(m_status);
        return finish(Outcome{code, m_output.text, m_errors.text});
    }
    m_lookTimer = m_core.startTimer(silent || dead ? 5ms : 50ms, [this] { lookForEnd(); });
}

void ChildProcess::finish(Result<Outcome> outcome)
{
    stop();
    // The receiver may destroy this object, and m_done with it.
    const Done done = std::exchange(m_done, nullptr);
    if (done)
        done(std::move(outcome));
}

void ChildProcess::stop()
{
    m_core.stopTimer(std::exchange(m_lookTimer, 0));
    m_core.stopTimer(std::exchange(m_timeoutTimer, 0));
    closePipe(m_output);
    closePipe(m_errors);
    if (m_pid > 0) {
        kill(-m_pid, SIGKILL);
        kill(m_pid, SIGKILL); // In case that it has no group of its own yet.
        waitpid(m_pid, &m_status, 0); // After SIGKILL this does not take long.
        m_pid = -1;
    }
}

std::string findProgram(const std::string &command, const std::vector<std::string> &folders)
{
    const auto isProgram = [](const std::string &path) {
        struct stat info = {};
        return stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) && access(path.c_str(), X_OK) == 0;
    };
    if (command.find('/') != command.npos)
        return isProgram(command) ? command : std::string();
    for (const std::string &folder : folders)
        // As in Go, a program in the current folder is never found by its bare name.
        if (folder.starts_with('/') && isProgram(folder + "/" + command))
            return folder + "/" + command;
    return {};
}

} // namespace pk::kube
