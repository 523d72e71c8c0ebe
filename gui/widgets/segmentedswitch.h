// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QButtonGroup;
class QToolButton;

namespace pk::gui {

/// One of a few, side by side: "All 200 | Not ready 12 | …". Left and Right move the choice, one Tab stop, and a radio
/// group for accessibility.
class SegmentedSwitch : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY currentChanged)
public:
    explicit SegmentedSwitch(QWidget *parent = nullptr);
    explicit SegmentedSwitch(const QStringList &texts, QWidget *parent = nullptr);

    int addSegment(const QString &text, const QString &shortText = {}, const QString &toolTip = {});
    int count() const;
    /// Text and count are apart, so that counts can change: "Problems 2".
    void setText(int index, const QString &text, const QString &shortText = {});
    void setSegmentEnabled(int index, bool enabled, const QString &reason = {});
    /// Short texts are used as long as this is set (below 520 px).
    void setShortened(bool shortened);
    QToolButton *button(int index) const;

    int current() const; ///< -1: none
    void setCurrent(int index); ///< emits currentChanged when it changes

Q_SIGNALS:
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void updateTexts();
    void updateText(int index);

    QButtonGroup *m_group;
    QStringList m_texts;
    QStringList m_shortTexts;
    bool m_shortened = false;
};

} // namespace pk::gui
