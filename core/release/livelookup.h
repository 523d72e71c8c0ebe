// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/render.h"
#include "http/waitingroom.h"
#include "release/clusterfacts.h"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace pk::release {

/// `lookup` of templates against a cluster, with helm's answers and words (docs/decisions/0016). Lives on a thread that
/// renders, which it lets wait for the I/O thread; never on the GUI thread.
///
/// Each question is asked once and kept for a while, errors too, so that a keystroke does not ask again. A question
/// whose rendering was stopped goes on: the rendering that took its place finds the answer.
class LiveLookup
{
public:
    struct Patience
    {
        std::chrono::milliseconds keep{10'000}; ///< An answer of an earlier rendering is as good as a new one.
        std::chrono::milliseconds limit{10'000}; ///< That one rendering waits, for all its questions together.
    };

    LiveLookup() : m_room(std::make_shared<http::WaitingRoom>()) { }

    /// What one rendering asks with; this object outlives it. `catalog` says which kinds there are: the cluster's, or
    /// what it will be. `stop` ends the waiting at once.
    chart::Lookup forRendering(ClusterFactsPtr cluster, std::shared_ptr<const kube::ResourceCatalog> catalog,
        std::stop_token stop, const Patience &patience);

private:
    using Ticks = std::chrono::steady_clock::time_point;
    struct Question
    {
        std::optional<kube::Answer<Value>> answer = {};
        Ticks answered = {};
        http::Call call = {};
    };

    /// The question about `path`, asked by now.
    Question &questionAbout(const std::string &path);
    /// Nothing when its answer is there; else why it is not.
    std::optional<Error> wait(const Question &question, const std::stop_token &stop, Ticks end);
    void forget(std::chrono::milliseconds keep);

    std::shared_ptr<http::WaitingRoom> m_room;
    ClusterFactsPtr m_cluster; ///< Whom the questions are about.
    std::map<std::string, Question> m_questions; ///< By path.
};

} // namespace pk::release
