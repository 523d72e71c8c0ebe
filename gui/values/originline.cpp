// SPDX-License-Identifier: GPL-3.0-or-later
#include "values/originline.h"

#include "widgets/elidedlabel.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QTextDocumentFragment>

namespace pk::gui {

namespace {

constexpr int ValuesNamed = 4;
const QString TemplateLink = QStringLiteral("template");

/// A link that may break after the parts of a path. What it says is of a chart or a file: plain text.
QString link(const QString &target, const QString &words)
{
    QString escaped = words.toHtmlEscaped();
    for (const QChar sign : {u'/', u'.'})
        escaped.replace(sign, QString(sign) + QChar(0x200b));
    return QStringLiteral("<a href=\"%1\">%2</a>").arg(target, escaped);
}

} // namespace

OriginLine::OriginLine(QWidget *parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("originLine"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 5, 10, 5);
    m_text = helpLabel({});
    m_text->setObjectName(QStringLiteral("originText"));
    m_text->setTextFormat(Qt::RichText);
    m_text->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    row->addWidget(m_text, 1);
    connect(m_text, &QLabel::linkActivated, this, [this](const QString &target) {
        if (target == TemplateLink)
            Q_EMIT templateWanted();
        else
            Q_EMIT valueWanted(m_origin.values.value(target.toInt()));
    });
}

void OriginLine::setOrigin(const Origin &origin)
{
    m_origin = origin;
    show();
}

void OriginLine::show()
{
    const QString place = link(TemplateLink, tr("%1, line %2").arg(m_origin.file).arg(m_origin.line));
    QStringList values;
    for (int i = 0; i < std::min(ValuesNamed, int(m_origin.values.size())); ++i)
        values.append(link(QString::number(i), m_origin.values[i]));
    const int more = int(m_origin.values.size()) - int(values.size());
    QString sentence = values.isEmpty() ? tr("This line is written by %1 from no value.").arg(place)
        : more > 0 ? tr("This line is written by %1 from %2 and others.").arg(place, values.join(QStringLiteral(", ")))
                   : tr("This line is written by %1 from %2.").arg(place, values.join(QStringLiteral(", ")));
    if (m_origin.varies)
        sentence += QLatin1Char(' ') + tr("Random or the time goes into it.");
    m_text->setText(sentence);
    setAccessibleName(this->sentence());
}

QString OriginLine::sentence() const
{
    return QTextDocumentFragment::fromHtml(m_text->text()).toPlainText().remove(QChar(0x200b));
}

void OriginLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().sunken);
    painter.fillRect(QRect(0, 0, width(), 1), theme().border);
}

void OriginLine::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_origin.line > 0)
        show(); // The colour of links is fixed when the text is read.
}

} // namespace pk::gui
