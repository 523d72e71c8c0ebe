// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "repo/challenge.h"
#include "repo/index.h"
#include "repo/keyring.h"
#include "repo/ocireference.h"
#include "repo/openpgp.h"
#include "repo/provenance.h"
#include "repo/weburl.h"

using namespace pk;
using fuzz::holds;

namespace {

void readIndex(std::string_view text)
{
    const Result<repo::Index> index = repo::Index::parse(text, "index.yaml");
    if (!index)
        return;
    for (const auto &[name, versions] : index->entries()) {
        for (const char *wanted : {"", "^1.2", "1.0.0"}) {
            if (const auto found = index->find(name, wanted))
                holds(*found != nullptr, "what is found is there", text);
        }
    }
}

/// A ring of keys and what it should have signed.
void readKeys(std::string_view text)
{
    const auto both = fuzz::parts(text, 2);
    const Result<repo::Keyring> ring = repo::Keyring::parse(both[0], "ring");
    const Result<repo::ClearSigned> message = repo::ClearSigned::parse(both[1]);
    if (ring && message)
        (void)ring->check(message->signature, message->signedBytes, 1'700'000'000);
    if (ring)
        (void)repo::verifyProvenance(*ring, both[1], "archive", "c-1.0.0.tgz", 1'700'000'000);
}

void readPackets(std::string_view bytes)
{
    const auto packets = repo::pgp::readPackets(bytes);
    if (!packets)
        return;
    for (const repo::pgp::Packet &packet : *packets) {
        const auto key = repo::pgp::PublicKey::parse(packet.body);
        const auto signature = repo::pgp::Signature::parse(packet.body);
        if (key) {
            holds(key->fingerprint.size() == 20, "a fingerprint has twenty bytes");
            (void)key->keyId();
        }
        for (const repo::pgp::Packet &other : *packets) {
            if (const auto by = repo::pgp::PublicKey::parse(other.body); by && signature)
                (void)repo::pgp::verify(*by, *signature, "data", true);
        }
    }
}

/// What registries and people write about where a chart lies.
void readWords(std::string_view text)
{
    if (const auto reference = repo::OciReference::parse(text)) {
        const auto again = repo::OciReference::parse(reference->toString());
        holds(again.ok() && again->toString() == reference->toString(), "a written reference is the same", text);
    }
    const repo::Challenge challenge = repo::Challenge::parse(text);
    (void)repo::tokenUrl(challenge, repo::cleanScopes({std::string(text)}));
    (void)repo::checkRealm(std::string(text), "https://registry.example.com");
    (void)repo::WebUrl::parse(text);
    (void)repo::resolveReference("https://charts.example.com/a/", std::string(text));
    (void)repo::sameUrl(std::string(text), "https://charts.example.com/a/");
    (void)repo::chooseTag(repo::versionsOfTags({std::string(text), "1.2.3", "1_0"}), std::string(text));
}

} // namespace

/// The first byte says what the rest is: an index, keys and a signed message, packets, or words.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    std::string_view text = fuzz::textOf(data, size);
    switch (fuzz::takeChoice(text, 4)) {
    case 0:
        readIndex(text);
        break;
    case 1:
        readKeys(text);
        break;
    case 2:
        readPackets(text.substr(0, 2048));
        break;
    default:
        readWords(text);
    }
    return 0;
}
