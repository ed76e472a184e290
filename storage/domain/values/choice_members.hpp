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
// By construction: std::variant's own assignments assign like to like where they can, which for a
// hundred alternatives takes most of the time and size of them all.
template <class V>
Choice<V>& Choice<V>::operator=(const Choice& other) {
  return *this = Choice(other);
}
template <class V>
Choice<V>& Choice<V>::operator=(Choice&& other) noexcept {
  if (this == &other) return *this;
  std::visit([this]<class T>(T& one) { this->template emplace<T>(std::move(one)); },
             static_cast<V&>(other));
  return *this;
}
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
