// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "preview/objectdiff.h"
#include "release/inspect.h"

#include <QObject>

#include <memory>
#include <optional>

namespace pk::gui {

/// One object as it is in the cluster, and as the server would make it. Pure.
///
/// Both are the server's own, so that what it fills in by itself is no difference. Unless `withDefaulted`, what the
/// manifest does not name is shown only where the two differ: changed by somebody else. Status and bookkeeping never
/// are. Where the server gave no result (it refuses, or does not let this person try) the manifest stands for it.
PreviewObject liveObject(const release::Object &wanted, const release::DryRunResult &answer, bool withDefaulted);

/// Asks a cluster what the objects of a manifest are there and what applying them would make of them. Nothing is
/// changed. Only the newest question is answered. GUI thread.
class LiveObjects : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    ~LiveObjects() override;

    /// `deployed`: the manifest of the deployed revision, whose objects would go when `manifest` has them no more.
    /// Borrows `api` until the answer or stop(). `kinds` that the cluster knows beyond the usual; may be null.
    void ask(release::ClusterApi &api, const std::string &manifest, const std::string &deployed,
        const std::string &release, const std::string &ns, const kube::ResourceCatalog *kinds);
    /// Forgets the question and the answers.
    void stop();
    bool isAsking() const { return m_asking; }
    bool hasAnswer() const { return m_answered; }
    /// Why nothing is known of the cluster: nobody answered, or nothing may be read.
    const std::optional<Error> &error() const { return m_error; }
    /// In the order of the manifest, what goes at the end.
    QVector<PreviewObject> objects(bool withDefaulted) const;

Q_SIGNALS:
    void answered();

private:
    void finish();

    std::vector<release::Object> m_wanted;
    std::vector<release::DryRunResult> m_answers;
    std::vector<release::Object> m_gone;
    std::vector<Value> m_goneLive; ///< Nil: it is not there any more.
    std::size_t m_open = 0; ///< Answers that are still to come.
    std::vector<http::Call> m_calls;
    std::unique_ptr<release::DryRun> m_dryRun;
    bool m_asking = false;
    bool m_answered = false;
    std::optional<Error> m_error;
};

} // namespace pk::gui
