// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "app/sidebar.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QStackedWidget>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

using namespace pk;

/// What the window is without any cluster: menu bar, side bar, what it keeps between two runs.
class TestWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void menuBarComesWithAltAndF10();
    void everyMenuHasItsActions();
    void sideBarIsRememberedForPagesAndPanes();
    void dialogsDarkenTheWindow();
    void tabsByKeys();
    void regionsByF6();
    void pagesFitTheSmallestWindow();

private:
    std::unique_ptr<gui::Application> application();

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

std::unique_ptr<gui::Application> TestWindow::application()
{
    gui::ApplicationOptions options;
    options.dataFolder = m_folder->path();
    options.settingsFile = m_folder->filePath(QStringLiteral("settings.ini"));
    options.kubeconfig = m_folder->filePath(QStringLiteral("none"));
    auto made = std::make_unique<gui::Application>(options);
    made->window().resize(1440, 900);
    made->start();
    made->window().activateWindow();
    if (!QTest::qWaitForWindowActive(&made->window()))
        return nullptr;
    return made;
}

void TestWindow::menuBarComesWithAltAndF10()
{
    const auto poolkeeper = application();
    QVERIFY(poolkeeper);
    gui::MainWindow &window = poolkeeper->window();
    QMenuBar *bar = window.menuBar();
    QVERIFY(!bar->isVisible());
    const auto leave = [&] {
        QTRY_VERIFY(QApplication::activePopupWidget());
        QApplication::activePopupWidget()->close();
        QTRY_VERIFY(!bar->isVisible());
        QApplication::setActiveWindow(&window); // offscreen, a menu takes the activation with it
        QTRY_VERIFY(window.isActiveWindow());
    };
    QTest::keyClick(&window, Qt::Key_F10);
    QVERIFY(bar->isVisible());
    leave();
    QTest::keyPress(&window, Qt::Key_Alt);
    QVERIFY(!bar->isVisible());
    QTest::keyRelease(&window, Qt::Key_Alt);
    QVERIFY(bar->isVisible());
    leave();
    // Alt of a shortcut is not Alt alone.
    QTest::keyPress(&window, Qt::Key_Alt);
    QTest::keyClick(&window, Qt::Key_2, Qt::AltModifier);
    QTest::keyRelease(&window, Qt::Key_Alt);
    QVERIFY(!bar->isVisible());
}

void TestWindow::everyMenuHasItsActions()
{
    const auto poolkeeper = application();
    QVERIFY(poolkeeper);
    const QMenuBar *bar = poolkeeper->window().menuBar();
    QCOMPARE(bar->actions().size(), 4);
    const qsizetype least[] = {8, 6, 3, 3};
    for (int i = 0; i < 4; ++i) {
        QVERIFY(bar->actions()[i]->menu()->actions().size() >= least[i]);
        for (const QAction *action : bar->actions()[i]->menu()->actions())
            QVERIFY(action->isSeparator() || !action->text().isEmpty());
    }
}

void TestWindow::sideBarIsRememberedForPagesAndPanes()
{
    {
        const auto poolkeeper = application();
        QVERIFY(poolkeeper);
        gui::MainWindow &window = poolkeeper->window();
        auto *bar = window.findChild<gui::SideBar *>();
        QVERIFY(!bar->isRail());
        window.newPool(QStringLiteral("draft-eu")); // Values: three panes want the room below 1500
        QVERIFY(bar->isRail());
        window.findChild<QAction *>(QStringLiteral("sideBarAction"))->trigger();
        QVERIFY(!bar->isRail());
        window.findChild<QTabBar *>(QStringLiteral("poolTabs"))->setCurrentIndex(0);
        QVERIFY(!bar->isRail());
        window.findChild<QAction *>(QStringLiteral("sideBarAction"))->trigger();
        QVERIFY(bar->isRail());
        window.findChild<QTabBar *>(QStringLiteral("poolTabs"))->setCurrentIndex(1);
        QVERIFY(!bar->isRail());
        bar->setWide(320);
        Q_EMIT bar->widthChanged(bar->wide());
        QCOMPARE(bar->width(), 320);
        bar->setWide(1000);
        QCOMPARE(bar->width(), 360);
        window.close();
    }
    const auto again = application();
    QVERIFY(again);
    auto *bar = again->window().findChild<gui::SideBar *>();
    QCOMPARE(bar->wide(), 320);
    QVERIFY(bar->isRail()); // as it was left beside pages
}

void TestWindow::dialogsDarkenTheWindow()
{
    const auto poolkeeper = application();
    QVERIFY(poolkeeper);
    gui::MainWindow &window = poolkeeper->window();
    auto *scrim = window.findChild<QWidget *>(QStringLiteral("scrim"));
    QVERIFY(!scrim->isVisible());
    window.findChild<QAction *>(QStringLiteral("newPoolAction"))->trigger();
    auto *dialog = window.findChild<QDialog *>(QStringLiteral("newPoolDialog"));
    QVERIFY(dialog && dialog->isVisible());
    QTRY_VERIFY(scrim->isVisible());
    QCOMPARE(scrim->size(), window.size());
    dialog->reject();
    QTRY_VERIFY(!scrim->isVisible());
}

void TestWindow::tabsByKeys()
{
    const auto poolkeeper = application();
    QVERIFY(poolkeeper);
    gui::MainWindow &window = poolkeeper->window();
    window.newPool(QStringLiteral("draft-eu"));
    auto *tabs = window.findChild<QTabBar *>(QStringLiteral("poolTabs"));
    QCOMPARE(tabs->currentIndex(), 1);
    QTest::keyClick(&window, Qt::Key_1, Qt::AltModifier);
    QCOMPARE(tabs->currentIndex(), 0);
    // A draft says that it is one, and goes on from there.
    auto *edit = window.findChild<QAbstractButton *>(QStringLiteral("editValues"));
    QVERIFY(edit && edit->isVisible());
    edit->click();
    QCOMPARE(tabs->currentIndex(), 1);
    QTest::keyClick(&window, Qt::Key_3, Qt::AltModifier);
    QCOMPARE(tabs->currentIndex(), 2);
}

void TestWindow::regionsByF6()
{
    const auto poolkeeper = application();
    QVERIFY(poolkeeper);
    gui::MainWindow &window = poolkeeper->window();
    window.newPool(QStringLiteral("draft-eu"));
    QTest::keyClick(&window, Qt::Key_1, Qt::AltModifier);
    auto *bar = window.findChild<gui::SideBar *>();
    auto *tabs = window.findChild<QTabBar *>(QStringLiteral("poolTabs"));
    tabs->setFocus();
    QTest::keyClick(&window, Qt::Key_F6);
    QVERIFY(!tabs->hasFocus() && !bar->isAncestorOf(QApplication::focusWidget())); // the page
    QTest::keyClick(&window, Qt::Key_F6);
    QVERIFY(bar->isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(&window, Qt::Key_F6, Qt::ShiftModifier);
    QTest::keyClick(&window, Qt::Key_F6, Qt::ShiftModifier);
    QVERIFY(tabs->hasFocus());
}

void TestWindow::pagesFitTheSmallestWindow()
{
    const auto poolkeeper = application();
    QVERIFY(poolkeeper);
    gui::MainWindow &window = poolkeeper->window();
    window.newPool(QStringLiteral("draft-eu"));
    window.resize(100, 100);
    QCOMPARE(window.size(), QSize(960, 600));
    auto *pages = window.findChild<QWidget *>(QStringLiteral("poolPage"));
    for (int tab = 0; tab < 3; ++tab) {
        window.findChild<QTabBar *>(QStringLiteral("poolTabs"))->setCurrentIndex(tab);
        QCoreApplication::processEvents();
        QCOMPARE(pages->mapTo(&window, pages->rect().topRight()).x(), window.width() - 1);
    }
}

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
