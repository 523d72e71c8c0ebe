// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/draftstore.h"
#include "document/textfile.h"

#include <QtTest>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>

using namespace pk;
using namespace pk::document;

namespace {

unsigned modeOf(const std::string &path)
{
    struct stat info = {};
    return ::stat(path.c_str(), &info) == 0 ? info.st_mode & 0777 : 0;
}

std::string contentOf(const std::filesystem::path &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

WallTime at(int seconds)
{
    return WallTime(std::chrono::seconds(seconds));
}

} // namespace

class TestDrafts : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void savesAndLists();
    void secretsNeverReachTheDisk();
    void damagedOnesAreKeptAside();
    void oneWindowWritesADraft();
    void textFilesAreKeptByteForByte();
    void modeAndLinksStay();
    void changesByOthersAreNoticed();
    void failuresLeaveNothingBehind();

private:
    std::string inFolder(const char *name) const { return m_folder->path().toStdString() + "/" + name; }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestDrafts::savesAndLists()
{
    DraftStore store(inFolder("drafts"));
    QVERIFY(store.list().empty());
    Draft draft;
    draft.id = DraftStore::newDraftId();
    draft.name = "builders";
    draft.file = "/x/values.yaml";
    draft.context = "prod";
    draft.ns = "spacelift";
    draft.installed = true;
    draft.text = "# ü\r\na: 1";
    QVERIFY(store.save(draft, at(100)).ok());
    Draft newer = draft;
    newer.id = DraftStore::newDraftId();
    newer.name = "other";
    QVERIFY(store.save(newer, at(200)).ok());
    std::vector<Draft> drafts = store.list();
    QCOMPARE(drafts.size(), std::size_t(2));
    QCOMPARE(drafts[0].name, std::string("other"));
    QCOMPARE(drafts[1].text, draft.text);
    QCOMPARE(drafts[1].file, draft.file);
    QCOMPARE(drafts[1].context, draft.context);
    QVERIFY(drafts[1].installed);
    QCOMPARE(modeOf(inFolder("drafts")), 0700u);
    for (const auto &entry : std::filesystem::directory_iterator(inFolder("drafts")))
        QCOMPARE(modeOf(entry.path().string()), 0600u);
    QVERIFY(store.remove(draft.id).ok());
    QVERIFY(store.remove(draft.id).ok());
    QCOMPARE(store.list().size(), std::size_t(1));
}

void TestDrafts::secretsNeverReachTheDisk()
{
    DraftStore store(inFolder("drafts"));
    Draft draft;
    draft.id = DraftStore::newDraftId();
    draft.text = "credentials:\n  token: planted-one\n  privateKey: |\n    planted-two\nenv:\n- name: A_KEY\n  value: "
                 "planted-three\n";
    QVERIFY(store.save(draft, at(1)).ok());
    draft.text += "broken: [\n"; // and while it cannot be read
    QVERIFY(store.save(draft, at(2)).ok());
    int files = 0;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(inFolder("drafts"))) {
        QVERIFY2(contentOf(entry.path()).find("planted") == std::string::npos, contentOf(entry.path()).c_str());
        files += entry.path().string().ends_with(".draft.json");
    }
    QCOMPARE(files, 1);
}

void TestDrafts::damagedOnesAreKeptAside()
{
    DraftStore store(inFolder("drafts"));
    Draft draft;
    draft.id = "one";
    draft.text = "a: 1\n";
    QVERIFY(store.save(draft, at(1)).ok());
    const std::filesystem::path file = inFolder("drafts/one.draft.json");
    std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
    const std::string rest = contentOf(file);
    std::vector<std::string> damaged;
    QVERIFY(store.list(&damaged).empty());
    QCOMPARE(damaged.size(), std::size_t(1));
    QCOMPARE(contentOf(damaged[0]), rest);
}

void TestDrafts::oneWindowWritesADraft()
{
    Draft draft;
    draft.id = "one";
    DraftStore other(inFolder("drafts"));
    {
        DraftStore first(inFolder("drafts"));
        QVERIFY(first.save(draft, at(1)).ok());
        QVERIFY(first.claim("one"));
        QVERIFY(!other.claim("one"));
        QCOMPARE(other.list().size(), std::size_t(1));
    }
    QVERIFY(other.claim("one")); // The first one's lock went with it.
    QVERIFY(other.remove("one").ok());
    QVERIFY(std::filesystem::is_empty(inFolder("drafts")));
}

void TestDrafts::textFilesAreKeptByteForByte()
{
    const std::string text = "\xEF\xBB\xBF"
                             "a: 1\r\n\tb\0c"
                             "\xff";
    const Result<TextFile> written = writeTextFile({inFolder("v.yaml"), {}, 0}, text);
    QVERIFY(written.ok());
    QCOMPARE(readTextFile(inFolder("v.yaml"))->text, text);
    QCOMPARE(readTextFile(inFolder("gone")).error().code, Error::Code::NotFound);
    QVERIFY(!readTextFile(inFolder("")).ok());
}

void TestDrafts::modeAndLinksStay()
{
    std::ofstream(inFolder("real.yaml")) << "a: 1\n";
    ::chmod(inFolder("real.yaml").c_str(), 0640);
    std::filesystem::create_symlink("real.yaml", inFolder("link.yaml"));
    const Result<TextFile> known = readTextFile(inFolder("link.yaml"));
    QVERIFY(writeTextFile(*known, "a: 2\n").ok());
    QVERIFY(std::filesystem::is_symlink(inFolder("link.yaml")));
    QCOMPARE(contentOf(inFolder("real.yaml")), std::string("a: 2\n"));
    QCOMPARE(modeOf(inFolder("real.yaml")), 0640u);
}

void TestDrafts::changesByOthersAreNoticed()
{
    Result<TextFile> known = writeTextFile({inFolder("v.yaml"), {}, 0}, "a: 1\n");
    std::ofstream(inFolder("v.yaml")) << "a: 1 # theirs\n";
    const Result<TextFile> refused = writeTextFile(*known, "a: 2\n");
    QCOMPARE(refused.error().code, Error::Code::Conflict);
    QCOMPARE(contentOf(inFolder("v.yaml")), std::string("a: 1 # theirs\n"));
    QVERIFY(writeTextFile(*known, "a: 2\n", true).ok());
    QVERIFY2(!writeTextFile({inFolder("v.yaml"), {}, 0}, "a: 3\n").ok(), "a new file does not replace one");
}

void TestDrafts::failuresLeaveNothingBehind()
{
    std::filesystem::create_directory(inFolder("taken"));
    QVERIFY(!writeTextFile({inFolder("taken"), {}, 0}, "a", true).ok());
    QVERIFY(!writeTextFile({inFolder("no/such/folder.yaml"), {}, 0}, "a").ok());
    int entries = 0;
    for ([[maybe_unused]] const auto &entry : std::filesystem::directory_iterator(m_folder->path().toStdString()))
        ++entries;
    QCOMPARE(entries, 1);
}

QTEST_APPLESS_MAIN(TestDrafts)
#include "tst_drafts.moc"
