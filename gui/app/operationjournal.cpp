// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operationjournal.h"

#include <QCryptographicHash>

#include <functional>

namespace pk::gui {

namespace {

QString lockPath(const QString &folder, const store::OperationRow &row)
{
    const std::string name = row.cluster + '\n' + row.ns + '\n' + row.release;
    const QByteArray hash =
        QCryptographicHash::hash(QByteArray::fromStdString(name), QCryptographicHash::Sha256).toHex().left(24);
    return QStringLiteral("%1/operation-%2.lock").arg(folder, QString::fromLatin1(hash));
}

} // namespace

struct OperationJournal::Row
{
    std::optional<std::int64_t> id; ///< Given by the store.
    std::vector<std::function<void(std::int64_t)>> waiting; ///< What came before the id.

    void whenKnown(std::function<void(std::int64_t)> work)
    {
        if (id)
            work(*id);
        else
            waiting.push_back(std::move(work));
    }
};

OperationJournal::OperationJournal(store::Store &store, const QString &folder, store::OperationRow row) :
    m_store(store), m_row(std::make_shared<Row>()), m_lock(lockPath(folder, row))
{
    // Locks of dead processes are recognised by their number alone: an operation may take hours.
    m_lock.setStaleLockTime(0);
    m_lock.tryLock(0);
    m_store.beginOperation(std::move(row), [known = m_row](Result<std::int64_t> begun) {
        if (!begun)
            return;
        known->id = *begun;
        for (const auto &work : std::exchange(known->waiting, {}))
            work(*begun);
    });
}

OperationJournal::~OperationJournal() = default;

void OperationJournal::step(const release::StepEvent &event)
{
    store::StepRow row{event.step, event.object, release::nameOf(event.state), event.detail, event.time};
    m_row->whenKnown([&store = m_store, row = std::move(row)](std::int64_t id) { store.addStep(id, row); });
}

void OperationJournal::end(const std::string &outcome, const QString &message, WallTime when)
{
    m_row->whenKnown([&store = m_store, outcome, words = message.toStdString(), when](
                         std::int64_t id) { store.endOperation(id, outcome, words, when); });
    m_lock.unlock();
}

bool OperationJournal::isAtWork(const QString &folder, const store::OperationRow &row)
{
    QLockFile lock(lockPath(folder, row));
    lock.setStaleLockTime(0);
    return !lock.tryLock(0);
}

} // namespace pk::gui
