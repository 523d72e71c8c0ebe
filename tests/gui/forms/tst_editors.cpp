// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/forms/formbench.h"
#include "widgets/chip.h"
#include "widgets/poolstyle.h"
#include "widgets/segmentedswitch.h"
#include "widgets/theme.h"

#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSpinBox>
#include <QToolButton>
#include <QWheelEvent>

#include <functional>

using namespace pk;
using namespace pk::gui;
using fixtures::FormBench;

namespace {

/// What somebody does in one field, and the text that has to come of it.
struct Change
{
    const char *name;
    const char *before;
    std::function<void(FormBench &)> act;
    const char *after;
};

void press(QWidget *widget, Qt::Key key, Qt::KeyboardModifiers modifiers = {})
{
    QVERIFY(widget);
    widget->setFocus();
    QTest::keyClick(widget, key, modifiers);
}

void retype(QLineEdit *edit, const char *text)
{
    QVERIFY(edit);
    edit->setFocus();
    edit->selectAll();
    // QTest::keyClicks() takes ASCII only.
    for (const QChar letter : QString::fromUtf8(text)) {
        QKeyEvent key(QEvent::KeyPress, 0, Qt::NoModifier, letter);
        QApplication::sendEvent(edit, &key);
    }
}

void clickButton(QAbstractButton *button)
{
    QVERIFY(button);
    QVERIFY(button->isVisible() && button->isEnabled());
    QTRY_VERIFY(button->height() > 0); // Layouts get their sizes with the next events.
    // A check box takes clicks on its box and word only.
    QTest::mouseClick(button, Qt::LeftButton, {},
        qobject_cast<QCheckBox *>(button) ? QPoint(8, button->height() / 2) : button->rect().center());
}

const std::vector<Change> &changes()
{
    static const std::vector<Change> all = {
        {"switch, by mouse", "# a\nuseStatefulSet: true # b\n",
            [](FormBench &b) { clickButton(b.input<QCheckBox>("useStatefulSet")); },
            "# a\nuseStatefulSet: false # b\n"},
        {"switch, by Space", "useStatefulSet: true\n",
            [](FormBench &b) { press(b.input<QCheckBox>("useStatefulSet"), Qt::Key_Space); },
            "useStatefulSet: false\n"},
        {"switch that the file does not have", "replicaCount: 2\n",
            [](FormBench &b) { press(b.input<QCheckBox>("useStatefulSet"), Qt::Key_Space); },
            "replicaCount: 2\nuseStatefulSet: true\n"},
        {"number, by Up", "replicaCount: 2   # two\r\nuseStatefulSet: true\r\n",
            [](FormBench &b) { press(b.input<QSpinBox>("replicaCount"), Qt::Key_Up); },
            "replicaCount: 3   # two\r\nuseStatefulSet: true\r\n"},
        {"number, typed", "replicaCount: 2\n",
            [](FormBench &b) {
                auto *box = b.input<QSpinBox>("replicaCount");
                box->setFocus();
                box->selectAll();
                QTest::keyClicks(box, QStringLiteral("17"));
                QTest::keyClick(box, Qt::Key_Return);
            },
            "replicaCount: 17\n"},
        {"choice, by arrow", "persistentVolumeClaimRetentionPolicy:\n  whenScaled: 'Retain'\n",
            [](FormBench &b) {
                auto *choice = b.input<SegmentedSwitch>("persistentVolumeClaimRetentionPolicy.whenScaled");
                press(choice->button(0), Qt::Key_Right);
            },
            "persistentVolumeClaimRetentionPolicy:\n  whenScaled: 'Delete'\n"},
        {"choice, by mouse", "launcher:\n  image:\n    pullPolicy: Always # x\n",
            [](FormBench &b) { clickButton(b.input<SegmentedSwitch>("launcher.image.pullPolicy")->button(2)); },
            "launcher:\n  image:\n    pullPolicy: Never # x\n"},
        {"text", "fullnameOverride: \"pool\"  # name\n",
            [](FormBench &b) { retype(b.input<QLineEdit>("fullnameOverride"), "workers"); },
            "fullnameOverride: \"workers\"  # name\n"},
        {"text with letters of other scripts", "fullnameOverride: pool\n",
            [](FormBench &b) { retype(b.input<QLineEdit>("priorityClassName"), "größe"); },
            "fullnameOverride: pool\npriorityClassName: größe\n"},
        {"text that YAML would read as a number is quoted", "priorityClassName: high\n",
            [](FormBench &b) { retype(b.input<QLineEdit>("priorityClassName"), "17"); }, "priorityClassName: \"17\"\n"},
        {"quantity", "storageVolume:\n  emptyDir:\n    sizeLimit: 10Gi # small\n",
            [](FormBench &b) { retype(b.input<QLineEdit>("storageVolume", "size"), "20Gi"); },
            "storageVolume:\n  emptyDir:\n    sizeLimit: 20Gi # small\n"},
        {"list, a cell", "dnsConfig:\n  nameservers:\n    - 10.0.0.1 # one\n    - 10.0.0.2\n",
            [](FormBench &b) {
                b.typeInCell(b.input<QTableView>("dnsConfig.nameservers"), 1, 0, QStringLiteral("10.0.0.9"));
            },
            "dnsConfig:\n  nameservers:\n    - 10.0.0.1 # one\n    - 10.0.0.9\n"},
        {"map, a value", "nodeSelector:\n  # why\n  disk: ssd\n  zone: a\n",
            [](FormBench &b) { b.typeInCell(b.input<QTableView>("nodeSelector"), 0, 1, QStringLiteral("nvme")); },
            "nodeSelector:\n  # why\n  disk: nvme\n  zone: a\n"},
        {"map, a key", "nodeSelector:\n  disk: ssd\n",
            [](FormBench &b) { b.typeInCell(b.input<QTableView>("nodeSelector"), 0, 0, QStringLiteral("media")); },
            "nodeSelector:\n  media: ssd\n"},
        {"list, Delete", "dnsConfig:\n  nameservers:\n    - 10.0.0.1 # one\n    - 10.0.0.2\n",
            [](FormBench &b) { b.pressIn("dnsConfig.nameservers", 0, Qt::Key_Delete); },
            "dnsConfig:\n  nameservers:\n    - 10.0.0.2\n"},
        {"list, the last row", "dnsConfig:\n  nameservers:\n    - 10.0.0.1\n  searches: [a]\n",
            [](FormBench &b) { b.pressIn("dnsConfig.nameservers", 0, Qt::Key_Delete); },
            "dnsConfig:\n  nameservers: []\n  searches: [a]\n"},
        {"list, Ctrl+D", "dnsConfig:\n  nameservers:\n    - 10.0.0.1 # one\n    - 10.0.0.2\n",
            [](FormBench &b) { b.pressIn("dnsConfig.nameservers", 0, Qt::Key_D, Qt::ControlModifier); },
            "dnsConfig:\n  nameservers:\n    - 10.0.0.1 # one\n    - 10.0.0.1\n    - 10.0.0.2\n"},
        {"list, Alt+Down", "dnsConfig:\n  nameservers:\n    - 10.0.0.1 # one\n    - 10.0.0.2\n",
            [](FormBench &b) { b.pressIn("dnsConfig.nameservers", 0, Qt::Key_Down, Qt::AltModifier); },
            "dnsConfig:\n  nameservers:\n    - 10.0.0.2 # one\n    - 10.0.0.1\n"},
        {"list, Alt+Up", "dnsConfig:\n  nameservers:\n    - 10.0.0.1 # one\n    - 10.0.0.2\n",
            [](FormBench &b) { b.pressIn("dnsConfig.nameservers", 1, Qt::Key_Up, Qt::AltModifier); },
            "dnsConfig:\n  nameservers:\n    - 10.0.0.2 # one\n    - 10.0.0.1\n"},
        {"list, Add", "dnsConfig:\n  nameservers:\n    - 10.0.0.1 # one\n    - 10.0.0.2\n",
            [](FormBench &b) {
                clickButton(b.input<QPushButton>("dnsConfig.nameservers", "add"));
                b.typeInOpenCell("10.0.0.3", Qt::Key_Return);
            },
            "dnsConfig:\n  nameservers:\n    - 10.0.0.1 # one\n    - 10.0.0.2\n    - 10.0.0.3\n"},
        {"list, Add where there is none", "replicaCount: 2\n",
            [](FormBench &b) {
                clickButton(b.input<QPushButton>("dnsConfig.searches", "add"));
                b.typeInOpenCell("svc.local", Qt::Key_Return);
            },
            "replicaCount: 2\ndnsConfig:\n  searches:\n    - svc.local\n"},
        {"list, Paste lines", "dnsConfig:\n  nameservers:\n    - 10.0.0.1 # one\n    - 10.0.0.2\n",
            [](FormBench &b) {
                clickButton(b.input<QPushButton>("dnsConfig.nameservers", "paste"));
                b.answerText("10.0.0.3\n\n  10.0.0.4\n");
            },
            "dnsConfig:\n  nameservers:\n    - 10.0.0.1 # one\n    - 10.0.0.2\n    - 10.0.0.3\n    - 10.0.0.4\n"},
        {"map, Delete", "nodeSelector:\n  disk: ssd # fast\n  zone: a\n",
            [](FormBench &b) { b.pressIn("nodeSelector", 0, Qt::Key_Delete); }, "nodeSelector:\n  zone: a\n"},
        {"map, Add", "nodeSelector:\n  disk: ssd\n",
            [](FormBench &b) {
                clickButton(b.input<QPushButton>("nodeSelector", "add"));
                b.typeInOpenCell("zone", Qt::Key_Return);
            },
            "nodeSelector:\n  disk: ssd\n  zone: \"\"\n"},
        {"map, Paste lines", "nodeSelector:\n  disk: ssd\n",
            [](FormBench &b) {
                clickButton(b.input<QPushButton>("nodeSelector", "paste"));
                b.answerText("zone=a\nkubernetes.io/os: linux\n");
            },
            "nodeSelector:\n  disk: ssd\n  zone: a\n  kubernetes.io/os: linux\n"},
        {"variable, its value", "launcher:\n  extraEnv:\n    - name: A # first\n      value: x # why\n",
            [](FormBench &b) { b.typeInCell(b.input<QTableView>("launcher.extraEnv"), 0, 1, QStringLiteral("z")); },
            "launcher:\n  extraEnv:\n    - name: A # first\n      value: z # why\n"},
        {"variable, from a Secret", "launcher:\n  extraEnv:\n    - name: A\n      value: x\n",
            [](FormBench &b) { b.chooseInCell(b.input<QTableView>("launcher.extraEnv"), 0, 2, 1); },
            "launcher:\n  extraEnv:\n    - name: A\n      valueFrom:\n        secretKeyRef:\n          key: \"\"\n"
            "          name: \"\"\n"},
        {"variable, the key of a Secret",
            "launcher:\n  extraEnv:\n    - name: A\n      valueFrom:\n        "
            "secretKeyRef:\n          name: s # here\n          key: k\n",
            [](FormBench &b) {
                b.typeInCell(b.input<QTableView>("launcher.extraEnv"), 0, 1, QStringLiteral("s, other"));
            },
            "launcher:\n  extraEnv:\n    - name: A\n      valueFrom:\n        secretKeyRef:\n          name: s # "
            "here\n          key: other\n"},
        {"variables, pasted", "launcher:\n  extraEnv:\n    - name: A\n      value: x\n",
            [](FormBench &b) {
                clickButton(b.input<QPushButton>("launcher.extraEnv", "paste"));
                b.answerText("export B=1\nC='two words'\nDOCKER_HOST=tcp://x\n");
            },
            "launcher:\n  extraEnv:\n    - name: A\n      value: x\n    - name: B\n      value: \"1\"\n    - name: C\n"
            "      value: two words\n"},
        {"variable with a secret value, retyped", "launcher:\n  extraEnv:\n    - name: NPM_TOKEN\n      value: old\n",
            [](FormBench &b) { b.typeInCell(b.input<QTableView>("launcher.extraEnv"), 0, 1, QStringLiteral("new")); },
            "launcher:\n  extraEnv:\n    - name: NPM_TOKEN\n      value: new\n"},
        {"variable, its name", "launcher:\n  extraEnv:\n    - name: A # first\n      value: x\n",
            [](FormBench &b) { b.typeInCell(b.input<QTableView>("launcher.extraEnv"), 0, 0, QStringLiteral("B")); },
            "launcher:\n  extraEnv:\n    - name: B # first\n      value: x\n"},
        {"storage, another way", "replicaCount: 2\nuseStatefulSet: false\nstorageVolume: {}\n",
            [](FormBench &b) { clickButton(b.input<SegmentedSwitch>("storageVolume", "way")->button(1)); },
            "replicaCount: 2\nuseStatefulSet: false\nstorageVolume:\n  ephemeral:\n    volumeClaimTemplate:\n      "
            "spec:\n"
            "        accessModes:\n          - ReadWriteOnce\n        resources:\n          requests:\n"
            "            storage: 100Gi\n"},
        {"YAML in place, when the focus leaves", "affinity: {} # none\nreplicaCount: 2\n",
            [](FormBench &b) {
                auto *edit = b.input<QPlainTextEdit>("podSecurityContext");
                edit->setFocus();
                edit->selectAll();
                QTest::keyClicks(edit, QStringLiteral("fsGroup: 1983"));
                b.form.searchField()->setFocus();
            },
            "affinity: {} # none\nreplicaCount: 2\npodSecurityContext:\n  fsGroup: 1983\n"},
        {"secret, replaced", "credentials:\n  create: true\n  token: b2xk # mine\n  privateKey: a2V5\n",
            [](FormBench &b) {
                clickButton(b.input<QPushButton>("credentials.token", "replace"));
                auto *edit = b.input<QLineEdit>("credentials.token");
                QTest::keyClicks(edit, QStringLiteral("bmV3"));
                QTest::keyClick(edit, Qt::Key_Return);
            },
            "credentials:\n  create: true\n  token: bmV3 # mine\n  privateKey: a2V5\n"},
    };
    return all;
}

/// Everything that a person or a screen reader may be told about a widget.
QStringList toldAbout(const QWidget *widget)
{
    QStringList told = {widget->toolTip(), widget->whatsThis(), widget->statusTip(), widget->accessibleName(),
        widget->accessibleDescription(), widget->objectName(), widget->windowTitle()};
    if (auto *access = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget))) {
        for (const auto part : {QAccessible::Name, QAccessible::Value, QAccessible::Description, QAccessible::Help,
                 QAccessible::Accelerator})
            told.append(access->text(part));
        if (auto *text = access->textInterface())
            told.append(text->text(0, text->characterCount()));
    }
    if (const auto *edit = qobject_cast<const QLineEdit *>(widget))
        told.append(edit->displayText());
    if (const auto *table = qobject_cast<const QTableView *>(widget)) {
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            for (int column = 0; column < table->model()->columnCount(); ++column) {
                for (const int role : {Qt::DisplayRole, Qt::EditRole, Qt::ToolTipRole, Qt::AccessibleTextRole,
                         Qt::AccessibleDescriptionRole, Qt::StatusTipRole})
                    told.append(table->model()->index(row, column).data(role).toString());
            }
        }
    }
    return told;
}

/// Keys and what else takes input; not what only lives inside another input.
bool isInput(const QWidget *widget)
{
    if (!widget->isVisible() || !widget->isEnabled() || widget->focusPolicy() == Qt::NoFocus)
        return false;
    const QWidget *parent = widget->parentWidget();
    const bool part = qobject_cast<const QAbstractSpinBox *>(parent) || qobject_cast<const QComboBox *>(parent)
        || qobject_cast<const QAbstractItemView *>(parent) || qobject_cast<const QLineEdit *>(parent)
        || qobject_cast<const QAbstractScrollArea *>(parent);
    return !part;
}

} // namespace

class TestEditors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aChangeIsOneStepAndOnlyItsCharacters_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < int(changes().size()); ++i)
            QTest::newRow(changes()[i].name) << i;
    }
    void aChangeIsOneStepAndOnlyItsCharacters()
    {
        QFETCH(int, index);
        const Change &change = changes()[index];
        FormBench bench(change.before);
        change.act(bench);
        QCOMPARE(bench.text(), QByteArray(change.after));
        bench.session().undo();
        QCOMPARE(bench.text(), QByteArray(change.before));
        QVERIFY2(!bench.session().canUndo(), "more than one step to undo");
    }

    void numbersStayAsTheyAreTyped()
    {
        const auto chart = fixtures::formChart("ratio: 0.5\nbytes: 10737418240\nreplicas: 2\n",
            R"({"type": "object", "properties": {"ratio": {"type": "number"}, "replicas": {"type": "integer"},
                "bytes": {"type": "integer", "maximum": 9007199254740991}}})");
        FormBench bench("ratio: 0.25 # quarter\n", 430, chart);
        auto *ratio = bench.input<QLineEdit>("ratio");
        QCOMPARE(ratio->text(), QStringLiteral("0.25"));
        retype(ratio, "0.50");
        QCOMPARE(bench.text(), QByteArray("ratio: 0.50 # quarter\n"));
        QCOMPARE(bench.session().value({"ratio"}).toDouble(), 0.5);
        auto *bytes = bench.input<QLineEdit>("bytes");
        QCOMPARE(bytes->text(), QStringLiteral("10737418240"));
        retype(bytes, "10737418241");
        QVERIFY2(bench.text().contains("bytes: 10737418241\n"), bench.text());
        // A number that a spin box cannot hold is shown as it is, and not overwritten.
        bench.session().import("replicas: 3000000000\n");
        QVERIFY(bench.settle());
        auto *replicas = bench.input<QSpinBox>("replicas");
        QTRY_VERIFY(!replicas->isEnabled());
        QCOMPARE(replicas->findChild<QLineEdit *>()->text(), QStringLiteral("3000000000"));
        bench.session().import("replicas: 3\n");
        QTRY_VERIFY(replicas->isEnabled());
        QCOMPARE(replicas->value(), 3);
    }

    void listsOfObjectsAreTables()
    {
        FormBench bench("tolerations:\n  # spot\n  - key: dedicated # why\n    operator: Equal\n    value: spot\n"
                        "    effect: NoSchedule\n",
            700);
        auto *table = bench.input<QTableView>("tolerations");
        QVERIFY(table);
        QCOMPARE(table->model()->rowCount(), 1);
        QCOMPARE(table->model()->index(0, 2).data().toString(), QStringLiteral("spot"));
        bench.typeInCell(table, 0, 2, QStringLiteral("cheap"));
        QCOMPARE(bench.text(),
            QByteArray("tolerations:\n  # spot\n  - key: dedicated # why\n    operator: Equal\n    value: cheap\n"
                       "    effect: NoSchedule\n"));
        // An emptied value goes; a number is written as one.
        table->setFocus();
        table->setCurrentIndex(table->model()->index(0, 2));
        QTest::keyClick(table, Qt::Key_F2);
        auto *edit = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QVERIFY(edit);
        edit->selectAll();
        QTest::keyClick(edit, Qt::Key_Delete);
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY2(!bench.text().contains("value:"), bench.text());
        bench.typeInCell(table, 0, 4, QStringLiteral("300"));
        QVERIFY2(bench.text().contains("tolerationSeconds: 300\n"), bench.text());
        clickButton(bench.named<QPushButton>(QStringLiteral("field:tolerations:add")));
        bench.typeInOpenCell("other", Qt::Key_Return);
        // The row was added with an empty text in quotes, which stay.
        QVERIFY2(bench.text().contains("- key: \"other\"\n"), bench.text());
        QCOMPARE(table->model()->rowCount(), 2);
        bench.session().undo();
        QVERIFY2(!bench.text().contains("other"), bench.text());
        QTRY_COMPARE(table->model()->rowCount(), 1);
    }

    void theFormFollowsTheText()
    {
        FormBench bench("replicaCount: 2\nfullnameOverride: a\n");
        auto *workers = bench.input<QSpinBox>("replicaCount");
        QCOMPARE(workers->value(), 2);
        bench.session().import("replicaCount: 7\nfullnameOverride: b\n");
        QTRY_COMPARE(workers->value(), 7);
        QCOMPARE(bench.input<QLineEdit>("fullnameOverride")->text(), QStringLiteral("b"));
    }

    void aBrokenTextTakesNoInput()
    {
        FormBench bench("replicaCount: 2\n");
        auto *workers = bench.input<QSpinBox>("replicaCount");
        bench.session().import("replicaCount: [\n");
        QTRY_VERIFY(!workers->isEnabled());
        QCOMPARE(workers->value(), 2);
    }

    void theWheelEditsOnlyWhatHasTheFocus_data()
    {
        QTest::addColumn<QString>("input");
        QTest::newRow("number") << QStringLiteral("replicaCount");
        QTest::newRow("combo") << QStringLiteral("podManagementPolicy");
        QTest::newRow("access mode of the storage") << QStringLiteral("storageVolume:mode");
    }
    void theWheelEditsOnlyWhatHasTheFocus()
    {
        QFETCH(QString, input);
        FormBench bench("useStatefulSet: true\nreplicaCount: 2\nstorageVolumeClaimTemplateSpec:\n  accessModes: "
                        "[ReadWriteOnce]\n");
        bench.form.reveal(input.section(u':', 0, 0));
        auto *widget = bench.named<QWidget>(QStringLiteral("field:") + input);
        QVERIFY(widget);
        const QByteArray before = bench.text();
        const QPointF at = QRectF(widget->rect()).center();
        QWheelEvent wheel(
            at, widget->mapToGlobal(at), {}, QPoint(0, -120), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(widget, &wheel);
        QCOMPARE(bench.text(), before);
    }
    void theWheelTurnsTheFocusedNumber()
    {
        FormBench bench("replicaCount: 2\n");
        auto *box = bench.input<QSpinBox>("replicaCount");
        box->setFocus();
        const QPointF at = QRectF(box->rect()).center();
        QWheelEvent wheel(
            at, box->mapToGlobal(at), {}, QPoint(0, 120), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(box, &wheel);
        QCOMPARE(bench.text(), QByteArray("replicaCount: 3\n"));
    }

    void escapeBringsBackTheTextBeforeTheFocus()
    {
        const QByteArray before("fullnameOverride: pool # mine\n");
        FormBench bench(before.toStdString());
        auto *edit = bench.input<QLineEdit>("fullnameOverride");
        retype(edit, "workers");
        QVERIFY(bench.text() != before);
        QTest::keyClick(edit, Qt::Key_Escape);
        QCOMPARE(bench.text(), before);
        QCOMPARE(edit->text(), QStringLiteral("pool"));
    }

    void escapeBringsBackTheNumberBeforeTheFocus()
    {
        const QByteArray before("replicaCount: 5 # mine\n");
        FormBench bench(before.toStdString());
        auto *box = bench.input<QSpinBox>("replicaCount");
        press(box, Qt::Key_Up);
        QTest::keyClick(box, Qt::Key_Up);
        QCOMPARE(bench.text(), QByteArray("replicaCount: 7 # mine\n"));
        QTest::keyClick(box, Qt::Key_Escape);
        QCOMPARE(bench.text(), before);
        QCOMPARE(box->value(), 5);
        QVERIFY(!bench.session().canUndo());
        box->selectAll();
        QTest::keyClicks(box, QStringLiteral("12"));
        QTest::keyClick(box, Qt::Key_Escape);
        bench.form.searchField()->setFocus();
        QCOMPARE(bench.text(), before);
    }
    void enterEndsAStep()
    {
        FormBench bench("fullnameOverride: a\n");
        auto *edit = bench.input<QLineEdit>("fullnameOverride");
        retype(edit, "bb");
        QTest::keyClick(edit, Qt::Key_Return);
        retype(edit, "cc");
        QTest::keyClick(edit, Qt::Key_Escape);
        QCOMPARE(bench.text(), QByteArray("fullnameOverride: bb\n"));
        bench.session().undo();
        QCOMPARE(bench.text(), QByteArray("fullnameOverride: a\n"));
    }
    void escapeBringsBackTheYaml()
    {
        FormBench bench("podSecurityContext:\n  fsGroup: 1\n");
        auto *edit = bench.input<QPlainTextEdit>("podSecurityContext");
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, QStringLiteral("fsGroup: 2"));
        QTest::keyClick(edit, Qt::Key_Escape);
        QCOMPARE(edit->toPlainText().trimmed(), QStringLiteral("fsGroup: 1"));
        edit->selectAll();
        QTest::keyClicks(edit, QStringLiteral("fsGroup: 3"));
        QTest::keyClick(edit, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(bench.text(), QByteArray("podSecurityContext:\n  fsGroup: 3\n"));
    }

    void badgeAndResetTellWhereAValueComesFrom()
    {
        FormBench bench("replicaCount: 5\n");
        auto *workers = bench.input<QSpinBox>("replicaCount");
        auto *badge = bench.named<Chip>(QStringLiteral("badge:replicaCount"));
        auto *reset = bench.named<QToolButton>(QStringLiteral("reset:replicaCount"));
        QCOMPARE(badge->data().text, QStringLiteral("file"));
        QVERIFY(!reset->isVisible());
        QCOMPARE(bench.named<Chip>(QStringLiteral("badge:useStatefulSet"))->data().text, QStringLiteral("default"));
        press(workers, Qt::Key_Up);
        QTRY_COMPARE(badge->data().text, QStringLiteral("edited"));
        QVERIFY(reset->isVisible());
        QHelpEvent help(QEvent::ToolTip, QPoint(2, 2), reset->mapToGlobal(QPoint(2, 2)));
        QApplication::sendEvent(reset, &help);
        QVERIFY2(reset->toolTip().contains(QLatin1Char('5')), qPrintable(reset->toolTip()));
        clickButton(reset);
        QCOMPARE(bench.text(), QByteArray("replicaCount: 5\n"));
        QTRY_COMPARE(badge->data().text, QStringLiteral("file"));
    }
    void resetOfAValueThatTheFileLacksRemovesIt()
    {
        FormBench bench("replicaCount: 5\n");
        press(bench.input<QCheckBox>("useStatefulSet"), Qt::Key_Space);
        auto *reset = bench.named<QToolButton>(QStringLiteral("reset:useStatefulSet"));
        QTRY_VERIFY(reset->isVisible());
        clickButton(reset);
        QCOMPARE(bench.text(), QByteArray("replicaCount: 5\n"));
    }

    void theBadgeTellsAllLayersAndItsMenuTakesOne_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("default") << QStringLiteral("useDefault") << QByteArray("{}\n");
        QTest::newRow("file") << QStringLiteral("useFile") << QByteArray("replicaCount: 5\n");
        QTest::newRow("deployed") << QStringLiteral("useDeployed") << QByteArray("replicaCount: 4\n");
    }
    void theBadgeTellsAllLayersAndItsMenuTakesOne()
    {
        QFETCH(QString, action);
        QFETCH(QByteArray, after);
        FormBench bench("replicaCount: 5\n");
        Deployed deployed;
        deployed.revision = 14;
        deployed.config = Value::map({{"replicaCount", Value::integer(4)}});
        bench.session().setDeployed(deployed);
        press(bench.input<QSpinBox>("replicaCount"), Qt::Key_Up);
        QVERIFY(bench.settle());
        auto *badge = bench.named<Chip>(QStringLiteral("badge:replicaCount"));
        QHelpEvent help(QEvent::ToolTip, QPoint(2, 2), badge->mapToGlobal(QPoint(2, 2)));
        QApplication::sendEvent(badge, &help);
        for (const char *line : {"Default: 1", "File: 5", "Deployed (revision 14): 4", "Now: 6"}) {
            QString told = badge->toolTip();
            told.replace(QChar(QChar::Nbsp), u' ');
            QVERIFY2(told.contains(QLatin1String(line)), qPrintable(told));
        }
        press(badge, Qt::Key_Return);
        auto *menu = bench.named<QMenu>(QStringLiteral("badgeMenu"));
        QVERIFY(menu && menu->isVisible());
        menu->findChild<QAction *>(action)->trigger();
        QCOMPARE(bench.text(), after);
        bench.session().undo();
        QCOMPARE(bench.text(), QByteArray("replicaCount: 6\n"));
    }
    void theMenuOfABadgeLeadsToTheText()
    {
        FormBench bench("replicaCount: 5\n");
        QSignalSpy asked(&bench.form, &FormView::yamlRequested);
        press(bench.named<Chip>(QStringLiteral("badge:replicaCount")), Qt::Key_Return);
        auto *menu = bench.named<QMenu>(QStringLiteral("badgeMenu"));
        QVERIFY(!menu->findChild<QAction *>(QStringLiteral("useDeployed"))->isEnabled());
        QVERIFY(!menu->findChild<QAction *>(QStringLiteral("useFile"))->isEnabled());
        menu->findChild<QAction *>(QStringLiteral("showInYaml"))->trigger();
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.front().front().toString(), QStringLiteral("replicaCount"));
    }

    void whatAScalarWasStandsBesideIt_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QString>("was");
        const auto row = [](const char *name, const char *file, const char *key, const char *yaml, const char *was) {
            QTest::newRow(name) << QByteArray(file) << QString::fromLatin1(key) << QString::fromLatin1(yaml)
                                << QString::fromLatin1(was);
        };
        row("number", "replicaCount: 5\n", "replicaCount", "6", "was 5 in file");
        row("switch", "useStatefulSet: true\n", "useStatefulSet", "false", "was On in file");
        row("text", "priorityClassName: high\n", "priorityClassName", "low", "was high in file");
        row("empty text", "priorityClassName: \"\"\n", "priorityClassName", "low", "was empty in file");
        row("choice", "launcher: {image: {pullPolicy: Always}}\n", "launcher.image.pullPolicy", "Never",
            "was Always in file");
        row("not in the file", "useStatefulSet: true\n", "replicaCount", "6", "");
        row("a token in the wrong place",
            "priorityClassName: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.c2lnbmF0dXJl\n", "priorityClassName", "low",
            "was (hidden) in file");
    }
    void whatAScalarWasStandsBesideIt()
    {
        QFETCH(QByteArray, file);
        QFETCH(QString, key);
        QFETCH(QString, yaml);
        QFETCH(QString, was);
        FormBench bench(file.toStdString());
        bench.form.reveal(key);
        auto *label = bench.named<QLabel>(QStringLiteral("was:") + key);
        QVERIFY(!label->isVisible());
        QVERIFY(bench.session().setYaml(*yaml::Path::parse(key.toStdString()), yaml));
        QVERIFY(bench.settle());
        QCOMPARE(label->accessibleName(), was);
        QCOMPARE(label->isVisible(), !was.isEmpty());
    }

    void whereThereIsNoFileNoneIsNamed()
    {
        FormBench bench("");
        ValuesSession session(fixtures::Bench::builtin(), bench.bench.drafts, document::Draft{});
        session.setBase("replicaCount: 4\n");
        FormView form(session);
        form.setGroups(bench.groups);
        form.reveal(QStringLiteral("replicaCount"));
        session.set(yaml::Path{"replicaCount"}, Value::integer(5));
        auto *label = form.findChild<QLabel *>(QStringLiteral("was:replicaCount"));
        QTRY_COMPARE(label->accessibleName(), QStringLiteral("was 4"));
        Deployed deployed;
        deployed.revision = 14;
        session.setDeployed(deployed);
        QTRY_COMPARE(label->accessibleName(), QStringLiteral("was 4 in revision 14"));
    }
    void aVeryWideFormHasTwoColumns()
    {
        FormBench bench("replicaCount: 5\n", 1000);
        const auto leftOf = [&bench](const char *group) {
            auto *head = bench.named<QWidget>(QStringLiteral("group:") + QLatin1String(group));
            return head->mapTo(&bench.form, QPoint()).x();
        };
        QCOMPARE(leftOf("metadata"), leftOf("general"));
        bench.form.resize(2100, 900);
        QTRY_VERIFY(leftOf("metadata") > leftOf("general") + 700);
        // In reading order: the first column holds the first groups, and none is lost.
        for (const FieldGroup &group : bench.groups)
            QVERIFY2(bench.named<QWidget>(QStringLiteral("group:") + group.id)->isVisible(), qPrintable(group.id));
        bench.form.resize(1000, 900);
        QTRY_COMPARE(leftOf("metadata"), leftOf("general"));
    }

    void aWideFormPutsTheEditorBesideItsLabel()
    {
        FormBench bench("replicaCount: 5\n", 1000);
        auto *box = bench.input<QSpinBox>("replicaCount");
        auto *badge = bench.named<Chip>(QStringLiteral("badge:replicaCount"));
        auto *row = bench.named<QWidget>(QStringLiteral("row:replicaCount"));
        const auto left = [row](QWidget *widget) { return widget->mapTo(row, QPoint()).x(); };
        QTRY_VERIFY(left(box) >= 176);
        QVERIFY(left(badge) > left(box) + box->width());
        auto *index = bench.named<QListWidget>(QStringLiteral("formIndex"));
        QVERIFY(index->isVisible());
        QCOMPARE(index->count(), int(bench.groups.size()));
        bench.form.resize(700, 900);
        QTRY_VERIFY(!index->isVisible());
        QTRY_VERIFY(left(box) >= 176);
        bench.form.resize(430, 900);
        QTRY_VERIFY(left(box) < 40);
    }
    void theIndexOpensAGroup()
    {
        FormBench bench("replicaCount: 5\n", 1000);
        auto *index = bench.named<QListWidget>(QStringLiteral("formIndex"));
        index->setFocus();
        QVERIFY(!bench.named<QWidget>(QStringLiteral("row:credentials.create")));
        QTest::keyClick(index, Qt::Key_Down);
        QTRY_VERIFY(bench.named<QWidget>(QStringLiteral("row:credentials.create")));
        QCOMPARE(index->currentRow(), 1);
    }

    void theHeadTellsWhatAFoldedGroupHolds()
    {
        FormBench bench("launcher:\n  extraEnv:\n    - name: SPACELIFT_TOKEN\n      valueFrom:\n        secretKeyRef:\n"
                        "          name: prod-eu-credentials\n          key: token\n");
        auto *head = bench.named<QAbstractButton>(QStringLiteral("group:credentials"));
        QVERIFY2(head->accessibleName().contains(QStringLiteral("from Secret prod-eu-credentials")),
            qPrintable(head->accessibleName()));
        press(head, Qt::Key_Space);
        QVERIFY(!head->accessibleName().contains(QStringLiteral("prod-eu-credentials")));
        press(bench.input<QCheckBox>("credentials.create"), Qt::Key_Space);
        QTRY_VERIFY2(head->accessibleName().contains(QStringLiteral("1 edited")), qPrintable(head->accessibleName()));
    }

    void aProblemShowsItsFixAndTheFixMendsIt()
    {
        FormBench bench("launcher:\n  extraEnv:\n    - name: SPACELIFT_DEBUG\n      value: true\n");
        auto *table = bench.input<QTableView>("launcher.extraEnv");
        QCOMPARE(int(fieldProblem(table->parentWidget())), int(FieldProblem::Error));
        clickButton(bench.named<QPushButton>(QStringLiteral("fix:launcher.extraEnv")));
        QCOMPARE(
            bench.text(), QByteArray("launcher:\n  extraEnv:\n    - name: SPACELIFT_DEBUG\n      value: \"true\"\n"));
        QTRY_COMPARE(int(fieldProblem(table->parentWidget())), int(FieldProblem::None));
    }

    void escapeTakesAnAddedRowBack()
    {
        const QByteArray before("dnsConfig:\n  nameservers: [10.0.0.1]\n");
        FormBench bench(before.toStdString());
        clickButton(bench.input<QPushButton>("dnsConfig.nameservers", "add"));
        bench.typeInOpenCell("10.", Qt::Key_Escape);
        QCOMPARE(bench.text(), before);
        QVERIFY(!bench.session().canUndo());
        QCOMPARE(bench.input<QTableView>("dnsConfig.nameservers")->model()->rowCount(), 1);
    }
    void enterGoesToTheNextRow()
    {
        FormBench bench("dnsConfig:\n  nameservers: [10.0.0.1, 10.0.0.2]\n");
        auto *table = bench.input<QTableView>("dnsConfig.nameservers");
        bench.typeInCell(table, 0, 0, QStringLiteral("10.0.0.9"));
        QCOMPARE(table->currentIndex().row(), 1);
    }
    void builtInVariablesAreRefused()
    {
        const QByteArray before("launcher:\n  extraEnv:\n    - name: A\n      value: x\n");
        FormBench bench(before.toStdString());
        auto *table = bench.input<QTableView>("launcher.extraEnv");
        bench.typeInCell(table, 0, 0, QStringLiteral("DOCKER_HOST"));
        QCOMPARE(bench.text(), before);
        const auto labels = table->parentWidget()->findChildren<QLabel *>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
            return label->isVisible() && label->text() == QLatin1String("DOCKER_HOST: the chart sets this already.");
        }));
    }
    void namesOfTheLauncherAreOfferedWithTheirMeaning()
    {
        FormBench bench("launcher:\n  extraEnv:\n    - name: A\n      value: x\n");
        auto *table = bench.input<QTableView>("launcher.extraEnv");
        table->setFocus();
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_F2);
        auto *edit = table->viewport()->findChild<QLineEdit *>();
        QVERIFY(edit && edit->completer());
        edit->selectAll();
        QTest::keyClicks(edit, QStringLiteral("logs_t"));
        QCOMPARE(edit->completer()->completionCount(), 1);
        const QModelIndex offered = edit->completer()->completionModel()->index(0, 0);
        QCOMPARE(offered.data().toString(), QStringLiteral("SPACELIFT_LAUNCHER_LOGS_TIMEOUT"));
        QVERIFY(offered.data(Qt::UserRole).toString().contains(QStringLiteral("7m")));
    }
    void maskedVariablesAreDots()
    {
        FormBench bench("launcher:\n  extraEnv:\n    - name: SPACELIFT_MASK_ENVS\n      value: A, HIDE_ME\n    - name: "
                        "HIDE_ME\n      value: sesame\n    - name: SHOWN\n      value: plain\n");
        const auto *model = bench.input<QTableView>("launcher.extraEnv")->model();
        QVERIFY(!model->index(1, 1).data().toString().contains(QStringLiteral("sesame")));
        QVERIFY(model->index(1, 1).data(Qt::EditRole).toString().isEmpty());
        QCOMPARE(model->index(2, 1).data().toString(), QStringLiteral("plain"));
    }
    void aMapRefusesAKeyThatIsThere()
    {
        const QByteArray before("nodeSelector:\n  a: x\n  b: y\n");
        FormBench bench(before.toStdString());
        bench.typeInCell(bench.input<QTableView>("nodeSelector"), 1, 0, QStringLiteral("a"));
        QCOMPARE(bench.text(), before);
    }

    void yamlThatIsNoneStaysInTheEditor()
    {
        FormBench bench("replicaCount: 2\n");
        auto *edit = bench.input<QPlainTextEdit>("podSecurityContext");
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, QStringLiteral("a: [1"));
        bench.form.searchField()->setFocus();
        QCOMPARE(bench.text(), QByteArray("replicaCount: 2\n"));
        QCOMPARE(edit->toPlainText(), QStringLiteral("a: [1"));
        QCOMPARE(int(fieldProblem(edit)), int(FieldProblem::Error));
    }

    void aSecretIsToldNowhere()
    {
        const QString secret = QStringLiteral("b3BlbiBzZXNhbWU");
        const QString next = QStringLiteral("bm90IHRvIGJlIHNlZW4");
        FormBench bench("credentials:\n  create: true\n  token: " + secret.toStdString()
            + "\n  privateKey: " + secret.toStdString()
            + "\nlauncher:\n  extraEnv:\n    - name: NPM_TOKEN\n      value: " + secret.toStdString() + "\n");
        bench.unfoldAll();
        clickButton(bench.input<QPushButton>("credentials.token", "replace"));
        auto *edit = bench.input<QLineEdit>("credentials.token");
        QTest::keyClicks(edit, next);
        QVERIFY2(!edit->displayText().contains(next.left(3)), "typed secrets are dots");
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY(bench.text().contains(next.toLatin1()));
        QVERIFY(bench.settle());
        for (QWidget *widget : bench.form.findChildren<QWidget *>()) {
            QHelpEvent help(QEvent::ToolTip, QPoint(2, 2), widget->mapToGlobal(QPoint(2, 2)));
            if (widget->isVisible())
                QApplication::sendEvent(widget, &help);
            for (const QString &told : toldAbout(widget)) {
                QVERIFY2(!told.contains(secret) && !told.contains(next),
                    qPrintable(widget->objectName() + QStringLiteral(": ") + told));
            }
        }
        const auto step = bench.session().document().undoName();
        QVERIFY(step);
        QCOMPARE(QString::fromStdString(step->path), QStringLiteral("credentials.token"));
        QVERIFY(!QString::fromStdString(step->id).contains(next));
    }
    void yamlInPlaceHidesSecrets()
    {
        const QByteArray before("workerPool:\n  token: c2VzYW1l\n");
        FormBench bench(before.toStdString());
        auto *edit = bench.input<QPlainTextEdit>("workerPool");
        QVERIFY(edit->isReadOnly());
        QVERIFY2(!edit->toPlainText().contains(QStringLiteral("c2VzYW1l")), qPrintable(edit->toPlainText()));
        edit->setFocus();
        bench.form.searchField()->setFocus();
        QCOMPARE(bench.text(), before);
    }
    void aSecretShowsAFixedNumberOfDots()
    {
        FormBench bench("credentials:\n  create: true\n  token: YQ\n  privateKey: bG9uZyBsb25nIGxvbmcgbG9uZyBrZXkK\n");
        const QString token = bench.input<QLineEdit>("credentials.token")->displayText();
        const QString key = bench.input<QLineEdit>("credentials.privateKey")->displayText();
        QVERIFY(!token.isEmpty());
        QCOMPARE(token, key);
    }
    void aDroppedKeyFileBecomesBase64()
    {
        FormBench bench("credentials:\n  create: true\n  token: YQ\n  privateKey: YQ\n");
        auto *edit = bench.input<QLineEdit>("credentials.privateKey");
        const QByteArray pem("-----BEGIN PRIVATE KEY-----\nTm90IGEga2V5\n-----END PRIVATE KEY-----\n");
        QMimeData data;
        data.setText(QString::fromLatin1(pem));
        QDragEnterEvent enter(QPoint(4, 4), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(edit, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(4, 4), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(edit, &drop);
        QVERIFY(bench.text().contains("privateKey: " + pem.toBase64() + "\n"));
        QVERIFY(!edit->displayText().contains(QLatin1String("LS0")));
    }
    void escapeKeepsTheOldSecret()
    {
        const QByteArray before("credentials:\n  create: true\n  token: YQ\n  privateKey: YQ\n");
        FormBench bench(before.toStdString());
        clickButton(bench.input<QPushButton>("credentials.token", "replace"));
        auto *edit = bench.input<QLineEdit>("credentials.token");
        QTest::keyClicks(edit, QStringLiteral("bmV3"));
        QTest::keyClick(edit, Qt::Key_Escape);
        bench.form.searchField()->setFocus();
        QCOMPARE(bench.text(), before);
    }
    void aRevealedSecretHidesWhenTheFocusGoes()
    {
        FormBench bench("credentials:\n  create: true\n  token: b3BlbiBzZXNhbWU\n  privateKey: YQ\n");
        clickButton(bench.input<QPushButton>("credentials.token", "reveal"));
        auto *edit = bench.input<QLineEdit>("credentials.token");
        QCOMPARE(edit->displayText(), QStringLiteral("b3BlbiBzZXNhbWU"));
        bench.form.searchField()->setFocus();
        QVERIFY(edit->displayText() != QStringLiteral("b3BlbiBzZXNhbWU"));
    }

    void theSearchFindsLabelKeyAndHelp_data()
    {
        QTest::addColumn<QString>("words");
        QTest::newRow("key") << QStringLiteral("terminationGrace");
        QTest::newRow("label") << QStringLiteral("grace period");
        QTest::newRow("help") << QStringLiteral("finish its run");
        QTest::newRow("value") << QStringLiteral("4711");
    }
    void theSearchFindsLabelKeyAndHelp()
    {
        QFETCH(QString, words);
        FormBench bench("replicaCount: 2\nterminationGracePeriodSeconds: 4711\n");
        bench.form.searchField()->setFocus();
        QTest::keyClicks(bench.form.searchField(), words);
        auto *row = bench.named<QWidget>(QStringLiteral("row:terminationGracePeriodSeconds"));
        QVERIFY(row && row->isVisible());
        QVERIFY(!bench.named<QWidget>(QStringLiteral("row:replicaCount"))->isVisible());
        bench.form.searchField()->clear();
        QVERIFY(bench.named<QWidget>(QStringLiteral("row:replicaCount"))->isVisible());
    }
    void theSearchDoesNotLookIntoSecrets()
    {
        FormBench bench("credentials:\n  create: true\n  token: c2VzYW1l\n");
        QTest::keyClicks(bench.form.searchField(), QStringLiteral("c2VzYW1l"));
        QVERIFY(!bench.named<QWidget>(QStringLiteral("row:credentials.token"))->isVisible());
    }
    void theFilterShowsWhatDiffersFromTheDeployedRelease()
    {
        FormBench bench("replicaCount: 2\nuseStatefulSet: true\n");
        auto *filter = bench.named<SegmentedSwitch>(QStringLiteral("formFilter"));
        QVERIFY2(!filter->button(2)->isVisible(), "nothing is deployed");
        Deployed deployed;
        deployed.revision = 3;
        deployed.config = Value::map({{"replicaCount", Value::integer(4)}, {"useStatefulSet", Value::boolean(true)}});
        bench.session().setDeployed(deployed);
        QVERIFY(bench.settle());
        QCOMPARE(filter->button(2)->text(), QStringLiteral("Differs 1"));
        clickButton(filter->button(2));
        QVERIFY(bench.named<QWidget>(QStringLiteral("row:replicaCount"))->isVisible());
        QVERIFY(!bench.named<QWidget>(QStringLiteral("row:useStatefulSet"))->isVisible());
    }
    void theFilterShowsProblemsOfFoldedGroups()
    {
        FormBench bench("launcher:\n  extraEnv:\n    - name: SPACELIFT_DEBUG\n      value: true\n");
        auto *filter = bench.named<SegmentedSwitch>(QStringLiteral("formFilter"));
        clickButton(filter->button(3));
        auto *row = bench.named<QWidget>(QStringLiteral("row:launcher.extraEnv"));
        QVERIFY(row && row->isVisible());
        clickButton(filter->button(0));
        QVERIFY2(!row->isVisible(), "the group is folded again");
    }
    void theFilterShowsWhatWasEdited()
    {
        FormBench bench("replicaCount: 2\n");
        press(bench.input<QSpinBox>("replicaCount"), Qt::Key_Up);
        QVERIFY(bench.settle());
        auto *filter = bench.named<SegmentedSwitch>(QStringLiteral("formFilter"));
        clickButton(filter->button(1));
        QVERIFY(bench.named<QWidget>(QStringLiteral("row:replicaCount"))->isVisible());
        QVERIFY(!bench.named<QWidget>(QStringLiteral("row:useStatefulSet"))->isVisible());
    }

    void everyInputIsNamedAndInTheTabOrder()
    {
        FormBench bench("");
        bench.unfoldAll();
        QSet<QWidget *> reached;
        QWidget *first = bench.form.searchField();
        first->setFocus();
        for (int i = 0; i < 1000; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            QWidget *now = QApplication::focusWidget();
            QVERIFY(now);
            if (now == first)
                break;
            reached.insert(now);
        }
        int inputs = 0;
        for (QWidget *widget : bench.form.findChildren<QWidget *>()) {
            // Of a group of radio buttons the chosen one is in the order.
            if (!isInput(widget) || qobject_cast<SegmentedSwitch *>(widget->parentWidget()) || widget == first)
                continue;
            if (!(widget->focusPolicy() & Qt::TabFocus))
                continue;
            ++inputs;
            QVERIFY2(
                reached.contains(widget), qPrintable(QStringLiteral("Tab passes %1 by").arg(widget->objectName())));
        }
        QVERIFY2(inputs > 60, qPrintable(QString::number(inputs)));
        for (QWidget *widget : std::as_const(reached)) {
            const QWidget *owner =
                qobject_cast<SegmentedSwitch *>(widget->parentWidget()) ? widget->parentWidget() : widget;
            QVERIFY2(!owner->objectName().isEmpty(), widget->metaObject()->className());
            const QAccessibleInterface *access = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(access && !access->text(QAccessible::Name).isEmpty(), qPrintable(owner->objectName()));
        }
        for (const FieldGroup &group : bench.groups) {
            for (const FieldSpec &field : group.fields) {
                const QString key = field.key();
                QVERIFY2(std::any_of(reached.begin(), reached.end(),
                             [&key](const QWidget *widget) {
                                 const QString prefix = QStringLiteral("field:") + key;
                                 const QString own = widget->objectName();
                                 const QString above = widget->parentWidget()->objectName();
                                 return own == prefix || own.startsWith(prefix + u':') || above == prefix
                                     || above.startsWith(prefix + u':');
                             }),
                    qPrintable(key));
            }
        }
    }
};

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    setUpLook(application);
    TestEditors test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_editors.moc"
