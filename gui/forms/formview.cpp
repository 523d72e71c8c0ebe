// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/formview.h"

#include "forms/formindex.h"
#include "widgets/card.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/segmentedswitch.h"

namespace pk::gui {

namespace {

constexpr int WideFrom = 560; ///< Label, editor and badge side by side.
constexpr int IndexFrom = 900;
constexpr int TwoColumnsFrom = 1800;
constexpr int IndexWidth = 200;
constexpr int HeadOfGroup = 2; ///< What a group's head counts, in fields, where groups are shared out to columns.
enum Layout { Narrow, Wide, WithIndex, TwoColumns };

} // namespace

FormView::FormView(FormSource &source, QWidget *parent) : QWidget(parent), m_source(source)
{
    setObjectName(QStringLiteral("formView"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(new Separator(Qt::Horizontal));
    column->addWidget(makeGroupsArea(), 1);
    setMinimumWidth(320);
    place();

    connect(m_search, &QLineEdit::textChanged, this, &FormView::applyFilter);
    connect(m_filter, &SegmentedSwitch::currentChanged, this, &FormView::applyFilter);
    connect(m_index, &FormIndex::groupChosen, this, &FormView::showGroup);
    connect(m_scroll->verticalScrollBar(), &QScrollBar::valueChanged, this, &FormView::followScrolling);
    connect(&m_source, &FormSource::changed, this, &FormView::refresh);
}

QWidget *FormView::makeHead()
{
    m_head = new QWidget(this);
    m_headGrid = new QGridLayout(m_head);
    m_headGrid->setContentsMargins(10, 4, 10, 4);
    m_headGrid->setSpacing(6);
    m_search = new QLineEdit(m_head);
    m_search->setObjectName(QStringLiteral("findValue"));
    m_search->setPlaceholderText(tr("Find a value"));
    m_search->setAccessibleName(tr("Find a value"));
    m_search->setClearButtonEnabled(true);
    auto *icon = m_search->addAction(QIcon(), QLineEdit::LeadingPosition);
    icons::bind(icon, QStringLiteral("search"));
    m_filter = new SegmentedSwitch(m_head);
    m_filter->setObjectName(QStringLiteral("formFilter"));
    m_filter->setAccessibleName(tr("Which values"));
    m_filter->addSegment(tr("All"));
    m_filter->addSegment(tr("Edited"));
    m_filter->addSegment(tr("Differs"), {}, tr("Differs from what is deployed"));
    m_filter->addSegment(tr("Problems"));
    m_filter->setCurrent(int(FieldFilter::All));
    makeMenu();
    return m_head;
}

void FormView::makeMenu()
{
    m_menu = new QToolButton(m_head);
    m_menu->setObjectName(QStringLiteral("formMenu"));
    m_menu->setAutoRaise(true);
    m_menu->setToolTip(tr("How the form is shown"));
    m_menu->setAccessibleName(m_menu->toolTip());
    m_menu->setPopupMode(QToolButton::InstantPopup);
    icons::bind(m_menu, QStringLiteral("more"));
    auto *menu = new QMenu(m_menu);
    m_menu->setMenu(menu);
    m_helpAction = menu->addAction(tr("Help below the fields"));
    m_helpAction->setObjectName(QStringLiteral("showHelp"));
    m_helpAction->setCheckable(true);
    m_helpAction->setChecked(true);
    connect(m_helpAction, &QAction::toggled, this, [this](bool shown) {
        setHelpVisible(shown);
        Q_EMIT helpChosen(shown);
    });
    menu->addSeparator();
    const auto add = [this, menu](const QString &text, const char *name, bool folded) {
        QAction *action = menu->addAction(text, this, [this, folded] {
            for (FormGroup *group : std::as_const(m_groups))
                group->setFolded(folded);
            Q_EMIT foldingChanged();
        });
        action->setObjectName(QLatin1String(name));
    };
    add(tr("Unfold all groups"), "unfoldGroups", false);
    add(tr("Fold all groups"), "foldGroups", true);
}

QWidget *FormView::makeGroupsArea()
{
    auto *area = new QWidget(this);
    area->setBackgroundRole(QPalette::Base);
    area->setAutoFillBackground(true);
    auto *row = new QHBoxLayout(area);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_index = new FormIndex(area);
    m_index->setFixedWidth(IndexWidth);
    row->addWidget(m_index);
    m_indexEdge = new Separator(Qt::Vertical);
    row->addWidget(m_indexEdge);

    auto *content = new QWidget;
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    auto *columns = new QHBoxLayout(content);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    const auto addColumn = [columns](QWidget *host) {
        auto *column = new QVBoxLayout(host);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(0);
        columns->addWidget(host, 1);
        return column;
    };
    m_column = addColumn(new QWidget(content));
    m_columnEdge = new Separator(Qt::Vertical);
    columns->addWidget(m_columnEdge);
    m_second = new QWidget(content);
    m_secondColumn = addColumn(m_second);
    m_secondColumn->addStretch();
    m_nothing = helpLabel({}, content);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setContentsMargins(16, 32, 16, 32);
    m_nothing->hide();
    m_column->addWidget(m_nothing);
    m_column->addStretch();
    m_scroll = new QScrollArea(area);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    row->addWidget(m_scroll, 1);
    return area;
}

void FormView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

void FormView::place()
{
    const int layout = width() >= TwoColumnsFrom ? TwoColumns
        : width() >= IndexFrom                   ? WithIndex
        : width() >= WideFrom                    ? Wide
                                                 : Narrow;
    if (layout == m_layout)
        return;
    m_layout = layout;
    const bool installed = !m_source.deployedName().isEmpty();
    m_headGrid->removeWidget(m_search);
    m_headGrid->removeWidget(m_filter);
    // Four segments and a search field need more than a narrow pane has.
    const bool twoLines = layout == Narrow && installed;
    m_headGrid->addWidget(m_search, 0, 0);
    m_headGrid->addWidget(m_filter, twoLines ? 1 : 0, twoLines ? 0 : 1, 1, twoLines ? 2 : 1, Qt::AlignLeft);
    m_headGrid->removeWidget(m_menu);
    m_headGrid->addWidget(m_menu, 0, twoLines ? 1 : 3);
    m_headGrid->setColumnStretch(0, layout == Narrow ? 1 : 0);
    m_headGrid->setColumnStretch(2, layout == Narrow ? 0 : 1);
    m_headGrid->setHorizontalSpacing(layout >= WithIndex ? 22 : 6);
    m_search->setMinimumWidth(layout == Narrow ? 100 : IndexWidth - 20);
    m_search->setMaximumWidth(layout == Narrow ? QWIDGETSIZE_MAX : IndexWidth - 20);
    m_index->setVisible(layout >= WithIndex);
    m_indexEdge->setVisible(layout >= WithIndex);
    arrangeGroups();
    for (FormGroup *group : std::as_const(m_groups))
        group->setWide(layout != Narrow);
}

/// The groups in their order, in one column or, about half of the fields in each, in two.
void FormView::arrangeGroups()
{
    const auto sizeOf = [](const FormGroup *group) { return int(group->group().fields.size()) + HeadOfGroup; };
    int all = 0;
    for (const FormGroup *group : std::as_const(m_groups))
        all += sizeOf(group);
    const bool two = m_layout == TwoColumns;
    int before = 0, left = 0, right = 0;
    for (FormGroup *group : std::as_const(m_groups)) {
        const bool first = !two || before * 2 < all;
        QVBoxLayout *column = first ? m_column : m_secondColumn;
        int &place = first ? left : right;
        if (column->indexOf(group) != place) {
            m_column->removeWidget(group);
            m_secondColumn->removeWidget(group);
            const bool shown = !group->isHidden(); // A filter may have put it away.
            column->insertWidget(place, group);
            group->setVisible(shown);
        }
        ++place;
        before += sizeOf(group);
    }
    m_columnEdge->setVisible(two);
    m_second->setVisible(two);
}

FormGroup *FormView::makeGroup(const FieldGroup &group)
{
    auto *widget = new FormGroup(group, m_source, m_scroll->widget());
    widget->setWide(m_layout != Narrow);
    widget->setHelpVisible(m_helpVisible);
    connect(widget, &FormGroup::activated, this, [this](const QString &path) {
        for (FormGroup *each : std::as_const(m_groups))
            each->setMarked(path);
        Q_EMIT activated(path);
    });
    connect(widget, &FormGroup::yamlRequested, this, &FormView::yamlRequested);
    connect(widget, &FormGroup::folded, this, &FormView::foldingChanged);
    return widget;
}

void FormView::setGroups(const std::vector<FieldGroup> &groups)
{
    const QVector<FormGroup *> old = std::exchange(m_groups, {});
    const QStringList open = [&old] {
        QStringList ids;
        for (const FormGroup *group : old) {
            if (!group->isFolded())
                ids.append(group->id());
        }
        return ids;
    }();
    QVector<FormGroup *> left = old;
    for (const FieldGroup &group : groups) {
        const auto same =
            std::find_if(left.begin(), left.end(), [&group](const FormGroup *each) { return each->group() == group; });
        FormGroup *widget = same == left.end() ? makeGroup(group) : *same;
        if (same != left.end())
            left.erase(same);
        else if (open.contains(group.id))
            widget->setFolded(false);
        m_groups.append(widget);
    }
    qDeleteAll(left);
    arrangeGroups();
    for (FormGroup *group : std::as_const(m_groups))
        group->show();
    if (old.isEmpty() && !m_groups.isEmpty())
        m_groups.first()->setFolded(false);
    m_index->setGroups(m_groups);
    m_index->setCurrentGroup(0);
    applyFilter();
    refresh();
}

QStringList FormView::openGroups() const
{
    QStringList ids;
    for (const FormGroup *group : m_groups) {
        if (!group->isFolded())
            ids.append(group->id());
    }
    return ids;
}

void FormView::setOpenGroups(const QStringList &ids)
{
    for (FormGroup *group : std::as_const(m_groups))
        group->setFolded(!ids.contains(group->id()));
}

void FormView::setHelpVisible(bool visible)
{
    m_helpVisible = visible;
    m_helpAction->setChecked(visible);
    for (FormGroup *group : std::as_const(m_groups))
        group->setHelpVisible(visible);
}

void FormView::refresh()
{
    bool moves = false;
    GroupNews sum;
    sum.edited = m_source.editsBelow({});
    for (FormGroup *group : std::as_const(m_groups)) {
        moves = group->refresh() || moves;
        sum.differs += group->news().differs;
        sum.problems += group->news().problems;
    }
    const bool installed = !m_source.deployedName().isEmpty();
    QToolButton *differs = m_filter->button(int(FieldFilter::Differs));
    if (installed == differs->isHidden()) {
        differs->setVisible(installed);
        differs->setEnabled(installed); // The arrow keys pass it by.
        m_layout = -1;
        place();
    }
    m_filter->setText(int(FieldFilter::Edited), sum.edited ? tr("Edited %1").arg(sum.edited) : tr("Edited"));
    m_filter->setText(int(FieldFilter::Differs), sum.differs ? tr("Differs %1").arg(sum.differs) : tr("Differs"));
    m_filter->setText(int(FieldFilter::Problems), sum.problems ? tr("Problems %1").arg(sum.problems) : tr("Problems"));
    m_index->refresh();
    if (moves) {
        m_column->activate();
        m_secondColumn->activate();
    }
}

void FormView::applyFilter()
{
    const QString words = m_search->text().trimmed();
    const auto which = FieldFilter(m_filter->current());
    int shown = 0;
    for (FormGroup *group : std::as_const(m_groups))
        shown += group->filter(words, which);
    m_nothing->setVisible(shown == 0 && !m_groups.isEmpty());
    switch (which) {
    case FieldFilter::All:
        m_nothing->setText(tr("No value matches “%1”.").arg(words));
        break;
    case FieldFilter::Edited:
        m_nothing->setText(
            words.isEmpty() ? tr("Nothing was edited.") : tr("No edited value matches “%1”.").arg(words));
        break;
    case FieldFilter::Differs:
        m_nothing->setText(words.isEmpty()
                ? tr("All values are as deployed.")
                : tr("No value that differs from the deployed one matches “%1”.").arg(words));
        break;
    case FieldFilter::Problems:
        m_nothing->setText(
            words.isEmpty() ? tr("No problems.") : tr("No value with a problem matches “%1”.").arg(words));
        break;
    }
    m_index->refresh();
}

void FormView::showGroup(int index)
{
    FormGroup *group = m_groups.value(index);
    if (!group)
        return;
    if (group->isFolded()) {
        group->setFolded(false);
        Q_EMIT foldingChanged();
    }
    // Rows that were made just now get their places with the next events.
    QTimer::singleShot(0, group, [this, group, index] {
        m_scroll->verticalScrollBar()->setValue(group->y());
        m_index->setCurrentGroup(index); // A short last group does not reach the top.
    });
}

void FormView::followScrolling()
{
    const int top = m_scroll->verticalScrollBar()->value() + 8;
    int current = 0;
    for (int i = 0; i < m_groups.size(); ++i) {
        // Of two columns the first says where the page is.
        if (m_groups[i]->isVisible() && m_groups[i]->y() <= top && m_column->indexOf(m_groups[i]) >= 0)
            current = i;
    }
    m_index->setCurrentGroup(current);
}

void FormView::reveal(const QString &path)
{
    for (FormGroup *group : std::as_const(m_groups))
        group->setMarked({});
    if (path.isEmpty())
        return;
    for (FormGroup *group : std::as_const(m_groups)) {
        if (FieldRow *row = group->reveal(path)) {
            group->setMarked(path);
            // Rows that were made just now have their heights only after the layouts went through twice.
            QTimer::singleShot(0, row, [this, row] {
                m_scroll->ensureWidgetVisible(row, 0, 40);
                QTimer::singleShot(0, row, [this, row] { m_scroll->ensureWidgetVisible(row, 0, 40); });
            });
            return;
        }
    }
}

} // namespace pk::gui
