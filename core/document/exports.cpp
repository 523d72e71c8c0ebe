// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/exports.h"

#include "document/secrets.h"
#include "yaml/path.h"

#include <algorithm>
#include <cctype>

namespace pk::document {

namespace {

/// The usual variables of Spacelift's guides; anything else by its path.
std::string variableFor(const std::string &path)
{
    if (path == "credentials.token")
        return "SPACELIFT_TOKEN";
    if (path == "credentials.privateKey")
        return "SPACELIFT_PK";
    std::string name;
    for (const unsigned char c : path) {
        if (std::isalnum(c))
            name.push_back(static_cast<char>(std::toupper(c)));
        else if (!name.empty() && name.back() != '_')
            name.push_back('_');
    }
    while (!name.empty() && name.back() == '_')
        name.pop_back();
    const bool isName = !name.empty() && !std::isdigit(static_cast<unsigned char>(name[0]));
    return isName ? name : "SECRET_" + name;
}

/// A path as helm's --set-literal reads it.
std::string setPath(const std::string &text)
{
    const Result<yaml::Path> path = yaml::Path::parse(text);
    std::string out;
    for (const yaml::Step &step : path ? path->steps() : std::vector<yaml::Step>()) {
        if (const auto *index = std::get_if<std::size_t>(&step)) {
            out += '[' + std::to_string(*index) + ']';
            continue;
        }
        if (!out.empty())
            out += '.';
        for (const char c : std::get<std::string>(step)) {
            if (std::string_view(".,[]{}=\\").find(c) != std::string_view::npos)
                out += '\\';
            out += c;
        }
    }
    return out;
}

} // namespace

std::string shellQuoted(std::string_view word)
{
    const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) {
        return std::isalnum(c) || c == '-' || c == '_' || c == '.' || c == '/' || c == ':' || c == '@' || c == '=';
    });
    if (plain)
        return std::string(word);
    std::string quoted = "'";
    for (const char c : word)
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

std::string helmCommand(const HelmCommand &what)
{
    std::vector<SecretPlace> secrets = findSecrets(what.valuesText);
    // What stands in a comment needs no variable.
    std::erase_if(secrets, [](const SecretPlace &secret) { return secret.path.empty(); });
    std::string text;
    for (const SecretPlace &secret : secrets)
        text += "# Set " + variableFor(secret.path) + " to the value of " + secret.path + " first.\n";
    text += "helm upgrade " + shellQuoted(what.release) + " " + shellQuoted(what.chart) + " --install";
    text += " \\\n  --namespace " + shellQuoted(what.ns) + " --create-namespace";
    if (!what.context.empty())
        text += " \\\n  --kube-context " + shellQuoted(what.context);
    text += " \\\n  --values " + shellQuoted(what.valuesFile);
    for (const SecretPlace &secret : secrets)
        text +=
            " \\\n  --set-literal " + shellQuoted(setPath(secret.path) + "=") + "\"$" + variableFor(secret.path) + "\"";
    return text + "\n";
}

} // namespace pk::document
