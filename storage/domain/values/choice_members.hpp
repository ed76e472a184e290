#pragma once
// What choice.hpp declares, for the one file that generates it.

#include "storage/domain/values/choice.hpp"

namespace keepsake {

template <class V>
Choice<V>::Choice() = default;
template <class V>
Choice<V>::Choice(const Choice&) = default;
template <class V>
Choice<V>::Choice(Choice&&) noexcept = default;
template <class V>
Choice<V>& Choice<V>::operator=(const Choice&) = default;
template <class V>
Choice<V>& Choice<V>::operator=(Choice&&) noexcept = default;
template <class V>
Choice<V>::~Choice() = default;

template <class V>
bool Choice<V>::operator==(const Choice& other) const requires all_comparable<V> {
  // Clang 14 generates this even where the constraint says not to.
  if constexpr (all_comparable<V>)
    return static_cast<const V&>(*this) == static_cast<const V&>(other);
  else
    return false;
}

}  // namespace keepsake
