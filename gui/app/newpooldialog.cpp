// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/newpooldialog.h"

#include "release/record.h"
#include "widgets/elidedlabel.h"
#include "widgets/poolstyle.h"

namespace pk::gui {

NewPoolDialog::NewPoolDialog(const QStringList &taken, QWidget *parent) : QDialog(parent), m_taken(taken)
{
    setObjectName(QStringLiteral("newPoolDialog"));
    setWindowTitle(tr("New pool"));
    setWindowModality(Qt::WindowModal);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(12);
    column->addWidget(titleLabel(tr("New pool")));
    auto *label = new QLabel(tr("Name"));
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("poolName"));
    m_name->setAccessibleName(tr("Name"));
    label->setBuddy(m_name);
    column->addWidget(label);
    column->addWidget(m_name);
    m_note = helpLabel({});
    column->addWidget(m_note);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setObjectName(QStringLiteral("cancel"));
    m_make = new QPushButton(tr("Edit values"));
    m_make->setObjectName(QStringLiteral("makePool"));
    setButtonKind(m_make, ButtonKind::Primary);
    m_make->setDefault(true);
    buttons->addWidget(cancel);
    buttons->addWidget(m_make);
    column->addLayout(buttons);
    setMinimumWidth(420);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_make, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_name, &QLineEdit::textChanged, this, &NewPoolDialog::check);
    check();
    m_name->setFocus();
}

QString NewPoolDialog::name() const
{
    return m_name->text().trimmed();
}

void NewPoolDialog::check()
{
    const QString rule = tr("It becomes the name of the Helm release. Nothing is sent to a cluster yet.");
    const bool good = release::isReleaseName(name().toStdString());
    const bool taken = m_taken.contains(name());
    m_make->setEnabled(good && !taken);
    const bool wrong = !name().isEmpty() && (!good || taken);
    setFieldProblem(m_name, wrong ? FieldProblem::Error : FieldProblem::None);
    m_note->setText(!wrong ? rule
            : taken        ? tr("There is a pool or draft of this name already.")
                    : tr("Small letters, digits and dashes, at most 53 characters, beginning and ending with a letter "
                         "or digit."));
}

} // namespace pk::gui
