// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/remedychoice.h"

#include "texts/texts.h"
#include "widgets/chip.h"
#include "widgets/elidedlabel.h"
#include "widgets/measures.h"

#include <QMouseEvent>
#include <QRadioButton>

namespace pk::gui {

RemedyChoice::RemedyChoice(const pool::Remedy &remedy, QWidget *parent) : Card(parent), m_remedy(remedy)
{
    const QString title = texts::sentence(pool::News{remedy.id, remedy.parameters, {}});
    const QString price = texts::sentence(pool::News{remedy.priceId, remedy.parameters, {}});
    m_button = new QRadioButton;
    m_button->setObjectName(QStringLiteral("remedy:") + QString::fromStdString(remedy.id));
    m_button->setAccessibleName(title);
    m_button->setAccessibleDescription(price);
    auto *what = strongLabel(title);
    what->setWordWrap(true);
    auto *head = new QHBoxLayout;
    head->setSpacing(measure::iconGap);
    head->addWidget(m_button, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(what);
    if (remedy.fits) {
        auto *chips = new QHBoxLayout;
        chips->addWidget(new Chip(tr("fits this case"), Tone::Accent));
        chips->addStretch();
        words->addLayout(chips);
    }
    if (!price.isEmpty())
        words->addWidget(helpLabel(price));
    head->addLayout(words, 1);
    body()->setContentsMargins(12, 0, 12, 0);
    body()->addLayout(head);
    connect(m_button, &QRadioButton::toggled, this,
        [this](bool chosen) { setEdge(chosen ? Card::Edge::Selected : Card::Edge::Normal); });
}

QVector<DiffLine> RemedyChoice::lines(const std::vector<pool::ValueChange> &changes)
{
    QVector<DiffLine> lines;
    const auto add = [&lines](DiffLine::Kind kind, const QByteArray &text) {
        DiffLine line;
        line.kind = kind;
        line.text = text;
        lines.append(line);
    };
    for (const pool::ValueChange &change : changes) {
        const auto kind = change.remove ? DiffLine::Kind::Removed : DiffLine::Kind::Added;
        const QList<QByteArray> keys = QByteArray::fromStdString(change.path).split('.');
        QByteArray indent;
        for (qsizetype i = 0; i + 1 < keys.size(); ++i) {
            add(kind, indent + keys[i] + ':');
            indent += "  ";
        }
        const QByteArray yaml = QByteArray::fromStdString(change.yaml).trimmed();
        if (change.remove || !yaml.contains('\n')) {
            const bool inOneLine = !yaml.contains(": ") && !yaml.endsWith(':');
            add(kind, indent + keys.last() + (change.remove ? ":" : inOneLine ? ": " + yaml : ":"));
            if (!change.remove && !inOneLine)
                add(kind, indent + "  " + yaml);
            continue;
        }
        add(kind, indent + keys.last() + ':');
        for (const QByteArray &line : yaml.split('\n'))
            add(kind, indent + "  " + line);
    }
    return lines;
}

void RemedyChoice::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_button->setChecked(true);
    Card::mousePressEvent(event);
}

} // namespace pk::gui
