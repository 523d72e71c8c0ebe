// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/redacted.h"
#include "base/timestamp.h"
#include "fuzz/fuzz.h"
#include "kube/quantity.h"
#include "pool/eviction.h"

using namespace pk;
using fuzz::holds;

/// Words and numbers of a kubelet: its messages, quantities, times. And what goes into a log.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzz::textOf(data, size);
    const pool::EvictionMessage message = pool::parseEvictionMessage(text);
    holds(pool::evictionCauseOf(pool::nameOf(message.cause)) == message.cause, "a cause has a name", text);
    if (const Result<kube::Quantity> quantity = kube::Quantity::parse(text)) {
        const std::string printed = quantity->print();
        const Result<kube::Quantity> again = kube::Quantity::parse(printed);
        holds(again.ok(), "a printed quantity can be read", text, printed);
        holds(*again == *quantity, "a printed quantity is the same", text, printed);
    }
    (void)pool::ordinalOf(text, "prod-eu");
    const std::string once = redact(text);
    holds(redact(once) == once, "what was redacted stays as it is", once, redact(once));
    (void)hideSecretContent(text);
    return 0;
}
