// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/rules.h"

#include "base/ascii.h"
#include "template/functions/duration.h"
#include "yaml/printer.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace pk::chart {

namespace {

constexpr std::string_view storageName = "launcher-storage";
/// What the launcher takes when SPACELIFT_LAUNCHER_RUN_TIMEOUT is not set.
constexpr std::int64_t defaultRunTimeout = 70 * 60;
/// The preStop hooks spend some of the grace period, and a run needs time to end: five minutes on top.
constexpr std::int64_t graceReserve = 5 * 60;
/// Kubernetes appends a hash of 10 characters and a hyphen to the name, in a label of at most 63.
constexpr std::size_t statefulSetNameLimit = 52;

using Severity = Problem::Severity;
using Parameters = std::vector<std::pair<std::string, std::string>>;

bool isEmpty(const Value &value)
{
    return !value.isTruthy();
}

std::vector<Value> itemsOf(const Value &value)
{
    return value.isList() ? value.asList().items : std::vector<Value>();
}

std::string indexed(const std::string &list, std::size_t index, const std::string &key)
{
    return list + "[" + std::to_string(index) + "]." + key;
}

class Checker
{
public:
    Checker(const Value &values, const std::string &releaseName) : m_values(values), m_releaseName(releaseName) { }

    std::vector<Problem> run()
    {
        storage();
        name();
        credentials();
        for (const char *container : {"launcher", "dind"}) {
            environment(container);
            mounts(container);
        }
        volumes();
        gracePeriod();
        image();
        securityContext();
        eviction();
        return std::move(m_problems);
    }

    Problem &add(Severity severity, const char *id, std::string path, Parameters parameters = {})
    {
        Problem problem;
        problem.severity = severity;
        problem.id = id;
        problem.path = std::move(path);
        problem.parameters = std::move(parameters);
        m_problems.push_back(std::move(problem));
        return m_problems.back();
    }

private:
    bool isStatefulSet() const { return m_values.get("useStatefulSet").isTruthy(); }

    void storage()
    {
        const bool claims = !isEmpty(m_values.get("storageVolumeClaimTemplateSpec"));
        const Value volume = m_values.get("storageVolume");
        if (claims && !isStatefulSet()) {
            Problem &problem = add(Severity::Warning, "rule.claim-template-ignored", "storageVolumeClaimTemplateSpec");
            problem.fix = {.path = "useStatefulSet", .yaml = "true", .remove = false, .id = "fix.use-statefulset"};
        }
        if (claims && isStatefulSet() && !isEmpty(volume)) {
            Problem &problem = add(Severity::Warning, "rule.storage-volume-overridden", "storageVolume");
            problem.fix = {.path = "storageVolume", .yaml = {}, .remove = true, .id = "fix.remove"};
        }
        const std::int64_t replicas = m_values.get("replicaCount").integerOr(1);
        const bool claimWins = claims && isStatefulSet();
        for (const char *kind : {"persistentVolumeClaim", "hostPath", "nfs"}) {
            if (replicas > 1 && !claimWins && !volume.get(kind).isNil())
                add(Severity::Error, "rule.shared-storage", std::string("storageVolume.") + kind,
                    {{"kind", kind}, {"replicas", std::to_string(replicas)}});
        }
    }

    std::string fullName() const
    {
        const std::string own = m_values.get("fullnameOverride").stringOr();
        if (!own.empty())
            return own;
        const std::string override = m_values.get("nameOverride").stringOr();
        const std::string base = override.empty() ? "spacelift-worker" : override;
        return m_releaseName.find(base) != std::string::npos ? m_releaseName : m_releaseName + "-" + base;
    }

    void name()
    {
        const bool named = !m_values.get("fullnameOverride").stringOr().empty();
        const std::string full = m_releaseName.empty() && !named ? std::string() : fullName().substr(0, 63);
        if (isStatefulSet() && full.size() > statefulSetNameLimit)
            add(Severity::Error, "rule.name-too-long", "fullnameOverride",
                {{"name", full}, {"length", std::to_string(full.size())},
                    {"limit", std::to_string(statefulSetNameLimit)}});
    }

    std::set<std::string> namesOf(const Value &list) const
    {
        std::set<std::string> names;
        for (const Value &item : itemsOf(list))
            names.insert(item.get("name").stringOr());
        return names;
    }

    void credentials()
    {
        const Value credentials = m_values.get("credentials");
        const Value launcher = m_values.get("launcher");
        if (credentials.get("create").isTruthy()) {
            for (const char *key : {"token", "privateKey"}) {
                if (credentials.get(key).stringOr().empty())
                    add(Severity::Warning, "rule.empty-credential", std::string("credentials.") + key, {{"key", key}});
            }
            return;
        }
        const auto names = namesOf(launcher.get("extraEnv"));
        const bool given = names.contains("SPACELIFT_TOKEN") && names.contains("SPACELIFT_POOL_PRIVATE_KEY");
        if (!given && itemsOf(launcher.get("envFrom")).empty())
            add(Severity::Warning, "rule.no-credentials", "credentials.create");
    }

    void environment(const std::string &container)
    {
        const std::string path = container + ".extraEnv";
        const auto builtIn = builtInVariables(m_values, container);
        std::set<std::string> seen;
        std::size_t index = 0;
        for (const Value &item : itemsOf(m_values.get(container).get("extraEnv"))) {
            const std::string name = item.get("name").stringOr();
            const Value value = item.get("value");
            if (value.isBool() || value.isNumber()) {
                const std::string place = indexed(path, index, "value");
                Problem &problem = add(Severity::Error, "rule.env-not-string", place, {{"name", name}});
                problem.fix = {
                    .path = place, .yaml = "\"" + yaml::toYaml(value) + "\"", .remove = false, .id = "fix.quote"};
            }
            if (builtIn.contains(name))
                add(Severity::Error, "rule.env-built-in", indexed(path, index, "name"), {{"name", name}});
            else if (!name.empty() && !seen.insert(name).second)
                add(Severity::Error, "rule.env-duplicate", indexed(path, index, "name"), {{"name", name}});
            ++index;
        }
    }

    void mounts(const std::string &container)
    {
        const auto volumes = namesOf(m_values.get("volumes"));
        const std::string path = container + ".extraVolumeMounts";
        std::set<std::string> places;
        std::size_t index = 0;
        for (const Value &item : itemsOf(m_values.get(container).get("extraVolumeMounts"))) {
            const std::string name = item.get("name").stringOr();
            if (!name.empty() && name != storageName && !volumes.contains(name)) {
                Problem &problem =
                    add(Severity::Error, "rule.mount-without-volume", indexed(path, index, "name"), {{"name", name}});
                if (const std::string near = nearestKey(name, {volumes.begin(), volumes.end()}); !near.empty()) {
                    problem.parameters.emplace_back("nearest", near);
                    problem.fix = {.path = problem.path, .yaml = near, .remove = false, .id = "fix.use-nearest"};
                }
            }
            const std::string place = item.get("mountPath").stringOr();
            if (!place.empty() && !places.insert(place).second)
                add(Severity::Error, "rule.mount-path-twice", indexed(path, index, "mountPath"), {{"path", place}});
            ++index;
        }
    }

    void volumes()
    {
        std::set<std::string> seen;
        std::size_t index = 0;
        for (const Value &item : itemsOf(m_values.get("volumes"))) {
            const std::string name = item.get("name").stringOr();
            if (name == storageName)
                add(Severity::Error, "rule.volume-reserved", indexed("volumes", index, "name"), {{"name", name}});
            else if (!name.empty() && !seen.insert(name).second)
                add(Severity::Error, "rule.volume-duplicate", indexed("volumes", index, "name"), {{"name", name}});
            ++index;
        }
    }

    std::int64_t runTimeout() const
    {
        for (const Value &item : itemsOf(m_values.get("launcher").get("extraEnv"))) {
            if (item.get("name").stringOr() != "SPACELIFT_LAUNCHER_RUN_TIMEOUT")
                continue;
            const auto duration = tmpl::sprig::parseDuration(item.get("value").stringOr());
            return duration ? *duration / tmpl::sprig::OneSecond : defaultRunTimeout;
        }
        return defaultRunTimeout;
    }

    void gracePeriod()
    {
        const std::int64_t grace = m_values.get("terminationGracePeriodSeconds").integerOr(30);
        const std::int64_t timeout = runTimeout();
        if (grace >= timeout)
            return;
        const std::string wanted = std::to_string(timeout + graceReserve);
        Problem &problem = add(Severity::Warning, "rule.grace-too-short", "terminationGracePeriodSeconds",
            {{"grace", std::to_string(grace)}, {"timeout", std::to_string(timeout)}, {"seconds", wanted}});
        problem.fix = {
            .path = "terminationGracePeriodSeconds", .yaml = wanted, .remove = false, .id = "fix.use-seconds"};
    }

    void image()
    {
        const Value image = m_values.at({"launcher", "image"});
        const bool digest = !image.get("digest").stringOr().empty();
        const std::string tag = image.get("tag").stringOr();
        if (digest || (!tag.empty() && tag != "latest"))
            add(Severity::Hint, "rule.launcher-pinned", digest ? "launcher.image.digest" : "launcher.image.tag",
                {{"tag", digest ? image.get("digest").stringOr() : tag}});
    }

    void securityContext()
    {
        const Value context = m_values.get("podSecurityContext");
        const std::int64_t user = context.get("runAsUser").integerOr(0);
        const bool nonRoot = context.get("runAsNonRoot").boolOr(false);
        if (!nonRoot && user == 0)
            return;
        const std::string path = std::string("podSecurityContext.") + (nonRoot ? "runAsNonRoot" : "runAsUser");
        Problem &problem = add(Severity::Error, "rule.dind-needs-root", path);
        problem.fix = {.path = path, .yaml = {}, .remove = true, .id = "fix.remove"};
    }

    bool requestsDisk(const char *container) const
    {
        return !isEmpty(m_values.at({container, "resources", "requests", "ephemeral-storage"}));
    }

    void eviction()
    {
        if (isStatefulSet() && !isEmpty(m_values.get("storageVolumeClaimTemplateSpec")))
            return;
        const Value volume = m_values.get("storageVolume");
        const Value emptyDir = volume.get("emptyDir");
        const bool onNode = isEmpty(volume) || emptyDir.isMap();
        const bool inMemory = emptyDir.get("medium").stringOr() == "Memory";
        if (!onNode || inMemory)
            return;
        if (emptyDir.get("sizeLimit").isNil() && !requestsDisk("launcher") && !requestsDisk("dind"))
            add(Severity::Warning, "rule.eviction-likely",
                isEmpty(volume) ? "storageVolume" : "storageVolume.emptyDir");
    }

    const Value &m_values;
    const std::string &m_releaseName;
    std::vector<Problem> m_problems;
};

/// Keys of a person's values that the chart's defaults do not have, for a chart without a schema.
class UnknownKeys
{
public:
    UnknownKeys(const Value &defaults, Checker &checker) : m_defaults(defaults), m_checker(checker)
    {
        collect(defaults, {});
    }

    void check(const Value &user)
    {
        if (!user.isMap() || !m_defaults.isMap())
            return;
        for (const auto &[key, value] : user.asMap())
            check(m_defaults, key, value, {});
    }

private:
    /// Keys that the public chart reads and does not name in its values.yaml.
    static bool isKnownAnyway(const std::string &path)
    {
        static const std::set<std::string> known = {
            "global", "revisionHistoryLimit", "launcher.image.digest", "dind.image.digest"};
        return known.contains(path);
    }

    void collect(const Value &map, const std::string &prefix)
    {
        if (!map.isMap())
            return;
        for (const auto &[key, value] : map.asMap()) {
            m_paths.push_back(prefix + key);
            collect(value, prefix + key + ".");
        }
    }

    void check(const Value &defaults, const std::string &key, const Value &value, const std::string &prefix)
    {
        const std::string path = prefix + key;
        const Value *known = std::as_const(defaults.asMap()).find(key);
        if (!known) {
            if (!isKnownAnyway(path))
                report(defaults, key, value, path);
            return;
        }
        // An empty map in the defaults takes anything.
        if (known->isMap() && !known->asMap().isEmpty() && value.isMap()) {
            for (const auto &[inner, item] : value.asMap())
                check(*known, inner, item, path + ".");
        }
    }

    /// Of an unknown table each entry is told, since one of them may be known elsewhere.
    void report(const Value &defaults, const std::string &key, const Value &value, const std::string &path)
    {
        if (value.isMap() && !value.asMap().isEmpty()) {
            for (const auto &[inner, item] : value.asMap())
                report(defaults, inner, item, path + "." + inner);
            return;
        }
        Problem &problem = m_checker.add(Severity::Warning, "rule.unknown-key", path, {{"key", path}});
        const std::string near = nearest(defaults, key);
        if (!near.empty())
            problem.parameters.emplace_back("nearest", near);
        problem.fix = {.path = path, .yaml = {}, .remove = true, .id = "fix.remove"};
    }

    std::string nearest(const Value &defaults, const std::string &key) const
    {
        std::vector<std::string> siblings;
        for (const auto &[name, value] : defaults.asMap())
            siblings.push_back(name);
        if (const std::string near = nearestKey(key, siblings); !near.empty())
            return near;
        for (const std::string &path : m_paths) {
            const auto dot = path.rfind('.');
            if (dot != std::string::npos && path.substr(dot + 1) == key)
                return path;
        }
        return {};
    }

    const Value &m_defaults;
    Checker &m_checker;
    std::vector<std::string> m_paths;
};

std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0U);
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t substituted = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({substituted, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

} // namespace

std::set<std::string> builtInVariables(const Value &values, const std::string &container)
{
    if (container != "launcher")
        return {};
    std::set<std::string> names = {"DOCKER_HOST", "SPACELIFT_METADATA_instance_id", "SPACELIFT_METADATA_k8s_namespace"};
    if (values.at({"credentials", "create"}).isTruthy())
        names.insert({"SPACELIFT_TOKEN", "SPACELIFT_POOL_PRIVATE_KEY"});
    return names;
}

bool isWorkerChart(const Chart &chart)
{
    return chart.metadata.name == "spacelift-worker";
}

std::vector<Problem> checkWorkerValues(
    const Chart &chart, const Value &values, const Value &user, const std::string &releaseName)
{
    if (!isWorkerChart(chart) || !values.isMap())
        return {};
    Checker checker(values, releaseName);
    if (!chart.hasSchema)
        UnknownKeys(chart.values, checker).check(user);
    return checker.run();
}

std::string nearestKey(std::string_view key, const std::vector<std::string> &known)
{
    const std::string wanted = ascii::toLower(key);
    const std::size_t allowed = std::max<std::size_t>(1, wanted.size() / 3);
    std::string best;
    std::size_t bestDistance = allowed + 1;
    for (const std::string &candidate : known) {
        const std::size_t distance = editDistance(wanted, ascii::toLower(candidate));
        if (distance < bestDistance) {
            bestDistance = distance;
            best = candidate;
        }
    }
    return best;
}

} // namespace pk::chart
