// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/schema.h"
#include "fuzz/fuzz.h"
#include "yaml/reader.h"

using namespace pk;
using fuzz::holds;

/// A schema and a value.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto both = fuzz::parts(fuzz::textOf(data, size), 2);
    const Result<std::shared_ptr<const chart::Schema>> schema =
        chart::Schema::compile(both[0], size % 2 ? chart::levels43() : chart::levels3());
    if (!schema) {
        holds(!schema.error().message.empty(), "a refusal has words", both[0]);
        return 0;
    }
    const chart::SchemaNode form = (*schema)->describe();
    const Result<Value> value = yaml::toValue(both[1]);
    if (!value || fuzz::sizeOf(*value, 2000) >= 2000)
        return 0;
    const std::vector<chart::SchemaFailure> failures = (*schema)->validate(*value);
    const std::string words = chart::describeFailures(failures);
    holds(chart::describeFailures((*schema)->validate(*value)) == words, "a second look says the same", both[0], words);
    for (const Problem &problem : chart::problemsOf(failures, *value, &form))
        holds(!problem.id.empty() || !problem.message.empty(), "a problem has words", both[0], both[1]);
    for (const chart::SchemaFailure &failure : failures)
        (void)form.find(failure.location);
    return 0;
}
