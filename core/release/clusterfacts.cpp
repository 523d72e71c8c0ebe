// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/clusterfacts.h"

#include <algorithm>

namespace pk::release {

namespace {

/// Two questions and their one answer.
class FactsCall : public http::CallState, public std::enable_shared_from_this<FactsCall>
{
public:
    using Done = std::function<void(Result<ClusterFactsPtr>)>;

    explicit FactsCall(Done done) : m_done(std::move(done)) { }
    void start(ClusterApi &api)
    {
        m_facts.reader = api.reader();
        m_versionCall = api.version([this](const kube::Answer<kube::ServerVersion> &answer) {
            if (answer)
                m_version = *answer;
            else
                m_error = answer.error().wrapped("could not get server version from Kubernetes: ");
            finish();
        });
        m_catalogCall = api.discover([this](kube::Answer<kube::ResourceCatalog> answer) {
            if (answer)
                m_facts.catalog = std::move(*answer);
            else
                m_error = answer.error().wrapped("could not get apiVersions from Kubernetes: ");
            finish();
        });
    }
    bool isWaiting() const override { return m_done != nullptr; }

protected:
    void dropCallback() override
    {
        m_done = nullptr;
        m_versionCall.cancel();
        m_catalogCall.cancel();
    }

private:
    void finish()
    {
        if (++m_answers < 2 || !m_done)
            return;
        // The receiver may drop the Call, and with it this object.
        const auto self = shared_from_this();
        const Done done = std::exchange(m_done, nullptr);
        if (m_error)
            return done(*m_error);
        m_facts.capabilities = capabilitiesOf(m_version, m_facts.catalog);
        done(std::make_shared<const ClusterFacts>(std::move(m_facts)));
    }

    Done m_done;
    ClusterFacts m_facts;
    kube::ServerVersion m_version;
    std::optional<Error> m_error;
    int m_answers = 0;
    http::Call m_versionCall, m_catalogCall;
};

void collectCrds(const chart::Chart &chart, std::vector<std::pair<std::string, std::string>> &crds)
{
    for (const chart::ChartFile *file : chart.crds())
        crds.emplace_back(file->name, file->data);
    for (const chart::ChartPtr &sub : chart.dependencies)
        collectCrds(*sub, crds);
}

void addOnce(std::vector<std::string> &names, const std::string &name)
{
    if (std::ranges::find(names, name) == names.end())
        names.push_back(name);
}

} // namespace

chart::Capabilities capabilitiesOf(const kube::ServerVersion &version, const kube::ResourceCatalog &catalog)
{
    // Helm takes a server's version as it is, with whatever a vendor put behind it.
    return {.version = version.gitVersion,
        .normalized = version.gitVersion,
        .major = version.major,
        .minor = version.minor,
        .apiVersions = catalog.apiVersions()};
}

kube::ResourceCatalog withCrds(
    const kube::ResourceCatalog &catalog, const std::vector<std::pair<std::string, std::string>> &crds)
{
    kube::ResourceCatalog all = catalog;
    for (const auto &[path, text] : crds) {
        for (const chart::CrdKind &brought : chart::kindsOfCrds(text)) {
            const kube::Resource kind{.group = brought.group,
                .version = brought.version,
                .kind = brought.kind,
                .plural = brought.plural,
                .namespaced = brought.namespaced};
            if (!kube::isApiName(kind.group) || !kube::isApiName(kind.version) || !kube::isApiName(kind.plural)
                || all.find(kind.apiVersion(), kind.kind))
                continue;
            addOnce(all.groupVersions, kind.apiVersion());
            if (brought.scales)
                addOnce(all.subKinds, kind.apiVersion() + "/Scale");
            all.resources.push_back(kind);
        }
    }
    return all;
}

std::vector<std::pair<std::string, std::string>> crdsOf(const chart::Chart &chart)
{
    std::vector<std::pair<std::string, std::string>> crds;
    collectCrds(chart, crds);
    return crds;
}

http::Call readClusterFacts(ClusterApi &api, std::function<void(Result<ClusterFactsPtr>)> done)
{
    const auto asking = std::make_shared<FactsCall>(std::move(done));
    asking->start(api);
    return http::Call(asking);
}

} // namespace pk::release
