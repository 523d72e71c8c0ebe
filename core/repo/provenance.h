// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "repo/keyring.h"

#include <string>
#include <string_view>

namespace pk::repo {

/// The text of a clear-signed message.
struct ClearSigned
{
    std::string text; ///< Without dash escapes and white space at line ends; lines end with \n.
    std::string signedBytes; ///< What the signature is made over: the same with \r\n.
    std::string signature; ///< Its packets.

    /// Nothing but "signature block not found" can go wrong, in Helm's words.
    static Result<ClearSigned> parse(std::string_view message);
};

/// A chart whose origin was checked.
struct Verification
{
    Signer signer;
    std::string fileName; ///< NAME-VERSION.tgz, as it was signed.
    std::string digest; ///< "sha256:..."
};

/// Whether `provenance` (a .prov file) was signed by a key of `keyring` and names `fileName` with the digest of
/// `archive`. Errors in Helm's words. Pure.
Result<Verification> verifyProvenance(const Keyring &keyring, std::string_view provenance, std::string_view archive,
    const std::string &fileName, std::int64_t now);

/// The same for a chart on disk with its .prov file: what `--verify` means for a path.
Result<Verification> verifyChartFile(
    const std::string &path, const std::string &provenancePath, const std::string &keyringPath, std::int64_t now);

} // namespace pk::repo
