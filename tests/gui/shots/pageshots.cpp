// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of every page in every state: pageshots FOLDER [WIDTHxHEIGHT [FONT [POINTS [rtl]]]]. Offscreen; look at them
// beside the design.
#include "gui/shots/states.h"
#include "translations/installtranslations.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QDir>
#include <QWidget>

#include <algorithm>

using namespace pk::gui;

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    const QString family = argc > 3 ? QString::fromLocal8Bit(argv[3]) : QStringLiteral("Inter");
    QApplication::setFont(QFont(family, argc > 4 ? std::max(6, QByteArray(argv[4]).toInt()) : 10));
    if (argc > 5)
        QApplication::setLayoutDirection(Qt::RightToLeft);
    setUpLook(application);
    installTranslations(application);
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral("shots");
    if (!QDir().mkpath(folder))
        return 1;
    const QStringList size = QString::fromLatin1(argc > 2 ? argv[2] : "1440x900").split(u'x');
    for (const bool dark : {false, true}) {
        setTheme(dark ? darkTheme() : lightTheme());
        for (const fixtures::Shot &shot : fixtures::shots()) {
            const std::unique_ptr<QWidget> widget(shot.make());
            fixtures::showShot(*widget, size.value(0).toInt(), size.value(1).toInt());
            widget->grab().save(
                QStringLiteral("%1/%2-%3.png")
                    .arg(folder, QLatin1String(shot.name), dark ? QLatin1String("dark") : QLatin1String("light")));
        }
    }
    return 0;
}
