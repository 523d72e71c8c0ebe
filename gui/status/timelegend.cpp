// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/timelegend.h"

#include "widgets/elidedlabel.h"
#include "widgets/glyphlabel.h"
#include "widgets/sparkline.h"

#include <QHBoxLayout>
#include <QPainter>

namespace pk::gui {

namespace {

/// A piece of a lane: hatched pressure, or the band of a worker that is ready.
class Sample : public QWidget
{
public:
    enum class Kind { Pressure, Ready };

    explicit Sample(Kind kind) : m_kind(kind) { setFixedSize(20, 12); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (m_kind == Kind::Ready) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme().soft(Tone::Good));
            painter.drawRoundedRect(QRectF(0, height() / 2.0 - 3, width(), 6), 3, 3);
            return;
        }
        SparkLineData lane;
        lane.from = 0;
        lane.to = 1;
        lane.pressure = {{0, 1}};
        lane.hatched = true;
        paintSparkLine(&painter, rect(), lane);
    }

private:
    Kind m_kind;
};

} // namespace

TimeLegend::TimeLegend(QWidget *parent) : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 8, 0);
    row->setSpacing(6);
    const auto add = [row](QWidget *sample, const QString &word) {
        if (row->count() > 0)
            row->addSpacing(8);
        row->addWidget(sample);
        auto *label = helpLabel(word);
        label->setWordWrap(false);
        row->addWidget(label);
    };
    add(new GlyphLabel(glyph(WorkerState::Evicted), tr("Eviction"), 14), tr("Eviction"));
    add(new Sample(Sample::Kind::Pressure), tr("Disk pressure"));
    add(new Sample(Sample::Kind::Ready), tr("Ready"));
}

} // namespace pk::gui
