// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/editors.h"
#include "widgets/glyphs.h"

class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace pk::gui {

class Chip;
class ElidedLabel;
class GlyphLabel;

/// One field of the form (UI.md 6.1): label, key, badge and reset; the editor; the worst problem with its fix; help.
class FieldRow : public QWidget
{
    Q_OBJECT
public:
    FieldRow(const FieldSpec &field, FormSource &source, QWidget *parent = nullptr);

    const FieldSpec &field() const { return m_editor->field(); }
    /// Shows the source's state: value, badge, problem.
    void refresh();
    /// The wash behind the field that is selected in all panes.
    void setMarked(bool marked);
    bool isEdited() const { return m_edited; }
    /// 0: none; else the number of problems here and below.
    int problemCount() const { return m_problemCount; }
    Severity worst() const { return m_worst; }
    bool matches(const QString &filter) const;
    void setHelpVisible(bool visible);

Q_SIGNALS:
    /// The field got the focus or was clicked: its lines are to be shown.
    void activated(const QString &path);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showProblem();
    void showLayers();

    FormSource &m_source;
    Editor *m_editor;
    Chip *m_badge;
    QToolButton *m_reset;
    QWidget *m_problemLine;
    GlyphLabel *m_problemGlyph;
    QLabel *m_problemText;
    QPushButton *m_fix;
    QLabel *m_help;
    bool m_marked = false;
    bool m_edited = false;
    int m_problemCount = 0;
    Severity m_worst = Severity::Hint;
};

} // namespace pk::gui
