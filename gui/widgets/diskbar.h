// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/theme.h"

#include <QWidget>

#include <optional>

namespace pk::gui {

/// Use of a disk or volume. Shares are 0 to 1. A share that is not known draws nothing but its text: never an empty
/// bar.
struct DiskBarData
{
    std::optional<double> used;
    std::optional<double> threshold; ///< eviction threshold as share used; a tick, and a tinted zone behind it
    Tone tone = Tone::Neutral; ///< Neutral: bar fill; Warning, Bad: near
    QString left; ///< "Volume 22.1 GiB", below the bar
    QString right; ///< "28.5 GiB left"
    Tone rightTone = Tone::Muted;
    QString placeholder; ///< shown instead of a bar: "No pod yet"
    bool oneLine = false; ///< dense rows: bar, then `right` beside it
    bool operator==(const DiskBarData &) const = default;
};

/// Paints bar and texts into `area`, centred vertically: two lines, or one with `oneLine`.
void paintDiskBar(QPainter *painter, const QRect &area, const DiskBarData &data, bool muted = false);
/// The sentence for screen readers and tooltips: "72 % used, eviction at 90 %, Volume 22.1 GiB, 28.5 GiB left".
QString diskBarSentence(const DiskBarData &data);

/// A disk bar as widget. Accessible: a progress bar with value, maximum 100 and the sentence.
class DiskBar : public QWidget
{
    Q_OBJECT
public:
    explicit DiskBar(QWidget *parent = nullptr);
    void setData(const DiskBarData &data);
    const DiskBarData &data() const { return m_data; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    DiskBarData m_data;
};

/// A thin bar for the progress of steps, 4 px; share 0 to 1. Accessible as a progress bar.
class ProgressLine : public QWidget
{
    Q_OBJECT
public:
    explicit ProgressLine(QWidget *parent = nullptr);
    void setProgress(double share, Tone tone = Tone::Info);
    double progress() const { return m_share; }
    QSize sizeHint() const override { return {200, 4}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double m_share = 0;
    Tone m_tone = Tone::Info;
};

} // namespace pk::gui
