// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/listoperation.h"

#include "kube/json.h"

namespace pk::kube {

namespace {
constexpr int maxRestarts = 3;
}

std::weak_ptr<ListOperation> ListOperation::start(
    http::IoCore &core, std::shared_ptr<Session> session, ListPlan plan, ListTaker taker, Done done)
{
    const std::shared_ptr<ListOperation> operation(
        new ListOperation(core, std::move(session), std::move(plan), std::move(taker), std::move(done)));
    operation->m_kept = core.keep(operation);
    operation->requestPage();
    return operation;
}

ListOperation::~ListOperation()
{
    if (const auto request = m_request.lock())
        request->cancel();
}

void ListOperation::cancel()
{
    m_core.release(std::exchange(m_kept, 0));
}

void ListOperation::requestPage()
{
    Sending sending{.path = m_plan.path, .timeout = m_plan.options.timeout};
    const auto add = [&sending](const char *key, const std::string &value) {
        if (!value.empty())
            sending.query.emplace_back(key, value);
    };
    add("limit", std::to_string(m_plan.pageSize));
    add("continue", m_continue);
    // A continue token holds its version; the server refuses both together.
    add("resourceVersion", m_continue.empty() ? m_plan.resourceVersion : std::string());
    add("labelSelector", m_plan.selection.labels);
    add("fieldSelector", m_plan.selection.fields);
    add("timeoutSeconds", std::to_string(std::max<std::int64_t>(1, sending.timeout.count() / 1000)));
    beginPage();
    RequestOperation::Body body{
        .restart = [this] { beginPage(); }, .bytes = [this](std::string_view bytes) { return m_splitter->add(bytes); }};
    m_request =
        RequestOperation::start(m_core, m_session, std::move(sending), m_plan.options.tries, m_plan.options.waiting,
            std::move(body), [this](Result<void> result, const AnswerInfo &info, const http::Headers &) {
                pageDone(std::move(result), info);
            });
}

void ListOperation::beginPage()
{
    if (m_pageTaken > 0)
        m_taker.truncate(m_taken);
    m_pageTaken = 0;
    m_pageUndecodable = 0;
    m_splitter = std::make_unique<ListSplitter>(
        [this](std::string_view json) { m_taker.item(json) ? void(++m_pageTaken) : void(++m_pageUndecodable); });
}

void ListOperation::pageDone(Result<void> result, const AnswerInfo &info)
{
    const auto self = shared_from_this();
    if (!result) {
        if (!info.apiError.isExpired() || m_continue.empty() || m_restarts++ >= maxRestarts)
            return finish(result.error(), info);
        m_taker.truncate(0);
        m_taken = 0;
        m_pageTaken = 0;
        m_undecodable = 0;
        m_continue.clear();
        return requestPage();
    }
    const auto list = parseObject(m_splitter->rest());
    if (!list || !list->get("items").isList() || !list->get("metadata").isMap())
        return finish(
            Error{
                .code = Error::Code::Unavailable, .message = "the server's answer is no list", .id = "kube.not-a-list"},
            info);
    m_taken += std::exchange(m_pageTaken, 0);
    m_undecodable += m_pageUndecodable;
    m_continue = list->at({"metadata", "continue"}).stringOr();
    if (!m_continue.empty())
        return requestPage();
    finish(ListEnd{list->at({"metadata", "resourceVersion"}).stringOr(), m_undecodable}, info);
}

void ListOperation::finish(Result<ListEnd> end, const AnswerInfo &info)
{
    m_core.release(std::exchange(m_kept, 0));
    m_done(std::move(end), info);
}

} // namespace pk::kube
