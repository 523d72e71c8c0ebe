// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/files.h"
#include "repo/provenance.h"

#include <QtTest>

using namespace pk;

namespace {

/// After the keys of tests/data/repo were made (gpg 2.2, helm package --sign), which never expire.
constexpr std::int64_t later = 1'800'000'000;

std::string dataFile(const char *name)
{
    const auto bytes = readFile(std::string(PK_TEST_DATA "/repo/") + name);
    if (!bytes)
        qFatal("%s", bytes.error().message.c_str());
    return *bytes;
}

} // namespace

/// Signatures that gpg's keys made through helm, whole and damaged. tests/repo/compare has helm's own verdicts.
class TestProvenance : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void verdicts_data();
    void verdicts();
    void everyByteOfTheTextCounts();
    void damagedSignaturesAreNeverGood();
    void damagedKeyringsAreNeverFollowed();

private:
    Result<repo::Verification> check(const std::string &provenance, const std::string &archive,
        std::int64_t now = later, const char *name = "pool-1.0.0.tgz") const
    {
        const auto keyring = repo::Keyring::parse(m_keyring, "public.gpg");
        if (!keyring)
            return keyring.error();
        return repo::verifyProvenance(*keyring, provenance, archive, name, now);
    }

    std::string m_keyring, m_archive, m_ed, m_rsa;
};

void TestProvenance::initTestCase()
{
    m_keyring = dataFile("public.gpg");
    m_archive = dataFile("pool-1.0.0.tgz");
    m_ed = dataFile("ed.prov");
    m_rsa = dataFile("rsa.prov");
}

void TestProvenance::verdicts_data()
{
    QTest::addColumn<QByteArray>("provenance");
    QTest::addColumn<QByteArray>("archive");
    QTest::addColumn<QString>("name");
    QTest::addColumn<qint64>("now");
    QTest::addColumn<QString>("verdict");
    const auto row = [this](const char *what, const std::string &provenance, const char *verdict, qint64 now = later,
                         const char *name = "pool-1.0.0.tgz", const std::string &more = {}) {
        QTest::newRow(what) << QByteArray::fromStdString(provenance) << QByteArray::fromStdString(m_archive + more)
                            << QString::fromLatin1(name) << now << QString::fromLatin1(verdict);
    };
    row("EdDSA", m_ed, "ed@example.com");
    row("RSA", m_rsa, "rsa@example.com");
    row("archive with a byte more", m_ed, "sha256 sum does not match for pool-1.0.0.tgz", later, "pool-1.0.0.tgz", "x");
    row("another file", m_ed, "provenance does not contain a SHA for a file named \"pool-2.0.0.tgz\"", later,
        "pool-2.0.0.tgz");
    row("before it was made", m_rsa, "openpgp: key expired", 1'000'000'000);
    row("no message", "hello", "signature block not found");
    row("nothing", "", "signature block not found");
    const auto signature = [](const std::string &text) { return text.substr(text.find("-----BEGIN PGP SIGNATURE")); };
    row("the text of one, the signature of another",
        m_ed.substr(0, m_ed.size() - signature(m_ed).size() - 40) + "\n" + signature(m_rsa),
        "openpgp: invalid signature");
}

void TestProvenance::verdicts()
{
    QFETCH(QByteArray, provenance);
    QFETCH(QByteArray, archive);
    QFETCH(QString, name);
    QFETCH(qint64, now);
    QFETCH(QString, verdict);
    const auto got = check(provenance.toStdString(), archive.toStdString(), now, name.toLatin1().constData());
    const QString told = QString::fromStdString(got ? got->signer.names.front() : got.error().message);
    QVERIFY2(told.startsWith(verdict), qPrintable(told));
    if (got)
        QCOMPARE(got->signer.fingerprint.size(), std::size_t(40));
}

void TestProvenance::everyByteOfTheTextCounts()
{
    const std::size_t begin = m_ed.find("\n\n") + 2, end = m_ed.find("-----BEGIN PGP SIGNATURE") - 1;
    for (std::size_t i = begin; i < end; ++i) {
        std::string changed = m_ed;
        changed[i] = changed[i] == 'x' ? 'y' : 'x';
        QVERIFY2(!check(changed, m_archive), qPrintable(QString::number(i)));
    }
}

/// Also that no length in them leads out of the bytes: this runs under the sanitizers.
void TestProvenance::damagedSignaturesAreNeverGood()
{
    const auto keyring = repo::Keyring::parse(m_keyring, "public.gpg");
    QVERIFY(keyring);
    for (const std::string &whole : {m_ed, m_rsa}) {
        const auto message = repo::ClearSigned::parse(whole);
        QVERIFY(message && keyring->check(message->signature, message->signedBytes, later));
        for (std::size_t i = 0; i < message->signature.size(); ++i) {
            QVERIFY(!keyring->check(message->signature.substr(0, i), message->signedBytes, later));
            for (const int bit : {0x01, 0x80}) {
                std::string changed = message->signature;
                changed[i] = static_cast<char>(changed[i] ^ bit);
                const auto told = keyring->check(changed, message->signedBytes, later);
                // Unhashed parts and the two digits for quick refusal prove nothing, so that they may be anything; what
                // is then told is the same signer.
                if (told)
                    QVERIFY(told->names.front().ends_with("@example.com"));
            }
        }
    }
}

void TestProvenance::damagedKeyringsAreNeverFollowed()
{
    const auto message = repo::ClearSigned::parse(m_rsa);
    QVERIFY(message);
    for (std::size_t i = 0; i < m_keyring.size(); ++i) {
        (void)repo::Keyring::parse(std::string_view(m_keyring).substr(0, i), "cut");
        std::string changed = m_keyring;
        changed[i] = static_cast<char>(changed[i] ^ 0x55);
        const auto keyring = repo::Keyring::parse(changed, "changed");
        if (!keyring)
            continue;
        const auto told = keyring->check(message->signature, message->signedBytes, later);
        if (told) // The damage is in the other key, or in what nobody signed.
            QCOMPARE(told->names.front(), std::string("rsa@example.com"));
    }
}

QTEST_GUILESS_MAIN(TestProvenance)
#include "tst_provenance.moc"
