// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/inspection.h"

#include <cstdint>
#include <random>

namespace pk::document {

/// Random bytes from a fixed seed, for looking at what a chart renders to: a preview must not flicker, and two
/// renderings that are compared must not differ by chance. Each file of a chart has its own, so that an edit which
/// makes one file ask for more leaves the others alone. Never for what is applied.
class PreviewRandom final : public tmpl::RandomSource
{
public:
    explicit PreviewRandom(std::uint32_t seed = 20'150'717) : m_seed(seed) { }

    void begin(std::string_view name) override;
    void fill(std::span<unsigned char> bytes) override;
    bool wasAsked() const { return m_asked; }

private:
    std::uint32_t m_seed;
    std::size_t m_name = 0; ///< Hash of the file's.
    bool m_fresh = true; ///< Nothing was asked for since begin().
    bool m_asked = false;
    std::mt19937 m_engine;
};

/// A wall clock that stands, for the same reason. Intervals and deadlines go on.
class PreviewClock final : public Clock
{
public:
    explicit PreviewClock(WallTime instant) : m_instant(instant) { }

    WallTime now() const override
    {
        m_asked = true;
        return m_instant;
    }
    bool wasAsked() const { return m_asked; }

private:
    WallTime m_instant;
    mutable bool m_asked = false;
};

/// Finds the lines that differ with each rendering (LineOrigin::varies) by rendering once more with other random bytes
/// at another time. The executor's own marks cover every line of a value that something random went into, and miss what
/// a template kept in a map; here each line stands for itself. `request` is the one that gave `inspection`; of its
/// values only what `inspection` knows is used.
void markVarying(Inspection &inspection, chart::Renderer &renderer, chart::RenderRequest request);

} // namespace pk::document
