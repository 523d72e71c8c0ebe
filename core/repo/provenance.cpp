// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/provenance.h"

#include "base/ascii.h"
#include "base/files.h"
#include "base/gopath.h"
#include "chart/gotext.h"
#include "repo/files.h"
#include "yaml/reader.h"

#include <algorithm>
#include <filesystem>

namespace pk::repo {

namespace {

Error notVerified(std::string why)
{
    return {.code = Error::Code::Denied, .message = std::move(why)};
}

/// The next line without its end; false when there is none.
bool takeLine(std::string_view &rest, std::string_view &line)
{
    if (rest.empty())
        return false;
    const auto end = std::min(rest.find('\n'), rest.size());
    line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return true;
}

bool isHashHeader(std::string_view line)
{
    return line.starts_with("Hash:")
        && std::ranges::all_of(line, [](unsigned char c) { return c >= 0x20 && c < 0x7F; });
}

} // namespace

Result<ClearSigned> ClearSigned::parse(std::string_view message)
{
    constexpr std::string_view start = "-----BEGIN PGP SIGNED MESSAGE-----", end = "-----BEGIN PGP SIGNATURE-----";
    const Error none = notVerified("signature block not found");
    std::size_t at = message.starts_with(start) ? 0 : message.find("\n" + std::string(start));
    if (at == message.npos)
        return none;
    std::string_view rest = message.substr(at + (at > 0 ? 1 : 0) + start.size()), line;
    if (!takeLine(rest, line) || !line.empty())
        return none;
    while (true) {
        if (!takeLine(rest, line))
            return none;
        if (trimSpace(line).empty())
            break;
        if (!isHashHeader(line)) // Any other header could be mistaken for what was signed.
            return none;
    }
    ClearSigned out;
    bool first = true;
    while (true) {
        const std::string_view before = rest;
        if (!takeLine(rest, line))
            return none;
        if (line == end) {
            rest = before;
            break;
        }
        if (line.starts_with("- "))
            line.remove_prefix(2);
        const auto last = line.find_last_not_of(" \t");
        line = last == line.npos ? "" : line.substr(0, last + 1);
        out.signedBytes += (first ? "" : "\r\n") + std::string(line);
        out.text += (first ? "" : "\n") + std::string(line);
        first = false;
    }
    auto packets = pgp::readArmor(rest);
    if (!packets)
        return none;
    out.signature = *std::move(packets);
    return out;
}

Result<Verification> verifyProvenance(const Keyring &keyring, std::string_view provenance, std::string_view archive,
    const std::string &fileName, std::int64_t now)
{
    const auto message = ClearSigned::parse(provenance);
    if (!message)
        return message.error();
    const auto signer = keyring.check(message->signature, message->signedBytes, now);
    if (!signer)
        return signer.error();
    constexpr std::string_view mark = "\n...\n";
    const auto cut = message->text.find(mark);
    if (cut == std::string::npos)
        return notVerified("message block must have at least two parts");
    std::string sums = message->text.substr(cut + mark.size());
    sums.resize(std::min(sums.find(mark), sums.size()));
    const auto tree = yaml::toValue(sums);
    if (!tree)
        return tree.error();
    const std::string digest = "sha256:" + sha256Hex(archive);
    const Value told = tree->get("files").get(fileName);
    if (!told.isString())
        return notVerified("provenance does not contain a SHA for a file named " + goQuote(fileName));
    if (told.toString() != digest)
        return notVerified(
            "sha256 sum does not match for " + fileName + ": " + goQuote(told.toString()) + " != " + goQuote(digest));
    return Verification{*signer, fileName, digest};
}

Result<Verification> verifyChartFile(
    const std::string &path, const std::string &provenancePath, const std::string &keyringPath, std::int64_t now)
{
    if (std::filesystem::is_directory(path))
        return notVerified("unpacked charts cannot be verified");
    const std::string name(pathBase(path));
    if (!ascii::equalFold(name.substr(std::min(name.rfind('.'), name.size())), ".tgz"))
        return notVerified("chart must be a tgz file");
    if (!fileExists(provenancePath))
        return systemError("stat", provenancePath).wrapped("could not load provenance file " + provenancePath + ": ");
    const auto keyring = Keyring::load(keyringPath);
    if (!keyring)
        return keyring.error().wrapped("failed to load keyring: ");
    const auto archive = readFile(path);
    if (!archive)
        return archive.error().wrapped("failed to read chart archive: ");
    const auto provenance = readFile(provenancePath);
    if (!provenance)
        return provenance.error().wrapped("failed to read provenance file: ");
    return verifyProvenance(*keyring, *provenance, *archive, name, now);
}

} // namespace pk::repo
