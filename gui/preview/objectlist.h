// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/glyphs.h"

#include <QListView>
#include <QVector>

class QStandardItemModel;

namespace pk::gui {

/// Objects of a release in rows of 26 px: change, kind, name, lines added and removed (UI.md 6.4). Where there are
/// several, the first row stands for all of them.
class ObjectList : public QListView
{
    Q_OBJECT
public:
    struct Row
    {
        QString key; ///< Empty: all objects.
        QString kind;
        QString name;
        ChangeState state = ChangeState::Unchanged;
        int added = 0;
        int removed = 0;
        int varying = 0; ///< Lines that differ with each rendering.
    };

    explicit ObjectList(QWidget *parent = nullptr);

    /// Shows the rows; `compared`: with what became of them. Keeps the chosen row by its key and tells nothing.
    void setRows(const QVector<Row> &rows, bool compared);
    /// Chooses a row; false when there is none of that key.
    bool choose(const QString &key);
    QString currentKey() const;
    bool hasChosen() const { return currentIndex().isValid(); }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    /// Nothing: single letters are no search in lists.
    void keyboardSearch(const QString &) override { }

Q_SIGNALS:
    /// The person, or choose(), went to another row.
    void chosen(const QString &key);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    int rowHeight() const;

    QStandardItemModel *m_model;
    bool m_quiet = false;
};

} // namespace pk::gui
