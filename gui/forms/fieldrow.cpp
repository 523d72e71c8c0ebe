// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/fieldrow.h"

#include "base/redacted.h"
#include "document/secrets.h"
#include "widgets/chip.h"
#include "widgets/elidedlabel.h"
#include "widgets/glyphlabel.h"
#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"
#include "yaml/printer.h"

namespace pk::gui {

namespace {

ChipData badgeOf(Origin origin)
{
    switch (origin) {
    case Origin::ChartDefault:
        return {QCoreApplication::translate("FieldRow", "default"), Tone::Muted, {}, true};
    case Origin::File:
        return {QCoreApplication::translate("FieldRow", "file"), Tone::Neutral, QStringLiteral("file"), true};
    case Origin::Deployed:
        return {QCoreApplication::translate("FieldRow", "deployed"), Tone::Info, QStringLiteral("server")};
    case Origin::Edited:
        break;
    }
    return {QCoreApplication::translate("FieldRow", "edited"), Tone::Edited, QStringLiteral("pencil")};
}

Severity severityOf(const Problem &problem)
{
    switch (problem.severity) {
    case Problem::Severity::Error:
        return Severity::Error;
    case Problem::Severity::Warning:
        return Severity::Warning;
    case Problem::Severity::Hint:
        break;
    }
    return Severity::Hint;
}

/// `value` as text for a tooltip, without what is a secret by its place or content.
QString shownValue(const yaml::Path &path, const Value &value)
{
    Value whole = value;
    for (auto step = path.steps().rbegin(); step != path.steps().rend(); ++step) {
        if (const auto *key = std::get_if<std::string>(&*step))
            whole = Value::map({{*key, whole}});
        else
            whole = Value::list({whole});
    }
    const auto hidden = yaml::toValue(document::withoutSecrets(yaml::toYaml(whole), "\"(hidden)\""));
    if (!hidden)
        return FieldRow::tr("(hidden)");
    Value shown = *hidden;
    for (const yaml::Step &step : path.steps()) {
        if (const auto *key = std::get_if<std::string>(&step))
            shown = shown.get(*key);
        else
            shown = shown.asList().items.front();
    }
    return QString::fromStdString(yaml::toYaml(shown));
}

} // namespace

FieldRow::FieldRow(const FieldSpec &field, FormSource &source, QWidget *parent) : QWidget(parent), m_source(source)
{
    setObjectName(QStringLiteral("row:") + field.key());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 8, 16, 8);
    column->setSpacing(6);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    auto *label = new QLabel(field.label);
    label->setFont(fonts::medium());
    label->setTextFormat(Qt::PlainText);
    head->addWidget(label);
    auto *key = new ElidedLabel(field.key(), Qt::ElideMiddle);
    key->setFont(fonts::denseCode());
    key->setForegroundRole(QPalette::PlaceholderText);
    key->setCursor(Qt::PointingHandCursor);
    key->setToolTip(tr("Copy %1").arg(field.key()));
    key->installEventFilter(this);
    head->addWidget(key, 1);
    m_badge = new Chip(badgeOf(Origin::ChartDefault));
    m_badge->setObjectName(QStringLiteral("badge:") + field.key());
    m_badge->setFocusPolicy(Qt::NoFocus);
    m_badge->installEventFilter(this);
    head->addWidget(m_badge);
    m_reset = new QToolButton(this);
    m_reset->setObjectName(QStringLiteral("reset:") + field.key());
    m_reset->setAutoRaise(true);
    icons::bind(m_reset, QStringLiteral("reset"));
    head->addWidget(m_reset);
    column->addLayout(head);

    m_editor = createEditor(field, source, this);
    column->addWidget(m_editor);
    for (QWidget *part : m_editor->findChildren<QWidget *>())
        part->installEventFilter(this);
    label->setBuddy(m_editor->problemWidget());

    m_problemLine = new QWidget(this);
    auto *problem = new QHBoxLayout(m_problemLine);
    problem->setContentsMargins(0, 0, 0, 0);
    problem->setSpacing(6);
    m_problemGlyph = new GlyphLabel(14);
    problem->addWidget(m_problemGlyph, 0, Qt::AlignTop);
    m_problemText = helpLabel({});
    problem->addWidget(m_problemText, 1);
    m_fix = new QPushButton(this);
    m_fix->setObjectName(QStringLiteral("fix:") + field.key());
    setButtonKind(m_fix, ButtonKind::Link);
    problem->addWidget(m_fix, 0, Qt::AlignTop);
    column->addWidget(m_problemLine);
    m_help = helpLabel(field.help, this); // With a parent before it is shown, or it is a window for a moment.
    m_help->setVisible(!field.help.isEmpty());
    column->addWidget(m_help);

    connect(m_reset, &QToolButton::clicked, this, [this] { m_source.resetToFile(this->field().path); });
    connect(m_fix, &QPushButton::clicked, this, [this] {
        const auto problems = m_source.problems(this->field().path);
        if (!problems.empty())
            m_source.applyFix(problems.front());
    });
    refresh();
}

void FieldRow::refresh()
{
    m_editor->refresh();
    const Origin origin = m_source.origin(field().path);
    m_edited = origin == Origin::Edited;
    m_badge->setData(badgeOf(origin));
    m_reset->setVisible(m_edited);
    if (m_edited) {
        const Value file = m_source.valueIn(Origin::File, field().path);
        const bool scalar = file.isNumber() || file.isBool() || (file.isString() && !looksSecret(file.toString()));
        m_reset->setToolTip(file.isNil() ? tr("Back to the chart's default")
                : scalar && field().kind != FieldKind::Secret
                ? tr("Back to %1, as in the file").arg(QString::fromStdString(yaml::toYaml(file)))
                : tr("Back to what the file says"));
        m_reset->setAccessibleName(tr("Reset %1").arg(field().label));
    }
    showProblem();
}

void FieldRow::showLayers()
{
    if (field().kind == FieldKind::Secret)
        return;
    QStringList lines;
    const std::pair<Origin, QString> layers[] = {{Origin::ChartDefault, tr("Default")},
        {Origin::Deployed, tr("Deployed")}, {Origin::File, tr("File")}, {Origin::Edited, tr("Now")}};
    for (const auto &[layer, word] : layers) {
        const Value value = m_source.valueIn(layer, field().path);
        if (!value.isNil())
            lines.append(tr("%1: %2").arg(
                word, shownValue(field().path, value).left(200).replace(u'\n', QStringLiteral("\n  "))));
    }
    m_badge->setToolTip(lines.join(u'\n').toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")));
}

void FieldRow::showProblem()
{
    const std::vector<Problem> problems = m_source.problems(field().path);
    m_problemCount = int(problems.size());
    m_problemLine->setVisible(!problems.empty());
    QWidget *edge = m_editor->problemWidget();
    if (problems.empty()) {
        setFieldProblem(edge, FieldProblem::None);
        return;
    }
    const Problem &first = problems.front();
    m_worst = severityOf(first);
    m_problemGlyph->setGlyph(glyph(m_worst), stateWord(m_worst));
    m_problemText->setText(m_source.sentence(first));
    QPalette colors = m_problemText->palette();
    colors.setColor(QPalette::PlaceholderText, theme().ink(glyph(m_worst).tone));
    m_problemText->setPalette(colors);
    const QString fix = m_source.fixLabel(first);
    m_fix->setText(fix);
    m_fix->setVisible(!fix.isEmpty());
    setFieldProblem(edge,
        m_worst == Severity::Error         ? FieldProblem::Error
            : m_worst == Severity::Warning ? FieldProblem::Warning
                                           : FieldProblem::None);
}

void FieldRow::setMarked(bool marked)
{
    if (marked == m_marked)
        return;
    m_marked = marked;
    update();
}

void FieldRow::setHelpVisible(bool visible)
{
    m_help->setVisible(visible && !field().help.isEmpty());
}

bool FieldRow::matches(const QString &filter) const
{
    return field().label.contains(filter, Qt::CaseInsensitive) || field().key().contains(filter, Qt::CaseInsensitive)
        || field().help.contains(filter, Qt::CaseInsensitive);
}

void FieldRow::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), m_marked ? theme().wash() : theme().surface);
}

void FieldRow::mousePressEvent(QMouseEvent *event)
{
    QWidget::mousePressEvent(event);
    Q_EMIT activated(field().key());
}

bool FieldRow::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_badge && event->type() == QEvent::ToolTip)
        showLayers(); // Only now: nobody reads the tooltips of all fields at each key.
    if (event->type() == QEvent::FocusIn)
        Q_EMIT activated(field().key());
    if (event->type() == QEvent::MouseButtonRelease && qobject_cast<ElidedLabel *>(watched))
        QGuiApplication::clipboard()->setText(field().key());
    return QWidget::eventFilter(watched, event);
}

} // namespace pk::gui
