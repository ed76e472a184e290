#include "storage/locale/timeline_words.hpp"

#include <algorithm>
#include <utility>

#include "storage/domain/loyalty/adjustment.hpp"
#include "storage/locale/customer_words.hpp"

namespace keepsake {
namespace {

/// Records say it as "marketing withdrawn, marketing-1 (en), Lysvik sentrum".
std::string consent_title(const Locale& locale, std::string_view recorded) {
  using Named = std::pair<std::string, ConsentPurpose>;
  for (const auto& [word, purpose] :
       {Named{"membership", ConsentPurpose::membership},
        Named{"marketing", ConsentPurpose::marketing}, Named{"sharing", ConsentPurpose::sharing}}) {
    const std::string what = consent_name(locale, purpose);
    if (recorded.starts_with(word + " given"))
      return locale.tr("Consent given: {what}", {{"what", what}});
    if (recorded.starts_with(word + " withdrawn"))
      return locale.tr("Consent withdrawn: {what}", {{"what", what}});
  }
  return std::string(recorded);
}

/// "gold: won the raffle" with the name that the programme gives the level.
std::string level_words(const Locale& locale, const loyalty::Rules& rules,
                        const std::string& recorded) {
  const std::size_t end = std::min(recorded.find(": "), recorded.size());
  const std::string id = recorded.substr(0, end);
  const auto level = std::ranges::find(rules.tiers.levels, id, &loyalty::TierLevel::id);
  const std::string name = level == rules.tiers.levels.end()
                               ? std::string()
                               : level->name.in(code_of(locale.language()));
  return (name.empty() ? id : name) + recorded.substr(end);
}

}  // namespace

std::string adjustment_name(const Locale& locale, std::string_view id) {
  const std::string reason(loyalty::adjustment_reason(id));
  return reason.empty() ? reason : locale.tr("Adjusted: {reason}", {{"reason", reason}});
}

std::string reward_name(const Locale& locale, const loyalty::Rules& rules, const std::string& id) {
  if (auto words = adjustment_name(locale, id); !words.empty()) return words;
  const loyalty::Reward* reward = loyalty::find_reward(rules, id);
  if (reward == nullptr) return id;
  const std::string& words = reward->name.in(code_of(locale.language()));
  return words.empty() ? id : words;
}

std::string timeline_title(const Locale& locale, const loyalty::Rules& rules,
                           const TimelineEntry& entry) {
  switch (entry.kind) {
    case TimelineKind::enrolled:
      return locale.tr("Joined");
    case TimelineKind::purchase:
      return entry.text.empty() ? locale.tr("Purchase") : entry.text;
    case TimelineKind::returned:
      return locale.tr("Items returned");
    case TimelineKind::warranty:
      return locale.tr("Warranty: {item}", {{"item", entry.text}});
    case TimelineKind::cover_begun:
      return locale.tr("Warranty started: {item}", {{"item", entry.text}});
    case TimelineKind::consent:
      return consent_title(locale, entry.text);
    case TimelineKind::note:
      return locale.tr("Note: {text}", {{"text", entry.text}});
    case TimelineKind::changed:
      return locale.tr("Details changed");
    case TimelineKind::merged:
      return locale.tr("Memberships merged");
    case TimelineKind::unmerged:
      return locale.tr("Merge undone");
    case TimelineKind::erased:
      return locale.tr("Data erased");
    case TimelineKind::file:
      return locale.tr("File: {name}", {{"name", entry.text}});
    case TimelineKind::file_removed:
      return locale.tr("File removed");
    case TimelineKind::expired:
      return locale.tr("Points expired");
    case TimelineKind::given_up:
      return locale.tr("Points given up");
    case TimelineKind::debt_added:
      return locale.tr("Owed for what was used twice");
    case TimelineKind::told_apart:
      return locale.tr("Marked as not a duplicate");
    case TimelineKind::wallet_blocked:
      return locale.tr("Wallet blocked");
    case TimelineKind::wallet_freed:
      return locale.tr("Wallet unblocked");
    case TimelineKind::wallet_expired:
      return locale.tr("Wallet balance expired");
    case TimelineKind::gift_card:
      return locale.tr("Gift card {card} topped up", {{"card", "\u00B7\u00B7" + entry.text}});
    case TimelineKind::wallet_filled:
      return locale.tr("Wallet topped up");
    case TimelineKind::reward:
      if (!loyalty::adjustment_reason(entry.text).empty())
        return reward_name(locale, rules, entry.text);
      return locale.tr("Reward: {reward}", {{"reward", reward_name(locale, rules, entry.text)}});
    case TimelineKind::pin_given:
      return locale.tr("PIN set");
    case TimelineKind::pin_removed:
      return locale.tr("PIN removed");
    case TimelineKind::level_given:
      return locale.tr("Level given: {level}", {{"level", level_words(locale, rules, entry.text)}});
    case TimelineKind::level_ended:
      return locale.tr("Given level ended: {reason}", {{"reason", entry.text}});
    case TimelineKind::event:
      if (entry.text == loyalty::adjustment_event) return locale.tr("Points adjusted");
      break;
  }
  return locale.tr("Bonus points");
}

std::string audit_words(const Locale& locale, AuditAction action) {
  switch (action) {
    case AuditAction::looked:
      return locale.tr("Data viewed");
    case AuditAction::searched:
      return locale.tr("Found in a search");
    case AuditAction::changed:
      return locale.tr("Details changed");
    case AuditAction::exported:
      return locale.tr("Data exported");
    case AuditAction::erased:
      return locale.tr("Data erased");
    case AuditAction::merged:
      return locale.tr("Memberships merged");
    case AuditAction::unmerged:
      return locale.tr("Merge undone");
    case AuditAction::vouched:
      break;
  }
  return locale.tr("Identity confirmed by staff");
}

std::string tender_name(const Locale& locale, TenderKind kind) {
  switch (kind) {
    case TenderKind::cash:
      return locale.tr("Cash");
    case TenderKind::card:
      return locale.tr("payment", "Card");
    case TenderKind::points:
      return locale.tr("Points");
    case TenderKind::gift_card:
      return locale.tr("Gift card");
    case TenderKind::wallet:
      return locale.tr("Wallet");
    case TenderKind::unknown:
      break;
  }
  return locale.tr("payment", "Other");
}

}  // namespace keepsake
