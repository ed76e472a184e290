#pragma once
// The words for the choices of a programme, the same in its file, in JSON answers and in records.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "storage/domain/loyalty/rules.hpp"

namespace keepsake::loyalty {

template <class E>
struct Word {
  std::string_view word;
  E value;
};

/// Every word for E, in the order of the enumeration. Defined for the enumerations of earning,
/// rewards, rounding, lots, tiers and basket.
template <class E>
std::span<const Word<E>> words_for();

template <class E>
std::string_view name_of(E value) {
  for (const Word<E>& each : words_for<E>()) {
    if (each.value == value) return each.word;
  }
  return {};
}

template <class E>
std::optional<E> from_name(std::string_view word) {
  for (const Word<E>& each : words_for<E>()) {
    if (each.word == word) return each.value;
  }
  return std::nullopt;
}

/// "sum, best, first": for messages.
template <class E>
std::string names_of() {
  std::string list;
  for (const Word<E>& each : words_for<E>())
    list.append(list.empty() ? "" : ", ").append(each.word);
  return list;
}

}  // namespace keepsake::loyalty
