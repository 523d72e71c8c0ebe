// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/glyphlabel.h"

#include <QFrame>
#include <QVector>

class QAction;
class QLabel;
class QHBoxLayout;
class QPushButton;

namespace pk::gui {

/// The first line of a page: what is the matter, why, and at most two ways on. It is the one live region: setNews()
/// tells screen readers the new sentence. Tone Neutral with a good glyph is the calm line of a healthy pool: no colour.
class Band : public QFrame
{
    Q_OBJECT
public:
    explicit Band(QWidget *parent = nullptr);

    /// `sentence` is set in heading type, `second` (plain text, may be empty) muted below it.
    void setNews(Tone tone, Glyph glyph, const QString &sentence, const QString &second = {});
    /// At most three; what is there is replaced, and left alone when it is the same. Buttons follow text, enabled state
    /// and tooltip of the actions, which the caller owns, and have their object names. `primary` and `danger` mark one
    /// of them.
    void setActions(const QList<QAction *> &actions, QAction *primary = nullptr, QAction *danger = nullptr);

    QString sentence() const;
    Tone tone() const { return m_tone; }
    /// Less padding and no glyph column of 24: bands inside cards and panels.
    void setCompact(bool compact);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void bind(QPushButton *button, QAction *action);
    void updateColours();

    Tone m_tone = Tone::Neutral;
    GlyphLabel *m_glyph;
    QLabel *m_sentence;
    QLabel *m_second;
    QHBoxLayout *m_row;
    /// Made at once, so that Tab comes to them before what is below.
    QVector<QPushButton *> m_buttons;
    QVector<QMetaObject::Connection> m_bound; ///< Of the buttons to their actions.
    QList<QAction *> m_actions; ///< Shown, with the marked ones at the end.
};

} // namespace pk::gui
