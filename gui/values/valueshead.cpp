// SPDX-License-Identifier: GPL-3.0-or-later
#include "values/valueshead.h"

#include "texts/texts.h"
#include "values/valuesfiles.h"
#include "values/valuessession.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"
#include "widgets/measures.h"

#include <QMenu>
#include <QPushButton>
#include <QToolButton>

namespace pk::gui {

ValuesHead::ValuesHead(ValuesFiles &files, QWidget *parent) : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 6, measure::pageMargin, 6);
    row->setSpacing(6);
    const struct
    {
        const char *name;
        QString text;
        const char *icon;
    } panes[] = {
        {"showForm", tr("Form"), "form"}, {"showYaml", tr("YAML"), "code"}, {"showPreview", tr("Preview"), "eye"}};
    for (int pane = 0; pane < int(std::size(panes)); ++pane) {
        auto *button = new QToolButton(this);
        button->setObjectName(QLatin1String(panes[pane].name));
        button->setAutoRaise(true);
        button->setText(panes[pane].text);
        button->setToolTip(tr("Show or fold %1 (Ctrl+Alt+%2)").arg(panes[pane].text).arg(pane + 1));
        button->setAccessibleName(button->toolTip());
        icons::bind(button, QLatin1String(panes[pane].icon));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setCheckable(true);
        button->setChecked(true);
        connect(button, &QToolButton::clicked, this, [this, pane] { Q_EMIT paneToggled(pane); });
        m_paneButtons.append(button);
        row->addWidget(button);
    }
    m_status = new ElidedLabel;
    m_status->setFont(fonts::small());
    m_status->setForegroundRole(QPalette::PlaceholderText);
    m_status->setObjectName(QStringLiteral("valuesStatus"));
    m_status->setContentsMargins(8, 0, 0, 0);
    row->addWidget(m_status, 1);

    QToolButton *import = menuButton(QStringLiteral("import"), tr("Import"), QStringLiteral("import"));
    const auto add = [&files](QToolButton *button, const QString &text, const char *name, void (ValuesFiles::*work)()) {
        button->menu()->addAction(text, &files, work)->setObjectName(QLatin1String(name));
    };
    add(import, tr("Replace all by a file…"), "importFile", &ValuesFiles::importFile);
    add(import, tr("Add from a file…"), "addFromFile", &ValuesFiles::addFromFile);
    add(import, tr("Add from the clipboard"), "addFromClipboard", &ValuesFiles::addFromClipboard);
    row->addWidget(import);
    QToolButton *exporting = menuButton(QStringLiteral("export"), tr("Export"), QStringLiteral("export"));
    add(exporting, tr("Values file…"), "exportValues", &ValuesFiles::exportValues);
    add(exporting, tr("Manifests…"), "exportManifests", &ValuesFiles::exportManifests);
    add(exporting, tr("Copy helm command"), "exportCommand", &ValuesFiles::copyHelmCommand);
    row->addWidget(exporting);
    auto *save = new QPushButton(tr("Save"));
    save->setObjectName(QStringLiteral("saveValues"));
    connect(save, &QPushButton::clicked, &files, &ValuesFiles::save);
    row->addWidget(save);
    m_aging.setInterval(1000);
    connect(&m_aging, &QTimer::timeout, this, [this] {
        if (isVisible())
            Q_EMIT stateWanted();
    });
}

QToolButton *ValuesHead::menuButton(const QString &name, const QString &text, const QString &icon)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setAutoRaise(true);
    button->setText(text);
    button->setToolTip(text);
    button->setAccessibleName(text);
    icons::bind(button, icon);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setMenu(new QMenu(button));
    return button;
}

void ValuesHead::showState(const ValuesSession &session)
{
    QStringList words;
    const int edits = session.editCount();
    words.append(edits > 0         ? tr("%n edit(s)", nullptr, edits)
            : session.isModified() ? tr("Text edited")
                                   : tr("No edits"));
    bool ages = false;
    if (const QTime saved = session.draftSaved(); saved.isValid()) {
        const int seconds = saved.secsTo(QTime::currentTime());
        ages = seconds >= 0 && seconds < 60;
        words.append(seconds == 0 ? tr("draft saved just now")
                : ages            ? tr("draft saved %1 ago").arg(texts::duration(std::chrono::seconds(seconds)))
                                  : tr("draft saved %1").arg(QLocale().toString(saved, QStringLiteral("HH:mm"))));
    }
    if (const auto &outcome = session.outcome())
        words.append(tr("rendered in %1 ms").arg(QLocale().toString(double(outcome->took.count()) / 1000.0, 'f', 1)));
    static_cast<ElidedLabel *>(m_status)->setFullText(words.join(QStringLiteral(", ")));
    if (ages)
        m_aging.start();
    else
        m_aging.stop();
}

void ValuesHead::setPaneShown(int pane, bool shown)
{
    m_paneButtons[pane]->setChecked(shown);
}

} // namespace pk::gui
