// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/cell.h"

#include <QStandardItem>

namespace pk::gui {

/// A cell in a QStandardItemModel, for tables of a few rows that have no model of their own.
inline QStandardItem *itemOf(const Cell &cell)
{
    auto *item = new QStandardItem(cell.plainText());
    item->setData(QVariant::fromValue(cell), CellRole);
    item->setEditable(false);
    return item;
}

} // namespace pk::gui
