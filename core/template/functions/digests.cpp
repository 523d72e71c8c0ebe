// SPDX-License-Identifier: GPL-3.0-or-later
// The one-shot digests of OpenSSL 3 load configuration and providers first, which takes longer than a whole rendering;
// the direct ones do not.
#define OPENSSL_API_COMPAT 0x10100000L

#include "base/encoding.h"
#include "template/functions/families.h"
#include "template/functions/support.h"

#include <crypt.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <array>
#include <memory>

namespace pk::tmpl {

using namespace sprig;

namespace {

constexpr int BcryptCost = 10;
constexpr std::uint64_t BcryptSteps = 4 * SlowSteps; ///< A hundred end an execution, after some seconds.
constexpr std::uint64_t ScryptSteps = 16 * SlowSteps;
constexpr std::size_t BcryptLongest = 72;

const unsigned char *bytesOf(const std::string &text)
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

std::string hex(std::span<const unsigned char> bytes)
{
    return hexEncode({reinterpret_cast<const char *>(bytes.data()), bytes.size()});
}

Result<Value> sha1sum(CallContext &, Arguments a)
{
    std::array<unsigned char, SHA_DIGEST_LENGTH> digest;
    SHA_CTX state;
    SHA1_Init(&state);
    SHA1_Update(&state, a[0].toString().data(), a[0].toString().size());
    SHA1_Final(digest.data(), &state);
    return Value::string(hex(digest));
}

Result<Value> sha256sum(CallContext &, Arguments a)
{
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest;
    SHA256_CTX state;
    SHA256_Init(&state);
    SHA256_Update(&state, a[0].toString().data(), a[0].toString().size());
    SHA256_Final(digest.data(), &state);
    return Value::string(hex(digest));
}

Result<Value> sha512sum(CallContext &, Arguments a)
{
    std::array<unsigned char, SHA512_DIGEST_LENGTH> digest;
    SHA512_CTX state;
    SHA512_Init(&state);
    SHA512_Update(&state, a[0].toString().data(), a[0].toString().size());
    SHA512_Final(digest.data(), &state);
    return Value::string(hex(digest));
}

Result<Value> adler32sum(CallContext &, Arguments a)
{
    constexpr std::uint32_t Prime = 65521;
    std::uint32_t low = 1;
    std::uint32_t high = 0;
    for (char byte : a[0].toString()) {
        low = (low + static_cast<unsigned char>(byte)) % Prime;
        high = (high + low) % Prime;
    }
    return Value::string(std::to_string((high << 16) | low));
}

std::string bcryptHash(CallContext &context, const std::string &password)
{
    const std::string failed = "failed to encrypt string with bcrypt: ";
    if (password.size() > BcryptLongest)
        return failed + "bcrypt: password length exceeds 72 bytes";
    std::array<unsigned char, 16> salt;
    context.random().fill(salt);
    char setting[CRYPT_GENSALT_OUTPUT_SIZE];
    const auto work = std::make_unique<crypt_data>();
    const char *const hash = crypt_gensalt_rn("$2a$", BcryptCost, reinterpret_cast<const char *>(salt.data()),
                                 static_cast<int>(salt.size()), setting, sizeof setting)
        ? crypt_r(password.c_str(), setting, work.get())
        : nullptr;
    return hash && hash[0] != '*' ? hash : failed + "crypt(3) refused";
}

Result<Value> bcrypt(CallContext &context, Arguments a)
{
    if (const Result<void> done = limitsOf(context).work(BcryptSteps); !done)
        return done.error();
    return Value::string(bcryptHash(context, a[0].toString()));
}

Result<Value> htpasswd(CallContext &context, Arguments a)
{
    const std::string &user = a[0].toString();
    if (user.find(':') != user.npos)
        return Value::string("invalid username: " + user);
    if (const Result<void> done = limitsOf(context).work(BcryptSteps); !done)
        return done.error();
    return Value::string(user + ':' + bcryptHash(context, a[1].toString()));
}

/// Master Password's templates: each letter stands for a class of characters.
std::vector<std::string_view> passwordTemplates(std::string_view type)
{
    if (type == "maximum")
        return {"anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"};
    if (type == "long")
        return {"CvcvnoCvcvCvcv", "CvcvCvcvnoCvcv", "CvcvCvcvCvcvno", "CvccnoCvcvCvcv", "CvccCvcvnoCvcv",
            "CvccCvcvCvcvno", "CvcvnoCvccCvcv", "CvcvCvccnoCvcv", "CvcvCvccCvcvno", "CvcvnoCvcvCvcc", "CvcvCvcvnoCvcc",
            "CvcvCvcvCvccno", "CvccnoCvccCvcv", "CvccCvccnoCvcv", "CvccCvccCvcvno", "CvcvnoCvccCvcc", "CvcvCvccnoCvcc",
            "CvcvCvccCvccno", "CvccnoCvcvCvcc", "CvccCvcvnoCvcc", "CvccCvcvCvccno"};
    if (type == "medium")
        return {"CvcnoCvc", "CvcCvcno"};
    if (type == "short")
        return {"Cvcn"};
    if (type == "basic")
        return {"aaanaaan", "aannaaan", "aaannaaa"};
    if (type == "pin")
        return {"nnnn"};
    return {};
}

std::string_view characterClass(char letter)
{
    switch (letter) {
    case 'V':
        return "AEIOU";
    case 'C':
        return "BCDFGHJKLMNPQRSTVWXYZ";
    case 'v':
        return "aeiou";
    case 'c':
        return "bcdfghjklmnpqrstvwxyz";
    case 'a':
        return "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
    case 'n':
        return "0123456789";
    case 'o':
        return "@&%?,=[]_:-+*$#!'^~;()/.";
    default:
        return "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()";
    }
}

void appendBigEndian(std::string &bytes, std::uint64_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += static_cast<char>(number >> shift);
}

Result<Value> derivePassword(CallContext &context, Arguments a)
{
    const std::string &type = a[1].toString();
    const std::string &password = a[2].toString();
    const std::string &user = a[3].toString();
    const std::string &site = a[4].toString();
    const std::vector<std::string_view> templates = passwordTemplates(type);
    if (templates.empty())
        return Value::string("cannot find password template " + type);
    if (const Result<void> done = limitsOf(context).work(ScryptSteps); !done)
        return done.error();

    const std::string scope = "com.lyndir.masterpassword";
    std::string salt = scope;
    appendBigEndian(salt, user.size());
    salt += user;
    std::array<unsigned char, 64> key;
    if (EVP_PBE_scrypt(password.data(), password.size(), bytesOf(salt), salt.size(), 32768, 8, 2, 96u << 20, key.data(),
            key.size())
        != 1)
        return Value::string("failed to derive password: scrypt refused");

    std::string message = scope;
    appendBigEndian(message, site.size());
    message += site;
    appendBigEndian(message, a[0].toUint());
    std::array<unsigned char, SHA256_DIGEST_LENGTH> seed;
    HMAC(
        EVP_sha256(), key.data(), static_cast<int>(key.size()), bytesOf(message), message.size(), seed.data(), nullptr);

    std::string derived;
    const std::string_view chosen = templates[seed[0] % templates.size()];
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const std::string_view characters = characterClass(chosen[i]);
        derived += characters[seed[i + 1] % characters.size()];
    }
    return Value::string(std::move(derived));
}

using CipherState = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

/// AES-256-CBC without padding, for whole blocks.
std::string aesBlocks(const std::string &password, const std::string &iv, const std::string &blocks, bool encrypt)
{
    std::string key = password.substr(0, 32);
    key.resize(32, '\0');
    const CipherState state(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    EVP_CipherInit_ex(state.get(), EVP_aes_256_cbc(), nullptr, bytesOf(key), bytesOf(iv), encrypt ? 1 : 0);
    EVP_CIPHER_CTX_set_padding(state.get(), 0);
    std::string result(blocks.size() + 16, '\0');
    int size = 0;
    EVP_CipherUpdate(state.get(), reinterpret_cast<unsigned char *>(result.data()), &size, bytesOf(blocks),
        static_cast<int>(blocks.size()));
    result.resize(static_cast<std::size_t>(size));
    return result;
}

Result<Value> encryptAES(CallContext &context, Arguments a)
{
    std::string blocks = a[1].toString();
    if (blocks.empty())
        return Value::string("");
    const std::size_t padding = 16 - blocks.size() % 16;
    blocks.append(padding, static_cast<char>(padding));
    std::array<unsigned char, 16> random;
    context.random().fill(random);
    const std::string iv(random.begin(), random.end());
    return Value::string(base64Encode(iv + aesBlocks(a[0].toString(), iv, blocks, true)));
}

Result<Value> decryptAES(CallContext &, Arguments a)
{
    if (a[1].toString().empty())
        return Value::string("");
    std::string bytes;
    std::size_t badAt = 0;
    if (!base64Decode(a[1].toString(), bytes, badAt))
        return failure("illegal base64 data at input byte " + std::to_string(badAt));
    const std::string outOfRange = "runtime error: slice bounds out of range ";
    if (bytes.size() < 16)
        return failure(outOfRange + "[:16] with capacity " + std::to_string(bytes.size()));
    if (bytes.size() % 16 != 0)
        return failure("crypto/cipher: input not full blocks");
    if (bytes.size() == 16)
        return failure("runtime error: index out of range [-1]");
    std::string plain = aesBlocks(a[0].toString(), bytes.substr(0, 16), bytes.substr(16), false);
    const std::size_t padding = static_cast<unsigned char>(plain.back());
    if (padding > plain.size())
        return failure(outOfRange + "[:-" + std::to_string(padding - plain.size()) + ']');
    plain.resize(plain.size() - padding);
    return Value::string(std::move(plain));
}

} // namespace

std::span<const Function> digestFunctions()
{
    static const Function family[] = {
        {"adler32sum", {Param::String}, false, adler32sum},
        {"bcrypt", {Param::String}, false, bcrypt},
        {"decryptAES", {Param::String, Param::String}, false, decryptAES},
        {"derivePassword", {Param::Uint32, Param::String, Param::String, Param::String, Param::String}, false,
            derivePassword},
        {"encryptAES", {Param::String, Param::String}, false, encryptAES},
        {"htpasswd", {Param::String, Param::String}, false, htpasswd},
        {"sha1sum", {Param::String}, false, sha1sum},
        {"sha256sum", {Param::String}, false, sha256sum},
        {"sha512sum", {Param::String}, false, sha512sum},
    };
    return family;
}

} // namespace pk::tmpl
