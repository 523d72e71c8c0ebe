// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/clusterapi.h"

#include "kube/json.h"

namespace pk::release {

namespace {

/// A pending timer of the I/O thread whose end comes to the receiver's thread.
http::Call startTimer(const http::IoThread &io, std::shared_ptr<http::Dispatcher> dispatcher,
    std::chrono::milliseconds delay, std::function<void()> done)
{
    auto delivery = std::make_shared<http::Delivery<>>(std::move(dispatcher), std::move(done));
    const auto id = std::make_shared<http::IoCore::Id>(0); // I/O thread only.
    const auto poster = io.poster();
    delivery->setAbort([poster, id] {
        poster([id](http::IoCore &core) {
            if (*id != 0)
                core.stopTimer(*id);
        });
    });
    poster([delivery, id, delay](http::IoCore &core) {
        if (!delivery->isCancelled())
            *id = core.startTimer(delay, [delivery] { delivery->finish(); });
    });
    return http::Call(delivery);
}

class RealCluster : public ClusterApi
{
public:
    RealCluster(kube::ApiClient &client, http::IoThread &io, std::shared_ptr<http::Dispatcher> dispatcher) :
        m_client(client), m_io(io), m_dispatcher(std::move(dispatcher))
    {
    }

    http::Call get(const kube::ObjectPath &path, Done<Value> done) override
    {
        return m_client.get(path, std::move(done));
    }
    http::Call list(
        const kube::ObjectPath &path, const kube::Selection &selection, Done<kube::Listing<Value>> done) override
    {
        return m_client.list<Value>(
            path, selection, [](std::string_view json) { return kube::parseObject(json); }, std::move(done));
    }
    http::Call create(
        const kube::ObjectPath &path, const Value &object, const kube::WriteOptions &options, Done<Value> done) override
    {
        return m_client.create(path, object, options, std::move(done));
    }
    http::Call replace(
        const kube::ObjectPath &path, const Value &object, const kube::WriteOptions &options, Done<Value> done) override
    {
        return m_client.replace(path, object, options, std::move(done));
    }
    http::Call apply(
        const kube::ObjectPath &path, const Value &object, const kube::ApplyOptions &options, Done<Value> done) override
    {
        return m_client.apply(path, object, options, std::move(done));
    }
    http::Call patch(const kube::ObjectPath &path, kube::PatchType type, const Value &patch,
        const kube::WriteOptions &options, Done<Value> done) override
    {
        return m_client.patch(path, type, patch, options, std::move(done));
    }
    http::Call remove(const kube::ObjectPath &path, const kube::DeleteOptions &options, Done<Value> done) override
    {
        return m_client.remove(path, options, std::move(done));
    }
    http::Call version(Done<kube::ServerVersion> done) override { return m_client.version(std::move(done)); }
    http::Call discover(Done<kube::ResourceCatalog> done) override { return m_client.discover(std::move(done)); }
    kube::ObjectReader reader() const override { return m_client.reader(); }
    http::Call mayI(const kube::AccessQuestion &question, Done<kube::Access> done) override
    {
        return m_client.mayI(question, std::move(done));
    }
    http::Call after(std::chrono::milliseconds delay, std::function<void()> done) override
    {
        return startTimer(m_io, m_dispatcher, delay, std::move(done));
    }

private:
    kube::ApiClient &m_client;
    http::IoThread &m_io;
    std::shared_ptr<http::Dispatcher> m_dispatcher;
};

} // namespace

std::unique_ptr<ClusterApi> makeClusterApi(
    kube::ApiClient &client, http::IoThread &io, std::shared_ptr<http::Dispatcher> dispatcher)
{
    return std::make_unique<RealCluster>(client, io, std::move(dispatcher));
}

} // namespace pk::release
