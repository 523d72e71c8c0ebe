// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/iothread.h"

#include "http/ioloop.h"

#include <signal.h>

#include <thread>

namespace pk::http {

namespace {

/// Collects one whole answer for a receiver on another thread.
class WholeAnswer : public Sink
{
public:
    using Answer = Delivery<Result<Response>>;

    explicit WholeAnswer(std::shared_ptr<Answer> answer) : m_answer(std::move(answer)) { }

    bool started(int, const Headers &) override { return !m_answer->isCancelled(); }
    bool received(std::string_view bytes) override
    {
        m_body += bytes;
        return !m_answer->isCancelled();
    }
    void finished(Result<Response> response) override
    {
        if (response)
            response->body = std::move(m_body);
        m_answer->finish(std::move(response));
    }

private:
    std::shared_ptr<Answer> m_answer;
    std::string m_body;
};

void initializeCurlOnce()
{
    static const CURLcode done = curl_global_init(CURL_GLOBAL_DEFAULT);
    (void)done;
}

/// A broken pipe is an error code for us, never a signal.
void blockPipeSignal()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

} // namespace

struct IoThread::Shared
{
    explicit Shared(CURLM *curl) : multi(curl), tasks([curl] { curl_multi_wakeup(curl); }) { }

    CurlMulti multi;
    Mailbox<IoTask> tasks;
    std::thread thread;
};

IoThread::IoThread() : IoThread(Options()) { }

IoThread::IoThread(Options options) : m_clock(options.clock ? options.clock : std::make_shared<Clock>())
{
    initializeCurlOnce();
    m_shared = std::make_shared<Shared>(curl_multi_init());
    curl_multi_setopt(m_shared->multi.get(), CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
    m_shared->thread = std::thread([options = std::move(options), clock = m_clock, shared = m_shared.get()] {
        blockPipeSignal();
        IoLoop loop(options, clock, shared->multi.get());
        loop.run(shared->tasks);
    });
}

IoThread::~IoThread()
{
    m_shared->tasks.send([](IoCore &core) { static_cast<IoLoop &>(core).stop(); });
    m_shared->thread.join();
    m_shared->tasks.takeAll(); // What they hold may send: let it die outside the box's lock.
    m_shared->tasks.close();
    m_shared->multi.reset();
}

void IoThread::post(std::function<void(IoCore &)> task) const
{
    m_shared->tasks.send(std::move(task));
}

std::function<void(std::function<void(IoCore &)>)> IoThread::poster() const
{
    return [shared = m_shared](IoTask task) { shared->tasks.send(std::move(task)); };
}

Call IoThread::send(Request request, std::shared_ptr<Dispatcher> dispatcher, std::function<void(Result<Response>)> done)
{
    const auto answer = std::make_shared<WholeAnswer::Answer>(std::move(dispatcher), std::move(done));
    const auto id = std::make_shared<IoCore::Id>(0); // Only touched on the I/O thread.
    answer->setAbort([post = poster(), id] { post([id](IoCore &core) { core.abortTransfer(*id); }); });
    post([request = std::move(request), answer, id](IoCore &core) mutable {
        if (!answer->isCancelled())
            *id = core.startTransfer(std::move(request), std::make_shared<WholeAnswer>(answer));
    });
    return Call(answer);
}

} // namespace pk::http
