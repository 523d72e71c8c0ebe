// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/draftstore.h"

#include "document/secrets.h"
#include "document/textfile.h"
#include "yaml/json.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <random>
#include <system_error>

namespace pk::document {

namespace {

constexpr std::string_view Ending = ".draft.json";

Value stringOf(const std::string &text)
{
    return Value::string(text);
}

Result<Draft> parse(const std::string &id, const std::string &text)
{
    const Result<Value> tree = yaml::parseJson(text);
    if (!tree)
        return tree.error();
    if (!tree->get("text").isString())
        return Error{Error::Code::InvalidInput, "the draft holds no text"};
    Draft draft;
    draft.id = id;
    draft.name = tree->get("name").stringOr();
    draft.file = tree->get("file").stringOr();
    draft.chart = tree->get("chart").stringOr();
    draft.context = tree->get("context").stringOr();
    draft.ns = tree->get("namespace").stringOr();
    draft.installed = tree->get("installed").boolOr(false);
    draft.text = tree->get("text").stringOr();
    draft.saved = WallTime(std::chrono::seconds(tree->get("saved").integerOr(0)));
    return draft;
}

} // namespace

std::string DraftStore::newDraftId()
{
    static constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789";
    std::random_device device;
    std::string id;
    for (int i = 0; i < 16; ++i)
        id.push_back(letters[device() % letters.size()]);
    return id;
}

std::string DraftStore::pathOf(const std::string &id) const
{
    return m_folder + "/" + id + std::string(Ending);
}

DraftStore::~DraftStore()
{
    for (const auto &[id, file] : m_claimed)
        ::close(file);
}

std::string DraftStore::lockOf(const std::string &id) const
{
    return m_folder + "/" + id + ".lock";
}

bool DraftStore::claim(const std::string &id)
{
    const std::lock_guard lock(m_mutex);
    if (m_claimed.contains(id))
        return true;
    std::error_code ignored;
    std::filesystem::create_directories(m_folder, ignored);
    const int file = ::open(lockOf(id).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return true; // Nobody can write here; whoever saves is told why.
    if (::flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        ::close(file);
        return false;
    }
    m_claimed.emplace(id, file); // A file system without locks has one window, as far as can be told.
    return true;
}

Result<void> DraftStore::save(const Draft &draft, WallTime now)
{
    std::error_code failed;
    std::filesystem::create_directories(m_folder, failed);
    if (failed)
        return Error{Error::Code::Io, "cannot make the folder " + m_folder + ": " + failed.message()};
    std::filesystem::permissions(m_folder, std::filesystem::perms::owner_all, failed);
    (void)claim(draft.id);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    const Value tree = Value::map({{"name", stringOf(draft.name)}, {"file", stringOf(draft.file)},
        {"chart", stringOf(draft.chart)}, {"context", stringOf(draft.context)}, {"namespace", stringOf(draft.ns)},
        {"installed", Value::boolean(draft.installed)}, {"text", stringOf(withoutSecrets(draft.text))},
        {"saved", Value::integer(seconds)}});
    const auto written = writeTextFile({pathOf(draft.id), {}, 0}, yaml::toJson(tree), true, 0600);
    return written ? Result<void>() : Result<void>(written.error());
}

std::vector<Draft> DraftStore::list(std::vector<std::string> *damaged)
{
    std::vector<Draft> drafts;
    std::error_code failed;
    for (const auto &entry : std::filesystem::directory_iterator(m_folder, failed)) {
        const std::string name = entry.path().filename().string();
        if (!name.ends_with(Ending))
            continue;
        const std::string id = name.substr(0, name.size() - Ending.size());
        const auto file = readTextFile(entry.path().string());
        const auto draft = file ? parse(id, file->text) : Result<Draft>(file.error());
        if (draft) {
            drafts.push_back(*draft);
            continue;
        }
        std::error_code ignored;
        std::filesystem::rename(entry.path(), entry.path().string() + ".damaged", ignored);
        if (damaged)
            damaged->push_back(entry.path().string() + ".damaged");
    }
    std::sort(drafts.begin(), drafts.end(), [](const Draft &a, const Draft &b) { return a.saved > b.saved; });
    return drafts;
}

Result<void> DraftStore::remove(const std::string &id)
{
    std::error_code failed;
    const std::lock_guard lock(m_mutex);
    if (const auto claimed = m_claimed.find(id); claimed != m_claimed.end()) {
        std::filesystem::remove(lockOf(id), failed);
        ::close(claimed->second);
        m_claimed.erase(claimed);
    }
    std::filesystem::remove(pathOf(id), failed);
    if (failed)
        return Error{Error::Code::Io, "cannot remove the draft " + id + ": " + failed.message()};
    return {};
}

} // namespace pk::document
