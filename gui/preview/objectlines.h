// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/difflines.h"

namespace pk::gui {

/// All lines of a comparison of two texts; the view folds what is unchanged.
QVector<DiffLine> comparedLines(const QByteArray &before, const QByteArray &after);
/// The lines of one text, none of them changed.
QVector<DiffLine> plainLines(const QByteArray &text);

/// Puts the lines of several objects behind each other, with "---" between them, and numbers them through.
class JoinedLines
{
public:
    void append(const QVector<DiffLine> &lines);
    const QVector<DiffLine> &lines() const { return m_lines; }
    /// Of each object: the number of its first line among the new ones, from 1.
    const QVector<int> &starts() const { return m_starts; }

private:
    QVector<DiffLine> m_lines;
    QVector<int> m_starts;
    int m_old = 0; ///< Lines so far.
    int m_new = 0;
};

/// A difference as text with a sign before each line; without changes just the lines.
QByteArray textOf(const QVector<DiffLine> &lines, bool compared);

} // namespace pk::gui
