// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/theme.h"

#include <QHash>
#include <QTabBar>

namespace pk::gui {

/// Tabs of a page: words with an accent underline and count badges. Badges are part of the accessible tab name.
class PageTabBar : public QTabBar
{
    Q_OBJECT
public:
    explicit PageTabBar(QWidget *parent = nullptr);

    /// A badge behind the text; 0 removes it. Tone Neutral: tint of chips; Edited: violet.
    void setBadge(int index, int count, Tone tone = Tone::Neutral);
    int badge(int index) const;

protected:
    void paintEvent(QPaintEvent *event) override;
    QSize tabSizeHint(int index) const override;
    void changeEvent(QEvent *event) override;

private:
    struct Badge
    {
        int count = 0;
        Tone tone = Tone::Neutral;
        bool operator==(const Badge &) const = default;
    };
    int badgeWidth(int index) const;
    QHash<int, Badge> m_badges;
};

} // namespace pk::gui
