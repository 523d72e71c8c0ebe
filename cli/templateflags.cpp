// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/templateflags.h"

#include "base/gonumber.h"
#include "base/quote.h"
#include "cli/flags.h"
#include "template/functions/duration.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace pk::cli {

namespace {

using Type = Flag::Type;

/// Flags that helm takes and that do nothing to what is printed.
constexpr std::array<std::string_view, 15> ignoredSwitches = {"create-namespace", "force", "force-replace",
    "force-conflicts", "server-side", "replace", "wait-for-jobs", "disable-openapi-validation", "rollback-on-failure",
    "atomic", "skip-crds", "hide-notes", "take-ownership", "wait", "kube-insecure-skip-tls-verify"};
constexpr std::array<std::string_view, 9> ignoredTexts = {"description", "kube-apiserver", "kube-as-group",
    "kube-as-user", "kube-ca-file", "kube-tls-server-name", "kube-token", "color", "colour"};

Result<void> checkDuration(const std::string &text)
{
    const auto duration = tmpl::sprig::parseDuration(text);
    return duration ? Result<void>() : duration.error();
}

Result<void> numberOr(Parsed parsed, const char *function, const std::string &text)
{
    if (parsed == Parsed::Ok)
        return {};
    return Error{.code = Error::Code::InvalidInput,
        .message = std::string("strconv.") + function + ": parsing " + goQuote(text)
            + (parsed == Parsed::Range ? ": value out of range" : ": invalid syntax")};
}

Result<void> checkInteger(const std::string &text)
{
    std::int64_t number = 0;
    return numberOr(parseInt(text, 0, number), "ParseInt", text);
}

/// A float32.
Result<void> checkFloat(const std::string &text)
{
    double number = 0;
    Parsed parsed = parseFloat(text, number);
    if (parsed == Parsed::Ok && std::isinf(static_cast<float>(number)) && !std::isinf(number))
        parsed = Parsed::Range;
    return numberOr(parsed, "ParseFloat", text);
}

/// KEY=VALUE,...
Result<void> checkPairs(const std::string &text)
{
    const auto equals = std::ranges::count(text, '=');
    for (const std::string &pair : equals > 1 ? splitCsv(text) : std::vector<std::string>{text}) {
        if (pair.find('=') == pair.npos)
            return Error{.code = Error::Code::InvalidInput, .message = pair + " must be formatted as key=value"};
    }
    return {};
}

/// Those that have another type, by which helm refuses a text.
constexpr std::pair<std::string_view, Result<void> (*)(const std::string &)> checkedTexts[] = {
    {"timeout", checkDuration}, {"burst-limit", checkInteger}, {"qps", checkFloat}, {"labels", checkPairs}};

struct Refusal
{
    std::string_view name;
    Type type;
    const char *reason;
};

constexpr const char *needsCluster = "it needs a cluster, which this command never asks";
constexpr const char *changesChart = "it would change the chart; run helm dependency update on it";
constexpr const char *needsProgram = "post-renderers are not run; pipe the output through the program";

constexpr Refusal refusals[] = {
    {"validate", Type::Switch, needsCluster},
    {"dependency-update", Type::Switch, changesChart},
    {"post-renderer", Type::Text, needsProgram},
    {"post-renderer-args", Type::Texts, needsProgram},
    {"post-renderer-strategy", Type::Text, needsProgram},
};

std::vector<Flag> knownFlags(TemplateOptions &out, std::string &dryRun)
{
    return {
        {.name = "values", .shorthand = 'f', .type = Type::List, .texts = &out.valueFiles},
        {.name = "set", .type = Type::Texts, .texts = &out.set},
        {.name = "set-string", .type = Type::Texts, .texts = &out.setString},
        {.name = "set-json", .type = Type::Texts, .texts = &out.setJson},
        {.name = "set-file", .type = Type::Texts, .texts = &out.setFile},
        {.name = "set-literal", .type = Type::Texts, .texts = &out.setLiteral},
        {.name = "namespace", .shorthand = 'n', .type = Type::Text, .text = &out.namespaceName},
        {.name = "kube-version", .type = Type::Text, .text = &out.kubeVersion},
        {.name = "api-versions", .shorthand = 'a', .type = Type::List, .texts = &out.apiVersions},
        {.name = "show-only", .shorthand = 's', .type = Type::Texts, .texts = &out.showOnly},
        {.name = "include-crds", .type = Type::Switch, .on = &out.includeCrds},
        {.name = "skip-tests", .type = Type::Switch, .on = &out.skipTests},
        {.name = "no-hooks", .type = Type::Switch, .on = &out.noHooks},
        {.name = "is-upgrade", .type = Type::Switch, .on = &out.isUpgrade},
        {.name = "skip-schema-validation", .type = Type::Switch, .on = &out.skipSchema},
        {.name = "name-template", .type = Type::Text, .text = &out.nameTemplate},
        {.name = "generate-name", .shorthand = 'g', .type = Type::Switch, .on = &out.generateName},
        {.name = "output-dir", .type = Type::Text, .text = &out.outputDir},
        {.name = "release-name", .type = Type::Switch, .on = &out.useReleaseName},
        {.name = "render-subchart-notes", .type = Type::Switch, .on = &out.subchartNotes},
        {.name = "enable-dns", .type = Type::Switch, .on = &out.enableDns},
        {.name = "debug", .type = Type::Switch, .on = &out.debug},
        {.name = "kubeconfig", .type = Type::Text, .text = &out.kubeconfig},
        {.name = "kube-context", .type = Type::Text, .text = &out.kubeContext},
        {.name = "dry-run", .type = Type::Optional, .text = &dryRun},
        {.name = "compat", .type = Type::Text, .text = &out.compat},
        {.name = "help", .shorthand = 'h', .type = Type::Switch, .on = &out.help},
    };
}

void addFetchFlags(FetchFlags &out, std::vector<Flag> &flags)
{
    const auto text = [&flags](std::string_view name, std::string &to) {
        flags.push_back({.name = name, .type = Type::Text, .text = &to});
    };
    const auto on = [&flags](std::string_view name, bool &to) {
        flags.push_back({.name = name, .type = Type::Switch, .on = &to});
    };
    text("version", out.version);
    text("repo", out.repo);
    text("username", out.username);
    text("password", out.password);
    text("cert-file", out.certFile);
    text("key-file", out.keyFile);
    text("ca-file", out.caFile);
    flags.push_back({.name = "keyring", .type = Type::Text, .text = &out.keyring, .given = &out.hasKeyring});
    text("registry-config", out.registryConfig);
    text("repository-config", out.repositoryConfig);
    text("repository-cache", out.repositoryCache);
    text("content-cache", out.contentCache);
    on("verify", out.verify);
    on("insecure-skip-tls-verify", out.insecure);
    on("pass-credentials", out.passCredentials);
    on("plain-http", out.plainHttp);
    on("devel", out.devel);
}

} // namespace

Result<TemplateOptions> parseTemplateOptions(const std::vector<std::string> &arguments)
{
    TemplateOptions out;
    std::string dryRun = "client";
    std::vector<Flag> flags = knownFlags(out, dryRun);
    addFetchFlags(out.fetch, flags);
    for (const std::string_view name : ignoredSwitches)
        flags.push_back({.name = name, .type = name == "wait" ? Type::Optional : Type::Switch});
    for (const std::string_view name : ignoredTexts)
        flags.push_back({.name = name, .type = Type::Text});
    for (const auto &[name, check] : checkedTexts)
        flags.push_back({.name = name, .shorthand = name == "labels" ? 'l' : '\0', .type = Type::Text, .check = check});
    bool refused[std::size(refusals)] = {};
    for (std::size_t i = 0; i < std::size(refusals); ++i)
        flags.push_back({.name = refusals[i].name, .type = refusals[i].type, .given = &refused[i]});

    auto rest = parseFlags(arguments, flags);
    if (!rest)
        return rest.error();
    for (std::size_t i = 0; i < std::size(refusals); ++i) {
        if (refused[i])
            return Error{.code = Error::Code::InvalidInput,
                .message = "--" + std::string(refusals[i].name) + " is not supported: " + refusals[i].reason};
    }
    if (dryRun != "client" && dryRun != "unset" && dryRun != "true")
        return Error{
            .code = Error::Code::InvalidInput, .message = "--dry-run=" + dryRun + " is not supported: " + needsCluster};
    out.arguments = *std::move(rest);
    return out;
}

const char *templateHelp()
{
    return R"(Renders a chart on this machine and prints its manifests, as helm template does.

Usage:
  poolkeeper template [NAME] CHART [flags]

CHART is a folder, a .tgz, builtin:spacelift-worker, REPO/CHART of a repository that helm repo add knows, a URL, or
oci://REGISTRY/CHART. Repositories, credentials and caches are helm's own.

Where a chart comes from:
      --version VERSION       exactly this one, or the newest of a range; else the newest stable one
      --devel                 versions under development, too
      --repo URL              CHART is looked for in this repository
      --username NAME, --password TEXT
      --cert-file FILE, --key-file FILE, --ca-file FILE, --insecure-skip-tls-verify
      --pass-credentials      name and password go to other servers, too
      --plain-http            of registries
      --verify                refuse what is not signed by a key in --keyring FILE

Values, later ones win:
  -f, --values FILES          values files or URLs, with commas between or given again; - reads standard
                              input
      --set-json KEY=JSON     or one whole object
      --set KEY=VALUE         numbers, booleans and null are recognised
      --set-string KEY=VALUE  the value is a string
      --set-file KEY=FILE     the value is the content of a file
      --set-literal KEY=TEXT  the rest is the string, whatever it holds
      --skip-schema-validation

The release and the cluster that templates see:
  -n, --namespace NAME        else HELM_NAMESPACE, the namespace of the current context, default
  -g, --generate-name         make up a name
      --name-template TEXT    a template for the name
      --is-upgrade            .Release.IsUpgrade instead of .Release.IsInstall
      --kube-version VERSION
  -a, --api-versions LIST     more API versions for .Capabilities.APIVersions
      --kubeconfig FILE, --kube-context NAME
      --enable-dns            let getHostByName ask

What is printed:
  -s, --show-only FILE        only what these templates made; may be a pattern
      --include-crds          the files of crds/ as well
      --no-hooks, --skip-tests
      --output-dir FOLDER     files instead of text; --release-name adds the name to the path
      --debug                 print what was rendered even when it is not YAML

      --compat LEVEL          4.3 (Helm 4.3, the default), 4.1 or 3: whose output to equal, byte for byte
)";
}

} // namespace pk::cli
