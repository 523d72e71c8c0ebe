// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "kube/kubeconfig.h"

using namespace pk;

/// A kubeconfig, as somebody may drop it on the window. Files that it names lie in a folder that does not exist.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const kube::Kubeconfig config = kube::Kubeconfig::parse(fuzz::textOf(data, size), "/nonexistent/kubeconfig");
    for (const kube::ContextInfo &context : config.contexts()) {
        const std::vector<Error> problems = config.problems(context.name);
        const Result<kube::ContextConfig> resolved = config.resolve(context.name);
        fuzz::holds(resolved.ok() == problems.empty(), "a context without problems can be used", context.name);
        if (resolved)
            fuzz::holds(!resolved->nameSpace.empty(), "a context has a namespace", context.name);
    }
    (void)config.resolve(config.currentContext());
    return 0;
}
