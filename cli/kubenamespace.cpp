// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/kubenamespace.h"

#include "base/files.h"
#include "value/value.h"
#include "yaml/reader.h"

#include <cstdlib>
#include <vector>

namespace pk::cli {

namespace {

std::string environment(const char *name)
{
    const char *text = std::getenv(name);
    return text ? text : "";
}

std::vector<std::string> configFiles(const std::string &kubeconfig)
{
    if (!kubeconfig.empty())
        return {kubeconfig};
    std::string list = environment("KUBECONFIG");
    if (list.empty())
        return {environment("HOME") + "/.kube/config"};
    std::vector<std::string> files;
    while (true) {
        const auto colon = list.find(':');
        if (colon != 0 && !list.empty())
            files.push_back(list.substr(0, colon));
        if (colon == std::string::npos)
            return files;
        list.erase(0, colon + 1);
    }
}

} // namespace

std::string defaultNamespace(const std::string &kubeconfig, const std::string &context)
{
    if (const std::string given = environment("HELM_NAMESPACE"); !given.empty())
        return given;
    std::string current = context.empty() ? environment("HELM_KUBECONTEXT") : context;
    std::vector<Value> contexts;
    for (const std::string &file : configFiles(kubeconfig)) {
        const auto text = readFile(file);
        if (!text)
            continue;
        const auto tree = yaml::toMap(*text);
        if (!tree)
            continue;
        if (current.empty())
            current = tree->get("current-context").stringOr();
        if (const Value list = tree->get("contexts"); list.isList())
            contexts.insert(contexts.end(), list.asList().items.begin(), list.asList().items.end());
    }
    for (const Value &entry : contexts) {
        if (entry.get("name").stringOr() == current) {
            const std::string name = entry.at({"context", "namespace"}).stringOr();
            return name.empty() ? "default" : name;
        }
    }
    return "default";
}

} // namespace pk::cli
