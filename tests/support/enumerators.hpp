#pragma once
// The enumerators of an enumeration, as the compiler knows them: what goes by this list cannot
// leave out one that is added later.

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace keepsake::test {

/// Both compilers write an enumerator by its name, and any other number as a cast: "(Place)99".
template <auto value>
constexpr bool is_enumerator() {
  constexpr std::string_view name = "value = ";
  const std::string_view text = __PRETTY_FUNCTION__;
  return text[text.find(name) + name.size()] != '(';
}

template <class E, std::size_t... numbers>
constexpr auto enumerators_among(std::index_sequence<numbers...>) {
  std::array<E, (std::size_t{is_enumerator<static_cast<E>(numbers)>()} + ...)> all{};
  std::size_t count = 0;
  ((is_enumerator<static_cast<E>(numbers)>() ? void(all[count++] = static_cast<E>(numbers))
                                             : void()),
   ...);
  return all;
}

/// All of them, which stand below 64.
template <class E>
inline constexpr auto enumerators = enumerators_among<E>(std::make_index_sequence<64>());

}  // namespace keepsake::test
