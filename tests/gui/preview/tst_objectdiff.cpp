// SPDX-License-Identifier: GPL-3.0-or-later
#include "preview/labellines.h"
#include "preview/objectdiff.h"
#include "preview/objectlines.h"
#include "preview/objectlist.h"
#include "widgets/diffview.h"
#include "widgets/theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QTest>
#include <QToolButton>

using namespace pk::gui;

/// The list of objects and the difference below it, with everything that its menu does.
class TestObjectDiff : public QObject
{
    Q_OBJECT
private:
    static QByteArray manifest(const QByteArray &version, int replicas, int filler = 30)
    {
        QByteArray text = "kind: StatefulSet\nmetadata:\n  labels:\n    helm.sh/chart: worker-" + version
            + "\n  name: prod\nspec:\n  replicas: " + QByteArray::number(replicas) + "\n  selector:\n    matchLabels:\n"
            + "      app: x\n";
        for (int i = 0; i < filler; ++i)
            text += "  filler" + QByteArray::number(i) + ": 1\n";
        return text + "  last: " + QByteArray::number(replicas) + "\n";
    }
    static PreviewObject object(const char *kind, const QByteArray &before, const QByteArray &after)
    {
        PreviewObject one;
        one.kind = QLatin1String(kind);
        one.name = QStringLiteral("prod");
        one.key = one.kind + QStringLiteral("/prod");
        one.before = before;
        one.after = after;
        one.state = before == after ? ChangeState::Unchanged : ChangeState::Changed;
        return one;
    }
    static QVector<PreviewObject> three()
    {
        return {object("ServiceAccount", "kind: ServiceAccount\n", "kind: ServiceAccount\n"),
            object("StatefulSet", manifest("1", 5), manifest("2", 6)),
            object("ZLast", "kind: Z\na: 1\n", "kind: Z\na: 2\nb: 3\n")};
    }
    static std::unique_ptr<ObjectDiff> shown(const QVector<PreviewObject> &objects, bool compared = true)
    {
        auto view = std::make_unique<ObjectDiff>();
        view->resize(1000, 600);
        view->setObjects(objects, compared);
        view->show();
        return view;
    }
    template <class T> static T *find(const ObjectDiff &view, const char *name)
    {
        return view.findChild<T *>(QLatin1String(name));
    }
    static QString text(const ObjectDiff &view, const char *name)
    {
        return QString::fromUtf8(find<DiffView>(view, name)->contents());
    }

private Q_SLOTS:
    void initTestCase() { setUpLook(*qApp); }
    void changedObjectsStandFirst();
    void rowsAre26PixelsAndThreeAreSeen();
    void allJoinsTheObjects();
    void stepsAreCounted();
    void unchangedStretchesFold();
    void contextLines();
    void sideBySide();
    void sideBySideNeedsRoom();
    void labelsCanBeIgnored();
    void longLinesWrap();
    void copyHasSigns();
    void theChosenObjectStays();
};

void TestObjectDiff::changedObjectsStandFirst()
{
    const auto view = shown(three());
    const QAbstractItemModel *rows = find<ObjectList>(*view, "objectList")->model();
    QCOMPARE(rows->rowCount(), 4);
    QVERIFY(
        rows->index(0, 0).data().toString().startsWith(QStringLiteral("StatefulSet prod, Changed, 3 lines added, 3")));
    QVERIFY(rows->index(1, 0).data().toString().startsWith(QStringLiteral("ZLast")));
    QCOMPARE(rows->index(2, 0).data().toString(), QStringLiteral("ServiceAccount prod, Unchanged"));
    // Without a baseline: Helm's order.
    const auto plain = shown(three(), false);
    QVERIFY(find<ObjectList>(*plain, "objectList")
                ->model()
                ->index(0, 0)
                .data()
                .toString()
                .startsWith(QStringLiteral("ServiceAccount")));
}

void TestObjectDiff::rowsAre26PixelsAndThreeAreSeen()
{
    const auto view = shown(three());
    auto *list = find<ObjectList>(*view, "objectList");
    const int row = list->visualRect(list->model()->index(0, 0)).height();
    QVERIFY2(row >= 26 && row <= 30, qPrintable(QString::number(row)));
    QVERIFY(list->height() >= 3 * row && list->height() < 4 * row);
}

void TestObjectDiff::allJoinsTheObjects()
{
    const auto view = shown(three());
    QVERIFY(view->showObject({}));
    const QString all = text(*view, "previewText");
    QVERIFY(all.contains(QStringLiteral("kind: ServiceAccount")));
    QVERIFY(all.contains(QStringLiteral("replicas: 6")));
    QVERIFY(all.contains(QStringLiteral("b: 3")));
    QVERIFY(all.contains(QStringLiteral("\n---\n")));
}

void TestObjectDiff::stepsAreCounted()
{
    const auto view = shown(three());
    QVERIFY(view->showObject(QStringLiteral("StatefulSet/prod")));
    auto *label = find<QLabel>(*view, "changeLabel");
    QCOMPARE(label->text(), QStringLiteral("Change 1 of 3"));
    QTest::mouseClick(find<QToolButton>(*view, "nextChange"), Qt::LeftButton);
    QCOMPARE(label->text(), QStringLiteral("Change 2 of 3"));
    view->showNextChange(1);
    view->showNextChange(1);
    QCOMPARE(label->text(), QStringLiteral("Change 1 of 3"));
    QTest::mouseClick(find<QToolButton>(*view, "previousChange"), Qt::LeftButton);
    QCOMPARE(label->text(), QStringLiteral("Change 3 of 3"));
    QVERIFY(view->showObject(QStringLiteral("ServiceAccount/prod")));
    QCOMPARE(label->text(), QStringLiteral("No change"));
    QVERIFY(!find<QToolButton>(*view, "nextChange")->isEnabled());
}

void TestObjectDiff::unchangedStretchesFold()
{
    const auto view = shown(three());
    QVERIFY(view->showObject(QStringLiteral("StatefulSet/prod")));
    const QString folded = text(*view, "previewText");
    QVERIFY(folded.contains(QStringLiteral("\u22EF")));
    QVERIFY(!folded.contains(QStringLiteral("filler15")));
    auto *diff = find<DiffView>(*view, "previewText");
    const int line = int(folded.left(folded.indexOf(u'\u22EF')).count(u'\n'));
    diff->setCursorPosition(line, 0);
    QTest::keyClick(diff, Qt::Key_Return);
    QVERIFY(text(*view, "previewText").contains(QStringLiteral("filler15")));
}

void TestObjectDiff::contextLines()
{
    const auto view = shown(three());
    QVERIFY(view->showObject(QStringLiteral("StatefulSet/prod")));
    const auto lines = [&view](const char *action) {
        find<QAction>(*view, action)->trigger();
        return text(*view, "previewText").count(u'\n');
    };
    const auto three = lines("context3");
    QVERIFY(lines("context0") < three);
    QVERIFY(lines("context10") > three);
    QVERIFY(lines("contextAll") > lines("context10"));
    find<QAction>(*view, "contextAll")->trigger();
    QVERIFY(text(*view, "previewText").contains(QStringLiteral("filler15")));
}

void TestObjectDiff::sideBySide()
{
    const auto view = shown(three());
    view->setSideNames(QStringLiteral("Revision 6"), QStringLiteral("Your edit"));
    QVERIFY(view->showObject(QStringLiteral("StatefulSet/prod")));
    find<QAction>(*view, "sideBySide")->trigger();
    auto *before = find<DiffView>(*view, "previewBefore");
    auto *after = find<DiffView>(*view, "previewAfter");
    QVERIFY(before->isVisible() && after->isVisible());
    QVERIFY(!find<DiffView>(*view, "previewText")->isVisible());
    QVERIFY(text(*view, "previewBefore").contains(QStringLiteral("replicas: 5")));
    QVERIFY(!text(*view, "previewBefore").contains(QStringLiteral("replicas: 6")));
    QVERIFY(text(*view, "previewAfter").contains(QStringLiteral("replicas: 6")));
    QCOMPARE(before->lines(), after->lines());
    QCOMPARE(find<QLabel>(*view, "changeLabel")->text(), QStringLiteral("Change 1 of 3"));
    // A fold that is opened on one side opens on the other.
    const QString folded = text(*view, "previewBefore");
    before->setCursorPosition(int(folded.left(folded.indexOf(u'\u22EF')).count(u'\n')), 0);
    QTest::keyClick(before, Qt::Key_Return);
    QVERIFY(text(*view, "previewAfter").contains(QStringLiteral("filler15")));
    find<QAction>(*view, "unified")->trigger();
    QVERIFY(find<DiffView>(*view, "previewText")->isVisible());
}

void TestObjectDiff::sideBySideNeedsRoom()
{
    const auto view = shown(three());
    find<QAction>(*view, "sideBySide")->trigger();
    QVERIFY(find<DiffView>(*view, "previewAfter")->isVisible());
    view->resize(880, 600);
    QTRY_VERIFY(!find<DiffView>(*view, "previewAfter")->isVisible());
    QVERIFY(!find<QAction>(*view, "sideBySide")->isEnabled());
    view->resize(920, 600);
    QTRY_VERIFY(find<DiffView>(*view, "previewAfter")->isVisible());
}

void TestObjectDiff::labelsCanBeIgnored()
{
    const auto view = shown({object("StatefulSet", manifest("1", 5), manifest("2", 5)),
        object("Other", "spec:\n  matchLabels:\n    a: 1\n", "spec:\n  matchLabels:\n    a: 2\n")});
    QVERIFY(view->showObject(QStringLiteral("StatefulSet/prod")));
    auto *label = find<QLabel>(*view, "changeLabel");
    QCOMPARE(label->text(), QStringLiteral("Change 1 of 1"));
    find<QAction>(*view, "ignoreLabels")->trigger();
    QCOMPARE(label->text(), QStringLiteral("No change"));
    QVERIFY(text(*view, "previewText").contains(QStringLiteral("worker-2")));
    QVERIFY(!text(*view, "previewText").contains(QStringLiteral("worker-1")));
    // Selectors are no labels.
    QVERIFY(view->showObject(QStringLiteral("Other/prod")));
    QCOMPARE(label->text(), QStringLiteral("Change 1 of 1"));
    find<QAction>(*view, "ignoreLabels")->trigger();
    QVERIFY(view->showObject(QStringLiteral("StatefulSet/prod")));
    QCOMPARE(label->text(), QStringLiteral("Change 1 of 1"));
}

void TestObjectDiff::longLinesWrap()
{
    const auto view = shown(three());
    auto *diff = find<DiffView>(*view, "previewText");
    QCOMPARE(diff->wrapMode(), QsciScintilla::WrapNone);
    find<QAction>(*view, "wrapLines")->trigger();
    QVERIFY(diff->wrapMode() != QsciScintilla::WrapNone);
}

void TestObjectDiff::copyHasSigns()
{
    const auto view = shown({object("ZLast", "kind: Z\na: 1\n", "kind: Z\na: 2\nb: 3\n")});
    find<QAction>(*view, "copyPreview")->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral(" kind: Z\n-a: 1\n+a: 2\n+b: 3\n"));
}

void TestObjectDiff::theChosenObjectStays()
{
    const auto view = shown(three());
    QVERIFY(view->showObject(QStringLiteral("ServiceAccount/prod")));
    QVector<PreviewObject> more = three();
    more.prepend(object("Added", {}, "kind: Added\n"));
    view->setObjects(more, true);
    QCOMPARE(view->currentKey(), QStringLiteral("ServiceAccount/prod"));
    more.removeAt(1);
    view->setObjects(more, true);
    QVERIFY(!view->currentKey().isEmpty()); // it went: another one is shown
}

QTEST_MAIN(TestObjectDiff)

#include "tst_objectdiff.moc"
