// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/uninstalldialog.h"

#include "widgets/card.h"
#include "widgets/elidedlabel.h"
#include "widgets/glyphlabel.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"

namespace pk::gui {

namespace {

constexpr int MostLines = 12;

Card *listCard(const QString &title, const QVector<std::pair<QString, QString>> &lines, Glyph mark, const QString &none)
{
    auto *card = new Card(title);
    card->setEdge(Card::Edge::Quiet);
    for (int i = 0; i < lines.size() && i < MostLines; ++i) {
        auto *row = new QHBoxLayout;
        row->setSpacing(measure::iconGap);
        row->addWidget(new GlyphLabel(mark, title, 16), 0, Qt::AlignTop);
        auto *words = new QVBoxLayout;
        words->setSpacing(0);
        auto *what = new ElidedLabel(lines[i].first, Qt::ElideMiddle);
        what->setFont(fonts::medium());
        words->addWidget(what);
        if (!lines[i].second.isEmpty())
            words->addWidget(helpLabel(lines[i].second));
        row->addLayout(words, 1);
        card->body()->addLayout(row);
    }
    if (lines.size() > MostLines)
        card->body()->addWidget(helpLabel(
            QCoreApplication::translate("UninstallDialog", "and %1 more").arg(int(lines.size()) - MostLines)));
    if (lines.isEmpty())
        card->body()->addWidget(helpLabel(none));
    card->body()->addStretch();
    return card;
}

} // namespace

UninstallDialog::UninstallDialog(const QString &release, const QString &cluster, const QStringList &goes,
    const QVector<std::pair<QString, QString>> &stays, QWidget *parent) :
    QDialog(parent)
{
    setObjectName(QStringLiteral("uninstallDialog"));
    setWindowTitle(tr("Uninstall %1").arg(release));
    setWindowModality(Qt::WindowModal);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(14);
    column->addWidget(titleLabel(tr("Uninstall %1?").arg(release)));
    column->addWidget(helpLabel(tr("From %1. Runs on its workers are cut. This cannot be undone.").arg(cluster)));
    QVector<std::pair<QString, QString>> going;
    for (const QString &line : goes)
        going.append({line, QString()});
    auto *lists = new QHBoxLayout;
    lists->setSpacing(measure::cardGap);
    lists->addWidget(listCard(tr("Goes"), going, glyph(ChangeState::Deleted), tr("Nothing")), 1);
    lists->addWidget(listCard(tr("Stays"), stays, glyph(ChangeState::Unchanged), tr("Nothing")), 1);
    column->addLayout(lists);
    auto *prompt = new QLabel(tr("Type the name of the release to confirm"));
    prompt->setTextFormat(Qt::PlainText);
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("typedName"));
    m_name->setAccessibleName(prompt->text());
    prompt->setBuddy(m_name);
    auto *typing = new QHBoxLayout;
    typing->setSpacing(measure::labelGap);
    typing->addWidget(prompt);
    m_name->setFont(fonts::code());
    typing->addWidget(m_name, 1);
    column->addLayout(typing);
    column->addWidget(new Separator(Qt::Horizontal));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    m_uninstall = new QPushButton(tr("Uninstall %1").arg(release));
    m_uninstall->setObjectName(QStringLiteral("uninstall"));
    m_uninstall->setEnabled(false);
    m_uninstall->setAutoDefault(false);
    setButtonKind(m_uninstall, ButtonKind::DangerFilled);
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setObjectName(QStringLiteral("cancel"));
    cancel->setDefault(true);
    buttons->addWidget(cancel);
    buttons->addSpacing(24); // never side by side with the default
    buttons->addWidget(m_uninstall);
    column->addLayout(buttons);
    setMinimumWidth(720);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_uninstall, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_name, &QLineEdit::textChanged, this, [this, release, cancel](const QString &typed) {
        const bool matches = typed == release;
        m_uninstall->setEnabled(matches);
        // Enter must not cancel what was just typed, nor uninstall before it matches.
        cancel->setDefault(false);
        m_uninstall->setDefault(matches);
    });
    cancel->setFocus();
}

} // namespace pk::gui
