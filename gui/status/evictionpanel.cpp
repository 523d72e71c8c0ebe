// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/evictionpanel.h"

#include "status/statusmap.h"
#include "texts/texts.h"
#include "widgets/card.h"
#include "widgets/chip.h"
#include "widgets/elidedlabel.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"
#include "widgets/sidepanel.h"

namespace pk::gui {

namespace {

QLabel *wrapped(const QString &text)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

EvictionPanel::EvictionPanel(SidePanel &panel, QObject *parent) : QObject(parent), m_panel(panel)
{
    auto *body = new QWidget;
    m_column = new QVBoxLayout(body);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(10);
    panel.setBody(body);
}

void EvictionPanel::setEviction(
    const pool::Eviction &eviction, const std::optional<pool::StorageSetup> &setup, WallTime now)
{
    while (QLayoutItem *item = m_column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_panel.setHead(glyph(WorkerState::Evicted), stateWord(WorkerState::Evicted),
        tr("%1, %2").arg(workerName(eviction), texts::moment(eviction.time, now)));
    const pool::Explanation why = pool::explainEviction(eviction, setup.value_or(pool::StorageSetup{}));
    auto *what = wrapped(texts::sentence(why.what));
    what->setFont(fonts::heading());
    m_column->addWidget(what);
    if (!why.whyThisPod.id.empty())
        m_column->addWidget(wrapped(texts::sentence(why.whyThisPod)));

    auto *facts = new QWidget;
    auto *grid = new QGridLayout(facts);
    grid->setContentsMargins(0, 4, 0, 4);
    grid->setColumnStretch(1, 1);
    const auto add = [grid](const QString &name, const QString &value) {
        const int row = grid->rowCount();
        auto *label = helpLabel(name);
        label->setMinimumWidth(110);
        grid->addWidget(label, row, 0, Qt::AlignTop);
        grid->addWidget(wrapped(value), row, 1, Qt::AlignTop);
    };
    const auto text = [](const std::string &value) { return QString::fromStdString(value); };
    add(tr("Time"), texts::fullTime(eviction.time));
    add(tr("Node"), eviction.node.empty() ? tr("Unknown") : text(eviction.node));
    add(tr("Pod"), text(eviction.pod));
    if (!eviction.what.available.empty())
        add(tr("Free then"),
            tr("%1, limit %2").arg(texts::quantity(eviction.what.available), texts::quantity(eviction.what.threshold)));
    if (!eviction.what.limit.empty())
        add(tr("Limit"), texts::quantity(eviction.what.limit));
    if (!eviction.what.volume.empty())
        add(tr("Volume"), text(eviction.what.volume));
    m_column->addWidget(facts);

    m_column->addWidget(strongLabel(tr("The kubelet's message")));
    auto *quote = wrapped(eviction.message.empty() ? tr("None") : texts::clean(eviction.message));
    quote->setFont(fonts::denseCode());
    m_column->addWidget(quote);
    if (!why.leftOut.id.empty())
        m_column->addWidget(helpLabel(texts::sentence(why.leftOut)));

    if (setup && !why.remedies.empty()) {
        m_column->addWidget(strongLabel(tr("What prevents it")));
        for (const pool::Remedy &remedy : why.remedies)
            addRemedy(remedy, text(eviction.poolName));
    }
    m_column->addStretch();
}

void EvictionPanel::addRemedy(const pool::Remedy &remedy, const QString &poolName)
{
    auto *card = new Card;
    card->setEdge(remedy.fits ? Card::Edge::Selected : Card::Edge::Normal);
    auto *head = new QHBoxLayout;
    auto *title = wrapped(texts::sentence(pool::News{remedy.id, remedy.parameters}));
    title->setFont(fonts::medium());
    head->addWidget(title, 1);
    if (remedy.fits)
        head->addWidget(new Chip(tr("fits this case"), Tone::Accent), 0, Qt::AlignTop);
    card->body()->addLayout(head);
    if (!remedy.priceId.empty())
        card->body()->addWidget(helpLabel(texts::sentence(pool::News{remedy.priceId, remedy.parameters})));
    if (!remedy.changes.empty()) {
        QStringList lines;
        for (const pool::ValueChange &change : remedy.changes) {
            const QString path = QString::fromStdString(change.path);
            lines.append(change.remove ? QStringLiteral("- %1").arg(path)
                                       : QStringLiteral("+ %1: %2").arg(path, QString::fromStdString(change.yaml)));
        }
        auto *difference = wrapped(lines.join(u'\n'));
        difference->setFont(fonts::denseCode());
        card->body()->addWidget(difference);
        auto *apply = new QPushButton(tr("Apply to draft"));
        apply->setObjectName(QStringLiteral("apply:") + QString::fromStdString(remedy.id));
        setButtonKind(apply, remedy.fits ? ButtonKind::Primary : ButtonKind::Secondary);
        connect(apply, &QPushButton::clicked, this,
            [this, poolName, changes = remedy.changes] { Q_EMIT remedyChosen(poolName, changes); });
        auto *row = new QHBoxLayout;
        row->addStretch();
        row->addWidget(apply);
        card->body()->addLayout(row);
    }
    m_column->addWidget(card);
}

} // namespace pk::gui
