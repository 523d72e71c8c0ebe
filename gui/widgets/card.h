// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>
#include <QVBoxLayout>

class QHBoxLayout;
class QLabel;

namespace pk::gui {

/// A white, rounded panel on the page: `auto *card = new Card(tr("Workers")); card->body()->addWidget(table);`.
/// The head (title, note, then widgets at the right) exists only when there is a title. Accessible: a group named by
/// it.
class Card : public QFrame
{
    Q_OBJECT
public:
    enum class Edge { Normal, Selected, Quiet }; ///< Selected: accent edge and wash; Quiet: sunken paper

    explicit Card(QWidget *parent = nullptr);
    explicit Card(const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setNote(const QString &note); ///< muted, beside the title: "5, figures 12 s old"
    void setEdge(Edge edge);
    Edge edge() const { return m_edge; }
    /// A widget at the right end of the head: filter, link, tool buttons.
    void addHeadWidget(QWidget *widget);
    QVBoxLayout *body() const { return m_body; }
    /// No padding around the body, for tables that bring their own (10 px at the sides).
    void setBodyFlush();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void needHead();

    QVBoxLayout *m_column;
    QVBoxLayout *m_body;
    QHBoxLayout *m_head = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_note = nullptr;
    Edge m_edge = Edge::Normal;
};

/// A line of 1 px in the colour of borders.
class Separator : public QWidget
{
    Q_OBJECT
public:
    explicit Separator(Qt::Orientation orientation, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace pk::gui
