// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <functional>

class QWidget;

namespace pk::gui {

// Dialogs for files and texts that open and return at once: nothing of ours runs a nested event loop. `chosen` runs
// when the person has chosen, and never when they cancel or `parent` dies first.

void askOpenPath(QWidget *parent, const QString &title, const QString &folder, const QString &filter,
    std::function<void(const QString &path)> chosen);
/// Asks before a file is replaced.
void askSavePath(QWidget *parent, const QString &title, const QString &suggested, const QString &filter,
    std::function<void(const QString &path)> chosen);
void askText(QWidget *parent, const QString &title, const QString &label, const QString &text,
    std::function<void(const QString &text)> chosen);
/// A question with a verb on each button beside Cancel, which is the default. The answer is the index into `verbs`.
void askQuestion(QWidget *parent, const QString &title, const QString &text, const QStringList &verbs,
    std::function<void(int verb)> chosen);

} // namespace pk::gui
