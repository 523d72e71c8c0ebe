// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "chart/chart.h"
#include "chart/manifest.h"
#include "value/value.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pk::release {

enum class Status {
    Unknown,
    Deployed,
    Uninstalled,
    Superseded,
    Failed,
    Uninstalling,
    PendingInstall,
    PendingUpgrade,
    PendingRollback,
};
const char *nameOf(Status status); ///< Helm's word: "pending-install".
Status statusOf(std::string_view name); ///< Unknown for any other word.
bool isPending(Status status);

/// A hook's last run, as a record keeps it.
struct HookRun
{
    std::optional<WallTime> started, completed;
    std::string phase; ///< "Unknown", "Running", "Succeeded", "Failed".
};

/// One revision of a Helm release: the JSON that Helm keeps in a Secret `sh.helm.release.v1.NAME.vREV`, with typed ways
/// in. Keys that we do not know stay as they were when the record is written again.
///
/// Copying shares the tree; setters copy it first, so a copy never changes under its owner.
class Record
{
public:
    Record();
    /// From the tree of a record's JSON; fails without a name and a version.
    static Result<Record> fromTree(Value tree);
    /// From the `release` key of a Secret's data as the API shows it: base64 of base64 of gzip of JSON, or of plain
    /// JSON. At most 64 MiB unpacked.
    static Result<Record> decode(std::string_view data);
    /// From a whole Secret: also its labels, uid and resourceVersion. Fails for another type of Secret.
    static Result<Record> fromSecret(const Value &secret);

    /// What goes into the Secret's data.release. Deterministic: the same record gives the same bytes.
    Result<std::string> encode() const;
    /// The whole Secret, ready to be created (`isNew`: label createdAt) or replaced (modifiedAt, and the
    /// resourceVersion that was read).
    Result<Value> toSecret(WallTime now, bool isNew) const;
    std::string secretName() const;

    std::string name() const, ns() const;
    int revision() const;
    Status status() const;
    std::string description() const, notes() const, manifest() const;
    std::string chartName() const, chartVersion() const, appVersion() const;
    std::optional<WallTime> firstDeployed() const, lastDeployed() const;
    Value config() const; ///< The person's values, a map (empty for none).
    Value chart() const; ///< As chart::loadRecord() reads it.
    bool serverSide() const; ///< apply_method "ssa"; what Helm 3 wrote is not.
    int rollbackRevision() const; ///< 0: none.
    std::vector<chart::Hook> hooks() const;
    std::map<std::string, std::string> userLabels() const { return m_userLabels; }
    const std::string &uid() const { return m_uid; }
    const std::string &resourceVersion() const { return m_resourceVersion; }
    const Value &tree() const { return m_tree; }

    void setName(std::string_view name, std::string_view ns);
    void setRevision(int revision);
    void setStatus(Status status, std::string_view description);
    void setStatus(Status status); ///< The description stays, as when Helm supersedes a revision.
    void setTimes(WallTime firstDeployed, WallTime lastDeployed);
    void setDeleted(WallTime when);
    void setManifest(std::string_view manifest);
    void setNotes(std::string_view notes);
    void setConfig(Value config);
    void setChart(Value chart);
    void setHooks(const std::vector<chart::Hook> &hooks);
    void setHookRun(const chart::Hook &hook, const HookRun &run);
    void setServerSide(bool serverSide);
    void setRollbackRevision(int revision);
    void setUserLabels(std::map<std::string, std::string> labels) { m_userLabels = std::move(labels); }
    void setIdentity(std::string uid, std::string resourceVersion);

private:
    Map &edit(std::initializer_list<std::string_view> path = {});
    Value infoOf(std::string_view key) const;

    Value m_tree;
    std::map<std::string, std::string> m_userLabels; ///< Labels of the Secret that are not Helm's own.
    std::string m_uid, m_resourceVersion;
};

/// A chart as records keep it; `values` are its defaults with imports (chart::ResolvedChart::values).
Value chartRecord(const chart::Chart &chart, const Value &values);

/// Release names are DNS-1123 subdomains of at most 53 characters.
bool isReleaseName(std::string_view name);

} // namespace pk::release
