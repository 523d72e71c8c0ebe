// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/dockercredentials.h"

#include "base/encoding.h"
#include "base/files.h"
#include "base/quote.h"
#include "yaml/json.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>

extern char **environ;

namespace pk::repo {

namespace {

constexpr std::size_t outputLimit = 1U << 20U;

Error badConfig(const std::string &path, const std::string &why)
{
    return {.code = Error::Code::InvalidInput,
        .message = "failed to decode config file " + path + ": invalid config format: " + why};
}

/// "https://host/v1/" and "host" are the same registry.
std::string hostOf(std::string address)
{
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (address.starts_with(scheme))
            address.erase(0, scheme.size());
    }
    return address.substr(0, address.find('/'));
}

Result<Credential> credentialOf(const Value &entry)
{
    Credential out;
    out.username = entry.get("username").stringOr();
    out.password = Redacted(entry.get("password").stringOr());
    out.identityToken = Redacted(entry.get("identitytoken").stringOr());
    out.accessToken = Redacted(entry.get("registrytoken").stringOr());
    const std::string pair = entry.get("auth").stringOr();
    if (pair.empty())
        return out;
    std::string text;
    std::size_t badAt = 0;
    const Error wrong{.code = Error::Code::InvalidInput,
        .message = "failed to decode auth field: invalid config format: not the base64 of user:password"};
    if (!base64Decode(pair, text, badAt))
        return wrong;
    const auto colon = text.find(':');
    if (colon == text.npos)
        return wrong;
    out.username = text.substr(0, colon);
    out.password = Redacted(text.substr(colon + 1));
    return out;
}

Result<Credential> fromHelper(const std::string &name, const std::string &server, const CredentialHelper &helper)
{
    const auto text = helper(name, server);
    if (!text)
        return text.error().message == "credentials not found in native keychain" ? Result<Credential>(Credential())
                                                                                  : Result<Credential>(text.error());
    const auto tree = yaml::parseJson(*text);
    if (!tree)
        return tree.error();
    Credential out;
    out.username = tree->get("Username").stringOr();
    if (out.username == "<token>") {
        out.username.clear();
        out.identityToken = Redacted(tree->get("Secret").stringOr());
    } else {
        out.password = Redacted(tree->get("Secret").stringOr());
    }
    return out;
}

/// A child with one socket for its input and output.
class Helper
{
public:
    ~Helper()
    {
        if (m_socket >= 0)
            ::close(m_socket);
        if (m_pid > 0) {
            ::kill(m_pid, SIGKILL);
            ::waitpid(m_pid, nullptr, 0);
        }
    }

    bool start(const std::string &program)
    {
        int ends[2] = {-1, -1};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
            return false;
        m_socket = ends[0];
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        std::string name = program, action = "get";
        char *arguments[] = {name.data(), action.data(), nullptr};
        const int failed = ::posix_spawnp(&m_pid, name.c_str(), &actions, nullptr, arguments, environ);
        posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
        if (failed != 0)
            m_pid = -1;
        return failed == 0;
    }

    bool tell(const std::string &text) const
    {
        const bool sent = ::send(m_socket, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
        ::shutdown(m_socket, SHUT_WR);
        return sent;
    }

    /// What it prints until its end; false when that takes too long, is too much, or is not wanted any more.
    bool listen(std::string &text, const std::stop_token &stop) const
    {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (!stop.stop_requested() && std::chrono::steady_clock::now() < end && text.size() <= outputLimit) {
            pollfd waiting{.fd = m_socket, .events = POLLIN, .revents = 0};
            if (::poll(&waiting, 1, 100) <= 0)
                continue;
            char buffer[4096];
            const ssize_t count = ::recv(m_socket, buffer, sizeof buffer, 0);
            if (count <= 0)
                return true;
            text.append(buffer, static_cast<std::size_t>(count));
        }
        return false;
    }

    /// Its exit code, once its output has ended.
    int wait()
    {
        int status = 0;
        ::waitpid(m_pid, &status, 0);
        m_pid = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

private:
    int m_socket = -1;
    pid_t m_pid = -1;
};

} // namespace

Result<Credential> credentialIn(
    const std::string &configText, const std::string &path, const std::string &registry, const CredentialHelper &helper)
{
    if (trimSpace(configText).empty())
        return Credential();
    const auto config = yaml::parseJson(configText);
    if (!config)
        return badConfig(path, config.error().message);
    if (!config->isMap())
        return badConfig(path, "not an object");
    const std::string server = registry == "registry-1.docker.io" ? "https://index.docker.io/v1/" : registry;
    std::string name = config->get("credHelpers").get(server).stringOr();
    if (name.empty())
        name = config->get("credsStore").stringOr();
    if (!name.empty())
        return fromHelper(name, server, helper);
    const Value auths = config->get("auths");
    if (!auths.isMap())
        return Credential();
    if (const Value *exact = auths.asMap().find(server))
        return credentialOf(*exact);
    for (const auto &[address, entry] : auths.asMap()) {
        if (hostOf(address) == server)
            return credentialOf(entry);
    }
    return Credential();
}

Result<Credential> findCredential(
    const std::vector<std::string> &files, const std::string &registry, const CredentialHelper &helper)
{
    for (const std::string &file : files) {
        const auto text = readFile(file);
        if (!text)
            continue;
        auto found = credentialIn(*text, file, registry, helper);
        if (!found || !found->isEmpty())
            return found;
    }
    return Credential();
}

CredentialHelper programHelper(std::stop_token stop)
{
    return [stop = std::move(stop)](const std::string &name, const std::string &server) -> Result<std::string> {
        const std::string program = "docker-credential-" + name;
        const auto fail = [](std::string text, Error::Code code = Error::Code::Io) {
            return Error{.code = code, .message = std::move(text)};
        };
        Helper child;
        if (name.find('/') != name.npos || !child.start(program))
            return fail("exec: " + goQuote(program) + ": executable file not found in $PATH");
        std::string output;
        if (!child.tell(server) || !child.listen(output, stop))
            return stop.stop_requested() ? fail("context canceled", Error::Code::Cancelled)
                                         : fail(program + " did not answer", Error::Code::Timeout);
        const int code = child.wait();
        if (code == 0)
            return output;
        const std::string words(trimSpace(output));
        return fail(words.empty() ? "exit status " + std::to_string(code) : words);
    };
}

} // namespace pk::repo
