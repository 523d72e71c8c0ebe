// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to core/store.
#include "base/clock.h"

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace pk::store {

/// Times are kept as microseconds since 1970.
inline std::int64_t toMicros(WallTime time)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}
inline WallTime fromMicros(std::int64_t micros)
{
    return WallTime(std::chrono::duration_cast<WallTime::duration>(std::chrono::microseconds(micros)));
}

/// One prepared statement; parameters are bound in order, columns read in order.
class Statement
{
public:
    Statement(sqlite3 *database, const char *sql)
    {
        sqlite3_stmt *statement = nullptr;
        sqlite3_prepare_v2(database, sql, -1, &statement, nullptr);
        m_statement.reset(statement);
    }

    Statement &bind(std::string_view text)
    {
        if (m_statement)
            sqlite3_bind_text(
                m_statement.get(), ++m_bound, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
        return *this;
    }
    Statement &bind(std::int64_t number)
    {
        if (m_statement)
            sqlite3_bind_int64(m_statement.get(), ++m_bound, number);
        return *this;
    }
    Statement &bind(WallTime time) { return bind(toMicros(time)); }

    /// True when there is a row; at the end, or on an error, false (see isDone()).
    bool next()
    {
        m_state = m_statement ? sqlite3_step(m_statement.get()) : SQLITE_ERROR;
        m_column = 0;
        return m_state == SQLITE_ROW;
    }
    bool isDone() const { return m_state == SQLITE_DONE; }
    /// For a statement without rows.
    bool run()
    {
        next();
        return isDone();
    }
    void reset()
    {
        if (m_statement)
            sqlite3_reset(m_statement.get());
        m_bound = 0;
    }

    std::string text()
    {
        const int column = m_column++;
        const auto *bytes = reinterpret_cast<const char *>(sqlite3_column_text(m_statement.get(), column));
        return bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column)))
                     : std::string();
    }
    std::int64_t number() { return sqlite3_column_int64(m_statement.get(), m_column++); }
    int integer() { return static_cast<int>(number()); }
    WallTime time() { return fromMicros(number()); }

private:
    struct Finalize
    {
        void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
    };
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    int m_state = SQLITE_ERROR;
    int m_bound = 0;
    int m_column = 0;
};

} // namespace pk::store
