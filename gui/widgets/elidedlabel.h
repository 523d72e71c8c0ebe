// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLabel>

namespace pk::gui {

/// A label of one line that elides in the middle or at the end when it has no room, and then shows the whole text as
/// tooltip. Plain text only; the accessible name is always the whole text.
class ElidedLabel : public QLabel
{
    Q_OBJECT
public:
    explicit ElidedLabel(const QString &text = {}, Qt::TextElideMode mode = Qt::ElideRight, QWidget *parent = nullptr);

    void setFullText(const QString &text);
    QString fullText() const { return m_text; }
    bool isElided() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QString m_text;
    Qt::TextElideMode m_mode;
};

/// Labels in the type of UI.md 2.2, plain text, ready made.
QLabel *titleLabel(const QString &text, QWidget *parent = nullptr);
QLabel *headingLabel(const QString &text, QWidget *parent = nullptr);
QLabel *strongLabel(const QString &text, QWidget *parent = nullptr);
/// Small and muted; wraps.
QLabel *helpLabel(const QString &text, QWidget *parent = nullptr);

} // namespace pk::gui
