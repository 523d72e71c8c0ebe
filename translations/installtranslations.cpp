// SPDX-License-Identifier: GPL-3.0-or-later
#include "translations/installtranslations.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

#include <memory>

namespace pk::gui {

void installTranslations(QCoreApplication &application)
{
    const QString name = QStringLiteral("poolkeeperTranslations");
    if (application.findChild<QTranslator *>(name))
        return;
    const QString stem = QStringLiteral("poolkeeper");
    const QString folder = QStringLiteral(":/translations");
    auto translator = std::make_unique<QTranslator>();
    if (!translator->load(QLocale(), stem, QStringLiteral("_"), folder)
        && !translator->load(stem + QStringLiteral("_en"), folder))
        return;
    translator->setObjectName(name);
    translator->setParent(&application);
    QCoreApplication::installTranslator(translator.release());
}

} // namespace pk::gui
