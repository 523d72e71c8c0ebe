// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QPalette>
#include <QVariant>

#include <optional>

class QDBusVariant;

namespace pk::gui {

/// What the person chose in the settings.
enum class Appearance { FollowDesktop, Light, Dark };

/// Keeps the theme in step with the choice and with the desktop (UI.md 2.4). Make one beside the QApplication, after
/// setUpLook(). It asks the XDG portal over D-Bus without waiting: until the answer is there, `lastKnownDark` counts
/// (keep it in the settings, connect lastKnownChanged to store it). Without a portal the palette of the platform theme
/// decides.
class DesktopAppearance : public QObject
{
    Q_OBJECT
public:
    /// `platformPalette` is QGuiApplication::palette() from before setUpLook() installed ours.
    DesktopAppearance(const QPalette &platformPalette, bool lastKnownDark, QObject *parent = nullptr);

    void setChoice(Appearance choice);
    Appearance choice() const { return m_choice; }
    bool isDark() const;
    /// True while the desktop asks for no motion; folds and panels then open at once.
    bool reducedMotion() const { return m_reducedMotion; }

    /// Dark when the text of the palette is lighter than its window.
    static bool isDarkPalette(const QPalette &palette);

    /// A value of the namespace org.freedesktop.appearance arrived: color-scheme, contrast or reduced-motion.
    void setPortalValue(const QString &key, const QVariant &value);

Q_SIGNALS:
    /// After theme() changed.
    void changed();
    void lastKnownChanged(bool dark);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private Q_SLOTS:
    void onSettingChanged(const QString &name, const QString &key, const QDBusVariant &value);

private:
    void askPortal();
    void readPortal(const QString &key);
    void apply();

    Appearance m_choice = Appearance::FollowDesktop;
    std::optional<bool> m_portalDark; ///< empty: no portal, or it has no wish
    bool m_portalAnswered = false;
    bool m_platformDark = false;
    bool m_lastKnownDark = false;
    bool m_highContrast = false;
    bool m_reducedMotion = false;
    bool m_applying = false; ///< our own setPalette comes back as an event
};

} // namespace pk::gui
