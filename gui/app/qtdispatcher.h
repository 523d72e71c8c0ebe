// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/dispatcher.h"

#include <QObject>

#include <memory>

namespace pk::gui {

/// Brings what the I/O and store threads have to say to the thread of `receiver` (the GUI thread). What is posted after
/// the receiver died is dropped.
class QtDispatcher : public http::Dispatcher
{
public:
    explicit QtDispatcher(QObject *receiver);
    ~QtDispatcher() override;
    void post(std::function<void()> work) override;

private:
    class Target;
    std::shared_ptr<Target> m_target;
};

} // namespace pk::gui
