// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shots/states.h"
#include "widgets/elidedlabel.h"
#include "widgets/theme.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QTest>

using namespace pk::gui;

/// No page clips a widget or a text, in any state, from the smallest window to a large one (UI.md 10).
class TestPageLayout : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void nothingIsClipped_data();
    void nothingIsClipped();
    void inputsHaveNames_data() { states(); }
    void inputsHaveNames();
    void tabWalksInReadingOrder_data() { states(); }
    void tabWalksInReadingOrder();

private:
    static void states();
};

namespace {

QString nameOf(const QWidget &widget)
{
    QStringList path;
    for (const QWidget *at = &widget; at && path.size() < 4; at = at->parentWidget())
        path.prepend(
            at->objectName().isEmpty() ? QString::fromLatin1(at->metaObject()->className()) : at->objectName());
    return path.join(u'/');
}

/// Qt's own children of an editor or a scroll area have their own rules.
bool isInside(const QWidget &widget)
{
    const QWidget *parent = widget.parentWidget();
    return qobject_cast<const QAbstractSpinBox *>(parent) || qobject_cast<const QComboBox *>(parent)
        || qobject_cast<const QLineEdit *>(parent) || widget.objectName().startsWith(QStringLiteral("qt_"));
}

/// The text of a label that has no room: a line wider than it, or more lines than it is high.
bool isCut(const QLabel &label)
{
    if (label.text().isEmpty() || qobject_cast<const ElidedLabel *>(&label))
        return false;
    const QRect room = label.contentsRect();
    if (!label.wordWrap())
        return label.fontMetrics().size(0, label.text()).width() > room.width() + 1;
    return label.heightForWidth(label.width()) > label.height() + 1;
}

QStringList clipped(const QWidget &window)
{
    QStringList found;
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisibleTo(&window) || isInside(*widget))
            continue;
        const QSize least = widget->minimumSizeHint().boundedTo(widget->maximumSize());
        const bool scrolls = qobject_cast<const QAbstractScrollArea *>(widget) != nullptr;
        const bool wraps = widget->hasHeightForWidth() || (widget->layout() && widget->layout()->hasHeightForWidth());
        if (!scrolls && least.isValid()
            && (widget->width() < least.width() || (!wraps && widget->height() < least.height())))
            found.append(QStringLiteral("%1 is %2x%3, needs %4x%5")
                             .arg(nameOf(*widget))
                             .arg(widget->width())
                             .arg(widget->height())
                             .arg(least.width())
                             .arg(least.height()));
        if (const auto *label = qobject_cast<const QLabel *>(widget); label && isCut(*label))
            found.append(QStringLiteral("%1 cuts “%2”").arg(nameOf(*label), label->text()));
        const QWidget *parent = widget->parentWidget();
        if (parent && parent->layout() && parent->layout()->indexOf(const_cast<QWidget *>(widget)) >= 0
            && !parent->rect().adjusted(-1, -1, 1, 1).contains(widget->geometry()))
            found.append(QStringLiteral("%1 sticks out of its parent").arg(nameOf(*widget)));
    }
    return found;
}

} // namespace

void TestPageLayout::initTestCase()
{
    QApplication::setFont(QFont(QStringLiteral("Inter"), 10));
    setUpLook(*qApp);
}

void TestPageLayout::states()
{
    QTest::addColumn<int>("shot");
    for (std::size_t i = 0; i < fixtures::shots().size(); ++i)
        QTest::newRow(fixtures::shots()[i].name) << int(i);
}

void TestPageLayout::nothingIsClipped_data()
{
    QTest::addColumn<int>("shot");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("points");
    for (std::size_t i = 0; i < fixtures::shots().size(); ++i) {
        const QByteArray name = fixtures::shots()[i].name;
        QTest::newRow((name + " 1280x720").constData()) << int(i) << QSize(1280, 720) << 10;
        QTest::newRow((name + " 2560x1440").constData()) << int(i) << QSize(2560, 1440) << 10;
        QTest::newRow((name + " 1280x720, text of 130 %").constData()) << int(i) << QSize(1280, 720) << 13;
    }
}

void TestPageLayout::nothingIsClipped()
{
    QFETCH(int, shot);
    QFETCH(QSize, size);
    QFETCH(int, points);
    QApplication::setFont(QFont(QStringLiteral("Inter"), points));
    const std::unique_ptr<QWidget> window(fixtures::shots()[std::size_t(shot)].make());
    fixtures::showShot(*window, size.width(), size.height());
    QCOMPARE(clipped(*window).join(u'\n'), QString());
    QApplication::setFont(QFont(QStringLiteral("Inter"), 10));
}

void TestPageLayout::inputsHaveNames()
{
    QFETCH(int, shot);
    const std::unique_ptr<QWidget> window(fixtures::shots()[std::size_t(shot)].make());
    fixtures::showShot(*window, 1440, 900);
    QStringList nameless;
    for (QWidget *widget : window->findChildren<QWidget *>()) {
        if (!widget->isVisibleTo(window.get()) || widget->focusPolicy() == Qt::NoFocus || isInside(*widget))
            continue;
        const auto *button = qobject_cast<QAbstractButton *>(widget);
        const auto *label = qobject_cast<QLabel *>(widget);
        const QString text = button ? button->text() : label ? label->text() : QString();
        if (widget->accessibleName().isEmpty() && text.isEmpty())
            nameless.append(nameOf(*widget));
    }
    QCOMPARE(nameless.join(u'\n'), QString());
}

void TestPageLayout::tabWalksInReadingOrder()
{
    QFETCH(int, shot);
    const std::unique_ptr<QWidget> window(fixtures::shots()[std::size_t(shot)].make());
    fixtures::showShot(*window, 1440, 900);
    // Each column from top to bottom: nothing that Tab comes to lies wholly above and left of what it has left.
    QStringList backwards;
    QWidget *before = nullptr;
    for (QWidget *at = window->nextInFocusChain(); at && at != window.get(); at = at->nextInFocusChain()) {
        if (!(at->focusPolicy() & Qt::TabFocus) || !at->isVisibleTo(window.get()) || !at->isEnabled() || isInside(*at))
            continue;
        const QRect place(at->mapTo(window.get(), QPoint(0, 0)), at->size());
        if (before) {
            const QRect last(before->mapTo(window.get(), QPoint(0, 0)), before->size());
            if (place.bottom() <= last.top() && place.right() <= last.left())
                backwards.append(nameOf(*before) + QStringLiteral(" -> ") + nameOf(*at));
        }
        before = at;
    }
    QCOMPARE(backwards.join(u'\n'), QString());
}

QTEST_MAIN(TestPageLayout)
#include "tst_pagelayout.moc"
