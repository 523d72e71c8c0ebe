// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTimer>

class QLabel;

namespace pk::gui {

/// "Deleted variable SPACELIFT_DEBUG. Undo": lies for a while over the lower edge of what was edited, so that nothing
/// moves. It stays while the pointer is on it, and takes no focus.
class UndoBar : public QFrame
{
    Q_OBJECT
public:
    /// `over`: a widget inside `parent`.
    UndoBar(QWidget *over, QWidget *parent);

    void offer(const QString &sentence);
    QString sentence() const;

Q_SIGNALS:
    void undoRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void place();

    QWidget *m_over;
    QLabel *m_sentence;
    QTimer m_timer;
};

} // namespace pk::gui
