// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "values/valuestab.h"

#include <QSignalSpy>
#include <QTemporaryDir>

#include <memory>
#include <string>

namespace fixtures {

/// A person's file with comments, a variable whose value is no string, and a grace period shorter than a run.
inline const std::string &commentedFile()
{
    static const std::string text = R"(# Pool for the EU production stacks.
# One worker runs one run at a time.
useStatefulSet: true
replicaCount: 5   # one more for spring

# 70 min run timeout plus the preStop hooks.
terminationGracePeriodSeconds: 30

credentials:
  create: false

launcher:
  extraEnv:
    - name: SPACELIFT_TOKEN
      valueFrom:
        secretKeyRef:
          name: prod-eu-credentials
          key: token
    - name: SPACELIFT_POOL_PRIVATE_KEY
      valueFrom:
        secretKeyRef:
          name: prod-eu-credentials
          key: privateKey
    - name: SPACELIFT_LAUNCHER_RUN_TIMEOUT
      value: 70m
    - name: SPACELIFT_DEBUG
      value: true
)";
    return text;
}

/// A session over a chart, its drafts in a folder that goes with it, and the tab that shows it.
class Bench
{
public:
    explicit Bench(const std::string &text, pk::chart::ChartPtr chart = builtin()) :
        drafts((folder.path() + QStringLiteral("/drafts")).toStdString())
    {
        pk::document::Draft draft;
        draft.name = "prod-eu";
        draft.ns = "spacelift";
        session = std::make_unique<pk::gui::ValuesSession>(std::move(chart), drafts, draft);
        const QString file = folder.filePath(QStringLiteral("values-prod-eu.yaml"));
        (void)pk::document::writeTextFile({file.toStdString(), {}, 0}, text, true);
        (void)session->open(file);
    }
    static pk::chart::ChartPtr builtin()
    {
        return *pk::chart::loadChart("builtin:spacelift-worker", pk::chart::levels43());
    }
    QString filePath() const { return folder.filePath(QStringLiteral("values-prod-eu.yaml")); }
    /// Waits until what is in the document was rendered.
    bool settle() const
    {
        QSignalSpy rendered(session.get(), &pk::gui::ValuesSession::rendered);
        return !session->document().isReadable() || rendered.wait(30'000);
    }

    QTemporaryDir folder;
    pk::document::DraftStore drafts;
    std::unique_ptr<pk::gui::ValuesSession> session;
};

} // namespace fixtures
