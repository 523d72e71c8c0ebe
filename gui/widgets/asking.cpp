// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/asking.h"

#include <QFileDialog>
#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>

namespace pk::gui {

namespace {

void askPath(QWidget *parent, const QString &title, const QString &start, const QString &filter,
    QFileDialog::AcceptMode mode, std::function<void(const QString &)> chosen)
{
    auto *dialog = new QFileDialog(parent, title, {}, filter);
    dialog->setObjectName(QStringLiteral("fileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(mode);
    dialog->setFileMode(mode == QFileDialog::AcceptSave ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
    if (mode == QFileDialog::AcceptSave)
        dialog->selectFile(start);
    else if (!start.isEmpty())
        dialog->setDirectory(start);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(chosen));
    dialog->open();
}

} // namespace

void askOpenPath(QWidget *parent, const QString &title, const QString &folder, const QString &filter,
    std::function<void(const QString &path)> chosen)
{
    askPath(parent, title, folder, filter, QFileDialog::AcceptOpen, std::move(chosen));
}

void askSavePath(QWidget *parent, const QString &title, const QString &suggested, const QString &filter,
    std::function<void(const QString &path)> chosen)
{
    askPath(parent, title, suggested, filter, QFileDialog::AcceptSave, std::move(chosen));
}

void askText(QWidget *parent, const QString &title, const QString &label, const QString &text,
    std::function<void(const QString &text)> chosen)
{
    auto *dialog = new QInputDialog(parent);
    dialog->setObjectName(QStringLiteral("textDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLabelText(label);
    dialog->setOption(QInputDialog::UsePlainTextEditForTextInput);
    dialog->setTextValue(text);
    QObject::connect(dialog, &QInputDialog::textValueSelected, parent, std::move(chosen));
    dialog->open();
}

void askQuestion(QWidget *parent, const QString &title, const QString &text, const QStringList &verbs,
    std::function<void(int verb)> chosen)
{
    auto *dialog = new QMessageBox(QMessageBox::Question, title, text, QMessageBox::Cancel, parent);
    dialog->setObjectName(QStringLiteral("questionDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setTextFormat(Qt::PlainText);
    for (int verb = 0; verb < verbs.size(); ++verb) {
        QPushButton *button = dialog->addButton(verbs[verb], QMessageBox::ActionRole);
        QObject::connect(button, &QPushButton::clicked, parent, [chosen, verb] { chosen(verb); });
    }
    dialog->setDefaultButton(QMessageBox::Cancel);
    dialog->setWindowModality(Qt::WindowModal);
    dialog->open();
}

} // namespace pk::gui
