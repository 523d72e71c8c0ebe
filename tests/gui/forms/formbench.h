// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/formview.h"
#include "gui/values/valuesfixtures.h"

#include <QApplication>
#include <QLineEdit>
#include <QTableWidget>
#include <QTest>

namespace fixtures {

/// The form of the bundled chart over a real session, in a window of its own that has the focus.
class FormBench
{
public:
    explicit FormBench(const std::string &text, int width = 430) : bench(text), form(*bench.session)
    {
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
        groups = pk::gui::formOf(schema ? &*schema : nullptr, outcome.defaults,
            pk::gui::unknownKeys(schema ? &*schema : nullptr, outcome.defaults, bench.session->document().tree()));
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
    void typeInCell(QTableWidget *table, int row, int column, const QString &text)
    {
        table->setFocus();
        table->setCurrentCell(row, column);
        QTest::keyClick(table, Qt::Key_F2);
        auto *edit = table->viewport()->findChild<QLineEdit *>();
        QVERIFY2(edit, "F2 opens no editor");
        edit->selectAll();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
        QCoreApplication::processEvents(); // The view takes the text with the next events.
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
