// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/sourcespan.h"

#include <QWidget>

namespace pk::gui {

class CodeView;
class ElidedLabel;

/// A file of a chart, to be read at one line: where a template failed, or what wrote a line.
class TemplateView : public QWidget
{
    Q_OBJECT
public:
    explicit TemplateView(QWidget *parent = nullptr);

    /// Shows `text` at a place of it, with what is wrong there below the line; an empty `sentence`: nothing is.
    void showFile(const QString &name, const QByteArray &text, const SourceSpan &at, const QString &sentence);

Q_SIGNALS:
    void backRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    ElidedLabel *m_name;
    CodeView *m_text;
};

} // namespace pk::gui
