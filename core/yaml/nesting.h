// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <vector>

namespace pk::yaml {

/// The lists and maps around what is being written. One that holds itself is only looked for in deep trees, as
/// encoding/json does it.
class Nesting
{
public:
    enum class Verdict { Fine, Cycle, TooDeep };

    explicit Nesting(int deepest) : m_deepest(deepest) { }

    Verdict enter(const void *container)
    {
        if (++m_depth <= depthWithoutCycleCheck)
            return Verdict::Fine;
        if (std::find(m_deepOnes.begin(), m_deepOnes.end(), container) != m_deepOnes.end())
            return Verdict::Cycle;
        m_deepOnes.push_back(container);
        return m_depth > m_deepest ? Verdict::TooDeep : Verdict::Fine;
    }

    void leave()
    {
        if (m_depth-- > depthWithoutCycleCheck)
            m_deepOnes.pop_back();
    }

    int depth() const { return m_depth; }

private:
    static constexpr int depthWithoutCycleCheck = 1000;

    int m_deepest;
    int m_depth = 0;
    std::vector<const void *> m_deepOnes; ///< Only those deeper than that.
};

} // namespace pk::yaml
