// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

namespace pk {

/// Base of what several Values share. Counting is atomic, so a tree may be handed to another thread; the content is
/// not guarded: a tree that two threads can reach must not be changed (take Value::deepCopy()).
class RefCounted
{
public:
    RefCounted() = default;
    RefCounted(const RefCounted &) = delete;
    RefCounted &operator=(const RefCounted &) = delete;

    void addRef() const { m_refs.fetch_add(1, std::memory_order_relaxed); }
    /// True when the last reference went and the object must be deleted.
    bool dropRef() const { return m_refs.fetch_sub(1, std::memory_order_acq_rel) == 1; }

protected:
    ~RefCounted() = default;

private:
    mutable std::atomic<std::uint32_t> m_refs{0};
};

/// Shared ownership of a RefCounted; one pointer wide.
template <class T> class Ref
{
public:
    Ref() = default;
    explicit Ref(T *object) : m_object(object)
    {
        if (m_object)
            m_object->addRef();
    }
    Ref(const Ref &other) : Ref(other.m_object) { }
    Ref(Ref &&other) noexcept : m_object(std::exchange(other.m_object, nullptr)) { }
    Ref &operator=(Ref other) noexcept
    {
        std::swap(m_object, other.m_object);
        return *this;
    }
    ~Ref()
    {
        if (m_object && m_object->dropRef())
            delete m_object;
    }

    T *get() const { return m_object; }
    T &operator*() const { return *m_object; }
    T *operator->() const { return m_object; }
    explicit operator bool() const { return m_object != nullptr; }
    bool operator==(const Ref &other) const { return m_object == other.m_object; }

    template <class... Args> static Ref make(Args &&...args) { return Ref(new T(std::forward<Args>(args)...)); }

private:
    T *m_object = nullptr;
};

} // namespace pk
