// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace pk::document {

/// Work that is not saved to a file of the person's: what was typed, and what it belongs to. Secrets are not in it.
struct Draft
{
    std::string id; ///< File name without its ending; made by newDraftId().
    std::string name; ///< Of the pool: the release name.
    std::string file; ///< The values file that it belongs to; empty: none yet.
    std::string chart; ///< Folder or archive of its chart; empty: the one that comes with Poolkeeper.
    std::string context; ///< Of the kubeconfig; empty: none.
    std::string ns;
    bool installed = false; ///< Edits of a pool that runs; else a new pool.
    std::string text; ///< Values with each secret replaced by a mark.
    WallTime saved{};
};

/// Drafts as files of one folder (0700, files 0600), written whole and synced, so that a kill at any moment leaves
/// either the old or the new one. Drafts may be saved on another thread, each on one at a time.
class DraftStore
{
public:
    explicit DraftStore(std::string folder) : m_folder(std::move(folder)) { }
    ~DraftStore();
    DraftStore(const DraftStore &) = delete;
    DraftStore &operator=(const DraftStore &) = delete;

    /// Only this store writes the draft from now on; it ends with the process, however that ends. False: another
    /// Poolkeeper has it open, and would write over what is saved here. save() claims by itself.
    bool claim(const std::string &id);
    /// Puts away `draft`; its text goes through withoutSecrets() here, so that no caller can forget it.
    Result<void> save(const Draft &draft, WallTime now);
    /// All that can be read, newest first. A damaged file is kept under another name and told in `damaged`.
    std::vector<Draft> list(std::vector<std::string> *damaged = nullptr);
    Result<void> remove(const std::string &id);

    static std::string newDraftId();

private:
    std::string pathOf(const std::string &id) const;
    std::string lockOf(const std::string &id) const;

    std::string m_folder;
    std::mutex m_mutex;
    std::map<std::string, int> m_claimed; ///< Open lock files by draft; guarded by m_mutex.
};

} // namespace pk::document
