// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/chartlibrary.h"
#include "chart/render.h"
#include "release/clusterfacts.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QStandardItemModel;

namespace pk::gui {

class ChartComparison;
class TableView;

/// Chooses a chart of Helm's repositories and its version, and shows what changing between two versions would do to
/// the values at hand.
class ChartPicker : public QDialog
{
    Q_OBJECT
public:
    /// `library` lives as long as the dialog. `values`, `release` and `cluster` (null: none): what versions are
    /// compared with.
    ChartPicker(ChartLibrary &library, const std::string &values, const chart::ReleaseInfo &release,
        const release::ClusterFactsPtr &cluster, QWidget *parent = nullptr);

    ChartComparison *comparison() const { return m_comparison; }

Q_SIGNALS:
    /// The chosen chart is there: an archive at `path` in Helm's cache, which others may clean up. `name`:
    /// "pool-1.2.0".
    void chosen(const QString &path, const QString &name);

private:
    QWidget *makeTop();
    QWidget *makeNewRepository();
    QWidget *makeOrigin();
    QWidget *makeVersions();
    QWidget *makeButtons();
    void fill();
    void showChart();
    void compare();
    void use();
    void addRepository();
    void closeNewRepository();
    bool asksRegistry() const;
    void showOrigin(const QString &signature = {});
    void checkSignature();
    void tell(const QString &sentence);
    void updateState();
    const LibraryChart *current() const;

    ChartLibrary &m_library;
    QString m_adding; ///< Name of the repository that is being added.
    QVector<int> m_rowsToCharts; ///< Index in charts() of each row that is shown.
    chart::ChartPtr m_before, m_after;
    bool m_fetching = false; ///< The chosen chart is on its way.
    QLineEdit *m_search;
    QPushButton *m_askRegistry;
    QPushButton *m_new;
    QWidget *m_newRepository; ///< Shown while one is being added.
    QLineEdit *m_newName;
    QLineEdit *m_newUrl;
    QPushButton *m_add;
    QPushButton *m_spacelift;
    QPushButton *m_update;
    QPushButton *m_stop;
    QStandardItemModel *m_rows;
    TableView *m_table;
    QComboBox *m_version;
    QComboBox *m_other;
    QLabel *m_note;
    QWidget *m_originRow;
    QLabel *m_origin; ///< Where the version comes from, and who vouches for it.
    QPushButton *m_check;
    ChartComparison *m_comparison;
    QPushButton *m_use;
};

} // namespace pk::gui
