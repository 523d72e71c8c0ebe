// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/difflines.h"
#include "widgets/glyphs.h"

#include <QVector>
#include <QWidget>

class QLabel;
class QStandardItemModel;
class QToolButton;

namespace pk::gui {

class DiffView;
class TableView;

/// One object of a release, before and after.
struct PreviewObject
{
    QString key; ///< Stays the same from one rendering to the next.
    QString kind;
    QString name;
    QByteArray before; ///< Empty: it did not exist, or there is no baseline.
    QByteArray after; ///< Empty: it goes.
    ChangeState state = ChangeState::Unchanged;
    int firstLine = 0; ///< Line of `after` in the whole manifest, from 1.
};

/// A list of objects above the text or the difference of the chosen one (UI.md 6.4). Without a baseline it shows the
/// rendered text alone. Secrets are masked here, so that no caller can forget it.
class ObjectDiff : public QWidget
{
    Q_OBJECT
public:
    explicit ObjectDiff(QWidget *parent = nullptr);

    /// `compared`: against `before`; else only `after` counts. Keeps the chosen object, the scroll position and what
    /// was unfolded, when the object is still there.
    void setObjects(const QVector<PreviewObject> &objects, bool compared);
    void setDimmed(bool dimmed);
    /// Chooses the object and shows the lines of the whole manifest, from 1.
    void showManifestLines(int first, int last);
    void showNextChange(int direction);
    QString currentKey() const;
    /// What is shown, without secrets, for Copy and Save.
    QString shownText() const;

Q_SIGNALS:
    /// A line of the whole manifest was clicked.
    void manifestLineClicked(int line);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void show(int row);
    void updateChangeLabel();

    QVector<PreviewObject> m_objects;
    QVector<QPair<int, int>> m_counts; ///< Lines added and removed, per object.
    bool m_compared = false;
    TableView *m_list;
    QStandardItemModel *m_rows;
    DiffView *m_text;
    QToolButton *m_previous;
    QToolButton *m_next;
    QLabel *m_change;
};

} // namespace pk::gui
