// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/editors.h"
#include "widgets/glyphs.h"

class QBoxLayout;
class QGridLayout;
class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace pk::gui {

class Chip;
class ElidedLabel;
class GlyphLabel;

/// One field of the form (UI.md 6.1): label, key, badge and reset; the editor; the worst problem with its fix; help.
/// Narrow, the editor stands under its label; wide, between label and badge.
class FieldRow : public QWidget
{
    Q_OBJECT
public:
    FieldRow(const FieldSpec &field, FormSource &source, QWidget *parent = nullptr);

    const FieldSpec &field() const { return m_editor->field(); }
    /// Shows the source's state: value, badge, problem.
    /// True when the row takes another height now, which its own layouts know at once.
    bool refresh();
    void setWide(bool wide);
    /// The wash behind the field that is selected in all panes.
    void setMarked(bool marked);
    void setHelpVisible(bool visible);

Q_SIGNALS:
    /// The field got the focus or was clicked: its lines are to be shown.
    void activated(const QString &path);
    /// Show in YAML was chosen.
    void yamlRequested(const QString &path);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    /// F1 tells all about the field.
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeHead();
    void makeBody();
    void place();
    bool showProblem();
    QString resetText() const;
    void showBadgeMenu();

    FormSource &m_source;
    Editor *m_editor;
    QGridLayout *m_grid;
    QWidget *m_names;
    QBoxLayout *m_namesRow;
    QLabel *m_label;
    ElidedLabel *m_key;
    QWidget *m_tools;
    Chip *m_badge;
    QToolButton *m_reset;
    QWidget *m_body;
    QBoxLayout *m_editorRow;
    ElidedLabel *m_was;
    QWidget *m_problemLine;
    GlyphLabel *m_problemGlyph;
    QLabel *m_problemText;
    QPushButton *m_fix;
    QLabel *m_help;
    bool m_wide = false;
    bool m_marked = false;
};

} // namespace pk::gui
