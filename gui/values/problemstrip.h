// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/problem.h"
#include "widgets/glyphs.h"

#include <QVector>
#include <QWidget>

class QLabel;
class QStandardItemModel;

namespace pk::gui {

class TableView;

/// Below the panes: problems at the left, what an upgrade would do at the right (UI.md 6.2, 6.4).
class ProblemStrip : public QWidget
{
    Q_OBJECT
public:
    struct Shown
    {
        Problem problem;
        QString sentence;
        QString fix; ///< Label; empty: none
        QString words = {}; ///< Helm's own, where the sentence is another.
    };
    struct Consequence
    {
        Glyph glyph;
        QString what;
        QString detail;
        QString objectKey; ///< The object that it is about, may be empty
    };

    explicit ProblemStrip(QWidget *parent = nullptr);

    void setProblems(const QVector<Shown> &problems);
    /// `baseline`: "to prod-eu, revision 14".
    void setConsequences(const QVector<Consequence> &consequences, const QString &baseline);
    /// Moves to the next (1) or previous (-1) problem and tells it.
    void step(int direction);
    /// Selects a problem without telling it; -1: none.
    void setCurrent(int index);
    int current() const;
    /// Where the row of a problem stands on the screen.
    QRect placeOf(int index) const;
    /// Only the heads, with counts and the worst consequence.
    void setFolded(bool folded);
    bool isFolded() const { return m_folded; }
    int headHeight() const;

Q_SIGNALS:
    void problemChosen(int index);
    void fixRequested(int index);
    void consequenceChosen(const QString &objectKey);
    /// A head was double-clicked.
    void foldRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

private:
    void showNotes();

    QLabel *m_problemNote;
    TableView *m_problems;
    QStandardItemModel *m_problemRows;
    QLabel *m_baseline;
    TableView *m_consequences;
    QStandardItemModel *m_consequenceRows;
    QVector<Shown> m_shown;
    QVector<Consequence> m_done; ///< What an upgrade would do.
    QString m_against; ///< "to prod-eu, revision 14"
    bool m_folded = false;
    bool m_quiet = false; ///< A selection is being made that nobody asked for.
};

} // namespace pk::gui
