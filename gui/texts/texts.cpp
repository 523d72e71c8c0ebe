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
        for (const auto &sentences : {clusterSentences(), valueSentences(), releaseSentences()}) {
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

} // namespace

bool has(std::string_view id)
{
    return table().contains(keyOf(id));
}

QString fill(std::string_view id, const Parameters &parameters)
{
    const char *source = table().value(keyOf(id));
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
                filled += clean(value, 200);
                break;
            }
        }
        at = end;
    }
    return filled;
}

QString sentence(const pool::News &news)
{
    return fill(news.id, news.parameters);
}

QString sentence(const Problem &problem)
{
    // A near name changes the whole sentence, not only a part of it.
    const bool near = std::any_of(problem.parameters.begin(), problem.parameters.end(),
        [](const auto &parameter) { return parameter.first == "nearest"; });
    const std::string id = near && has(problem.id + ".nearest") ? problem.id + ".nearest" : problem.id;
    const QString own = fill(id, problem.parameters);
    return own.isEmpty() ? clean(problem.message, 2000) : own;
}

QString fixLabel(const Problem &problem)
{
    return problem.fix.path.empty() ? QString() : fill(problem.fix.id, problem.parameters);
}

QString sentence(const Error &error)
{
    const QString own = fill(error.id, error.parameters);
    return own.isEmpty() ? clean(error.message, 2000) : own;
}

QString causeWord(const pool::EvictionMessage &what)
{
    const QString own = fill(std::string("cause.") + pool::nameOf(what.cause), {});
    if (what.cause == pool::EvictionCause::NodePressure && what.resource != "ephemeral-storage")
        return fill("cause.node-pressure-" + what.resource, {});
    return own;
}

} // namespace pk::gui::texts
