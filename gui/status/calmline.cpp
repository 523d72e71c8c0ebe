// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/calmline.h"

#include "widgets/elidedlabel.h"
#include "widgets/glyphlabel.h"

#include <QHBoxLayout>

namespace pk::gui {

CalmLine::CalmLine(QWidget *parent) : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(2, 0, 2, 0);
    row->setSpacing(10);
    m_glyph = new GlyphLabel(20);
    m_sentence = headingLabel({});
    m_sentence->setObjectName(QStringLiteral("calmSentence"));
    m_second = helpLabel({});
    row->addWidget(m_glyph);
    row->addWidget(m_sentence);
    row->addWidget(m_second, 1);
}

void CalmLine::setNews(Glyph state, const QString &word, const QString &sentence, const QString &second)
{
    m_glyph->setGlyph(state, word);
    m_sentence->setText(sentence);
    m_second->setText(second);
    setAccessibleName(sentence);
}

} // namespace pk::gui
