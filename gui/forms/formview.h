// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/formgroup.h"

class QLineEdit;
class QScrollArea;

namespace pk::gui {

class SegmentedSwitch;

/// The form pane of the Values tab: search, filter All / Edited / Problems, and the groups.
class FormView : public QWidget
{
    Q_OBJECT
public:
    explicit FormView(FormSource &source, QWidget *parent = nullptr);

    /// Replaces the groups; the first one is unfolded.
    void setGroups(const std::vector<FieldGroup> &groups);
    /// Brings the field of a path into view and marks it; an empty path marks none.
    void reveal(const QString &path);
    QLineEdit *searchField() const { return m_search; }

Q_SIGNALS:
    /// A field got the focus.
    void activated(const QString &path);

private:
    void refresh();
    void applyFilter();

    FormSource &m_source;
    QLineEdit *m_search;
    SegmentedSwitch *m_filter;
    QScrollArea *m_scroll;
    QVBoxLayout *m_column;
    QLabel *m_nothing;
    QVector<FormGroup *> m_groups;
};

} // namespace pk::gui
