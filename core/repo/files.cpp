// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/files.h"

#include "base/encoding.h"
#include "base/files.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <condition_variable>
#include <filesystem>
#include <mutex>

namespace pk::repo {

bool fileExists(const std::string &path)
{
    return ::access(path.c_str(), F_OK) == 0;
}

std::string parentOf(const std::string &path)
{
    const auto slash = path.rfind('/');
    return slash == path.npos ? "." : path.substr(0, std::max<std::size_t>(slash, 1));
}

Result<void> makeFolders(const std::string &path)
{
    std::error_code failed;
    std::filesystem::create_directories(path, failed);
    if (!failed || std::filesystem::is_directory(path))
        return {};
    errno = failed.value();
    return systemError("mkdir", path);
}

Result<void> writeWhole(const std::string &path, std::string_view bytes, unsigned mode)
{
    std::error_code failed;
    std::string target = path;
    if (std::filesystem::is_symlink(path, failed)) {
        if (const auto real = std::filesystem::canonical(path, failed); !failed)
            target = real.string();
    }
    struct stat before = {};
    if (::stat(target.c_str(), &before) == 0)
        mode = before.st_mode & 07777;
    std::string part = target + ".XXXXXX";
    const int fd = ::mkstemp(part.data());
    if (fd < 0)
        return systemError("open", path);
    bool good = ::fchmod(fd, mode) == 0;
    while (good && !bytes.empty()) {
        const ssize_t count = ::write(fd, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        good = count > 0;
        if (good)
            bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    good = good && ::fsync(fd) == 0;
    good = ::close(fd) == 0 && good;
    if (good && ::rename(part.c_str(), target.c_str()) == 0)
        return {};
    const Error error = systemError("write", path);
    ::unlink(part.c_str());
    return error;
}

std::string FileLock::nameFor(const std::string &path)
{
    const auto dot = path.rfind('.');
    const auto slash = path.rfind('/');
    const bool hasEnding = dot != path.npos && dot > 0 && (slash == path.npos || dot > slash);
    return (hasEnding ? path.substr(0, dot) : path) + ".lock";
}

Result<FileLock> FileLock::take(const std::string &path, const std::stop_token &stop, std::chrono::milliseconds limit,
    std::chrono::milliseconds pause)
{
    const int fd = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0)
        return systemError("open", path);
    FileLock lock(fd);
    const auto end = std::chrono::steady_clock::now() + limit;
    std::mutex mutex;
    std::condition_variable_any wake;
    while (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return systemError("lock", path);
        if (std::chrono::steady_clock::now() >= end)
            return Error{.code = Error::Code::Timeout, .message = "context deadline exceeded", .id = "repo.locked"};
        std::unique_lock guard(mutex);
        wake.wait_for(guard, stop, pause, [] { return false; });
        if (stop.stop_requested())
            return Error{.code = Error::Code::Cancelled, .message = "context canceled"};
    }
    return lock;
}

FileLock::FileLock(FileLock &&other) noexcept : m_fd(std::exchange(other.m_fd, -1)) { }

FileLock::~FileLock()
{
    if (m_fd >= 0)
        ::close(m_fd); // With it goes the lock.
}

std::string sha256Hex(std::string_view bytes)
{
    std::array<unsigned char, 32> digest = {};
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
    return hexEncode({reinterpret_cast<const char *>(digest.data()), digest.size()});
}

} // namespace pk::repo
