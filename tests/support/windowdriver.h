// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QTest>
#include <QWidget>

#include <functional>
#include <stdexcept>

namespace pk::test {

/// Drives a real window as a person would: finds what is shown by object name, clicks and types, waits for what must
/// come, takes pictures. A step that cannot be done throws, naming it.
class WindowDriver
{
public:
    struct Failed : std::runtime_error
    {
        using std::runtime_error::runtime_error;
    };

    explicit WindowDriver(QWidget &window) : m_window(window) { }

    /// Waits until `done`; throws with `what` after `timeout` milliseconds.
    void waitFor(const QString &what, const std::function<bool()> &done, int timeout = 15'000) const;
    /// A visible widget of that name in the window or in a dialog over it; waits for it.
    template <class T = QWidget> T *widget(const QString &name, int timeout = 15'000) const
    {
        T *found = nullptr;
        waitFor(
            QStringLiteral("no visible %1").arg(name), [&] { return (found = qobject_cast<T *>(visible(name))); },
            timeout);
        return found;
    }
    bool isVisible(const QString &name) const { return visible(name) != nullptr; }
    void click(const QString &name) const;
    /// Replaces the text of a line edit.
    void enter(const QString &name, const QString &text) const;
    /// Chooses a path in the file dialog that is open.
    void choosePath(const QString &path) const;
    void trigger(const QString &actionName) const;
    /// A picture of the window, and of a dialog over it, as NAME.png.
    void picture(const QDir &folder, const QString &name) const;

private:
    QWidget *visible(const QString &name) const;

    QWidget &m_window;
};

} // namespace pk::test
