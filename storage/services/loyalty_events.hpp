#pragma once
// What earns without a sale: joining, bringing somebody, registering a warranty by itself,
// answering a survey. This is the one place that says which deed earns and what makes it the same
// deed; tills and commands record their facts through it.
//
// An event is recorded in the transaction of the fact that causes it, so that neither is there
// without the other. Each person causes one thing once (LoyaltyEvent::cause), under whichever of
// their references. What a sale itself earns (first purchase, birthday, nth visit, warranties of
// its lines) is in the purchase.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/domain/loyalty/basket.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/services/customers.hpp"

namespace keepsake {

class Reader;
struct ActiveProgramme;

/// Something that happened and may earn: what triggers a rule of events.
struct EarningTrigger {
  loyalty::Event event = loyalty::Event::survey;
  CustomerRef customer;    ///< who earns
  CustomerRef about = {};  ///< whose doing it is, when another's: who joined
  std::string which = {};  ///< of several of the kind: the survey's name, the item
  bool operator==(const EarningTrigger&) const = default;
};
/// "survey: spring"; see LoyaltyEvent::cause.
std::string cause_of(const EarningTrigger& trigger);

/// An enrolment's, or a registration's of a known customer; imports do not ask.
std::vector<EarningTrigger> triggers_in(const Fact& fact);
/// Both sides of a referral, for somebody who joins.
std::vector<EarningTrigger> referral(const CustomerRef& joined, const CustomerRef& referrer);

enum class Verdict {
  earned,
  before,   ///< it has earned already, or the item is registered already
  nothing,  ///< no rule of the programme rewards it now
};

struct Judged {
  Verdict verdict = Verdict::nothing;
  std::optional<LoyaltyEvent> event;  ///< earned
};
/// In order. Earlier ones count for later ones: caps, limits and debt are seen once.
Result<std::vector<Judged>> judge(Reader& reader, const ActiveProgramme& programme,
                                  std::span<const EarningTrigger> triggers, const Actor& actor);

struct RecordedEarning {
  std::vector<FactId> facts;     ///< of those given, in order
  std::vector<Judged> verdicts;  ///< of the facts' triggers in order, then of `more`
};
/// Records the facts and what they and `more` earn, all or nothing. Nothing to record is no
/// failure.
Result<RecordedEarning> record_earning(Book& book, const ActiveProgramme& programme,
                                       std::span<const Fact> facts,
                                       std::span<const EarningTrigger> more, const Actor& actor);

}  // namespace keepsake
