// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace pk::repo {

/// Helm 4's cache of archives: `ROOT/ab/abcd….chart`, where the name is the archive's SHA-256, and the signature beside
/// it as `.prov`. Unlike helm, nothing is put in, or taken out, whose bytes do not have the digest that names them.
class ContentCache
{
public:
    enum class What { Chart, Provenance };

    explicit ContentCache(std::string root) : m_root(std::move(root)) { }

    /// The path of what is there; empty files and charts with other bytes than their name says do not count.
    std::optional<std::string> find(const std::string &digest, What what) const;
    /// Stores `bytes` under `digest` (64 hexadecimal digits of the *chart*) and returns the path.
    Result<std::string> put(const std::string &digest, std::string_view bytes, What what) const;
    const std::string &root() const { return m_root; }

private:
    std::string nameOf(const std::string &digest, What what) const;

    std::string m_root;
};

/// The 64 digits of an index's digest, which may begin with "sha256:". Errors in Helm's words.
Result<std::string> digestDigits(const std::string &digest);

} // namespace pk::repo
