// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qtdispatcher.h"

#include <QCoreApplication>

#include <mutex>

namespace pk::gui {

/// The receiver, or null once it died. Posting and dying are serialized by the mutex.
class QtDispatcher::Target
{
public:
    std::mutex mutex;
    QObject *receiver = nullptr;
};

QtDispatcher::QtDispatcher(QObject *receiver) : m_target(std::make_shared<Target>())
{
    m_target->receiver = receiver;
    // Direct: it must be known before the destructor of QObject goes on.
    QObject::connect(
        receiver, &QObject::destroyed, receiver,
        [target = m_target] {
            const std::lock_guard lock(target->mutex);
            target->receiver = nullptr;
        },
        Qt::DirectConnection);
}

QtDispatcher::~QtDispatcher() = default;

void QtDispatcher::post(std::function<void()> work)
{
    const std::lock_guard lock(m_target->mutex);
    if (m_target->receiver)
        QMetaObject::invokeMethod(m_target->receiver, std::move(work), Qt::QueuedConnection);
}

} // namespace pk::gui
