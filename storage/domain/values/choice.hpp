#pragma once
// One of a closed list of types, as std::variant is, for lists of twenty to two hundred:
// facts, events, questions.
//
// The value lies behind a pointer. A header that holds a choice therefore needs the names of its
// alternatives alone, and what a copy or a comparison costs to compile is paid by who makes one of
// them, not by everybody who passes one on: with std::variant, events took most of the time in
// which the kiosk was built.
//
// get_if, get, holds_alternative and visit are used like std's, but found without `std::`.

#include <cassert>
#include <concepts>
#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>

#include "storage/domain/values/types.hpp"

namespace keepsake {

namespace detail {

/// The value of a choice, of whichever type.
struct Held {
  virtual ~Held() = default;
  virtual std::unique_ptr<Held> copy() const = 0;
  /// `other` holds the same type.
  virtual bool equals(const Held& other) const = 0;
};

template <class T>
struct Holding final : Held {
  explicit Holding(const T& one) : value(one) {}
  explicit Holding(T&& one) : value(std::move(one)) {}
  std::unique_ptr<Held> copy() const override { return std::make_unique<Holding>(value); }
  bool equals(const Held& other) const override {
    if constexpr (std::equality_comparable<T>) {
      return value == static_cast<const Holding&>(other).value;
    } else {
      assert(false && "this alternative cannot be compared");
      return false;
    }
  }
  T value;
};

}  // namespace detail

/// Never empty but after it was moved from, when it can only be assigned to or destroyed.
template <class List>
class Choice;
template <class First, class... Rest>
class Choice<Types<First, Rest...>> {
 public:
  using Alternatives = Types<First, Rest...>;

  Choice() : Choice(First{}) {}
  /// Holds exactly this type: nothing is converted.
  template <class T>
  // NOLINTNEXTLINE(bugprone-forwarding-reference-overload): `requires` keeps copies out of it.
  requires is_alternative<std::remove_cvref_t<T>, Alternatives> Choice(T&& one)
      : index_(index_in<std::remove_cvref_t<T>, Alternatives>),
        held_(std::make_unique<detail::Holding<std::remove_cvref_t<T>>>(std::forward<T>(one))) {}
  Choice(const Choice& other) : index_(other.index_), held_(other.held_->copy()) {}
  Choice(Choice&&) noexcept = default;
  Choice& operator=(const Choice& other) { return *this = Choice(other); }
  Choice& operator=(Choice&&) noexcept = default;
  ~Choice() = default;

  /// Place of what is held among the alternatives.
  std::size_t index() const { return index_; }

  bool operator==(const Choice& other) const {
    return index_ == other.index_ && held_->equals(*other.held_);
  }

  /// nullptr: it holds another.
  template <class T>
  requires is_alternative<T, Alternatives>
  const T* if_holds() const {
    assert(held_ != nullptr);
    if (index_ != index_in<T, Alternatives>) return nullptr;
    return &static_cast<const detail::Holding<T>&>(*held_).value;
  }
  template <class T>
  requires is_alternative<T, Alternatives> T* if_holds() {
    return const_cast<T*>(std::as_const(*this).template if_holds<T>());
  }

 private:
  std::size_t index_ = 0;
  std::unique_ptr<detail::Held> held_;
};

template <class T, class... Ts>
const T* get_if(const Choice<Types<Ts...>>* choice) {
  return choice->template if_holds<T>();
}
template <class T, class... Ts>
T* get_if(Choice<Types<Ts...>>* choice) {
  return choice->template if_holds<T>();
}
template <class T, class... Ts>
bool holds_alternative(const Choice<Types<Ts...>>& choice) {
  return choice.index() == index_in<T, Types<Ts...>>;
}
/// It holds a T.
template <class T, class... Ts>
const T& get(const Choice<Types<Ts...>>& choice) {
  assert(holds_alternative<T>(choice));
  return *choice.template if_holds<T>();
}
template <class T, class... Ts>
T& get(Choice<Types<Ts...>>& choice) {
  assert(holds_alternative<T>(choice));
  return *choice.template if_holds<T>();
}

namespace detail {

/// `Any`: a choice of Ts, const or not; the visitor has what is held as const as it is.
template <class Visitor, class Any, class... Ts>
decltype(auto) dispatch(Visitor& visitor, Any& choice, Types<Ts...>) {
  using Answer = std::common_type_t<
      std::invoke_result_t<Visitor&, decltype(*choice.template if_holds<Ts>())>...>;
  using Call = Answer (*)(Visitor&, Any&);
  static constexpr Call calls[] = {
      [](Visitor& each, Any& held) -> Answer { return each(*held.template if_holds<Ts>()); }...};
  return calls[choice.index()](visitor, choice);
}

}  // namespace detail

/// Calls `visitor` with what is held. It takes every alternative and answers the same type for each.
template <class Visitor, class... Ts>
decltype(auto) visit(Visitor&& visitor, const Choice<Types<Ts...>>& choice) {
  return detail::dispatch(visitor, choice, Types<Ts...>{});
}
template <class Visitor, class... Ts>
decltype(auto) visit(Visitor&& visitor, Choice<Types<Ts...>>& choice) {
  return detail::dispatch(visitor, choice, Types<Ts...>{});
}

}  // namespace keepsake
