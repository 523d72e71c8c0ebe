// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/metricstrip.h"

#include "widgets/measures.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace pk::gui {

MetricStrip::MetricStrip(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Figures"));
}

void MetricStrip::setMetrics(const QVector<Metric> &metrics)
{
    if (m_metrics == metrics)
        return;
    m_metrics = metrics;
    QStringList sentences;
    for (const Metric &metric : metrics) {
        QStringList words{
            metric.caption, metric.unit.isEmpty() ? metric.value : metric.value + QLatin1Char(' ') + metric.unit};
        if (!metric.note.isEmpty())
            words << metric.note;
        sentences << words.join(QStringLiteral(", "));
    }
    setAccessibleDescription(sentences.join(QStringLiteral(". ")));
    updateGeometry();
    update();
}

void MetricStrip::setCompact(bool compact)
{
    if (m_compact == compact)
        return;
    m_compact = compact;
    updateGeometry();
    update();
}

QSize MetricStrip::sizeHint() const
{
    return {std::max(1, int(m_metrics.size())) * 200, minimumSizeHint().height()};
}

int MetricStrip::heightOf(Form form) const
{
    const int small = QFontMetrics(fonts::small()).height();
    const int large = QFontMetrics(fonts::figure()).height();
    return form == Form::Compact ? large + 18 : 2 * small + large + 28;
}

QSize MetricStrip::minimumSizeHint() const
{
    return {std::max(1, int(m_metrics.size())) * 120, heightOf(m_compact ? Form::Compact : Form::Whole)};
}

void MetricStrip::paintEvent(QPaintEvent *)
{
    const Theme &t = theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(t.border);
    painter.setBrush(t.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), measure::cardRadius, measure::cardRadius);
    const QFont small = fonts::small(), large = fonts::figure();
    const QFontMetrics smallMetrics(small), largeMetrics(large);
    for (int i = 0; i < m_metrics.size(); ++i) {
        const Metric &metric = m_metrics[i];
        const double part = double(width()) / double(m_metrics.size());
        const int column = layoutDirection() == Qt::RightToLeft ? int(m_metrics.size()) - 1 - i : i;
        const QRect cell(int(column * part), 0, int(part), height());
        if (column > 0)
            painter.fillRect(QRect(cell.left(), 1, 1, height() - 2), t.border);
        const QRect inner = cell.adjusted(measure::cardPaddingX + 1, m_compact ? 0 : 12, -12, m_compact ? 0 : -11);
        const auto draw = [&](const QFont &font, const QColor &ink, const QRect &area, const QString &text) {
            painter.setFont(font);
            painter.setPen(ink);
            painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                QFontMetrics(font).elidedText(text, Qt::ElideRight, area.width()));
        };
        QRect caption(inner.left(), inner.top(), inner.width(), smallMetrics.height());
        QRect value(inner.left(), caption.bottom() + 1, inner.width(), largeMetrics.height() + 4);
        if (m_compact) {
            caption = inner;
            const int after = smallMetrics.horizontalAdvance(metric.caption) + 10;
            value = inner.adjusted(std::min(after, inner.width() / 2), 0, 0, 0);
            caption.setRight(value.left() - 6);
        }
        draw(small, t.muted, caption, metric.caption);
        draw(large, t.ink(metric.tone), value, metric.value);
        const int unitLeft = largeMetrics.horizontalAdvance(metric.value) + 8;
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        draw(fonts::body(), t.muted, value.adjusted(mirrored ? 0 : unitLeft, 4, mirrored ? -unitLeft : 0, 4),
            metric.unit);
        if (m_compact || metric.note.isEmpty())
            continue;
        QRect note(inner.left(), value.bottom() + 1, inner.width(), smallMetrics.height());
        if (!metric.noteGlyph.isNull()) {
            const int left = mirrored ? note.right() - 12 : note.left();
            paintGlyph(&painter, QRect(left, note.center().y() - 6, 13, 13), metric.noteGlyph);
            note.adjust(mirrored ? 0 : 19, 0, mirrored ? -19 : 0, 0);
        }
        draw(small, t.muted, note, metric.note);
    }
}

bool MetricStrip::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && !m_metrics.isEmpty()) {
        auto *help = static_cast<QHelpEvent *>(event);
        int column = int(help->pos().x() * m_metrics.size() / std::max(1, width()));
        if (layoutDirection() == Qt::RightToLeft)
            column = int(m_metrics.size()) - 1 - column;
        QToolTip::showText(help->globalPos(), m_metrics.value(column).toolTip.toHtmlEscaped(), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace pk::gui
