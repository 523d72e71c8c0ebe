// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/icons.h"

#include "widgets/theme.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QPainter>
#include <QPointer>
#include <QSvgRenderer>
#include <QVariant>

using namespace Qt::StringLiterals;

// A static library's resources are linked only when something asks for them.
static void initResources()
{
    Q_INIT_RESOURCE(icons);
}

namespace pk::gui::icons {
namespace {

struct Bound
{
    QPointer<QObject> target;
    QString name;
};

struct Store
{
    Store() { initResources(); }
    QHash<QString, QByteArray> sources;
    QHash<QString, QIcon> icons;
    QVector<Bound> bound;
};

Store &store()
{
    static Store instance;
    return instance;
}

QByteArray source(const QString &name)
{
    QByteArray &text = store().sources[name];
    if (text.isNull()) {
        QFile file(u":/icons/%1.svg"_s.arg(name));
        if (file.open(QIODevice::ReadOnly))
            text = file.readAll();
    }
    return text;
}

} // namespace

QPixmap pixmap(const QString &name, int size, const QColor &stroke, double devicePixelRatio)
{
    // The drawings say "currentColor", which QtSvg does not know: the colour is put in as text.
    QByteArray text = source(name);
    if (text.isEmpty())
        return {};
    text.replace("currentColor", stroke.name().toLatin1());
    QSvgRenderer renderer(text);
    QPixmap picture(QSize(size, size) * devicePixelRatio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, QRectF(0, 0, picture.width(), picture.height()));
    painter.end();
    picture.setDevicePixelRatio(devicePixelRatio);
    return picture;
}

QIcon icon(const QString &name)
{
    if (const auto found = store().icons.constFind(name); found != store().icons.constEnd())
        return *found;
    QIcon result;
    for (const int size : {16, 20, 36}) {
        for (const int ratio : {1, 2}) {
            const auto add = [&](const QColor &color, QIcon::Mode mode) {
                if (const QPixmap picture = pixmap(name, size, color, ratio); !picture.isNull())
                    result.addPixmap(picture, mode);
            };
            add(theme().muted, QIcon::Normal);
            add(theme().disabledText(), QIcon::Disabled);
            add(theme().text, QIcon::Active);
            add(theme().text, QIcon::Selected);
        }
    }
    store().icons.insert(name, result);
    return result;
}

void bind(QObject *target, const QString &name)
{
    auto &bound = store().bound;
    bound.removeIf([target](const Bound &entry) { return !entry.target || entry.target == target; });
    bound.append({target, name});
    target->setProperty("icon", QVariant::fromValue(icon(name)));
}

QStringList names()
{
    initResources();
    QStringList result;
    for (const QString &file : QDir(u":/icons"_s).entryList({u"*.svg"_s}, QDir::Files, QDir::Name))
        result << file.chopped(4);
    return result;
}

void themeChanged()
{
    store().icons.clear();
    store().bound.removeIf([](const Bound &entry) { return !entry.target; });
    const auto bound = store().bound;
    for (const Bound &entry : bound)
        entry.target->setProperty("icon", QVariant::fromValue(icon(entry.name)));
}

} // namespace pk::gui::icons
