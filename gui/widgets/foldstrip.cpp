// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/foldstrip.h"

#include "widgets/icons.h"
#include "widgets/measures.h"

#include <QPainter>
#include <QStyle>

namespace pk::gui {
namespace {

constexpr int chevronSize = 16;
constexpr int newsGlyph = 14;
constexpr int gap = 8;
constexpr int padding = 13;

} // namespace

FoldStrip::FoldStrip(const QString &title, QWidget *parent) : QAbstractButton(parent)
{
    setText(title);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(title);
}

void FoldStrip::setNews(Glyph glyph, const QString &news)
{
    if (glyph == m_glyph && news == m_news)
        return;
    m_glyph = glyph;
    m_news = news;
    setAccessibleName(news.isEmpty() ? text() : tr("%1, %2").arg(text(), news));
    update();
}

QSize FoldStrip::sizeHint() const
{
    const int words = QFontMetrics(fonts::strong()).horizontalAdvance(text())
        + QFontMetrics(fonts::small()).horizontalAdvance(m_news);
    return {words + 2 * padding + chevronSize + newsGlyph + 4 * gap, measure::height(measure::row, fontMetrics())};
}

QSize FoldStrip::minimumSizeHint() const
{
    const int title = QFontMetrics(fonts::strong()).horizontalAdvance(text());
    return {title + 2 * padding + chevronSize + gap, sizeHint().height()};
}

void FoldStrip::paintEvent(QPaintEvent *)
{
    const Theme &t = theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? QPen(t.accent, 2) : QPen(t.border));
    painter.setBrush(underMouse() ? t.hover : t.surface);
    const double edge = hasFocus() ? 1 : 0.5;
    painter.drawRoundedRect(
        QRectF(rect()).adjusted(edge, edge, -edge, -edge), measure::cardRadius, measure::cardRadius);
    const auto place = [this](int left, int width) {
        return QStyle::visualRect(layoutDirection(), rect(), QRect(left, 0, width, height()));
    };
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const auto side = Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine; // mirrored by Qt
    const QRect chevron = place(padding, chevronSize);
    painter.drawPixmap(chevron.left(), (height() - chevronSize) / 2,
        icons::pixmap(mirrored ? QStringLiteral("chevron-left") : QStringLiteral("chevron-right"), chevronSize, t.muted,
            devicePixelRatioF()));
    const int left = padding + chevronSize + gap;
    const int title = QFontMetrics(fonts::strong()).horizontalAdvance(text());
    painter.setFont(fonts::strong());
    painter.setPen(t.text);
    painter.drawText(place(left, title), side, text());
    const QFontMetrics small(fonts::small());
    const int room = width() - padding - left - title - newsGlyph - 3 * gap;
    const QString news = small.elidedText(m_news, Qt::ElideRight, std::max(0, room));
    const int newsLeft = width() - padding - small.horizontalAdvance(news);
    painter.setFont(fonts::small());
    painter.setPen(t.muted);
    painter.drawText(place(newsLeft, small.horizontalAdvance(news)), side, news);
    if (!m_glyph.isNull() && !news.isEmpty()) {
        const QRect box = place(newsLeft - gap - newsGlyph, newsGlyph);
        paintGlyph(&painter, QRectF(box.left(), (height() - newsGlyph) / 2.0, newsGlyph, newsGlyph), m_glyph);
    }
}

} // namespace pk::gui
