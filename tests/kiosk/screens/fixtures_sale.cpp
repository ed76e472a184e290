#include "tests/kiosk/screens/fixtures_sale.hpp"

#include <cassert>

#include "kiosk/flow/question.hpp"
#include "kiosk/flow/sale/quoting.hpp"

namespace keepsake::test {

using namespace flow;
using namespace made;

namespace {

constexpr const char* card_no = "GC4417000012345678";

GiftCardView gift_card(std::int64_t minor) {
  return {card_no, money(minor), {}, {}, GiftCardState::active, ""};
}

/// 50 kroner off claimed twice, one coupon taken and one that waits.
Till rewarded_till() {
  Till till = everyday_till();
  till.request.claims = {{"kr-50", 2, {}}};
  till.request.codes = {"NEWHOME", "LARGE"};
  return quoted(till);
}

/// Rewards without goods, money among them.
void add_reward_issue_looks(const AddLook& add) {
  const flow::Context context = shop_context();
  Till till = everyday_till();
  till.basket = {};
  till.request.claims = {{"sea-rescue", 2, {}}};
  till = quoted(till);
  assert(hands_over(till));
  add("sale.handover", staff(Sale{}, till));
  const auto offers = offers_of(till, context, moment);
  add("sale.rewards-handover", staff(over(RewardsPane{offers}), till));
  till.quote->issued.front().kind = loyalty::RewardKind::cash_out;
  add("sale.rewards-cash", staff(over(RewardsPane{offers}), till));
  RewardsGiven given;
  given.rewards = {{"coffee-set", "", 1, {60000}, money(0), {}},
                   {"sea-rescue", "", 2, {40000}, money(0), {"FJORD-7K2M", "FJORD-9Q4T"}}};
  given.in_hand = money(5000);
  given.to_wallet = money(0);
  given.wallet = money(0);
  given.spent = {100000};
  given.balance = Points{28400};
  add("given.in-hand", staff(given));
  given.rewards.resize(1);
  given.in_hand = money(0);
  given.to_wallet = money(5000);
  given.wallet = money(25050);
  given.receipt = Receipt::printed;
  add("given.wallet", staff(given));
}

void add_reward_looks(const AddLook& add) {
  const Till till = rewarded_till();
  const flow::Context context = shop_context();
  add("sale.rewarded", staff(Sale{}, till));
  Till once = everyday_till();
  once.request.claims = {{"kr-50", 1, {}}};
  add("sale.discount", staff(Sale{}, quoted(once)));
  add("sale.rewards", staff(over(RewardsPane{offers_of(till, context, moment)}), till));
  Till anonymous = everyday_till();
  anonymous.member.reset();
  anonymous.customer = {};
  anonymous.state.reset();
  anonymous = quoted(anonymous);
  add("sale.rewards-anonymous",
      staff(over(RewardsPane{offers_of(anonymous, context, moment)}), anonymous));
  add("sale.rewards-none", staff(over(RewardsPane{}), anonymous));
  add("sale.coupon", staff(over(CouponPane{"NEWHO"}), everyday_till()));
  add("sale.coupon-expired", noticed(staff(over(CouponPane{"SUMMER"}), everyday_till()),
                                     flow::Tone::warning, "coupon.expired", Kept::basket));
  const Till plain = everyday_till();
  const auto choice = choice_of(plain, context, moment);
  assert(choice.has_value());
  add("sale.choice", staff(over(*choice), plain));
  ChoicePane long_words = *choice;
  long_words.reward = longest().name;
  long_words.next = longest().name;
  long_words.pay_now = long_words.pay_keeping = money(123456789012);
  long_words.left_now = long_words.left_keeping = Points{123456789900};
  add("sale.choice-long", staff(over(long_words), plain));
  add_reward_issue_looks(add);
  add("sale.why", staff(over(WhyPane{}), plain));
}

/// What is asked for less often.
void add_shelf_looks(const AddLook& add) {
  const Till till = everyday_till();
  Session some = staff(over(MorePane{}), till);
  std::vector<HeldSaleView> held = {{"1", days_ago(1), "Jonas", kettle().name, 1, money(49900)},
                                    {"2", moment, "Marit", longest().name, 14, money(123456789)}};
  some.device.held = held;
  add("sale.more", some);
  add("sale.more-empty", staff(over(MorePane{}), {}));
  Session idle = staff(Sale{}, {});
  idle.device.held = held;
  add("sale.empty-held", idle);
  Session list = staff(over(HeldSalesPane{}), {});
  for (int i = 0; i < 10; ++i) held.push_back(held[static_cast<std::size_t>(i % 2)]);
  list.device.held = held;
  add("sale.held", list);
  add("sale.held-none", staff(over(HeldSalesPane{}), {}));
  GiftCardPane pane;
  add("sale.gift-card", staff(over(pane), till));
  pane.card = card_no;
  pane.checked = true;
  pane.editing = Field::amount;
  pane.amount = "500";
  add("sale.gift-card-new", staff(over(pane), till));
  pane.known = gift_card(30000);
  add("sale.gift-card-known", staff(over(pane), till));
  pane.asking = true;
  add("sale.gift-card-block", staff(over(pane), till));
  pane.known->state = GiftCardState::blocked;
  add("sale.gift-card-free", staff(over(pane), till));
  GiftCardPane wallet;
  wallet.kind = StoredValue::wallet;
  wallet.checked = true;
  wallet.editing = Field::amount;
  add("sale.wallet", staff(over(wallet), till));
  Till loaded = till;
  loaded.basket.lines.push_back(line_of(shop_context().gift_card, Quantity::pieces(1)));
  loaded.basket.lines.back().article.price = UnitPrice::from_minor(50000);
  loaded.basket.lines.back().top_up = TopUp{4, StoredValue::gift_card, card_no, money(50000), {}};
  add("sale.gift-card-line", staff(Sale{.pane = Lines{}, .touched = 4}, quoted(loaded)));
  AgainPane again;
  add("sale.again-loading", staff(over(again), till));
  again.loaded = true;
  again.lines = {{{"KET-17", kettle().name, Quantity::pieces(1)}, kettle()},
                 {{"OLD-1", "Toaster Rist 2", Quantity::pieces(1)}, std::nullopt},
                 {{"APP-D", apples().name, {742}}, apples()},
                 {{"DIS-14", longest().name, Quantity::pieces(3)}, longest()}};
  add("sale.again", staff(over(again), till));
  again.of = AgainPane::Of::held;
  again.lines.erase(again.lines.begin());
  add("sale.left-out", staff(over(again), till));
}

}  // namespace

void add_sale_looks(const AddLook& add) {
  add("sale.empty", staff(Sale{}));
  add("sale.everyday", staff(Sale{.pane = Lines{}, .touched = 0}, everyday_till()));
  Till anonymous = everyday_till();
  anonymous.member.reset();
  anonymous.customer = {};
  anonymous.state.reset();
  anonymous = quoted(anonymous);
  add("sale.anonymous", staff(Sale{.pane = Lines{}, .touched = 3}, anonymous));
  Till at_home = everyday_till();
  at_home.member->profile.address = "Storgata 14 B, leilighet 302, 9750 Honningsv\u00e5g";
  add("sale.address", staff(Sale{}, at_home));
  add("sale.rupiah", staff(Sale{.pane = Lines{}, .touched = 1}, rupiah_till()));
  add("sale.forty-lines", staff(Sale{.pane = Lines{}, .touched = 39}, forty_lines()));
  Till loading = everyday_till();
  loading.member.reset();
  loading.state.reset();
  loading = quoted(loading);
  add("sale.member-loading", staff(Sale{}, loading));
  Till fresh = everyday_till();
  fresh.member = newcomer();
  fresh.customer = fresh.member->ref;
  fresh.state->lots.clear();
  fresh = quoted(fresh);
  add("sale.new-member",
      noticed(staff(Sale{}, fresh), flow::Tone::good, "join.welcome", Kept::nothing_to_keep));
  add("sale.search", staff(over(SearchPane{}), everyday_till()));
  add("sale.search-none", staff(over(SearchPane{"zzz", {}, 0}), everyday_till()));
  SearchPane found{"kettle", {}, 0};
  for (int i = 0; i < 12; ++i)
    found.found.push_back(i % 4 == 1 ? longest() : i % 3 == 2 ? apples() : kettle());
  add("sale.search-found", staff(over(found), everyday_till()));
  add("sale.weight", staff(over(WeightPane{apples(), "0.74"}), everyday_till()));
  add("sale.quantity", staff(over(QuantityPane{3, "12"}), everyday_till()));
  add("sale.customer", staff(over(CustomerPane{.phone = "912 34"}), anonymous));
  add("sale.customer-unknown",
      staff(over(CustomerPane{.phone = "912 34 417", .not_found = true}), anonymous));
  add("sale.serial", staff(over(SerialPane{0, "KK17-"}), everyday_till()));
  Session boss = staff(over(SerialPane{0, "35-209900-176148-2", true}), everyday_till());
  add("sale.serial.refused", boss);
  boss.visit.staff->manager = true;
  add("sale.serial.overrule", boss);
  add("sale.clear", staff(over(ClearPane{}), everyday_till()));
  Session offline = staff(Sale{}, everyday_till());
  offline.device.sync.link = LinkState::offline;
  offline.device.sync.waiting = 3;
  offline.device.sync.last_success = moment.at - std::chrono::minutes(82);
  add("sale.offline", offline);
  add("sale.unknown-code",
      noticed(staff(Sale{}, everyday_till()), flow::Tone::warning, "scan.unknown", Kept::basket));
  add_reward_looks(add);
  add_shelf_looks(add);
}

namespace {

Session typing_pin(Session proving) {
  proving.visit.proving->pin = "47";
  return proving;
}

}  // namespace

void add_tender_looks(const AddLook& add) {
  add("tender.cash", staff(Tendering{}, everyday_till()));
  Session proving = staff(Tendering{}, everyday_till());
  proving.visit.proving = Proving{.what = Proving::What::tender, .kind = TenderKind::points};
  add("tender.proving", proving);
  add("tender.proving-pin", typing_pin(proving));
  Till split = everyday_till();
  split.tenders = {{TenderKind::card, money(500000), money(500000), "8802"},
                   {TenderKind::cash, money(50000), money(50000), ""}};
  Session offline = staff(entry(TenderKind::cash, "2200", ""), split);
  offline.device.sync.link = LinkState::offline;
  offline.device.sync.waiting = 3;
  offline.device.sync.last_success = moment.at - std::chrono::minutes(82);
  add("tender.split", offline);
  add("tender.card", staff(entry(TenderKind::card, "", ""), split));
  add("tender.card-reference", staff(entry(TenderKind::card, "", "A81-0042-8802"), split));
  add("tender.slip", staff(entry(TenderKind::card, "", "A81-0042", Field::reference), split));
  add("tender.large", staff(entry(TenderKind::cash, "4999999.99", ""), forty_lines()));
  Till rupiah = rupiah_till();
  rupiah.tenders = {{TenderKind::card, money(1'299'900'000), money(1'299'900'000), "8802"},
                    {TenderKind::cash, money(50'000'000'000), money(50'000'000'000), ""}};
  add("tender.rupiah", staff(entry(TenderKind::cash, "499999999.99", ""), rupiah));
  Till many = everyday_till();
  for (int i = 0; i < 20; ++i)
    many.tenders.push_back({TenderKind::cash, money(10000), money(10000), ""});
  add("tender.twenty", staff(Tendering{}, many));
  add("tender.working", working(staff(Tendering{}, everyday_till()), question_id<RecordFact>));
  add("tender.disk-full", noticed(staff(Tendering{}, split), flow::Tone::error, "disk.full",
                                  Kept::basket_and_payments));
  SaleDone done;
  done.total = money(722661);
  done.change = money(3300);
  done.cash_rounding = money(39);
  done.cash = true;
  done.member = true;
  done.earned = {72200};
  done.balance = Points{200600};
  done.warranties = 1;
  add("done.member", staff(done));
  done.receipt = Receipt::printing;
  add("done.printing", staff(done));
  done.receipt = Receipt::printed;
  add("done.printed", staff(done));
  done.receipt = Receipt::failed;
  add("done.print-failed", noticed(staff(done), flow::Tone::error, "print.failed", Kept::sale));
  SaleDone plain;
  plain.total = money(99999999999);
  plain.change = money(0);
  plain.cash_rounding = money(0);
  add("done.card", staff(plain));
  plain.change = money(999'999'999'999);
  plain.cash = true;
  add("done.rupiah", staff(plain));
  plain.change = money(0);
  plain.total = money(67600);
  plain.cash = true;
  add("done.exact", staff(plain));
  Till points = everyday_till();
  points.tenders = {{TenderKind::points, money(6000), money(6000), ""},
                    {TenderKind::gift_card, money(30000), money(30000), card_no}};
  points = quoted(points);
  add("tender.points", staff(entry(TenderKind::points, "", ""), points));
  add("tender.wallet", staff(entry(TenderKind::wallet, "100", ""), points));
  add("tender.gift-card-number",
      staff(entry(TenderKind::gift_card, "", "GC44", Field::reference), points));
  add("tender.gift-card-asked", staff(entry(TenderKind::gift_card, "", ""), points));
  Tendering card = entry(TenderKind::gift_card, "", card_no);
  card.card = gift_card(45000);
  add("tender.gift-card", staff(card, everyday_till()));
}

void add_figure_looks(const AddLook& add) {
  for (const char* code : {"figure.much", "figure.is-code", "figure.code", "scan.in-tender"})
    add(std::string("tender.") + code,
        noticed(staff(entry(TenderKind::cash, "4011", ""), everyday_till()), flow::Tone::question,
                code, Kept::basket_and_payments));
  add("sale.figure", noticed(staff(over(QuantityPane{0, "4011"}), everyday_till()),
                             flow::Tone::question, "figure.is-code", Kept::basket));
  SaleDone rich;
  rich.total = money(722661);
  rich.change = money(3300);
  rich.cash_rounding = money(39);
  rich.cash = rich.member = true;
  rich.earned = {72200};
  rich.balance = Points{200600};
  rich.warranties = 1;
  rich.spent = {100000};
  rich.saved = money(25000);
  rich.reached = "gold";
  rich.cards = {{card_no, money(15000)}, {"", money(25000)}};
  rich.vouchers = {"FJORD-7K2M"};
  add("done.rewards", staff(rich));
  rich.given = {{"coffee-set", "", 2, {60000}, money(0), {}}};
  rich.to_wallet = money(5000);
  add("done.given", staff(rich));
  SaleDone waits;
  waits.total = money(722661);
  waits.change = money(0);
  waits.cash_rounding = money(0);
  waits.member = true;
  waits.earned = {72200};
  waits.balance = Points{200600};
  waits.pending = {Points{72200}, day("2026-12-05")};
  add("done.pending", staff(waits));
}

}  // namespace keepsake::test
