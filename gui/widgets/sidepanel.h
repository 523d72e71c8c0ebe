// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/glyphs.h"

#include <QPointer>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace pk::gui {

class GlyphLabel;

/// Details at the right of a page: head with glyph, title and close button, a body that scrolls, a foot for buttons.
class SidePanel : public QWidget
{
    Q_OBJECT
public:
    explicit SidePanel(QWidget *parent = nullptr);

    void setHead(Glyph glyph, const QString &word, const QString &title);
    /// Replaces the body; the panel owns it.
    void setBody(QWidget *body);
    /// Scrolls so that a part of the body is seen.
    void ensureVisible(QWidget *part);
    /// Foot of the panel, hidden while it is empty: `panel->addFootWidget(button)`.
    void addFootWidget(QWidget *widget);
    /// Shows Back in place of the close button; PanelHost does it while the panel covers the page.
    void setCovering(bool covering);

Q_SIGNALS:
    void closeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    GlyphLabel *m_glyph;
    QLabel *m_title;
    QToolButton *m_close;
    QPushButton *m_back;
    QScrollArea *m_scroll;
    QWidget *m_foot;
    QHBoxLayout *m_footRow;
};

/// Page and panel side by side: 432 wide, 360 to 560 by dragging the line between; below 1200 px of the host's own
/// width plus the side bar (see setCoverBelow) the panel covers the page. Focus goes back to its opener on closing.
class PanelHost : public QWidget
{
    Q_OBJECT
public:
    explicit PanelHost(QWidget *page, QWidget *parent = nullptr);

    SidePanel *panel() const { return m_panel; }
    void open();
    void close();
    bool isOpen() const;
    /// Width of this widget under which the panel covers; 952 by default (1200 less the side bar).
    void setCoverBelow(int width);

Q_SIGNALS:
    void closed();

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void arrange();

    QWidget *m_page;
    SidePanel *m_panel;
    QWidget *m_grip;
    QPointer<QWidget> m_opener;
    int m_width;
    int m_coverBelow = 952;
};

} // namespace pk::gui
