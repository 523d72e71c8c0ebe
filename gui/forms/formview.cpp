// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/formview.h"

#include "widgets/card.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/segmentedswitch.h"

namespace pk::gui {

namespace {
enum Filter { All, Edited, Problems };
}

FormView::FormView(FormSource &source, QWidget *parent) : QWidget(parent), m_source(source)
{
    setObjectName(QStringLiteral("formView"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(10, 4, 10, 4);
    m_search = new QLineEdit(this);
    m_search->setObjectName(QStringLiteral("findValue"));
    m_search->setPlaceholderText(tr("Find a value"));
    m_search->setAccessibleName(tr("Find a value"));
    m_search->setClearButtonEnabled(true);
    auto *icon = m_search->addAction(QIcon(), QLineEdit::LeadingPosition);
    icons::bind(icon, QStringLiteral("search"));
    head->addWidget(m_search, 1);
    m_filter = new SegmentedSwitch({tr("All"), tr("Edited"), tr("Problems")}, this);
    m_filter->setObjectName(QStringLiteral("formFilter"));
    m_filter->setAccessibleName(tr("Which values"));
    m_filter->setCurrent(All);
    head->addWidget(m_filter);
    column->addLayout(head);
    column->addWidget(new Separator(Qt::Horizontal));

    auto *content = new QWidget;
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_nothing = helpLabel({});
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setContentsMargins(16, 32, 16, 32);
    m_nothing->hide();
    m_column->addWidget(m_nothing);
    m_column->addStretch();
    m_scroll = new QScrollArea(this);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    column->addWidget(m_scroll, 1);
    setMinimumWidth(360);

    connect(m_search, &QLineEdit::textChanged, this, &FormView::applyFilter);
    connect(m_filter, &SegmentedSwitch::currentChanged, this, &FormView::applyFilter);
    connect(&m_source, &FormSource::changed, this, &FormView::refresh);
}

void FormView::setGroups(const std::vector<FieldGroup> &groups)
{
    qDeleteAll(m_groups);
    m_groups.clear();
    for (const FieldGroup &group : groups) {
        auto *widget = new FormGroup(group, m_source);
        connect(widget, &FormGroup::activated, this, [this](const QString &path) {
            for (FormGroup *each : std::as_const(m_groups))
                each->setMarked(path);
            Q_EMIT activated(path);
        });
        m_column->insertWidget(int(m_groups.size()), widget);
        m_groups.append(widget);
    }
    if (!m_groups.isEmpty())
        m_groups.first()->setFolded(false);
    refresh();
}

void FormView::refresh()
{
    int edited = 0;
    int problems = 0;
    for (FormGroup *group : std::as_const(m_groups)) {
        group->refresh();
        edited += group->editedCount();
        problems += group->problemCount();
    }
    m_filter->setText(Edited, edited ? tr("Edited %1").arg(edited) : tr("Edited"));
    m_filter->setText(Problems, problems ? tr("Problems %1").arg(problems) : tr("Problems"));
}

void FormView::applyFilter()
{
    const QString text = m_search->text().trimmed();
    int shown = 0;
    for (FormGroup *group : std::as_const(m_groups))
        shown += group->filter(text, m_filter->current() == Edited, m_filter->current() == Problems);
    const bool filtering = !text.isEmpty() || m_filter->current() != All;
    m_nothing->setVisible(filtering && shown == 0);
    m_nothing->setText(text.isEmpty() ? m_filter->current() == Edited ? tr("Nothing was edited.") : tr("No problems.")
                                      : tr("No value matches “%1”.").arg(text));
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
            // Rows that were made just now get their places with the next events.
            QTimer::singleShot(0, row, [this, row] { m_scroll->ensureWidgetVisible(row, 0, 40); });
            return;
        }
    }
}

} // namespace pk::gui
