// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "yaml/json.h"

#include <QtTest>

#include <fstream>

/// Adds one row for each case of tests/data/yaml/recorded.jsonl that has one of the modes.
inline void addRecordedRows(std::string_view modes)
{
    QTest::addColumn<std::string>("mode");
    QTest::addColumn<std::string>("input");
    QTest::addColumn<std::string>("answer");
    std::ifstream file(PK_TEST_DATA "/yaml/recorded.jsonl");
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        const pk::Result<pk::Value> row = pk::yaml::parseJson(line);
        QVERIFY(row.ok());
        const std::vector<pk::Value> &fields = row->asList().items;
        if (modes.find(fields[0].toString()) != std::string_view::npos)
            QTest::addRow("recorded line %d", number)
                << fields[0].toString() << fields[1].toString() << fields[2].toString();
    }
}
