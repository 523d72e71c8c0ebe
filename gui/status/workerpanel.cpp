// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/workerpanel.h"

#include "status/statusmap.h"
#include "texts/texts.h"
#include "widgets/card.h"
#include "widgets/elidedlabel.h"
#include "widgets/glyphlabel.h"
#include "widgets/measures.h"
#include "widgets/sidepanel.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace pk::gui {

namespace {

constexpr int NameWidth = 92;

template <class T> std::optional<T> copied(const T *known)
{
    return known ? std::optional(*known) : std::nullopt;
}

QLabel *valueLabel(const QString &text)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setFont(fonts::small());
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

/// A glyph with words beside it.
QHBoxLayout *noteRow(Glyph glyph, const QString &word, QLabel *words)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(measure::iconGap);
    row->addWidget(new GlyphLabel(glyph, word, 14), 0, Qt::AlignTop);
    row->addWidget(words, 1);
    return row;
}

void addFact(QGridLayout *grid, const QString &name, QLabel *value)
{
    const int row = grid->rowCount();
    auto *label = helpLabel(name);
    label->setWordWrap(false);
    label->setMinimumWidth(NameWidth);
    grid->addWidget(label, row, 0, Qt::AlignTop);
    grid->addWidget(value, row, 1, Qt::AlignTop);
}

/// What follows the last slash's colon of "registry/name:tag"; the whole name where there is no tag.
QString tagOf(const QString &image)
{
    const qsizetype colon = image.lastIndexOf(u':');
    return colon > image.lastIndexOf(u'/') ? image.mid(colon + 1) : image;
}

const pool::ContainerFacts *containerOf(const std::optional<pool::PodFacts> &pod, std::string_view name)
{
    if (!pod)
        return nullptr;
    const auto found = std::find_if(pod->containers.begin(), pod->containers.end(),
        [name](const pool::ContainerFacts &container) { return container.name == name; });
    return found == pod->containers.end() ? nullptr : &*found;
}

} // namespace

WorkerPanel::WorkerPanel(SidePanel &panel, QObject *parent) : QObject(parent), m_panel(panel)
{
    auto *body = new QWidget;
    m_column = new QVBoxLayout(body);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(12);
    panel.setBody(body);
    m_evictions = new QPushButton(tr("Show evictions"));
    m_evictions->setObjectName(QStringLiteral("showWorkerEvictions"));
    panel.addFootWidget(m_evictions);
    connect(m_evictions, &QPushButton::clicked, this, [this] {
        if (m_shown)
            Q_EMIT evictionsRequested(QString::fromStdString(m_shown->worker.pod));
    });
}

void WorkerPanel::setWorker(const WorkerDetails &details)
{
    m_now = details.now;
    Shown shown{*details.worker, copied(details.claim), copied(details.pod), copied(details.node), details.storage,
        details.events, details.stale};
    if (m_shown == shown) {
        for (const auto &[label, words] : m_ticking)
            label->setText(words(m_now));
        return;
    }
    m_shown = std::move(shown);
    m_ticking.clear();
    while (QLayoutItem *item = m_column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    addHead(*m_shown);
    addPod(*m_shown);
    m_column->addWidget(new Separator(Qt::Horizontal));
    m_column->addWidget(strongLabel(tr("Containers")));
    const pool::PodReading &reading = m_shown->worker.reading;
    addContainer(QStringLiteral("launcher"), reading.launcher, containerOf(m_shown->pod, "launcher"));
    addContainer(QStringLiteral("dind"), reading.dind, containerOf(m_shown->pod, "dind"));
    m_column->addWidget(new Separator(Qt::Horizontal));
    addStorage(*m_shown);
    m_column->addWidget(new Separator(Qt::Horizontal));
    addEvents(*m_shown);
    m_column->addStretch();
    m_evictions->parentWidget()->setVisible(m_shown->worker.lastEviction.has_value());
}

void WorkerPanel::follow(QLabel *label, Words words)
{
    label->setText(words(m_now));
    m_ticking.emplace_back(label, std::move(words));
}

void WorkerPanel::addHead(const Shown &shown)
{
    const pool::PodReading &reading = shown.worker.reading;
    const WorkerState state = shown.stale ? WorkerState::Unknown : gui::shown(reading.state);
    m_panel.setHead(glyph(state), stateWord(state), workerName(shown.worker));
    const bool calm = reading.state == pool::WorkerState::Ready && !shown.stale;
    if (calm)
        return;
    const QString word = workerWord(shown.worker);
    auto *sentence = new QLabel(shown.stale ? tr("Not known now. Last seen: %1").arg(word) : word);
    sentence->setTextFormat(Qt::PlainText);
    sentence->setWordWrap(true);
    m_column->addWidget(sentence);
    if (!reading.why.quote.empty())
        m_column->addWidget(helpLabel(tr("The cluster says: “%1”").arg(texts::clean(reading.why.quote))));
    if (!shown.worker.replacement)
        return;
    const pool::News &replacement = *shown.worker.replacement;
    const QString does = texts::sentence(replacement);
    m_column->addWidget(helpLabel(replacement.quote.empty()
            ? tr("Its new pod: %1.").arg(does)
            : tr("Its new pod: %1 (“%2”).").arg(does, texts::clean(replacement.quote))));
}

QGridLayout *WorkerPanel::addFacts()
{
    auto *group = new QWidget;
    auto *grid = new QGridLayout(group);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(measure::labelGap);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    m_column->addWidget(group);
    return grid;
}

void WorkerPanel::addPod(const Shown &shown)
{
    const pool::Worker &worker = shown.worker;
    QGridLayout *grid = addFacts();
    addFact(grid, tr("Pod"), valueLabel(texts::clean(worker.pod, 260)));
    const QString node = texts::clean(worker.node, 260);
    const QString state = shown.node ? stateWord(gui::shown(shown.node->state)).toLower() : QString();
    addFact(grid, tr("Node"),
        valueLabel(node.isEmpty() ? tr("None yet")
                : state.isEmpty() ? node
                                  : tr("%1, %2").arg(node, state)));
    auto *created = valueLabel({});
    if (worker.created) {
        follow(created, [when = *worker.created](WallTime now) {
            return tr("%1, %2 ago").arg(texts::momentToSecond(when, now), texts::age(now - when));
        });
        created->setToolTip(texts::fullTime(*worker.created));
    } else {
        created->setText(tr("Unknown"));
    }
    addFact(grid, tr("Created"), created);
    addFact(grid, tr("kubectl says"), valueLabel(QString::fromStdString(worker.reading.kubectlStatus)));
    if (shown.pod) {
        const QString number = QLocale().toString(qlonglong(shown.pod->priority));
        const QString name = texts::clean(shown.pod->priorityClass, 120);
        addFact(grid, tr("Priority"), valueLabel(name.isEmpty() ? number : tr("%1, %2").arg(name, number)));
    }
    auto *eviction = valueLabel(tr("None seen"));
    if (worker.lastEviction) {
        follow(eviction, [when = *worker.lastEviction](WallTime now) { return texts::moment(when, now); });
        eviction->setToolTip(texts::fullTime(*worker.lastEviction));
    }
    addFact(grid, tr("Last eviction"), eviction);
}

void WorkerPanel::addContainer(
    const QString &name, const pool::ContainerReading &container, const pool::ContainerFacts *facts)
{
    auto *group = new QWidget;
    auto *grid = new QGridLayout(group);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(measure::iconGap + 2);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(2, 1);
    const QString word = stateWord(shown(container.state));
    grid->addWidget(new GlyphLabel(glyph(shown(container.state)), word, 14), 0, 0, Qt::AlignVCenter);
    grid->addWidget(strongLabel(name), 0, 1);
    auto *state = helpLabel({});
    const QString restarts = tr("%n restart(s)", nullptr, container.restarts);
    const bool runs = container.state == pool::ContainerState::Running;
    const auto since = facts && runs ? facts->runningSince : std::nullopt;
    if (since)
        follow(state, [word, restarts, when = *since](WallTime now) {
            return tr("%1 for %2, %3").arg(word.toLower(), texts::age(now - when), restarts);
        });
    else
        state->setText(tr("%1, %2").arg(word.toLower(), restarts));
    grid->addWidget(state, 0, 2);
    const QString image = texts::clean(container.image, 300);
    const QString digest = shortDigest(container.digest);
    auto *build = valueLabel(image.isEmpty() ? tr("No image yet")
            : digest.isEmpty()               ? tagOf(image)
                                             : tr("%1, sha256:%2").arg(tagOf(image), digest));
    build->setFont(fonts::denseCode());
    build->setForegroundRole(QPalette::PlaceholderText);
    build->setToolTip((QStringLiteral("<p style='white-space:pre-wrap'>%1\n%2</p>")
                           .arg(image.toHtmlEscaped(), QString::fromStdString(container.digest).toHtmlEscaped())));
    grid->addWidget(build, 1, 1, 1, 2);
    const bool ended = container.state == pool::ContainerState::Failed || container.state == pool::ContainerState::Ended
        || container.state == pool::ContainerState::CrashLooping;
    QStringList why;
    if (!container.reason.empty())
        why.append(texts::clean(container.reason, 120));
    if (ended && container.exitCode != 0)
        why.append(tr("exit code %1").arg(container.exitCode));
    if (!why.isEmpty())
        grid->addWidget(valueLabel(why.join(QStringLiteral(", "))), 2, 1, 1, 2);
    if (!container.message.empty())
        grid->addWidget(helpLabel(texts::clean(container.message)), 3, 1, 1, 2);
    m_column->addWidget(group);
}

void WorkerPanel::addStorage(const Shown &shown)
{
    m_column->addWidget(strongLabel(QStringLiteral("launcher-storage")));
    QGridLayout *grid = addFacts();
    addFact(grid, tr("Kept in"), valueLabel(storageLine(shown.worker)));
    const auto text = [](const std::string &value) {
        return valueLabel(value.empty() ? tr("None") : texts::clean(value, 260));
    };
    if (shown.claim) {
        const pool::Claim &claim = *shown.claim;
        addFact(grid, tr("Claim"), text(claim.name));
        addFact(grid, tr("State"), valueLabel(stateWord(gui::shown(claim.state))));
        if (!claim.why.id.empty())
            addFact(grid, tr("Why"), valueLabel(texts::sentence(claim.why)));
        addFact(grid, tr("Class"), text(claim.storageClass));
        addFact(grid, tr("Size"),
            valueLabel(claim.capacity.empty() || claim.capacity == claim.size
                    ? texts::quantity(claim.size)
                    : tr("%1, asked for %2").arg(texts::quantity(claim.capacity), texts::quantity(claim.size))));
        addFact(grid, tr("Volume"), text(claim.disk));
    }
    const bool asksForNothing = shown.storage.launcherRequest.empty() && shown.storage.dindRequest.empty();
    if (shown.worker.storage == pool::StorageWay::EmptyDir && asksForNothing) {
        auto *row = new QWidget;
        auto *hint = new QLabel(
            tr("No request for ephemeral storage: this pod would be among the first to go if the node fills."));
        hint->setTextFormat(Qt::PlainText);
        hint->setWordWrap(true);
        hint->setFont(fonts::small());
        auto *line = noteRow(glyph(Severity::Hint), stateWord(Severity::Hint), hint);
        line->setContentsMargins(0, 0, 0, 0);
        row->setLayout(line);
        m_column->addWidget(row);
    }
}

void WorkerPanel::addEvents(const Shown &shown)
{
    auto *heading = strongLabel(tr("Latest events"));
    m_column->addWidget(heading);
    auto *rows = new EventRows(EventRows::Style::Wrapped);
    rows->setRows(shown.events, tr("None. Kubernetes keeps events for about an hour."));
    m_column->addWidget(rows);
    m_events = rows;
}

void WorkerPanel::showEvents()
{
    if (m_events)
        m_panel.ensureVisible(m_events);
}

} // namespace pk::gui
