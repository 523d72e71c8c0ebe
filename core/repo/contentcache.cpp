// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/contentcache.h"

#include "base/ascii.h"
#include "base/files.h"
#include "repo/files.h"

#include <algorithm>

namespace pk::repo {

std::string ContentCache::nameOf(const std::string &digest, What what) const
{
    return m_root + "/" + digest.substr(0, 2) + "/" + digest + (what == What::Chart ? ".chart" : ".prov");
}

std::optional<std::string> ContentCache::find(const std::string &digest, What what) const
{
    const std::string name = nameOf(digest, what);
    const auto bytes = readFile(name);
    if (!bytes || bytes->empty() || (what == What::Chart && sha256Hex(*bytes) != digest))
        return std::nullopt;
    return name;
}

Result<std::string> ContentCache::put(const std::string &digest, std::string_view bytes, What what) const
{
    const std::string name = nameOf(digest, what);
    if (const auto made = makeFolders(parentOf(name)); !made)
        return made.error();
    if (const auto written = writeWhole(name, bytes, 0644); !written)
        return written.error();
    return name;
}

Result<std::string> digestDigits(const std::string &digest)
{
    const auto colon = digest.find(':');
    std::string digits = colon == digest.npos ? digest : digest.substr(colon + 1);
    const auto fail = [](std::string why) {
        return Error{.code = Error::Code::InvalidInput, .message = "unable to decode digest: " + std::move(why)};
    };
    for (char &c : digits) {
        c = ascii::hexOf(c) >= 0 ? ascii::toLower(c) : c;
        if (ascii::hexOf(c) < 0)
            return fail("encoding/hex: invalid byte: U+00" + std::string(1, "0123456789ABCDEF"[(c >> 4) & 15])
                + std::string(1, "0123456789ABCDEF"[c & 15]) + " '" + std::string(1, c) + "'");
    }
    if (digits.size() % 2 != 0)
        return fail("encoding/hex: odd length hex string");
    if (!digest.empty() && digits.size() != 64)
        return Error{.code = Error::Code::InvalidInput,
            .message = "invalid digest length: " + std::to_string(digits.size() / 2)};
    return digits;
}

} // namespace pk::repo
