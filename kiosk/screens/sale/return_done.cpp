// The return is on disk: what to hand over first.
#include "kiosk/flow/sale/state.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/done_page.hpp"
#include "kiosk/screens/shared/tenders.hpp"

namespace keepsake::screens {
namespace {

/// One way by itself; of several, how much goes each.
void add_ways(const Scene& s, const flow::ReturnDone& done, std::vector<std::string>& lines) {
  for (const Tender& part : done.tenders) {
    if (part.amount.minor == 0) continue;
    lines.push_back(done.tenders.size() == 1 ? way_back(s, part) : part_of_refund(s, part));
  }
}

std::vector<Outcome> outcomes_of(const Scene& s, const flow::ReturnDone& done) {
  const auto points = [&](Points p) { return s.locale().points_words(p); };
  std::vector<Outcome> outcomes;
  if (done.taken.hundredths > 0)
    outcomes.push_back({ui::Icon::undo, ui::Tone::plain,
                        s.tr("{points} deducted", {{"points", points(done.taken)}})});
  if (done.given_back.hundredths > 0)
    outcomes.push_back({ui::Icon::gift, ui::Tone::soon,
                        s.tr("{points} returned", {{"points", points(done.given_back)}})});
  if (done.debt.hundredths > 0)
    outcomes.push_back({ui::Icon::hourglass, ui::Tone::bad,
                        s.tr("{points} owed", {{"points", points(done.debt)}})});
  if (done.member && done.balance)
    outcomes.push_back({ui::Icon::star, ui::Tone::good,
                        s.tr("Balance: {points}", {{"points", points(*done.balance)}})});
  if (done.covers_ended > 0)
    outcomes.push_back({ui::Icon::shield, ui::Tone::service,
                        s.trn("{n} warranty ended", "{n} warranties ended", done.covers_ended)});
  if (!done.member)
    outcomes.push_back({ui::Icon::user, ui::Tone::plain, s.tr("No member: points unchanged")});
  return outcomes;
}

}  // namespace

void draw(Scene& s, const flow::ReturnDone& done) {
  DonePage page;
  page.title = s.tr("Return complete");
  page.over = done.given.minor > 0 ? s.tr("Refund") : s.tr("No refund due");
  page.figure = s.locale().amount(done.given);
  add_ways(s, done, page.under);
  if (done.given != done.total) {
    const Money rounding{done.given.minor - done.total.minor, done.total.currency};
    page.under.push_back(
        s.tr("Cash rounding: {amount}", {{"amount", s.locale().amount(rounding)}}));
  }
  page.outcomes = outcomes_of(s, done);
  page.receipt = done.receipt;
  page.next = s.tr("Next customer");
  draw_done(s, page);
}

}  // namespace keepsake::screens
