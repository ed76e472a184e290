// The sale is on disk: the change first, then the thanks.
#include "kiosk/flow/sale/state.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/done_page.hpp"
#include "kiosk/screens/shared/reasons.hpp"

namespace keepsake::screens {
namespace {

std::vector<Outcome> outcomes_of(const Scene& s, const flow::SaleDone& done) {
  std::vector<Outcome> outcomes;
  if (done.member && done.earned.hundredths > 0)
    outcomes.push_back(
        {ui::Icon::gift, ui::Tone::soon,
         s.tr("{points} earned", {{"points", s.locale().points_words(done.earned)}})});
  if (done.member && done.balance)
    outcomes.push_back(
        {ui::Icon::star, ui::Tone::good,
         s.tr("Balance: {points}", {{"points", s.locale().points_words(*done.balance)}})});
  if (const std::string pending = pending_words(s, done.pending); !pending.empty())
    outcomes.push_back({ui::Icon::hourglass, ui::Tone::plain, pending});
  if (const std::string tier = tier_name(s, done.reached); !tier.empty())
    outcomes.push_back(
        {ui::Icon::bolt, ui::Tone::soon, s.tr("New level: {tier}", {{"tier", tier}})});
  if (done.spent.hundredths > 0)
    outcomes.push_back({ui::Icon::gift, ui::Tone::plain,
                        s.tr("{points} used", {{"points", s.locale().points_words(done.spent)}})});
  if (done.in_hand.minor > 0)
    outcomes.push_back(
        {ui::Icon::cash, ui::Tone::soon,
         s.tr("{amount} in cash for points", {{"amount", s.locale().amount(done.in_hand)}})});
  if (done.saved.minor > 0)
    outcomes.push_back({ui::Icon::tag, ui::Tone::good,
                        s.tr("{amount} saved", {{"amount", s.locale().amount(done.saved)}})});
  for (const flow::CardLeft& card : done.cards)
    outcomes.push_back(
        {ui::Icon::card, ui::Tone::plain,
         card.card.empty()
             ? s.tr("{amount} in the wallet", {{"amount", s.locale().amount(card.left)}})
             : s.tr("Card {card}: balance {amount}",
                    {{"card", card_end(card.card)}, {"amount", s.locale().amount(card.left)}})});
  if (done.to_wallet.minor > 0)
    outcomes.push_back({ui::Icon::card, ui::Tone::soon,
                        s.tr("{amount} to the wallet for points",
                             {{"amount", s.locale().amount(done.to_wallet)}})});
  for (const RewardUse& use : done.given)
    outcomes.push_back({ui::Icon::gift, ui::Tone::soon, counted_reward(s, use)});
  for (const std::string& voucher : done.vouchers)
    outcomes.push_back(
        {ui::Icon::ticket, ui::Tone::soon, s.tr("Voucher {code}", {{"code", voucher}})});
  if (done.warranties > 0)
    outcomes.push_back({ui::Icon::shield, ui::Tone::service,
                        s.trn("{n} warranty started", "{n} warranties started", done.warranties)});
  if (!done.member)
    outcomes.push_back({ui::Icon::user_plus, ui::Tone::plain, s.tr("No member: no points earned")});
  return outcomes;
}

}  // namespace

void draw(Scene& s, const flow::SaleDone& done) {
  const bool change = done.cash && done.change.minor > 0;
  DonePage page;
  page.title = s.tr("Sale complete");
  page.over = change ? s.tr("money", "Change") : s.tr("Paid");
  page.figure = s.locale().amount(change ? done.change : done.paid());
  page.under = {s.tr("Sale of {amount}", {{"amount", s.locale().money(done.total)}})};
  if (done.cash_rounding.minor != 0)
    page.under.push_back(
        s.tr("Cash rounding: {amount}", {{"amount", s.locale().amount(done.cash_rounding)}}));
  page.outcomes = outcomes_of(s, done);
  page.receipt = done.receipt;
  page.next = s.tr("Next customer");
  draw_done(s, page);
}

}  // namespace keepsake::screens
