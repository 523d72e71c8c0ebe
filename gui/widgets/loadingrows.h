// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/glyphlabel.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace pk::gui {

/// Stands in for a table while its first rows are read: nothing for 300 ms, then grey rows and a line below that counts
/// seconds ("Reading workers of prod-eu, 2 s"); after 2 s a Cancel link. start() when shown, stop() or delete it after.
class LoadingRows : public QWidget
{
    Q_OBJECT
public:
    explicit LoadingRows(QWidget *parent = nullptr);
    /// `text` without the seconds: "Reading workers of prod-eu".
    void start(const QString &text);
    void stop();

Q_SIGNALS:
    void cancelled();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void tick();

    QString m_text;
    QElapsedTimer m_clock;
    QTimer m_timer;
    GlyphLabel *m_glyph;
    QLabel *m_line;
    QPushButton *m_cancel;
};

} // namespace pk::gui
