// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/appearance.h"

#include "widgets/theme.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QEvent>
#include <QGuiApplication>
#include <QScopedValueRollback>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace pk::gui {
namespace {

constexpr auto portalService = "org.freedesktop.portal.Desktop"_L1;
constexpr auto portalPath = "/org/freedesktop/portal/desktop"_L1;
constexpr auto portalInterface = "org.freedesktop.portal.Settings"_L1;
constexpr auto appearanceNamespace = "org.freedesktop.appearance"_L1;

/// Windows keeps the wish in the registry; elsewhere the platform's palette tells.
bool platformWishesDark(const QPalette &palette)
{
#ifdef Q_OS_WIN
    const QSettings personalize(
        u"HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize"_s,
        QSettings::NativeFormat);
    return personalize.value(u"AppsUseLightTheme"_s, 1).toInt() == 0;
#else
    return DesktopAppearance::isDarkPalette(palette);
#endif
}

/// Portals wrap the value in one variant, old ones in two.
QVariant unwrapped(QVariant value)
{
    while (value.metaType() == QMetaType::fromType<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

DesktopAppearance::DesktopAppearance(const QPalette &platformPalette, bool lastKnownDark, QObject *parent) :
    QObject(parent), m_platformDark(platformWishesDark(platformPalette)), m_lastKnownDark(lastKnownDark)
{
    QCoreApplication::instance()->installEventFilter(this);
    askPortal();
    apply();
}

bool DesktopAppearance::isDarkPalette(const QPalette &palette)
{
    return palette.color(QPalette::WindowText).lightness() > palette.color(QPalette::Window).lightness();
}

void DesktopAppearance::setChoice(Appearance choice)
{
    if (m_choice == choice)
        return;
    m_choice = choice;
    apply();
}

bool DesktopAppearance::isDark() const
{
    if (m_choice != Appearance::FollowDesktop)
        return m_choice == Appearance::Dark;
    if (m_portalDark)
        return *m_portalDark;
    return m_portalAnswered ? m_platformDark : m_lastKnownDark;
}

void DesktopAppearance::setPortalValue(const QString &key, const QVariant &value)
{
    if (key == "color-scheme"_L1) {
        const uint wish = value.toUInt();
        m_portalAnswered = true;
        m_portalDark = wish == 1 ? std::optional(true) : wish == 2 ? std::optional(false) : std::nullopt;
        if (const bool dark = m_portalDark.value_or(m_platformDark); dark != m_lastKnownDark) {
            m_lastKnownDark = dark;
            Q_EMIT lastKnownChanged(dark);
        }
    } else if (key == "contrast"_L1) {
        m_highContrast = value.toUInt() == 1;
    } else if (key == "reduced-motion"_L1) {
        m_reducedMotion = value.toUInt() == 1;
        return;
    } else {
        return;
    }
    apply();
}

void DesktopAppearance::askPortal()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        m_portalAnswered = true;
        return;
    }
    // Without the name of the service: with it QtDBus would wait for the bus to tell its owner.
    bus.connect(QString(), portalPath, portalInterface, u"SettingChanged"_s, this,
        SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    for (const auto key : {"color-scheme"_L1, "contrast"_L1, "reduced-motion"_L1})
        readPortal(key);
}

void DesktopAppearance::readPortal(const QString &key)
{
    QDBusMessage read = QDBusMessage::createMethodCall(portalService, portalPath, portalInterface, u"Read"_s);
    read << QString(appearanceNamespace) << key;
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(read), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, key](QDBusPendingCallWatcher *call) {
        call->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *call;
        if (!reply.isError())
            setPortalValue(key, unwrapped(reply.value().variant()));
        else if (key == "color-scheme"_L1)
            setPortalValue(key, 0u); // no portal is the same as no wish
    });
}

void DesktopAppearance::onSettingChanged(const QString &name, const QString &key, const QDBusVariant &value)
{
    if (name == appearanceNamespace)
        setPortalValue(key, unwrapped(value.variant()));
}

bool DesktopAppearance::eventFilter(QObject *watched, QEvent *event)
{
    // The platform theme changed its palette; ours replaced it, so it is asked for the colours that it would have.
    if (event->type() == QEvent::ThemeChange && !m_applying && watched == QCoreApplication::instance()) {
        const QPalette ours = QGuiApplication::palette();
        const QScopedValueRollback guard(m_applying, true);
        QGuiApplication::setPalette(QPalette());
        m_platformDark = platformWishesDark(QGuiApplication::palette());
        QGuiApplication::setPalette(ours);
        QMetaObject::invokeMethod(
            this, [this] { apply(); }, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

void DesktopAppearance::apply()
{
    const Theme &base = isDark() ? darkTheme() : lightTheme();
    const Theme next = m_highContrast ? highContrast(base) : base;
    if (next.dark == theme().dark && next.outlinedOnly == theme().outlinedOnly)
        return;
    {
        const QScopedValueRollback guard(m_applying, true);
        setTheme(next);
    }
    Q_EMIT changed();
}

} // namespace pk::gui
