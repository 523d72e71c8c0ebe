// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/quantity.h"
#include "pool/podstatus.h"
#include "texts/texts.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <cmath>

namespace pk::gui::texts {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("texts", text);
}

QDateTime local(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

qint64 secondsOf(std::chrono::nanoseconds duration)
{
    return std::chrono::duration_cast<std::chrono::seconds>(duration).count();
}

/// "Today, 14:30", "Friday, 16:12", "11 Nov, 03:40": seconds only in the last week, where they are compared.
QString dayAndTime(WallTime time, WallTime now, const QString &clock)
{
    const QDateTime then = local(time);
    const QDate today = local(now).date();
    const QLocale locale;
    if (then.date() == today)
        return tr("Today, %1").arg(locale.toString(then.time(), clock));
    if (then.date() < today && then.date().daysTo(today) < 7)
        return tr("%1, %2").arg(locale.dayName(then.date().dayOfWeek()), locale.toString(then.time(), clock));
    const bool thisYear = then.date().year() == today.year();
    return locale.toString(then, thisYear ? QStringLiteral("d MMM, HH:mm") : QStringLiteral("d MMM yyyy, HH:mm"));
}

} // namespace

QString age(std::chrono::nanoseconds age)
{
    return QString::fromStdString(pool::humanDuration(age));
}

QString duration(std::chrono::nanoseconds duration)
{
    const qint64 seconds = std::max<qint64>(0, secondsOf(duration));
    if (seconds < 60)
        return tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return seconds % 60 ? tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60) : tr("%1 min").arg(seconds / 60);
    const qint64 minutes = seconds / 60 % 60;
    return minutes ? tr("%1 h %2 min").arg(seconds / 3600).arg(minutes) : tr("%1 h").arg(seconds / 3600);
}

QString moment(WallTime time, WallTime now)
{
    const qint64 seconds = secondsOf(now - time);
    if (seconds >= 0 && seconds < 60)
        return tr("%1 s ago").arg(seconds);
    if (seconds >= 0 && seconds < 3600)
        return tr("%1 min ago").arg(seconds / 60);
    return dayAndTime(time, now, QStringLiteral("HH:mm"));
}

QString longAgo(WallTime time, WallTime now)
{
    const auto counted = [](const char *text, qint64 count) {
        return QCoreApplication::translate("texts", text, nullptr, int(count));
    };
    constexpr qint64 Hour = 3600, Day = 24 * Hour;
    const qint64 seconds = secondsOf(now - time);
    if (seconds < Hour)
        return moment(time, now);
    return seconds < 2 * Day ? counted(QT_TRANSLATE_N_NOOP("texts", "%n hour(s) ago"), seconds / Hour)
                             : counted(QT_TRANSLATE_N_NOOP("texts", "%n day(s) ago"), seconds / Day);
}

QString momentToSecond(WallTime time, WallTime now)
{
    return dayAndTime(time, now, QStringLiteral("HH:mm:ss"));
}

QString clock(WallTime time)
{
    return local(time).toString(QStringLiteral("HH:mm:ss"));
}

QString fullTime(WallTime time)
{
    return QLocale().toString(local(time), QStringLiteral("d MMMM yyyy, HH:mm:ss t"));
}

QString quantity(const std::string &text)
{
    const auto parsed = kube::Quantity::parse(text);
    if (!parsed)
        return clean(text, 60);
    const double bytes = double(parsed->value());
    static constexpr const char *units[] = {"", "KiB", "MiB", "GiB", "TiB", "PiB"};
    int unit = 0;
    double shown = bytes;
    while (std::abs(shown) >= 1024 && unit < 5) {
        shown /= 1024;
        ++unit;
    }
    const int decimals = unit == 0 || std::abs(shown) >= 100 || shown == std::floor(shown) ? 0 : 1;
    const QString number = QLocale().toString(shown, 'f', decimals);
    return unit == 0 ? number : QStringLiteral("%1 %2").arg(number, QLatin1String(units[unit]));
}

QString clean(const std::string &text, int most)
{
    QString cleaned;
    const QString raw =
        QString::fromUtf8(text.data(), qsizetype(std::min<std::size_t>(text.size(), std::size_t(most) * 8)));
    for (const QChar c : raw) {
        const QChar::Category category = c.category();
        // Marks of direction and invisible characters could make one name look like another.
        const bool invisible =
            category == QChar::Other_Format || (category == QChar::Other_Control && c != u'\n' && c != u'\t');
        if (invisible)
            continue;
        const bool breaks = category == QChar::Separator_Line || category == QChar::Separator_Paragraph;
        cleaned += breaks ? QChar(u' ') : c;
    }
    cleaned = cleaned.trimmed();
    if (cleaned.size() <= most)
        return cleaned;
    const int cut = cleaned[most - 1].isHighSurrogate() ? most - 1 : most;
    return cleaned.left(cut) + QChar(0x2026);
}

} // namespace pk::gui::texts
