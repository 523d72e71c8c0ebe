// SPDX-License-Identifier: GPL-3.0-or-later
#include "values/valuesfiles.h"

#include "chart/rules.h"
#include "document/exports.h"
#include "document/secrets.h"
#include "texts/texts.h"
#include "values/valuessession.h"
#include "widgets/asking.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>

namespace pk::gui {

namespace {

QString yamlFilter()
{
    return QCoreApplication::translate("ValuesFiles", "YAML (*.yaml *.yml)");
}

} // namespace

ValuesFiles::ValuesFiles(QWidget *window, std::function<QString()> manifests) :
    QObject(window), m_window(window), m_manifests(std::move(manifests))
{
}

void ValuesFiles::setSession(ValuesSession *session)
{
    m_session = session;
}

void ValuesFiles::save()
{
    if (!m_session)
        return;
    if (m_session->about().file.empty())
        return saveAs();
    const Result<void> saved = m_session->save();
    if (!saved && saved.error().code == Error::Code::Conflict) {
        askQuestion(m_window, tr("The file was changed"),
            tr("%1 was changed by another program since it was opened here. Saving replaces what that program wrote.")
                .arg(QString::fromStdString(m_session->about().file)),
            {tr("Replace it")}, [this](int) {
                if (m_session)
                    tellSaved(m_session->save(true));
            });
        return;
    }
    tellSaved(saved);
}

void ValuesFiles::tellSaved(const Result<void> &saved)
{
    Q_EMIT said(saved ? tr("Saved %1.").arg(m_session->fileName()) : texts::sentence(saved.error()));
}

void ValuesFiles::saveAs()
{
    if (!m_session)
        return;
    const QString name = QString::fromStdString(m_session->about().name);
    askSavePath(m_window, tr("Save values"),
        QStringLiteral("values-%1.yaml").arg(name.isEmpty() ? QStringLiteral("pool") : name), yamlFilter(),
        [this](const QString &path) {
            if (m_session)
                tellSaved(m_session->saveAs(path));
        });
}

void ValuesFiles::importFile()
{
    if (!m_session)
        return;
    askOpenPath(m_window, tr("Import values"), {}, yamlFilter(), [this](const QString &path) {
        const auto file = document::readTextFile(path.toStdString());
        if (file && m_session)
            m_session->import(file->text);
        Q_EMIT said(file ? tr("The text is that of %1 now. Ctrl+Z brings yours back.").arg(QFileInfo(path).fileName())
                         : texts::sentence(file.error()));
    });
}

void ValuesFiles::addFromFile()
{
    if (!m_session)
        return;
    askOpenPath(m_window, tr("Add values from a file"), {}, yamlFilter(), [this](const QString &path) {
        const auto file = document::readTextFile(path.toStdString());
        if (file)
            add(file->text);
        else
            Q_EMIT said(texts::sentence(file.error()));
    });
}

void ValuesFiles::addFromClipboard()
{
    add(QGuiApplication::clipboard()->text().toStdString());
}

void ValuesFiles::add(const std::string &text)
{
    if (!m_session)
        return;
    const int before = m_session->editCount();
    const Result<void> added = m_session->addFrom(text);
    if (!added) {
        Q_EMIT said(tr("Nothing was added: %1").arg(m_session->hidden(texts::sentence(added.error()))));
        return;
    }
    const int edits = m_session->editCount() - before;
    Q_EMIT said(edits > 0 ? tr("%n value(s) added. Ctrl+Z takes them back.", nullptr, edits)
                          : tr("These values stand here already, or were edited before."));
}

void ValuesFiles::exportValues()
{
    if (!m_session)
        return;
    if (document::findSecrets(m_session->document().text()).empty()) {
        exportText(m_session->document().text(), 0644);
        return;
    }
    askQuestion(m_window, tr("The values hold secrets"), tr("Export the values without their secrets?"),
        {tr("Without secrets"), tr("With secrets")}, [this](int verb) {
            if (!m_session)
                return;
            const std::string &text = m_session->document().text();
            exportText(verb == 0 ? document::withoutSecrets(text) : text, 0600);
        });
}

void ValuesFiles::exportText(const std::string &text, unsigned mode)
{
    askSavePath(m_window, tr("Export values"), QStringLiteral("values.yaml"), yamlFilter(),
        [this, text, mode](const QString &path) {
            const auto written = document::writeTextFile({path.toStdString(), {}, 0}, text, true, mode);
            Q_EMIT said(written ? tr("Exported to %1.").arg(path) : texts::sentence(written.error()));
        });
}

void ValuesFiles::exportManifests()
{
    if (m_session)
        exportShown(m_manifests());
}

void ValuesFiles::exportShown(const QString &text)
{
    askSavePath(m_window, tr("Export manifests"), QStringLiteral("manifests.yaml"), yamlFilter(),
        [this, text](const QString &path) {
            const auto written = document::writeTextFile({path.toStdString(), {}, 0}, text.toStdString(), true);
            Q_EMIT said(written ? tr("Exported to %1, without secrets.").arg(path) : texts::sentence(written.error()));
        });
}

void ValuesFiles::copyHelmCommand()
{
    if (!m_session)
        return;
    document::HelmCommand what;
    what.release = m_session->about().name.empty() ? "my-pool" : m_session->about().name;
    what.ns = m_session->about().ns.empty() ? "default" : m_session->about().ns;
    // Ours goes by the name of the public chart, which has the same keys; any other is where it was opened from. Of a
    // release's own nobody knows where it came from.
    const std::string &name = m_session->chart()->metadata.name;
    const bool isWorker = chart::isWorkerChart(*m_session->chart());
    const bool isKnown = isWorker || !m_session->about().chart.empty();
    what.chart = !m_session->about().chart.empty() ? m_session->about().chart
        : isWorker                                 ? "spacelift/" + name
                                                   : "REPOSITORY/" + name;
    what.valuesFile = m_session->about().file.empty() ? "values.yaml" : m_session->about().file;
    what.context = m_session->about().context;
    what.valuesText = m_session->document().text();
    QGuiApplication::clipboard()->setText(QString::fromStdString(document::helmCommand(what)));
    Q_EMIT said(isKnown ? tr("The helm command is on the clipboard. Its secrets are shell variables.")
                        : tr("The helm command is on the clipboard. Put the name of the chart's repository into it."));
}

} // namespace pk::gui
