// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "preview/diffbar.h"
#include "widgets/difflines.h"

class QSplitter;
class QStackedWidget;

namespace pk::gui {

class DiffView;
class ElidedLabel;

/// One difference, unified or with the old text left and the new one right.
class DiffPanes : public QWidget
{
    Q_OBJECT
public:
    explicit DiffPanes(QWidget *parent = nullptr);

    /// As DiffView::setLines(); `compared` is false for a text alone, which is shown whole and in one pane.
    void setLines(const QVector<DiffLine> &lines, const QString &object, bool compared);
    void setOptions(const DiffOptions &options);
    /// What stands over the two sides: "Revision 6", "Your edit".
    void setSideNames(const QString &before, const QString &after);
    void setDimmed(bool dimmed);
    bool isSideBySide() const;
    int changeCount() const;
    int currentChange() const;
    void showChange(int change);
    void showNewLines(int first, int last);

Q_SIGNALS:
    void newLineClicked(int line);

private:
    void update();

    QStackedWidget *m_stack;
    DiffView *m_unified;
    QWidget *m_sides;
    DiffView *m_old;
    DiffView *m_new;
    ElidedLabel *m_oldName;
    ElidedLabel *m_newName;
    DiffOptions m_options;
    QVector<DiffLine> m_lines;
    QString m_object;
    bool m_compared = false;
};

} // namespace pk::gui
