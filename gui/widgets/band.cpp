// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/band.h"

#include "widgets/measures.h"
#include "widgets/poolstyle.h"

#include <QAccessible>
#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace pk::gui {
namespace {

constexpr int mostButtons = 3;

} // namespace

Band::Band(QWidget *parent) :
    QFrame(parent), m_glyph(new GlyphLabel(24, this)), m_sentence(new QLabel(this)), m_second(new QLabel(this)),
    m_row(new QHBoxLayout(this))
{
    for (QLabel *label : {m_sentence, m_second}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_sentence->setFont(fonts::heading());
    auto *glyphColumn = new QVBoxLayout;
    glyphColumn->addWidget(m_glyph);
    glyphColumn->addStretch(1);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(3);
    texts->addStretch(1);
    texts->addWidget(m_sentence);
    texts->addWidget(m_second);
    texts->addStretch(1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(14);
    m_row->setSpacing(14);
    m_row->addLayout(glyphColumn);
    m_row->addLayout(texts, 1);
    m_row->addLayout(buttons);
    for (int i = 0; i < mostButtons; ++i) {
        m_buttons.append(new QPushButton);
        m_buttons.last()->hide();
        buttons->addWidget(m_buttons.last(), 0, Qt::AlignVCenter);
    }
    m_row->setContentsMargins(18, 14, 16, 14);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    updateColours();
}

void Band::setNews(Tone tone, Glyph glyph, const QString &sentence, const QString &second)
{
    const bool told = m_sentence->text() != sentence;
    m_glyph->setGlyph(glyph, QString());
    m_sentence->setText(sentence);
    m_second->setText(second);
    m_second->setVisible(!second.isEmpty());
    setAccessibleName(second.isEmpty() ? sentence : sentence + QLatin1Char(' ') + second);
    if (tone != m_tone) {
        m_tone = tone;
        updateColours();
        update();
    }
    if (told && !sentence.isEmpty()) {
        QAccessibleEvent event(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

void Band::setActions(const QList<QAction *> &actions, QAction *primary, QAction *danger)
{
    const QList<QAction *> wanted = actions + QList<QAction *>{primary, danger};
    if (wanted == m_actions)
        return; // Focus stays where it is.
    m_actions = wanted;
    Q_ASSERT(actions.size() <= mostButtons);
    for (const QMetaObject::Connection &bound : std::as_const(m_bound))
        disconnect(bound);
    m_bound.clear();
    for (int i = 0; i < m_buttons.size(); ++i) {
        QPushButton *button = m_buttons[i];
        button->setObjectName({});
        button->setVisible(i < actions.size());
        if (i >= actions.size())
            continue;
        setButtonKind(button,
            actions[i] == primary      ? ButtonKind::Primary
                : actions[i] == danger ? ButtonKind::Danger
                                       : ButtonKind::Secondary);
        bind(button, actions[i]);
    }
}

void Band::bind(QPushButton *button, QAction *action)
{
    button->setObjectName(action->objectName());
    const auto follow = [button, action] {
        button->setText(action->text());
        button->setIcon(action->icon());
        button->setToolTip(action->toolTip() == action->text() ? QString() : action->toolTip());
        button->setEnabled(action->isEnabled());
    };
    follow();
    m_bound.append(connect(action, &QAction::changed, button, follow));
    m_bound.append(connect(button, &QPushButton::clicked, action, &QAction::trigger));
}

QString Band::sentence() const
{
    return m_sentence->text();
}

void Band::setCompact(bool compact)
{
    m_sentence->setFont(compact ? fonts::medium() : fonts::heading());
    m_second->setFont(compact ? fonts::small() : fonts::body());
    m_row->setContentsMargins(12, compact ? 8 : 14, 12, compact ? 8 : 14);
}

void Band::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme().bandEdge(m_tone));
    painter.setBrush(theme().bandPaper(m_tone));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), measure::cardRadius, measure::cardRadius);
}

void Band::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        updateColours();
}

void Band::updateColours()
{
    // On a tinted band the second line is part of the news: stronger than muted, weaker than the sentence.
    const bool calm = m_tone == Tone::Neutral || m_tone == Tone::Muted;
    QPalette palette;
    palette.setColor(QPalette::WindowText, calm ? theme().muted : mix(theme().text, theme().muted, 0.55));
    m_second->setPalette(palette);
}

} // namespace pk::gui
