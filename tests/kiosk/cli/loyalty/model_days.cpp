#include "tests/kiosk/cli/loyalty/model_days.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "storage/book/reader.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/loyalty/return_basis.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/views/purchase_summary.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/programme/active_programme.hpp"
#include "storage/services/expiry.hpp"

namespace keepsake::cli::loyalty_model {
namespace {

Currency pounds() { return *Currency::parse("GBP"); }

Article thing(const std::string& code, std::int64_t minor) {
  Article article;
  article.code = code;
  article.name = "Thing " + code;
  article.price = UnitPrice::from_minor(minor);
  article.tax = {2000};
  return article;
}

Tender of(TenderKind kind, std::int64_t minor, const std::string& reference = {}) {
  return {kind, {minor, pounds()}, {minor, pounds()}, reference};
}

template <class T>
Result<Fact> as_fact(const Result<T>& made) {
  return made ? Result<Fact>(Fact(*made)) : Result<Fact>(made.error());
}

}  // namespace

Days::Days(Book& book, test::FakeClock& clock, unsigned seed)
    : book_(book), clock_(clock), random_(seed) {
  const auto reader = book_.reader();
  REQUIRE(reader.ok());
  const auto rules = active_programme(*(*reader)->programme(), pounds(), "");
  REQUIRE(rules.ok());
  programme_ = *rules;
  const auto best = (*reader)->by_customer(60);
  REQUIRE(best.ok());
  for (const CustomerTotal& each : *best) members_.push_back(each.customer);
  REQUIRE(members_.size() > 10);
}

SaleContext Days::context(const CustomerRef& who) const {
  return {clock_.local_now(), "anna", {}, who, programme_.programme, {}};
}

loyalty::Member Days::state(const CustomerRef& who) const {
  const auto member = (*book_.reader())->member(who, programme_.rules, clock_.local_now());
  REQUIRE(member.ok());
  return *member;
}

bool Days::recorded(const Result<Fact>& fact) {
  clock_.advance(std::chrono::minutes(1));
  const auto id = fact ? book_.record(*fact) : Result<FactId>(fact.error());
  if (id) return true;
  REQUIRE_MESSAGE(id.error().kind == Failure::refused, to_line(id.error()));
  return false;
}

void Days::live(Date day, int actions, Returns returns) {
  returns_ = returns;
  clock_.set({to_days(day) * std::int64_t{86'400'000} + 19 * 3'600'000});
  for (int n = 0; n < actions; ++n) act();
}

void Days::expire() {
  REQUIRE(run_expiry(book_, programme_.rules.expiry, clock_.local_now()).ok());
}

void Days::act() {
  const int what = pick(20);
  if (what < 9) return sell();
  if (what < 15) return bring_back();
  if (what < 18) return claim_something();
  spend_all();
}

Basket Days::basket() {
  static const std::vector<std::string> codes{"85123A", "22423", "POST", "A3",   "B7",
                                              "47566",  "84879", "M",    "20725"};
  Basket made;
  made.currency = pounds();
  const int first = pick(9);
  for (int n = 0; n <= pick(4); ++n)
    made.lines.push_back({thing(codes[static_cast<std::size_t>((first + n) % 9)], 50 + pick(6000)),
                          Quantity::pieces(1 + pick(6)),
                          std::nullopt,
                          {}});
  if (one_of(8)) {
    if (cards_.size() < 20 || one_of(2))
      cards_.push_back("LIFE" + std::to_string(1000 + cards_.size()));
    made.lines.push_back({thing("CARD", 500 + 100 * pick(40)), Quantity::pieces(1), std::nullopt,
                          TopUp{0,
                                StoredValue::gift_card,
                                cards_.back(),
                                {},
                                from_days(to_days(clock_.local_now().date()) + 50)}});
  }
  if (one_of(8))
    made.lines.push_back({thing("TOPUP", 500 + 100 * pick(20)), Quantity::pieces(1), std::nullopt,
                          TopUp{0, StoredValue::wallet, "", {}, {}}});
  return made;
}

SaleRequest Days::request(const loyalty::Member& member) {
  SaleRequest asked;
  asked.cash_out = one_of(2) ? CashOut::in_hand : CashOut::onto_wallet;
  const auto balance = loyalty::balance(member.lots, clock_.local_now().date())->hundredths;
  if (balance >= 15'000 && one_of(3)) asked.claims.push_back({"tenth", 1, {}});
  if (balance >= 45'000 && one_of(3)) asked.claims.push_back({"five-off", 1 + pick(3), {}});
  if (balance >= 65'000 && one_of(3)) asked.claims.push_back({"pocket", 1, {}});
  if (balance >= 25'000 && one_of(8)) asked.claims.push_back({"tote", 1, {}});
  if (one_of(4)) asked.codes.push_back("SPRING");
  return asked;
}

std::vector<Tender> Days::tenders(const loyalty::Member& member, std::int64_t total) {
  std::vector<Tender> given;
  const auto balance = loyalty::balance(member.lots, clock_.local_now().date())->hundredths;
  const auto most = std::min(total / 2, balance * 3 / 200);  // 1.5 pence a point
  if (most > 40 && one_of(3))
    given.push_back(of(TenderKind::points, 30 + pick(static_cast<int>(most) - 30)));
  if (member.wallet_minor > 0 && one_of(2))
    given.push_back(of(TenderKind::wallet, std::min(member.wallet_minor, total / 4 + 1)));
  if (!cards_.empty() && one_of(4)) {
    const std::string& card = any(cards_);
    const auto found = (*book_.reader())->gift_card(card);
    if (found && *found && (*found)->balance.minor > 0)
      given.push_back(
          of(TenderKind::gift_card, std::min((*found)->balance.minor, total / 5 + 1), card));
  }
  return given;
}

void Days::sell() {
  const CustomerRef who = any(members_);
  const loyalty::Member member = state(who);
  const Basket goods = basket();
  const Tender cash{TenderKind::cash, {0, pounds()}, {100'000'000, pounds()}, ""};
  auto paid = tenders(member, totals(goods)->total.minor);
  paid.push_back(cash);
  const auto rich =
      to_purchase(goods, paid, context(who), request(member), programme_.rules, member);
  if (recorded(as_fact(rich))) return;
  const auto plain = to_purchase(goods, {cash}, context(who), {}, programme_.rules, state(who));
  REQUIRE_MESSAGE(plain.ok(), to_line(plain.error()));
  recorded(as_fact(plain));
}

std::vector<ReturnedPiece> Days::pieces_of(const SoldPurchase& sold) {
  std::vector<ReturnedPiece> pieces;
  const bool all = one_of(3) && sold.purchase.top_ups.empty();
  for (std::uint32_t i = 0; i < sold.purchase.lines.size(); ++i) {
    if (std::ranges::find(sold.purchase.top_ups, i, &TopUp::line) != sold.purchase.top_ups.end())
      continue;
    std::int64_t left = sold.purchase.lines[i].quantity.thousandths / 1000;
    for (const auto& before : sold.returned)
      if (before.line == i) left -= before.quantity.thousandths / 1000;
    if (left == 0 || (!all && one_of(2))) continue;
    const std::int64_t now = all ? left : 1 + pick(static_cast<int>(left));
    pieces.push_back({sold.id, i, Quantity::pieces(now)});
    if (!all && pieces.size() == 3) break;
  }
  return pieces;
}

void Days::bring_back() {
  const CustomerRef who = any(members_);
  const auto reader = book_.reader();
  const auto bought = (*reader)->last_purchases(who, 12);
  REQUIRE(bought.ok());
  if (bought->empty()) return;
  const FactId id = any(*bought).id;
  const auto basis =
      (*reader)->return_basis(who, std::span(&id, 1), programme_.rules, clock_.local_now());
  REQUIRE(basis.ok());
  const bool imported = !basis->purchases.front().purchase.origin.empty();
  if (imported && returns_ == Returns::of_this_till) return;
  const auto pieces = pieces_of(basis->purchases.front());
  if (pieces.empty()) return;
  Refund refund;
  if (one_of(3)) refund.kind = TenderKind::wallet;
  if (!cards_.empty() && one_of(5)) refund = {TenderKind::gift_card, cards_.back()};
  recorded(
      as_fact(to_return(pieces, refund, "changed mind", context(who), *basis, programme_.rules)));
}

void Days::claim(const CustomerRef& who, const std::string& reward, std::int64_t steps,
                 CashOut how) {
  SaleRequest asked;
  asked.claims.push_back({reward, steps, {}});
  asked.cash_out = how;
  recorded(as_fact(to_event(context(who), asked, "", programme_.rules, state(who))));
}

void Days::claim_something() {
  static const std::vector<std::string> rewards{"pocket", "tote", "voucher", "charity"};
  const CashOut how = one_of(2) ? CashOut::in_hand : CashOut::onto_wallet;
  claim(any(members_), any(rewards), 1 + pick(2), how);
}

void Days::spend_all() {
  const CustomerRef who = any(members_);
  const auto balance = loyalty::balance(state(who).lots, clock_.local_now().date())->hundredths;
  if (balance >= 20'000) claim(who, "pocket", balance / 20'000, CashOut::onto_wallet);
}

}  // namespace keepsake::cli::loyalty_model
