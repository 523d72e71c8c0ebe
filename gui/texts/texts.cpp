// SPDX-License-Identifier: GPL-3.0-or-later
#include "texts/texts.h"

#include "texts/tables.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace pk::gui::texts {

namespace {

const QHash<QByteArray, const char *> &table()
{
    static const QHash<QByteArray, const char *> known = [] {
        QHash<QByteArray, const char *> all;
        for (const auto &sentences :
            {clusterSentences(), valueSentences(), releaseSentences(), connectionSentences()}) {
            for (const Sentence &sentence : sentences)
                all.insert(sentence.id, sentence.text);
        }
        return all;
    }();
    return known;
}

QByteArray keyOf(std::string_view id)
{
    return QByteArray(id.data(), qsizetype(id.size()));
}

/// The id of the sentence for one thing, where there is one and `parameters` count one.
QByteArray countedKey(std::string_view id, const Parameters &parameters)
{
    const QByteArray key = keyOf(id);
    const bool one = std::any_of(parameters.begin(), parameters.end(), [](const auto &parameter) {
        return (parameter.first == "count" || parameter.first == "desired") && parameter.second == "1";
    });
    return one && table().contains(key + ".one") ? key + ".one" : key;
}

/// Kubernetes' names of what a node runs out of, in words: "ephemeral-storage" is "disk".
std::string resourceWord(const std::string &resource)
{
    const QString word = fill("resource." + resource, {});
    return word.isEmpty() ? resource : word.toStdString();
}

} // namespace

bool has(std::string_view id)
{
    return table().contains(keyOf(id));
}

std::vector<std::string> ids()
{
    std::vector<std::string> all;
    for (auto entry = table().cbegin(); entry != table().cend(); ++entry)
        all.push_back(entry.key().toStdString());
    std::sort(all.begin(), all.end());
    return all;
}

QString fill(std::string_view id, const Parameters &parameters)
{
    const char *source = table().value(countedKey(id, parameters));
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
                filled += clean(value, key == "message" ? 2000 : 200);
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
    // A near name changes the whole sentence, not only a part of it.
    const bool near = std::any_of(problem.parameters.begin(), problem.parameters.end(),
        [](const auto &parameter) { return parameter.first == "nearest"; });
    const std::string id = near && has(problem.id + ".nearest") ? problem.id + ".nearest" : problem.id;
    Parameters parameters = problem.parameters;
    parameters.emplace_back("message", problem.message);
    const QString own = fill(id, parameters);
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
