// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/theme.h"

#include <QAbstractButton>
#include <QString>

namespace pk::gui {

/// What a chip shows; also painted inside table cells.
struct ChipData
{
    QString text;
    Tone tone = Tone::Neutral;
    QString icon; ///< name of an icon, may be empty
    bool outlined = false; ///< edge instead of a tint: `default` and `file` badges
    bool operator==(const ChipData &) const = default;
};

QSize chipSize(const ChipData &chip, const QFont &font);
/// Paints a chip into a rectangle of chipSize().
void paintChip(QPainter *painter, const QRect &area, const ChipData &chip, const QFont &font);

/// A small label on tinted paper: "StatefulSet", "edited", a count. A button underneath: with setClickable(true) it
/// takes focus and emits clicked(), for badges with a menu.
class Chip : public QAbstractButton
{
    Q_OBJECT
public:
    explicit Chip(const QString &text, Tone tone = Tone::Neutral, QWidget *parent = nullptr);
    explicit Chip(const ChipData &data, QWidget *parent = nullptr);

    void setData(const ChipData &data);
    const ChipData &data() const { return m_data; }
    void setClickable(bool clickable);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ChipData m_data;
};

} // namespace pk::gui
