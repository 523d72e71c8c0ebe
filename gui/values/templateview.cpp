// SPDX-License-Identifier: GPL-3.0-or-later
#include "values/templateview.h"

#include "widgets/card.h"
#include "widgets/codeview.h"
#include "widgets/elidedlabel.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"

#include <QPushButton>

namespace pk::gui {

TemplateView::TemplateView(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(14, 4, 8, 4);
    head->setSpacing(8);
    m_name = new ElidedLabel({}, Qt::ElideMiddle);
    m_name->setObjectName(QStringLiteral("templateName"));
    m_name->setFont(fonts::denseCode());
    head->addWidget(m_name, 1);
    auto *back = new QPushButton(tr("Back to the preview"));
    back->setObjectName(QStringLiteral("backToPreview"));
    setButtonKind(back, ButtonKind::Link);
    head->addWidget(back);
    column->addLayout(head);
    column->addWidget(new Separator(Qt::Horizontal));
    m_text = new CodeView;
    m_text->setObjectName(QStringLiteral("templateText"));
    m_text->setAccessibleName(tr("Template"));
    m_text->setReadOnly(true);
    column->addWidget(m_text, 1);
    setFocusProxy(m_text);
    m_text->installEventFilter(this);
    connect(back, &QPushButton::clicked, this, &TemplateView::backRequested);
}

void TemplateView::showFile(const QString &name, const QByteArray &text, const SourceSpan &at, const QString &sentence)
{
    const int line = std::max(at.line, 1) - 1;
    m_name->setFullText(at.isKnown() ? tr("%1, line %2, of the chart").arg(name).arg(at.line) : name);
    m_text->setContents(text);
    CodeProblem problem;
    problem.line = line;
    if (at.column > 0) {
        // Up to the end of the action, which is as far as the expression can go.
        const QByteArray source = text.split('\n').value(line);
        const qsizetype end = source.indexOf("}}", at.column);
        problem.from = at.column;
        problem.to = int(end < 0 ? source.size() : end);
    }
    problem.text = sentence;
    m_text->setProblems(at.isKnown() && !sentence.isEmpty() ? QVector<CodeProblem>{problem} : QVector<CodeProblem>());
    m_text->setWash(at.isKnown() ? line : -1, at.isKnown() ? line : -1);
    m_text->reveal(line);
    m_text->setCursorPosition(line, 0);
    m_text->SendScintilla(
        QsciScintilla::SCI_GOTOPOS, m_text->SendScintilla(QsciScintilla::SCI_POSITIONFROMLINE, line) + at.column);
}

bool TemplateView::eventFilter(QObject *watched, QEvent *event)
{
    // Before the text sees it, which takes the key for its own.
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        Q_EMIT backRequested();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace pk::gui
