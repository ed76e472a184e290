#include "storage/domain/customer/search.hpp"

namespace keepsake {

std::string_view name_of(MatchedBy by) {
  switch (by) {
    case MatchedBy::name:
      return "name";
    case MatchedBy::phone:
      return "phone";
    case MatchedBy::email:
      return "email";
    case MatchedBy::card:
      return "card";
    case MatchedBy::field:
      return "field";
  }
  return "unknown";
}

}  // namespace keepsake
