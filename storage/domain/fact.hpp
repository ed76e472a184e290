#pragma once
// A fact: something that happened, recorded once, by one terminal, never changed.

#include <cstdint>

#include "storage/domain/values/choice.hpp"
#include "storage/domain/values/ids.hpp"

namespace keepsake {

// A fact is passed on by many and looked into by few: they include what it is.
struct Purchase;
struct Return;
struct CustomerEnrolment;
struct WarrantyRegistration;
struct CoverBegun;
struct Programme;
struct CatalogueChange;
struct ShiftOpening;
struct ShiftClosing;
struct PointsExpired;
struct GiftCardChange;
struct GiftCardStatement;
struct LoyaltyEvent;
struct CustomerChange;
struct ConsentChange;
struct CustomerNote;
struct CustomerMerge;
struct MergeUndoing;
struct CustomerErasure;
struct CustomersApart;
struct FileAttached;
struct FileRemoved;
struct WalletChange;
struct CodesAdded;
struct CodesDealt;
struct LevelGranted;
struct MemberPinChange;
struct StaffChange;
struct CatalogueRequest;
struct ExceptionSettled;
struct ChainSettings;
struct DormancyChange;

using AnyFact =
    Types<Purchase, Return, CustomerEnrolment, WarrantyRegistration, Programme, CatalogueChange,
          ShiftOpening, ShiftClosing, PointsExpired, GiftCardChange, LoyaltyEvent, CustomerChange,
          ConsentChange, CustomerNote, CustomerMerge, MergeUndoing, CustomerErasure, CustomersApart,
          FileAttached, FileRemoved, WalletChange, CodesAdded, CodesDealt, LevelGranted,
          MemberPinChange, StaffChange, CatalogueRequest, ExceptionSettled, ChainSettings,
          GiftCardStatement, DormancyChange, CoverBegun>;
struct Fact : Choice<AnyFact> {
  using Choice::Choice;
  bool operator==(const Fact&) const = default;
};

/// The number that the journal and the wire write; never reused (storage/journal/JOURNAL.md).
enum class FactType : std::uint16_t {
  purchase = 1,
  returned = 2,
  customer_enrolled = 3,
  warranty_registered = 4,
  programme_published = 5,
  catalogue_changed = 6,
  shift_opened = 7,
  shift_closed = 8,
  customer_changed = 9,
  consent_changed = 10,
  note_added = 11,
  customers_merged = 12,
  merge_undone = 13,
  customer_erased = 14,
  file_attached = 15,
  file_removed = 16,
  customers_told_apart = 18,
  member_pin_changed = 19,
  staff_changed = 20,
  catalogue_request = 21,
  exception_settled = 22,
  cover_begun = 23,
  points_expired = 40,
  gift_card_changed = 41,
  loyalty_event = 42,
  wallet_changed = 43,
  codes_added = 44,
  level_granted = 45,
  codes_dealt = 46,
  settings_published = 48,
  gift_card_stated = 49,
  dormancy_changed = 50,
};
FactType type_of(const Fact& fact);
/// A terminal is not believed that says such a thing.
bool only_of_head_office(FactType type);
std::string_view name_of(FactType type);

}  // namespace keepsake
