// SPDX-License-Identifier: GPL-3.0-or-later
#include "values/previewpane.h"

#include "document/treedifference.h"
#include "preview/consequences.h"
#include "preview/objectdiff.h"
#include "texts/texts.h"
#include "values/failureview.h"
#include "values/originline.h"
#include "values/stepnames.h"
#include "values/templateview.h"
#include "values/valuelinks.h"
#include "values/valuessession.h"
#include "widgets/band.h"
#include "widgets/card.h"
#include "widgets/elidedlabel.h"
#include "widgets/measures.h"
#include "widgets/segmentedswitch.h"
#include "widgets/strings.h"
#include "yaml/printer.h"

#include <QAction>
#include <QStackedWidget>

namespace pk::gui {

namespace {

constexpr int ShortWordsBelow = 520;
constexpr int CompactBarBelow = 700;
constexpr int Patience = 100; ///< Milliseconds before the age of the preview is told.
constexpr int Tick = 500;
constexpr int LiveDelay = 700; ///< Milliseconds of quiet before a server is asked.

/// What the comparison says of an object when no release explains it.
ChangeState stateOf(const PreviewObject &object)
{
    return object.before.isEmpty()      ? ChangeState::Created
        : object.after.isEmpty()        ? ChangeState::Deleted
        : object.before == object.after ? ChangeState::Unchanged
                                        : ChangeState::Changed;
}

/// The file of a chart or a subchart that Helm calls "chart/templates/a.yaml"; null when there is none.
const chart::ChartFile *templateFile(const chart::Chart &chart, std::string_view name)
{
    const std::string_view prefix = name.substr(0, name.find('/'));
    const std::string_view rest = prefix.size() < name.size() ? name.substr(prefix.size() + 1) : name;
    for (const chart::ChartFile &file : chart.templates) {
        if (file.name == rest)
            return &file;
    }
    constexpr std::string_view below = "charts/";
    for (const auto &dependency : chart.dependencies) {
        if (rest.starts_with(below)) {
            if (const chart::ChartFile *found = templateFile(*dependency, rest.substr(below.size())))
                return found;
        }
    }
    return nullptr;
}

} // namespace

PreviewPane::PreviewPane(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(8, 4, 8, 4);
    m_switch = new SegmentedSwitch;
    m_switch->setObjectName(QStringLiteral("baseline"));
    m_switch->setAccessibleName(tr("Compare with"));
    m_switch->addSegment(tr("Rendered"), tr("Now"), tr("What would be sent"));
    m_switch->addSegment(tr("Chart defaults"), tr("Defaults"), tr("Compared with the chart's defaults"));
    m_switch->addSegment(tr("Saved file"), tr("Saved"), tr("Compared with the saved file"));
    m_switch->addSegment(tr("Deployed"), tr("Deployed"), tr("Compared with the deployed revision"));
    m_switch->addSegment(tr("Live cluster"), tr("Live"), tr("Compared with what the cluster has now"));
    m_switch->setCurrent(Rendered);
    head->addWidget(m_switch);
    m_age = helpLabel({});
    m_age->setObjectName(QStringLiteral("previewAge"));
    m_age->setWordWrap(false);
    m_age->hide();
    head->addWidget(m_age);
    head->addStretch();
    m_diff = new ObjectDiff;
    head->addWidget(m_diff->bar());
    head->addStrut(measure::height(measure::editor, fontMetrics()));
    column->addLayout(head);
    column->addWidget(new Separator(Qt::Horizontal));
    m_band = new Band;
    m_band->setObjectName(QStringLiteral("previewBand"));
    m_band->setCompact(true);
    m_band->hide();
    column->addWidget(m_band);
    m_failure = new FailureView;
    m_failure->hide();
    column->addWidget(m_failure);
    m_stack = new QStackedWidget;
    m_template = new TemplateView;
    m_stack->addWidget(m_diff);
    m_stack->addWidget(m_template);
    column->addWidget(m_stack, 1);
    m_origin = new OriginLine;
    m_origin->hide();
    column->addWidget(m_origin);

    m_goToError = new QAction(tr("Go to line"), this);
    m_goToError->setObjectName(QStringLiteral("goToError"));
    m_askAgain = new QAction(tr("Ask again"), this);
    m_askAgain->setObjectName(QStringLiteral("askClusterAgain"));
    m_defaulted = new QAction(tr("Show fields that the cluster fills in"), this);
    m_defaulted->setObjectName(QStringLiteral("showDefaulted"));
    m_defaulted->setCheckable(true);
    m_defaulted->setEnabled(false);
    m_diff->bar()->addToMenu(m_defaulted);

    m_waiting.setSingleShot(true);
    m_liveDelay.setSingleShot(true);
    m_liveDelay.setInterval(LiveDelay);
    connect(m_switch, &SegmentedSwitch::currentChanged, this, [this] {
        m_live.stop();
        m_liveAsked.clear();
        refresh();
    });
    connect(m_diff, &ObjectDiff::manifestLineClicked, this, &PreviewPane::onManifestLine);
    connect(m_diff, &ObjectDiff::saveRequested, this, [this] { Q_EMIT saveRequested(m_diff->currentText()); });
    connect(m_template, &TemplateView::backRequested, this, [this] { m_stack->setCurrentWidget(m_diff); });
    connect(m_origin, &OriginLine::valueWanted, this, &PreviewPane::valueChosen);
    connect(m_origin, &OriginLine::templateWanted, this, [this] {
        SourceSpan at;
        at.line = m_origin->origin().line;
        showTemplate(m_origin->origin().file.toStdString(), at, {});
    });
    connect(m_goToError, &QAction::triggered, this, &PreviewPane::goToError);
    connect(m_askAgain, &QAction::triggered, this, [this] {
        m_liveAsked.clear();
        askLive();
    });
    connect(m_defaulted, &QAction::toggled, this, &PreviewPane::showObjects);
    connect(&m_waiting, &QTimer::timeout, this, &PreviewPane::updateAge);
    connect(&m_liveDelay, &QTimer::timeout, this, &PreviewPane::askLive);
    connect(&m_live, &LiveObjects::answered, this, [this] {
        updateBand();
        showObjects();
        updateAge();
    });
    connect(&m_renderer, &RenderWorker::finished, this, [this](const std::shared_ptr<const RenderOutcome> &outcome) {
        m_outcome = outcome;
        showObjects();
    });
    setCluster(nullptr, tr("Not connected"));
}

void PreviewPane::setSession(ValuesSession *session)
{
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    m_outcome.reset();
    m_askedText.clear();
    m_live.stop();
    m_liveAsked.clear();
    m_stack->setCurrentWidget(m_diff);
    m_origin->hide();
    if (!session)
        return m_diff->setObjects({}, false);
    connect(session, &ValuesSession::stateChanged, this, [this] {
        if (m_session->isWaiting() && !m_waiting.isActive())
            m_waiting.start(Patience);
    });
}

void PreviewPane::setCluster(release::ClusterApi *api, const QString &reason)
{
    if (m_api != api)
        m_live.stop();
    m_api = api;
    m_noCluster = reason;
    m_liveAsked.clear();
    m_switch->setSegmentEnabled(Live, api != nullptr, reason);
    if (!api && m_switch->current() == Live)
        m_switch->setCurrent(Rendered);
    else if (api && m_switch->current() == Live)
        refresh();
}

int PreviewPane::baseline() const
{
    return m_switch->current();
}

void PreviewPane::setBaseline(int baseline)
{
    m_switch->setCurrent(baseline);
}

void PreviewPane::stepBaseline(int direction)
{
    const int count = m_switch->count();
    for (int i = 1; i <= count; ++i) {
        const int next = (m_switch->current() + direction * i + count * i) % count;
        if (m_switch->button(next)->isEnabled())
            return m_switch->setCurrent(next);
    }
}

void PreviewPane::refresh()
{
    if (!m_session)
        return;
    if (m_session->lastGood() != m_originOf)
        m_origin->hide();
    updateSwitch();
    updateBand();
    askBaseline();
    showObjects();
    updateAge();
}

void PreviewPane::updateSwitch()
{
    const int revision = m_session->deployed().revision;
    m_switch->setText(Revision, revision ? tr("Revision %1").arg(revision) : tr("Deployed"),
        revision ? tr("Rev. %1").arg(revision) : tr("Deployed"));
    m_switch->setSegmentEnabled(Revision, revision > 0, revision ? QString() : tr("Not installed yet"));
    m_defaulted->setEnabled(baseline() == Live);
}

bool PreviewPane::hasError() const
{
    const auto &outcome = m_session->outcome();
    return !m_session->document().isReadable() || (outcome && outcome != m_session->lastGood());
}

bool PreviewPane::isBroken() const
{
    return m_session && hasError();
}

void PreviewPane::updateBand()
{
    m_diff->setDimmed(isBroken());
    m_failure->setVisible(isBroken());
    if (!isBroken() && m_templateFailed && m_stack->currentWidget() == m_template)
        m_stack->setCurrentWidget(m_diff);
    if (isBroken()) {
        const document::ValuesDocument &text = m_session->document();
        QString where;
        QString why;
        if (!text.isReadable()) {
            const SourceSpan &at = text.problem()->at;
            where =
                at.isKnown() ? tr("The values cannot be read: line %1").arg(at.line) : tr("The values cannot be read");
            why = m_session->sentence(*text.problem());
        } else {
            const chart::RenderError &error = *m_session->outcome()->rendered.error;
            const QString file = QString::fromStdString(error.at.file);
            where = file.isEmpty()   ? tr("The chart cannot be rendered")
                : error.at.isKnown() ? tr("%1 line\u00a0%2").arg(file).arg(error.at.line)
                                     : file;
            why = m_session->hidden(texts::sentence(error.error));
        }
        showFailure();
        m_band->setNews(Tone::Bad, glyph(Severity::Error), where,
            m_session->lastGood() ? tr("%1\nThe last good preview is shown.").arg(why) : why);
        const bool hasPlace = text.isReadable() || text.problem()->at.isKnown();
        m_band->setActions(hasPlace ? QList<QAction *>{m_goToError} : QList<QAction *>());
    } else if (baseline() == Live && m_live.error()) {
        m_band->setNews(Tone::Warning, glyph(Severity::Warning), tr("The cluster does not tell what it has"),
            m_session->hidden(texts::sentence(*m_live.error())));
        m_band->setActions({m_askAgain});
    } else {
        return m_band->hide();
    }
    m_band->show();
}

void PreviewPane::showFailure()
{
    const auto lineOf = [this](const QString &title, const std::string &text, SourceSpan at) {
        const std::string shown = m_session->hidden(QString::fromStdString(text)).toStdString();
        if (shown != text)
            at.column = 0; // It was one of the line as it stands.
        return FailureView::Line{title, shown, at};
    };
    const document::ValuesDocument &text = m_session->document();
    if (!text.isReadable()) {
        const Problem &problem = *text.problem();
        const QByteArrayList lines = QByteArray::fromStdString(text.text()).split('\n');
        const std::string line = lines.value(problem.at.line - 1).toStdString();
        return m_failure->setFailure(
            {lineOf({}, line, problem.at)}, m_session->hidden(QString::fromStdString(problem.message)));
    }
    const chart::RenderError &error = *m_session->outcome()->rendered.error;
    QVector<FailureView::Line> lines{lineOf({}, error.sourceLine, error.at)};
    if (error.rendered.isKnown())
        lines.append(lineOf(tr("As rendered:"), error.renderedLine, error.rendered));
    m_failure->setFailure(lines, m_session->hidden(QString::fromStdString(error.error.message)));
}

void PreviewPane::updateAge()
{
    m_age->hide();
    if (!m_session)
        return;
    if (m_session->isWaiting() && m_session->lastGood()) {
        const auto age = m_session->shownAge();
        m_age->setText(
            tr("as of your edit %1 ago").arg(texts::duration(std::chrono::floor<std::chrono::seconds>(age))));
        m_age->show();
        m_waiting.start(Tick);
    } else if (baseline() == Live && (m_live.isAsking() || m_liveDelay.isActive())) {
        m_age->setText(tr("asking the cluster"));
        m_age->show();
    }
}

void PreviewPane::askBaseline()
{
    if (baseline() == Live)
        return m_liveAsked.empty() ? askLive() : m_liveDelay.start();
    if (baseline() != Defaults && baseline() != Saved)
        return;
    RenderJob job = m_session->jobFor(baseline() == Saved ? m_session->document().savedText() : std::string());
    // Everything that the result depends on; the chart of a session never changes.
    const std::string asked = job.release.name + '\n' + job.release.namespaceName + '\n'
        + std::to_string(job.release.revision) + '\n' + job.valuesText;
    if (asked == m_askedText && job.cluster == m_askedCluster)
        return;
    m_askedCluster = job.cluster;
    if (m_askedText.empty() || baseline() != Saved)
        m_outcome.reset();
    m_askedText = asked;
    m_renderer.submit(std::move(job));
}

void PreviewPane::askLive()
{
    if (!m_session || !m_api || baseline() != Live || !m_session->lastGood())
        return;
    const std::string &manifest = m_session->lastGood()->rendered.manifest;
    if (manifest == m_liveAsked)
        return updateAge();
    m_liveAsked = manifest;
    const RenderJob job = m_session->jobFor({});
    m_live.ask(*m_api, manifest, m_session->deployed().manifest, job.release.name, job.release.namespaceName,
        m_session->lastGood()->kinds.get());
    updateAge();
}

QString PreviewPane::sideName() const
{
    switch (baseline()) {
    case Defaults:
        return tr("Chart defaults");
    case Saved:
        return m_session->fileName();
    case Revision:
        return m_session->deployed().when ? tr("Revision %1, deployed %2")
                                                .arg(m_session->deployed().revision)
                                                .arg(texts::moment(*m_session->deployed().when, Clock().now()))
                                          : tr("Revision %1").arg(m_session->deployed().revision);
    case Live:
        return tr("In the cluster");
    default:
        return {};
    }
}

void PreviewPane::showLive()
{
    // Until the server has answered there is nothing to compare with.
    const bool compared = m_live.hasAnswer() && !m_live.error();
    const chart::Rendered &rendered = m_session->lastGood()->rendered;
    QVector<PreviewObject> objects =
        compared ? m_live.objects(m_defaulted->isChecked()) : previewObjects({}, rendered.objects, {});
    if (compared)
        markVaryingFields(objects, rendered);
    else
        markVarying(objects, nullptr, rendered);
    m_diff->setObjects(objects, compared);
}

void PreviewPane::showObjects()
{
    if (!m_session || !m_session->lastGood())
        return;
    SecretWords words = m_session->secrets();
    if (m_outcome)
        words.add(m_outcome->secrets);
    m_diff->setSecrets(words);
    m_diff->setSideNames(sideName(), baseline() == Live ? tr("After an upgrade") : tr("Your edit"));
    if (baseline() == Live)
        return showLive();
    std::vector<chart::ManifestObject> before;
    if (baseline() == Defaults || baseline() == Saved) {
        if (!m_outcome)
            return; // It is on its way.
        before = m_outcome->rendered.objects;
    } else if (baseline() == Revision) {
        before = chart::readManifest(m_session->deployed().manifest, chart::levels43());
    }
    QVector<PreviewObject> objects =
        previewObjects(before, m_session->lastGood()->rendered.objects, m_session->changes());
    const bool rendered = baseline() == Defaults || baseline() == Saved;
    markVarying(objects, rendered ? &m_outcome->rendered : nullptr, m_session->lastGood()->rendered);
    if (rendered) {
        for (PreviewObject &object : objects)
            object.state = stateOf(object);
    }
    m_diff->setObjects(objects, baseline() != Rendered);
}

void PreviewPane::showValue(const QString &path)
{
    if (!m_session || !m_session->lastGood() || baseline() == Live)
        return;
    const Value &tree = m_session->document().tree();
    const auto parsed = yaml::Path::parse(path.toStdString());
    std::vector<std::string> words{nameOfValue(path.toStdString(), tree).toStdString()};
    if (const Value value = parsed ? document::valueAt(tree, *parsed) : Value(); value.isString() || value.isNumber())
        words.push_back(yaml::toYaml(value));
    if (const int line = lineMadeBy(m_session->lastGood()->rendered, path.toStdString(), words))
        m_diff->showManifestLines(line, line);
}

void PreviewPane::showConsequence(const QString &objectKey)
{
    if (!m_session)
        return;
    if (m_session->deployed().revision > 0 && baseline() != Live)
        setBaseline(Revision);
    m_stack->setCurrentWidget(m_diff);
    m_diff->showObject(objectKey);
}

void PreviewPane::onManifestLine(int line)
{
    if (!m_session || !m_session->lastGood())
        return;
    const chart::Rendered &rendered = m_session->lastGood()->rendered;
    QStringList values;
    const auto wordsOf = [this](const std::string &path) {
        const auto parsed = yaml::Path::parse(path);
        for (const Value *tree : {&m_session->lastGood()->user, &m_session->lastGood()->defaults}) {
            const Value value = parsed ? document::valueAt(*tree, *parsed) : Value();
            if (value.isString() || value.isNumber())
                return QString::fromStdString(yaml::toYaml(value)).trimmed().remove(u'"').toStdString();
        }
        return std::string();
    };
    for (const std::string &path : valuesOfLine(rendered, line, wordsOf))
        values.append(qs(path));
    const auto [file, fileLine] = templateOfLine(rendered, line);
    const bool varies = line >= 1 && line <= int(rendered.lines.size()) && rendered.lines[std::size_t(line - 1)].varies;
    m_origin->setVisible(!file.empty());
    if (!file.empty()) {
        OriginLine::Origin origin{qs(file), fileLine, {}, varies};
        origin.values = values;
        m_origin->setOrigin(origin);
        m_originOf = m_session->lastGood();
    }
    if (!values.isEmpty())
        Q_EMIT valueChosen(values.front());
}

void PreviewPane::showTemplate(const std::string &name, const SourceSpan &at, const QString &sentence)
{
    const chart::ChartFile *file = templateFile(*m_session->chart(), name);
    if (!file) {
        Q_EMIT said(tr("The chart has no file %1 to show.").arg(qs(name)));
        return;
    }
    m_template->showFile(qs(name), QByteArray::fromStdString(file->data), at, sentence);
    m_templateFailed = !sentence.isEmpty();
    m_stack->setCurrentWidget(m_template);
    m_template->setFocus();
}

void PreviewPane::goToError()
{
    if (!isBroken())
        return;
    const document::ValuesDocument &text = m_session->document();
    if (!text.isReadable()) {
        Q_EMIT valuesLineWanted(text.problem()->at.line);
        return;
    }
    const chart::RenderError &error = *m_session->outcome()->rendered.error;
    showTemplate(error.at.file, error.at, m_session->hidden(texts::sentence(error.error)));
}

void PreviewPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_switch->setShortened(width() < ShortWordsBelow);
    m_diff->bar()->setCompact(width() < CompactBarBelow);
}

} // namespace pk::gui
