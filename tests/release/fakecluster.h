// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "release/clusterapi.h"
#include "release/record.h"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pk::test {

/// A cluster in memory: objects by path, requests written down, failures on demand, time that jumps.
class FakeCluster : public release::ClusterApi, public Clock
{
public:
    /// Answers a request instead of the cluster ("apply /api/v1/…"); nothing lets it through.
    std::function<std::optional<Error>(const std::string &request)> refuse;
    /// Called after an object was written, to play controllers.
    std::function<void(const std::string &path, Value &object)> written;
    std::map<std::string, Value> objects;
    std::vector<std::string> requests; ///< Those that change something.
    kube::ServerVersion server{.gitVersion = "v1.36.3", .major = "1", .minor = "36", .platform = {}};
    kube::ResourceCatalog kinds;
    kube::ObjectReader lookups; ///< What a render thread asks; empty: `lookup` finds nothing.

    WallTime now() const override { return WallTime(m_ticks.time_since_epoch()) + std::chrono::hours(24 * 365 * 50); }
    std::chrono::steady_clock::time_point ticks() const override { return m_ticks; }

    /// Runs callbacks until there are none.
    void run()
    {
        while (!m_queue.empty()) {
            auto work = std::move(m_queue.front());
            m_queue.pop_front();
            work();
        }
    }
    /// One callback; false when there is none.
    bool step()
    {
        if (m_queue.empty())
            return false;
        auto work = std::move(m_queue.front());
        m_queue.pop_front();
        work();
        return true;
    }

    http::Call get(const kube::ObjectPath &path, Done<Value> done) override
    {
        return answer("get", path, std::move(done), [this](const std::string &at) { return find(at); });
    }
    http::Call list(
        const kube::ObjectPath &path, const kube::Selection &selection, Done<kube::Listing<Value>> done) override
    {
        kube::Listing<Value> listing;
        const std::string prefix = path.text() + '/';
        for (const auto &[at, object] : objects) {
            if (at.starts_with(prefix) && selects(selection.labels, object))
                listing.items.push_back(object);
        }
        return later([done = std::move(done), listing = std::move(listing)] {
            done({Result<kube::Listing<Value>>(listing), {}});
        });
    }
    http::Call create(
        const kube::ObjectPath &path, const Value &object, const kube::WriteOptions &, Done<Value> done) override
    {
        kube::ObjectPath full = path;
        full.name = object.at({"metadata", "name"}).stringOr();
        return answer("create", full, std::move(done), [this, object](const std::string &at) -> Result<Value> {
            if (objects.contains(at))
                return Error{.code = Error::Code::AlreadyExists, .message = "already exists"};
            return write(at, object, false);
        });
    }
    http::Call replace(
        const kube::ObjectPath &path, const Value &object, const kube::WriteOptions &, Done<Value> done) override
    {
        return answer("replace", path, std::move(done), [this, object](const std::string &at) -> Result<Value> {
            auto known = find(at);
            if (!known)
                return known;
            if (object.at({"metadata", "resourceVersion"}) != known->at({"metadata", "resourceVersion"}))
                return Error{.code = Error::Code::Conflict, .message = "the object has been modified"};
            return write(at, object, false);
        });
    }
    http::Call apply(
        const kube::ObjectPath &path, const Value &object, const kube::ApplyOptions &options, Done<Value> done) override
    {
        const char *verb = options.dryRun ? "dry-run" : "apply";
        return answer(verb, path, std::move(done), [this, object, options](const std::string &at) -> Result<Value> {
            if (options.dryRun)
                return object;
            return write(at, object, true);
        });
    }
    http::Call patch(const kube::ObjectPath &path, kube::PatchType, const Value &patch, const kube::WriteOptions &,
        Done<Value> done) override
    {
        return answer("patch", path, std::move(done), [this, patch](const std::string &at) -> Result<Value> {
            auto known = find(at);
            if (!known)
                return known;
            Value object = known->deepCopy();
            object.get("metadata").asMap().set("managedFields", patch.asList().items[0].get("value"));
            return write(at, object, false);
        });
    }
    http::Call remove(const kube::ObjectPath &path, const kube::DeleteOptions &options, Done<Value> done) override
    {
        const bool orphans = options.propagation == kube::DeleteOptions::Propagation::Orphan;
        return answer(orphans ? "orphan" : "delete", path, std::move(done),
            [this, options](const std::string &at) -> Result<Value> {
                auto known = find(at);
                if (!known)
                    return known;
                if (!options.uid.empty() && known->at({"metadata", "uid"}).stringOr() != options.uid)
                    return Error{.code = Error::Code::Conflict, .message = "wrong uid"};
                objects.erase(at);
                return *known;
            });
    }
    http::Call version(Done<kube::ServerVersion> done) override
    {
        return later([this, done = std::move(done)] { done({Result<kube::ServerVersion>(server), {}}); });
    }
    http::Call discover(Done<kube::ResourceCatalog> done) override
    {
        const std::optional<Error> refused = refuse ? refuse("discover") : std::nullopt;
        return later([this, refused, done = std::move(done)] {
            done({refused ? Result<kube::ResourceCatalog>(*refused) : Result<kube::ResourceCatalog>(kinds), {}});
        });
    }
    kube::ObjectReader reader() const override { return lookups; }
    http::Call mayI(const kube::AccessQuestion &, Done<kube::Access> done) override
    {
        return later([done = std::move(done)] { done({Result<kube::Access>(kube::Access{.allowed = true}), {}}); });
    }
    http::Call after(std::chrono::milliseconds delay, std::function<void()> done) override
    {
        return later([this, delay, done = std::move(done)] {
            m_ticks += delay;
            done();
        });
    }

    /// The newest state of a release's revision; fails the test's expectation when it is not there.
    std::optional<release::Record> record(const std::string &name, int revision) const
    {
        const auto found =
            objects.find("/api/v1/namespaces/ci/secrets/sh.helm.release.v1." + name + ".v" + std::to_string(revision));
        if (found == objects.end())
            return {};
        auto decoded = release::Record::fromSecret(found->second);
        return decoded ? std::optional(*decoded) : std::nullopt;
    }

private:
    /// A call that is forgotten when its owner drops it.
    class Pending : public http::CallState
    {
    public:
        bool waiting = true;
        bool isWaiting() const override { return waiting; }

    protected:
        void dropCallback() override { waiting = false; }
    };

    http::Call later(std::function<void()> work)
    {
        auto pending = std::make_shared<Pending>();
        m_queue.push_back([pending, work = std::move(work)] {
            if (std::exchange(pending->waiting, false))
                work();
        });
        return http::Call(pending);
    }

    template <class Act> http::Call answer(const char *verb, const kube::ObjectPath &path, Done<Value> done, Act act)
    {
        const std::string request = std::string(verb) + ' ' + path.text();
        if (std::string_view(verb) != "get")
            requests.push_back(request);
        std::optional<Error> refused = refuse ? refuse(request) : std::nullopt;
        Result<Value> result = refused ? Result<Value>(*refused) : act(path.text());
        return later([done = std::move(done), result = std::move(result)] { done({result, {}}); });
    }

    Result<Value> find(const std::string &at) const
    {
        const auto found = objects.find(at);
        if (found == objects.end())
            return Error{.code = Error::Code::NotFound, .message = "not found", .id = "kube.not-found"};
        return found->second;
    }

    Value write(const std::string &at, const Value &wanted, bool merges)
    {
        const auto known = objects.find(at);
        Value object = wanted.deepCopy();
        Map &metadata = object.get("metadata").asMap();
        const std::int64_t version = ++m_version;
        std::string uid = "uid-" + std::to_string(version);
        if (known != objects.end()) {
            uid = known->second.at({"metadata", "uid"}).stringOr();
            if (merges && !known->second.get("status").isNil())
                object.asMap().set("status", known->second.get("status"));
        }
        metadata.set("uid", Value::string(uid));
        metadata.set("resourceVersion", Value::string(std::to_string(version)));
        if (written)
            written(at, object);
        objects.insert_or_assign(at, object);
        return object;
    }

    static bool selects(const std::string &selector, const Value &object)
    {
        for (std::size_t start = 0; start < selector.size();) {
            const std::size_t end = std::min(selector.find(',', start), selector.size());
            const std::string part = selector.substr(start, end - start);
            const std::size_t equals = part.find('=');
            if (object.at({"metadata", "labels", part.substr(0, equals)}).stringOr() != part.substr(equals + 1))
                return false;
            start = end + 1;
        }
        return true;
    }

    std::deque<std::function<void()>> m_queue;
    std::chrono::steady_clock::time_point m_ticks{};
    std::int64_t m_version = 100;
};

} // namespace pk::test
