#include "storage/domain/fact.hpp"

#include <array>
#include <type_traits>

#include "storage/domain/chain_settings.hpp"
#include "storage/domain/customer/change.hpp"
#include "storage/domain/customer/file.hpp"
#include "storage/domain/customer/member_pin.hpp"
#include "storage/domain/loyalty/code_list.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/loyalty/level_grant.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/catalogue_request.hpp"
#include "storage/domain/sale/gift_card_statement.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/staff/settlement.hpp"
#include "storage/domain/staff/staff_change.hpp"
#include "storage/domain/warranty/warranty.hpp"

namespace keepsake {
namespace {

template <class T>
constexpr FactType number() {
  if constexpr (std::is_same_v<T, Purchase>)
    return FactType::purchase;
  else if constexpr (std::is_same_v<T, Return>)
    return FactType::returned;
  else if constexpr (std::is_same_v<T, CustomerEnrolment>)
    return FactType::customer_enrolled;
  else if constexpr (std::is_same_v<T, WarrantyRegistration>)
    return FactType::warranty_registered;
  else if constexpr (std::is_same_v<T, CoverBegun>)
    return FactType::cover_begun;
  else if constexpr (std::is_same_v<T, Programme>)
    return FactType::programme_published;
  else if constexpr (std::is_same_v<T, CatalogueChange>)
    return FactType::catalogue_changed;
  else if constexpr (std::is_same_v<T, ShiftOpening>)
    return FactType::shift_opened;
  else if constexpr (std::is_same_v<T, ShiftClosing>)
    return FactType::shift_closed;
  else if constexpr (std::is_same_v<T, CustomerChange>)
    return FactType::customer_changed;
  else if constexpr (std::is_same_v<T, ConsentChange>)
    return FactType::consent_changed;
  else if constexpr (std::is_same_v<T, CustomerNote>)
    return FactType::note_added;
  else if constexpr (std::is_same_v<T, CustomerMerge>)
    return FactType::customers_merged;
  else if constexpr (std::is_same_v<T, MergeUndoing>)
    return FactType::merge_undone;
  else if constexpr (std::is_same_v<T, CustomerErasure>)
    return FactType::customer_erased;
  else if constexpr (std::is_same_v<T, CustomersApart>)
    return FactType::customers_told_apart;
  else if constexpr (std::is_same_v<T, FileAttached>)
    return FactType::file_attached;
  else if constexpr (std::is_same_v<T, FileRemoved>)
    return FactType::file_removed;
  else if constexpr (std::is_same_v<T, PointsExpired>)
    return FactType::points_expired;
  else if constexpr (std::is_same_v<T, GiftCardChange>)
    return FactType::gift_card_changed;
  else if constexpr (std::is_same_v<T, LoyaltyEvent>)
    return FactType::loyalty_event;
  else if constexpr (std::is_same_v<T, WalletChange>)
    return FactType::wallet_changed;
  else if constexpr (std::is_same_v<T, CodesAdded>)
    return FactType::codes_added;
  else if constexpr (std::is_same_v<T, CodesDealt>)
    return FactType::codes_dealt;
  else if constexpr (std::is_same_v<T, LevelGranted>)
    return FactType::level_granted;
  else if constexpr (std::is_same_v<T, MemberPinChange>)
    return FactType::member_pin_changed;
  else if constexpr (std::is_same_v<T, StaffChange>)
    return FactType::staff_changed;
  else if constexpr (std::is_same_v<T, CatalogueRequest>)
    return FactType::catalogue_request;
  else if constexpr (std::is_same_v<T, ExceptionSettled>)
    return FactType::exception_settled;
  else if constexpr (std::is_same_v<T, ChainSettings>)
    return FactType::settings_published;
  else if constexpr (std::is_same_v<T, GiftCardStatement>)
    return FactType::gift_card_stated;
  else if constexpr (std::is_same_v<T, DormancyChange>)
    return FactType::dormancy_changed;
}

template <class... Ts>
constexpr std::array<FactType, sizeof...(Ts)> numbers(Types<Ts...>) {
  return {number<Ts>()...};
}
constexpr auto all_numbers = numbers(AnyFact{});

}  // namespace

FactType type_of(const Fact& fact) { return all_numbers[fact.index()]; }

bool only_of_head_office(FactType type) {
  return type == FactType::codes_dealt || type == FactType::settings_published ||
         type == FactType::gift_card_stated || type == FactType::dormancy_changed;
}

std::string_view name_of(FactType type) {
  switch (type) {
    case FactType::purchase:
      return "purchase";
    case FactType::returned:
      return "return";
    case FactType::customer_enrolled:
      return "customer enrolled";
    case FactType::warranty_registered:
      return "warranty registered";
    case FactType::cover_begun:
      return "cover begun";
    case FactType::programme_published:
      return "programme published";
    case FactType::catalogue_changed:
      return "catalogue changed";
    case FactType::shift_opened:
      return "shift opened";
    case FactType::shift_closed:
      return "shift closed";
    case FactType::customer_changed:
      return "customer changed";
    case FactType::consent_changed:
      return "consent changed";
    case FactType::note_added:
      return "note added";
    case FactType::customers_merged:
      return "customers merged";
    case FactType::merge_undone:
      return "merge undone";
    case FactType::customer_erased:
      return "customer erased";
    case FactType::customers_told_apart:
      return "customers told apart";
    case FactType::file_attached:
      return "file attached";
    case FactType::file_removed:
      return "file removed";
    case FactType::points_expired:
      return "points expired";
    case FactType::gift_card_changed:
      return "gift card changed";
    case FactType::member_pin_changed:
      return "member PIN changed";
    case FactType::staff_changed:
      return "staff changed";
    case FactType::catalogue_request:
      return "catalogue request";
    case FactType::exception_settled:
      return "exception settled";
    case FactType::settings_published:
      return "settings published";
    case FactType::gift_card_stated:
      return "gift card stated";
    case FactType::dormancy_changed:
      return "dormancy changed";
    case FactType::wallet_changed:
      return "wallet changed";
    case FactType::codes_added:
      return "codes added";
    case FactType::codes_dealt:
      return "codes dealt";
    case FactType::level_granted:
      return "level granted";
    case FactType::loyalty_event:
      return "loyalty event";
  }
  return "unknown";
}

}  // namespace keepsake
