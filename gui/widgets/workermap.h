// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/glyphs.h"

#include <QVector>
#include <QWidget>

namespace pk::gui {

/// One square per worker, 50 a row, fewer where the width has no room for squares of 16 px pitch. Arrow keys, Home, End
/// walk it (one Tab stop), Enter opens. Share the selection with the table: connect currentChanged and setCurrent both
/// ways. Accessible: a table of cells, each named by its sentence.
class WorkerMap : public QWidget
{
    Q_OBJECT
public:
    struct Worker
    {
        int ordinal = 0;
        ContainerState state = ContainerState::None; ///< the worse of its containers
        bool nearEviction = false; ///< drawn as a cylinder
        QString sentence; ///< "Worker 188, image cannot be pulled": tooltip and accessible name
        bool operator==(const Worker &) const = default;
    };

    explicit WorkerMap(QWidget *parent = nullptr);

    /// In order of ordinals. The current worker stays the same ordinal, if it is still there.
    void setWorkers(const QVector<Worker> &workers);
    const QVector<Worker> &workers() const { return m_workers; }
    int current() const { return m_current; } ///< index into workers(), -1: none
    void setCurrent(int index);
    int columns() const;
    int rows() const;
    QRect cellRect(int index) const;
    int indexAt(const QPoint &point) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    void currentChanged(int index);
    void activated(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;

private:
    int columnsFor(int width) const;
    int gutter() const;
    double pitch() const;

    QVector<Worker> m_workers;
    int m_current = -1;
};

} // namespace pk::gui
