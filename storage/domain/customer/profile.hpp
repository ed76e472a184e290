#pragma once
// What is known of a customer, as records give it to screens and programs.

#include <optional>
#include <string>
#include <vector>

#include "storage/domain/customer/change.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/values/points.hpp"

namespace keepsake {

struct Contact {
  ContactTag tag;     ///< names it when it is taken away
  CustomerRef owner;  ///< the reference it was added to; others than the customer's after a merge
  ContactKind kind = ContactKind::phone;
  std::string value;
  std::string usage;
  bool operator==(const Contact&) const = default;
};

struct FieldValue {
  std::string field;
  std::string value;  ///< never empty
  FactId since;
  bool operator==(const FieldValue&) const = default;
};

/// Where a purpose stands, after every grant and withdrawal.
struct ConsentState {
  ConsentPurpose purpose = ConsentPurpose::membership;
  bool granted = false;
  Consent last;  ///< the one that decides
  FactId fact;
  std::vector<FactId> withdrawals;  ///< a new grant names them all (ConsentChange::after)
  std::string place = {};           ///< where the deciding one was said
  bool operator==(const ConsentState&) const = default;
};

struct CustomerProfile {
  CustomerRef ref;                   ///< the one that is kept, whichever was asked for
  std::vector<CustomerRef> aliases;  ///< merged into it
  LocalTime member_since;
  std::string origin;
  bool erased = false;
  std::vector<Restriction> kept;       ///< of who is erased: what stays, and for how long
  bool sealed = false;                 ///< something is known here that this folder has no key for
  std::vector<FieldValue> fields;      ///< by name
  std::vector<Contact> contacts;       ///< by kind, then oldest first
  std::vector<ConsentState> consents;  ///< of purposes ever asked, by purpose

  std::string_view value(std::string_view field) const;  ///< empty: unknown
  bool operator==(const CustomerProfile&) const = default;
};

enum class TimelineKind {
  enrolled,
  purchase,
  returned,
  warranty,
  consent,
  note,
  changed,
  merged,
  unmerged,
  erased,
  event,  ///< points without goods
  file,
  file_removed,
  expired,     ///< points expired
  told_apart,  ///< from somebody who looks alike
  wallet_blocked,
  wallet_freed,
  wallet_expired,
  gift_card,      ///< bought or filled up in a purchase
  wallet_filled,  ///< in a purchase
  reward,         ///< claimed, in a purchase or without
  level_given,    ///< by a manager
  level_ended,    ///< taken back before its last day
  pin_given,      ///< their own PIN, or another one
  pin_removed,
  given_up,     ///< points, by leaving the membership
  debt_added,   ///< what was used and was not there is owed: a manager or head office said so
  cover_begun,  ///< an item's cover counts from its delivery, installation or activation
};
std::string_view name_of(TimelineKind kind);

/// Position in a timeline, newest first.
struct TimelinePlace {
  std::int64_t at_ms = 0;
  FactId fact;
  std::int32_t n = 0;
  auto operator<=>(const TimelinePlace&) const = default;
};

struct TimelineEntry {
  TimelinePlace place;
  TimelineKind kind = TimelineKind::enrolled;
  LocalTime at;
  std::string staff;
  /// Article, serial, note, purpose and wording, reason: personal. Of a gift card the last four
  /// characters of its number, of a reward its id; of a level given its id and the reason.
  std::string text;
  /// Of a purchase, given back by a return, paid in, expired, a reward's.
  std::optional<Money> amount;
  Points points;  ///< earned; negative: reversed, expired, spent on a reward
  bool operator==(const TimelineEntry&) const = default;
};

enum class AuditAction {
  looked,
  searched,
  changed,
  exported,
  erased,
  merged,
  unmerged,
  vouched,  ///< said that whoever stood there was this customer, before something was redeemed
};
std::string_view name_of(AuditAction action);

/// Who did what to whom. Not personal: references only.
struct AuditEntry {
  LocalTime at;
  std::string staff;
  AuditAction action = AuditAction::looked;
  CustomerRef customer;
  bool operator==(const AuditEntry&) const = default;
};

struct MergeRecord {
  FactId fact;
  CustomerRef kept;
  CustomerRef merged;
  LocalTime at;
  std::string staff;
  std::string reason;
  bool undone = false;
  bool operator==(const MergeRecord&) const = default;
};

}  // namespace keepsake
