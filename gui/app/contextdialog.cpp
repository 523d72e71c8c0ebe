// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/contextdialog.h"

#include "app/dialogframe.h"
#include "texts/texts.h"
#include "widgets/card.h"
#include "widgets/cell.h"
#include "widgets/cellitem.h"
#include "widgets/elidedlabel.h"
#include "widgets/measures.h"
#include "widgets/tableview.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace pk::gui {

namespace {

QString cleaned(const std::string &text)
{
    return texts::clean(text, 200);
}

std::string parameter(const Error &error, std::string_view name)
{
    for (const auto &[key, value] : error.parameters) {
        if (key == name)
            return value;
    }
    return {};
}

} // namespace

ContextDialog::ContextDialog(const std::vector<kube::ContextInfo> &contexts, const QString &current, QWidget *parent) :
    QDialog(parent), m_contexts(contexts)
{
    setWindowTitle(tr("Choose a context"));
    auto *column = dialogColumn(*this, QStringLiteral("contextDialog"), tr("Context and namespace"));
    m_rows = new QStandardItemModel(0, 3, this);
    m_rows->setHorizontalHeaderLabels({tr("Context"), tr("Cluster"), tr("User")});
    for (const kube::ContextInfo &context : contexts) {
        const bool broken = !context.problems.empty();
        Cell name = Cell::twoLines(cleaned(context.name),
            broken                  ? texts::sentence(context.problems.front())
                : context.insecure  ? tr("namespace %1, its certificate is not checked").arg(cleaned(context.nameSpace))
                : context.needsExec ? tr("namespace %1, logs in with a command").arg(cleaned(context.nameSpace))
                                    : tr("namespace %1").arg(cleaned(context.nameSpace)),
            broken ? Tone::Bad : Tone::Muted);
        name.leading = broken  ? glyph(Severity::Error)
            : context.insecure ? glyph(Severity::Warning)
                               : glyph(ReleaseState::Superseded);
        name.strong = true;
        name.tip = context.insecure ? tr("The certificate of this cluster is not checked.") : QString();
        m_rows->appendRow({itemOf(name), itemOf(Cell::twoLines(cleaned(context.cluster), cleaned(context.server))),
            itemOf(Cell::plain(cleaned(context.user)))});
    }
    m_table = new TableView;
    m_table->setObjectName(QStringLiteral("contextTable"));
    m_table->setAccessibleName(tr("Contexts"));
    m_table->setModel(m_rows);
    m_table->setColumns({280, 260, 140}, 0);
    int columns = 40;
    for (int section = 0; section < m_rows->columnCount(); ++section)
        columns += m_table->header()->sectionSize(section);
    m_table->setMinimumSize(std::max(720, columns), 240);
    auto *card = new Card;
    card->setBodyFlush();
    card->body()->addWidget(m_table);
    column->addWidget(card, 1);
    auto *row = new QHBoxLayout;
    auto *label = new QLabel(tr("Namespace"));
    m_namespace = new QLineEdit;
    m_namespace->setObjectName(QStringLiteral("namespace"));
    m_namespace->setAccessibleName(tr("Namespace"));
    label->setBuddy(m_namespace);
    row->addWidget(label);
    row->addWidget(m_namespace, 1);
    column->addLayout(row);
    m_note = helpLabel({});
    column->addWidget(m_note);
    m_use = addDialogButtons(*this, *column, tr("Use context"), QStringLiteral("useContext"));
    connect(m_table, &TableView::currentRowChanged, this, &ContextDialog::showChosen);
    connect(m_table, &TableView::opened, this, [this] {
        if (m_use->isEnabled())
            accept();
    });
    int chosen = 0;
    for (int i = 0; i < int(contexts.size()); ++i) {
        if (cleaned(contexts[i].name) == current || (current.isEmpty() && contexts[i].current))
            chosen = i;
    }
    if (!contexts.empty())
        m_table->setCurrentIndex(m_rows->index(chosen, 0));
    showChosen();
}

void ContextDialog::showChosen()
{
    const int row = m_table->currentIndex().row();
    const bool known = row >= 0 && row < int(m_contexts.size());
    m_use->setEnabled(known && m_contexts[row].problems.empty());
    m_namespace->setText(known ? QString::fromStdString(m_contexts[row].nameSpace) : QString());
    m_note->setText(known && !m_contexts[row].problems.empty() ? texts::sentence(m_contexts[row].problems.front())
            : m_contexts.empty()                               ? tr("The kubeconfig names no context.")
                                 : tr("Poolkeeper contacts only the context that you choose."));
}

QString ContextDialog::context() const
{
    const int row = m_table->currentIndex().row();
    return row >= 0 && row < int(m_contexts.size()) ? QString::fromStdString(m_contexts[row].name) : QString();
}

QString ContextDialog::ns() const
{
    return m_namespace->text().trimmed();
}

PluginDialog::PluginDialog(const QString &context, const Error &needs, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(tr("Login command"));
    const QString command = cleaned(parameter(needs, "command"));
    auto *column = dialogColumn(
        *this, QStringLiteral("pluginDialog"), tr("%1 wants to run %2 to log you in").arg(context, command));
    column->addWidget(
        helpLabel(tr("A kubeconfig can name any program. Allow it only when you know where the file is from.")));
    auto *card = new Card;
    const auto add = [card](const QString &name, const QString &value) {
        auto *row = new QHBoxLayout;
        auto *label = helpLabel(name);
        label->setFixedWidth(110);
        auto *text = new QLabel(value.isEmpty() ? QCoreApplication::translate("PluginDialog", "None") : value);
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        text->setFont(fonts::denseCode());
        row->addWidget(label, 0, Qt::AlignTop);
        row->addWidget(text, 1);
        card->body()->addLayout(row);
    };
    add(tr("Command"), command);
    add(tr("Arguments"), cleaned(parameter(needs, "arguments")));
    add(tr("Variables"), cleaned(parameter(needs, "environment")));
    add(tr("From"), cleaned(parameter(needs, "file")));
    column->addWidget(card);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    const auto button = [this, buttons](const QString &text, const QString &name, int answer) {
        auto *made = new QPushButton(text);
        made->setObjectName(name);
        made->setAutoDefault(false);
        connect(made, &QPushButton::clicked, this, [this, answer] { done(answer); });
        buttons->addWidget(made);
        return made;
    };
    button(tr("Allow once"), QStringLiteral("allowOnce"), AllowOnce);
    button(tr("Always allow"), QStringLiteral("alwaysAllow"), AlwaysAllow);
    auto *refuse = button(tr("Don't allow"), QStringLiteral("dontAllow"), DontAllow);
    refuse->setDefault(true);
    refuse->setFocus();
    column->addLayout(buttons);
    setMinimumWidth(560);
}

} // namespace pk::gui
