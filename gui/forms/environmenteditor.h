// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/tableeditor.h"

#include <set>
#include <string>

namespace pk::gui {

/// Environment variables: name, the value or what it refers to, where it comes from (Value, Secret, ConfigMap, Field)
/// and which layer says so. Other references (resources, files) are shown and left as they are. Names that the chart
/// gives itself are refused; values of names that say so, or that SPACELIFT_MASK_ENVS names, are dots.
class EnvironmentEditor : public ListEditor
{
    Q_OBJECT
public:
    EnvironmentEditor(const FieldSpec &field, FormSource &source, QWidget *parent);

    void refresh() override;

protected:
    std::optional<std::vector<FormRow>> rows() const override;
    void commitCell(int row, int column, const QString &text) override;
    void rowChosen(int row) override;
    QString removedText(const QString &name) const override;
    void fitColumns(int width) override;

private:
    enum Column { Name, ValueOrReference, From, SetBy };

    FormRow rowOf(const Value &variable, int row, const QStringList &masked) const;
    FormCell layerOf(const Value &variable) const;
    void commitName(int row, const QString &name);
    void commitValue(int row, const Value &variable, const QString &text);
    void commitFrom(int row, const Value &variable, const QString &word);
    void addFrom(const char *referenceKey);
    void paste(const QString &lines);
    void offerNames(QLineEdit *edit) const;
    /// The container whose variables these are; empty for a chart that we do not know.
    std::string container() const;
    std::set<std::string> builtIn() const;
};

} // namespace pk::gui
