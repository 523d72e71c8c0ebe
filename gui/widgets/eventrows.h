// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/glyphs.h"

#include <QVector>
#include <QWidget>

class QGridLayout;

namespace pk::gui {

/// What the cluster said, as lines: time, glyph, reason, message. Plain text always.
class EventRows : public QWidget
{
    Q_OBJECT
public:
    struct Row
    {
        QString time; ///< "14:32:36"
        Glyph glyph;
        QString word; ///< of the glyph
        QString reason; ///< "Killing"
        QString message;
        bool operator==(const Row &) const = default;
    };
    enum class Style {
        OneLine, ///< columns; a message that has no room is elided and shows itself as tooltip
        Wrapped ///< "Killing: Stopping container dind", over several lines: panels and narrow cards
    };

    explicit EventRows(Style style, QWidget *parent = nullptr);

    /// `none`: said when there are no rows.
    void setRows(const QVector<Row> &rows, const QString &none);
    const QVector<Row> &rows() const { return m_rows; }
    /// "14:32:36  Killing: Stopping container dind", a line for each row.
    QStringList texts() const;

private:
    void addOneLine(int at, const Row &row);
    void addWrapped(int at, const Row &row);

    Style m_style;
    QGridLayout *m_grid;
    QVector<Row> m_rows;
    QString m_none;
};

} // namespace pk::gui
