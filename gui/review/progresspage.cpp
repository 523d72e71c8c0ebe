// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/progresspage.h"

#include "widgets/band.h"
#include "widgets/card.h"
#include "widgets/cell.h"
#include "widgets/diskbar.h"
#include "widgets/elidedlabel.h"
#include "widgets/glyphlabel.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"
#include "widgets/tableview.h"

#include <QStandardItemModel>

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
    return QStringList{step.name, stepWord(step.state), step.detail, step.took}
        .filter(QRegularExpression(QStringLiteral("\\S")))
        .join(QStringLiteral(", "));
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
        setAccessibleName(worker.name + QStringLiteral(", ") + worker.word);
        update();
    }
    QSize sizeHint() const override { return {260, measure::height(54, fontMetrics())}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Theme &colors = theme();
        painter.setPen(m_worker.current ? colors.info : colors.border);
        painter.setBrush(m_worker.current ? colors.bandPaper(Tone::Info) : colors.surface);
        painter.drawRoundedRect(
            QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), measure::cardRadius, measure::cardRadius);
        paintGlyph(&painter, QRectF(14, (height() - 18) / 2.0, 18, 18), m_worker.state);
        paintGlyph(&painter, QRectF(width() - 52, (height() - 16) / 2.0, 16, 16), m_worker.launcher);
        paintGlyph(&painter, QRectF(width() - 30, (height() - 16) / 2.0, 16, 16), m_worker.dind);
        const int line = fontMetrics().height();
        const QRectF text(44, height() / 2.0 - line, width() - 44 - 60, line);
        painter.setFont(fonts::strong());
        painter.setPen(colors.text);
        painter.drawText(text, Qt::AlignVCenter,
            QFontMetricsF(painter.font()).elidedText(m_worker.name, Qt::ElideMiddle, text.width()));
        painter.setFont(fonts::small());
        painter.setPen(colors.muted);
        painter.drawText(text.translated(0, line), Qt::AlignVCenter,
            QFontMetricsF(painter.font()).elidedText(m_worker.word, Qt::ElideRight, text.width()));
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
    m_showPool = new QAction(tr("Show pool"), this);
    m_showPool->setObjectName(QStringLiteral("showPool"));
    page->addWidget(m_band);
    m_workers = new Card(tr("Workers"));
    m_workerGrid = new QGridLayout;
    m_workerGrid->setSpacing(12);
    m_workers->body()->addLayout(m_workerGrid);
    m_manyWorkers = helpLabel({});
    m_workers->body()->addWidget(m_manyWorkers);
    page->addWidget(m_workers);

    auto *lower = new QHBoxLayout;
    lower->setSpacing(measure::cardGap);
    m_steps = new Card(tr("Steps"));
    m_steps->setBodyFlush();
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
    m_stepTable->setColumns({280, 160, 90}, 1);
    m_steps->body()->addWidget(m_stepTable, 1);
    lower->addWidget(m_steps, 3);
    m_saidCard = new Card(tr("Said by the cluster"));
    m_said = new QLabel;
    m_said->setTextFormat(Qt::PlainText);
    m_said->setWordWrap(true);
    m_said->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_said->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_said->setFont(fonts::small());
    m_said->setContentsMargins(0, 0, 8, 0);
    auto *saidScroll = new QScrollArea;
    saidScroll->setObjectName(QStringLiteral("saidByTheCluster"));
    saidScroll->setAccessibleName(tr("Said by the cluster"));
    saidScroll->setWidget(m_said);
    saidScroll->setWidgetResizable(true);
    saidScroll->setFrameShape(QFrame::NoFrame);
    saidScroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    saidScroll->viewport()->setAutoFillBackground(false);
    m_said->setAutoFillBackground(false);
    m_saidCard->body()->addWidget(saidScroll, 1);
    lower->addWidget(m_saidCard, 2);
    page->addLayout(lower, 1);
    m_foot = new QWidget;
    auto *foot = new QHBoxLayout(m_foot);
    foot->setContentsMargins(0, 0, 0, 0);
    foot->setSpacing(measure::iconGap);
    foot->addWidget(new GlyphLabel(glyph(Severity::Hint), stateWord(Severity::Hint), 16));
    foot->addWidget(helpLabel(tr("You can leave this page; the operation goes on and stays in the side bar.")), 1);
    page->addWidget(m_foot);
    column->addLayout(page, 1);

    connect(m_leave, &QPushButton::clicked, this, &ProgressPage::leaveRequested);
    connect(m_stop, &QPushButton::clicked, this, &ProgressPage::stopRequested);
    connect(m_showPool, &QAction::triggered, this, &ProgressPage::showPoolRequested);
}

void ProgressPage::setState(const ProgressState &state)
{
    using Outcome = ProgressState::Outcome;
    m_title->setText(state.title);
    m_subtitle->setText(state.subtitle);
    m_glyph->setGlyph(glyph(state.release), stateWord(state.release));
    const bool running = state.outcome == Outcome::Running;
    m_stop->setVisible(running && state.canStop);
    m_band->setVisible(!running);
    m_foot->setVisible(running);
    if (!running) {
        const bool good = state.outcome == Outcome::Succeeded;
        m_band->setNews(good                        ? Tone::Good
                : state.outcome == Outcome::Stopped ? Tone::Warning
                                                    : Tone::Bad,
            glyph(good ? ReleaseState::Deployed : ReleaseState::Failed), state.sentence, state.reason);
        m_band->setActions({m_showPool}, good ? m_showPool : nullptr);
    }
    showWorkers(state);
    showSteps(state);
    m_said->setText(state.said.isEmpty() ? tr("Nothing yet.") : state.said.join(u'\n'));
}

void ProgressPage::showWorkers(const ProgressState &state)
{
    m_workers->setVisible(!state.workers.isEmpty());
    m_workers->setNote(state.workersNote);
    const int cards = int(std::min<qsizetype>(state.workers.size(), MostCards));
    while (m_workerCards.size() > cards)
        delete m_workerCards.takeLast();
    for (int i = 0; i < cards; ++i) {
        if (i == m_workerCards.size()) {
            m_workerCards.append(new WorkerCard);
            m_workerGrid->addWidget(m_workerCards[i], i / CardsPerRow, i % CardsPerRow);
        }
        m_workerCards[i]->setWorker(state.workers[i]);
    }
    const int hidden = int(state.workers.size()) - cards;
    m_manyWorkers->setVisible(hidden > 0);
    m_manyWorkers->setText(tr("%n more", nullptr, hidden));
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
        name.strong = step.state == S::Running;
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
    m_bar->setProgress(all ? double(done) / all : 0,
        failed                                                   ? Tone::Bad
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
