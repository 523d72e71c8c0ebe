// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/chartref.h"

#include "base/inputerror.h"
#include "base/quote.h"
#include "base/split.h"
#include "template/builtins.h"
#include "template/executor.h"
#include "template/functions/families.h"

#include <sys/random.h>
#include <unistd.h>

#include <algorithm>

namespace pk::cli {

namespace {

class SystemRandom final : public tmpl::RandomSource
{
public:
    void fill(std::span<unsigned char> bytes) override
    {
        while (!bytes.empty()) {
            const ssize_t count = getrandom(bytes.data(), bytes.size(), 0);
            if (count > 0)
                bytes = bytes.subspan(static_cast<std::size_t>(count));
        }
    }
};

Result<Value> fail(tmpl::CallContext &, std::span<const Value> arguments)
{
    return inputError(arguments[0].toString());
}

Result<std::string> nameOfTemplate(const std::string &text, const chart::Levels &levels)
{
    tmpl::FunctionTable functions;
    functions.add(tmpl::builtins());
    const tmpl::FunctionTable standard = tmpl::standardFunctions(levels.dialect);
    functions.add({standard.begin(), standard.end()});
    const tmpl::Function own[] = {{"fail", {tmpl::Param::String}, false, fail}};
    functions.add(own);
    tmpl::TemplateSet templates(functions, "name-template");
    if (const auto parsed = templates.parse("name-template", text); !parsed)
        return parsed.error();
    SystemRandom random;
    const Clock clock;
    tmpl::Executor executor(templates, {levels.dialect, random, clock});
    auto rendered = executor.render("name-template", Value());
    if (!rendered)
        return rendered.error();
    return std::move(rendered->text);
}

bool isNamePart(std::string_view part)
{
    const auto inner = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !part.empty() && part.front() != '-' && part.back() != '-' && std::ranges::all_of(part, inner);
}

} // namespace

Result<NameAndChart> nameAndChart(const std::vector<std::string> &arguments, bool generateName,
    const std::string &nameTemplate, const chart::Levels &levels)
{
    if (arguments.empty())
        return inputError(
            "\"helm template\" requires at least 1 argument\n\nUsage:  helm template [NAME] [CHART] [flags]");
    if (arguments.size() > 2) {
        std::string extra;
        for (std::size_t i = 2; i < arguments.size(); ++i)
            extra += (i > 2 ? ", " : "") + arguments[i];
        return inputError("expected at most two arguments, unexpected arguments: " + extra);
    }
    if (arguments.size() == 2) {
        if (generateName)
            return inputError("cannot set --generate-name and also specify a name");
        if (!nameTemplate.empty())
            return inputError("cannot set --name-template and also specify a name");
        return NameAndChart{arguments[0], arguments[1]};
    }
    if (nameTemplate.empty())
        return NameAndChart{"release-name", arguments[0]};
    const auto name = nameOfTemplate(nameTemplate, levels);
    if (!name)
        return name.error();
    return NameAndChart{*name, arguments[0]};
}

Result<void> checkReleaseName(const std::string &name, const chart::Levels &levels)
{
    if (name.size() <= 53 && std::ranges::all_of(split(name, "."), isNamePart))
        return {};
    const std::string why = name.empty()
        ? "no name provided"
        : R"(invalid release name, must match regex ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ and the length must not be longer than 53)";
    const std::string prefix = levels.wording == chart::Wording::Helm3 ? "" : "release name check failed: ";
    return inputError(prefix + "release name " + goQuote(name) + ": " + why);
}

} // namespace pk::cli
