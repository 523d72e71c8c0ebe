// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/encoding.h"
#include "template/functions/families.h"
#include "template/functions/support.h"
#include "template/functions/x509.h"
#include "template/gotype.h"

#include <arpa/inet.h>

namespace pk::tmpl {

using namespace sprig;

namespace {

/// What a new key takes of the steps of an execution: sixty of the usual ones end it, after some seconds.
std::uint64_t stepsOf(KeyType type)
{
    switch (type) {
    case KeyType::Rsa2048:
        return 6 * SlowSteps;
    case KeyType::Rsa4096:
        return 40 * SlowSteps;
    case KeyType::Dsa:
        return 12 * SlowSteps;
    case KeyType::Ecdsa:
    case KeyType::Ed25519:
        break;
    }
    return 10'000;
}

/// What reading a key and signing with it takes, which for RSA grows as the cube of its length.
std::uint64_t stepsOfUse(const std::string &pem)
{
    constexpr std::uint64_t mostBits = 16'384; // OpenSSL takes no longer ones.
    const std::uint64_t bits = std::min<std::uint64_t>(pem.size() * 5 / 4, mostBits); // 4.5 numbers in base64
    return 20'000 + bits * bits * bits / 500'000;
}

/// sprig.certificate: a certificate with its key, both PEM.
class CertificateObject final : public Object, public GoType
{
public:
    CertificateObject(std::string certificate, std::string key) :
        m_certificate(std::move(certificate)), m_key(std::move(key))
    {
    }

    std::string typeName() const override { return "sprig.certificate"; }
    std::string print() const override { return '{' + m_certificate + ' ' + m_key + '}'; }
    Value toTree() const override
    {
        return Value::map({{"Cert", Value::string(m_certificate)}, {"Key", Value::string(m_key)}});
    }
    bool field(std::string_view name, Value &value) const override
    {
        if (name != "Cert" && name != "Key")
            return false;
        value = Value::string(name == "Cert" ? m_certificate : m_key);
        return true;
    }
    bool equals(const Object &other) const override
    {
        const auto *const same = dynamic_cast<const CertificateObject *>(&other);
        return same && same->m_certificate == m_certificate && same->m_key == m_key;
    }

    std::vector<Field> fields() const override
    {
        return {{"Cert", Value::string(m_certificate)}, {"Key", Value::string(m_key)}};
    }

    const std::string &certificate() const { return m_certificate; }
    const std::string &key() const { return m_key; }

private:
    std::string m_certificate;
    std::string m_key;
};

Value certificateValue(std::string certificate, std::string key)
{
    return Value::of(Ref<Object>(new CertificateObject(std::move(certificate), std::move(key))));
}

/// net.ParseIP as the bytes that a certificate holds.
std::string addressBytes(const std::string &text)
{
    std::string bytes(4, '\0');
    if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1)
        return bytes;
    bytes.resize(16);
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1)
        return {};
    const std::string mapped = std::string(10, '\0') + "\xFF\xFF";
    return bytes.starts_with(mapped) ? bytes.substr(12) : bytes;
}

Result<CertificateRequest> requestFor(Arguments names, const Value &days)
{
    CertificateRequest request;
    request.commonName = names[0].toString();
    request.daysValid = days.toInt();
    if (names.size() < 3)
        return request;
    for (const Value &address : names[1].isList() ? names[1].asList().items : std::vector<Value>()) {
        if (!address.isString())
            return failure("error parsing ip: " + printed(address) + " is not a string");
        request.addresses.push_back(addressBytes(address.toString()));
        if (request.addresses.back().empty())
            return failure("error parsing ip: " + address.toString());
    }
    for (const Value &name : names[2].isList() ? names[2].asList().items : std::vector<Value>()) {
        if (!name.isString())
            return failure("error processing alternate dns name: " + printed(name) + " is not a string");
        request.dnsNames.push_back(name.toString());
    }
    return request;
}

/// A key of its own, or the one that the template gives as PEM.
Result<std::string> keyFor(CallContext &context, const Value *given)
{
    const std::uint64_t steps = given ? stepsOfUse(given->toString()) : stepsOf(KeyType::Rsa2048);
    if (const Result<void> done = limitsOf(context).work(steps); !done)
        return done.error();
    if (!given) {
        Result<std::string> key = generateKey(context.random(), KeyType::Rsa2048);
        return key ? key : Result<std::string>(key.error().wrapped("error generating rsa key: "));
    }
    const Result<PrivateKey> key = readPrivateKey(given->toString());
    if (!key)
        return key.error().wrapped("parsing private key: ");
    return toPem(key->get());
}

Result<Value> signedBy(CallContext &context, const CertificateRequest &request, const std::string &keyPem,
    const CertificateObject *authority)
{
    Certificate parent;
    PrivateKey parentKey;
    if (authority) {
        if (!hasPemBlock(authority->certificate()))
            return failure("unable to decode certificate");
        parent = readCertificate(authority->certificate());
        if (!parent)
            return failure("error parsing certificate: decodedCert.Bytes: x509: malformed certificate");
        Result<PrivateKey> key = readPrivateKey(authority->key());
        if (!key)
            return key.error().wrapped("error parsing private key: ");
        parentKey = std::move(*key);
    }
    const Result<PrivateKey> key = readPrivateKey(keyPem);
    if (!key)
        return key.error();
    Result<std::string> pem = makeCertificate(context, request, key->get(), parent.get(), parentKey.get());
    if (!pem)
        return pem.error();
    return certificateValue(std::move(*pem), keyPem);
}

Result<Value> made(CallContext &context, Result<CertificateRequest> request, const Value *givenKey, bool authority,
    const CertificateObject *parent)
{
    const Result<std::string> key = keyFor(context, givenKey);
    if (!key)
        return key.error();
    if (!request)
        return request.error();
    request->authority = authority;
    return signedBy(context, *request, *key, parent);
}

Result<Value> genCA(CallContext &context, Arguments a)
{
    return made(context, requestFor(a.first(1), a[1]), a.size() > 2 ? &a[2] : nullptr, true, nullptr);
}

Result<Value> genSelfSignedCert(CallContext &context, Arguments a)
{
    return made(context, requestFor(a.first(3), a[3]), a.size() > 4 ? &a[4] : nullptr, false, nullptr);
}

Result<Value> genSignedCert(CallContext &context, Arguments a)
{
    const auto &authority = static_cast<const CertificateObject &>(a[4].asObject());
    return made(context, requestFor(a.first(3), a[3]), a.size() > 5 ? &a[5] : nullptr, false, &authority);
}

Result<Value> buildCustomCert(CallContext &context, Arguments a)
{
    std::string certificate;
    std::string key;
    std::size_t badAt = 0;
    if (!base64Decode(a[0].toString(), certificate, badAt))
        return failure("unable to decode base64 certificate");
    if (!base64Decode(a[1].toString(), key, badAt))
        return failure("unable to decode base64 private key");
    if (const Result<void> done = limitsOf(context).work(stepsOfUse(key)); !done)
        return done.error();
    if (!hasPemBlock(certificate))
        return failure("unable to decode certificate");
    if (!readCertificate(certificate))
        return failure("error parsing certificate: decodedCert.Bytes: x509: malformed certificate");
    const Result<PrivateKey> parsed = readPrivateKey(key);
    if (!parsed)
        return parsed.error().wrapped("error parsing private key: ");
    return certificateValue(std::move(certificate), std::move(key));
}

Result<Value> genPrivateKey(CallContext &context, Arguments a)
{
    const std::string &name = a[0].toString();
    const std::pair<std::string_view, KeyType> types[] = {{"", KeyType::Rsa4096}, {"rsa", KeyType::Rsa4096},
        {"dsa", KeyType::Dsa}, {"ecdsa", KeyType::Ecdsa}, {"ed25519", KeyType::Ed25519}};
    for (const auto &[typeName, type] : types) {
        if (typeName != name)
            continue;
        if (const Result<void> done = limitsOf(context).work(stepsOf(type)); !done)
            return done.error();
        Result<std::string> key = generateKey(context.random(), type);
        return Value::string(key ? std::move(*key) : "failed to generate private key: " + key.error().message);
    }
    return Value::string("Unknown type " + name);
}

} // namespace

std::span<const Function> certificateFunctions()
{
    static const Function family[] = {
        {"buildCustomCert", {Param::String, Param::String}, false, buildCustomCert},
        {"genCA", {Param::String, Param::Int}, false, genCA},
        {"genCAWithKey", {Param::String, Param::Int, Param::String}, false, genCA},
        {"genPrivateKey", {Param::String}, false, genPrivateKey},
        {"genSelfSignedCert", {Param::String, Param::List, Param::List, Param::Int}, false, genSelfSignedCert},
        {"genSelfSignedCertWithKey", {Param::String, Param::List, Param::List, Param::Int, Param::String}, false,
            genSelfSignedCert},
        {"genSignedCert", {Param::String, Param::List, Param::List, Param::Int, Param::Certificate}, false,
            genSignedCert},
        {"genSignedCertWithKey",
            {Param::String, Param::List, Param::List, Param::Int, Param::Certificate, Param::String}, false,
            genSignedCert},
    };
    return family;
}

} // namespace pk::tmpl
