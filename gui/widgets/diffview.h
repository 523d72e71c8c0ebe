// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/codeview.h"
#include "widgets/difflines.h"

#include <QBitArray>

namespace pk::gui {

/// A difference of two YAML texts, read only: unified with both line numbers and signs, or one side of two. Side by
/// side: two views with Side::Old and Side::New given the same lines, then `left->scrollWith(right)`. Hidden lines show
/// as "⋯ 24 lines"; a click or Enter opens them.
class DiffView : public CodeView
{
    Q_OBJECT
public:
    enum class Side { Unified, Old, New };
    /// Stands in the margin of lines that differ with each rendering; their tooltip says so in words.
    static inline const QString VaryingSign = QStringLiteral("\u2248");

    explicit DiffView(Side side = Side::Unified, QWidget *parent = nullptr);

    /// Shows a difference; markChangedCharacters() is called here. Scroll position and opened folds are kept while
    /// `object` (any name of what is shown, "StatefulSet prod-eu") stays the same, so that nothing jumps while typing.
    void setLines(const QVector<DiffLine> &lines, const QString &object = {});
    const QVector<DiffLine> &lines() const { return m_lines; }
    /// Unchanged lines around changes: 0, 3, 10, or -1 for all.
    void setContext(int context);
    /// A text alone has one number a line, and no signs.
    void setPlain(bool plain);
    int changeCount() const { return int(m_changes.size()); }
    /// Scrolls to a change (from 0).
    void showChange(int change);
    /// The change that showChange() went to last; -1: there are none.
    int currentChange() const;
    void scrollWith(DiffView *other);
    /// Line of the new text (from 1) under a line of the view, 0: none. For "click a line to see its field".
    int newLineAt(int viewLine) const;
    /// Whether the line under a line of the view differs with each rendering.
    bool variesAt(int viewLine) const;
    /// Opens the fold whose first hidden line (index into lines()) this is.
    void expandLine(int firstHiddenLine);
    /// Wash behind lines of the new text (from 1, inclusive) and scrolls there.
    void showNewLines(int first, int last);

Q_SIGNALS:
    void expanded(int firstHiddenLine);
    void newLineClicked(int line);

protected:
    void applyLook() override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    struct ViewLine
    {
        int line = -1; ///< into m_lines; -1: filler of the other side
        int hidden = 0;
    };
    void rebuild();
    void fitMargin();
    void decorateVisible();
    int digits() const;
    void describeVarying();
    int lineUnder(const QPoint &place) const;
    QString marginText(int viewLine) const;
    int marginStyle(int viewLine) const;
    static int keyOf(const DiffLine &line);
    QVector<int> openedLines() const;
    void expandAt(int viewLine);
    void decorate(int viewLine);

    Side m_side;
    QVector<DiffLine> m_lines;
    QVector<ViewLine> m_view;
    QVector<int> m_changes;
    QString m_object;
    QVector<int> m_opened; ///< keyOf() the first hidden lines of opened folds
    int m_context = 3;
    bool m_plain = false;
    int m_shownChange = 0;
    int m_digits = 3;
    bool m_varying = false; ///< A line differs with each rendering: the margin has room for the sign.
    QBitArray m_decorated;
};

} // namespace pk::gui
