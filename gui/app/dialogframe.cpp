// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dialogframe.h"

#include "widgets/elidedlabel.h"
#include "widgets/poolstyle.h"

#include <QCoreApplication>
#include <QDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace pk::gui {

QVBoxLayout *dialogColumn(QDialog &dialog, const QString &name, const QString &title)
{
    dialog.setObjectName(name);
    dialog.setWindowModality(Qt::WindowModal);
    dialog.setBackgroundRole(QPalette::Base);
    dialog.setAutoFillBackground(true);
    auto *column = new QVBoxLayout(&dialog);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(12);
    auto *heading = titleLabel(title);
    heading->setWordWrap(true);
    column->addWidget(heading);
    return column;
}

QPushButton *addDialogButtons(QDialog &dialog, QVBoxLayout &column, const QString &accept, const QString &name)
{
    auto *row = new QHBoxLayout;
    row->addStretch();
    auto *cancel = new QPushButton(QCoreApplication::translate("pk::gui::dialogs", "Cancel"));
    cancel->setObjectName(QStringLiteral("cancel"));
    auto *accepts = new QPushButton(accept);
    accepts->setObjectName(name);
    setButtonKind(accepts, ButtonKind::Primary);
    accepts->setDefault(true);
    row->addWidget(cancel);
    row->addWidget(accepts);
    column.addLayout(row);
    QObject::connect(cancel, &QPushButton::clicked, &dialog, &QDialog::reject);
    QObject::connect(accepts, &QPushButton::clicked, &dialog, &QDialog::accept);
    return accepts;
}

} // namespace pk::gui
