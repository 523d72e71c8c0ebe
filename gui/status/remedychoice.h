// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/remedy.h"
#include "widgets/card.h"
#include "widgets/difflines.h"

class QRadioButton;

namespace pk::gui {

/// One way to keep an eviction from happening again: what, at which price, chosen by its radio button or a click.
class RemedyChoice : public Card
{
    Q_OBJECT
public:
    explicit RemedyChoice(const pool::Remedy &remedy, QWidget *parent = nullptr);

    QRadioButton *button() const { return m_button; }
    const pool::Remedy &remedy() const { return m_remedy; }
    /// The values that it sets, as lines of the person's file.
    static QVector<DiffLine> lines(const std::vector<pool::ValueChange> &changes);

protected:
    void mousePressEvent(QMouseEvent *event) override;

private:
    pool::Remedy m_remedy;
    QRadioButton *m_button;
};

} // namespace pk::gui
