// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QToolButton>

namespace pk::gui {

/// One segment of a SegmentedSwitch; a radio button for accessibility.
class SegmentButton : public QToolButton
{
    Q_OBJECT
public:
    explicit SegmentButton(QWidget *parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace pk::gui
