// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/diffview.h"
#include "widgets/tableview.h"
#include "widgets/timeline.h"

#include <QAbstractTableModel>

/// Samples for the gallery of widgets.
namespace gallery {

/// A table of Cells from plain rows.
class CellModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    CellModel(const QStringList &heads, const QVector<QVector<pk::gui::Cell>> &rows, QObject *parent);
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QStringList m_heads;
    QVector<QVector<pk::gui::Cell>> m_rows;
};

QVector<QVector<pk::gui::Cell>> workerRows();
QVector<QVector<pk::gui::Cell>> denseRows();
pk::gui::TimeLineData timeLine();
QVector<pk::gui::DiffLine> diffLines();
QByteArray valuesText();
QVector<QPointF> series(double from, double to, double first, double last, double dip = 0);

QWidget *statesPage();
QWidget *overviewPage();
QWidget *mapPage();
QWidget *evictionsPage();
QWidget *codePage();
QWidget *controlsPage();
QWidget *emptyPage();

} // namespace gallery
