#pragma once
// What the rules of loyalty make of the till. Pure; the reducer calls it when the till changes,
// never a screen.

#include <memory>
#include <optional>
#include <vector>

#include "kiosk/flow/session.hpp"
#include "kiosk/flow/shared/context.hpp"

namespace keepsake::flow {

/// The programme that the sale goes by: the till's own, else the one in force.
const std::shared_ptr<const ActiveProgramme>& programme_of(const Till& till,
                                                           const Context& context);

/// The quote of the till as it stands; none without goods and claims. Failure as loyalty::quote.
Result<std::optional<loyalty::Quote>> quote_of(const Till& till, const Context& context,
                                               LocalTime now);

/// What the sale asks of the rules, the event included.
SaleRequest request_of(const Till& till, const Context& context);
/// The same without what the quote refused: claims and codes that wait for a fuller basket.
SaleRequest honoured(const Till& till, const Context& context);

/// What the rules know of whoever buys.
const loyalty::Member& member_of(const Till& till);
/// A sale of nobody under rewards that are counted for all together: how often they were used must
/// be read first.
bool needs_counts(const Till& till, const Context& context);

/// Rewards for points and nothing to pay: they are handed over without a sale.
bool hands_over(const Till& till);

/// The rewards that can be claimed, by cost; without those that are not for this member, day or
/// shop, or are used up.
std::vector<Offer> offers_of(const Till& till, const Context& context, LocalTime now);

/// The best use of points on this basket, against keeping them; none when there is none.
std::optional<ChoicePane> choice_of(const Till& till, const Context& context, LocalTime now);

/// Why a coupon or claim is refused, as a notice code.
const char* refusal_code(const loyalty::Refusal& refusal, const Context& context, const Till& till,
                         Date today);
/// It may fit later, when the basket or the customer is another.
bool may_fit_later(const loyalty::Why& why);

}  // namespace keepsake::flow
