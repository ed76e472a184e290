// Whatever comes in whatever order: the guarantees of reduce.hpp hold.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "kiosk/flow/sale/quoting.hpp"
#include "storage/domain/sale/return.hpp"
#include "tests/kiosk/flow/shop.hpp"

using namespace keepsake;
using namespace keepsake::flow;

namespace {

std::string any_text() {
  return *rc::gen::element<std::string>("1", "4", "9", "12", "1234", "91234417", ".", "a", "Ket",
                                        "LED", "Kari", "є", "NW8-0417", "500", "+47", "\x01");
}

int small() { return *rc::gen::inRange(0, 4); }
std::size_t line() { return static_cast<std::size_t>(small()); }

/// What anybody may touch.
Event touch_of_anybody(int which) {
  switch (which) {
    case 0:
      return Wake{};
    case 1:
      return Wake{Language::nb};
    case 2:
      return StillHere{};
    case 3:
      return Finish{};
    case 4:
      return Back{};
    case 5:
      return Dismiss{};
    case 6:
      return OpenLanguages{};
    case 7:
      return ChooseLanguage{Language::uk};
    case 8:
      return SwitchTextSize{};
    case 9:
      return SwitchContrast{};
    case 10:
    case 11:
    case 12:
    case 13:
      return Go{*rc::gen::element(Place::start, Place::identify, Place::join, Place::warranty,
                                  Place::staff, Place::sale, Place::tender, Place::shift_close,
                                  Place::sync, Place::returns)};
    case 14:
    case 15:
    case 16:
    case 17:
    case 18:
      return Submit{};
    case 19:
      return Edit{static_cast<Field>(*rc::gen::inRange(0, 9))};
    case 20:
    case 21:
    case 22:
    case 23:
      return Type{any_text()};
    case 24:
      return Erase{};
    case 25:
      return ClearField{};
    case 26:
      return PickArticle{line()};
    case 27:
      return ShowTab{static_cast<HomeTab>(*rc::gen::inRange(0, 3))};
    case 28:
      return SetPrivacy{Privacy::shown};
    case 29:
      return SetConsent{ConsentPurpose::membership, true};
    case 30:
      return OpenSearch{};
    case 31:
      return OpenCustomer{};
    case 32:
      return DetachCustomer{};
    default:
      return ShowPage{small() - 1};
  }
}

/// What staff touch in a sale and around it.
Event touch_of_staff(int which) {
  switch (which) {
    case 33:
      return OpenQuantity{line()};
    case 34:
      return AddPieces{line(), *rc::gen::inRange(-2, 3)};
    case 35:
      return VoidLine{line()};
    case 36:
      return OpenSerial{line()};
    case 37:
      return OpenClear{};
    case 38:
      return ChooseTender{*rc::gen::element(TenderKind::cash, TenderKind::card, TenderKind::points,
                                            TenderKind::wallet, TenderKind::gift_card)};
    case 39:
      return QuickAmount{
          Money{*rc::gen::inRange<std::int64_t>(0, 300000), *Currency::parse("NOK")}};
    case 40:
      return RemoveTender{line()};
    case 41:
      return PrintReceipt{};
    case 43:
      return OpenRewards{};
    case 44:
      return OpenCoupon{};
    case 45:
    case 46:
      return ClaimReward{"kr-50", *rc::gen::inRange(-1, 2)};
    case 47:
      return DropCode{line()};
    case 48:
      return UsePoints{};
    case 49:
      return KeepPoints{};
    case 50:
      return OpenGiftCard{*rc::gen::element(StoredValue::gift_card, StoredValue::wallet)};
    case 51:
      return HoldSale{};
    case 52:
      return RecallSale{line()};
    case 53:
      return OpenAgain{};
    case 54:
      return OpenMore{};
    case 55:
      return OpenWhy{};
    case 56:
      return OpenHeldSales{};
    case 57:
      return OpenPeople{};
    case 58:
      return PickPerson{line()};
    case 59:
    case 60:
      return PickPurchase{line()};
    case 61:
    case 62:
      return ReturnPieces{line(), *rc::gen::inRange(-2, 3)};
    case 63:
      return ReturnAll{};
    case 64:
      return ChooseReason{ReturnReason::faulty};
    default:
      return StepDate{DateUnit::month, *rc::gen::inRange(-40, 40)};
  }
}

Event any_touch() {
  const int which = *rc::gen::inRange(0, 66);
  return which < 33 || which == 65 ? touch_of_anybody(which) : touch_of_staff(which);
}

Event any_scan() {
  return Scan{*rc::gen::element<std::string>(
      kettle_gtin, "BULB", "APPLE", ingrid_card, "NW8-0417731", other_receipt, last_receipt,
      "unknown-1", "\x07", "ONCE", "NEWHOME", "GOLD", "GC4417000012345678")};
}

bool same_goods(const Till& a, const Till& b) {
  return a.basket == b.basket && a.tenders == b.tenders && a.customer == b.customer;
}

/// What must hold after every single step.
void invariants(const Shop& shop) {
  const Session& s = shop.s;
  RC_ASSERT(s.visit.asked.size() <= reads_at_once);
  RC_ASSERT(s.visit.staff.has_value() || !s.till.member.has_value());
  RC_ASSERT(!s.visit.staff || !s.visit.member);
  const SaleFigures sums = totals(s.till, shop.ctx);
  if (s.till.quote) {
    const auto again = quote_of(s.till, shop.ctx, s.till.quoted_at);
    RC_ASSERT(again.ok() && *again == s.till.quote);
  }
  // A locked till forgets the quote with the member, and has it again with them.
  RC_ASSERT(s.till.quote.has_value() == !s.till.basket.lines.empty() || !s.visit.staff);
  RC_ASSERT(s.visit.staff.has_value() || !s.till.state.has_value());
  std::int64_t paid = 0;
  for (const Tender& t : s.till.tenders) paid += t.amount.minor;
  RC_ASSERT(!s.till.quote || paid <= sums.total.minor);
  const bool selling =
      holds_alternative<Sale>(s.visit.screen) || holds_alternative<Tendering>(s.visit.screen);
  RC_ASSERT(!selling || (s.visit.staff && s.device.shift));
  if (holds_alternative<Attract>(s.visit.screen) && s.visit.asked.empty() && !s.visit.notice)
    RC_ASSERT(s.visit == Visit{});
}

/// One random thing: a touch, a scan, time, or an answer (not always in order, sometimes a
/// failure).
void live_a_little(Shop& shop) {
  switch (*rc::gen::inRange(0, 12)) {
    case 0:
      shop.now.at = shop.now.at + std::chrono::milliseconds(*rc::gen::inRange(0, 150000));
      return shop.send(Tick{});
    case 1:
    case 2:
      return shop.send(any_scan());
    case 3:
    case 4:
    case 5: {
      if (shop.open.empty()) return;
      const auto at =
          static_cast<std::ptrdiff_t>(*rc::gen::inRange<std::size_t>(0, shop.open.size()));
      const Effect effect = shop.open[static_cast<std::size_t>(at)];
      shop.open.erase(shop.open.begin() + at);
      shop.disk_fault.reset();
      if (*rc::gen::inRange(0, 5) == 0)
        shop.disk_fault = Error{Failure::unavailable, "disk.full", "", "", ""};
      return shop.send(shop.answer_to(effect));
    }
    default:
      return shop.send(any_touch());
  }
}

/// Somebody who knows the way, so that random walks get past the PIN.
void start_somewhere(Shop& shop) {
  shop.publish_rewards();
  shop.state.wallet_minor = 20000;
  const char* card = "GC4417000012345678";
  shop.gift_cards[card] = {card, shop.nok("300"), {}, {}, GiftCardState::active, ""};
  shop.ingrid.last_purchases.push_back({});
  shop.customers.people = {{shop.ingrid.ref, "Ingrid Haugen", "4417"}};
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
      return shop.open_till();
    case 1:
      shop.open_till();
      shop.scan(kettle_gtin);
      shop.scan("BULB");
      return shop.act(Go{Place::tender});
    case 2:
      return shop.identify();
    default:
      return;
  }
}

}  // namespace

TEST_CASE("random lives keep every invariant") {
  CHECK(rc::check([] {
    Shop shop;
    start_somewhere(shop);
    const int steps = *rc::gen::inRange(0, 120);
    for (int i = 0; i < steps; ++i) {
      const Till before = shop.s.till;
      const bool frozen = shop.s.visit.pending.has_value();
      const std::size_t facts = shop.facts.size();
      const std::size_t held = shop.held.size();
      live_a_little(shop);
      invariants(shop);
      // Only what a write has done may move the goods under it: a fact, or a sale put aside or
      // recalled.
      const bool written = shop.facts.size() > facts || shop.held.size() != held;
      if (frozen && !written) RC_ASSERT(same_goods(before, shop.s.till));
    }
  }));
}

TEST_CASE("every visit that nobody touches ends without personal data") {
  CHECK(rc::check([] {
    Shop shop;
    start_somewhere(shop);
    const int steps = *rc::gen::inRange(0, 80);
    for (int i = 0; i < steps; ++i) live_a_little(shop);
    shop.disk_fault.reset();
    shop.answer_all();
    const Till kept = shop.s.till;
    for (int i = 0; i < 40; ++i) shop.wait(10s);
    for (int i = 0; i < 40; ++i) {
      const auto next = next_deadline(shop.s);
      if (!next) break;
      shop.now.at = std::max(shop.now.at, *next);
      shop.act(Tick{});
    }
    RC_ASSERT(next_deadline(shop.s) == std::nullopt);
    Visit locked;
    locked.screen = PinEntry{.digits = {}, .locked = true};
    RC_ASSERT(shop.s.visit == Visit{} || shop.s.visit == locked);
    RC_ASSERT(shop.s.visit == Visit{} || !shop.s.till.empty());
    RC_ASSERT(!shop.s.till.member.has_value());
    RC_ASSERT(same_goods(kept, shop.s.till));
  }));
}

TEST_CASE("deadlines are never needed twice") {
  CHECK(rc::check([] {
    Shop shop;
    start_somewhere(shop);
    const int steps = *rc::gen::inRange(0, 60);
    for (int i = 0; i < steps; ++i) live_a_little(shop);
    const auto next = next_deadline(shop.s);
    RC_PRE(next.has_value());
    shop.now.at = std::max(shop.now.at, *next);
    shop.send(Tick{});
    // A tick at the deadline uses it up: a loop that sleeps until the next one never spins.
    RC_ASSERT(next_deadline(shop.s) != next || *next > shop.now.at);
  }));
}

TEST_CASE("purchases that come of random sales are sound") {
  CHECK(rc::check([] {
    Shop shop;
    shop.open_till();
    const int lines = *rc::gen::inRange(1, 8);
    for (int i = 0; i < lines; ++i) {
      shop.scan(*rc::gen::element<std::string>(kettle_gtin, "BULB"));
      if (*rc::gen::inRange(0, 3) == 0) shop.act(AddPieces{0, *rc::gen::inRange(1, 5)});
    }
    if (*rc::gen::inRange(0, 2) == 0) shop.scan(ingrid_card);
    const Money total = totals(shop.s.till, shop.ctx).total;
    shop.act(Go{Place::tender});
    for (int i = 0; i < 30 && shop.screen<Tendering>() != nullptr; ++i) {
      const bool card = *rc::gen::inRange(0, 2) == 0;
      shop.act(ChooseTender{card ? TenderKind::card : TenderKind::cash});
      if (i < 15) shop.type(std::to_string(*rc::gen::inRange(1, 2000)));
      shop.act(Edit{Field::reference});
      if (card) shop.type("ref");
      shop.act(Submit{});
    }
    RC_ASSERT(shop.screen<SaleDone>() != nullptr);
    const auto& purchase = get<Purchase>(shop.facts.back());
    RC_ASSERT(check(purchase).ok());
    RC_ASSERT(purchase.total == total);
    std::int64_t given = 0;
    for (const Tender& t : purchase.tenders) given += t.tendered.minor - t.amount.minor;
    RC_ASSERT(given == shop.screen<SaleDone>()->change.minor);
    RC_ASSERT(purchase.points_earned == shop.screen<SaleDone>()->earned);
  }));
}

TEST_CASE(
    "whatever is brought back in whatever parts, at the end it is the sale: money and points") {
  CHECK(rc::check([] {
    Shop shop;
    shop.ctx.cash_step = {1};
    shop.open_till();
    shop.scan(ingrid_card);
    const int lines = *rc::gen::inRange(1, 6);
    for (int i = 0; i < lines; ++i) {
      shop.scan(*rc::gen::element<std::string>(kettle_gtin, "BULB"));
      if (*rc::gen::inRange(0, 3) == 0) shop.act(AddPieces{0, *rc::gen::inRange(1, 5)});
    }
    shop.act(Go{Place::tender});
    if (shop.screen<Sale>() != nullptr) shop.act(KeepPoints{});
    shop.act(Submit{});
    RC_ASSERT(shop.screen<SaleDone>() != nullptr);
    const std::size_t sold_at = shop.facts.size();
    const auto purchase = get<Purchase>(shop.facts.back());
    const FactId sold = shop.screen<SaleDone>()->id;
    shop.act(Submit{});
    for (int visit = 0; visit < 100; ++visit) {
      shop.act(Go{Place::returns});
      shop.type(std::to_string(sold.seq()));
      shop.act(Submit{});
      RC_ASSERT(shop.screen<Returning>() != nullptr);
      if (visit < 20)
        shop.act(ReturnPieces{*rc::gen::inRange<std::size_t>(0, purchase.lines.size()),
                              *rc::gen::inRange(-1, 4)});
      else
        shop.act(ReturnAll{});
      if (!shop.screen<Returning>()->draft && visit >= 20) break;
      shop.act(Submit{});
      shop.act(Go{Place::sale});
    }
    std::int64_t money = 0;
    std::int64_t points = 0;
    for (std::size_t n = sold_at; n < shop.facts.size(); ++n) {
      const auto& back = get<Return>(shop.facts[n]);
      RC_ASSERT(check(back).ok());
      money += back.total.minor;
      points += back.points_reversed.hundredths;
    }
    RC_ASSERT(money == purchase.total.minor);
    RC_ASSERT(points == purchase.points_earned.hundredths);
  }));
}
