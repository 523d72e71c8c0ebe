// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "kube/json.h"
#include "kube/linesplitter.h"
#include "kube/listsplitter.h"
#include "kube/quantity.h"
#include "kube/watchevent.h"
#include "pool/eviction.h"
#include "pool/facts.h"
#include "pool/pool.h"

using namespace pk;
using fuzz::holds;

namespace {

void checkTexts(const pool::ObjectFacts &meta)
{
    holds(meta.name.size() <= pool::maxText && meta.labels.size() <= pool::maxItems, "facts stay small", meta.name);
}

/// One object as each kind that is watched.
void decode(std::string_view json)
{
    if (const Result<pool::PodFacts> pod = pool::decodePod(json)) {
        checkTexts(pod->meta);
        if (auto eviction = pool::evictionFromPod(*pod, WallTime{})) {
            pool::describeOwner(*eviction, pod->meta);
            pool::EvictionBook book;
            book.add(*eviction);
            holds(book.add(*eviction) != pool::EvictionBook::Outcome::New, "an eviction is counted once", json);
        }
        for (const pool::ContainerFacts &container : pod->containers) {
            for (const auto &[name, text] : container.limits)
                (void)kube::Quantity::parse(text);
        }
    }
    if (const Result<pool::EventFacts> event = pool::decodeEvent(json)) {
        checkTexts(event->meta);
        (void)pool::evictionFromEvent(*event);
    }
    (void)pool::decodeClaim(json);
    (void)pool::decodeDisk(json);
    (void)pool::decodeStorageClass(json);
    (void)pool::decodeNode(json);
    (void)pool::decodeWorkload(json, "StatefulSet");
}

/// A list gives the same objects however its bytes arrive.
void checkList(std::string_view body, std::size_t piece)
{
    std::string whole;
    kube::ListSplitter atOnce([&](std::string_view json) { (whole += json) += '\n'; });
    const bool done = atOnce.add(body);
    std::string cut;
    kube::ListSplitter inPieces([&](std::string_view json) { (cut += json) += '\n'; });
    bool cutDone = true;
    for (std::size_t at = 0; cutDone && at < body.size(); at += piece)
        cutDone = inPieces.add(body.substr(at, piece));
    holds(done == cutDone && whole == cut && atOnce.rest() == inPieces.rest(), "a list is cut the same in pieces",
        whole, cut);
}

/// A watch's lines, each an event with an object.
void checkWatch(std::string_view stream)
{
    kube::WatchEventReader reader;
    kube::LineSplitter lines(1U << 20U);
    const auto take = [&](std::string_view line) {
        if (const Result<kube::WatchEvent> event = reader.read(line)) {
            if (!event->object.empty())
                decode(event->object);
        }
        return true;
    };
    if (lines.add(stream, take))
        lines.finish(take);
}

} // namespace

/// The first byte says whether it is an object, a list or a watch.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    std::string_view text = fuzz::textOf(data, size);
    switch (fuzz::takeChoice(text, 3)) {
    case 0:
        decode(text);
        break;
    case 1:
        checkList(text, 1 + size % 7);
        break;
    default:
        checkWatch(text);
    }
    return 0;
}
