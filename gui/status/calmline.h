// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/glyphs.h"

#include <QWidget>

class QLabel;

namespace pk::gui {

class GlyphLabel;

/// The one line of a healthy pool: no band, no colour.
class CalmLine : public QWidget
{
    Q_OBJECT
public:
    explicit CalmLine(QWidget *parent = nullptr);

    void setNews(Glyph state, const QString &word, const QString &sentence, const QString &second);

private:
    GlyphLabel *m_glyph;
    QLabel *m_sentence;
    QLabel *m_second;
};

} // namespace pk::gui
