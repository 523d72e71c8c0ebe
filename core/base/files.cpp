// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace pk {

std::string systemWords(int number)
{
    std::string words = std::strerror(number);
    if (!words.empty() && words.front() >= 'A' && words.front() <= 'Z')
        words.front() = static_cast<char>(words.front() + 32);
    return words;
}

Error systemError(std::string_view operation, std::string_view path)
{
    const int number = errno;
    return {.code = number == ENOENT ? Error::Code::NotFound : Error::Code::Io,
        .message = std::string(operation) + " " + std::string(path) + ": " + systemWords(number)};
}

Result<std::string> readFile(const std::string &path)
{
    if (path.find('\0') != path.npos) { // The system would read another file: that whose name ends there.
        errno = EINVAL;
        return systemError("open", path);
    }
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return systemError("open", path);
    std::string out;
    struct stat info = {};
    const auto tooLarge = [&path] {
        return Error{.code = Error::Code::InvalidInput,
            .message = "read " + path + ": larger than the maximum file size " + std::to_string(largestFile)};
    };
    if (::fstat(file, &info) == 0 && S_ISREG(info.st_mode)) {
        if (static_cast<std::size_t>(info.st_size) > largestFile) {
            ::close(file);
            return tooLarge();
        }
        out.reserve(static_cast<std::size_t>(info.st_size) + 1);
    }
    char buffer[65536];
    ssize_t count = 0;
    while (out.size() <= largestFile && (count = ::read(file, buffer, sizeof buffer)) > 0)
        out.append(buffer, static_cast<std::size_t>(count));
    const Error error = count < 0 ? systemError("read", path) : Error();
    ::close(file);
    if (count < 0)
        return error;
    if (out.size() > largestFile)
        return tooLarge();
    return out;
}

} // namespace pk
