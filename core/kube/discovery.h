// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/requestoperation.h"
#include "kube/resource.h"
#include "value/value.h"

#include <set>

namespace pk::kube {

/// Adds what an APIGroupDiscoveryList tells (aggregated discovery).
void addAggregated(ResourceCatalog &catalog, const Value &list);
/// Adds what an APIResourceList of one version tells.
void addResourceList(ResourceCatalog &catalog, const std::string &groupVersion, const Value &list);
/// The "group/version"s of an APIGroupList or APIVersions.
std::vector<std::string> groupVersionsOf(const Value &list);

/// Asks a server what it knows: /api and /apis, and on servers without aggregated discovery each version by itself.
/// A version that does not answer is listed as unavailable. Only used on the I/O thread; owned by the loop.
class Discovery : public std::enable_shared_from_this<Discovery>
{
public:
    using Done = std::function<void(Result<ResourceCatalog> catalog, const AnswerInfo &info)>;

    static std::weak_ptr<Discovery> start(http::IoCore &core, std::shared_ptr<Session> session, Done done);
    void cancel();
    ~Discovery();

private:
    Discovery(http::IoCore &core, std::shared_ptr<Session> session, Done done) :
        m_core(core), m_session(std::move(session)), m_done(std::move(done))
    {
    }
    void ask(const std::string &path, bool root, const std::string &groupVersion);
    void rootAnswer(Result<std::string> body, const AnswerInfo &info);
    void versionAnswer(const std::string &groupVersion, Result<std::string> body);
    void finishIfDone();

    http::IoCore &m_core;
    std::shared_ptr<Session> m_session;
    Done m_done;
    http::IoCore::Id m_kept = 0;
    std::vector<std::weak_ptr<RequestOperation>> m_requests;
    int m_pending = 0;
    ResourceCatalog m_catalog;
    std::optional<Error> m_error;
    AnswerInfo m_info;
};

} // namespace pk::kube
