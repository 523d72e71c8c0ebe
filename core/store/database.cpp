// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"

#include "base/redacted.h"
#include "store/statement.h"

namespace pk::store {

namespace {

/// Each entry takes the file from its index to the next version; entries are only ever added.
constexpr const char *migrations[] = {
    R"(
CREATE TABLE eviction (
    cluster TEXT NOT NULL, key TEXT NOT NULL, ns TEXT NOT NULL, pool TEXT NOT NULL, pod TEXT NOT NULL,
    pod_uid TEXT NOT NULL, node TEXT NOT NULL, owner_kind TEXT NOT NULL, owner_name TEXT NOT NULL,
    owner_uid TEXT NOT NULL, cause TEXT NOT NULL, message TEXT NOT NULL, ordinal INTEGER NOT NULL,
    count INTEGER NOT NULL, sources INTEGER NOT NULL, time INTEGER NOT NULL, last_time INTEGER NOT NULL,
    PRIMARY KEY (cluster, key)) WITHOUT ROWID;
CREATE INDEX eviction_time ON eviction (cluster, last_time);
CREATE TABLE operation (
    id INTEGER PRIMARY KEY AUTOINCREMENT, cluster TEXT NOT NULL, context TEXT NOT NULL, ns TEXT NOT NULL,
    release TEXT NOT NULL, action TEXT NOT NULL, revision INTEGER NOT NULL, started INTEGER NOT NULL,
    ended INTEGER NOT NULL DEFAULT 0, outcome TEXT NOT NULL DEFAULT '', message TEXT NOT NULL DEFAULT '');
CREATE INDEX operation_open ON operation (cluster, ended);
CREATE TABLE operation_step (
    operation INTEGER NOT NULL REFERENCES operation (id), step TEXT NOT NULL, object TEXT NOT NULL,
    state TEXT NOT NULL, detail TEXT NOT NULL, time INTEGER NOT NULL,
    PRIMARY KEY (operation, step, object));
CREATE TABLE approval (hash TEXT PRIMARY KEY, command TEXT NOT NULL, time INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE disk (
    cluster TEXT NOT NULL, subject TEXT NOT NULL, time INTEGER NOT NULL, used INTEGER NOT NULL,
    capacity INTEGER NOT NULL, inodes_used INTEGER NOT NULL, inodes INTEGER NOT NULL,
    PRIMARY KEY (cluster, subject, time)) WITHOUT ROWID;
)",
};
constexpr int newestVersion = static_cast<int>(std::size(migrations));

constexpr auto keepDisk = std::chrono::hours(24 * 30);

Error errorOf(int code, const std::string &path, const char *words)
{
    Error error{.code = Error::Code::Io, .message = words, .id = "store.unavailable", .parameters = {{"path", path}}};
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        error.code = Error::Code::Unavailable;
        error.id = "store.locked";
        break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        error.id = "store.damaged";
        break;
    default:
        break;
    }
    return error;
}

} // namespace

Error Database::failure() const
{
    return errorOf(sqlite3_errcode(m_handle), m_path, sqlite3_errmsg(m_handle));
}

Result<void> Database::run(const char *sql)
{
    if (sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return failure();
    return {};
}

Result<std::unique_ptr<Database>> Database::open(const std::string &path)
{
    sqlite3 *handle = nullptr;
    // The thread that opens is the only one that uses it.
    const int state = sqlite3_open_v2(
        path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    std::unique_ptr<Database> database(new Database(handle, path));
    if (state != SQLITE_OK)
        return handle ? database->failure() : errorOf(state, path, "out of memory");
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, 2000);
    // A write-ahead log survives a killed process, and lets a second Poolkeeper read at the same time.
    if (auto done = database->run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"); !done)
        return done.error();
    if (auto done = database->migrate(); !done)
        return done.error();
    return database;
}

Database::~Database()
{
    sqlite3_close(m_handle);
}

Result<void> Database::migrate()
{
    // Taken before looking, so that two that start at once do not both migrate.
    if (auto done = run("BEGIN IMMEDIATE"); !done)
        return done;
    int version = 0;
    {
        Statement ask(m_handle, "PRAGMA user_version");
        if (!ask.next())
            return failure();
        version = ask.integer();
    }
    if (version > newestVersion) {
        (void)run("ROLLBACK");
        return Error{.code = Error::Code::InvalidInput,
            .message = "the file was written by a newer version",
            .id = "store.newer",
            .parameters = {{"path", m_path}}};
    }
    for (; version < newestVersion; ++version) {
        if (auto done = run(migrations[version]); !done) {
            (void)run("ROLLBACK");
            return done;
        }
    }
    const std::string mark = "PRAGMA user_version=" + std::to_string(newestVersion);
    if (auto done = run(mark.c_str()); !done)
        return done;
    return run("COMMIT");
}

// --- Evictions

Result<void> Database::addEvictions(const std::vector<EvictionRow> &rows)
{
    if (auto begun = run("BEGIN IMMEDIATE"); !begun)
        return begun;
    Statement insert(m_handle,
        "INSERT INTO eviction VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (cluster, key) DO UPDATE SET "
        "pool = CASE WHEN pool = '' THEN excluded.pool ELSE pool END, "
        "node = CASE WHEN node = '' THEN excluded.node ELSE node END, "
        "owner_kind = CASE WHEN owner_kind = '' THEN excluded.owner_kind ELSE owner_kind END, "
        "owner_name = CASE WHEN owner_name = '' THEN excluded.owner_name ELSE owner_name END, "
        "owner_uid = CASE WHEN owner_uid = '' THEN excluded.owner_uid ELSE owner_uid END, "
        "ordinal = max(ordinal, excluded.ordinal), "
        "message = CASE WHEN message = '' OR cause = 'unknown' THEN excluded.message ELSE message END, "
        "cause = CASE WHEN cause = 'unknown' THEN excluded.cause ELSE cause END, "
        "count = max(count, excluded.count), sources = sources | excluded.sources, time = min(time, excluded.time), "
        "last_time = max(last_time, excluded.last_time)");
    for (const EvictionRow &row : rows) {
        insert.reset();
        insert.bind(row.cluster)
            .bind(row.key)
            .bind(row.ns)
            .bind(row.pool)
            .bind(row.pod)
            .bind(row.podUid)
            .bind(row.node);
        insert.bind(row.ownerKind).bind(row.ownerName).bind(row.ownerUid).bind(row.cause).bind(redact(row.message));
        insert.bind(std::int64_t(row.ordinal)).bind(std::int64_t(row.count)).bind(std::int64_t(row.sources));
        insert.bind(row.time).bind(row.lastTime);
        if (!insert.run()) {
            const Error error = failure();
            insert.reset();
            (void)run("ROLLBACK");
            return error;
        }
    }
    insert.reset();
    return run("COMMIT");
}

Result<std::vector<EvictionRow>> Database::evictions(const Store::EvictionQuery &query)
{
    Statement select(m_handle,
        "SELECT cluster, key, ns, pool, pod, pod_uid, node, owner_kind, owner_name, owner_uid, cause, message, "
        "ordinal, "
        "count, sources, time, last_time FROM eviction WHERE cluster = ?1 AND last_time >= ?2 AND (?3 = '' OR ns = ?3) "
        "AND (?4 = '' OR pool = ?4) ORDER BY last_time DESC, key LIMIT ?5");
    select.bind(query.cluster).bind(query.since).bind(query.ns).bind(query.pool).bind(std::int64_t(query.limit));
    std::vector<EvictionRow> rows;
    while (select.next()) {
        EvictionRow &row = rows.emplace_back();
        for (std::string *field : {&row.cluster, &row.key, &row.ns, &row.pool, &row.pod, &row.podUid, &row.node,
                 &row.ownerKind, &row.ownerName, &row.ownerUid, &row.cause, &row.message})
            *field = select.text();
        row.ordinal = select.integer();
        row.count = select.integer();
        row.sources = static_cast<unsigned>(select.integer());
        row.time = select.time();
        row.lastTime = select.time();
    }
    if (!select.isDone())
        return failure();
    return rows;
}

// --- Operations

Result<std::int64_t> Database::beginOperation(const OperationRow &row)
{
    Statement insert(m_handle,
        "INSERT INTO operation (cluster, context, ns, release, action, revision, started) VALUES (?,?,?,?,?,?,?)");
    insert.bind(row.cluster).bind(row.context).bind(row.ns).bind(row.release).bind(row.action);
    insert.bind(std::int64_t(row.revision)).bind(row.started);
    if (!insert.run())
        return failure();
    return static_cast<std::int64_t>(sqlite3_last_insert_rowid(m_handle));
}

Result<void> Database::addStep(std::int64_t operation, const StepRow &step)
{
    Statement insert(m_handle,
        "INSERT INTO operation_step VALUES (?,?,?,?,?,?) ON CONFLICT (operation, step, object) DO UPDATE SET "
        "state = excluded.state, detail = excluded.detail, time = excluded.time");
    insert.bind(operation).bind(step.step).bind(step.object).bind(step.state).bind(redact(step.detail)).bind(step.time);
    return insert.run() ? Result<void>() : failure();
}

Result<void> Database::setRevision(std::int64_t operation, int revision)
{
    Statement update(m_handle, "UPDATE operation SET revision = ? WHERE id = ?");
    return update.bind(std::int64_t(revision)).bind(operation).run() ? Result<void>() : failure();
}

Result<void> Database::endOperation(
    std::int64_t operation, const std::string &outcome, const std::string &message, WallTime when)
{
    Statement update(m_handle, "UPDATE operation SET ended = ?, outcome = ?, message = ? WHERE id = ?");
    return update.bind(when).bind(outcome).bind(redact(message)).bind(operation).run() ? Result<void>() : failure();
}

Result<std::vector<OperationRow>> Database::leftOperations(const std::string &cluster)
{
    Statement select(m_handle,
        "SELECT id, cluster, context, ns, release, action, revision, started FROM operation "
        "WHERE cluster = ? AND ended = 0 ORDER BY started DESC, id DESC");
    select.bind(cluster);
    std::vector<OperationRow> rows;
    while (select.next()) {
        OperationRow &row = rows.emplace_back();
        row.id = select.number();
        for (std::string *field : {&row.cluster, &row.context, &row.ns, &row.release, &row.action})
            *field = select.text();
        row.revision = select.integer();
        row.started = select.time();
    }
    if (!select.isDone())
        return failure();
    for (OperationRow &row : rows) {
        Statement steps(m_handle,
            "SELECT step, object, state, detail, time FROM operation_step WHERE operation = ? ORDER BY time, rowid");
        steps.bind(row.id);
        while (steps.next()) {
            StepRow &step = row.steps.emplace_back();
            for (std::string *field : {&step.step, &step.object, &step.state, &step.detail})
                *field = steps.text();
            step.time = steps.time();
        }
        if (!steps.isDone())
            return failure();
    }
    return rows;
}

// --- Approvals

Result<void> Database::approve(const ApprovalRow &row)
{
    Statement insert(m_handle, "INSERT OR REPLACE INTO approval VALUES (?,?,?)");
    return insert.bind(row.hash).bind(redact(row.command)).bind(row.time).run() ? Result<void>() : failure();
}

Result<void> Database::revoke(const std::string &hash)
{
    Statement remove(m_handle, "DELETE FROM approval WHERE hash = ?");
    return remove.bind(hash).run() ? Result<void>() : failure();
}

Result<std::vector<ApprovalRow>> Database::approvals()
{
    Statement select(m_handle, "SELECT hash, command, time FROM approval ORDER BY time, hash");
    std::vector<ApprovalRow> rows;
    while (select.next()) {
        ApprovalRow &row = rows.emplace_back();
        row.hash = select.text();
        row.command = select.text();
        row.time = select.time();
    }
    if (!select.isDone())
        return failure();
    return rows;
}

// --- Disk

Result<void> Database::addDisk(const std::vector<DiskRow> &rows)
{
    if (auto begun = run("BEGIN IMMEDIATE"); !begun)
        return begun;
    Statement insert(m_handle, "INSERT OR REPLACE INTO disk VALUES (?,?,?,?,?,?,?)");
    WallTime newest{};
    bool ok = true;
    for (const DiskRow &row : rows) {
        newest = std::max(newest, row.time);
        insert.reset();
        insert.bind(row.cluster).bind(row.subject).bind(row.time).bind(row.used).bind(row.capacity);
        insert.bind(row.inodesUsed).bind(row.inodes);
        ok = ok && insert.run();
    }
    insert.reset();
    Statement forget(m_handle, "DELETE FROM disk WHERE time < ?");
    ok = ok && forget.bind(newest - keepDisk).run();
    forget.reset();
    if (!ok) {
        const Error error = failure();
        (void)run("ROLLBACK");
        return error;
    }
    return run("COMMIT");
}

Result<std::vector<DiskRow>> Database::disk(const std::string &cluster, const std::string &subject, WallTime since)
{
    Statement select(m_handle,
        "SELECT time, used, capacity, inodes_used, inodes FROM disk WHERE cluster = ? AND subject = ? AND time >= ? "
        "ORDER BY time");
    select.bind(cluster).bind(subject).bind(since);
    std::vector<DiskRow> rows;
    while (select.next()) {
        DiskRow &row = rows.emplace_back();
        row.cluster = cluster;
        row.subject = subject;
        row.time = select.time();
        row.used = select.number();
        row.capacity = select.number();
        row.inodesUsed = select.number();
        row.inodes = select.number();
    }
    if (!select.isDone())
        return failure();
    return rows;
}

} // namespace pk::store
