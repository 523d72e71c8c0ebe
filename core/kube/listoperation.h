// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/listsplitter.h"
#include "kube/listtaker.h"
#include "kube/requestoperation.h"

namespace pk::kube {

/// What to list.
struct ListPlan
{
    std::string path = {};
    Selection selection = {};
    std::string resourceVersion = {}; ///< Empty: the newest state; "0": any that the server has at hand.
    int pageSize = 500;
    CallOptions options = {};
};

/// Lists in pages. A list that expires between two pages is begun again. Only used on the I/O thread; owned by the
/// loop.
class ListOperation : public std::enable_shared_from_this<ListOperation>
{
public:
    using Done = std::function<void(Result<ListEnd> end, const AnswerInfo &info)>;

    static std::weak_ptr<ListOperation> start(
        http::IoCore &core, std::shared_ptr<Session> session, ListPlan plan, ListTaker taker, Done done);
    void cancel();
    ~ListOperation();

private:
    ListOperation(http::IoCore &core, std::shared_ptr<Session> session, ListPlan plan, ListTaker taker, Done done) :
        m_core(core), m_session(std::move(session)), m_plan(std::move(plan)), m_taker(std::move(taker)),
        m_done(std::move(done))
    {
    }
    void requestPage();
    void beginPage();
    void pageDone(Result<void> result, const AnswerInfo &info);
    void finish(Result<ListEnd> end, const AnswerInfo &info);

    http::IoCore &m_core;
    std::shared_ptr<Session> m_session;
    ListPlan m_plan;
    ListTaker m_taker;
    Done m_done;
    http::IoCore::Id m_kept = 0;
    std::weak_ptr<RequestOperation> m_request;
    std::unique_ptr<ListSplitter> m_splitter;
    std::string m_continue;
    std::size_t m_taken = 0, m_pageTaken = 0;
    int m_undecodable = 0, m_pageUndecodable = 0;
    int m_restarts = 0;
};

} // namespace pk::kube
