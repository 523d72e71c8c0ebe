// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/icons.h"

#include "widgets/theme.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>
#include <QVariant>

#include <algorithm>

using namespace Qt::StringLiterals;

// A static library's resources are linked only when something asks for them.
static void initResources()
{
    Q_INIT_RESOURCE(icons);
}

namespace pk::gui::icons {
namespace {

struct Store
{
    Store() { initResources(); }
    QHash<QString, QByteArray> sources;
    QHash<QString, QPixmap> pixmaps; ///< By name, size and colour.
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

QPixmap drawn(const QString &name, int pixels, const QColor &stroke)
{
    // The drawings say "currentColor", which QtSvg does not know: the colour is put in as text.
    QByteArray text = source(name);
    if (text.isEmpty())
        return {};
    text.replace("currentColor", stroke.name().toLatin1());
    QSvgRenderer renderer(text);
    QPixmap picture(pixels, pixels);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    return picture;
}

/// Draws in the size and the colours of the moment, and only what is seen: a window has more icons than it ever shows.
class LineIcon : public QIconEngine
{
public:
    explicit LineIcon(const QString &name) : m_name(name) { }
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const int side = std::min(rect.width(), rect.height());
        const QPixmap picture = icons::pixmap(m_name, side, ink(mode), painter->device()->devicePixelRatio());
        painter->drawPixmap(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, picture);
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return icons::pixmap(m_name, std::min(size.width(), size.height()), ink(mode), 1);
    }
    QIconEngine *clone() const override { return new LineIcon(m_name); }

private:
    static QColor ink(QIcon::Mode mode)
    {
        return mode == QIcon::Normal ? theme().muted : mode == QIcon::Disabled ? theme().disabledText() : theme().text;
    }

    QString m_name;
};

} // namespace

QPixmap pixmap(const QString &name, int size, const QColor &stroke, double devicePixelRatio)
{
    const int pixels = qRound(size * devicePixelRatio);
    QPixmap &known = store().pixmaps[name + u'|' + QString::number(pixels) + stroke.name(QColor::HexArgb)];
    if (known.isNull())
        known = drawn(name, pixels, stroke);
    QPixmap picture = known;
    picture.setDevicePixelRatio(devicePixelRatio);
    return picture;
}

QIcon icon(const QString &name)
{
    return source(name).isEmpty() ? QIcon() : QIcon(new LineIcon(name));
}

void bind(QObject *target, const QString &name)
{
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
    store().pixmaps.clear();
}

} // namespace pk::gui::icons
