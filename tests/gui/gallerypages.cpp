// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/galleryparts.h"
#include "widgets/band.h"
#include "widgets/card.h"
#include "widgets/elidedlabel.h"
#include "widgets/glyphlabel.h"
#include "widgets/gripsplitter.h"
#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/metricstrip.h"
#include "widgets/pagetabbar.h"
#include "widgets/poolstyle.h"
#include "widgets/segmentedswitch.h"
#include "widgets/sidepanel.h"
#include "widgets/sparkline.h"
#include "widgets/workermap.h"

#include <QAction>
#include <QGridLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace pk::gui;

namespace gallery {
namespace {

template <class State> Card *stateCard(const QString &title, int count, const QStringList &helps = {})
{
    auto *card = new Card(title);
    auto *grid = new QGridLayout;
    grid->setVerticalSpacing(8);
    grid->setHorizontalSpacing(12);
    for (int i = 0; i < count; ++i) {
        const auto state = State(i);
        grid->addWidget(new GlyphLabel(glyph(state), stateWord(state), 20), i, 0);
        grid->addWidget(new GlyphLabel(glyph(state), stateWord(state), 14), i, 1);
        auto *word = new QLabel(stateWord(state));
        word->setMinimumWidth(118);
        grid->addWidget(word, i, 2);
        grid->addWidget(helpLabel(helps.value(i)), i, 3);
    }
    grid->setColumnStretch(3, 1);
    card->body()->addLayout(grid);
    return card;
}

} // namespace

QWidget *statesPage()
{
    auto *widget = new QWidget;
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(32, 28, 32, 28);
    row->setSpacing(16);
    const auto column = [row](std::initializer_list<QWidget *> cards) {
        auto *stack = new QVBoxLayout;
        stack->setSpacing(14);
        for (QWidget *card : cards)
            stack->addWidget(card);
        stack->addStretch(1);
        row->addLayout(stack, 1);
    };
    column({stateCard<WorkerState>(u"Worker"_s, 9,
                {u"Both containers run"_s, u"Containers are being made"_s, u"No node, or an earlier worker"_s}),
        stateCard<SpaceliftState>(u"Spacelift, beside the worker"_s, 3)});
    column({stateCard<ContainerState>(u"Container, launcher then dind"_s, 7),
        stateCard<VolumeState>(u"Volume and claim"_s, 5), stateCard<Severity>(u"Problem"_s, 3)});
    column({stateCard<NodeState>(u"Node"_s, 5), stateCard<ReleaseState>(u"Release"_s, 9),
        stateCard<ChangeState>(u"Change"_s, 7)});
    return widget;
}

QWidget *overviewPage()
{
    QVBoxLayout *column = nullptr;
    QWidget *widget = page(column);
    auto *head = new QHBoxLayout;
    head->setSpacing(10);
    head->addWidget(new GlyphLabel(glyph(WorkerState::Evicted), u"Evicted"_s, 20));
    head->addWidget(titleLabel(u"prod-eu"_s));
    for (const QString &text : {u"StatefulSet"_s, u"Revision 14"_s, u"spacelift-worker 1.2.0"_s})
        head->addWidget(new Chip(text));
    head->addStretch(1);
    head->addWidget(button(u"Scale…"_s, ButtonKind::Secondary));
    head->addWidget(button(u"Restart…"_s, ButtonKind::Secondary));
    head->addWidget(button(u"Review upgrade…"_s, ButtonKind::Primary));
    head->addWidget(tool(u"more"_s));
    column->addLayout(head);
    auto *tabs = new PageTabBar;
    for (const QString &text :
        {u"Overview"_s, u"Values"_s, u"Storage"_s, u"Evictions"_s, u"History"_s, u"Logs and events"_s})
        tabs->addTab(text);
    tabs->setBadge(1, 4, Tone::Edited);
    tabs->setBadge(3, 3);
    column->addWidget(tabs);

    auto *band = new Band;
    band->setNews(Tone::Bad, glyph(WorkerState::Evicted),
        u"4 of 5 workers are ready. Worker 3 was evicted because its node ran out of disk."_s,
        u"runners-b-x8wn fell below its limit of 9.8 GiB free at 14:30:39. The run on worker 3 is lost. Its new pod waits: the other nodes have too little free memory."_s);
    auto *show = new QAction(u"Show eviction"_s, band);
    auto *remedy = new QAction(u"See remedy"_s, band);
    icons::bind(remedy, u"wand"_s);
    band->setActions({show, remedy});
    column->addWidget(band);
    auto *metrics = new MetricStrip;
    metrics->setMetrics({{u"Ready"_s, u"4"_s, u"of 5"_s, u"Worker 3 waits for a node"_s, glyph(WorkerState::Waiting),
                             Tone::Neutral, {}},
        {u"Next to be full"_s, u"25 min"_s, u"± 6"_s, u"Worker 1 on runners-a-9tzx"_s, glyph(WorkerState::NearEviction),
            Tone::Neutral, {}},
        {u"Evictions, 7 days"_s, u"3"_s, {}, u"2 by node disk, 1 by limit"_s, {}, Tone::Neutral, {}},
        {u"Launcher image"_s, u"2"_s, u"digests"_s, u"Workers 0 and 1 are older"_s, glyph(Severity::Warning),
            Tone::Neutral, {}},
        {u"Spacelift queue"_s, u"7"_s, u"runs"_s, u"3 busy, 1 idle, 0 drained"_s, {}, Tone::Neutral, {}}});
    column->addWidget(metrics);

    auto *card = new Card(u"Workers"_s);
    card->setNote(u"5, figures 12 s old"_s);
    auto *filter = new QLineEdit;
    filter->setPlaceholderText(u"Filter workers"_s);
    icons::bind(filter->addAction(QIcon(), QLineEdit::LeadingPosition), u"search"_s);
    filter->setFixedWidth(200);
    card->addHeadWidget(filter);
    card->addHeadWidget(tool(u"columns"_s));
    card->addHeadWidget(tool(u"list"_s));
    card->setBodyFlush();
    auto *table = new TableView;
    table->setModel(new CellModel({u"Worker"_s, u"Pod and node"_s, u"launcher, dind"_s, u"Restarts"_s,
                                      u"Node disk and volume"_s, u"Age"_s, u"Launcher image"_s, u"Last eviction"_s},
        workerRows(), table));
    table->setColumns({152, 200, 112, 76, 250, 68, 120, 104}, 1);
    table->setGrowing(20);
    table->setCurrentIndex(table->model()->index(3, 0));
    card->body()->addWidget(table);
    column->addWidget(card);

    auto *lower = new Card(u"Node disk, last 3 hours"_s);
    auto *note = helpLabel(u"eviction at 90 % used"_s);
    note->setWordWrap(false);
    lower->addHeadWidget(note);
    const struct
    {
        QString name;
        double first, last;
        Tone tone;
    } lanes[] = {{u"runners-b-x8wn"_s, 0.6, 0.95, Tone::Bad}, {u"runners-a-9tzx"_s, 0.55, 0.86, Tone::Warning},
        {u"runners-a-4kq7"_s, 0.55, 0.61, Tone::Info}};
    for (const auto &lane : lanes) {
        auto *line = new QHBoxLayout;
        auto *name = new QLabel(lane.name);
        name->setFont(fonts::denseCode());
        auto *spark = new SparkLine;
        SparkLineData data;
        data.from = 0;
        data.to = 10800;
        data.points = series(0, 10800, lane.first, lane.last);
        data.threshold = 0.9;
        data.tone = lane.tone;
        if (lane.tone == Tone::Bad) {
            data.pressure = {{9200, 10800}};
            data.marks = {{10000, glyph(WorkerState::Evicted)}};
        }
        spark->setData(data);
        line->addWidget(name);
        line->addWidget(spark, 1);
        line->addWidget(new QLabel(u"72 %"_s));
        lower->body()->addLayout(line);
    }
    column->addWidget(lower);
    column->addStretch(1);
    return widget;
}

QWidget *mapPage()
{
    QVBoxLayout *column = nullptr;
    QWidget *widget = page(column);
    auto *band = new Band;
    band->setNews(Tone::Warning, glyph(WorkerState::Waiting),
        u"188 of 200 workers are ready. Worker 188 is not, and 11 later ones wait behind it."_s,
        u"Pods of this pool start in order. Worker 188 cannot pull its image (toomanyrequests: Rate exceeded)."_s);
    column->addWidget(band);
    auto *calm = new Band;
    calm->setNews(Tone::Neutral, glyph(WorkerState::Ready), u"All 5 workers are ready. Nothing needs you."_s);
    column->addWidget(calm);
    auto *card = new Card(u"Map"_s);
    card->setNote(u"one square a worker, by ordinal, worst container"_s);
    auto *map = new WorkerMap;
    QVector<WorkerMap::Worker> workers;
    for (int i = 0; i < 200; ++i) {
        const ContainerState state = i < 188 ? ContainerState::Running
            : i == 188                       ? ContainerState::Failed
                                             : ContainerState::Waiting;
        workers.append({i, state, i == 17 || i == 61 || i == 140, u"Worker %1"_s.arg(i)});
    }
    map->setWorkers(workers);
    map->setCurrent(188);
    card->body()->addWidget(map);
    column->addWidget(card);
    auto *tableCard = new Card(u"Workers"_s);
    tableCard->setNote(u"worst first"_s);
    auto *filter = new SegmentedSwitch({u"All 200"_s, u"Not ready 12"_s, u"Near eviction 3"_s, u"Older image 41"_s});
    tableCard->addHeadWidget(filter);
    tableCard->setBodyFlush();
    auto *table = new TableView;
    table->setModel(new CellModel({QString(), u"Worker"_s, u"State"_s, u"Node"_s, u"launcher, dind"_s, u"Restarts"_s,
                                      u"Node disk"_s, u"Set by"_s},
        denseRows(), table));
    table->setColumns({32, 88, 200, 150, 110, 70, 250, 100}, 2);
    table->setRows(CellDelegate::Rows::Dense);
    table->setCurrentIndex(table->model()->index(0, 0));
    tableCard->body()->addWidget(table);
    column->addWidget(tableCard, 1);
    return widget;
}

QWidget *evictionsPage()
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(24, 16, 20, 16);
    column->setSpacing(14);
    auto *card = new Card(u"Time line"_s);
    auto *range = new SegmentedSwitch({u"1 h"_s, u"6 h"_s, u"24 h"_s, u"7 d"_s, u"All"_s});
    range->setCurrent(1);
    card->addHeadWidget(range);
    auto *line = new TimeLine;
    line->setData(timeLine());
    line->setSelected(9);
    card->body()->addWidget(line);
    column->addWidget(card);
    column->addStretch(1);
    auto *host = new PanelHost(content);
    host->setCoverBelow(800);
    host->panel()->setHead(glyph(WorkerState::Evicted), u"Evicted"_s, u"Worker 3, today 14:30:41"_s);
    auto *body = new QWidget;
    auto *texts = new QVBoxLayout(body);
    auto *sentence = new QLabel(
        u"The node ran out of disk and the kubelet ended this pod at once. The grace period does not apply to such an eviction, so the run on it is lost."_s);
    sentence->setWordWrap(true);
    texts->addWidget(sentence);
    auto *quoted = new Card(u"Message of the kubelet"_s);
    quoted->setEdge(Card::Edge::Quiet);
    auto *message = new QLabel(u"The node was low on resource: ephemeral-storage."_s);
    message->setFont(fonts::denseCode());
    quoted->body()->addWidget(message);
    texts->addWidget(quoted);
    texts->addWidget(new Separator(Qt::Horizontal));
    texts->addWidget(headingLabel(u"What prevents it"_s));
    auto *choice = new Card;
    choice->setEdge(Card::Edge::Selected);
    auto *radio = new QRadioButton(u"A volume for each pod, 100 GiB"_s);
    radio->setChecked(true);
    choice->body()->addWidget(radio);
    choice->body()->addWidget(helpLabel(
        u"Takes pool data off the node's disk. A full volume then fails a run, not the pod. Costs 5 volumes."_s));
    texts->addWidget(choice);
    auto *other = new Card;
    other->body()->addWidget(new QRadioButton(u"Limit emptyDir to 60 GiB, request 60 GiB"_s));
    texts->addWidget(other);
    texts->addStretch(1);
    host->panel()->setBody(body);
    host->panel()->addFootWidget(button(u"Apply to draft"_s, ButtonKind::Primary));
    host->panel()->addFootWidget(button(u"Show in values"_s, ButtonKind::Secondary));
    host->open();
    return host;
}

QWidget *codePage()
{
    auto *splitter = new GripSplitter(Qt::Horizontal);
    auto *values = new CodeView;
    values->setContents(valuesText());
    values->setEditedLines({3, 25, 26});
    values->setProblems({{6, 31, 33, Severity::Warning, u"shorter than the run timeout, 70m"_s, {}},
        {26, 13, 17, Severity::Error, u"must be a string: write \"true\""_s, u"Alt Enter"_s}});
    values->setWash(25, 26);
    auto *unified = new DiffView;
    unified->setContext(2);
    unified->setLines(diffLines());
    auto *left = new DiffView(DiffView::Side::Old);
    auto *right = new DiffView(DiffView::Side::New);
    for (DiffView *side : {left, right}) {
        side->setContext(2);
        side->setLines(diffLines());
    }
    left->scrollWith(right);
    for (QWidget *view : {static_cast<QWidget *>(values), static_cast<QWidget *>(unified), static_cast<QWidget *>(left),
             static_cast<QWidget *>(right)})
        splitter->addWidget(view);
    splitter->setSizes({420, 500, 260, 260});
    return splitter;
}

} // namespace gallery
