// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/mainwindow.h"

namespace pk::gui {

/// Where the program keeps what, and what it was told on its command line. Tests give folders of their own.
struct ApplicationOptions
{
    QString dataFolder; ///< Ledger and drafts; empty: the desktop's.
    QString settingsFile; ///< Empty: the desktop's.
    QString kubeconfig; ///< Empty: as kubectl finds it.
    QString context; ///< To be opened at once; empty: the last one, or the only one.
    QStringList files; ///< Values files to be opened.
    bool connectAtStart = true;
};

/// The object graph of the window: settings, appearance, I/O thread, store, drafts, and the main window on top. Members
/// die in the reverse of their order, so what is used lives longer than who uses it.
class Application : public QObject
{
    Q_OBJECT
public:
    explicit Application(ApplicationOptions options, QObject *parent = nullptr);
    ~Application() override;

    MainWindow &window() { return *m_window; }
    /// Shows the window, then connects.
    void start();

private:
    ApplicationOptions m_options;
    Clock m_clock;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<DesktopAppearance> m_appearance;
    std::shared_ptr<http::Dispatcher> m_dispatcher;
    std::unique_ptr<http::IoThread> m_io;
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<document::DraftStore> m_drafts;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace pk::gui
