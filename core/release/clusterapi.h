// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/iothread.h"
#include "kube/apiclient.h"

#include <chrono>
#include <functional>
#include <memory>

namespace pk::release {

/// What an operation says to a cluster: narrow, so that tests can stand in for it.
///
/// `done` is called on the caller's thread, later and never from within the call itself; not at all when the returned
/// Call has died.
class ClusterApi
{
public:
    template <class T> using Done = std::function<void(kube::Answer<T>)>;

    virtual ~ClusterApi() = default;
    virtual http::Call get(const kube::ObjectPath &path, Done<Value> done) = 0;
    virtual http::Call list(
        const kube::ObjectPath &path, const kube::Selection &selection, Done<kube::Listing<Value>> done) = 0;
    virtual http::Call create(
        const kube::ObjectPath &path, const Value &object, const kube::WriteOptions &options, Done<Value> done) = 0;
    virtual http::Call replace(
        const kube::ObjectPath &path, const Value &object, const kube::WriteOptions &options, Done<Value> done) = 0;
    virtual http::Call apply(
        const kube::ObjectPath &path, const Value &object, const kube::ApplyOptions &options, Done<Value> done) = 0;
    virtual http::Call patch(const kube::ObjectPath &path, kube::PatchType type, const Value &patch,
        const kube::WriteOptions &options, Done<Value> done) = 0;
    virtual http::Call remove(const kube::ObjectPath &path, const kube::DeleteOptions &options, Done<Value> done) = 0;
    virtual http::Call version(Done<kube::ServerVersion> done) = 0;
    virtual http::Call discover(Done<kube::ResourceCatalog> done) = 0;
    /// For a render thread, which waits for its answers; may be empty.
    virtual kube::ObjectReader reader() const = 0;
    virtual http::Call mayI(const kube::AccessQuestion &question, Done<kube::Access> done) = 0;
    virtual http::Call after(std::chrono::milliseconds delay, std::function<void()> done) = 0;
};

/// The real one. Borrows the client, the I/O thread and shares the dispatcher.
std::unique_ptr<ClusterApi> makeClusterApi(
    kube::ApiClient &client, http::IoThread &io, std::shared_ptr<http::Dispatcher> dispatcher);

} // namespace pk::release
