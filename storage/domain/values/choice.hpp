#pragma once
// A std::variant V as a base, whose large members (copies, moves, its end, its comparison) are
// generated once, by
//
//   template struct keepsake::Choice<V>;      // in one .cpp, which includes choice_members.hpp
//
// instead of in every file that holds one: with a hundred alternatives that was three quarters of
// the time in which a screen compiled. And a struct that derives from it can be declared ahead.

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <variant>

namespace keepsake {

template <class T, class V>
inline constexpr bool is_alternative = false;
template <class T, class... Ts>
inline constexpr bool is_alternative<T, std::variant<Ts...>> = (std::same_as<T, Ts> || ...);

template <class... Vs>
struct Concatenated;
template <class... Ts>
struct Concatenated<std::variant<Ts...>> {
  using type = std::variant<Ts...>;
};
template <class... Ts, class... Us, class... Vs>
struct Concatenated<std::variant<Ts...>, std::variant<Us...>, Vs...>
    : Concatenated<std::variant<Ts..., Us...>, Vs...> {};
/// One variant of the alternatives of several, in their order.
template <class... Vs>
using Concat = typename Concatenated<Vs...>::type;

/// The place of T in V.
template <class T, class V>
inline constexpr std::size_t index_in = 0;  // past the end: T is none of them
template <class T, class U, class... Us>
inline constexpr std::size_t index_in<T, std::variant<U, Us...>> =
    std::same_as<T, U> ? 0 : 1 + index_in<T, std::variant<Us...>>;

// std::variant claims to be comparable whatever it holds.
template <class V>
inline constexpr bool all_comparable = false;
template <class... Ts>
inline constexpr bool all_comparable<std::variant<Ts...>> = (std::equality_comparable<Ts> && ...);

template <class V>
struct Choice : V {
  using Variant = V;

  Choice();
  /// Holds exactly this type: nothing is converted, so nothing has to be tried.
  template <class T>
  // NOLINTNEXTLINE(bugprone-forwarding-reference-overload): `requires` keeps copies out of it.
  requires is_alternative<std::remove_cvref_t<T>, V> Choice(T&& one)
      : V(std::in_place_type<std::remove_cvref_t<T>>, std::forward<T>(one)) {}
  Choice(const Choice&);
  Choice(Choice&&) noexcept;
  Choice& operator=(const Choice&);
  Choice& operator=(Choice&&) noexcept;
  ~Choice();

  bool operator==(const Choice& other) const requires all_comparable<V>;
};

}  // namespace keepsake
