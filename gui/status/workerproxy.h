// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

namespace pk::gui {

class WorkerModel;

/// Workers sorted by SortRole, filtered by any word of the row and by what is asked for. It does not sort by itself:
/// rows move when a head is clicked or settle() is called, not whenever a cell changes.
class WorkerProxy final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    enum class Show { All, NotReady, OlderImage, OlderRevision };

    explicit WorkerProxy(WorkerModel &workers, QObject *parent = nullptr);

    void setShow(Show show);
    void setWords(const QString &words);
    /// Sorts and filters anew; what is selected stays selected.
    void settle();
    /// True for a worker that `show` lets through.
    static bool accepts(Show show, const WorkerModel &workers, int row);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    bool isSorted() const;

    const WorkerModel &m_workers;
    Show m_show = Show::All;
    QString m_words;
};

} // namespace pk::gui
