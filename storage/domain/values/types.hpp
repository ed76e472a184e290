#pragma once
// Lists of types: what a Choice chooses from.

#include <concepts>
#include <cstddef>

namespace keepsake {

/// A list of types.
template <class... Ts>
struct Types {};

template <class... Lists>
struct Concatenated;
template <class... Ts>
struct Concatenated<Types<Ts...>> {
  using type = Types<Ts...>;
};
template <class... Ts, class... Us, class... Lists>
struct Concatenated<Types<Ts...>, Types<Us...>, Lists...>
    : Concatenated<Types<Ts..., Us...>, Lists...> {};
/// The types of several lists, in their order.
template <class... Lists>
using Concat = typename Concatenated<Lists...>::type;

template <class T, class List>
inline constexpr bool is_alternative = false;
template <class T, class... Ts>
inline constexpr bool is_alternative<T, Types<Ts...>> = (std::same_as<T, Ts> || ...);

/// The place of T in the list.
template <class T, class List>
inline constexpr std::size_t index_in = 0;  // past the end: T is none of them
template <class T, class U, class... Us>
inline constexpr std::size_t index_in<T, Types<U, Us...>> =
    std::same_as<T, U> ? 0 : 1 + index_in<T, Types<Us...>>;

template <class List>
inline constexpr std::size_t size_of = 0;
template <class... Ts>
inline constexpr std::size_t size_of<Types<Ts...>> = sizeof...(Ts);

}  // namespace keepsake
