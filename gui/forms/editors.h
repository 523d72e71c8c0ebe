// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/fieldspec.h"
#include "forms/formsource.h"

#include <QWidget>

namespace pk::gui {

/// What edits one value. It shows what the source says, unless the person is typing in it, and writes each committed
/// change back. Made by createEditor(), the only place that maps kinds of fields to widgets.
class Editor : public QWidget
{
    Q_OBJECT
public:
    Editor(const FieldSpec &field, FormSource &source, QWidget *parent = nullptr);

    const FieldSpec &field() const { return m_field; }
    /// Shows the source's value. Keeps what is being typed.
    virtual void refresh() = 0;
    /// The widgets whose edge tells a problem.
    virtual QWidget *problemWidget() { return this; }

protected:
    FormSource &source() const { return m_source; }
    /// Gives a part of the editor its object name, accessible name and help.
    void name(QWidget *part, const QString &suffix = {}, const QString &what = {});

private:
    FieldSpec m_field;
    FormSource &m_source;
};

Editor *createEditor(const FieldSpec &field, FormSource &source, QWidget *parent);

/// Rough size of a quantity in words: "about 107 GB". Empty for what is none.
QString quantityHint(const QString &quantity);

} // namespace pk::gui
