// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QStringList>

class QLabel;

namespace pk::gui {

/// Below the preview after a click on a line: the template that wrote it and the values that it was made from, each of
/// them a link.
class OriginLine : public QFrame
{
    Q_OBJECT
public:
    struct Origin
    {
        QString file; ///< "chart/templates/a.yaml"
        int line = 0; ///< In the file, from 1.
        QStringList values; ///< Their paths, the one that says most first.
        bool varies = false; ///< Random or the time goes into the line.
    };

    explicit OriginLine(QWidget *parent = nullptr);

    void setOrigin(const Origin &origin);
    const Origin &origin() const { return m_origin; }
    /// What a person reads.
    QString sentence() const;

Q_SIGNALS:
    void templateWanted();
    void valueWanted(const QString &path);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void show();

    Origin m_origin;
    QLabel *m_text;
};

} // namespace pk::gui
