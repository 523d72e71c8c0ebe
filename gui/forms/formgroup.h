// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/fieldrow.h"

namespace pk::gui {

/// A group of fields under a head that folds it and says how many were edited and what is wrong inside. Its rows are
/// made when it is first unfolded.
class FormGroup : public QWidget
{
    Q_OBJECT
public:
    FormGroup(const FieldGroup &group, FormSource &source, QWidget *parent = nullptr);

    const QString &id() const { return m_group.id; }
    bool isFolded() const { return !m_body->isVisibleTo(this); }
    void setFolded(bool folded);
    void refresh();
    /// Shows the rows that fit; the group hides itself when none does. Returns how many there are.
    int filter(const QString &text, bool editedOnly, bool problemsOnly);
    /// The row of a path, or of the nearest field above it; null when it is not in this group. Unfolds.
    FieldRow *reveal(const QString &path);
    void setMarked(const QString &path);
    int editedCount() const;
    int problemCount() const;

Q_SIGNALS:
    void activated(const QString &path);

private:
    class Head;
    void needRows();
    const FieldSpec *fieldFor(const QString &path) const;

    FieldGroup m_group;
    FormSource &m_source;
    Head *m_head;
    QWidget *m_body;
    QVBoxLayout *m_column;
    std::vector<FieldRow *> m_rows; ///< Empty until the group was unfolded once.
};

} // namespace pk::gui
