// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/inputerror.h"
#include "base/quote.h"
#include "base/split.h"
#include "chart/chartobjects.h"
#include "chart/structobject.h"
#include "chart/typedlist.h"

#include <algorithm>
#include <charconv>

namespace pk::chart {

namespace {

/// Of Kubernetes 1.37's and 1.35's libraries, in the order in which Helm lists them.
constexpr std::string_view apiList =
    "v1 "
    "admissionregistration.k8s.io/v1 admissionregistration.k8s.io/v1alpha1 admissionregistration.k8s.io/v1beta1 "
    "internal.apiserver.k8s.io/v1alpha1 "
    "apps/v1 apps/v1beta1 apps/v1beta2 "
    "authentication.k8s.io/v1 authentication.k8s.io/v1alpha1 authentication.k8s.io/v1beta1 "
    "authorization.k8s.io/v1 authorization.k8s.io/v1beta1 "
    "autoscaling/v1 autoscaling/v2 autoscaling/v2beta1 autoscaling/v2beta2 "
    "batch/v1 batch/v1beta1 "
    "certificates.k8s.io/v1 certificates.k8s.io/v1beta1 certificates.k8s.io/v1alpha1 "
    "coordination.k8s.io/v1alpha2 coordination.k8s.io/v1beta1 coordination.k8s.io/v1 "
    "discovery.k8s.io/v1 discovery.k8s.io/v1beta1 "
    "events.k8s.io/v1 events.k8s.io/v1beta1 "
    "extensions/v1beta1 "
    "flowcontrol.apiserver.k8s.io/v1 flowcontrol.apiserver.k8s.io/v1beta1 flowcontrol.apiserver.k8s.io/v1beta2 "
    "flowcontrol.apiserver.k8s.io/v1beta3 "
    "lifecycle.k8s.io/v1alpha1 "
    "networking.k8s.io/v1 networking.k8s.io/v1beta1 "
    "node.k8s.io/v1 node.k8s.io/v1alpha1 node.k8s.io/v1beta1 "
    "policy/v1 policy/v1beta1 "
    "rbac.authorization.k8s.io/v1 rbac.authorization.k8s.io/v1beta1 rbac.authorization.k8s.io/v1alpha1 "
    "resource.k8s.io/v1 resource.k8s.io/v1beta2 resource.k8s.io/v1beta1 resource.k8s.io/v1alpha3 "
    "scheduling.k8s.io/v1alpha1 scheduling.k8s.io/v1alpha3 scheduling.k8s.io/v1beta1 scheduling.k8s.io/v1 "
    "storage.k8s.io/v1beta1 storage.k8s.io/v1 storage.k8s.io/v1alpha1 "
    "storagemigration.k8s.io/v1 storagemigration.k8s.io/v1beta1 "
    "apiextensions.k8s.io/v1beta1 apiextensions.k8s.io/v1";
constexpr std::string_view onlyIn137[] = {
    "lifecycle.k8s.io/v1alpha1", "scheduling.k8s.io/v1alpha3", "storagemigration.k8s.io/v1"};
constexpr std::string_view onlyIn135[] = {"autoscaling/v2beta1", "autoscaling/v2beta2", "scheduling.k8s.io/v1alpha1"};

void appendWords(std::string_view text, std::vector<std::string> &out)
{
    for (const std::string_view word : split(text, " ")) {
        if (!word.empty())
            out.emplace_back(word);
    }
}

/// What a released helm says of itself.
struct Release
{
    Wording wording;
    const char *helm;
    const char *go;
    const char *kubeClient; ///< Not in Helm 3's.
};
constexpr Release releases[] = {{Wording::Helm43, "v4.3.1", "go1.26.8", "v1.37"},
    {Wording::Helm41, "v4.1.4", "go1.25.9", "v1.35"}, {Wording::Helm3, "v3.22.0", "go1.26.8", ""}};

const Release &releaseOf(Wording wording)
{
    return *std::ranges::find(releases, wording, &Release::wording);
}

/// common.VersionSet: a list of strings that can be asked.
class VersionSet final : public TypedList
{
public:
    VersionSet(const std::vector<std::string> &versions, std::string type) :
        TypedList(std::move(type), Value::strings(versions).asList().items), m_strings(Value::strings(versions))
    {
    }

    Value toTree() const override { return m_strings; }
    Value sliceOf(std::vector<Value> items) const override
    {
        std::vector<std::string> versions;
        for (const Value &item : items)
            versions.push_back(item.toString());
        return Value::of(Ref<Object>(new VersionSet(versions, typeName())));
    }
    bool call(std::string_view name, std::span<const Value> arguments, Value &result, std::string &error) const override
    {
        if (name != "Has")
            return false;
        if (arguments.size() != 1) {
            error = "wrong number of args for Has: want 1 got " + std::to_string(arguments.size());
            return true;
        }
        if (!arguments.front().isString()) {
            error = "wrong type for value; expected string; got " + arguments.front().typeName();
            return true;
        }
        const auto &items = m_strings.asList().items;
        result = Value::boolean(std::ranges::find(items, arguments.front()) != items.end());
        return true;
    }

private:
    Value m_strings; ///< As []string.
};

/// The numbers at the start of a version ("v1.31.2-gke.5": 1, 31, 2); at least two, else none.
std::vector<std::string> leadingNumbers(std::string_view text)
{
    if (text.starts_with('v'))
        text.remove_prefix(1);
    std::vector<std::string> numbers;
    while (numbers.size() < 16) {
        std::size_t length = 0;
        while (length < text.size() && text[length] >= '0' && text[length] <= '9')
            ++length;
        if (length == 0)
            break;
        numbers.emplace_back(text.substr(0, length));
        text.remove_prefix(length);
        if (!text.starts_with('.'))
            break;
        text.remove_prefix(1);
    }
    return numbers;
}

} // namespace

Capabilities Capabilities::offline(const Levels &levels)
{
    Capabilities out;
    out.version = levels.kubeVersion;
    out.normalized = levels.kubeVersion;
    const auto numbers = leadingNumbers(levels.kubeVersion);
    out.major = numbers[0];
    out.minor = numbers[1];
    appendWords(apiList, out.apiVersions);
    const std::span<const std::string_view> unknown = levels.newestApiList ? onlyIn135 : onlyIn137;
    std::erase_if(out.apiVersions,
        [&](const std::string &version) { return std::ranges::find(unknown, version) != unknown.end(); });
    return out;
}

Result<void> Capabilities::setKubeVersion(std::string_view text, const Levels &levels)
{
    const std::string start = "invalid kube version '" + std::string(text) + "': ";
    const auto refused = [&](const std::string &why) { return inputError(start + why); };
    const auto numbers = leadingNumbers(trimSpace(text));
    if (numbers.empty())
        return refused("could not parse " + goQuote(text) + " as version");
    if (numbers.size() < 2)
        return refused("illegal version string " + goQuote(text));
    for (const std::string &number : numbers) {
        if (number.size() > 1 && number.front() == '0')
            return refused("illegal zero-prefixed version component " + goQuote(number) + " in " + goQuote(text));
    }
    normalized = "v" + numbers[0]; // as many numbers as were given
    for (std::size_t i = 1; i < numbers.size(); ++i)
        normalized += "." + numbers[i];
    version = text.starts_with('v') ? std::string(text) : "v" + std::string(text);
    if (levels.cutKubeVersionSuffix)
        version = normalized;
    major = numbers[0];
    minor = numbers[1];
    return {};
}

Value capabilitiesObject(const Capabilities &capabilities, const Levels &levels)
{
    const std::string package = levels.chartutilTypes ? "chartutil." : "common.";
    const Value version = Value::string(capabilities.version);
    const Value normalized = Value::string(capabilities.normalized);
    const Value major = Value::string(capabilities.major);
    const Value minor = Value::string(capabilities.minor);
    std::vector<StructObject::Member> numbers{{"Version", "Version", version}};
    if (!levels.chartutilTypes)
        numbers.push_back({"normalizedVersion", {}, normalized});
    numbers.push_back({"Major", "Major", major});
    numbers.push_back({"Minor", "Minor", minor});
    Ref<StructObject> kube(new StructObject(package + "KubeVersion", std::move(numbers)));
    kube->addMethod("GitVersion", version);
    kube->addMethod("String", normalized);
    kube->setPointerText(capabilities.normalized);
    const Release &release = releaseOf(levels.wording);
    std::vector<StructObject::Member> build{{"Version", "version", Value::string(release.helm), true},
        {"GitCommit", "git_commit", Value::string(""), true},
        {"GitTreeState", "git_tree_state", Value::string(""), true},
        {"GoVersion", "go_version", Value::string(release.go), true}};
    if (!levels.chartutilTypes)
        build.push_back({"KubeClientVersion", "kube_client_version", Value::string(release.kubeClient)});
    Ref<StructObject> buildInfo(new StructObject("version.BuildInfo", std::move(build)));
    const Value set = Value::of(Ref<Object>(new VersionSet(capabilities.apiVersions, package + "VersionSet")));
    const std::vector<StructObject::Member> members{{"KubeVersion", "KubeVersion", Value::of(Ref<Object>(kube.get()))},
        {"APIVersions", "APIVersions", set}, {"HelmVersion", "HelmVersion", Value::of(Ref<Object>(buildInfo.get()))}};
    Ref<StructObject> all(new StructObject("*" + package + "Capabilities", members));
    all->addMethod("Copy", Value::of(Ref<Object>(new StructObject("*" + package + "Capabilities", members))));
    return Value::of(Ref<Object>(all.get()));
}

} // namespace pk::chart
