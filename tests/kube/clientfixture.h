// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/apiclient.h"
#include "support/manualloop.h"

#include <QString>

#include <optional>

namespace pk::test {

inline QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

/// One API client with its I/O thread and a receiver's loop.
class ClientFixture
{
public:
    explicit ClientFixture(kube::ContextConfig context, kube::ApiClient::Options options = {}) :
        client(io, loop, std::move(context), std::move(options))
    {
    }

    /// A client of a server without credentials.
    static kube::ContextConfig plain(const std::string &url)
    {
        kube::ContextConfig context{.name = "test", .nameSpace = "ns"};
        context.cluster.server = url;
        return context;
    }

    /// Starts a call with `start(done)` and waits for its answer.
    template <class T, class Start> kube::Answer<T> wait(Start start)
    {
        std::optional<kube::Answer<T>> answer;
        const http::Call call = start([&](kube::Answer<T> got) { answer = std::move(got); });
        if (!loop->runUntil([&] { return answer.has_value(); }))
            return {Error{.message = "the test waited too long", .id = "test.timeout"}};
        return std::move(*answer);
    }

    const std::shared_ptr<ManualLoop> loop = std::make_shared<ManualLoop>();
    http::IoThread io;
    kube::ApiClient client;
};

inline kube::Resource pods()
{
    return *kube::knownResource("v1", "Pod");
}

/// Reads only the name: as small as a decoder can be.
inline kube::Decoder<std::string> nameDecoder()
{
    return [](std::string_view json) -> Result<std::string> {
        const auto object = kube::parseObject(json);
        if (!object)
            return object.error();
        return object->at({"metadata", "name"}).stringOr();
    };
}

} // namespace pk::test
