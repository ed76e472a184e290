#include "storage/domain/loyalty/returns.hpp"

#include <algorithm>
#include <numeric>

namespace keepsake::loyalty {
namespace {

Error bad_line(std::size_t line) {
  return {Failure::bad_input, "return.line",
          "A return may name each line once, with a quantity above zero",
          "line " + std::to_string(line + 1), "Correct the return"};
}

Error exceeds(std::size_t line) {
  return {Failure::refused, "return.exceeds", "More is returned than was sold",
          "line " + std::to_string(line + 1), "Compare the return with the receipt"};
}

// Spreads points by weights, or evenly where nothing was paid at all.
Result<Done> spread(Points points, std::vector<std::int64_t> weights, std::vector<SoldLine>& lines,
                    Points SoldLine::*field) {
  if (points.hundredths == 0 || lines.empty()) return Done{};
  const auto parts = allocate_or_evenly({points.hundredths, {}}, std::move(weights));
  if (!parts) return parts.error();
  for (std::size_t i = 0; i < lines.size(); ++i) (lines[i].*field).hundredths += (*parts)[i].minor;
  return Done{};
}

class Returning {
 public:
  Returning(const Rules& programme, const PurchaseLedger& original, const Member& member,
            LocalTime at)
      : programme_(programme), original_(original), member_(member), at_(at) {}

  Result<ReturnQuote> run(const std::vector<LineQuantity>& before,
                          const std::vector<LineQuantity>& now);

 private:
  Result<Done> count(const std::vector<LineQuantity>& before, const std::vector<LineQuantity>& now);
  Result<Done> share(std::size_t line, Quantity now);
  Result<Done> share_points();
  Points counted(const Points& exact, const std::vector<Quantity>& back) const;
  void give_back();
  Result<Done> take_back();
  Result<Done> take_from(std::vector<Lot> source, Points& need);
  void explain();

  const Rules& programme_;
  const PurchaseLedger& original_;
  const Member& member_;
  LocalTime at_;
  std::vector<Quantity> before_, after_;  // come back of each line
  Points reversed_before_, given_before_;
  Points reversed_after_, given_after_;
  std::vector<Lot> lots_;
  Points expired_now_;
  ReturnQuote quote_;
};

// The share of `whole` that falls on `part` of `all`, half up.
Result<std::int64_t> share_of(std::int64_t whole, Quantity part, Quantity all) {
  return divide_half_up(Wide{whole} * part.thousandths, all.thousandths);
}

Result<Done> Returning::count(const std::vector<LineQuantity>& before,
                              const std::vector<LineQuantity>& now) {
  before_.assign(original_.lines.size(), Quantity{});
  for (const LineQuantity& each : before) {
    if (each.line >= before_.size() || each.quantity.thousandths <= 0) return bad_line(each.line);
    auto& sum = before_[each.line].thousandths;
    if (__builtin_add_overflow(sum, each.quantity.thousandths, &sum) ||
        before_[each.line] > original_.lines[each.line].quantity)
      return exceeds(each.line);
  }
  std::vector<char> seen(before_.size());
  for (const LineQuantity& each : now) {
    if (each.line >= before_.size() || each.quantity.thousandths <= 0 || seen[each.line] != 0)
      return bad_line(each.line);
    seen[each.line] = 1;
    const std::int64_t left =
        original_.lines[each.line].quantity.thousandths - before_[each.line].thousandths;
    if (each.quantity.thousandths > left) return exceeds(each.line);
  }
  return Done{};
}

// Cumulative: what falls on all pieces returned so far, less what fell on the earlier ones.
Result<Done> Returning::share(std::size_t index, Quantity now) {
  const SoldLine& sold = original_.lines[index];
  const Quantity before = before_[index];
  after_[index] = {before.thousandths + now.thousandths};
  std::int64_t shares[6];
  const std::int64_t wholes[3] = {sold.net.minor, sold.earned.hundredths, sold.spent.hundredths};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto early = share_of(wholes[i], before, sold.quantity);
    const auto late = share_of(wholes[i], after_[index], sold.quantity);
    if (!early) return early.error();
    if (!late) return late.error();
    shares[i] = *early;
    shares[i + 3] = *late - *early;
  }
  quote_.amount_before.minor += shares[0];
  reversed_before_.hundredths += shares[1];
  given_before_.hundredths += shares[2];
  reversed_after_.hundredths += shares[1] + shares[4];
  given_after_.hundredths += shares[2] + shares[5];
  if (now.thousandths == 0) return Done{};
  const Currency currency = sold.net.currency;
  const ReturnedLine line{index,       now,        {shares[3], currency}, {shares[0], currency},
                          {shares[4]}, {shares[5]}};
  const auto amount = add(quote_.amount, line.amount);
  if (!amount) return amount.error();
  quote_.amount = *amount;
  quote_.lines.push_back(line);
  return Done{};
}

// What parts that have come back count for: whole units, and exactly all when nothing is left.
Points Returning::counted(const Points& exact, const std::vector<Quantity>& back) const {
  for (std::size_t i = 0; i < back.size(); ++i) {
    if (back[i] < original_.lines[i].quantity)
      return {exact.hundredths - exact.hundredths % quantum(programme_.earning.rounding.decimals)};
  }
  return exact;
}

// Splits `points` over the lines by what falls on each, in units where it consists of such.
Result<Done> split(std::vector<ReturnedLine>& lines, Points ReturnedLine::*field, Points points,
                   std::int64_t unit) {
  if (lines.empty()) return Done{};
  std::vector<std::int64_t> weights;
  weights.reserve(lines.size());
  for (const ReturnedLine& line : lines) weights.push_back((line.*field).hundredths);
  if (points.hundredths % unit != 0) unit = 1;
  const auto parts = allocate_or_evenly({points.hundredths / unit, {}}, std::move(weights));
  if (!parts) return parts.error();
  for (std::size_t i = 0; i < lines.size(); ++i) lines[i].*field = {(*parts)[i].minor * unit};
  return Done{};
}

Result<Done> Returning::share_points() {
  reversed_before_ = counted(reversed_before_, before_);
  given_before_ = counted(given_before_, before_);
  quote_.reversed = {counted(reversed_after_, after_).hundredths - reversed_before_.hundredths};
  quote_.given_back = {counted(given_after_, after_).hundredths - given_before_.hundredths};
  const std::int64_t unit = quantum(programme_.earning.rounding.decimals);
  if (auto done = split(quote_.lines, &ReturnedLine::reversed, quote_.reversed, unit); !done)
    return done;
  return split(quote_.lines, &ReturnedLine::given_back, quote_.given_back, unit);
}

// Spent points come back where they came from, the last spent first.
void Returning::give_back() {
  Points skip = given_before_;
  Points left = quote_.given_back;
  const Date today = at_.date();
  for (auto last = original_.spent.rbegin(); last != original_.spent.rend(); ++last) {
    const SpentLot& spent = *last;
    const Points skipped = std::min(skip, spent.points);
    skip.hundredths -= skipped.hundredths;
    const Points part = std::min(left, Points{spent.points.hundredths - skipped.hundredths});
    if (part.hundredths == 0) continue;
    left.hundredths -= part.hundredths;
    const auto lot = std::ranges::find(lots_, spent.lot, &Lot::id);
    const bool room = lot != lots_.end() &&
                      lot->issued.hundredths - lot->remaining.hundredths >= part.hundredths &&
                      !expired(*lot, today);
    if (room) {
      lot->remaining.hundredths += part.hundredths;
      quote_.restored.push_back({spent.lot, part});
    } else {
      const Date until = from_days(to_days(today) + programme_.returned_points_days);
      // A lot that still lives keeps its day, even where its row is gone.
      const bool alive = lot == lots_.end() && (!spent.expires || *spent.expires >= today);
      quote_.new_lots.push_back({part, alive ? spent.expires : until});
    }
  }
}

Result<Done> Returning::take_from(std::vector<Lot> source, Points& need) {
  const Date today = at_.date();
  // What is pending comes back like the rest: a debt beside it would wait for the same points.
  const auto there = balance(source, today);
  if (!there) return there.error();
  const Points part = std::min(need, *there);
  const auto uses = consume(source, part, today, LotChoice::all);
  if (!uses) return uses.error();
  need.hundredths -= part.hundredths;
  for (const LotUse& use : *uses) {
    const auto lot = std::ranges::find(lots_, use.lot, &Lot::id);
    if (lot == lots_.end()) continue;
    lot->remaining.hundredths -= use.points.hundredths;
    quote_.taken.push_back(use);
  }
  return Done{};
}

Result<Done> Returning::take_back() {
  // What expiry took of these points has gone back already.
  const std::int64_t expired = original_.expired.hundredths;
  const std::int64_t before = std::min(expired, reversed_before_.hundredths);
  const std::int64_t after =
      std::min(expired, reversed_before_.hundredths + quote_.reversed.hundredths);
  expired_now_ = {after - before};
  const auto need_now = add({quote_.reversed.hundredths - expired_now_.hundredths}, member_.debt);
  if (!need_now) return need_now.error();
  Points need = *need_now;

  // The purchase's own lots give first, though their day be past: their points are still there.
  std::vector<Lot> own;
  for (const Lot& lot : lots_) {
    if (std::ranges::find(original_.lots, lot.id) == original_.lots.end()) continue;
    own.push_back(lot);
    own.back().expires.reset();
  }
  if (auto done = take_from(std::move(own), need); !done) return done;
  if (auto done = take_from(lots_, need); !done) return done;
  for (IssuedLot& lot : quote_.new_lots) {
    const Points part = std::min(need, lot.points);
    lot.points.hundredths -= part.hundredths;
    need.hundredths -= part.hundredths;
  }
  std::erase_if(quote_.new_lots, [](const IssuedLot& lot) { return lot.points == Points{}; });
  quote_.debt_after = need;
  return Done{};
}

void Returning::explain() {
  const auto tell = [&](std::string_view code, Points points) {
    if (points.hundredths > 0) quote_.why.push_back({code, "", {{"points", points}}});
  };
  tell("return.given-back", quote_.given_back);
  tell("return.reversed", quote_.reversed);
  tell("return.expired", expired_now_);
  tell("return.debt", quote_.debt_after);
}

Result<ReturnQuote> Returning::run(const std::vector<LineQuantity>& before,
                                   const std::vector<LineQuantity>& now) {
  if (const auto ok = count(before, now); !ok) return ok.error();
  quote_.amount.currency = quote_.amount_before.currency = programme_.currency;
  after_ = before_;
  for (std::size_t i = 0; i < original_.lines.size(); ++i) {
    const auto returning = std::ranges::find(now, i, &LineQuantity::line);
    const Quantity quantity = returning == now.end() ? Quantity{} : returning->quantity;
    if (const auto done = share(i, quantity); !done) return done.error();
  }
  if (const auto done = share_points(); !done) return done.error();
  if (member_.known) lots_ = with_last_days(member_.lots, programme_.expiry, member_.last_activity);
  const auto balance_before = balance(lots_, at_.date());
  if (!balance_before) return balance_before.error();
  quote_.balance_before = *balance_before;
  quote_.debt_before = member_.debt;
  give_back();
  if (const auto done = take_back(); !done) return done.error();
  const auto kept = balance(lots_, at_.date());
  if (!kept) return kept.error();
  quote_.balance_after = *kept;
  quote_.pending_after = pending_of(lots_, at_.date());
  for (const IssuedLot& lot : quote_.new_lots)
    quote_.balance_after.hundredths += lot.points.hundredths;
  explain();
  return std::move(quote_);
}

}  // namespace

Result<PurchaseLedger> ledger_of(const Quote& quoted, const Basket& basket, const Member& member,
                                 const std::vector<std::string>& lot_ids) {
  assert(quoted.lines.size() == basket.lines.size());
  PurchaseLedger ledger;
  ledger.lots = lot_ids;
  std::vector<std::int64_t> nets, by_points;
  for (std::size_t i = 0; i < quoted.lines.size(); ++i) {
    const QuotedLine& line = quoted.lines[i];
    nets.push_back(line.net.minor);
    by_points.push_back(line.by_points.minor);
    const Money paid{line.net.minor - line.by_points.minor, line.net.currency};
    ledger.lines.push_back({basket.lines[i].quantity, paid, line.points, {}});
  }
  Points spent = quoted.points_spent;
  for (const RewardIssued& issued : quoted.issued) spent.hundredths -= issued.cost.hundredths;
  Points tenders = spent;
  for (const DiscountTaken& taken : quoted.discounts) {
    tenders.hundredths -= taken.cost.hundredths;
    std::vector<std::int64_t> weights(ledger.lines.size());
    for (const MoneyOnLine& part : taken.lines) weights[part.line] = part.amount.minor;
    if (auto done = spread(taken.cost, weights, ledger.lines, &SoldLine::spent); !done)
      return done.error();
  }
  if (auto done = spread(tenders, by_points, ledger.lines, &SoldLine::spent); !done)
    return done.error();
  for (const RuleEarned& rule : quoted.earned) {
    if (!rule.lines.empty()) continue;
    if (auto done = spread(rule.points, nets, ledger.lines, &SoldLine::earned); !done)
      return done.error();
  }
  for (const LotUse& use : quoted.lots_used) {
    const Points part = std::min(spent, use.points);
    if (part.hundredths == 0) break;
    spent.hundredths -= part.hundredths;
    const auto lot = std::ranges::find(member.lots, use.lot, &Lot::id);
    ledger.spent.push_back({use.lot, part, lot == member.lots.end() ? std::nullopt : lot->expires});
  }
  return ledger;
}

Result<ReturnQuote> quote_return(const Rules& programme, const PurchaseLedger& original,
                                 const std::vector<LineQuantity>& returned_before,
                                 const std::vector<LineQuantity>& returning, const Member& member,
                                 LocalTime at) {
  return Returning(programme, original, member, at).run(returned_before, returning);
}

}  // namespace keepsake::loyalty
