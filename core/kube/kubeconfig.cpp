// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/kubeconfig.h"

#include "kube/kubeconfigproblems.h"
#include "kube/kubeconfigreader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace pk::kube {

namespace {

constexpr off_t maxConfigBytes = 8 << 20;
constexpr off_t maxNamedBytes = 1 << 20;

Error ioError(const std::string &path, const std::string &reason)
{
    return {.code = Error::Code::Io,
        .message = path + ": " + reason,
        .id = "kube.file",
        .parameters = {{"file", path}, {"reason", reason}}};
}

Result<std::string> readRegularFile(const std::string &path, off_t limit)
{
    // Not blocking, so that a FIFO in place of the file cannot hold us.
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT ? Error{.code = Error::Code::NotFound, .message = path + ": no such file or directory"}
                               : ioError(path, std::strerror(errno));
    struct stat info = {};
    std::string text;
    std::string reason;
    if (fstat(fd, &info) != 0)
        reason = std::strerror(errno);
    else if (S_ISDIR(info.st_mode))
        reason = "is a directory";
    else if (!S_ISREG(info.st_mode))
        reason = "is not a regular file";
    else if (info.st_size > limit)
        reason = "is larger than " + std::to_string(limit >> 20) + " MiB";
    for (char part[16384]; reason.empty();) {
        const ssize_t count = read(fd, part, sizeof part);
        if (count < 0)
            reason = std::strerror(errno);
        if (count <= 0)
            break;
        text.append(part, std::size_t(count));
        if (off_t(text.size()) > limit)
            reason = "is larger than " + std::to_string(limit >> 20) + " MiB";
    }
    close(fd);
    if (!reason.empty())
        return ioError(path, reason);
    return text;
}

std::vector<std::string> split(const std::string &list)
{
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= list.size();) {
        const auto end = std::min(list.find(':', begin), list.size());
        std::string part = list.substr(begin, end - begin);
        if (!part.empty() && std::ranges::find(parts, part) == parts.end())
            parts.push_back(std::move(part));
        begin = end + 1;
    }
    return parts;
}

std::string joined(const std::vector<std::string> &parts)
{
    std::string text;
    for (const std::string &part : parts)
        text += (text.empty() ? "" : ", ") + part;
    return text;
}

template <class Entry> Entry entryOr(const std::map<std::string, Entry, std::less<>> &entries, const std::string &name)
{
    const auto found = entries.find(name);
    return found == entries.end() ? Entry() : found->second;
}

} // namespace

Result<std::string> readNamedFile(const std::string &path)
{
    return readRegularFile(path, maxNamedBytes);
}

Kubeconfig::Origin Kubeconfig::Origin::fromEnvironment()
{
    Origin origin;
    if (const char *list = std::getenv("KUBECONFIG"))
        origin.kubeconfigVariable = list;
    if (const char *home = std::getenv("HOME"))
        origin.home = home;
    return origin;
}

Kubeconfig Kubeconfig::load(const Origin &origin)
{
    Kubeconfig config;
    const bool listed = origin.explicitFile.empty() && origin.kubeconfigVariable && !origin.kubeconfigVariable->empty();
    if (!origin.explicitFile.empty())
        config.m_files = {origin.explicitFile};
    else if (listed)
        config.m_files = split(*origin.kubeconfigVariable);
    else
        config.m_files = {origin.home + "/.kube/config"};

    std::vector<std::string> missing;
    for (const std::string &file : std::vector(config.m_files)) {
        const std::string absolute = std::filesystem::absolute(file).lexically_normal().string();
        const auto text = readRegularFile(absolute, maxConfigBytes);
        if (text) {
            config.merge(parse(*text, absolute));
        } else if (text.error().code == Error::Code::NotFound) {
            missing.push_back(file);
        } else {
            config.m_errors.push_back({.code = Error::Code::Io,
                .message = "error loading config file \"" + file + "\": " + text.error().message,
                .id = "kube.config-file",
                .parameters = {{"file", file}, {"reason", text.error().message}}});
        }
    }
    // A missing ~/.kube/config is just an empty configuration.
    const bool allListedMissing = listed && !missing.empty() && missing.size() == config.m_files.size();
    if (!missing.empty() && (!origin.explicitFile.empty() || allListedMissing))
        config.m_errors.push_back({.code = Error::Code::NotFound,
            .message = "Config not found: " + joined(missing),
            .id = "kube.config-missing",
            .parameters = {{"file", joined(missing)}}});
    return config;
}

Kubeconfig Kubeconfig::parse(std::string_view text, const std::string &fileName)
{
    auto config = KubeconfigReader::read(text, fileName);
    if (config)
        return std::move(*config);
    Kubeconfig empty;
    empty.m_errors.push_back(config.error());
    return empty;
}

void Kubeconfig::merge(Kubeconfig &&next)
{
    // std::map::merge keeps what is there already: the first file wins.
    m_clusters.merge(next.m_clusters);
    m_users.merge(next.m_users);
    m_contexts.merge(next.m_contexts);
    if (m_currentContext.empty())
        m_currentContext = next.m_currentContext;
    m_errors.insert(m_errors.end(), next.m_errors.begin(), next.m_errors.end());
}

std::vector<ContextInfo> Kubeconfig::contexts() const
{
    std::vector<ContextInfo> infos;
    for (const auto &[name, context] : m_contexts) {
        const ClusterEntry cluster = entryOr(m_clusters, context.cluster);
        const UserEntry user = entryOr(m_users, context.user);
        infos.push_back({.name = name,
            .cluster = context.cluster,
            .user = context.user,
            .nameSpace = context.nameSpace.empty() ? "default" : context.nameSpace,
            .server = cluster.server,
            .file = context.file,
            .current = name == m_currentContext,
            .needsExec = usesExec(user),
            .insecure = cluster.insecure || serverUrl(cluster).starts_with("http://"),
            .problems = problems(name)});
    }
    return infos;
}

std::vector<Error> Kubeconfig::problems(std::string_view name) const
{
    const auto context = m_contexts.find(name);
    if (context == m_contexts.end())
        return {missingContext(std::string(name))};
    const auto cluster = m_clusters.find(context->second.cluster);
    const auto user = m_users.find(context->second.user);
    return problemsOf(context->second, cluster == m_clusters.end() ? nullptr : &cluster->second,
        user == m_users.end() ? nullptr : &user->second);
}

Result<ContextConfig> Kubeconfig::resolve(std::string_view name) const
{
    if (const auto found = problems(name); !found.empty())
        return found.front();
    const ContextEntry &context = m_contexts.find(name)->second;
    return ContextConfig{.name = context.name,
        .nameSpace = context.nameSpace.empty() ? "default" : context.nameSpace,
        .cluster = entryOr(m_clusters, context.cluster),
        .user = entryOr(m_users, context.user)};
}

} // namespace pk::kube
