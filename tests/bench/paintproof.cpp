// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/paintproof.h"

#include "widgets/codeview.h"

#include <QAbstractItemView>
#include <QPixmap>
#include <QScreen>

namespace pk::bench {

PaintProof::PaintProof(QWidget &window, QWidget &tab) :
    m_window(window), m_panes{tab.findChild<QAbstractScrollArea *>(QStringLiteral("previewText")),
                          tab.findChild<QAbstractScrollArea *>(QStringLiteral("problemTable")),
                          tab.findChild<QAbstractScrollArea *>(QStringLiteral("consequenceTable"))}
{
}

bool PaintProof::isComplete() const
{
    return std::all_of(
        m_panes.begin(), m_panes.end(), [](const QAbstractScrollArea *pane) { return pane && pane->isVisible(); });
}

void PaintProof::reveal(const QString &text)
{
    const QString all = this->text(Preview);
    qobject_cast<gui::CodeView *>(m_panes[Preview])->reveal(int(all.left(all.indexOf(text)).count(u'\n')));
}

void PaintProof::remember()
{
    for (const Pane pane : {Preview, Problems, Consequences})
        m_before[pane] = shown(pane);
}

QImage PaintProof::shown(Pane pane) const
{
    const QWidget *viewport = m_panes[pane]->viewport();
    const QPoint at = viewport->mapTo(&m_window, QPoint());
    return m_window.screen()
        ->grabWindow(m_window.winId(), at.x(), at.y(), viewport->width(), viewport->height())
        .toImage()
        .convertToFormat(QImage::Format_RGB32);
}

bool PaintProof::isCurrent() const
{
    for (const Pane pane : {Preview, Problems, Consequences}) {
        if (shown(pane) != m_panes[pane]->viewport()->grab().toImage().convertToFormat(QImage::Format_RGB32))
            return false;
    }
    return true;
}

QString PaintProof::text(Pane pane) const
{
    if (const auto *code = qobject_cast<gui::CodeView *>(m_panes[pane]))
        return QString::fromUtf8(code->contents());
    QStringList texts;
    const QAbstractItemModel *model = qobject_cast<QAbstractItemView *>(m_panes[pane])->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        for (int column = 0; column < model->columnCount(); ++column)
            texts.append(model->index(row, column).data().toString());
    }
    return texts.join(u'\n');
}

} // namespace pk::bench
