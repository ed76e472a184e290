#include "storage/domain/customer/profile.hpp"

#include <algorithm>

namespace keepsake {

std::string_view CustomerProfile::value(std::string_view field) const {
  const auto found = std::ranges::find(fields, field, &FieldValue::field);
  return found == fields.end() ? std::string_view() : std::string_view(found->value);
}

std::string_view name_of(TimelineKind kind) {
  switch (kind) {
    case TimelineKind::enrolled:
      return "enrolled";
    case TimelineKind::purchase:
      return "purchase";
    case TimelineKind::returned:
      return "return";
    case TimelineKind::warranty:
      return "warranty";
    case TimelineKind::consent:
      return "consent";
    case TimelineKind::note:
      return "note";
    case TimelineKind::changed:
      return "changed";
    case TimelineKind::merged:
      return "merged";
    case TimelineKind::unmerged:
      return "unmerged";
    case TimelineKind::erased:
      return "erased";
    case TimelineKind::event:
      return "event";
    case TimelineKind::file:
      return "file";
    case TimelineKind::file_removed:
      return "file removed";
    case TimelineKind::expired:
      return "expired";
    case TimelineKind::told_apart:
      return "told apart";
    case TimelineKind::wallet_blocked:
      return "wallet blocked";
    case TimelineKind::wallet_freed:
      return "wallet freed";
    case TimelineKind::wallet_expired:
      return "wallet expired";
    case TimelineKind::gift_card:
      return "gift card";
    case TimelineKind::wallet_filled:
      return "wallet filled";
    case TimelineKind::reward:
      return "reward";
    case TimelineKind::level_given:
      return "level given";
    case TimelineKind::level_ended:
      return "level ended";
    case TimelineKind::pin_given:
      return "PIN given";
    case TimelineKind::pin_removed:
      return "PIN removed";
    case TimelineKind::given_up:
      return "given up";
    case TimelineKind::debt_added:
      return "owed";
    case TimelineKind::cover_begun:
      return "cover begun";
  }
  return "unknown";
}

std::string_view name_of(AuditAction action) {
  switch (action) {
    case AuditAction::looked:
      return "looked";
    case AuditAction::searched:
      return "searched";
    case AuditAction::changed:
      return "changed";
    case AuditAction::exported:
      return "exported";
    case AuditAction::erased:
      return "erased";
    case AuditAction::merged:
      return "merged";
    case AuditAction::unmerged:
      return "unmerged";
    case AuditAction::vouched:
      return "vouched";
  }
  return "unknown";
}

}  // namespace keepsake
