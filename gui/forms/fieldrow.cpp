// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/fieldrow.h"

#include "forms/fieldstate.h"
#include "widgets/chip.h"
#include "widgets/elidedlabel.h"
#include "widgets/glyphlabel.h"
#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"

#include <QTextDocument>
#include <QWhatsThis>

namespace pk::gui {

namespace {

constexpr int NamesWidth = 176; ///< Of label and key, wide.
constexpr int EditorWidth = 640; ///< At most, wide.
constexpr int ToolsWidth = 104; ///< Of badge and reset, wide.

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

/// Editors that are as wide as what they hold: what else there is to say stands beside them.
bool isCompact(FieldKind kind)
{
    return kind == FieldKind::Switch || kind == FieldKind::Number || kind == FieldKind::Decimal
        || kind == FieldKind::Quantity;
}

} // namespace

FieldRow::FieldRow(const FieldSpec &field, FormSource &source, QWidget *parent) : QWidget(parent), m_source(source)
{
    setObjectName(QStringLiteral("row:") + field.key());
    // The order of making is the order of Tab: editor, fix, badge, reset.
    m_body = new QWidget(this);
    m_editor = createEditor(field, source, m_body);
    makeBody();
    makeHead();
    m_grid = new QGridLayout(this);
    m_grid->setSpacing(0);
    place();
    for (QWidget *part : m_editor->findChildren<QWidget *>())
        part->installEventFilter(this);
    refresh();
}

void FieldRow::makeBody()
{
    auto *column = new QVBoxLayout(m_body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    m_editorRow = new QBoxLayout(QBoxLayout::LeftToRight);
    m_editorRow->setSpacing(measure::iconGap);
    m_was = new ElidedLabel({}, Qt::ElideMiddle, m_body);
    m_was->setFont(fonts::small());
    m_was->setForegroundRole(QPalette::PlaceholderText);
    m_was->setObjectName(QStringLiteral("was:") + field().key());
    const bool compact = isCompact(field().kind);
    m_editorRow->addWidget(m_editor, compact || field().kind == FieldKind::Choice ? 0 : 1);
    m_editorRow->addWidget(m_was);
    if (compact || field().kind == FieldKind::Choice)
        m_editorRow->addStretch(1);
    column->addLayout(m_editorRow);

    m_problemLine = new QWidget(m_body);
    auto *problem = new QHBoxLayout(m_problemLine);
    problem->setContentsMargins(0, 0, 0, 0);
    problem->setSpacing(6);
    m_problemGlyph = new GlyphLabel(14);
    problem->addWidget(m_problemGlyph, 0, Qt::AlignTop);
    m_problemText = helpLabel({});
    problem->addWidget(m_problemText, 1);
    m_fix = new QPushButton(m_problemLine);
    m_fix->setObjectName(QStringLiteral("fix:") + field().key());
    setButtonKind(m_fix, ButtonKind::Link);
    problem->addWidget(m_fix, 0, Qt::AlignTop);
    column->addWidget(m_problemLine);
    // With a parent before it is shown, or it is a window for a moment.
    m_help = helpLabel(field().help, m_body);
    column->addWidget(m_help);
    m_help->setVisible(!field().help.isEmpty());
    column->addStretch();
    connect(m_fix, &QPushButton::clicked, this, [this] {
        const auto problems = problemsOf(field(), m_source);
        if (!problems.empty())
            m_source.applyFix(problems.front());
    });
}

void FieldRow::makeHead()
{
    m_names = new QWidget(this);
    m_namesRow = new QBoxLayout(QBoxLayout::LeftToRight, m_names);
    m_namesRow->setContentsMargins(0, 0, 0, 0);
    m_label = new QLabel(field().label);
    m_label->setFont(fonts::medium());
    m_label->setTextFormat(Qt::PlainText);
    auto *input = m_editor->findChild<QWidget *>(QStringLiteral("field:") + field().key());
    m_label->setBuddy(input ? input : m_editor->problemWidget());
    m_namesRow->addWidget(m_label);
    m_key = new ElidedLabel(field().key(), Qt::ElideMiddle);
    m_key->setFont(fonts::denseCode());
    m_key->setForegroundRole(QPalette::PlaceholderText);
    m_key->setCursor(Qt::PointingHandCursor);
    m_key->setToolTip(tr("Copy %1").arg(field().key()));
    m_key->installEventFilter(this);
    m_namesRow->addWidget(m_key, 1);

    m_tools = new QWidget(this);
    auto *tools = new QHBoxLayout(m_tools);
    tools->setContentsMargins(0, 0, 0, 0);
    tools->setSpacing(4);
    tools->addStretch();
    m_badge = new Chip(badgeOf(Origin::ChartDefault));
    m_badge->setObjectName(QStringLiteral("badge:") + field().key());
    m_badge->setClickable(true);
    m_badge->installEventFilter(this);
    tools->addWidget(m_badge);
    m_reset = new QToolButton(m_tools);
    m_reset->setObjectName(QStringLiteral("reset:") + field().key());
    m_reset->setAccessibleName(tr("Reset %1").arg(field().label));
    m_reset->setAutoRaise(true);
    // Its place stays when it goes: badges stand in one column.
    QSizePolicy keeps = m_reset->sizePolicy();
    keeps.setRetainSizeWhenHidden(true);
    m_reset->setSizePolicy(keeps);
    icons::bind(m_reset, QStringLiteral("reset"));
    m_reset->installEventFilter(this);
    tools->addWidget(m_reset);
    connect(m_badge, &Chip::clicked, this, &FieldRow::showBadgeMenu);
    connect(m_reset, &QToolButton::clicked, this, [this] {
        m_source.endChange();
        useLayer(field(), m_source, Origin::File);
        Q_EMIT m_source.undoOffered(tr("Reset %1").arg(field().label));
    });
}

void FieldRow::place()
{
    for (QWidget *part : {m_names, m_tools, m_body})
        m_grid->removeWidget(part);
    const bool beside = m_wide || isCompact(field().kind);
    m_editorRow->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_namesRow->setDirection(m_wide ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_namesRow->setSpacing(m_wide ? 2 : 8);
    m_label->setWordWrap(m_wide);
    if (m_wide) {
        m_grid->setContentsMargins(20, 10, 12, 10);
        m_grid->setHorizontalSpacing(20);
        m_grid->setVerticalSpacing(0);
        m_names->setFixedWidth(NamesWidth);
        m_namesRow->setContentsMargins(0, 6, 0, 0);
        m_tools->setFixedWidth(ToolsWidth);
        m_body->setMaximumWidth(EditorWidth);
        m_grid->addWidget(m_names, 0, 0, Qt::AlignTop);
        m_grid->addWidget(m_body, 0, 1);
        m_grid->addWidget(m_tools, 0, 2, Qt::AlignTop);
    } else {
        m_grid->setContentsMargins(16, 8, 12, 8);
        m_grid->setHorizontalSpacing(8);
        m_grid->setVerticalSpacing(4);
        for (QWidget *part : {m_names, m_tools}) {
            part->setMinimumWidth(0);
            part->setMaximumWidth(QWIDGETSIZE_MAX);
        }
        m_namesRow->setContentsMargins(0, 0, 0, 0);
        m_body->setMaximumWidth(QWIDGETSIZE_MAX);
        m_grid->addWidget(m_names, 0, 0);
        m_grid->addWidget(m_tools, 0, 1);
        m_grid->addWidget(m_body, 1, 0, 1, 2);
    }
    m_grid->setColumnStretch(0, m_wide ? 0 : 1);
    m_grid->setColumnStretch(1, m_wide ? EditorWidth : 0);
    // What is left of a very wide pane stays free at the right.
    m_grid->setColumnStretch(3, m_wide ? 1 : 0);
}

void FieldRow::setWide(bool wide)
{
    if (wide == m_wide)
        return;
    m_wide = wide;
    place();
}

bool FieldRow::refresh()
{
    m_editor->refresh();
    const Origin origin = originOf(field(), m_source);
    m_badge->setData(badgeOf(origin));
    m_badge->setAccessibleName(tr("Origin of %1: %2").arg(field().label, m_badge->data().text));
    m_reset->setVisible(origin == Origin::Edited);
    const QString was = wasText(field(), m_source);
    m_was->setFullText(was);
    m_was->setVisible(!was.isEmpty());
    if (!showProblem())
        return false;
    // From the inside out, and not with the events to come, each of which may be a frame with a hole.
    m_body->layout()->activate();
    m_grid->activate();
    return true;
}

QString FieldRow::resetText() const
{
    const Value file = m_source.valueIn(Origin::File, field().path);
    if (file.isNil())
        return tr("Back to the chart's default");
    const bool isShort = m_was->isVisibleTo(m_body) && !(file.isString() && file.toString().empty());
    if (!m_source.hasFile())
        return isShort ? tr("Back to %1").arg(shownValue(field().path, file).trimmed()) : tr("Back to what it was");
    return isShort ? tr("Back to %1, as in the file").arg(shownValue(field().path, file).trimmed())
                   : tr("Back to what the file says");
}

void FieldRow::showBadgeMenu()
{
    m_source.endChange();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("badgeMenu"));
    const auto add = [&](const QString &text, const char *name, Origin layer, bool possible) {
        QAction *action = menu->addAction(text, this, [this, layer] {
            useLayer(field(), m_source, layer);
            Q_EMIT m_source.undoOffered(tr("Reset %1").arg(field().label));
        });
        action->setObjectName(QLatin1String(name));
        action->setEnabled(possible && m_source.isEditable());
    };
    const auto differs = [this](Origin layer) {
        const auto paths = field().paths();
        return std::any_of(paths.begin(), paths.end(), [this, layer](const yaml::Path &path) {
            const Value there = layer == Origin::ChartDefault ? Value() : m_source.valueIn(layer, path);
            return !there.sameContent(m_source.valueIn(Origin::Edited, path));
        });
    };
    const QString deployed = m_source.deployedName();
    add(tr("Use default"), "useDefault", Origin::ChartDefault, differs(Origin::ChartDefault));
    add(tr("Use file"), "useFile", Origin::File, m_source.hasFile() && differs(Origin::File));
    add(deployed.isEmpty() ? tr("Use deployed") : tr("Use deployed (%1)").arg(deployed), "useDeployed",
        Origin::Deployed, !deployed.isEmpty() && differs(Origin::Deployed));
    menu->addSeparator();
    menu->addAction(tr("Show in YAML"), this, [this] { Q_EMIT yamlRequested(field().key()); })
        ->setObjectName(QStringLiteral("showInYaml"));
    menu->popup(m_badge->mapToGlobal(QPoint(0, m_badge->height() + 2)));
}

bool FieldRow::showProblem()
{
    const std::vector<Problem> problems = problemsOf(field(), m_source);
    const bool changes = m_problemLine->isHidden() != problems.empty();
    m_problemLine->setVisible(!problems.empty());
    m_editor->update(); // Some paint the edge themselves.
    QWidget *edge = m_editor->problemWidget();
    if (problems.empty()) {
        setFieldProblem(edge, FieldProblem::None);
        return changes;
    }
    const Problem &first = problems.front();
    const Severity worst = severityOf(first);
    m_problemGlyph->setGlyph(glyph(worst), stateWord(worst));
    m_problemText->setText(m_source.sentence(first));
    QPalette colors = m_problemText->palette();
    colors.setColor(QPalette::PlaceholderText, theme().ink(glyph(worst).tone));
    m_problemText->setPalette(colors);
    const QString fix = m_source.fixLabel(first);
    m_fix->setText(fix);
    m_fix->setVisible(!fix.isEmpty());
    setFieldProblem(edge,
        worst == Severity::Error         ? FieldProblem::Error
            : worst == Severity::Warning ? FieldProblem::Warning
                                         : FieldProblem::None);
    return changes;
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

void FieldRow::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), m_marked ? theme().wash() : theme().surface);
}

void FieldRow::mousePressEvent(QMouseEvent *event)
{
    QWidget::mousePressEvent(event);
    Q_EMIT activated(field().key());
}

void FieldRow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_F1 || event->modifiers() != Qt::NoModifier)
        return QWidget::keyPressEvent(event);
    QWhatsThis::showText(m_body->mapToGlobal(QPoint(0, 0)),
        Qt::convertFromPlainText(longHelp(field(), m_source), Qt::WhiteSpacePre), this);
}

bool FieldRow::eventFilter(QObject *watched, QEvent *event)
{
    // Only now: nobody reads the tooltips of all fields at each key. Plain text, as YAML may look like marks.
    if (watched == m_badge && event->type() == QEvent::ToolTip)
        m_badge->setToolTip(Qt::convertFromPlainText(layersText(field(), m_source), Qt::WhiteSpacePre));
    if (watched == m_reset && event->type() == QEvent::ToolTip)
        m_reset->setToolTip(Qt::convertFromPlainText(resetText(), Qt::WhiteSpacePre));
    if (watched == m_badge && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            showBadgeMenu();
            return true;
        }
    }
    if (event->type() == QEvent::FocusIn)
        Q_EMIT activated(field().key());
    if (event->type() == QEvent::MouseButtonRelease && watched == m_key) {
        QGuiApplication::clipboard()->setText(field().key());
        QToolTip::showText(QCursor::pos(), tr("Copied"), m_key);
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace pk::gui
