// SPDX-License-Identifier: GPL-3.0-or-later
// Renders a chart with a values file, as: example CHART VALUES.yaml
#include <renderer/renderer.h>

#include <fstream>
#include <iostream>
#include <iterator>

int main(int argc, char **argv)
{
    std::string error;
    auto renderer = poolkeeper::Renderer::load(argc > 1 ? argv[1] : "builtin:spacelift-worker", error);
    if (!renderer) {
        std::cerr << error << '\n';
        return 1;
    }
    std::ifstream file(argc > 2 ? argv[2] : "/dev/null");
    const std::string values(std::istreambuf_iterator<char>(file), {});
    const poolkeeper::Rendering rendering = renderer->render({values}, {.releaseName = "prod-eu"});
    std::cout << rendering.manifest;
    std::cerr << rendering.error << '\n' << rendering.objects.size() << " objects\n";
    return rendering.error.empty() ? 0 : 1;
}
