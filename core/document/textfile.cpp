// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/textfile.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace pk::document {

namespace {

constexpr off_t Largest = 32 << 20;

Error systemError(const std::string &what, const std::string &path)
{
    const int number = errno;
    Error error;
    error.code = number == ENOENT ? Error::Code::NotFound : number == EACCES ? Error::Code::Denied : Error::Code::Io;
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

/// The file behind symbolic links; the path itself when there is none yet.
std::string realPath(const std::string &path)
{
    const std::unique_ptr<char, decltype(&std::free)> resolved(::realpath(path.c_str(), nullptr), &std::free);
    return resolved ? resolved.get() : path;
}

/// So that the new name survives a power cut; where a file system cannot do it, the content is whole all the same.
void syncFolderOf(const std::string &path)
{
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.fd >= 0)
        (void)::fsync(opened.fd);
}

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
        return Error{Error::Code::InvalidInput, path + " is not a regular file"};
    if (info.st_size > Largest)
        return Error{Error::Code::LimitExceeded, path + " is larger than 32 MiB"};
    TextFile result{path, {}, stampOf(info)};
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
        return Error{Error::Code::Conflict, known.path + " was changed by another program", {}, "file.changed"};
    // A symbolic link stays one: what it points to is replaced. The temporary name is beside that, so that the rename
    // stays on one file system.
    const std::string target = realPath(known.path);
    std::string temporary = target + ".poolkeeper-XXXXXX";
    const mode_t wanted = exists ? info.st_mode & 07777 : mode;
    {
        const Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
        if (file.fd < 0)
            return systemError("cannot write", temporary);
        if (!writeAll(file.fd, text) || ::fchmod(file.fd, wanted) != 0 || ::fsync(file.fd) != 0) {
            const Error error = systemError("cannot write", temporary);
            ::unlink(temporary.c_str());
            return error;
        }
    }
    if (::rename(temporary.c_str(), target.c_str()) != 0) {
        const Error error = systemError("cannot replace", known.path);
        ::unlink(temporary.c_str());
        return error;
    }
    syncFolderOf(target);
    if (::stat(known.path.c_str(), &info) != 0)
        return systemError("cannot find", known.path);
    return TextFile{known.path, std::move(text), stampOf(info)};
}

} // namespace pk::document
