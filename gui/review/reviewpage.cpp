// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/reviewpage.h"

#include "widgets/card.h"
#include "widgets/elidedlabel.h"
#include "widgets/glyphlabel.h"
#include "widgets/gripsplitter.h"
#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"

#include <QClipboard>
#include <QGuiApplication>

#include <utility>

namespace pk::gui {

namespace {

constexpr int LeftWidth = 500;
constexpr int LeastLeft = 360;
constexpr int FactNames = 104; ///< Width of the column of names.

void clear(QLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        if (item->layout())
            clear(item->layout());
        delete item->widget();
        delete item;
    }
}

/// Scrolls from top to bottom only, so it is at least as wide as what it holds.
class LeftScroll : public QScrollArea
{
public:
    QSize minimumSizeHint() const override
    {
        const int held = widget() ? widget()->minimumSizeHint().width() : 0;
        return {std::max(LeastLeft, held + verticalScrollBar()->sizeHint().width()), 120};
    }
};

QWidget *itemWidget(const ReviewState::Item &item)
{
    auto *line = new QWidget;
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    row->addWidget(new GlyphLabel(item.glyph, item.what, 16), 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    auto *what = new QLabel(item.what);
    what->setTextFormat(Qt::PlainText);
    what->setWordWrap(true);
    what->setFont(fonts::strong());
    words->addWidget(what);
    if (!item.detail.isEmpty())
        words->addWidget(helpLabel(item.detail));
    row->addLayout(words, 1);
    if (!item.rule.isEmpty()) {
        auto *copy = new QPushButton(ReviewPage::tr("Copy rule"));
        copy->setObjectName(QStringLiteral("copyRule"));
        copy->setAccessibleName(ReviewPage::tr("Copy rule: %1").arg(item.what));
        setButtonKind(copy, ButtonKind::Link);
        QObject::connect(
            copy, &QPushButton::clicked, copy, [rule = item.rule] { QGuiApplication::clipboard()->setText(rule); });
        row->addWidget(copy, 0, Qt::AlignTop);
    }
    return line;
}

} // namespace

ReviewPage::ReviewPage(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("reviewPage"));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);

    auto *head = new QHBoxLayout;
    head->setContentsMargins(measure::pageMargin, 12, measure::pageMargin, 12);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    m_title = titleLabel({});
    m_title->setObjectName(QStringLiteral("reviewTitle"));
    m_title->setFocusPolicy(Qt::StrongFocus);
    m_subtitle = helpLabel({});
    words->addWidget(m_title);
    words->addWidget(m_subtitle);
    head->addLayout(words, 1);
    auto *close = new QToolButton;
    close->setObjectName(QStringLiteral("closeReview"));
    close->setAutoRaise(true);
    close->setToolTip(tr("Back to values (Esc)"));
    close->setAccessibleName(tr("Back to values"));
    icons::bind(close, QStringLiteral("close"));
    connect(close, &QToolButton::clicked, this, &ReviewPage::backRequested);
    head->addWidget(close, 0, Qt::AlignTop);
    column->addLayout(head);
    column->addWidget(new Separator(Qt::Horizontal));

    auto *split = new GripSplitter(Qt::Horizontal);
    split->addWidget(makeLeft());
    split->addWidget(makeRight());
    split->setStretchFactor(1, 1);
    split->setSizes({LeftWidth, 10'000});
    split->setChildrenCollapsible(false);
    column->addWidget(split, 1);

    column->addWidget(new Separator(Qt::Horizontal));
    column->addLayout(makeFoot());
    setOptions({}, true);
}

QWidget *ReviewPage::makeLeft()
{
    auto *left = new QWidget;
    left->setBackgroundRole(QPalette::Base);
    left->setAutoFillBackground(true);
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(measure::pageMargin, 16, 16, 16);
    leftColumn->setSpacing(12);
    m_facts = new QGridLayout;
    m_facts->setHorizontalSpacing(16);
    m_facts->setVerticalSpacing(6);
    m_facts->setColumnStretch(1, 1);
    leftColumn->addLayout(m_facts);
    leftColumn->addWidget(new Separator(Qt::Horizontal));
    leftColumn->addWidget(headingLabel(tr("What will happen")));
    m_consequences = new QVBoxLayout;
    m_consequences->setSpacing(12);
    leftColumn->addLayout(m_consequences);
    leftColumn->addWidget(new Separator(Qt::Horizontal));
    auto *permissionHead = new QHBoxLayout;
    permissionHead->addWidget(headingLabel(tr("Permissions")));
    m_permissionsNote = helpLabel({});
    permissionHead->addWidget(m_permissionsNote, 1);
    m_showAll = new QPushButton;
    m_showAll->setObjectName(QStringLiteral("showAllPermissions"));
    setButtonKind(m_showAll, ButtonKind::Link);
    connect(m_showAll, &QPushButton::clicked, this, [this] {
        m_allShown = !m_allShown;
        showPermissions();
    });
    permissionHead->addWidget(m_showAll);
    leftColumn->addLayout(permissionHead);
    m_permissions = new QVBoxLayout;
    m_permissions->setSpacing(12);
    leftColumn->addLayout(m_permissions);
    leftColumn->addWidget(new Separator(Qt::Horizontal));
    leftColumn->addWidget(headingLabel(tr("Options")));
    m_createNamespace = new QCheckBox(tr("Create the namespace first"));
    m_createNamespace->setObjectName(QStringLiteral("createNamespace"));
    leftColumn->addWidget(m_createNamespace);
    auto *waitRow = new QHBoxLayout;
    m_wait = new QCheckBox(tr("Wait until all workers are ready, at most"));
    m_wait->setObjectName(QStringLiteral("waitForWorkers"));
    m_timeout = new QSpinBox;
    m_timeout->setObjectName(QStringLiteral("waitMinutes"));
    m_timeout->setAccessibleName(tr("Minutes to wait"));
    m_timeout->setRange(1, 24 * 60);
    m_timeout->setSuffix(tr(" min"));
    waitRow->addWidget(m_wait);
    waitRow->addWidget(m_timeout);
    waitRow->addStretch();
    leftColumn->addLayout(waitRow);
    leftColumn->addStretch();
    m_left = new LeftScroll;
    m_left->setWidget(left);
    m_left->setWidgetResizable(true);
    m_left->setFrameShape(QFrame::NoFrame);
    m_left->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_left->setFocusPolicy(Qt::NoFocus);
    return m_left;
}

QWidget *ReviewPage::makeRight()
{
    auto *right = new QWidget;
    auto *rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(0, 0, 0, 0);
    rightColumn->setSpacing(0);
    m_differences = strongLabel({});
    m_differences->setContentsMargins(14, 10, 14, 10);
    rightColumn->addWidget(m_differences);
    rightColumn->addWidget(new Separator(Qt::Horizontal));
    m_diff = new ObjectDiff;
    rightColumn->addWidget(m_diff, 1);
    return right;
}

QLayout *ReviewPage::makeFoot()
{
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(measure::pageMargin, 10, measure::pageMargin, 10);
    foot->setSpacing(12);
    auto *back = new QPushButton(tr("Back to values"));
    back->setObjectName(QStringLiteral("backToValues"));
    auto *copy = new QPushButton(tr("Copy helm command"));
    copy->setObjectName(QStringLiteral("copyHelmCommand"));
    setButtonKind(copy, ButtonKind::Flat);
    icons::bind(copy, QStringLiteral("copy"));
    icons::bind(back, QStringLiteral("chevron-left"));
    m_blocked = new GlyphLabel(16);
    m_sentence = helpLabel({});
    m_sentence->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_confirm = new QPushButton;
    m_confirm->setObjectName(QStringLiteral("confirm"));
    m_confirm->setAutoDefault(false);
    foot->addWidget(back);
    foot->addWidget(copy);
    foot->addStretch(1);
    foot->addWidget(m_blocked);
    foot->addWidget(m_sentence, 100);
    foot->addWidget(m_confirm);
    connect(back, &QPushButton::clicked, this, &ReviewPage::backRequested);
    connect(copy, &QPushButton::clicked, this, &ReviewPage::copyCommandRequested);
    connect(m_confirm, &QPushButton::clicked, this, &ReviewPage::confirmed);
    return foot;
}

void ReviewPage::setState(const ReviewState &state)
{
    m_state = state;
    m_title->setText(state.title);
    m_subtitle->setText(state.subtitle);
    clear(m_facts);
    for (int row = 0; row < state.facts.size(); ++row) {
        auto *name = helpLabel(state.facts[row].name);
        name->setWordWrap(false);
        name->setMinimumWidth(FactNames);
        m_facts->addWidget(name, row, 0, Qt::AlignTop);
        auto *value = new QLabel(state.facts[row].value);
        value->setTextFormat(Qt::PlainText);
        value->setWordWrap(true);
        m_facts->addWidget(value, row, 1);
    }
    fill(m_consequences, state.consequences, state.checking ? tr("Asking the cluster…") : tr("Nothing would change."));
    showPermissions();
    m_permissionsNote->setText(state.permissionsNote);
    m_differences->setText(state.differencesTitle);
    m_diff->setObjects(state.objects, state.compared);
    const bool ready = state.blockedBecause.isEmpty() && !state.checking;
    m_sentence->setText(!state.blockedBecause.isEmpty()
            ? state.blockedBecause
            : tr("What is shown here is what runs. If the cluster changes first, you see it again."));
    m_blocked->setVisible(!state.blockedBecause.isEmpty());
    m_blocked->setGlyph(glyph(Severity::Error), tr("Cannot start"));
    m_sentence->setAlignment(Qt::AlignVCenter | (state.blockedBecause.isEmpty() ? Qt::AlignRight : Qt::AlignLeft));
    m_confirm->setToolTip(state.blockedBecause);
    m_confirm->setText(state.confirmText);
    m_left->updateGeometry(); // Large fonts need more width.
    m_confirm->setEnabled(ready);
    setButtonKind(m_confirm, state.danger ? ButtonKind::DangerFilled : ButtonKind::Primary);
}

void ReviewPage::showPermissions()
{
    const bool all = m_allShown && !m_state.granted.isEmpty();
    fill(m_permissions, all ? m_state.permissions + m_state.granted : m_state.permissions,
        m_state.checking ? tr("Asking the cluster…") : tr("Nothing is missing."));
    QWidget *before = m_showAll;
    for (int line = 0; line < m_permissions->count(); ++line) {
        QWidget *item = m_permissions->itemAt(line)->widget();
        if (auto *copy = item ? item->findChild<QPushButton *>() : nullptr)
            setTabOrder(std::exchange(before, copy), copy);
    }
    m_showAll->setVisible(!m_state.granted.isEmpty());
    m_showAll->setText(all ? tr("Show what is missing") : tr("Show all"));
}

void ReviewPage::fill(QVBoxLayout *column, const QVector<ReviewState::Item> &items, const QString &none)
{
    clear(column);
    for (const ReviewState::Item &item : items)
        column->addWidget(itemWidget(item));
    if (items.isEmpty())
        column->addWidget(helpLabel(none));
}

ReviewOptions ReviewPage::options() const
{
    return {m_wait->isChecked(), m_timeout->value(), m_createNamespace->isChecked()};
}

void ReviewPage::setOptions(const ReviewOptions &options, bool namespaceExists)
{
    m_wait->setChecked(options.wait);
    m_timeout->setValue(options.timeoutMinutes);
    m_createNamespace->setVisible(!namespaceExists);
    m_createNamespace->setChecked(options.createNamespace);
}

void ReviewPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_title->setFocus();
}

void ReviewPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT backRequested();
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        && event->modifiers().testFlag(Qt::ControlModifier))
        m_confirm->click();
    else
        QWidget::keyPressEvent(event);
}

} // namespace pk::gui
