// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/formgroup.h"

class QGridLayout;
class QLineEdit;
class QScrollArea;

namespace pk::gui {

class FormIndex;
class SegmentedSwitch;

/// The form pane of the Values tab: search, filter All / Edited / Differs / Problems, and the groups; from 900 px on
/// an index of the groups at the left.
class FormView : public QWidget
{
    Q_OBJECT
public:
    explicit FormView(FormSource &source, QWidget *parent = nullptr);

    /// Replaces the groups. Those that stay as they were keep their rows; of all others the folding is kept. At first
    /// the first group is unfolded.
    void setGroups(const std::vector<FieldGroup> &groups);
    /// Brings the field of a path into view and marks it; an empty path marks none.
    void reveal(const QString &path);
    QLineEdit *searchField() const { return m_search; }
    void setHelpVisible(bool visible);
    /// Ids of the unfolded groups: what a person's settings keep for each chart.
    QStringList openGroups() const;
    void setOpenGroups(const QStringList &ids);

Q_SIGNALS:
    /// A field got the focus.
    void activated(const QString &path);
    /// Show in YAML was chosen for a field.
    void yamlRequested(const QString &path);
    /// The person folded or unfolded a group.
    void foldingChanged();
    /// The person chose whether help stands below the fields.
    void helpChosen(bool visible);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeHead();
    void makeMenu();
    QWidget *makeGroupsArea();
    void place();
    void arrangeGroups();
    FormGroup *makeGroup(const FieldGroup &group);
    void refresh();
    void applyFilter();
    void showGroup(int index);
    void followScrolling();

    FormSource &m_source;
    QWidget *m_head;
    QGridLayout *m_headGrid;
    QLineEdit *m_search;
    SegmentedSwitch *m_filter;
    QToolButton *m_menu;
    QAction *m_helpAction;
    FormIndex *m_index;
    QWidget *m_indexEdge;
    QScrollArea *m_scroll;
    QVBoxLayout *m_column;
    QWidget *m_columnEdge;
    QWidget *m_second; ///< A second column, in very wide panes.
    QVBoxLayout *m_secondColumn;
    QLabel *m_nothing;
    QVector<FormGroup *> m_groups;
    int m_layout = -1; ///< Which of the widths it is laid out for; see place().
    bool m_helpVisible = true;
};

} // namespace pk::gui
