// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/evictionpanel.h"

#include "status/remedychoice.h"
#include "status/statusmap.h"
#include "texts/texts.h"
#include "widgets/card.h"
#include "widgets/diffview.h"
#include "widgets/elidedlabel.h"
#include "widgets/glyphlabel.h"
#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"
#include "widgets/sidepanel.h"

#include <QButtonGroup>
#include <QClipboard>

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
    m_apply = new QPushButton(tr("Apply to draft"));
    m_apply->setObjectName(QStringLiteral("applyRemedy"));
    setButtonKind(m_apply, ButtonKind::Primary);
    connect(m_apply, &QPushButton::clicked, this,
        [this] { Q_EMIT remedyChosen(QString::fromStdString(m_poolName), m_changes); });
    m_show = new QPushButton(tr("Show in values"));
    m_show->setObjectName(QStringLiteral("showInValues"));
    connect(m_show, &QPushButton::clicked, this, [this] {
        if (!m_changes.empty())
            Q_EMIT valuesRequested(QString::fromStdString(m_poolName), QString::fromStdString(m_changes.front().path));
    });
    panel.addFootWidget(m_apply);
    panel.addFootWidget(m_show);
}

void EvictionPanel::setEviction(
    const pool::Eviction &eviction, const std::optional<pool::StorageSetup> &setup, WallTime now)
{
    m_difference = nullptr;
    while (QLayoutItem *item = m_column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_poolName = eviction.poolName;
    m_changes.clear();
    m_panel.setHead(glyph(WorkerState::Evicted), stateWord(WorkerState::Evicted),
        tr("%1 · %2").arg(workerName(eviction), texts::momentToSecond(eviction.time, now)));
    const pool::Explanation why = pool::explainEviction(eviction, setup.value_or(pool::StorageSetup{}));
    m_column->addWidget(wrapped(texts::sentence(why.what)));
    if (!why.whyThisPod.id.empty())
        m_column->addWidget(wrapped(texts::sentence(why.whyThisPod)));
    addFacts(eviction);
    addMessage(eviction, why);
    if (setup && !why.remedies.empty())
        addRemedies(why.remedies);
    else if (!setup)
        m_column->addWidget(helpLabel(tr("Its pool is not in this cluster any more, so there is nothing to change.")));
    m_column->addStretch(1);
    m_apply->setEnabled(!m_changes.empty());
    m_show->setEnabled(!m_changes.empty());
    // The foot goes with its buttons.
    m_apply->parentWidget()->setVisible(!m_changes.empty());
}

void EvictionPanel::addFacts(const pool::Eviction &eviction)
{
    auto *facts = new QWidget;
    auto *grid = new QGridLayout(facts);
    grid->setContentsMargins(0, 2, 0, 2);
    grid->setHorizontalSpacing(measure::labelGap);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    const auto add = [grid](const QString &name, const QString &value) {
        const int row = grid->rowCount();
        auto *label = helpLabel(name);
        label->setWordWrap(false);
        auto *shown = wrapped(value);
        shown->setFont(fonts::small());
        grid->addWidget(label, row, 0, Qt::AlignTop);
        grid->addWidget(shown, row, 1, Qt::AlignTop);
    };
    const auto text = [](const std::string &value) { return texts::clean(value, 300); };
    const pool::EvictionMessage &what = eviction.what;
    add(tr("Time"), texts::fullTime(eviction.time));
    add(tr("Node"), eviction.node.empty() ? tr("Unknown") : text(eviction.node));
    add(tr("Pod"), text(eviction.pod));
    if (!what.available.empty())
        add(tr("Free then"),
            tr("%1, limit %2").arg(resourceFigure(what, what.available), resourceFigure(what, what.threshold)));
    if (!what.limit.empty())
        add(tr("Limit"), texts::quantity(what.limit));
    if (!what.volume.empty())
        add(tr("Volume"), text(what.volume));
    if (eviction.count > 1)
        add(tr("New pods refused"),
            tr("%1, until %2").arg(QLocale().toString(eviction.count), texts::clock(eviction.lastTime)));
    if (eviction.sources & pool::Eviction::Replaced)
        add(tr("Since then"), tr("A new pod took its place"));
    m_column->addWidget(facts);
}

void EvictionPanel::addMessage(const pool::Eviction &eviction, const pool::Explanation &why)
{
    const QString message = texts::clean(eviction.message, 2000);
    auto *card = new Card;
    card->setEdge(Card::Edge::Quiet);
    card->body()->setContentsMargins(12, 0, 12, 0);
    auto *head = new QHBoxLayout;
    head->addWidget(helpLabel(tr("Message of the kubelet")), 1);
    auto *copy = new QToolButton;
    copy->setObjectName(QStringLiteral("copyMessage"));
    copy->setAutoRaise(true);
    copy->setToolTip(tr("Copy message"));
    copy->setAccessibleName(tr("Copy message"));
    copy->setEnabled(!message.isEmpty());
    icons::bind(copy, QStringLiteral("copy"));
    connect(copy, &QToolButton::clicked, copy, [message] { QGuiApplication::clipboard()->setText(message); });
    head->addWidget(copy);
    card->body()->addLayout(head);
    auto *quote = wrapped(message.isEmpty() ? tr("None was seen") : message);
    quote->setFont(fonts::denseCode());
    card->body()->addWidget(quote);
    if (!why.leftOut.id.empty()) {
        auto *hint = new QHBoxLayout;
        hint->setSpacing(measure::iconGap);
        hint->addWidget(new GlyphLabel(glyph(Severity::Hint), stateWord(Severity::Hint), 14), 0, Qt::AlignTop);
        auto *words = helpLabel(texts::sentence(why.leftOut));
        hint->addWidget(words, 1);
        card->body()->addLayout(hint);
    }
    m_column->addWidget(card);
}

void EvictionPanel::addRemedies(const std::vector<pool::Remedy> &remedies)
{
    m_column->addWidget(new Separator(Qt::Horizontal));
    m_column->addWidget(headingLabel(tr("What prevents it")));
    auto *group = new QButtonGroup(m_column->parentWidget());
    QRadioButton *first = nullptr;
    for (const pool::Remedy &remedy : remedies) {
        auto *choice = new RemedyChoice(remedy);
        group->addButton(choice->button());
        connect(choice->button(), &QRadioButton::toggled, this, [this, choice](bool chosen) {
            if (chosen)
                choose(choice->remedy());
        });
        m_column->addWidget(choice);
        if (!first || (remedy.fits && !first->isChecked()))
            first = choice->button();
    }
    m_firstRemedy = first ? first->parentWidget() : nullptr;
    m_difference = new DiffView;
    m_difference->setObjectName(QStringLiteral("remedyDifference"));
    m_difference->setAccessibleName(tr("Change of values"));
    m_difference->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_difference->setContext(-1);
    m_column->addWidget(m_difference);
    first->setChecked(true);
}

void EvictionPanel::showRemedies()
{
    if (m_firstRemedy)
        m_panel.ensureVisible(m_firstRemedy);
    if (m_difference)
        m_panel.ensureVisible(m_difference);
}

void EvictionPanel::choose(const pool::Remedy &remedy)
{
    m_changes = remedy.changes;
    m_apply->setEnabled(!m_changes.empty());
    m_show->setEnabled(!m_changes.empty());
    if (!m_difference)
        return;
    const QVector<DiffLine> lines = RemedyChoice::lines(remedy.changes);
    m_difference->setVisible(!lines.isEmpty());
    m_difference->setLines(lines, QString::fromStdString(remedy.id));
    m_difference->setFixedHeight(int(lines.size()) * m_difference->textHeight(0) + 20);
}

} // namespace pk::gui
