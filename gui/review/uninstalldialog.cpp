// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/uninstalldialog.h"

#include "widgets/card.h"
#include "widgets/elidedlabel.h"
#include "widgets/glyphlabel.h"
#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace pk::gui {

namespace {

constexpr int MostLines = 12;
constexpr int Padding = 24;
constexpr int Width = 720;

Card *listCard(const QString &title, const QVector<UninstallFacts::Line> &lines, Glyph mark)
{
    auto *card = new Card(title);
    card->setEdge(Card::Edge::Quiet);
    for (int i = 0; i < lines.size() && i < MostLines; ++i) {
        auto *row = new QHBoxLayout;
        row->setSpacing(measure::iconGap);
        row->addWidget(new GlyphLabel(mark, title, 16), 0, Qt::AlignTop);
        auto *words = new QVBoxLayout;
        words->setSpacing(0);
        auto *what = strongLabel(lines[i].what);
        what->setWordWrap(true);
        words->addWidget(what);
        if (!lines[i].detail.isEmpty())
            words->addWidget(helpLabel(lines[i].detail));
        row->addLayout(words, 1);
        card->body()->addLayout(row);
    }
    if (lines.size() > MostLines)
        card->body()->addWidget(helpLabel(
            QCoreApplication::translate("UninstallDialog", "and %1 more").arg(int(lines.size()) - MostLines)));
    if (lines.isEmpty())
        card->body()->addWidget(helpLabel(QCoreApplication::translate("UninstallDialog", "Nothing")));
    card->body()->addStretch();
    return card;
}

} // namespace

UninstallDialog::UninstallDialog(const UninstallFacts &facts, QWidget *parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("uninstallDialog"));
    setWindowTitle(tr("Uninstall %1").arg(facts.release));
    setWindowModality(Qt::WindowModal);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto *column = new QVBoxLayout;
    column->setContentsMargins(Padding, 20, Padding, 16);
    column->setSpacing(14);
    outer->addLayout(column);
    auto *heading = new QVBoxLayout;
    heading->setSpacing(4);
    heading->addWidget(titleLabel(tr("Uninstall %1?").arg(facts.release)));
    heading->addWidget(helpLabel(tr("%1. This cannot be undone.").arg(facts.where)));
    column->addLayout(heading);
    auto *lists = new QHBoxLayout;
    lists->setSpacing(measure::stackedCardGap);
    lists->addWidget(listCard(tr("Goes"), facts.goes, glyph(ChangeState::Deleted)), 1);
    lists->addWidget(listCard(tr("Stays"), facts.stays, glyph(ChangeState::Unchanged)), 1);
    column->addLayout(lists);
    auto *prompt = new QLabel(tr("Type the name of the release to confirm"));
    prompt->setTextFormat(Qt::PlainText);
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("typedName"));
    m_name->setAccessibleName(prompt->text());
    m_name->setFont(fonts::code());
    m_name->setMinimumWidth(200);
    prompt->setBuddy(m_name);
    auto *typing = new QHBoxLayout;
    typing->setSpacing(measure::labelGap);
    typing->addWidget(prompt);
    typing->addWidget(m_name);
    typing->addStretch(1);
    column->addLayout(typing);
    outer->addStretch(1);
    outer->addWidget(new Separator(Qt::Horizontal));
    outer->addWidget(makeButtons(facts));
    setMinimumWidth(Width);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_uninstall, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_name, &QLineEdit::textChanged, this, [this, release = facts.release](const QString &typed) {
        const bool matches = typed == release;
        m_uninstall->setEnabled(matches);
        // Enter must not cancel what was just typed, nor uninstall before it matches.
        m_cancel->setDefault(false);
        m_uninstall->setDefault(matches);
    });
    m_cancel->setFocus();
}

QWidget *UninstallDialog::makeButtons(const UninstallFacts &facts)
{
    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(Padding - 8, 12, Padding, 12);
    row->setSpacing(8);
    auto *copy = new QPushButton(tr("Copy helm command"));
    copy->setObjectName(QStringLiteral("copyUninstallCommand"));
    copy->setAutoDefault(false);
    copy->setToolTip(facts.command);
    setButtonKind(copy, ButtonKind::Flat);
    icons::bind(copy, QStringLiteral("copy"));
    connect(copy, &QPushButton::clicked, this,
        [command = facts.command] { QGuiApplication::clipboard()->setText(command); });
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setObjectName(QStringLiteral("cancel"));
    m_cancel->setDefault(true);
    m_uninstall = new QPushButton(tr("Uninstall %1").arg(facts.release));
    m_uninstall->setObjectName(QStringLiteral("uninstall"));
    m_uninstall->setEnabled(false);
    m_uninstall->setAutoDefault(false);
    setButtonKind(m_uninstall, ButtonKind::DangerFilled);
    row->addWidget(copy);
    row->addStretch(1);
    row->addWidget(m_cancel);
    row->addSpacing(16); // never side by side with the default
    row->addWidget(m_uninstall);
    return bar;
}

} // namespace pk::gui
