// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/chartpicker.h"

#include "app/chartcomparison.h"
#include "app/dialogframe.h"
#include "repo/ocireference.h"
#include "texts/texts.h"
#include "widgets/card.h"
#include "widgets/cell.h"
#include "widgets/cellitem.h"
#include "widgets/elidedlabel.h"
#include "widgets/poolstyle.h"
#include "widgets/strings.h"
#include "widgets/tableview.h"

#include <QComboBox>
#include <QLineEdit>
#include <QStandardItemModel>

#include <algorithm>

namespace pk::gui {

namespace {

enum Slot { BeforeSlot, AfterSlot, UseSlot, CheckSlot };

QString words(const LibraryVersion &version)
{
    return version.appVersion.isEmpty() ? version.version
                                        : ChartPicker::tr("%1 (app %2)").arg(version.version, version.appVersion);
}

} // namespace

ChartPicker::ChartPicker(ChartLibrary &library, const std::string &values, const chart::ReleaseInfo &release,
    const release::ClusterFactsPtr &cluster, QWidget *parent) :
    QDialog(parent),
    m_library(library)
{
    setWindowTitle(tr("Charts of repositories"));
    auto *column = dialogColumn(*this, QStringLiteral("chartPicker"), tr("Charts of repositories"));
    column->addWidget(makeTop());
    column->addWidget(makeNewRepository());
    m_rows = new QStandardItemModel(0, 3, this);
    m_rows->setHorizontalHeaderLabels({tr("Chart"), tr("Newest"), tr("Versions")});
    m_table = new TableView;
    m_table->setObjectName(QStringLiteral("chartTable"));
    m_table->setAccessibleName(tr("Charts"));
    m_table->setModel(m_rows);
    m_table->setColumns({420, 160, 100}, 0);
    m_table->setMinimumSize(760, 150);
    auto *card = new Card;
    card->setBodyFlush();
    card->body()->addWidget(m_table);
    column->addWidget(card, 2);
    m_note = helpLabel({});
    m_note->setObjectName(QStringLiteral("chartNote"));
    column->addWidget(m_note);
    column->addWidget(makeVersions());
    column->addWidget(makeOrigin());
    m_comparison = new ChartComparison;
    m_comparison->setValues(values, release, cluster);
    column->addWidget(m_comparison, 3);
    column->addWidget(makeButtons());
    connect(m_table, &TableView::currentRowChanged, this, &ChartPicker::showChart);
    connect(&m_library, &ChartLibrary::loaded, this, &ChartPicker::closeNewRepository);
    connect(&m_library, &ChartLibrary::loaded, this, &ChartPicker::fill);
    connect(&m_library, &ChartLibrary::busyChanged, this, &ChartPicker::updateState);
    connect(&m_library, &ChartLibrary::told, this, &ChartPicker::tell);
    tell({});
    fill();
    m_library.load();
    m_search->setFocus();
}

QWidget *ChartPicker::makeTop()
{
    auto *top = new QWidget;
    auto *row = new QHBoxLayout(top);
    row->setContentsMargins(0, 0, 0, 0);
    m_search = new QLineEdit;
    m_search->setObjectName(QStringLiteral("chartSearch"));
    m_search->setAccessibleName(tr("Search charts"));
    m_search->setPlaceholderText(tr("Search charts, or oci://registry/chart"));
    m_search->setClearButtonEnabled(true);
    m_askRegistry = new QPushButton(tr("Ask the registry"));
    m_askRegistry->setObjectName(QStringLiteral("askRegistry"));
    m_askRegistry->setAutoDefault(false);
    m_new = new QPushButton(tr("Add a repository…"));
    m_new->setObjectName(QStringLiteral("newRepository"));
    m_new->setCheckable(true);
    m_new->setAutoDefault(false);
    m_update = new QPushButton(tr("Look for new versions"));
    m_update->setObjectName(QStringLiteral("updateCharts"));
    m_stop = new QPushButton(tr("Stop"));
    m_stop->setObjectName(QStringLiteral("stopCharts"));
    row->addWidget(m_search, 1);
    row->addWidget(m_askRegistry);
    row->addWidget(m_new);
    row->addWidget(m_update);
    row->addWidget(m_stop);
    connect(m_search, &QLineEdit::textChanged, this, &ChartPicker::fill);
    connect(m_askRegistry, &QPushButton::clicked, this, [this] { m_library.lookUp(m_search->text().trimmed()); });
    connect(m_new, &QPushButton::toggled, this, [this](bool wanted) {
        m_newRepository->setVisible(wanted);
        (wanted ? m_newName : m_search)->setFocus();
        updateState();
    });
    connect(m_update, &QPushButton::clicked, this, [this] { m_library.update(); });
    connect(m_stop, &QPushButton::clicked, this, [this] { m_library.cancel(); });
    return top;
}

/// helm's `repo add`, with Spacelift's own ready-made.
QWidget *ChartPicker::makeNewRepository()
{
    m_newRepository = new QWidget;
    auto *row = new QHBoxLayout(m_newRepository);
    row->setContentsMargins(0, 0, 0, 0);
    const auto field = [this, row](const QString &text, const QString &name, int stretch) {
        auto *label = new QLabel(text);
        auto *edit = new QLineEdit;
        edit->setObjectName(name);
        edit->setAccessibleName(text);
        label->setBuddy(edit);
        row->addWidget(label);
        row->addWidget(edit, stretch);
        connect(edit, &QLineEdit::textChanged, this, &ChartPicker::updateState);
        return edit;
    };
    m_newName = field(tr("Name"), QStringLiteral("repositoryName"), 1);
    m_newUrl = field(tr("Address"), QStringLiteral("repositoryUrl"), 2);
    m_newUrl->setPlaceholderText(QStringLiteral("https://charts.example.com"));
    m_add = new QPushButton(tr("Add"));
    m_add->setObjectName(QStringLiteral("addRepository"));
    m_add->setAutoDefault(false);
    m_spacelift = new QPushButton(tr("Add Spacelift's"));
    m_spacelift->setObjectName(QStringLiteral("addSpacelift"));
    m_spacelift->setAutoDefault(false);
    row->addWidget(m_add);
    row->addWidget(m_spacelift);
    m_newRepository->hide();
    connect(m_add, &QPushButton::clicked, this, &ChartPicker::addRepository);
    connect(m_spacelift, &QPushButton::clicked, this, [this] {
        m_adding = qs(repo::spaceliftRepository().name);
        m_library.add(repo::spaceliftRepository());
    });
    return m_newRepository;
}

void ChartPicker::addRepository()
{
    repo::Repository added;
    added.name = m_newName->text().trimmed().toStdString();
    added.url = m_newUrl->text().trimmed().toStdString();
    m_adding = m_newName->text().trimmed();
    m_library.add(added);
}

void ChartPicker::closeNewRepository()
{
    const auto &known = m_library.repositories();
    if (m_adding.isEmpty() || std::ranges::find(known, m_adding.toStdString(), &repo::Repository::name) == known.end())
        return;
    m_adding.clear();
    m_newName->clear();
    m_newUrl->clear();
    m_new->setChecked(false);
}

QWidget *ChartPicker::makeOrigin()
{
    m_originRow = new QWidget;
    auto *row = new QHBoxLayout(m_originRow);
    row->setContentsMargins(0, 0, 0, 0);
    m_origin = helpLabel({});
    m_origin->setObjectName(QStringLiteral("chartOrigin"));
    m_check = new QPushButton(tr("Check signature"));
    m_check->setObjectName(QStringLiteral("checkSignature"));
    m_check->setAutoDefault(false);
    setButtonKind(m_check, ButtonKind::Link);
    row->addWidget(m_origin, 1);
    row->addWidget(m_check, 0, Qt::AlignTop);
    connect(m_check, &QPushButton::clicked, this, &ChartPicker::checkSignature);
    return m_originRow;
}

/// Where the chosen version comes from, and what is known of its being what its author made.
void ChartPicker::showOrigin(const QString &signature)
{
    const LibraryChart *chart = current();
    m_originRow->setVisible(chart != nullptr);
    if (!chart)
        return;
    const LibraryVersion version = chart->versions.value(m_version->currentIndex());
    QString from = tr("From the registry, which names the digest of what it holds.");
    if (!chart->reference.startsWith(QLatin1String("oci://"))) {
        const std::string name = chart->reference.section(u'/', 0, 0).toStdString();
        const auto &known = m_library.repositories();
        const auto repository = std::ranges::find(known, name, &repo::Repository::name);
        from = tr("From %1.").arg(repository == known.end() ? chart->reference : texts::clean(repository->url, 200));
        from += QLatin1Char(' ')
            + (version.digest.isEmpty() ? tr("Its index promises no digest, so what comes cannot be compared with it.")
                                        : tr("What comes is compared with the digest of its index (%1…).")
                                              .arg(version.digest.section(u':', -1).left(12)));
    }
    m_origin->setText(signature.isEmpty() ? from : from + QLatin1Char(' ') + signature);
}

void ChartPicker::checkSignature()
{
    const LibraryChart *chart = current();
    if (!chart)
        return;
    m_check->setEnabled(false);
    showOrigin(tr("Checking who signed it…"));
    m_library.verify(
        CheckSlot, chart->reference, m_version->currentData().toString(), [this](const LibraryAnswer &answer) {
            m_check->setEnabled(true);
            showOrigin(answer.chart ? tr("It is signed by %1.").arg(answer.signer)
                                    : tr("No signature of it can be relied on: %1").arg(answer.why));
        });
}

QWidget *ChartPicker::makeVersions()
{
    auto *versions = new QWidget;
    auto *row = new QHBoxLayout(versions);
    row->setContentsMargins(0, 0, 0, 0);
    const auto add = [row](const QString &text, const QString &name) {
        auto *label = new QLabel(text);
        auto *box = new QComboBox;
        box->setObjectName(name);
        box->setAccessibleName(text);
        label->setBuddy(box);
        row->addWidget(label);
        row->addWidget(box, 1);
        return box;
    };
    m_version = add(tr("Version"), QStringLiteral("chartVersion"));
    m_other = add(tr("What changes since"), QStringLiteral("chartOther"));
    connect(m_version, &QComboBox::currentIndexChanged, this, &ChartPicker::compare);
    connect(m_version, &QComboBox::currentIndexChanged, this, [this] { showOrigin(); });
    connect(m_other, &QComboBox::currentIndexChanged, this, &ChartPicker::compare);
    return versions;
}

QWidget *ChartPicker::makeButtons()
{
    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->addStretch();
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setObjectName(QStringLiteral("cancel"));
    m_use = new QPushButton(tr("Use this chart"));
    m_use->setObjectName(QStringLiteral("useChart"));
    setButtonKind(m_use, ButtonKind::Primary);
    m_use->setDefault(true);
    row->addWidget(cancel);
    row->addWidget(m_use);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_use, &QPushButton::clicked, this, &ChartPicker::use);
    return bar;
}

void ChartPicker::fill()
{
    const QString before = current() ? current()->reference : QString();
    const QString wanted = m_search->text().trimmed();
    m_rows->removeRows(0, m_rows->rowCount());
    m_rowsToCharts.clear();
    int chosen = 0;
    for (int i = 0; i < m_library.charts().size(); ++i) {
        const LibraryChart &chart = m_library.charts()[i];
        // What was asked of a registry is found by its address, with or without the tag that was asked for.
        const bool isAsked = asksRegistry() && wanted.startsWith(chart.reference);
        if (!isAsked && !chart.reference.contains(wanted, Qt::CaseInsensitive)
            && !chart.description.contains(wanted, Qt::CaseInsensitive))
            continue;
        if (chart.reference == before)
            chosen = int(m_rowsToCharts.size());
        m_rowsToCharts.append(i);
        m_rows->appendRow({itemOf(Cell::twoLines(chart.reference, chart.description)),
            itemOf(Cell::plain(chart.versions.first().version)),
            itemOf(Cell::number(QString::number(chart.versions.size())))});
    }
    m_table->setPlaceholder(asksRegistry() ? tr("Ask the registry which versions of %1 there are.").arg(wanted)
            : m_library.repositories().empty()
            ? tr("Helm knows no repository here yet. Add Spacelift's, or another one.")
            : tr("No chart of these repositories matches."));
    if (!m_rowsToCharts.isEmpty())
        m_table->setCurrentIndex(m_rows->index(chosen, 0));
    showChart();
    updateState();
}

const LibraryChart *ChartPicker::current() const
{
    const int row = m_table->currentIndex().row();
    if (row < 0 || row >= m_rowsToCharts.size() || m_rowsToCharts[row] >= m_library.charts().size())
        return nullptr;
    return &m_library.charts()[m_rowsToCharts[row]];
}

void ChartPicker::showChart()
{
    const QSignalBlocker quietVersion(m_version), quietOther(m_other);
    m_version->clear();
    m_other->clear();
    m_other->addItem(tr("Do not compare"));
    if (const LibraryChart *chart = current()) {
        for (const LibraryVersion &version : chart->versions) {
            m_version->addItem(words(version), version.version);
            m_other->addItem(words(version), version.version);
        }
        // The newest stable one, as helm takes it.
        for (int i = 0; i < chart->versions.size(); ++i) {
            if (!chart->versions[i].version.contains(QLatin1Char('-'))) {
                m_version->setCurrentIndex(i);
                break;
            }
        }
        // Or the one that was asked for by its address.
        if (const auto asked = repo::OciReference::parse(m_search->text().trimmed().toStdString());
            asksRegistry() && asked && !asked->tag.empty())
            if (const int row = m_version->findData(qs(asked->tag).replace(u'_', u'+')); row >= 0)
                m_version->setCurrentIndex(row);
    }
    showOrigin();
    compare();
    updateState();
}

bool ChartPicker::asksRegistry() const
{
    return m_search->text().trimmed().startsWith(QLatin1String("oci://"), Qt::CaseInsensitive);
}

void ChartPicker::compare()
{
    m_before = m_after = nullptr;
    const LibraryChart *chart = current();
    const QString from = m_other->currentData().toString(), to = m_version->currentData().toString();
    m_comparison->setVisible(chart && !from.isEmpty());
    if (!m_comparison->isVisibleTo(this))
        return;
    m_comparison->say(tr("Getting both versions…"));
    const auto got = [this, from, to](chart::ChartPtr ChartPicker::*side) {
        return [this, from, to, side](const LibraryAnswer &answer) {
            if (!answer.chart)
                return m_comparison->say(answer.why);
            this->*side = answer.chart;
            if (m_before && m_after)
                m_comparison->setSides({from, m_before}, {to, m_after});
        };
    };
    m_library.fetch(BeforeSlot, chart->reference, from, got(&ChartPicker::m_before));
    m_library.fetch(AfterSlot, chart->reference, to, got(&ChartPicker::m_after));
}

void ChartPicker::use()
{
    const LibraryChart *chart = current();
    if (!chart)
        return;
    m_fetching = true;
    updateState();
    tell(tr("Getting %1 %2…").arg(chart->reference, m_version->currentData().toString()));
    m_library.fetch(
        UseSlot, chart->reference, m_version->currentData().toString(), [this](const LibraryAnswer &answer) {
            m_fetching = false;
            tell(answer.why);
            updateState();
            if (!answer.chart)
                return;
            accept();
            const chart::Metadata &metadata = answer.chart->metadata;
            Q_EMIT chosen(answer.path, QString::fromStdString(metadata.name + "-" + metadata.version));
        });
}

void ChartPicker::tell(const QString &sentence)
{
    m_note->setText(sentence);
    m_note->setVisible(!sentence.isEmpty());
}

void ChartPicker::updateState()
{
    const bool busy = m_library.isBusy();
    const auto &known = m_library.repositories();
    const bool hasSpacelift = std::any_of(known.begin(), known.end(),
        [](const repo::Repository &repository) { return repository.url.starts_with(repo::spaceliftRepository().url); });
    m_spacelift->setVisible(!hasSpacelift);
    m_spacelift->setEnabled(!busy);
    m_new->setEnabled(!busy);
    m_add->setEnabled(
        !busy && !m_newName->text().trimmed().isEmpty() && m_newUrl->text().contains(QLatin1String("://")));
    m_askRegistry->setVisible(asksRegistry());
    m_askRegistry->setEnabled(!busy);
    m_update->setEnabled(!busy && !known.empty());
    m_stop->setVisible(busy);
    m_use->setEnabled(current() && !m_fetching);
    // What Enter means.
    (m_new->isChecked() ? m_add : asksRegistry() && !current() ? m_askRegistry : m_use)->setDefault(true);
}

} // namespace pk::gui
