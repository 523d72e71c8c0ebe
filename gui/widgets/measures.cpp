// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/measures.h"

#include <QApplication>
#include <QFontDatabase>

namespace pk::gui::fonts {
namespace {

double basePoints()
{
    const QFont font = QApplication::font();
    // A platform may set the general font in pixels; then its point size is -1.
    return font.pointSizeF() > 0 ? font.pointSizeF() : QFontInfo(font).pointSizeF();
}

QFont general(double difference, QFont::Weight weight)
{
    QFont font = QApplication::font();
    font.setPointSizeF(basePoints() + difference);
    font.setWeight(weight);
    return font;
}

QString &codeFamily()
{
    static QString family;
    return family;
}

QFont fixed(double difference)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (!codeFamily().isEmpty())
        font.setFamily(codeFamily());
    font.setPointSizeF(basePoints() + difference);
    font.setStyleHint(QFont::Monospace);
    font.setFixedPitch(true);
    return font;
}

} // namespace

QFont title()
{
    return general(5, QFont::DemiBold);
}
QFont heading()
{
    return general(1, QFont::DemiBold);
}
QFont body()
{
    return general(0, QFont::Normal);
}
QFont medium()
{
    return general(0, QFont::Medium);
}
QFont strong()
{
    return general(0, QFont::DemiBold);
}
QFont figure()
{
    return general(5, QFont::DemiBold);
}
QFont small()
{
    return general(-1, QFont::Normal);
}
QFont smallStrong()
{
    return general(-1, QFont::Medium);
}
QFont axis()
{
    return general(-1.5, QFont::Normal);
}
QFont code()
{
    return fixed(-0.5);
}
QFont denseCode()
{
    return fixed(-1);
}

void setCodeFamily(const QString &family)
{
    codeFamily() = family;
}

} // namespace pk::gui::fonts
