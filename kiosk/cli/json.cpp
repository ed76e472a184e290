#include "kiosk/cli/json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace keepsake::cli {

Json::Json(std::nullptr_t) {}
Json::Json(const char* text) : kind_(Kind::text), text_(text) {}
Json::Json(std::string text) : kind_(Kind::text), text_(std::move(text)) {}
Json::Json(std::string_view text) : kind_(Kind::text), text_(text) {}
Json::Json(std::initializer_list<Json> list) : kind_(Kind::array) {
  const bool named = std::ranges::all_of(list, [](const Json& item) {
    return item.kind_ == Kind::array && item.size() == 2 && item.front().kind_ == Kind::text;
  });
  if (!named) {
    items_ = list;
    return;
  }
  kind_ = Kind::object;
  for (const Json& item : list) (*this)[item.items_[0].text_] = item.items_[1];
}
Json::Json(const Json&) = default;
Json::Json(Json&&) noexcept = default;
Json& Json::operator=(const Json&) = default;
Json& Json::operator=(Json&&) noexcept = default;
Json::~Json() = default;

Json Json::array() {
  Json made;
  made.kind_ = Kind::array;
  return made;
}

Json Json::object() {
  Json made;
  made.kind_ = Kind::object;
  return made;
}

Json& Json::operator[](std::string_view name) {
  if (kind_ == Kind::null) kind_ = Kind::object;
  const auto at = std::ranges::find(names_, name);
  if (at != names_.end()) return items_[static_cast<std::size_t>(at - names_.begin())];
  names_.emplace_back(name);
  return items_.emplace_back();
}

void Json::push_back(Json item) {
  if (kind_ == Kind::null) kind_ = Kind::array;
  items_.push_back(std::move(item));
}

void Json::erase(std::string_view name) {
  const auto at = std::ranges::find(names_, name);
  if (at == names_.end()) return;
  items_.erase(items_.begin() + (at - names_.begin()));
  names_.erase(at);
}

struct JsonWriter {
  using Written = nlohmann::ordered_json;

  static Written written(const Json& json) {
    switch (json.kind_) {
      case Json::Kind::null:
        return nullptr;
      case Json::Kind::boolean:
        return json.number_ != 0;
      case Json::Kind::number:
        return json.number_;
      case Json::Kind::real:
        return json.real_;
      case Json::Kind::text:
        return json.text_;
      case Json::Kind::array: {
        auto array = Written::array();
        for (const Json& item : json.items_) array.push_back(written(item));
        return array;
      }
      case Json::Kind::object:
        break;
    }
    auto object = Written::object();
    auto& members = object.get_ref<Written::object_t&>();
    for (std::size_t i = 0; i < json.items_.size(); ++i)  // names are known to be different
      members.push_back({json.names_[i], written(json.items_[i])});
    return object;
  }
};

std::string Json::dump(int indent) const {
  return JsonWriter::written(*this).dump(indent, ' ', false,
                                         JsonWriter::Written::error_handler_t::replace);
}

}  // namespace keepsake::cli
