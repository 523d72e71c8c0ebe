// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/formschema.h"
#include "forms/formview.h"
#include "gui/values/valuesfixtures.h"

#include <QApplication>
#include <QComboBox>
#include <QInputDialog>
#include <QLineEdit>
#include <QTableView>
#include <QTest>

namespace fixtures {

/// A chart of these default values and schema.
inline pk::chart::ChartPtr formChart(const std::string &values, const std::string &schema)
{
    auto chart = pk::chart::loadFiles({{"Chart.yaml", "apiVersion: v2\nname: other\nversion: 1.0.0\n"},
                                          {"values.yaml", values}, {"values.schema.json", schema}},
        pk::chart::levels43());
    return chart ? *chart : nullptr;
}

/// The form of a chart over a real session, in a window of its own that has the focus.
class FormBench
{
public:
    explicit FormBench(
        const std::string &text, int width = 430, pk::chart::ChartPtr chart = fixtures::Bench::builtin()) :
        bench(text, std::move(chart)),
        form(*bench.session)
    {
        // The tab shows the difference first; here it is taken at once.
        QObject::connect(bench.session.get(), &pk::gui::ValuesSession::fixOffered, bench.session.get(),
            &pk::gui::ValuesSession::makeFix);
        form.resize(width, 900);
        form.show();
        form.activateWindow();
        (void)QTest::qWaitForWindowActive(&form);
        (void)bench.settle();
        showGroups();
    }
    void showGroups()
    {
        const auto &outcome = *bench.session->outcome();
        const auto schema = outcome.schema ? std::optional(outcome.schema->describe()) : std::nullopt;
        const auto whole =
            pk::gui::formSchema(schema ? &*schema : nullptr, outcome.defaults, bench.session->chart()->valuesText);
        groups = pk::gui::formOf(whole, pk::gui::unknownKeys(whole, bench.session->document().tree()));
        form.setGroups(groups);
    }
    /// The input of a field, its group unfolded: `part` is the suffix of its object name.
    template <class T> T *input(const char *key, const char *part = "")
    {
        form.reveal(QString::fromLatin1(key));
        QCoreApplication::processEvents();
        const QString suffix = *part ? u':' + QString::fromLatin1(part) : QString();
        return form.findChild<T *>(QStringLiteral("field:") + QLatin1String(key) + suffix);
    }
    template <class T> T *named(const QString &name) const { return form.findChild<T *>(name); }
    /// Edits a cell as a person does: F2, all selected, the text, Enter.
    void typeInCell(QTableView *table, int row, int column, const QString &text)
    {
        QVERIFY(table);
        table->setFocus();
        table->setCurrentIndex(table->model()->index(row, column));
        QTest::keyClick(table, Qt::Key_F2);
        typeInOpenCell(text.toLatin1().constData(), Qt::Key_Return);
    }
    /// Types into the cell that is being edited.
    void typeInOpenCell(const char *text, Qt::Key last)
    {
        auto *edit = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QVERIFY2(edit && edit->objectName() == QLatin1String("cellEditor"), "no cell is being edited");
        edit->selectAll();
        QTest::keyClicks(edit, QString::fromLatin1(text));
        QTest::keyClick(edit, last);
        QCoreApplication::processEvents();
    }
    void chooseInCell(QTableView *table, int row, int column, int choice)
    {
        QVERIFY(table);
        table->setFocus();
        table->setCurrentIndex(table->model()->index(row, column));
        QTest::keyClick(table, Qt::Key_F2);
        auto *combo = table->viewport()->findChild<QComboBox *>();
        QVERIFY(combo);
        combo->setCurrentIndex(choice);
        Q_EMIT combo->activated(choice);
        QCoreApplication::processEvents();
    }
    void pressIn(const char *key, int row, Qt::Key pressed, Qt::KeyboardModifiers modifiers = {})
    {
        auto *table = input<QTableView>(key);
        QVERIFY(table);
        table->setFocus();
        table->setCurrentIndex(table->model()->index(row, 0));
        QTest::keyClick(table, pressed, modifiers);
    }
    /// Answers the dialog that asks for text.
    void answerText(const char *text)
    {
        auto *dialog = form.findChild<QInputDialog *>(QStringLiteral("textDialog"));
        QVERIFY(dialog);
        dialog->setTextValue(QString::fromLatin1(text));
        dialog->accept();
    }
    void unfoldAll()
    {
        for (const pk::gui::FieldGroup &group : groups)
            form.reveal(group.fields.front().key());
        QCoreApplication::processEvents();
    }
    QByteArray text() const { return QByteArray::fromStdString(bench.session->document().text()); }
    pk::gui::ValuesSession &session() { return *bench.session; }
    bool settle() const { return bench.settle(); }

    Bench bench;
    std::vector<pk::gui::FieldGroup> groups;
    pk::gui::FormView form;
};

} // namespace fixtures
