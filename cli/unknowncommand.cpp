// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/unknowncommand.h"

#include <filesystem>
#include <system_error>

namespace pk::cli {

std::string unknownCommand(const std::string &name)
{
    std::string text =
        "Error: unknown command \"" + name + "\" for \"poolkeeper\"\nRun 'poolkeeper --help' for usage.\n";
    std::error_code ignored;
    if (std::filesystem::is_directory(name, ignored))
        text += "It is a folder. To print the manifests of a chart in it: poolkeeper template " + name + "\n";
    else if (std::filesystem::exists(name, ignored) || name.ends_with(".yaml") || name.ends_with(".yml"))
        text += "To open a values file in the window: poolkeeper -- " + name + "\nTo check it: poolkeeper lint " + name
            + "\n";
    return text;
}

} // namespace pk::cli
