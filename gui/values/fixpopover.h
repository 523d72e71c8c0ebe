// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QVector>

class QLabel;
class QListWidget;
class QPushButton;

namespace pk::gui {

class DiffView;

/// Shows what a fix changes, in at most six lines, before it is made: Enter applies, Escape leaves everything as it is,
/// Up and Down choose among several fixes of one place (UI.md 6.2). A popup: a click elsewhere closes it.
class FixPopover : public QFrame
{
    Q_OBJECT
public:
    struct Offer
    {
        int index = 0; ///< The caller's own.
        QString label; ///< "Quote it"
        QString sentence; ///< What is wrong.
        QByteArray before; ///< The values text, without secrets.
        QByteArray after;
    };
    static constexpr int MostLines = 6;

    explicit FixPopover(QWidget *parent = nullptr);

    /// Opens below the rectangle, in coordinates of the screen.
    void open(const QVector<Offer> &offers, const QRect &place);

Q_SIGNALS:
    void applied(int index);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void show(int row);
    void apply();

    QVector<Offer> m_offers;
    QLabel *m_sentence;
    QListWidget *m_list;
    DiffView *m_difference;
    QPushButton *m_apply;
};

} // namespace pk::gui
