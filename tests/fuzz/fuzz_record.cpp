// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/encoding.h"
#include "chart/chart.h"
#include "fuzz/fuzz.h"
#include "release/gzip.h"
#include "release/record.h"
#include "yaml/json.h"

using namespace pk;
using fuzz::holds;

namespace {

/// What was read can be written and is then the same.
void check(const Result<release::Record> &record)
{
    if (!record)
        return;
    (void)record->secretName();
    (void)record->hooks();
    (void)record->config();
    (void)record->firstDeployed();
    (void)record->lastDeployed();
    (void)record->description();
    (void)chart::loadRecord(record->chart(), chart::levels43());
    const Result<std::string> packed = record->encode();
    if (!packed)
        return;
    const Result<release::Record> again = release::Record::decode(*packed);
    holds(again.ok(), "an encoded record can be read", again ? std::string() : again.error().message);
    holds(again->tree().sameContent(record->tree()), "an encoded record is the same", fuzz::show(record->tree()),
        fuzz::show(again->tree()));
}

} // namespace

/// The first byte says how much of the packing is done here: a record's JSON, gzip, or what the API gives.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    std::string_view bytes = fuzz::textOf(data, size);
    switch (fuzz::takeChoice(bytes, 4)) {
    case 0: {
        const Result<std::string> packed = release::gzip(bytes);
        check(release::Record::decode(base64Encode(base64Encode(*packed))));
        break;
    }
    case 1:
        check(release::Record::decode(base64Encode(base64Encode(bytes))));
        break;
    case 2:
        check(release::Record::decode(bytes));
        break;
    default:
        if (const Result<Value> secret = yaml::parseJson(bytes))
            check(release::Record::fromSecret(*secret));
    }
    return 0;
}
