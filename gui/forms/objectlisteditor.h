// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/tableeditor.h"

namespace pk::gui {

/// A list of objects that hold single words and numbers (tolerations, mounts, ports) as a table: a column for each key
/// that the schema names. What else an object holds stays as it is.
class ObjectListEditor : public ListEditor
{
    Q_OBJECT
public:
    ObjectListEditor(const FieldSpec &field, FormSource &source, QWidget *parent);

protected:
    std::optional<std::vector<FormRow>> rows() const override;
    void commitCell(int row, int column, const QString &text) override;
    void fitColumns(int width) override;

private:
    Value newItem() const;
};

} // namespace pk::gui
