// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

#include <string>

namespace pk::gui {

/// Core's UTF-8 for a widget. What comes from a cluster or a file goes through texts::clean() instead.
inline QString qs(const std::string &text)
{
    return QString::fromStdString(text);
}

/// The words that there are, for a join().
inline QStringList withoutEmpty(QStringList words)
{
    words.removeIf([](const QString &word) { return word.trimmed().isEmpty(); });
    return words;
}

} // namespace pk::gui
