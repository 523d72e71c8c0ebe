// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/exports.h"

#include "document/secrets.h"

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
    for (const unsigned char c : path)
        name.push_back(std::isalnum(c) ? static_cast<char>(std::toupper(c)) : '_');
    return name;
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
    const std::vector<SecretPlace> secrets = findSecrets(what.valuesText);
    std::string text;
    for (const SecretPlace &secret : secrets)
        text += "# Set " + variableFor(secret.path) + " to the value of " + secret.path + " first.\n";
    text += "helm upgrade " + shellQuoted(what.release) + " " + shellQuoted(what.chart) + " --install";
    text += " \\\n  --namespace " + shellQuoted(what.ns) + " --create-namespace";
    if (!what.context.empty())
        text += " \\\n  --kube-context " + shellQuoted(what.context);
    text += " \\\n  --values " + shellQuoted(what.valuesFile);
    for (const SecretPlace &secret : secrets)
        text += " \\\n  --set-string " + secret.path + "=\"$" + variableFor(secret.path) + "\"";
    return text + "\n";
}

} // namespace pk::document
