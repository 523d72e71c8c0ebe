// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/progresspage.h"

#include "widgets/band.h"
#include "widgets/card.h"
#include "widgets/cell.h"
#include "widgets/diskbar.h"
#include "widgets/elidedlabel.h"
#include "widgets/glyphlabel.h"
#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"
#include "widgets/strings.h"
#include "widgets/tableview.h"

#include <QAction>
#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <algorithm>

namespace pk::gui {

namespace {

constexpr int MostCards = 12;
constexpr int CardsPerRow = 4;

Glyph glyphOf(ProgressState::Step::State state)
{
    using S = ProgressState::Step::State;
    switch (state) {
    case S::Waiting:
        return glyph(ReleaseState::Superseded);
    case S::Running:
        return glyph(ReleaseState::Upgrading);
    case S::Done:
        return glyph(ReleaseState::Deployed);
    case S::Skipped:
        return glyph(ChangeState::Unchanged);
    case S::Failed:
        break;
    }
    return glyph(ReleaseState::Failed);
}

QString stepWord(ProgressState::Step::State state)
{
    using S = ProgressState::Step::State;
    switch (state) {
    case S::Waiting:
        return ProgressPage::tr("to come");
    case S::Running:
        return ProgressPage::tr("running");
    case S::Done:
        return ProgressPage::tr("done");
    case S::Skipped:
        return ProgressPage::tr("left out");
    case S::Failed:
        break;
    }
    return ProgressPage::tr("failed");
}

QString stepSentence(const ProgressState::Step &step)
{
    return withoutEmpty({step.name, stepWord(step.state), step.detail, step.took}).join(QStringLiteral(", "));
}

QString wordsOf(const ProgressState::Worker &worker)
{
    return withoutEmpty({worker.name, worker.word, worker.revision}).join(QStringLiteral(", "));
}

} // namespace

/// One worker: state, name, word, two squares.
class ProgressPage::WorkerCard : public QWidget
{
public:
    using QWidget::QWidget;

    void setWorker(const ProgressState::Worker &worker)
    {
        if (worker == m_worker)
            return;
        m_worker = worker;
        setAccessibleName(wordsOf(worker));
        setToolTip(Qt::convertFromPlainText(accessibleName(), Qt::WhiteSpaceNormal)); // A reason may be cut.
        update();
    }
    QSize sizeHint() const override { return {260, measure::height(54, fontMetrics())}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Theme &colors = theme();
        const bool bad = m_worker.state.tone == Tone::Bad;
        const Tone tone = bad ? Tone::Bad : Tone::Info;
        const bool tinted = bad || m_worker.current;
        painter.setPen(tinted ? colors.bandEdge(tone) : colors.border);
        painter.setBrush(tinted ? colors.bandPaper(tone) : colors.surface);
        painter.drawRoundedRect(
            QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), measure::cardRadius, measure::cardRadius);
        paintGlyph(&painter, QRectF(14, (height() - 18) / 2.0, 18, 18), m_worker.state);
        const int line = fontMetrics().height();
        const bool tells = !m_worker.revision.isEmpty();
        const double squares = tells ? height() / 2.0 - line / 2.0 - 8 : (height() - 16) / 2.0;
        paintGlyph(&painter, QRectF(width() - 52, squares, 16, 16), m_worker.launcher);
        paintGlyph(&painter, QRectF(width() - 30, squares, 16, 16), m_worker.dind);
        const int right = tells ? QFontMetrics(fonts::small()).horizontalAdvance(m_worker.revision) : 0;
        const QRectF text(44, height() / 2.0 - line, width() - 44 - 60, line);
        painter.setFont(fonts::small());
        painter.setPen(m_worker.updated ? colors.good : colors.muted);
        painter.drawText(QRectF(width() - 14 - right, height() / 2.0, right, line), Qt::AlignVCenter | Qt::AlignRight,
            m_worker.revision);
        painter.setFont(fonts::strong());
        painter.setPen(colors.text);
        painter.drawText(text, Qt::AlignVCenter,
            QFontMetricsF(painter.font()).elidedText(m_worker.name, Qt::ElideMiddle, text.width()));
        painter.setFont(fonts::small());
        painter.setPen(colors.muted);
        const QRectF below(text.left(), text.bottom(), width() - 44 - std::max(right + 24, 60), line);
        painter.drawText(below, Qt::AlignVCenter,
            QFontMetricsF(painter.font()).elidedText(m_worker.word, Qt::ElideRight, below.width()));
    }

private:
    ProgressState::Worker m_worker;
};

ProgressPage::ProgressPage(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("progressPage"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *headArea = new QWidget;
    headArea->setBackgroundRole(QPalette::Base);
    headArea->setAutoFillBackground(true);
    auto *head = new QHBoxLayout(headArea);
    head->setContentsMargins(measure::pageMargin, 12, measure::pageMargin, 12);
    head->setSpacing(10);
    m_glyph = new GlyphLabel(20);
    head->addWidget(m_glyph);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    m_title = titleLabel({});
    m_title->setObjectName(QStringLiteral("progressTitle"));
    m_subtitle = helpLabel({});
    words->addWidget(m_title);
    words->addWidget(m_subtitle);
    head->addLayout(words, 1);
    m_stop = new QPushButton(tr("Stop after this step"));
    m_stop->setObjectName(QStringLiteral("stopOperation"));
    m_leave = new QPushButton(tr("Leave page"));
    m_leave->setObjectName(QStringLiteral("leaveProgress"));
    head->addWidget(m_stop);
    head->addWidget(m_leave);
    column->addWidget(headArea);
    column->addWidget(new Separator(Qt::Horizontal));

    auto *page = new QVBoxLayout;
    page->setContentsMargins(measure::pageMargin, 18, measure::pageMargin, 12);
    page->setSpacing(measure::cardGap);
    m_band = new Band;
    m_band->setObjectName(QStringLiteral("outcomeBand"));
    makeActions();
    page->addWidget(m_band);
    m_workers = new Card(tr("Workers"));
    m_workerGrid = new QGridLayout;
    m_workerGrid->setSpacing(12);
    m_workers->body()->addLayout(m_workerGrid);
    m_map = new WorkerMap;
    m_map->setObjectName(QStringLiteral("progressMap"));
    m_map->setAccessibleName(tr("Map of workers"));
    m_workers->body()->addWidget(m_map);
    page->addWidget(m_workers);

    auto *lower = new QHBoxLayout;
    lower->setSpacing(measure::cardGap);
    m_steps = new Card(tr("Steps"));
    m_steps->setBodyFlush();
    auto *copy = new QPushButton(tr("Copy log"));
    copy->setObjectName(QStringLiteral("copyLog"));
    setButtonKind(copy, ButtonKind::Flat);
    icons::bind(copy, QStringLiteral("copy"));
    m_steps->addHeadWidget(copy);
    m_bar = new ProgressLine;
    m_steps->body()->addWidget(m_bar);
    m_stepRows = new QStandardItemModel(0, 3, this);
    m_stepRows->setHorizontalHeaderLabels({tr("Step"), tr("What"), tr("Took")});
    m_stepRows->horizontalHeaderItem(2)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_stepTable = new TableView;
    m_stepTable->setObjectName(QStringLiteral("stepTable"));
    m_stepTable->setAccessibleName(tr("Steps"));
    m_stepTable->setRows(CellDelegate::Rows::OneLine);
    m_stepTable->setModel(m_stepRows);
    m_stepTable->setColumns({280, 170, 80}, 0);
    m_steps->body()->addWidget(m_stepTable, 1);
    lower->addWidget(m_steps, 3);
    m_saidCard = new Card(tr("Said by the cluster"));
    m_said = new EventRows(EventRows::Style::Wrapped);
    auto *saidBody = new QWidget;
    auto *saidColumn = new QVBoxLayout(saidBody);
    saidColumn->setContentsMargins(0, 0, 8, 0);
    saidColumn->addWidget(m_said);
    saidColumn->addStretch(1);
    auto *saidScroll = new QScrollArea;
    saidScroll->setObjectName(QStringLiteral("saidByTheCluster"));
    saidScroll->setAccessibleName(tr("Said by the cluster"));
    saidScroll->setWidget(saidBody);
    saidScroll->setWidgetResizable(true);
    saidScroll->setFrameShape(QFrame::NoFrame);
    saidScroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    saidScroll->viewport()->setAutoFillBackground(false);
    saidBody->setAutoFillBackground(false);
    m_saidCard->body()->addWidget(saidScroll, 1);
    lower->addWidget(m_saidCard, 2);
    page->addLayout(lower, 1);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(measure::iconGap);
    m_footGlyph = new GlyphLabel(glyph(Severity::Hint), stateWord(Severity::Hint), 16);
    foot->addWidget(m_footGlyph);
    m_footText = helpLabel({});
    foot->addWidget(m_footText, 1);
    page->addLayout(foot);
    column->addLayout(page, 1);

    connect(m_leave, &QPushButton::clicked, this, &ProgressPage::leaveRequested);
    connect(m_stop, &QPushButton::clicked, this, &ProgressPage::stopRequested);
    connect(copy, &QPushButton::clicked, this, &ProgressPage::copyLog);
}

void ProgressPage::makeActions()
{
    const auto make = [this](const QString &text, const char *name, auto &&work) {
        auto *action = new QAction(text, this);
        action->setObjectName(QLatin1String(name));
        connect(action, &QAction::triggered, this, work);
        return action;
    };
    m_showPool = make(tr("Show pool"), "showPool", &ProgressPage::showPoolRequested);
    m_resume = make(tr("Resume"), "resumeOperation", &ProgressPage::resumeRequested);
    m_rollBack = make({}, "rollBack", [this] { Q_EMIT rollBackRequested(m_returnTo); });
    m_leaveAsItIs = make(tr("Leave as it is"), "leaveAsItIs", &ProgressPage::leaveAsItIsRequested);
}

void ProgressPage::setState(const ProgressState &state)
{
    m_title->setText(state.title);
    m_subtitle->setText(state.subtitle);
    m_glyph->setGlyph(glyph(state.release), stateWord(state.release));
    m_stop->setVisible(state.outcome == ProgressState::Outcome::Running && state.canStop);
    showBand(state);
    m_footGlyph->setVisible(!m_footText->text().isEmpty());
    showWorkers(state);
    showSteps(state);
    m_said->setRows(state.said, tr("Nothing yet."));
}

void ProgressPage::showBand(const ProgressState &state)
{
    using Outcome = ProgressState::Outcome;
    const bool running = state.outcome == Outcome::Running;
    m_band->setVisible(!running);
    if (running) {
        m_footText->setText(
            tr("You can leave this page; the operation goes on and stays in the side bar. If Poolkeeper "
               "is closed, the next start asks how to go on."));
        return;
    }
    if (state.outcome == Outcome::Succeeded) {
        m_band->setNews(Tone::Good, glyph(state.release), state.sentence, state.reason);
        m_band->setActions(state.gone ? QList<QAction *>() : QList<QAction *>{m_showPool}, m_showPool);
        m_footText->setText(state.gone ? QString() : tr("helm knows this release as it is now."));
        return;
    }
    const bool failed = state.outcome == Outcome::Failed;
    m_band->setNews(failed ? Tone::Bad : Tone::Warning, glyph(state.release), state.sentence, state.reason);
    m_returnTo = state.returnTo;
    m_rollBack->setText(tr("Roll back to %1…").arg(state.returnTo));
    const bool left = state.outcome == Outcome::Left;
    m_resume->setText(left && state.resumable > 0 ? tr("Complete revision %1").arg(state.resumable) : tr("Resume"));
    QList<QAction *> ways = {m_leaveAsItIs};
    if (state.returnTo > 0)
        ways.append(m_rollBack);
    if (state.resumable != 0)
        ways.append(m_resume);
    m_band->setActions(ways, m_resume, m_rollBack);
    if (state.resumable < 0)
        m_footText->setText(tr("Resume deletes what is still there. helm can go on from here as well."));
    else if (left)
        m_footText->setText(tr("Completing applies the same revision again and waits. A rollback is reviewed first and "
                               "makes a new revision. helm can go on from here as well."));
    else
        m_footText->setText(
            tr("Resume applies the same revision again and waits. A rollback is reviewed first and makes "
               "a new revision. helm can go on from here as well."));
}

void ProgressPage::copyLog()
{
    QStringList lines = {m_title->text(), m_subtitle->text(), {}};
    for (int row = 0; row < m_stepRows->rowCount(); ++row)
        lines.append(m_stepRows->item(row, 0)->data(Qt::AccessibleTextRole).toString());
    lines.append(QString());
    lines.append(m_said->texts());
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void ProgressPage::showWorkers(const ProgressState &state)
{
    m_workers->setVisible(!state.workers.isEmpty());
    m_workers->setNote(state.workersNote);
    const bool many = state.workers.size() > MostCards;
    const int cards = many ? 0 : int(state.workers.size());
    while (m_workerCards.size() > cards)
        delete m_workerCards.takeLast();
    for (int i = 0; i < cards; ++i) {
        if (i == m_workerCards.size()) {
            m_workerCards.append(new WorkerCard);
            m_workerGrid->addWidget(m_workerCards[i], i / CardsPerRow, i % CardsPerRow);
        }
        m_workerCards[i]->setWorker(state.workers[i]);
    }
    m_map->setVisible(many);
    if (!many)
        return;
    QVector<WorkerMap::Worker> squares;
    squares.reserve(state.workers.size());
    for (const ProgressState::Worker &worker : state.workers) {
        squares.append(worker.square);
        squares.last().sentence = wordsOf(worker);
    }
    m_map->setWorkers(squares);
}

void ProgressPage::showSteps(const ProgressState &state)
{
    using S = ProgressState::Step::State;
    int done = 0;
    int current = -1;
    m_stepRows->setRowCount(int(state.steps.size()));
    for (int row = 0; row < state.steps.size(); ++row) {
        const ProgressState::Step &step = state.steps[row];
        done += step.state == S::Done || step.state == S::Skipped;
        if (step.state == S::Running || step.state == S::Failed)
            current = row;
        Cell name = Cell::withGlyph(glyphOf(step.state), step.name);
        name.elideMiddle = true; // the kind before a name, and the end of it
        name.strong = step.state == S::Running || step.state == S::Failed;
        if (step.state == S::Waiting)
            name.tone = Tone::Muted;
        const Cell cells[] = {name, Cell::plain(step.detail, step.state == S::Failed ? Tone::Bad : Tone::Neutral),
            Cell::number(step.took, Tone::Muted)};
        for (int cell = 0; cell < 3; ++cell) {
            QStandardItem *item = m_stepRows->item(row, cell);
            if (!item) {
                item = new QStandardItem;
                item->setEditable(false);
                m_stepRows->setItem(row, cell, item);
            }
            const Cell old = item->data(CellRole).value<Cell>();
            if (old.text == cells[cell].text && old.leading == cells[cell].leading && old.tone == cells[cell].tone
                && old.strong == cells[cell].strong && !item->data(CellRole).isNull())
                continue;
            item->setData(QVariant::fromValue(cells[cell]), CellRole);
            item->setText(cells[cell].plainText());
            item->setData(stepSentence(step), Qt::AccessibleTextRole);
        }
    }
    // Who walks through the steps is not pulled away.
    if (current >= 0 && !m_stepTable->hasFocus())
        m_stepTable->setCurrentIndex(m_stepRows->index(current, 0));
    const int all = int(state.steps.size());
    m_steps->setNote(tr("%1 of %2 done").arg(done).arg(all));
    const bool failed = state.outcome == ProgressState::Outcome::Failed;
    const bool left = state.outcome == ProgressState::Outcome::Left || state.outcome == ProgressState::Outcome::Stopped;
    m_bar->setProgress(all ? double(done) / all : 0,
        failed                                                   ? Tone::Bad
            : left                                               ? Tone::Warning
            : state.outcome == ProgressState::Outcome::Succeeded ? Tone::Good
                                                                 : Tone::Info);
}

void ProgressPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT leaveRequested();
    else
        QWidget::keyPressEvent(event);
}

} // namespace pk::gui
