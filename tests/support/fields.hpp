#pragma once
// The fields of an aggregate one after the other, and which of them a test has seen set: what goes
// by this cannot leave out a field that is added later.

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <typeinfo>
#include <vector>

namespace keepsake::test {

/// Calls `f(index, field)` for each field of an aggregate without bases. C++20 can neither count
/// them nor name them all at once, so that each number of fields stands here.
template <class T, class F>
void each_field(const T& of, const F& f) {
  static_assert(std::is_aggregate_v<T>);
  static_assert(
      !requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; },
      "more than 16 fields: add their number below");
  const auto all = [&](const auto&... fields) {
    std::size_t index = 0;
    (f(index++, fields), ...);
  };
  if constexpr (requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
    const auto& [a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q] = of;
    all(a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q);
  } else if constexpr (requires {
                         T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}};
                       }) {
    const auto& [a, b, c, d, e, g, h, i, j, k, l, m, n, o, p] = of;
    all(a, b, c, d, e, g, h, i, j, k, l, m, n, o, p);
  } else if constexpr (requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
    const auto& [a, b, c, d, e, g, h, i, j, k, l, m, n, o] = of;
    all(a, b, c, d, e, g, h, i, j, k, l, m, n, o);
  } else if constexpr (requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
    const auto& [a, b, c, d, e, g, h, i, j, k, l, m, n] = of;
    all(a, b, c, d, e, g, h, i, j, k, l, m, n);
  } else if constexpr (requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
    const auto& [a, b, c, d, e, g, h, i, j, k, l, m] = of;
    all(a, b, c, d, e, g, h, i, j, k, l, m);
  } else if constexpr (requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
    const auto& [a, b, c, d, e, g, h, i, j, k, l] = of;
    all(a, b, c, d, e, g, h, i, j, k, l);
  } else if constexpr (requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
    const auto& [a, b, c, d, e, g, h, i, j, k] = of;
    all(a, b, c, d, e, g, h, i, j, k);
  } else if constexpr (requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
    const auto& [a, b, c, d, e, g, h, i, j] = of;
    all(a, b, c, d, e, g, h, i, j);
  } else if constexpr (requires { T{{}, {}, {}, {}, {}, {}, {}, {}}; }) {
    const auto& [a, b, c, d, e, g, h, i] = of;
    all(a, b, c, d, e, g, h, i);
  } else if constexpr (requires { T{{}, {}, {}, {}, {}, {}, {}}; }) {
    const auto& [a, b, c, d, e, g, h] = of;
    all(a, b, c, d, e, g, h);
  } else if constexpr (requires { T{{}, {}, {}, {}, {}, {}}; }) {
    const auto& [a, b, c, d, e, g] = of;
    all(a, b, c, d, e, g);
  } else if constexpr (requires { T{{}, {}, {}, {}, {}}; }) {
    const auto& [a, b, c, d, e] = of;
    all(a, b, c, d, e);
  } else if constexpr (requires { T{{}, {}, {}, {}}; }) {
    const auto& [a, b, c, d] = of;
    all(a, b, c, d);
  } else if constexpr (requires { T{{}, {}, {}}; }) {
    const auto& [a, b, c] = of;
    all(a, b, c);
  } else if constexpr (requires { T{{}, {}}; }) {
    const auto& [a, b] = of;
    all(a, b);
  } else {
    const auto& [a] = of;
    all(a);
  }
}

/// Of each field of all that was looked at, down into vectors, optionals and aggregates: how often
/// it was other than a fresh one's.
class FieldsSet {
 public:
  template <class T>
  void look_at(const T& value) {
    if constexpr (is_list<T>) {
      for (const auto& each : value) look_at(each);
    } else if constexpr (is_optional<T>) {
      if (value) look_at(*value);
    } else if constexpr (std::is_aggregate_v<T> && !is_array<T>) {
      static const T fresh{};
      auto& counts = times_[typeid(T).name()];
      each_field(value, [&](std::size_t index, const auto& field) {
        if (counts.size() <= index) counts.resize(index + 1);
        each_field(fresh, [&](std::size_t other, const auto& plain) {
          if constexpr (std::is_same_v<decltype(plain), decltype(field)>)
            if (other == index) counts[index] += field != plain;
        });
        look_at(field);
      });
    }
  }
  /// "type, field number" of those that never were.
  std::vector<std::string> never() const {
    std::vector<std::string> names;
    for (const auto& [type, counts] : times_)
      for (std::size_t i = 0; i < counts.size(); ++i)
        if (counts[i] == 0) names.push_back(type + ", field " + std::to_string(i + 1));
    return names;
  }

 private:
  template <class T>
  static constexpr bool is_list = false;
  template <class T>
  static constexpr bool is_optional = false;
  template <class T>
  static constexpr bool is_array = false;

  std::map<std::string, std::vector<int>> times_;
};

template <class T>
inline constexpr bool FieldsSet::is_list<std::vector<T>> = true;
template <class T>
inline constexpr bool FieldsSet::is_optional<std::optional<T>> = true;
template <class T, std::size_t n>
inline constexpr bool FieldsSet::is_array<std::array<T, n>> = true;

}  // namespace keepsake::test
