#pragma once
// An answer for machines, as commands put it together; nlohmann/json writes it, in json.cpp alone:
// what its templates make of a few lines costs a file seconds to compile.

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace keepsake::cli {

class Json {
 public:
  Json(std::nullptr_t = nullptr);
  Json(const char* text);
  Json(std::string text);
  Json(std::string_view text);
  Json(std::same_as<bool> auto value) : kind_(Kind::boolean), number_(value) {}
  Json(std::signed_integral auto value) : kind_(Kind::number), number_(value) {}
  template <std::unsigned_integral T>
  requires(!std::same_as<T, bool>) Json(T value)
      : kind_(Kind::number), number_(static_cast<std::int64_t>(value)) {}
  Json(std::floating_point auto value) : kind_(Kind::real), real_(value) {}
  template <class T>
  Json(const std::vector<T>& values) : kind_(Kind::array) {
    for (const auto& value : values) items_.emplace_back(value);
  }
  template <class T>
  Json(const std::map<std::string, T>& values) : kind_(Kind::object) {
    for (const auto& [name, value] : values) (*this)[name] = value;
  }
  /// {{"name", value}, ...} is an object in that order, any other list an array.
  Json(std::initializer_list<Json> list);
  Json(const Json&);
  Json(Json&&) noexcept;
  Json& operator=(const Json&);
  Json& operator=(Json&&) noexcept;
  ~Json();

  static Json array();
  static Json object();
  Json& operator[](std::string_view name);  ///< of an object; added where it is new
  void push_back(Json item);                ///< to an array
  void erase(std::string_view name);        ///< of an object
  const Json& front() const { return items_.front(); }
  bool empty() const { return items_.empty(); }
  std::size_t size() const { return items_.size(); }

  /// indent < 0: on one line. Text that is no UTF-8 is mended: an answer is always valid JSON.
  std::string dump(int indent) const;

 private:
  enum class Kind { null, boolean, number, real, text, array, object };
  friend struct JsonWriter;

  Kind kind_ = Kind::null;
  std::int64_t number_ = 0;
  double real_ = 0;
  std::string text_;
  std::vector<std::string> names_;  ///< of an object's items
  std::vector<Json> items_;
};

}  // namespace keepsake::cli
