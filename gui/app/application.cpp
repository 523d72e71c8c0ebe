// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"

#include "app/qtdispatcher.h"
#include "translations/installtranslations.h"
#include "widgets/measures.h"

#include <QSettings>
#include <QStandardPaths>

namespace pk::gui {

Application::Application(ApplicationOptions options, QObject *parent) : QObject(parent), m_options(std::move(options))
{
    installTranslations(*QCoreApplication::instance());
    if (m_options.dataFolder.isEmpty())
        m_options.dataFolder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    else if (m_options.settingsFile.isEmpty())
        m_options.settingsFile = m_options.dataFolder + QStringLiteral("/settings.ini");
    QDir().mkpath(m_options.dataFolder);
    m_settings = m_options.settingsFile.isEmpty()
        ? std::make_unique<QSettings>()
        : std::make_unique<QSettings>(m_options.settingsFile, QSettings::IniFormat);
    const QPalette platform = QGuiApplication::palette();
    setUpLook(*qobject_cast<QApplication *>(QCoreApplication::instance()));
    m_appearance = std::make_unique<DesktopAppearance>(
        platform, m_settings->value(QStringLiteral("appearance/lastKnownDark")).toBool());
    m_appearance->setChoice(Appearance(m_settings->value(QStringLiteral("appearance/choice")).toInt()));
    connect(m_appearance.get(), &DesktopAppearance::lastKnownChanged, this,
        [this](bool dark) { m_settings->setValue(QStringLiteral("appearance/lastKnownDark"), dark); });
    m_dispatcher = std::make_shared<QtDispatcher>(this);
    http::IoThread::Options io;
    io.userAgent = "poolkeeper/" + QCoreApplication::applicationVersion().toStdString();
    m_io = std::make_unique<http::IoThread>(io);
    m_store = std::make_unique<store::Store>((m_options.dataFolder + QStringLiteral("/poolkeeper.db")).toStdString(),
        [dispatcher = m_dispatcher](std::function<void()> work) { dispatcher->post(std::move(work)); });
    m_drafts = std::make_unique<document::DraftStore>((m_options.dataFolder + QStringLiteral("/drafts")).toStdString());
    m_window = std::make_unique<MainWindow>(MainWindow::Parts{
        *m_io, m_dispatcher, *m_store, *m_drafts, *m_settings, *m_appearance, m_clock, m_options.dataFolder});
}

Application::~Application() = default;

void Application::start()
{
    kube::Kubeconfig::Origin origin = kube::Kubeconfig::Origin::fromEnvironment();
    if (!m_options.kubeconfig.isEmpty())
        origin.explicitFile = m_options.kubeconfig.toStdString();
    m_window->show();
    m_window->restoreDrafts();
    m_window->setKubeconfig(origin);
    for (const QString &file : std::as_const(m_options.files))
        m_window->openValues(file);
    if (m_options.connectAtStart)
        m_window->connectAtStart(m_options.context);
}

} // namespace pk::gui
