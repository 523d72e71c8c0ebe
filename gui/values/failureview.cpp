// SPDX-License-Identifier: GPL-3.0-or-later
#include "values/failureview.h"

#include "chart/rendererrors.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace pk::gui {

namespace {

constexpr int Side = 12; ///< Room at the left and the right.
constexpr int WordLines = 6; ///< Of Helm's words, before they scroll.
constexpr int Gutter = 9; ///< Characters of the number, the bar and the dots of a line that is cut.

} // namespace

FailureView::FailureView(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("failureView"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Side, 6, Side, 6);
    column->setSpacing(4);
    m_excerpt = new QLabel;
    m_excerpt->setObjectName(QStringLiteral("failureExcerpt"));
    m_excerpt->setAccessibleName(tr("The line that failed"));
    m_excerpt->setTextFormat(Qt::PlainText);
    m_excerpt->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_excerpt->setFont(fonts::denseCode());
    m_excerpt->setMinimumWidth(1);
    column->addWidget(m_excerpt);
    m_words = new QPlainTextEdit;
    m_words->setObjectName(QStringLiteral("helmsWords"));
    m_words->setAccessibleName(tr("Helm's words"));
    m_words->setReadOnly(true);
    m_words->setTabChangesFocus(true);
    m_words->setFont(fonts::denseCode());
    m_words->hide();
    column->addWidget(m_words);
    auto *row = new QHBoxLayout;
    row->setSpacing(14);
    const auto link = [row](const QString &name, const QString &text) {
        auto *button = new QPushButton(text);
        button->setObjectName(name);
        setButtonKind(button, ButtonKind::Link);
        row->addWidget(button);
        return button;
    };
    m_fold = link(QStringLiteral("showHelmsWords"), {});
    QPushButton *copy = link(QStringLiteral("copyHelmsWords"), tr("Copy Helm's words"));
    row->addStretch();
    column->addLayout(row);
    unfold(false);
    connect(m_fold, &QPushButton::clicked, this, [this] { unfold(m_words->isHidden()); });
    connect(copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(m_words->toPlainText()); });
}

void FailureView::setFailure(const QVector<Line> &lines, const QString &words)
{
    m_lines = lines;
    if (m_words->toPlainText() != words)
        m_words->setPlainText(words);
    showLines();
}

void FailureView::unfold(bool unfolded)
{
    m_words->setVisible(unfolded);
    m_words->setFixedHeight(m_words->fontMetrics().lineSpacing() * WordLines + 10);
    m_fold->setText(unfolded ? tr("Hide Helm's words") : tr("Show Helm's words"));
}

void FailureView::showLines()
{
    const int room = (width() - 2 * Side) / std::max(1, m_excerpt->fontMetrics().horizontalAdvance(u'0')) - Gutter;
    QStringList all;
    for (const Line &line : std::as_const(m_lines)) {
        const std::string text = chart::excerpt(line.text, line.at, std::size_t(std::max(20, room)));
        if (text.empty())
            continue;
        if (!line.title.isEmpty())
            all.append(line.title);
        all.append(QString::fromStdString(text).chopped(1));
    }
    m_excerpt->setText(all.join(u'\n'));
    m_excerpt->setVisible(!all.isEmpty());
}

void FailureView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showLines();
}

void FailureView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().sunken);
    painter.setPen(theme().border);
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
}

} // namespace pk::gui
