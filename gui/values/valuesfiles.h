// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QWidget;

namespace pk::gui {

class ValuesSession;

/// What the Values tab does with files and the clipboard: save, import, export. Each asks first where it must, and
/// says in a sentence how it went.
class ValuesFiles : public QObject
{
    Q_OBJECT
public:
    /// Dialogs open over `window`. `manifests` gives the rendered manifests without secrets.
    ValuesFiles(QWidget *window, std::function<QString()> manifests);

    void setSession(ValuesSession *session);

    void save();
    void saveAs();
    /// Another file takes the place of the whole text, as one step to undo.
    void importFile();
    /// The values of another file are set in this one.
    void addFromFile();
    void addFromClipboard();
    void exportValues();
    void exportManifests();
    /// Asks for a file and writes `text`, which has no secrets.
    void exportShown(const QString &text);
    void copyHelmCommand();

Q_SIGNALS:
    void said(const QString &sentence);

private:
    void tellSaved(const Result<void> &saved);
    void exportText(const std::string &text, unsigned mode);
    void add(const std::string &text);

    QWidget *m_window;
    std::function<QString()> m_manifests;
    QPointer<ValuesSession> m_session;
};

} // namespace pk::gui
