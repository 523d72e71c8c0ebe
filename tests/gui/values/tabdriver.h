// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/formview.h"
#include "gui/values/valuesfixtures.h"
#include "preview/objectdiff.h"
#include "values/fixpopover.h"
#include "values/valueseditor.h"
#include "widgets/band.h"
#include "widgets/cell.h"
#include "widgets/diffview.h"
#include "widgets/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTest>
#include <QWindow>

namespace fixtures {

/// The tab in a window of its own, over a session of its own, driven as a person does.
class TabDriver
{
public:
    explicit TabDriver(
        const std::string &text, pk::chart::ChartPtr chart = Bench::builtin(), QSize size = {1388, 814}) :
        bench(text, std::move(chart)),
        tab(std::make_unique<pk::gui::ValuesTab>())
    {
        tab->resize(size);
        tab->setSession(bench.session.get());
        tab->show();
        QApplication::setActiveWindow(tab.get());
        ready = bench.settle();
        editor = tab->findChild<pk::gui::ValuesEditor *>();
    }

    template <class T> T *find(const char *name) const { return tab->findChild<T *>(QLatin1String(name)); }
    QAbstractItemView *list(const char *name) const { return find<QAbstractItemView>(name); }
    pk::gui::FixPopover *popover() const { return find<pk::gui::FixPopover>("fixPopover"); }
    pk::gui::ObjectDiff *preview() const { return tab->findChild<pk::gui::ObjectDiff *>(); }
    QByteArray text() const { return QByteArray::fromStdString(bench.session->document().text()); }
    /// What the preview shows of the chosen object.
    QString shown() const
    {
        for (const char *name : {"previewText", "previewAfter"}) {
            auto *view = find<pk::gui::DiffView>(name);
            if (view && view->isVisible())
                return QString::fromUtf8(view->contents());
        }
        return {};
    }
    void caret(int offset)
    {
        editor->setFocus();
        editor->SendScintilla(QsciScintilla::SCI_GOTOPOS, offset);
    }
    /// A shortcut of the tab, as the window system tells it to the window that is active.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        tab->windowHandle()->requestActivate();
        (void)QTest::qWaitFor([this] { return QGuiApplication::focusWindow() == tab->windowHandle(); });
        QTest::keyClick(tab->windowHandle(), key, modifiers);
    }
    void clickRow(const char *list, int row, int column = 0)
    {
        QAbstractItemView *view = this->list(list);
        const QModelIndex index = view->model()->index(row, column);
        view->scrollTo(index);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
    }
    /// Row of a list whose text contains `part`; -1: none.
    int rowOf(const char *list, const QString &part) const
    {
        const QAbstractItemModel *model = this->list(list)->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            for (int column = 0; column < model->columnCount(); ++column) {
                if (model->index(row, column).data().toString().contains(part))
                    return row;
            }
        }
        return -1;
    }
    void trigger(const char *action) const { find<QAction>(action)->trigger(); }
    void deploy(int revision, const std::string &text)
    {
        pk::gui::ValuesSession other(bench.session->chart(), bench.drafts, bench.session->about());
        other.import(text);
        QSignalSpy rendered(&other, &pk::gui::ValuesSession::rendered);
        while (!other.outcome() || other.isWaiting())
            (void)rendered.wait(5000);
        bench.session->setDeployed({revision, other.outcome()->user, other.outcome()->rendered.manifest, {}});
        (void)bench.settle();
    }

    Bench bench;
    std::unique_ptr<pk::gui::ValuesTab> tab;
    pk::gui::ValuesEditor *editor = nullptr;
    bool ready = false;
};

/// A chart of these templates and values, by file name.
inline pk::chart::ChartPtr chartOf(std::vector<pk::chart::ChartFile> files)
{
    files.push_back({"Chart.yaml", "apiVersion: v2\nname: other\nversion: 1.0.0\n"});
    auto chart = pk::chart::loadFiles(std::move(files), pk::chart::levels43());
    return chart ? *chart : nullptr;
}

/// Every text that a person can read or copy in the tab: labels, buttons, tooltips, rows, annotations, the preview;
/// not the person's own file itself, and not what is shown as dots.
inline QString everyText(const QWidget &tab)
{
    QStringList all;
    const auto model = [&all](const QAbstractItemModel *rows) {
        for (int row = 0; rows && row < rows->rowCount(); ++row) {
            for (int column = 0; column < rows->columnCount(); ++column) {
                const QModelIndex index = rows->index(row, column);
                for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(Qt::AccessibleTextRole)})
                    all.append(index.data(role).toString());
                const QVariant cell = index.data(pk::gui::CellRole);
                if (cell.canConvert<pk::gui::Cell>())
                    all << cell.value<pk::gui::Cell>().plainText() << cell.value<pk::gui::Cell>().tip;
            }
        }
    };
    for (const QWidget *widget : tab.findChildren<QWidget *>()) {
        all << widget->toolTip() << widget->accessibleName() << widget->accessibleDescription();
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            all << label->text();
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            all << button->text();
        if (const auto *text = qobject_cast<const QPlainTextEdit *>(widget))
            all << text->toPlainText();
        if (const auto *view = qobject_cast<const QAbstractItemView *>(widget))
            model(view->model());
        if (const auto *code = qobject_cast<const pk::gui::CodeView *>(widget)) {
            if (!qobject_cast<const pk::gui::ValuesEditor *>(widget))
                all << QString::fromUtf8(code->contents());
            for (const auto &problem : code->problems())
                all << problem.text;
        }
    }
    return all.join(u'\n');
}

} // namespace fixtures
