#include "storage/domain/loyalty/quote.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "storage/domain/loyalty/discounts.hpp"
#include "storage/domain/loyalty/earned.hpp"
#include "storage/domain/values/limits.hpp"

namespace keepsake::loyalty {
namespace {

Error wrong(std::string_view code, std::string what, std::string where, std::string remedy) {
  return {Failure::bad_input, std::string(code), std::move(what), std::move(where),
          std::move(remedy)};
}

std::string line_name(std::size_t index) { return "line " + std::to_string(index + 1); }

class Quoting {
 public:
  Quoting(const Rules& programme, const Basket& basket, const Member& member, LocalTime at)
      : programme_(programme), basket_(basket), member_(member), at_(at) {}

  Result<Quote> run();

 private:
  Result<Done> check_basket() const;
  Result<Done> check_member() const;
  Result<Done> price_lines();
  Result<Done> take_discounts();
  Result<Done> take_tenders();
  void accept_points(const Tender& tender);
  void take_cash(std::int64_t rest);
  Result<Done> spread_points_tenders();
  Result<Done> earn();
  Result<Done> earn_as(const Member& member, const std::vector<std::int64_t>& bases);
  std::vector<std::int64_t> discounted() const;
  Result<Done> settle();
  Result<Done> settle_lots();
  std::optional<Date> first_day() const;
  Pending pending_after() const;
  void settle_tier();
  void refuse(std::string_view asked, std::string_view code, std::vector<Figure> figures);
  Money money(std::int64_t minor) const { return {minor, basket_.currency}; }
  Date today() const { return at_.date(); }

  const Rules& programme_;
  const Basket& basket_;
  const Member& member_;
  LocalTime at_;
  Points spendable_;
  std::vector<Lot> lots_;  // of the member, with the last day that inactivity leaves them
  std::vector<std::int64_t> gross_, net_;
  std::vector<Tender> tenders_;  // those that stand, each by what it pays
  Quote quote_;
};

void Quoting::refuse(std::string_view asked, std::string_view code, std::vector<Figure> figures) {
  quote_.refused.push_back({std::string(asked), {code, "", std::move(figures)}});
}

Result<Done> Quoting::check_basket() const {
  if (basket_.currency != programme_.currency)
    return wrong("quote.currency", "The basket is not in the programme's currency", "currency",
                 "Use " + std::string(programme_.currency.code()));
  if (basket_.lines.size() > limits::lines_per_purchase)
    return Error{Failure::limit, "quote.lines", "The basket has too many lines", "lines",
                 "Use at most " + std::to_string(limits::lines_per_purchase)};
  if (basket_.tenders.size() > limits::tenders_per_purchase)
    return Error{Failure::limit, "quote.tenders", "There are too many tenders", "tenders",
                 "Use at most " + std::to_string(limits::tenders_per_purchase)};
  for (std::size_t i = 0; i < basket_.tenders.size(); ++i) {
    if (basket_.tenders[i].minor > 0 && basket_.tenders[i].minor <= limits::amount_minor) continue;
    return wrong("quote.tender", "A payment must be above zero", "tender " + std::to_string(i + 1),
                 "Correct its amount");
  }
  for (const Claim& claim : basket_.claims) {
    if (claim.times < 1)
      return wrong("quote.claim", "A reward must be claimed at least once", "claim " + claim.reward,
                   "Correct the number of times");
    for (const std::size_t line : claim.lines) {
      if (line >= basket_.lines.size())
        return wrong("quote.claim", "The claim names a line that does not exist",
                     "claim " + claim.reward, "Lines are numbered from 0");
    }
  }
  return Done{};
}

Result<Done> Quoting::check_member() const {
  if (member_.debt.hundredths < 0 || member_.wallet_minor < 0)
    return wrong("quote.member", "Debt and wallet cannot be below zero", "member",
                 "Correct the member's figures");
  for (const Lot& lot : member_.lots) {
    if (lot.remaining.hundredths < 0 || lot.remaining > lot.issued)
      return wrong("quote.lot", "Remaining points must lie between 0 and the points issued",
                   "lot " + lot.id, "Give 0 <= remaining <= issued");
  }
  return Done{};
}

Result<Done> Quoting::price_lines() {
  quote_.gross = quote_.total = quote_.tax = money(0);
  for (std::size_t i = 0; i < basket_.lines.size(); ++i) {
    const BasketLine& line = basket_.lines[i];
    if (line.quantity.thousandths <= 0 || line.unit_price.milli_minor < 0 ||
        line.tax.basis_points < 0)
      return wrong("quote.line", "A line needs a quantity above zero and a price of zero or more",
                   line_name(i), "Correct the line");
    auto amount = line_amount(line.unit_price, line.quantity, basket_.currency);
    if (!amount) {
      Error error = amount.error();
      error.where = line_name(i);
      return error;
    }
    if (line.off_minor < 0 || line.off_minor > amount->minor)
      return wrong("quote.line", "A manual discount must lie between zero and the amount",
                   line_name(i), "Correct the line");
    gross_.push_back(amount->minor - line.off_minor);
    const auto sum = add(quote_.gross, money(gross_.back()));
    if (!sum) return sum.error();
    quote_.gross = *sum;
  }
  if (quote_.gross.minor > limits::amount_minor)
    return Error{Failure::limit, "quote.amount", "The total of the basket is too large", "lines",
                 "Split it into several"};
  return Done{};
}

Result<Done> Quoting::take_discounts() {
  auto rewarded = take_rewards(programme_, basket_, member_, at_, gross_, spendable_);
  if (!rewarded) return rewarded.error();
  quote_.discounts = std::move(rewarded->discounts);
  quote_.issued = std::move(rewarded->issued);
  quote_.refused = std::move(rewarded->refused);
  quote_.not_applied = std::move(rewarded->not_applied);
  quote_.points_spent = rewarded->spent;
  net_ = std::move(rewarded->net_minor);
  for (std::size_t i = 0; i < net_.size(); ++i) {
    const auto tax = tax_included(money(net_[i]), basket_.lines[i].tax);
    if (!tax) return tax.error();
    QuotedLine line;
    line.gross = money(gross_[i]);
    line.discount = money(gross_[i] - net_[i]);
    line.net = money(net_[i]);
    line.tax = *tax;
    line.by_points = line.earning = money(0);
    quote_.lines.push_back(line);
    quote_.total.minor += net_[i];
    quote_.tax.minor += tax->minor;
  }
  quote_.discount = money(quote_.gross.minor - quote_.total.minor);
  return Done{};
}

void Quoting::accept_points(const Tender& tender) {
  const Redeeming& redeeming = programme_.redeeming;
  if (redeeming.point_value_milli_minor <= 0 || !member_.known)
    return refuse("points", "refuse.points-no-tender", {});
  const Wide most = Wide{quote_.total.minor} * redeeming.most_basis_points / 10'000;
  const auto cost = points_price(programme_, money(tender.minor));
  if (quote_.paid_with_points.minor + tender.minor > most || !cost)
    return refuse("points", "refuse.points-most",
                  {{"most", money(static_cast<std::int64_t>(most))}});
  if (*cost < redeeming.smallest)
    return refuse("points", "refuse.points-smallest", {{"smallest", redeeming.smallest}});
  const Points left{spendable_.hundredths - quote_.points_spent.hundredths};
  if (*cost > left) {
    refuse("points", "refuse.points-short", {{"cost", *cost}, {"balance", left}});
    quote_.refused.back().why.rule = "points";
    return;
  }
  quote_.points_spent.hundredths += cost->hundredths;
  quote_.paid_with_points.minor += tender.minor;
  tenders_.push_back(tender);
}

// What is given back as change pays nothing, so that it earns nothing either.
void Quoting::take_cash(std::int64_t rest) {
  for (const Tender& tender : basket_.tenders) {
    if (tender.kind != TenderKind::cash) continue;
    quote_.paid.minor += tender.minor;
    const std::int64_t kept = std::min(tender.minor, rest);
    if (kept > 0) tenders_.push_back({TenderKind::cash, kept});
    rest -= kept;
  }
}

Result<Done> Quoting::take_tenders() {
  quote_.paid_with_points = quote_.paid_from_wallet = quote_.paid = money(0);
  std::int64_t wallet = member_.wallet_minor;
  std::int64_t rest = quote_.total.minor;
  // Only cash gives change: the others pay at most what is due.
  for (Tender tender : basket_.tenders) {
    tender.minor = std::min(tender.minor, rest);
    if (tender.kind == TenderKind::cash || tender.minor == 0) continue;
    const std::size_t stood = tenders_.size();
    if (tender.kind == TenderKind::points) {
      accept_points(tender);
    } else if (tender.kind == TenderKind::wallet && tender.minor > wallet) {
      refuse("wallet", "refuse.wallet-short", {{"balance", money(wallet)}});
    } else {
      if (tender.kind == TenderKind::wallet) {
        wallet -= tender.minor;
        quote_.paid_from_wallet.minor += tender.minor;
      }
      tenders_.push_back(tender);
    }
    if (tenders_.size() > stood) rest -= tender.minor;
  }
  quote_.paid.minor = quote_.total.minor - rest;
  take_cash(rest);
  quote_.due = money(quote_.total.minor - quote_.paid.minor);
  return spread_points_tenders();
}

Result<Done> Quoting::spread_points_tenders() {
  if (quote_.paid_with_points.minor == 0) return Done{};
  const auto parts = allocate(quote_.paid_with_points, net_);
  if (!parts) return parts.error();
  for (std::size_t i = 0; i < parts->size(); ++i) quote_.lines[i].by_points = (*parts)[i];
  return Done{};
}

// Of each line, after the discounts whose money earns nothing.
std::vector<std::int64_t> Quoting::discounted() const {
  std::vector<std::int64_t> minor = gross_;
  const Counts usual = programme_.earning.discounted == Counts::yes ? Counts::no : Counts::yes;
  for (const DiscountTaken& taken : quote_.discounts) {
    const Reward* reward = find_reward(programme_, taken.reward);
    if (reward->lowers_earning.value_or(usual) == Counts::no) continue;
    for (const MoneyOnLine& part : taken.lines) minor[part.line] -= part.amount.minor;
  }
  return minor;
}

Result<Done> Quoting::earn() {
  const Earning& earning = programme_.earning;
  const std::vector<std::int64_t> before_points = discounted();
  std::vector<std::int64_t> bases;
  for (std::size_t i = 0; i < quote_.lines.size(); ++i) {
    QuotedLine& line = quote_.lines[i];
    std::int64_t base = before_points[i];
    if (earning.paid_with_points == Counts::no) base -= line.by_points.minor;
    if (!leaves(earning.never, basket_.lines[i])) base = 0;
    if (earning.tax == TaxBasis::excluded) {
      const auto tax = tax_included(money(base), basket_.lines[i].tax);
      if (!tax) return tax.error();
      base -= tax->minor;
    }
    line.earning = money(base);
    bases.push_back(base);
  }
  if (!member_.known) {
    for (const EarningRule& rule : earning.rules)
      quote_.not_applied.push_back({rule.id, {"refuse.no-member", rule.id, {}}});
    return Done{};
  }
  const std::size_t skipped = quote_.not_applied.size();
  if (auto done = earn_as(member_, bases); !done) return done;
  if (programme_.tiers.counts == LevelCounts::next_purchase) return Done{};
  settle_tier();
  if (quote_.tier_after == member_.tier) return Done{};
  Member raised = member_;
  raised.tier = quote_.tier_after;
  quote_.not_applied.resize(skipped);
  quote_.points_earned = {};
  for (QuotedLine& line : quote_.lines) line.points = {};
  return earn_as(raised, bases);
}

Result<Done> Quoting::earn_as(const Member& member, const std::vector<std::int64_t>& bases) {
  auto all = earned({programme_, basket_, member, at_, bases, net_, tenders_});
  if (!all) return all.error();
  for (const RuleEarned& rule : all->rules) {
    const auto sum = add(quote_.points_earned, rule.points);
    if (!sum) return sum.error();
    quote_.points_earned = *sum;
    for (const PointsOnLine& part : rule.lines)
      quote_.lines[part.line].points.hundredths += part.points.hundredths;
  }
  quote_.earned = std::move(all->rules);
  std::ranges::move(all->not_applied, std::back_inserter(quote_.not_applied));
  return Done{};
}

// Only goods come back, so only what they earned is held.
std::optional<Date> Quoting::first_day() const {
  if (programme_.pending_days == 0 || basket_.lines.empty()) return std::nullopt;
  return from_days(to_days(today()) + programme_.pending_days);
}

Pending Quoting::pending_after() const {
  std::vector<Lot> lots = lots_;
  for (const IssuedLot& fresh : quote_.new_lots)
    lots.push_back({"", fresh.points, fresh.points, today(), fresh.expires, fresh.spendable_from});
  return pending_of(lots, today());
}

// New points settle debt first, those that expire soonest before others.
Result<Done> Quoting::settle_lots() {
  for (const RuleEarned& rule : quote_.earned) {
    if (rule.points.hundredths == 0) continue;
    const auto same = std::ranges::find(quote_.new_lots, rule.expires, &IssuedLot::expires);
    if (same == quote_.new_lots.end()) {
      quote_.new_lots.push_back({rule.points, rule.expires, first_day()});
    } else {
      same->points.hundredths += rule.points.hundredths;
    }
  }
  std::ranges::stable_sort(quote_.new_lots, [](const IssuedLot& a, const IssuedLot& b) {
    return a.expires.has_value() && (!b.expires.has_value() || *a.expires < *b.expires);
  });
  quote_.debt_settled = std::min(member_.debt, quote_.points_earned);
  Points left = quote_.debt_settled;
  for (IssuedLot& lot : quote_.new_lots) {
    const Points part = std::min(left, lot.points);
    lot.points.hundredths -= part.hundredths;
    left.hundredths -= part.hundredths;
  }
  std::erase_if(quote_.new_lots, [](const IssuedLot& lot) { return lot.points == Points{}; });
  return Done{};
}

void Quoting::settle_tier() {
  const Tiers& tiers = programme_.tiers;
  WindowFigures figures = member_.window;
  for (std::size_t i = 0; i < quote_.lines.size(); ++i)
    if (!is_load(basket_.lines[i]))
      figures.spend_minor += quote_.lines[i].net.minor - quote_.lines[i].by_points.minor;
  figures.points_hundredths += quote_.points_earned.hundredths;
  figures.visits += has_goods(basket_) ? 1 : 0;
  const std::int64_t now = figure(tiers.basis, figures);
  quote_.tier_before = quote_.tier_after = member_.tier;
  quote_.earned_after = member_.earned_tier();
  if (!member_.known || tiers.levels.empty()) return;
  quote_.earned_after = after_purchase(tiers, member_.earned_tier(), now);
  quote_.tier_after = higher(tiers, member_.tier, quote_.earned_after);
  quote_.next_tier = progress(tiers, quote_.tier_after, now, today());
}

Result<Done> Quoting::settle() {
  auto uses = consume(lots_, quote_.points_spent, today());
  if (!uses) return uses.error();
  quote_.lots_used = std::move(*uses);
  if (auto done = settle_lots(); !done) return done;
  quote_.debt_after = {member_.debt.hundredths - quote_.debt_settled.hundredths};
  const auto gained = subtract(quote_.points_earned, quote_.debt_settled);
  const auto kept = subtract(quote_.balance_before, quote_.points_spent);
  const auto after = gained && kept ? add(*kept, *gained) : Result<Points>(Points{});
  if (!after) return after.error();
  quote_.balance_after = *after;
  quote_.pending_after = pending_after();
  settle_tier();
  return Done{};
}

Result<Quote> Quoting::run() {
  if (const auto ok = check_basket(); !ok) return ok.error();
  if (const auto ok = check_member(); !ok) return ok.error();
  if (member_.known) lots_ = with_last_days(member_.lots, programme_.expiry, member_.last_activity);
  const auto before = balance(lots_, today());
  if (!before) return before.error();
  quote_.balance_before = *before;
  quote_.pending_before = pending_of(lots_, today()).points;
  spendable_ = {before->hundredths - quote_.pending_before.hundredths};
  for (auto step : {&Quoting::price_lines, &Quoting::take_discounts, &Quoting::take_tenders,
                    &Quoting::earn, &Quoting::settle}) {
    if (const auto done = (this->*step)(); !done) return done.error();
  }
  return std::move(quote_);
}

}  // namespace

Result<Points> points_price(const Rules& programme, Money amount) {
  const std::int64_t unit = quantum(programme.earning.rounding.decimals);
  const std::int64_t value = programme.redeeming.point_value_milli_minor;
  assert(value > 0);
  const Wide hundredths = (Wide{amount.minor} * 1000 * 100 + value - 1) / value;
  const auto price = divide_down((hundredths + unit - 1) / unit * unit, 1);
  if (!price) return price.error();
  return Points{*price};
}

Money points_worth(const Rules& programme, const Quote& quote) {
  const Redeeming& redeeming = programme.redeeming;
  const Money none{0, quote.total.currency};
  const std::int64_t unit = quantum(programme.earning.rounding.decimals);
  const std::int64_t left = quote.balance_before.hundredths - quote.pending_before.hundredths -
                            quote.points_spent.hundredths;
  if (redeeming.point_value_milli_minor <= 0 || left < unit) return none;
  const Wide worth = Wide{left / unit * unit} * redeeming.point_value_milli_minor / 100'000;
  const Wide share =
      Wide{quote.total.minor} * redeeming.most_basis_points / 10'000 - quote.paid_with_points.minor;
  const Wide most = std::min({worth, share, Wide{quote.due.minor}});
  if (most <= 0) return none;
  const Money amount{static_cast<std::int64_t>(most), none.currency};
  const auto price = points_price(programme, amount);
  return price && *price >= redeeming.smallest ? amount : none;
}

Result<Quote> quote(const Rules& programme, const Basket& basket, const Member& member,
                    LocalTime at) {
  return Quoting(programme, basket, member, at).run();
}

}  // namespace keepsake::loyalty
