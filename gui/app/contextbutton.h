// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/glyphs.h"

#include <QAbstractButton>

namespace pk::gui {

/// Top of the side bar: cluster above user and namespace, a chevron at the right. In the rail an icon with a dot, or
/// the glyph of a connection that is not well.
class ContextButton : public QAbstractButton
{
    Q_OBJECT
public:
    explicit ContextButton(QWidget *parent);

    void setTexts(const QString &first, const QString &second);
    void setConnection(Glyph glyph, const QString &words);
    void setRail(bool rail);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    void updateToolTip();
    void paintConnection(QPainter &painter, const QPointF &centre) const;

    QString m_first;
    QString m_second;
    QString m_connectionWords;
    Glyph m_connection;
    bool m_rail = false;
    bool m_ring = false; ///< Focus came by a key.
};

} // namespace pk::gui
