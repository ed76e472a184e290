#pragma once
// Outcomes as values. Operating errors travel as Error; programmer errors assert.

#include <cassert>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace keepsake {

/// What the caller can do about an error; the only part of it that code may branch on.
enum class Failure {
  bad_input,    ///< the words, bytes or figures given are wrong: correct them and try again
  not_found,    ///< what was asked for does not exist; not a fault
  refused,      ///< a rule forbids it (second return, closed shift, wrong PIN)
  limit,        ///< a stated limit is reached
  corrupt,      ///< stored data contradicts itself: stop writing, call the technician
  busy,         ///< another process or transaction has it: try again later
  unavailable,  ///< disk full, no line, no device: it may heal by itself
  internal,     ///< a defect of Keepsake
};

/// One failure, explained: `what` happened, `where` (file, line, field), and the `remedy`.
/// `code` is a stable dotted key ("gtin.check-digit"); screens translate it, logs print it.
/// None of the texts may hold personal data or a secret (I9).
struct Error {
  Failure kind = Failure::internal;
  std::string code;
  std::string what;
  std::string where;
  std::string remedy;

  bool operator==(const Error&) const = default;
};

/// "what (where). remedy": the one-line form that programs print.
std::string to_line(const Error& error);

struct Done {
  bool operator==(const Done&) const = default;
};

/// A value of T, or the Error that stands in its place.
template <class T = Done>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  const T& value() const& { return assert(ok()), std::get<0>(state_); }
  T& value() & { return assert(ok()), std::get<0>(state_); }
  T&& value() && { return assert(ok()), std::get<0>(std::move(state_)); }
  const Error& error() const { return assert(!ok()), std::get<1>(state_); }

  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

 private:
  std::variant<T, Error> state_;
};

}  // namespace keepsake
