// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/evictionexport.h"

#include <QDateTime>
#include <QStringList>

#include <chrono>

namespace pk::gui {

namespace {

QString utc(WallTime time)
{
    const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
    return QDateTime::fromMSecsSinceEpoch(since, Qt::UTC).toString(Qt::ISODate);
}

QString field(QString word)
{
    if (!word.isEmpty() && QStringLiteral("=+-@\t").contains(word.front()))
        word.prepend(u'\'');
    return u'"' + word.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

QByteArray line(const QStringList &words)
{
    QStringList fields;
    for (const QString &word : words)
        fields.append(field(word));
    return (fields.join(u',') + QStringLiteral("\r\n")).toUtf8();
}

} // namespace

QByteArray evictionsAsCsv(const std::vector<pool::Eviction> &evictions)
{
    const auto text = [](const std::string &value) { return QString::fromStdString(value); };
    QByteArray csv = line({QStringLiteral("time"), QStringLiteral("last time"), QStringLiteral("count"),
        QStringLiteral("namespace"), QStringLiteral("pool"), QStringLiteral("pod"), QStringLiteral("node"),
        QStringLiteral("cause"), QStringLiteral("resource"), QStringLiteral("available"), QStringLiteral("threshold"),
        QStringLiteral("volume"), QStringLiteral("limit"), QStringLiteral("message")});
    for (const pool::Eviction &eviction : evictions) {
        const pool::EvictionMessage &what = eviction.what;
        csv += line({utc(eviction.time), utc(eviction.lastTime), QString::number(eviction.count), text(eviction.ns),
            text(eviction.poolName), text(eviction.pod), text(eviction.node),
            QString::fromLatin1(pool::nameOf(what.cause)), text(what.resource), text(what.available),
            text(what.threshold), text(what.volume), text(what.limit), text(eviction.message)});
    }
    return csv;
}

} // namespace pk::gui
