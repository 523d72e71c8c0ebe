// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/chip.h"
#include "widgets/glyphs.h"

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace pk::gui {

class ElidedLabel;
class GlyphLabel;

/// Top of a page: state glyph, name, chips, actions at the right (UI.md 4). Below 1000 px the chips fold into the
/// name's tooltip; where the actions do not fit, they go into "More" from the left, and the rightmost stays.
class PageHead : public QWidget
{
    Q_OBJECT
public:
    explicit PageHead(QWidget *parent = nullptr);

    void setTitle(Glyph state, const QString &stateWord, const QString &name);
    void setSecondLine(const QString &text); ///< below the name, in place of chips: review and progress pages
    void setChips(const QVector<ChipData> &chips);
    /// Buttons at the right, in this order, at most four; the caller owns the actions. The last one is the primary
    /// button when `primary` is set.
    void setActions(const QList<QAction *> &actions, QAction *primary = nullptr);
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void bind(QPushButton *button, QAction *action);
    void foldChips();
    void foldActions();

    GlyphLabel *m_glyph;
    ElidedLabel *m_name;
    QLabel *m_second;
    QHBoxLayout *m_chipRow;
    /// Made at once, so that Tab comes to them before the page below.
    QVector<QPushButton *> m_buttons;
    QToolButton *m_more;
    QVector<QMetaObject::Connection> m_bound; ///< Of the buttons to their actions.
    QList<QAction *> m_actions; ///< What the buttons stand for.
    QAction *m_primary = nullptr;
    QVector<Chip *> m_chips;
};

} // namespace pk::gui
