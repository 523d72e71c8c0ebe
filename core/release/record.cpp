// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/record.h"

#include "base/encoding.h"
#include "base/timestamp.h"
#include "release/gzip.h"
#include "release/shallow.h"
#include "yaml/json.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace pk::release {

namespace {

constexpr std::size_t maxUnpacked = 64u << 20;
constexpr std::string_view secretType = "helm.sh/release.v1";
constexpr std::array<std::string_view, 6> systemLabels = {
    "name", "owner", "status", "version", "createdAt", "modifiedAt"};

constexpr std::pair<Status, const char *> statusNames[] = {
    {Status::Unknown, "unknown"},
    {Status::Deployed, "deployed"},
    {Status::Uninstalled, "uninstalled"},
    {Status::Superseded, "superseded"},
    {Status::Failed, "failed"},
    {Status::Uninstalling, "uninstalling"},
    {Status::PendingInstall, "pending-install"},
    {Status::PendingUpgrade, "pending-upgrade"},
    {Status::PendingRollback, "pending-rollback"},
};

std::optional<WallTime> timeOf(const Value &value)
{
    return parseTimestamp(value.stringOr());
}

std::vector<std::string> stringsOf(const Value &value)
{
    std::vector<std::string> texts;
    if (value.isList()) {
        for (const Value &item : value.asList().items)
            texts.push_back(item.stringOr());
    }
    return texts;
}

Value listOf(const std::vector<std::string> &texts)
{
    std::vector<Value> items;
    for (const std::string &text : texts)
        items.push_back(Value::string(text));
    return Value::list(std::move(items));
}

chart::Hook hookOf(const Value &tree)
{
    chart::Hook hook;
    hook.name = tree.get("name").stringOr();
    hook.kind = tree.get("kind").stringOr();
    hook.path = tree.get("path").stringOr();
    hook.manifest = tree.get("manifest").stringOr();
    hook.events = stringsOf(tree.get("events"));
    hook.weight = tree.get("weight").integerOr(0);
    hook.deletePolicies = stringsOf(tree.get("delete_policies"));
    hook.outputLogPolicies = stringsOf(tree.get("output_log_policies"));
    return hook;
}

Value treeOf(const chart::Hook &hook)
{
    Value tree = Value::map({{"name", Value::string(hook.name)}, {"kind", Value::string(hook.kind)},
        {"path", Value::string(hook.path)}, {"manifest", Value::string(hook.manifest)}, {"events", listOf(hook.events)},
        {"last_run", Value::map({{"phase", Value::string("")}})}});
    if (hook.weight != 0)
        tree.asMap().set("weight", Value::integer(hook.weight));
    if (!hook.deletePolicies.empty())
        tree.asMap().set("delete_policies", listOf(hook.deletePolicies));
    if (!hook.outputLogPolicies.empty())
        tree.asMap().set("output_log_policies", listOf(hook.outputLogPolicies));
    return tree;
}

} // namespace

const char *nameOf(Status status)
{
    for (const auto &[known, name] : statusNames) {
        if (known == status)
            return name;
    }
    return "unknown";
}

Status statusOf(std::string_view name)
{
    for (const auto &[status, known] : statusNames) {
        if (known == name)
            return status;
    }
    return Status::Unknown;
}

bool isPending(Status status)
{
    return status == Status::PendingInstall || status == Status::PendingUpgrade || status == Status::PendingRollback;
}

bool isReleaseName(std::string_view name)
{
    if (name.empty() || name.size() > 53)
        return false;
    const auto isAlnum = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        const bool atEdge = i == 0 || i + 1 == name.size() || name[i - 1] == '.' || name[i + 1] == '.';
        if (!isAlnum(c) && (atEdge || (c != '-' && c != '.')))
            return false;
    }
    return true;
}

Record::Record() : m_tree(Value::map({{"info", Value::map()}})) { }

Result<Record> Record::fromTree(Value tree)
{
    if (tree.get("name").stringOr().empty() || tree.get("version").integerOr(0) < 1)
        return Error{.code = Error::Code::InvalidInput, .message = "release record has no name and version"};
    Record record;
    record.m_tree = std::move(tree);
    return record;
}

Result<Record> Record::decode(std::string_view data)
{
    std::string once, packed;
    std::size_t badAt = 0;
    if (!base64Decode(data, once, badAt) || !base64Decode(once, packed, badAt))
        return Error{.code = Error::Code::InvalidInput,
            .message = "release record: illegal base64 data at input byte " + std::to_string(badAt)};
    std::string json = packed;
    // Helm's oldest records are not packed.
    if (packed.starts_with("\x1f\x8b\x08")) {
        auto unpacked = gunzip(packed, maxUnpacked);
        if (!unpacked)
            return unpacked.error().wrapped("release record: ");
        json = std::move(*unpacked);
    }
    auto tree = yaml::parseJson(json);
    if (!tree)
        return tree.error().wrapped("release record: ");
    return fromTree(std::move(*tree));
}

Result<Record> Record::fromSecret(const Value &secret)
{
    if (secret.get("type").stringOr() != secretType)
        return Error{.code = Error::Code::InvalidInput, .message = "Secret is not of type helm.sh/release.v1"};
    auto record = decode(secret.at({"data", "release"}).stringOr());
    if (!record)
        return record;
    const Value metadata = secret.get("metadata");
    record->setIdentity(metadata.get("uid").stringOr(), metadata.get("resourceVersion").stringOr());
    if (const Value labels = metadata.get("labels"); labels.isMap()) {
        for (const Map::Entry &label : labels.asMap()) {
            if (std::ranges::find(systemLabels, label.key) == systemLabels.end())
                record->m_userLabels[label.key] = label.value.stringOr();
        }
    }
    // A record whose Secret is elsewhere than it says belongs where the Secret is.
    if (record->ns().empty())
        record->setName(record->name(), metadata.get("namespace").stringOr());
    return record;
}

Result<std::string> Record::encode() const
{
    std::string json;
    if (auto written = yaml::appendJson(json, m_tree); !written)
        return written.error().wrapped("release record: ");
    auto packed = gzip(json);
    if (!packed)
        return packed.error().wrapped("release record: ");
    return base64Encode(base64Encode(*packed));
}

std::string Record::secretName() const
{
    return "sh.helm.release.v1." + name() + ".v" + std::to_string(revision());
}

Result<Value> Record::toSecret(WallTime now, bool isNew) const
{
    auto data = encode();
    if (!data)
        return data.error();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    Value labels = Value::map();
    for (const auto &[key, value] : m_userLabels)
        labels.asMap().set(key, Value::string(value));
    labels.asMap().set("name", Value::string(name()));
    labels.asMap().set("owner", Value::string("helm"));
    labels.asMap().set("status", Value::string(nameOf(status())));
    labels.asMap().set("version", Value::string(std::to_string(revision())));
    labels.asMap().set(isNew ? "createdAt" : "modifiedAt", Value::string(std::to_string(seconds)));
    Value metadata = Value::map(
        {{"name", Value::string(secretName())}, {"namespace", Value::string(ns())}, {"labels", std::move(labels)}});
    if (!isNew && !m_resourceVersion.empty())
        metadata.asMap().set("resourceVersion", Value::string(m_resourceVersion));
    return Value::map({{"apiVersion", Value::string("v1")}, {"kind", Value::string("Secret")},
        {"type", Value::string(std::string(secretType))}, {"metadata", std::move(metadata)},
        {"data", Value::map({{"release", Value::string(std::move(*data))}})}});
}

// --- Reading

Value Record::infoOf(std::string_view key) const
{
    return m_tree.get("info").get(key);
}

std::string Record::name() const
{
    return m_tree.get("name").stringOr();
}
std::string Record::ns() const
{
    return m_tree.get("namespace").stringOr();
}
int Record::revision() const
{
    return static_cast<int>(m_tree.get("version").integerOr(0));
}
Status Record::status() const
{
    return statusOf(infoOf("status").stringOr());
}
std::string Record::description() const
{
    return infoOf("description").stringOr();
}
std::string Record::notes() const
{
    return infoOf("notes").stringOr();
}
std::string Record::manifest() const
{
    return m_tree.get("manifest").stringOr();
}
std::string Record::chartName() const
{
    return m_tree.at({"chart", "metadata", "name"}).stringOr();
}
std::string Record::chartVersion() const
{
    return m_tree.at({"chart", "metadata", "version"}).stringOr();
}
std::string Record::appVersion() const
{
    return m_tree.at({"chart", "metadata", "appVersion"}).stringOr();
}
std::optional<WallTime> Record::firstDeployed() const
{
    return timeOf(infoOf("first_deployed"));
}
std::optional<WallTime> Record::lastDeployed() const
{
    return timeOf(infoOf("last_deployed"));
}
Value Record::chart() const
{
    return m_tree.get("chart");
}
bool Record::serverSide() const
{
    return m_tree.get("apply_method").stringOr() == "ssa";
}
int Record::rollbackRevision() const
{
    return static_cast<int>(infoOf("rollback_revision").integerOr(0));
}

Value Record::config() const
{
    Value config = m_tree.get("config");
    return config.isMap() ? config : Value::map();
}

std::vector<chart::Hook> Record::hooks() const
{
    std::vector<chart::Hook> hooks;
    if (const Value list = m_tree.get("hooks"); list.isList()) {
        for (const Value &hook : list.asList().items)
            hooks.push_back(hookOf(hook));
    }
    return hooks;
}

// --- Writing

Map &Record::edit(std::initializer_list<std::string_view> path)
{
    m_tree = copyOf(m_tree);
    Value at = m_tree;
    for (const std::string_view key : path) {
        Value child = copyOf(at.get(key));
        at.asMap().set(key, child);
        at = child;
    }
    return at.asMap();
}

void Record::setName(std::string_view name, std::string_view ns)
{
    Map &map = edit();
    map.set("name", Value::string(std::string(name)));
    map.set("namespace", Value::string(std::string(ns)));
}

void Record::setRevision(int revision)
{
    edit().set("version", Value::integer(revision));
}

void Record::setStatus(Status status, std::string_view description)
{
    setStatus(status);
    edit({"info"}).set("description", Value::string(std::string(description)));
}

void Record::setStatus(Status status)
{
    edit({"info"}).set("status", Value::string(nameOf(status)));
}

void Record::setTimes(WallTime firstDeployed, WallTime lastDeployed)
{
    Map &info = edit({"info"});
    info.set("first_deployed", Value::string(formatTimestampNano(firstDeployed)));
    info.set("last_deployed", Value::string(formatTimestampNano(lastDeployed)));
}

void Record::setDeleted(WallTime when)
{
    edit({"info"}).set("deleted", Value::string(formatTimestampNano(when)));
}
void Record::setManifest(std::string_view manifest)
{
    edit().set("manifest", Value::string(std::string(manifest)));
}

void Record::setNotes(std::string_view notes)
{
    Map &info = edit({"info"});
    if (notes.empty())
        info.erase("notes");
    else
        info.set("notes", Value::string(std::string(notes)));
}

void Record::setConfig(Value config)
{
    edit().set("config", std::move(config));
}
void Record::setChart(Value chart)
{
    edit().set("chart", std::move(chart));
}

void Record::setHooks(const std::vector<chart::Hook> &hooks)
{
    if (hooks.empty()) {
        edit().erase("hooks");
        return;
    }
    std::vector<Value> items;
    for (const chart::Hook &hook : hooks)
        items.push_back(treeOf(hook));
    edit().set("hooks", Value::list(std::move(items)));
}

void Record::setHookRun(const chart::Hook &hook, const HookRun &run)
{
    Value lastRun = Value::map({{"phase", Value::string(run.phase)}});
    if (run.started)
        lastRun.asMap().set("started_at", Value::string(formatTimestampNano(*run.started)));
    if (run.completed)
        lastRun.asMap().set("completed_at", Value::string(formatTimestampNano(*run.completed)));
    const Value old = m_tree.get("hooks");
    if (!old.isList())
        return;
    std::vector<Value> items = old.asList().items;
    for (Value &item : items) {
        if (item.get("path").stringOr() != hook.path || item.get("name").stringOr() != hook.name
            || item.get("kind").stringOr() != hook.kind)
            continue;
        item = copyOf(item);
        item.asMap().set("last_run", lastRun);
    }
    edit().set("hooks", Value::list(std::move(items)));
}

void Record::setServerSide(bool serverSide)
{
    edit().set("apply_method", Value::string(serverSide ? "ssa" : "csa"));
}

void Record::setRollbackRevision(int revision)
{
    Map &info = edit({"info"});
    if (revision == 0)
        info.erase("rollback_revision");
    else
        info.set("rollback_revision", Value::integer(revision));
}

void Record::setIdentity(std::string uid, std::string resourceVersion)
{
    m_uid = std::move(uid);
    m_resourceVersion = std::move(resourceVersion);
}

Value chartRecord(const chart::Chart &chart, const Value &values)
{
    const auto files = [](const std::vector<chart::ChartFile> &list) {
        std::vector<Value> items;
        for (const chart::ChartFile &file : list)
            items.push_back(
                Value::map({{"name", Value::string(file.name)}, {"data", Value::string(base64Encode(file.data))}}));
        return Value::list(std::move(items));
    };
    return Value::map({{"metadata", chart.metadataTree}, {"lock", chart.lock}, {"templates", files(chart.templates)},
        {"values", values.isMap() ? values : Value::map()},
        {"schema", chart.hasSchema ? Value::string(base64Encode(chart.schema)) : Value()},
        {"files", files(chart.files)}, {"modtime", Value::string("0001-01-01T00:00:00Z")},
        {"schemamodtime", Value::string("0001-01-01T00:00:00Z")}});
}

} // namespace pk::release
