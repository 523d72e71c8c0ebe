// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/windowdriver.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QFileDialog>
#include <QLineEdit>
#include <QPainter>
#include <QPixmap>

namespace pk::test {

void WindowDriver::waitFor(const QString &what, const std::function<bool()> &done, int timeout) const
{
    if (!QTest::qWaitFor(done, timeout))
        throw Failed(what.toStdString());
}

QWidget *WindowDriver::visible(const QString &name) const
{
    for (QWidget *top : QApplication::topLevelWidgets()) {
        if (!top->isVisible())
            continue;
        if (top->objectName() == name)
            return top;
        for (QWidget *candidate : top->findChildren<QWidget *>(name)) {
            if (candidate->isVisible())
                return candidate;
        }
    }
    return nullptr;
}

void WindowDriver::click(const QString &name) const
{
    QWidget *target = widget(name);
    waitFor(QStringLiteral("%1 stays disabled").arg(name),
        [target = QPointer<QWidget>(target)] { return target && target->isEnabled(); });
    QTest::mouseClick(target, Qt::LeftButton);
}

void WindowDriver::enter(const QString &name, const QString &text) const
{
    QWidget *target = widget(name);
    target->setFocus();
    QTest::keyClick(target, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(target, text);
}

void WindowDriver::choosePath(const QString &path) const
{
    auto *dialog = widget<QFileDialog>(QStringLiteral("fileDialog"));
    auto *edit = dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
    if (!edit)
        throw Failed("the file dialog has no field for a name");
    edit->setText(path);
    QTest::keyClick(edit, Qt::Key_Return);
    const QPointer<QFileDialog> guard(dialog);
    waitFor(QStringLiteral("the file dialog stays open"), [guard] { return !guard || !guard->isVisible(); });
}

void WindowDriver::trigger(const QString &actionName) const
{
    auto *action = m_window.findChild<QAction *>(actionName);
    if (!action)
        throw Failed("no action " + actionName.toStdString());
    waitFor(QStringLiteral("%1 stays disabled").arg(actionName), [action] { return action->isEnabled(); });
    action->trigger();
}

void WindowDriver::picture(const QDir &folder, const QString &name) const
{
    // What is queued is painted first: a picture shows what a person would see.
    QCoreApplication::sendPostedEvents();
    QPixmap picture = m_window.grab();
    for (QDialog *dialog : m_window.findChildren<QDialog *>()) {
        if (!dialog->isVisible())
            continue;
        QPainter painter(&picture);
        const QPixmap over = dialog->grab();
        painter.drawPixmap((m_window.width() - dialog->width()) / 2, (m_window.height() - dialog->height()) / 2, over);
    }
    if (!picture.save(folder.filePath(name + QStringLiteral(".png"))))
        throw Failed("cannot write " + folder.filePath(name).toStdString());
}

} // namespace pk::test
