// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/store.h"

#include "base/log.h"
#include "base/mailbox.h"
#include "store/database.h"

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

namespace pk::store {

class Store::Worker
{
public:
    /// `database` is null when the file cannot be used; `error` says why.
    using Job = std::function<void(Database *database, const Error &error)>;

    Worker(std::string path, Post post) :
        m_path(std::move(path)), m_post(std::move(post)), m_box([this] { wake(); }), m_thread([this] { loop(); })
    {
    }

    ~Worker()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        m_bell.notify_one();
        m_thread.join();
        m_box.close();
    }

    template <class Write> void write(Write write)
    {
        m_box.send([write = std::move(write)](Database *database, const Error &) {
            if (!database)
                return;
            if (const Result<void> done = write(*database); !done)
                log::write(log::Level::Warning, "store", done.error().message);
        });
    }

    template <class T, class Read> void read(Read read, Done<T> done)
    {
        m_box.send([this, read = std::move(read), done = std::move(done)](Database *database, const Error &error) {
            auto answer = std::make_shared<Result<T>>(database ? read(*database) : Result<T>(error));
            m_post([done, answer] { done(std::move(*answer)); });
        });
    }

private:
    void wake()
    {
        const std::lock_guard lock(m_mutex);
        m_awake = true;
        m_bell.notify_one();
    }

    void loop()
    {
        std::error_code ignored; // Opening says it better.
        std::filesystem::create_directories(std::filesystem::path(m_path).parent_path(), ignored);
        auto opened = Database::open(m_path);
        const Error error = opened ? Error() : opened.error();
        if (!opened)
            log::write(log::Level::Warning, "store", error.message);
        Database *database = opened ? opened->get() : nullptr;
        for (bool stopping = false; !stopping;) {
            {
                std::unique_lock lock(m_mutex);
                m_bell.wait(lock, [this] { return m_awake || m_stopping; });
                m_awake = false;
                stopping = m_stopping;
            }
            for (const Job &job : m_box.takeAll())
                job(database, error);
        }
    }

    const std::string m_path;
    const Post m_post;
    std::mutex m_mutex;
    std::condition_variable m_bell;
    bool m_awake = false;
    bool m_stopping = false;
    Mailbox<Job> m_box;
    std::thread m_thread; ///< Last, so that it finds everything made.
};

Store::Store(std::string path, Post post) : m_worker(std::make_unique<Worker>(std::move(path), std::move(post))) { }
Store::~Store() = default;

void Store::state(Done<bool> done)
{
    m_worker->read<bool>([](Database &) { return Result<bool>(true); }, std::move(done));
}

void Store::addEvictions(std::vector<EvictionRow> rows)
{
    m_worker->write([rows = std::move(rows)](Database &database) { return database.addEvictions(rows); });
}

void Store::evictions(EvictionQuery query, Done<std::vector<EvictionRow>> done)
{
    m_worker->read<std::vector<EvictionRow>>(
        [query = std::move(query)](Database &database) { return database.evictions(query); }, std::move(done));
}

void Store::beginOperation(OperationRow row, Done<std::int64_t> done)
{
    m_worker->read<std::int64_t>(
        [row = std::move(row)](Database &database) { return database.beginOperation(row); }, std::move(done));
}

void Store::addStep(std::int64_t operation, StepRow step)
{
    m_worker->write(
        [operation, step = std::move(step)](Database &database) { return database.addStep(operation, step); });
}

void Store::setRevision(std::int64_t operation, int revision)
{
    m_worker->write([operation, revision](Database &database) { return database.setRevision(operation, revision); });
}

void Store::endOperation(std::int64_t operation, std::string outcome, std::string message, WallTime when)
{
    m_worker->write([operation, outcome = std::move(outcome), message = std::move(message), when](
                        Database &database) { return database.endOperation(operation, outcome, message, when); });
}

void Store::leftOperations(std::string cluster, Done<std::vector<OperationRow>> done)
{
    m_worker->read<std::vector<OperationRow>>(
        [cluster = std::move(cluster)](Database &database) { return database.leftOperations(cluster); },
        std::move(done));
}

void Store::approve(ApprovalRow row)
{
    m_worker->write([row = std::move(row)](Database &database) { return database.approve(row); });
}

void Store::revoke(std::string hash)
{
    m_worker->write([hash = std::move(hash)](Database &database) { return database.revoke(hash); });
}

void Store::approvals(Done<std::vector<ApprovalRow>> done)
{
    m_worker->read<std::vector<ApprovalRow>>([](Database &database) { return database.approvals(); }, std::move(done));
}

void Store::addDisk(std::vector<DiskRow> rows)
{
    m_worker->write([rows = std::move(rows)](Database &database) { return database.addDisk(rows); });
}

void Store::disk(std::string cluster, std::string subject, WallTime since, Done<std::vector<DiskRow>> done)
{
    m_worker->read<std::vector<DiskRow>>([cluster = std::move(cluster), subject = std::move(subject), since](
                                             Database &database) { return database.disk(cluster, subject, since); },
        std::move(done));
}

} // namespace pk::store
