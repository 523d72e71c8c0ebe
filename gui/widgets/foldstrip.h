// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/glyphs.h"

#include <QAbstractButton>

namespace pk::gui {

/// A card that is folded to a line of 34 px: chevron, title, and its worst news at the right. A click unfolds it; the
/// page decides what that is.
class FoldStrip : public QAbstractButton
{
    Q_OBJECT
public:
    explicit FoldStrip(const QString &title, QWidget *parent = nullptr);

    void setNews(Glyph glyph, const QString &news);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Glyph m_glyph;
    QString m_news;
};

} // namespace pk::gui
