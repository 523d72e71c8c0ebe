// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSplitter>

namespace pk::gui {

/// A splitter whose handle is a line of 1 px, with the panes close to it, that can be caught over 7. Double click on a
/// handle emits handleDoubleClicked.
class GripSplitter : public QSplitter
{
    Q_OBJECT
public:
    explicit GripSplitter(Qt::Orientation orientation, QWidget *parent = nullptr);

Q_SIGNALS:
    void handleDoubleClicked(int index);

protected:
    QSplitterHandle *createHandle() override;
};

} // namespace pk::gui
