// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/galleryparts.h"
#include "widgets/band.h"
#include "widgets/card.h"
#include "widgets/chip.h"
#include "widgets/diskbar.h"
#include "widgets/elidedlabel.h"
#include "widgets/emptystate.h"
#include "widgets/icons.h"
#include "widgets/loadingrows.h"
#include "widgets/measures.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QRadioButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using namespace pk::gui;

namespace gallery {

QWidget *page(QVBoxLayout *&column)
{
    auto *widget = new QWidget;
    column = new QVBoxLayout(widget);
    column->setContentsMargins(24, 18, 24, 18);
    column->setSpacing(measure::cardGap);
    return widget;
}

QPushButton *button(const QString &text, ButtonKind kind, const QString &icon)
{
    auto *made = new QPushButton(text);
    setButtonKind(made, kind);
    if (!icon.isEmpty())
        icons::bind(made, icon);
    return made;
}

QToolButton *tool(const QString &icon, bool checked)
{
    auto *made = new QToolButton;
    made->setAutoRaise(true);
    icons::bind(made, icon);
    made->setCheckable(checked);
    made->setChecked(checked);
    return made;
}

QWidget *controlsPage()
{
    QVBoxLayout *column = nullptr;
    QWidget *widget = page(column);
    const struct
    {
        QString text;
        ButtonKind kind;
        QString icon;
    } kinds[] = {{u"Show eviction"_s, ButtonKind::Secondary, {}}, {u"See remedy"_s, ButtonKind::Secondary, u"wand"_s},
        {u"Review upgrade…"_s, ButtonKind::Primary, {}}, {u"Copy rule"_s, ButtonKind::Flat, u"copy"_s},
        {u"Quote it"_s, ButtonKind::Link, {}}, {u"Delete 2 claims…"_s, ButtonKind::Danger, u"trash"_s},
        {u"Uninstall drift-eu"_s, ButtonKind::DangerFilled, {}}};
    for (const bool enabled : {true, false}) {
        auto *row = new QHBoxLayout;
        for (const auto &kind : kinds) {
            auto *made = button(kind.text, kind.kind, kind.icon);
            made->setEnabled(enabled);
            row->addWidget(made);
        }
        row->addWidget(tool(u"unified"_s, enabled));
        row->addWidget(tool(u"side-by-side"_s));
        row->addStretch(1);
        column->addLayout(row);
    }
    auto *card = new Card(u"Fields"_s);
    for (const auto problem : {FieldProblem::None, FieldProblem::Warning, FieldProblem::Error}) {
        auto *row = new QHBoxLayout;
        auto *line = new QLineEdit(u"payments-eu"_s);
        auto *spin = new QSpinBox;
        spin->setRange(0, 9999);
        spin->setValue(30);
        auto *combo = new QComboBox;
        combo->addItems({u"gp3"_s, u"gp2"_s});
        auto *edit = new QComboBox;
        edit->setEditable(true);
        edit->addItem(u"typed or chosen"_s);
        auto *empty = new QLineEdit;
        empty->setPlaceholderText(u"Filter workers"_s);
        icons::bind(empty->addAction(QIcon(), QLineEdit::LeadingPosition), u"search"_s);
        for (QWidget *field : std::initializer_list<QWidget *>{line, spin, combo, edit, empty}) {
            setFieldProblem(field, problem);
            row->addWidget(field);
        }
        card->body()->addLayout(row);
    }
    auto *disabled = new QLineEdit(u"disabled"_s);
    disabled->setEnabled(false);
    card->body()->addWidget(disabled);
    column->addWidget(card);
    auto *checks = new QHBoxLayout;
    for (const int state : {0, 1, 2, 3}) {
        auto *check = new QCheckBox(u"Drain each worker"_s);
        check->setTristate(state == 2);
        check->setCheckState(state == 1 || state == 3 ? Qt::Checked
                : state == 2                          ? Qt::PartiallyChecked
                                                      : Qt::Unchecked);
        check->setEnabled(state != 3);
        checks->addWidget(check);
        auto *radio = new QRadioButton(u"Choice"_s);
        radio->setAutoExclusive(false);
        radio->setChecked(state % 2);
        checks->addWidget(radio);
    }
    checks->addStretch(1);
    column->addLayout(checks);
    auto *chips = new QHBoxLayout;
    for (const Tone tone :
        {Tone::Neutral, Tone::Accent, Tone::Good, Tone::Warning, Tone::Bad, Tone::Info, Tone::Edited})
        chips->addWidget(new Chip({u"edited"_s, tone, u"pencil"_s, false}));
    chips->addWidget(new Chip({u"default"_s, Tone::Neutral, {}, true}));
    chips->addWidget(new Chip({u"file"_s, Tone::Neutral, u"file"_s, true}));
    chips->addStretch(1);
    column->addLayout(chips);
    for (const Tone tone : {Tone::Good, Tone::Info, Tone::Edited}) {
        auto *band = new Band;
        band->setCompact(true);
        band->setNews(tone, glyph(Severity::Hint), u"staging is on revision 8. 3 workers restarted in 2 min 31 s."_s);
        column->addWidget(band);
    }
    auto *bars = new QHBoxLayout;
    for (const double used : {0.3, 0.86, 0.97}) {
        auto *bar = new DiskBar;
        DiskBarData data;
        data.used = used;
        data.threshold = 0.9;
        data.tone = used > 0.9 ? Tone::Bad : used > 0.8 ? Tone::Warning : Tone::Neutral;
        data.left = u"104 GiB"_s;
        data.right = u"96 GiB free"_s;
        bar->setData(data);
        bars->addWidget(bar);
    }
    auto *progress = new ProgressLine;
    progress->setProgress(0.66);
    bars->addWidget(progress);
    column->addLayout(bars);
    auto *iconsRow = new QGridLayout;
    int at = 0;
    for (const QString &name : icons::names()) {
        auto *made = tool(name);
        made->setToolTip(name);
        iconsRow->addWidget(made, at / 31, at % 31);
        ++at;
    }
    column->addLayout(iconsRow);
    column->addWidget(new ElidedLabel(u"launcher-storage-drift-eu-spacelift-worker-4 "_s.repeated(6), Qt::ElideMiddle));
    column->addStretch(1);
    return widget;
}

QWidget *emptyPage()
{
    auto *widget = new QWidget;
    auto *grid = new QGridLayout(widget);
    grid->setContentsMargins(32, 28, 32, 28);
    grid->setSpacing(16);
    const struct
    {
        QString icon, heading, text;
        QStringList actions;
    } states[] = {
        {u"layers"_s, u"No worker pools in namespace spacelift"_s,
            u"Poolkeeper looks for Helm releases of spacelift-worker. There is none here, or your account may not read Secrets, where Helm keeps releases."_s,
            {u"New pool"_s, u"Other namespace…"_s}},
        {u"eject"_s, u"No evictions since 2 October"_s,
            u"Kubernetes forgets an eviction within the hour. Poolkeeper keeps each one that it sees while it runs."_s,
            {u"Show disk headroom"_s}},
        {u"tick"_s, u"No difference to revision 14"_s,
            u"An upgrade with these values would send the same objects and restart nothing."_s,
            {u"Compare with live cluster"_s}},
        {u"lock"_s, u"platform-ops may not read disk figures of nodes"_s,
            u"This needs get on nodes/proxy, a strong right: it also lets its holder run commands in pods. Without it, workers, events and evictions are still complete."_s,
            {u"Use df inside workers"_s, u"Copy rule"_s}},
        {u"wifi-off"_s, u"The login of prod-eu-west failed"_s,
            u"aws-iam-authenticator ended with code 1 after 3.2 s. It said: “the token has expired”."_s,
            {u"Log in again"_s, u"Show command"_s, u"Copy details"_s}},
    };
    int at = 0;
    for (const auto &state : states) {
        auto *card = new Card;
        auto *empty = new EmptyState;
        empty->setContent(state.icon, state.heading, state.text);
        QList<QAction *> actions;
        for (const QString &text : state.actions)
            actions << new QAction(text, empty);
        empty->setActions(actions, at == 0 || at == 4 ? actions.first() : nullptr);
        card->body()->addWidget(empty);
        grid->addWidget(card, at / 3, at % 3);
        ++at;
    }
    auto *card = new Card(u"Any page, loading"_s);
    auto *loading = new LoadingRows;
    loading->start(u"Reading workers of prod-eu"_s);
    card->body()->addWidget(loading);
    grid->addWidget(card, 1, 2);
    for (int i = 0; i < 3; ++i)
        grid->setColumnStretch(i, 1);
    return widget;
}

} // namespace gallery
