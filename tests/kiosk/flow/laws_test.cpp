// Whatever comes in whatever order: the guarantees of reduce.hpp hold.
#include <array>
#include <doctest/doctest.h>
#include <functional>
#include <rapidcheck.h>

#include "kiosk/flow/sale/quoting.hpp"
#include "storage/domain/customer/customer.hpp"
#include "storage/domain/customer/phone.hpp"
#include "storage/domain/sale/return.hpp"
#include "tests/kiosk/flow/arbitrary_events.hpp"
#include "tests/kiosk/flow/reach.hpp"

using namespace keepsake;
using namespace keepsake::flow;

namespace {

bool same_goods(const Till& a, const Till& b) {
  return a.basket == b.basket && a.tenders == b.tenders && a.customer == b.customer;
}

// ---- what each screen relies on about itself and the till

void sound(const Shop&, const auto&) {}

void sound(const Shop& shop, const Sale& sale) {
  const Till& till = shop.s.till;
  const std::size_t lines = till.basket.lines.size();
  RC_ASSERT(!sale.touched || *sale.touched < lines);
  if (const auto* pane = get_if<SerialPane>(&sale.pane)) RC_ASSERT(pane->line < lines);
  if (const auto* pane = get_if<QuantityPane>(&sale.pane)) RC_ASSERT(pane->line < lines);
  // What is shown of the quote is of the quote as it stands.
  if (const auto* pane = get_if<RewardsPane>(&sale.pane))
    RC_ASSERT(pane->offers == offers_of(till, shop.ctx, till.quoted_at));
  if (const auto* pane = get_if<ChoicePane>(&sale.pane))
    RC_ASSERT(std::optional(*pane) == choice_of(till, shop.ctx, till.quoted_at));
}

void sound(const Shop&, const Returning& returning) {
  RC_ASSERT(returning.basis != nullptr);
  RC_ASSERT(returning.chosen.size() == returning.sold().purchase.lines.size());
  for (std::size_t i = 0; i < returning.chosen.size(); ++i)
    RC_ASSERT(returning.chosen[i] <= left_of(returning.sold(), i));
}

void sound(const Shop& shop, const Join& join) {
  RC_ASSERT(shop.s.visit.staff || join.similar.empty());
  // "Is this you?" is asked about the phone in the field.
  if (!join.known) return;
  const auto phone = normalise_phone(join.phone, shop.ctx.calling_code, shop.ctx.country);
  RC_ASSERT(phone.ok() && *phone == shop.ingrid.profile.phone);
}

void sound(const Shop& shop, const CustomerPage& page) {
  RC_ASSERT(!page.asking_wallet || (page.seen && page.seen->standing));
  RC_ASSERT(!page.undoing || shop.s.visit.staff->manager);
  RC_ASSERT(!page.file || (page.seen && *page.file < page.seen->files.size()));
}

void sound(const Shop& shop, const MergeReview& review) {
  RC_ASSERT(shop.s.visit.staff->manager);
  RC_ASSERT(review.pairs.empty() || review.at < review.pairs.size());
  RC_ASSERT(!review.asking || review.pair);
  // Whoever makes two people one has these two before their eyes.
  if (!review.pair) return;
  RC_ASSERT(!review.pairs.empty());
  RC_ASSERT(review.pair->one.view.ref == review.pairs[review.at].one);
  RC_ASSERT(review.pair->other.view.ref == review.pairs[review.at].other);
}

void sound(const Shop& shop, const StaffList& list) {
  RC_ASSERT(shop.s.visit.staff->manager);
  if (!list.form) return;
  RC_ASSERT(!list.form->removing || !list.form->id.empty());
  RC_ASSERT(!list.form->removing || !list.form->pin);
}

void sound(const Shop& shop, const ArticlePage& page) {
  RC_ASSERT(shop.s.visit.staff->manager);
  if (!page.form) return;
  RC_ASSERT(page.desk.has_value());
  RC_ASSERT(!page.form->priced || page.form->step == ArticleForm::Step::price);
}

void sound(const Shop& shop, const ExceptionPage& page) {
  RC_ASSERT(shop.s.visit.staff->manager);
  RC_ASSERT(!page.chosen || *page.chosen < page.open.size());
  RC_ASSERT(!page.asking || page.chosen);
}

void sound(const Shop&, const MyData& data) {
  RC_ASSERT(!data.asking || !data.choosing);
  RC_ASSERT(data.seen || (!data.asking && !data.choosing));
}

void sound_till(const Shop& shop) {
  const Session& s = shop.s;
  const SaleFigures sums = totals(s.till, shop.ctx);
  if (s.till.quote) {
    const auto again = quote_of(s.till, shop.ctx, s.till.quoted_at);
    RC_ASSERT(again.ok() && *again == s.till.quote);
  }
  // A locked till forgets the quote with the member, and has it again with them.
  RC_ASSERT(s.till.quote.has_value() == !s.till.basket.lines.empty() || !s.visit.staff ||
            !s.till.request.claims.empty());
  RC_ASSERT(s.visit.staff.has_value() || !s.till.state.has_value());
  std::int64_t paid = 0;
  for (const Tender& t : s.till.tenders) {
    paid += t.amount.minor;
    RC_ASSERT(t.amount.currency == shop.ctx.currency);
  }
  RC_ASSERT(!s.till.quote || paid <= sums.total.minor);
}

/// What must hold after every single step.
void invariants(const Shop& shop) {
  const Session& s = shop.s;
  RC_ASSERT(s.visit.asked.size() <= reads_at_once);
  RC_ASSERT(!s.visit.pending || s.visit.asked.empty());
  RC_ASSERT(s.visit.staff.has_value() || !s.till.member.has_value());
  RC_ASSERT(!s.visit.staff || !s.visit.member);
  // A member's own pages are opened by their card or PIN, and staff vouch for somebody.
  RC_ASSERT(!s.visit.member || s.visit.recognised.proof == Proof::card ||
            s.visit.recognised.proof == Proof::pin);
  RC_ASSERT(!s.visit.proving || (s.visit.staff && !s.visit.proving->customer.nobody()));
  sound_till(shop);
  visit([&](const auto& screen) { sound(shop, screen); }, s.visit.screen);
  const bool selling =
      holds_alternative<Sale>(s.visit.screen) || holds_alternative<Tendering>(s.visit.screen);
  RC_ASSERT(!selling || (s.visit.staff && s.device.shift));
  if (holds_alternative<Attract>(s.visit.screen) && s.visit.asked.empty() && !s.visit.notice)
    RC_ASSERT(s.visit == Visit{});
}

/// How often each alternative came up, by its place in its list.
struct Seen {
  std::array<int, size_of<AnyEvent>> events{};
  std::array<int, size_of<AnyQuestion>> questions{};
  std::array<int, size_of<AnyScreen>> screens{};
  std::array<int, size_of<AnySalePane>> panes{};
  std::array<int, test::enumerators<Place>.size()> places{};
  std::array<int, test::enumerators<Field>.size()> fields{};

  void count(const Event& event) {
    ++events[event.index()];
    if (const auto* go = get_if<Go>(&event)) ++places[static_cast<std::size_t>(go->place)];
    if (const auto* edit = get_if<Edit>(&event)) ++fields[static_cast<std::size_t>(edit->field)];
  }
  void count(const Screen& screen) {
    ++screens[screen.index()];
    if (const auto* sale = get_if<Sale>(&screen)) ++panes[sale->pane.index()];
  }
};

/// The next answer, not always in order and sometimes a failure.
Event any_answer(Shop& shop, Seen& seen) {
  const std::size_t at = any_below(shop.open.size());
  const Effect effect = shop.open[at];
  shop.open.erase(shop.open.begin() + static_cast<std::ptrdiff_t>(at));
  if (effect.index() < size_of<AnyQuestion>) ++seen.questions[effect.index()];
  shop.disk_fault.reset();
  if (any_below(5) == 0) shop.disk_fault = Error{Failure::unavailable, "disk.full", "", "", ""};
  // What was saved stands whatever the read after it says; that one may fail by itself.
  shop.customers.seen.standing.reset();
  if (any_below(4) != 0) shop.customers.seen.standing.emplace();
  return shop.answer_to(effect);
}

/// One thing, and what must hold about what it moves.
void step(Shop& shop, Seen& seen, const std::function<Event()>& thing) {
  const Till before = shop.s.till;
  const bool frozen = shop.s.visit.pending.has_value();
  const std::size_t facts = shop.facts.size();
  const std::size_t held = shop.held.size();
  const Event event = thing();
  shop.send(event);
  seen.count(event);
  seen.count(shop.s.visit.screen);
  invariants(shop);
  // Only what a write has done may move the goods under it: a fact, or a sale put aside or recalled.
  const bool written = shop.facts.size() > facts || shop.held.size() != held;
  if (frozen && !written) RC_ASSERT(same_goods(before, shop.s.till));
}

void answer_all(Shop& shop, Seen& seen) {
  while (!shop.open.empty()) step(shop, seen, [&] { return any_answer(shop, seen); });
}

/// Something random.
void live_a_little(Shop& shop, Seen& seen) {
  const std::size_t which = any_below(16);
  if (which == 0) {
    for (const Event& event : any_habit()) {
      step(shop, seen, [&] { return event; });
      answer_all(shop, seen);
    }
  } else if (which < 4) {
    step(shop, seen, [&] { return any_news(shop); });
  } else if (which < 8 && !shop.open.empty()) {
    step(shop, seen, [&] { return any_answer(shop, seen); });
  } else {
    step(shop, seen, [&] { return any_touch(shop.s.visit.screen); });
  }
}

/// From a screen of T on.
template <class T>
void live_from(std::size_t most_steps, Seen& seen, const std::function<void(Shop&)>& then) {
  Shop shop;
  furnish(shop);
  reach(std::type_identity<T>(), shop);
  RC_ASSERT(shop.screen<T>() != nullptr);
  seen.count(shop.s.visit.screen);
  const std::size_t steps = any_below(most_steps);
  for (std::size_t i = 0; i < steps; ++i) live_a_little(shop, seen);
  then(shop);
}

/// One life from each screen there is.
template <class... Ts>
void live_from_each(
    Types<Ts...>, std::size_t most_steps, Seen& seen,
    const std::function<void(Shop&)>& then = [](Shop&) {}) {
  (live_from<Ts>(most_steps, seen, then), ...);
}

/// The places in their list of those that never came up.
template <std::size_t n>
std::string never(const std::array<int, n>& counts) {
  std::string places;
  for (std::size_t i = 0; i < n; ++i)
    if (counts[i] == 0) places += std::to_string(i) + " ";
  return places;
}

}  // namespace

TEST_CASE("random lives from every screen keep every invariant, and nothing there is is left out") {
  Seen seen;
  CHECK(rc::check([&] { live_from_each(AnyScreen(), 120, seen); }));
  CHECK(never(seen.screens) == "");
  CHECK(never(seen.places) == "");
  CHECK(never(seen.fields) == "");
  CHECK(never(seen.panes) == "");
  CHECK(never(seen.questions) == "");
  CHECK(never(seen.events) == "");
}

TEST_CASE("every visit that nobody touches ends without personal data") {
  Seen seen;
  CHECK(rc::check([&] {
    live_from_each(AnyScreen(), 60, seen, [](Shop& shop) {
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
    });
  }));
}

TEST_CASE("deadlines are never needed twice") {
  Seen seen;
  CHECK(rc::check([&] {
    live_from_each(AnyScreen(), 60, seen, [](Shop& shop) {
      const auto next = next_deadline(shop.s);
      if (!next) return;
      shop.now.at = std::max(shop.now.at, *next);
      shop.send(Tick{});
      // A tick at the deadline uses it up: a loop that sleeps until the next one never spins.
      RC_ASSERT(next_deadline(shop.s) != next || *next > shop.now.at);
    });
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
