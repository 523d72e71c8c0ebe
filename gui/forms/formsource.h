// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/problem.h"
#include "value/value.h"
#include "yaml/path.h"

#include <QObject>
#include <QString>

#include <vector>

namespace pk::gui {

/// Which layer a value comes from; the badge of a field.
enum class Origin { ChartDefault, File, Deployed, Edited };

/// What a form reads and changes: the values document and what is known about it. The form never keeps a value of its
/// own beyond an editor that has the focus.
class FormSource : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// What counts: the document's value, else the chart's default; nil when neither has one.
    virtual Value value(const yaml::Path &path) const = 0;
    virtual Origin origin(const yaml::Path &path) const = 0;
    /// The value in one layer, nil when it has none. Edited: the document as it stands.
    virtual Value valueIn(Origin layer, const yaml::Path &path) const = 0;
    /// What is deployed, in words ("revision 14"); empty when nothing is.
    virtual QString deployedName() const { return {}; }
    /// What was saved lies in a file of the person's; else it is what is deployed, or nowhere.
    virtual bool hasFile() const = 0;
    /// How many values at `path` and below differ from what was saved: maps by their leaves, a list is one value. Of
    /// the root: all edits, which whoever counts edits says.
    virtual int editsBelow(const yaml::Path &path) const = 0;
    /// Problems of the value and of what is below it; errors first.
    virtual std::vector<Problem> problems(const yaml::Path &path) const = 0;
    /// The sentence of a problem and the label of its fix, from gui/texts.
    virtual QString sentence(const Problem &problem) const = 0;
    virtual QString fixLabel(const Problem &problem) const = 0;
    /// False while the text cannot be read: the form shows the last good values and takes no input.
    virtual bool isEditable() const = 0;

    /// Writes the value into the document as one undo step; several in a row on one path become one.
    virtual void set(const yaml::Path &path, const Value &value) = 0;
    /// The same with the value as YAML text. False when it is none: nothing changes then.
    virtual bool setYaml(const yaml::Path &path, const QString &yaml) = 0;
    /// Until endChange() all changes are one step to undo, named after `path`.
    virtual void beginChange(const yaml::Path &path) = 0;
    virtual void endChange() = 0;
    /// Takes back what was changed since beginChange(), as if it had never been, and ends it.
    virtual void cancelChange() = 0;
    /// Puts an item into a list of the document, before the one at `path`, which ends in an index, or behind the last.
    virtual void insert(const yaml::Path &path, const Value &value) = 0;
    /// Removes the value from the document, so that the layer below counts.
    virtual void unset(const yaml::Path &path) = 0;
    /// Back to what the saved file says.
    virtual void resetToFile(const yaml::Path &path) = 0;
    virtual void applyFix(const Problem &problem) = 0;

Q_SIGNALS:
    /// Values, origins or problems changed.
    void changed();
    /// A form took away what one may want back: "Deleted variable SPACELIFT_DEBUG". It is the last step to undo.
    void undoOffered(const QString &sentence);
};

} // namespace pk::gui
