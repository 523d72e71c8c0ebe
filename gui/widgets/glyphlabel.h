// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/glyphs.h"

#include <QTimer>
#include <QWidget>

namespace pk::gui {

/// A glyph as widget, for heads and rows built from layouts. Never alone: `word` becomes the accessible name and the
/// tooltip. An OpenRing (starting, upgrading) turns once a second while visible, if the style animates.
class GlyphLabel : public QWidget
{
    Q_OBJECT
public:
    explicit GlyphLabel(int size, QWidget *parent = nullptr);
    GlyphLabel(Glyph glyph, const QString &word, int size, QWidget *parent = nullptr);

    void setGlyph(Glyph glyph, const QString &word);
    Glyph glyph() const { return m_glyph; }
    QSize sizeHint() const override { return {m_size, m_size}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void updateTurning();

    Glyph m_glyph;
    int m_size;
    int m_turn = 0;
    QTimer m_timer;
};

} // namespace pk::gui
