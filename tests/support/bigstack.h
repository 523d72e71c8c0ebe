// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <pthread.h>

#include <cstddef>
#include <functional>

namespace pk::test {

/// Calls `work` on a thread of its own whose stack holds thousands of frames even where a sanitizer widens them, and
/// waits for its end. `stackBytes` is what `work` may use. QVERIFY and QCOMPARE belong behind it.
inline void onBigStack(std::function<void(std::size_t stackBytes)> work)
{
    constexpr std::size_t size = 64u << 20;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, size);
    pthread_t thread;
    const auto run = [](void *argument) -> void * {
        (*static_cast<std::function<void(std::size_t)> *>(argument))(size - (1u << 20));
        return nullptr;
    };
    if (pthread_create(&thread, &attributes, run, &work) != 0)
        qFatal("no thread");
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
}

} // namespace pk::test
