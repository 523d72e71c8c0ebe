// SPDX-License-Identifier: GPL-3.0-or-later
#include "texts/texts.h"

#include <QCoreApplication>

#include <algorithm>

namespace pk::gui::texts {

namespace {

/// Kubernetes' names of what a node runs out of, in words: "ephemeral-storage" is "disk".
std::string resourceWord(const std::string &resource)
{
    const QString word = fill("resource." + resource, {});
    return word.isEmpty() ? resource : word.toStdString();
}

} // namespace

bool has(std::string_view id)
{
    return patternOf(id, {}) != nullptr;
}

std::vector<std::string> ids()
{
    return sentenceIds();
}

QString fill(std::string_view id, const Parameters &parameters)
{
    const char *source = patternOf(id, parameters);
    if (!source)
        return {};
    const QString pattern = QCoreApplication::translate("texts", source);
    QString filled;
    filled.reserve(pattern.size() + 64);
    for (qsizetype at = 0; at < pattern.size(); ++at) {
        const qsizetype end = pattern[at] == u'{' ? pattern.indexOf(u'}', at) : -1;
        if (end < 0) {
            filled += pattern[at];
            continue;
        }
        const std::string name = pattern.mid(at + 1, end - at - 1).toStdString();
        // Values come from clusters and files: they are put in once and never read as a pattern again.
        for (const auto &[key, value] : parameters) {
            if (key == name) {
                filled += clean(value, int(key == "message" ? LongestMessage : LongestParameter));
                break;
            }
        }
        at = end;
    }
    return filled.trimmed();
}

QString sentence(const pool::News &news)
{
    Parameters parameters = news.parameters;
    for (auto &[key, value] : parameters) {
        if (key == "resource")
            value = resourceWord(value);
        else if ((key == "launcher" || key == "dind") && value.empty())
            value = fill("resource.nothing", {}).toStdString();
        else if (key == "limit" || key == "from" || key == "to" || key == "size" || key == "launcher" || key == "dind")
            value = quantity(value).toStdString();
    }
    return fill(news.id, parameters);
}

QString sentence(const Problem &problem)
{
    Parameters parameters = problem.parameters;
    parameters.emplace_back("message", problem.message);
    const QString own = fill(problem.id, parameters);
    return own.isEmpty() ? clean(problem.message, 2000) : own;
}

QString fixLabel(const Problem &problem)
{
    return problem.fix.path.empty() ? QString() : fill(problem.fix.id, problem.parameters);
}

QString sentence(const Error &error)
{
    Parameters parameters = error.parameters;
    parameters.emplace_back("message", error.message);
    const QString own = fill(error.id, parameters);
    return own.isEmpty() ? clean(error.message, 2000) : own;
}

QString causeWord(const pool::EvictionMessage &what)
{
    const std::string id = std::string("cause.") + pool::nameOf(what.cause);
    const QString ofResource = fill(id + "-" + what.resource, {});
    return ofResource.isEmpty() ? fill(id, {}) : ofResource;
}

} // namespace pk::gui::texts
