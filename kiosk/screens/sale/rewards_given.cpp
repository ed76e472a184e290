// Rewards without a sale are on disk: what to hand over, then what is left.
#include "kiosk/flow/sale/state.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/done_page.hpp"
#include "kiosk/screens/shared/reasons.hpp"

namespace keepsake::screens {
namespace {

std::vector<Outcome> outcomes_of(const Scene& s, const flow::RewardsGiven& given) {
  std::vector<Outcome> outcomes;
  for (const RewardUse& use : given.rewards) {
    outcomes.push_back({ui::Icon::gift, ui::Tone::soon, counted_reward(s, use)});
    for (const std::string& code : use.vouchers)
      outcomes.push_back(
          {ui::Icon::ticket, ui::Tone::soon, s.tr("Voucher {code}", {{"code", code}})});
  }
  if (given.to_wallet.minor > 0)
    outcomes.push_back(
        {ui::Icon::card, ui::Tone::good,
         s.tr("{amount} in the wallet", {{"amount", s.locale().amount(given.wallet)}})});
  if (given.balance)
    outcomes.push_back(
        {ui::Icon::star, ui::Tone::good,
         s.tr("Balance: {points}", {{"points", s.locale().points_words(*given.balance)}})});
  return outcomes;
}

}  // namespace

void draw(Scene& s, const flow::RewardsGiven& given) {
  const std::string spent =
      s.tr("{points} used", {{"points", s.locale().points_words(given.spent)}});
  DonePage page;
  page.title = s.tr("Rewards");
  if (given.in_hand.minor > 0) {
    page.over = s.tr("From the drawer");
    page.figure = s.locale().amount(given.in_hand);
    page.under = {spent};
  } else {
    page.over = s.tr("Points used");
    page.figure = s.locale().points(given.spent);
  }
  page.outcomes = outcomes_of(s, given);
  page.receipt = given.receipt;
  page.next = s.tr("Next customer");
  draw_done(s, page);
}

}  // namespace keepsake::screens
