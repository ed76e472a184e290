#pragma once
// What is to be done for some alternatives of a variant: by name, the rest untouched.

#include <type_traits>
#include <variant>

namespace keepsake {

/// The parameter of a lambda: of `[](const T&) {...}` it is T.
template <class F>
struct Handles : Handles<decltype(&F::operator())> {};
template <class R, class C, class T>
struct Handles<R (C::*)(T) const> {
  using type = std::remove_cvref_t<T>;
};

/// Calls the handler whose parameter is what the variant holds. False: there is none for it.
/// std::visit makes a function for each alternative, of which events have a hundred; this makes
/// one for each handler.
template <class Variant, class... Handlers>
bool handle(const Variant& what, const Handlers&... handlers) {
  const auto one = [&what](const auto& handler) {
    const auto* held =
        get_if<typename Handles<std::remove_cvref_t<decltype(handler)>>::type>(&what);
    if (held != nullptr) handler(*held);
    return held != nullptr;
  };
  return (one(handlers) || ...);
}

}  // namespace keepsake
