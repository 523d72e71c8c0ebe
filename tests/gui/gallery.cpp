// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/gallery.h"

#include "widgets/measures.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>

#include <cstdio>
#include <memory>

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    if (argc < 2) {
        std::fputs("usage: gallery OUTDIR [page or all [font family [points]]]\n", stderr);
        return 2;
    }
    QFont font(argc > 3 ? QString::fromLocal8Bit(argv[3]) : QStringLiteral("Inter"));
    font.setPointSizeF(argc > 4 ? QByteArray(argv[4]).toDouble() : 10);
    QApplication::setFont(font);
    pk::gui::fonts::setCodeFamily(QStringLiteral("JetBrains Mono"));
    pk::gui::setUpLook(application);
    struct Page
    {
        const char *name;
        QWidget *(*make)();
        QSize size;
    };
    const Page pages[] = {
        {"states", gallery::statesPage, {1440, 740}},
        {"overview", gallery::overviewPage, {1192, 900}},
        {"map", gallery::mapPage, {1192, 700}},
        {"evictions", gallery::evictionsPage, {1192, 900}},
        {"code", gallery::codePage, {1440, 900}},
        {"controls", gallery::controlsPage, {1192, 760}},
        {"empty", gallery::emptyPage, {1440, 760}},
    };
    const QDir out(QString::fromLocal8Bit(argv[1]));
    for (const Page &page : pages) {
        if (argc > 2 && qstrcmp(argv[2], "all") != 0 && qstrcmp(argv[2], page.name) != 0)
            continue;
        // Made in the light theme and switched: what does not follow a theme change is seen here.
        pk::gui::setTheme(pk::gui::lightTheme());
        const std::unique_ptr<QWidget> widget(page.make());
        widget->resize(page.size);
        widget->show();
        for (const bool dark : {false, true}) {
            pk::gui::setTheme(dark ? pk::gui::darkTheme() : pk::gui::lightTheme());
            // Loading rows show themselves after 300 ms.
            QElapsedTimer clock;
            clock.start();
            while (clock.elapsed() < 450)
                QApplication::processEvents(QEventLoop::AllEvents, 20);
            const QString name =
                QStringLiteral("%1-%2.png").arg(QLatin1String(page.name), QLatin1String(dark ? "dark" : "light"));
            widget->grab().save(out.filePath(name));
        }
    }
    return 0;
}
