// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <chrono>
#include <stop_token>
#include <string>
#include <string_view>

// The file system as this module needs it. Errors are in Go's words, as helm shows them.
namespace pk::repo {

bool fileExists(const std::string &path);
std::string parentOf(const std::string &path);
Result<void> makeFolders(const std::string &path);

/// Replaces a file as a whole: readers see the old bytes or the new ones. Through a symbolic link the file behind it is
/// replaced. `mode` is for a new file; one that is there keeps its own.
Result<void> writeWhole(const std::string &path, std::string_view bytes, unsigned mode);

/// The lock that helm takes around a change of repositories.yaml; freed when the object dies.
class FileLock
{
public:
    /// Waits until `limit` for another holder, looking again every `pause`. Cancelled when `stop` asks.
    static Result<FileLock> take(const std::string &path, const std::stop_token &stop,
        std::chrono::milliseconds limit = std::chrono::seconds(30),
        std::chrono::milliseconds pause = std::chrono::milliseconds(100));
    FileLock(FileLock &&other) noexcept;
    FileLock &operator=(FileLock &&) = delete;
    ~FileLock();

    /// "repositories.lock" for "repositories.yaml".
    static std::string nameFor(const std::string &path);

private:
    explicit FileLock(int fd) : m_fd(fd) { }
    int m_fd = -1;
};

/// Lower-case hexadecimal digits of a SHA-256.
std::string sha256Hex(std::string_view bytes);

} // namespace pk::repo
