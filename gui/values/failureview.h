// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/sourcespan.h"

#include <QVector>
#include <QWidget>

#include <string>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace pk::gui {

/// Under the band that tells why there is no preview: the line that failed with a caret, and Helm's own words, which
/// are folded away until somebody wants them and can be copied as they are.
class FailureView : public QWidget
{
    Q_OBJECT
public:
    struct Line
    {
        QString title; ///< "As rendered:"; may be empty.
        std::string text;
        SourceSpan at; ///< Column 0: no caret.
        bool operator==(const Line &) const = default;
    };

    explicit FailureView(QWidget *parent = nullptr);

    void setFailure(const QVector<Line> &lines, const QString &words);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void showLines();
    void unfold(bool unfolded);

    QVector<Line> m_lines;
    QLabel *m_excerpt;
    QPlainTextEdit *m_words;
    QPushButton *m_fold;
};

} // namespace pk::gui
