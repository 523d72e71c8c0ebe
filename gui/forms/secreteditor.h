// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/editors.h"

#include <QElapsedTimer>
#include <QTimer>

class QLineEdit;
class QPushButton;

namespace pk::gui {

/// A secret as dots of a fixed number, never the true one. Revealing lasts 20 s, with a line that shrinks, or until the
/// focus goes. A new one is typed, pasted, dropped or read from a file; a PEM file becomes what the chart wants, base64
/// on one line.
class SecretEditor : public Editor
{
    Q_OBJECT
public:
    SecretEditor(const FieldSpec &field, FormSource &source, QWidget *parent);

    void refresh() override;
    QWidget *problemWidget() override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void showSecret();
    void hideSecret();
    void beginReplacing();
    void finishReplacing();
    void readFile(const QString &path);
    void replace(const QByteArray &content);

    QLineEdit *m_edit;
    QPushButton *m_reveal;
    QPushButton *m_replace;
    QPushButton *m_file;
    QTimer m_tick; ///< While it is shown.
    QElapsedTimer m_since;
    bool m_shown = false;
    bool m_replacing = false;
};

} // namespace pk::gui
