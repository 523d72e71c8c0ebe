// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/formgroup.h"

#include <QListWidget>

namespace pk::gui {

/// The groups of a wide form at its left: name, worst glyph, how many fields were edited. One Tab stop; the arrows and
/// the mouse choose a group.
class FormIndex : public QListWidget
{
    Q_OBJECT
public:
    explicit FormIndex(QWidget *parent = nullptr);

    void setGroups(const QVector<FormGroup *> &groups);
    /// Reads the news of the groups again, and which of them the filter leaves.
    void refresh();
    /// The group at the top of the form, without telling groupChosen().
    void setCurrentGroup(int index);

Q_SIGNALS:
    void groupChosen(int index);

private:
    QVector<FormGroup *> m_groups;
};

} // namespace pk::gui
