// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/newpooldialog.h"

#include "app/dialogframe.h"
#include "release/record.h"
#include "widgets/elidedlabel.h"
#include "widgets/poolstyle.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace pk::gui {

NewPoolDialog::NewPoolDialog(const QStringList &taken, QWidget *parent) : QDialog(parent), m_taken(taken)
{
    setWindowTitle(tr("New pool"));
    auto *column = dialogColumn(*this, QStringLiteral("newPoolDialog"), tr("New pool"));
    auto *label = new QLabel(tr("Name"));
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("poolName"));
    m_name->setAccessibleName(tr("Name"));
    label->setBuddy(m_name);
    column->addWidget(label);
    column->addWidget(m_name);
    m_note = helpLabel({});
    column->addWidget(m_note);
    m_make = addDialogButtons(*this, *column, tr("Edit values"), QStringLiteral("makePool"));
    setMinimumWidth(420);
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
