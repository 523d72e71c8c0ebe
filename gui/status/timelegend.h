// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace pk::gui {

/// What the time line's marks and bands mean: a sample and its word each.
class TimeLegend : public QWidget
{
    Q_OBJECT
public:
    explicit TimeLegend(QWidget *parent = nullptr);
};

} // namespace pk::gui
