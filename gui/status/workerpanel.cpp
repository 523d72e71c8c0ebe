// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/workerpanel.h"

#include "status/statusmap.h"
#include "texts/texts.h"
#include "widgets/elidedlabel.h"
#include "widgets/glyphlabel.h"
#include "widgets/measures.h"
#include "widgets/sidepanel.h"

namespace pk::gui {

WorkerPanel::WorkerPanel(SidePanel &panel, QObject *parent) : QObject(parent), m_panel(panel)
{
    auto *body = new QWidget;
    m_column = new QVBoxLayout(body);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(16);
    panel.setBody(body);
}

void WorkerPanel::setWorker(const pool::Worker &worker, const pool::Claim *claim, WallTime now)
{
    const QString age = worker.created ? texts::age(now - *worker.created) : tr("Unknown");
    const std::optional<pool::Claim> wanted = claim ? std::optional(*claim) : std::nullopt;
    if (m_shown == worker && m_claim == wanted && m_age == age)
        return;
    m_shown = worker;
    m_age = age;
    m_claim = wanted;
    while (QLayoutItem *item = m_column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_panel.setHead(glyph(shown(worker.reading.state)), stateWord(shown(worker.reading.state)), workerName(worker));
    auto *sentence = new QLabel(workerWord(worker));
    sentence->setTextFormat(Qt::PlainText);
    sentence->setWordWrap(true);
    m_column->addWidget(sentence);
    if (!worker.reading.why.quote.empty())
        m_column->addWidget(helpLabel(texts::clean(worker.reading.why.quote)));
    const auto text = [](const std::string &value) {
        return value.empty() ? tr("None") : QString::fromStdString(value);
    };
    addFacts(tr("Pod"),
        {{tr("Name"), text(worker.pod)}, {tr("Node"), worker.node.empty() ? tr("No node yet") : text(worker.node)},
            {tr("Age"), age}, {tr("kubectl says"), text(worker.reading.kubectlStatus)},
            {tr("Restarts"), QLocale().toString(worker.reading.restarts)},
            {tr("Last eviction"), worker.lastEviction ? texts::moment(*worker.lastEviction, now) : tr("None")}});
    addContainer(QStringLiteral("launcher"), worker.reading.launcher);
    addContainer(QStringLiteral("dind"), worker.reading.dind);
    QVector<std::pair<QString, QString>> storage{{tr("Kept in"), storageLine(worker)}};
    if (claim) {
        storage.append({tr("Claim"), text(claim->name)});
        storage.append({tr("State"), stateWord(shown(claim->state))});
        storage.append({tr("Class"), text(claim->storageClass)});
        storage.append({tr("Size"), text(claim->size)});
        storage.append({tr("Volume"), text(claim->disk)});
        if (!claim->why.id.empty())
            storage.append({tr("Why"), texts::sentence(claim->why)});
    }
    addFacts(tr("Storage"), storage);
    m_column->addStretch();
}

void WorkerPanel::addContainer(const QString &name, const pool::ContainerReading &container)
{
    QVector<std::pair<QString, QString>> facts{{tr("State"), stateWord(shown(container.state))}};
    if (!container.reason.empty())
        facts.append({tr("Reason"), QString::fromStdString(container.reason)});
    if (!container.message.empty())
        facts.append({tr("Message"), texts::clean(container.message)});
    if (container.state == pool::ContainerState::Failed || container.state == pool::ContainerState::Ended
        || container.state == pool::ContainerState::CrashLooping)
        facts.append({tr("Exit code"), QString::number(container.exitCode)});
    facts.append({tr("Restarts"), QLocale().toString(container.restarts)});
    facts.append({tr("Image"), container.image.empty() ? tr("None yet") : texts::clean(container.image, 300)});
    if (!container.digest.empty())
        facts.append({tr("Digest"), QString::fromStdString(container.digest)});
    addFacts(name, facts);
}

void WorkerPanel::addFacts(const QString &heading, const QVector<std::pair<QString, QString>> &facts)
{
    auto *group = new QWidget;
    auto *grid = new QGridLayout(group);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(measure::labelGap);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    grid->addWidget(strongLabel(heading), 0, 0, 1, 2);
    for (int row = 0; row < facts.size(); ++row) {
        auto *label = helpLabel(facts[row].first);
        label->setMinimumWidth(96);
        auto *value = new QLabel(facts[row].second);
        value->setTextFormat(Qt::PlainText);
        value->setWordWrap(true);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        grid->addWidget(label, row + 1, 0, Qt::AlignTop);
        grid->addWidget(value, row + 1, 1, Qt::AlignTop);
    }
    m_column->addWidget(group);
}

} // namespace pk::gui
