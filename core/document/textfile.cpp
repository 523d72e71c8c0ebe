// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/textfile.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pk::document {

namespace {

constexpr off_t Largest = 32 << 20;

Error systemError(const std::string &what, const std::string &path)
{
    const int number = errno;
    Error error;
    error.code = number == ENOENT ? Error::Code::NotFound
        : number == EACCES        ? Error::Code::Denied
                                  : Error::Code::Io;
    error.message = what + " " + path + ": " + std::strerror(number);
    return error;
}

std::uint64_t stampOf(const struct stat &info)
{
    const auto time = static_cast<std::uint64_t>(info.st_mtim.tv_sec) * 1'000'000'000u
        + static_cast<std::uint64_t>(info.st_mtim.tv_nsec);
    // Never 0, which means "no file".
    return (time ^ (static_cast<std::uint64_t>(info.st_size) << 1)) | 1u;
}

/// Closes on every way out.
struct Descriptor
{
    int fd;
    explicit Descriptor(int descriptor) : fd(descriptor) { }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    ~Descriptor()
    {
        if (fd >= 0)
            ::close(fd);
    }
};

bool writeAll(int fd, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = ::write(fd, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

} // namespace

Result<TextFile> readTextFile(const std::string &path)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat info = {};
    if (file.fd < 0 || ::fstat(file.fd, &info) != 0)
        return systemError("cannot open", path);
    if (!S_ISREG(info.st_mode))
        return Error {Error::Code::InvalidInput, path + " is not a regular file"};
    if (info.st_size > Largest)
        return Error {Error::Code::LimitExceeded, path + " is larger than 32 MiB"};
    TextFile result {path, {}, stampOf(info)};
    char buffer[65536];
    for (;;) {
        const ssize_t count = ::read(file.fd, buffer, sizeof buffer);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return systemError("cannot read", path);
        if (count == 0)
            return result;
        result.text.append(buffer, static_cast<std::size_t>(count));
    }
}

Result<TextFile> writeTextFile(const TextFile &known, std::string text, bool overwrite, unsigned mode)
{
    struct stat info = {};
    const bool exists = ::stat(known.path.c_str(), &info) == 0;
    if (!overwrite && (exists ? stampOf(info) : 0) != known.stamp)
        return Error {Error::Code::Conflict, known.path + " was changed by another program", {}, "file.changed"};
    // The name is beside the file, so that the rename stays on one file system.
    const std::string temporary = known.path + ".poolkeeper-" + std::to_string(::getpid());
    const mode_t wanted = exists ? info.st_mode & 07777 : mode;
    {
        const Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, wanted));
        if (file.fd < 0)
            return systemError("cannot write", temporary);
        if (!writeAll(file.fd, text) || ::fchmod(file.fd, wanted) != 0 || ::fsync(file.fd) != 0) {
            const Error error = systemError("cannot write", temporary);
            ::unlink(temporary.c_str());
            return error;
        }
    }
    if (::rename(temporary.c_str(), known.path.c_str()) != 0) {
        const Error error = systemError("cannot replace", known.path);
        ::unlink(temporary.c_str());
        return error;
    }
    if (::stat(known.path.c_str(), &info) != 0)
        return systemError("cannot find", known.path);
    return TextFile {known.path, std::move(text), stampOf(info)};
}

} // namespace pk::document
