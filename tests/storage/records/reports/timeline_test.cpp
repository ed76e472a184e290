// One timeline per customer of everything that happens: no kind of fact may be forgotten.
#include <algorithm>
#include <doctest/doctest.h>
#include <set>

#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/chain_settings.hpp"
#include "storage/domain/customer/dormancy.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/code_list.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/loyalty/level_grant.hpp"
#include "storage/domain/loyalty/lots.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/catalogue_request.hpp"
#include "storage/domain/sale/loyalty_result.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/staff/settlement.hpp"
#include "storage/domain/staff/staff_change.hpp"
#include "storage/domain/values/overloaded.hpp"
#include "storage/domain/warranty/warranty.hpp"
#include "storage/services/customer_files.hpp"
#include "storage/services/expiry.hpp"
#include "storage/vault/vault.hpp"
#include "tests/support/covers.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

enum class Whose { customers, nobodys };

/// Whatever is not named here happens to somebody and must stand on their timeline.
Whose whose(const Fact& fact) {
  return visit(Overloaded{[](const Programme&) { return Whose::nobodys; },
                          [](const CatalogueChange&) { return Whose::nobodys; },
                          [](const CatalogueRequest&) { return Whose::nobodys; },
                          [](const CodesAdded&) { return Whose::nobodys; },
                          [](const CodesDealt&) { return Whose::nobodys; },
                          [](const ShiftOpening&) { return Whose::nobodys; },
                          [](const ShiftClosing&) { return Whose::nobodys; },
                          [](const StaffChange&) { return Whose::nobodys; },
                          [](const ChainSettings&) { return Whose::nobodys; },
                          // A gift card is its holder's, whom nobody knows.
                          [](const GiftCardChange&) { return Whose::nobodys; },
                          [](const GiftCardStatement&) { return Whose::nobodys; },
                          // What a store keeps of somebody is nothing that happened to them.
                          [](const DormancyChange&) { return Whose::nobodys; },
                          [](const ExceptionSettled& settled) {
                            return settled.decision == Decision::debt ? Whose::customers
                                                                      : Whose::nobodys;
                          },
                          [](const auto&) { return Whose::customers; }},
               fact);
}

/// A shop where every kind of fact happens, to `ref` if to anybody.
struct Walk : Shop {
  CustomerRef ref, other;
  std::set<FactType> seen;

  Actor hand() {
    clock.advance(std::chrono::seconds(1));
    return {"marit", clock.local_now()};
  }

  std::vector<TimelineEntry> entries(const FactId& fact, const CustomerRef& of) {
    auto all = reader()->timeline(of, {}, 200);
    REQUIRE_MESSAGE(all.ok(), why(all));
    std::erase_if(*all, [&](const TimelineEntry& each) { return each.place.fact != fact; });
    return *all;
  }

  FactId happens(const Fact& fact) {
    const FactId id = record(fact);
    check(id, type_of(fact), whose(fact));
    return id;
  }
  FactId happens(const Result<FactId>& id, FactType type) {
    REQUIRE_MESSAGE(id.ok(), why(id));
    check(*id, type, Whose::customers);
    return *id;
  }
  void check(const FactId& id, FactType type, Whose of) {
    CAPTURE(name_of(type));
    seen.insert(type);
    const auto told = entries(id, ref);
    CHECK(told.empty() == (of == Whose::nobodys));
    for (const TimelineEntry& each : told) CHECK(name_of(each.kind) != "unknown");
  }

  void enrol_two() {
    Profile profile;
    profile.name = "Ingrid Haugen";
    ref = enrol(profile, "C-1");
    const auto since = reader()->timeline(ref, {}, 10);
    check(since->front().place.fact, FactType::customer_enrolled, Whose::customers);
    profile.name = "Inger Haugen";
    other = enrol(profile);
  }

  /// Gives up points of `sold`; what a run of expiry takes is told otherwise.
  void leave(PointsExpired run, const FactId& sold) {
    run.lots = {{ref, {sold, 0}, {100}}};
    run.cause = ExpiryCause::withdrawal;
    const auto left = entries(happens(run), ref);
    REQUIRE(left.size() == 1);
    CHECK(left[0].kind == TimelineKind::given_up);
    CHECK(left[0].points == Points{-100});
  }

  void register_item() {
    WarrantyRegistration registered;
    registered.article = "1001";
    registered.article_name = "Lamp";
    registered.maker = "Nordlys";
    registered.serial = registered.serial_typed = "SN1";
    registered.covers = test::covered(std::chrono::year(2026) / 11 / 21, 24);
    registered.customer = ref;
    registered.at = clock.local_now();
    CoverBegun delivered;
    delivered.registration = happens(registered);
    delivered.event = CoverStart::delivery;
    delivered.covers = begun_on(std::chrono::year(2026) / 12 / 1, registered.covers);
    delivered.customer = ref;
    delivered.at = clock.local_now();
    const FactId begun = happens(delivered);
    CHECK(entries(begun, ref)[0].kind == TimelineKind::cover_begun);
    CHECK(entries(begun, ref)[0].text == "Lamp, SN1");
    CHECK(entries(begun, other).empty());
  }

  void trade() {
    happens(programme(1));
    happens(CatalogueChange{{article("1001", "Lamp")}, {}});
    happens(CatalogueRequest{PriceWish{"1001", {12'000}}, "marit", clock.local_now()});
    happens(StaffChange{{"anna", StaffRole::none, {}, {}, {}}, "marit", clock.local_now()});
    const FactId list =
        happens(CodesAdded{clock.local_now(), "anna", "autumn", {"AUT-1", "AUT-2"}});
    happens(CodesDealt{clock.local_now(), "autumn", list, 0, 1, {1}});
    const FactId shift = happens(ShiftOpening{clock.local_now(), "anna", kroner(0)});
    enrol_two();
    Purchase bought = purchase(clock, {line("1001", 2, 10'000)});
    bought.customer = ref;
    bought.programme_version = 1;
    bought.points_earned = {2000};
    const FactId sold = happens(bought);
    Return back = bring_back(clock, bought, sold, 0, 1);
    back.tenders[0].amount.minor += 39;  // to whole coins
    back.tenders[0].tendered = back.tenders[0].amount;
    CHECK(entries(happens(back), ref).at(0).amount == back.tenders[0].amount);
    register_item();
    LoyaltyEvent event;
    event.at = clock.local_now();
    event.customer = ref;
    event.currency = nok();
    event.programme_version = 1;
    event.event = "survey";
    event.points_earned = {500};
    event.loyalty.rules = {{"survey", {500}}};
    event.loyalty.issued = {{{500}, std::nullopt}};
    event.loyalty.to_wallet = event.loyalty.paid_out = kroner(0);
    happens(event);
    PointsExpired expired;
    expired.at = clock.local_now();
    expired.as_of = clock.local_now().date();
    expired.currency = nok();
    expired.lots = {{ref, {sold, 0}, {300}}};
    const FactId run = happens(expired);
    const auto told = entries(run, ref);
    REQUIRE(told.size() == 1);
    CHECK(told[0].kind == TimelineKind::expired);
    CHECK(told[0].points == Points{-300});
    CHECK(entries(run, other).empty());
    leave(expired, sold);
    Purchase gift = purchase(clock, {line("GIFT", 1, 20'000)});
    gift.top_ups = {{0, StoredValue::gift_card, "GIFT000001", kroner(20'000), std::nullopt}};
    record(gift);
    happens(
        GiftCardChange{clock.local_now(), "anna", "GIFT000001", GiftCardState::blocked, "lost"});
    const FactId blocked =
        happens(WalletChange{clock.local_now(), "anna", ref, WalletState::blocked, "lost phone"});
    CHECK(entries(blocked, ref)[0].kind == TimelineKind::wallet_blocked);
    CHECK(entries(blocked, ref)[0].text == "lost phone");
    CHECK(entries(blocked, other).empty());
    LevelGranted level{clock.local_now(), "marit", ref, "gold", std::nullopt, "opening guest"};
    const FactId given = happens(level);
    CHECK(entries(given, ref)[0].kind == TimelineKind::level_given);
    CHECK(entries(given, ref)[0].text == "gold: opening guest");
    level.level.clear();
    CHECK(entries(happens(level), ref)[0].kind == TimelineKind::level_ended);
    const auto cash = reader()->open_shift();
    happens(ShiftClosing{clock.local_now(), "anna", shift, (*cash)->expected, kroner(0)});
  }

  /// Of a fact that is not here: what is said may come first.
  void settle_exceptions() {
    const FactId of = FactId::make({1}, {7}, {1}, 1);
    const ExceptionSettled debt{{of, "points.short"}, Decision::debt, ref,
                                Points{200},          "agreed",       "marit",
                                clock.local_now()};
    CHECK(entries(happens(debt), ref)[0].kind == TimelineKind::debt_added);
    happens(ExceptionSettled{{of, "shift.expected"}, Decision::noted, {}, {}, "", "marit", {}});
  }

  void change_details() {
    settle_exceptions();
    const auto changed = change_customer(*book, ref, {{{"household", "2"}}, {}, {}}, hand());
    REQUIRE(changed.ok());
    happens(**changed, FactType::customer_changed);
    happens(
        change_consents(*book, ref,
                        {{ConsentPurpose::marketing, true, "marketing-1", "nb", clock.local_now()}},
                        "till", hand()),
        FactType::consent_changed);
    happens(add_note(*book, ref, "prefers lamps", hand()), FactType::note_added);
    happens(set_member_pin(*book, ref, "4711", hand()), FactType::member_pin_changed);
    const std::string pdf = "%PDF-1.4 a receipt";
    happens(attach_file(*book, ref, {FileKind::invoice, "receipt", pdf}, hand()),
            FactType::file_attached);
    happens(remove_file(*book, ref, sha256(pdf), hand()), FactType::file_removed);
  }
};

}  // namespace

TEST_CASE("every kind of fact that happens to a customer is on the timeline") {
  Walk walk;
  walk.trade();
  walk.change_details();
  const FactId apart = walk.happens(tell_apart(*walk.book, walk.ref, walk.other, walk.hand()),
                                    FactType::customers_told_apart);
  const FactId merge =
      walk.happens(merge_customers(*walk.book, walk.other, walk.ref, "by hand", walk.hand()),
                   FactType::customers_merged);
  CHECK(walk.entries(apart, walk.other).size() == 1);
  const FactId undone =
      walk.happens(undo_merge(*walk.book, merge, walk.hand()), FactType::merge_undone);
  // What was done to two is told of either.
  for (const FactId& each : {apart, merge, undone})
    CHECK(walk.entries(each, walk.other).size() == 1);
  REQUIRE(walk.book->erase(walk.ref, "request", "marit").ok());
  const auto after = walk.reader()->timeline(walk.ref, {}, 200);
  REQUIRE(after.ok());
  CHECK(after->front().kind == TimelineKind::erased);
  walk.check(after->front().place.fact, FactType::customer_erased, Whose::customers);
  // Purchases stay for the sums; nobody's name is with them.
  CHECK(std::ranges::any_of(*after,
                            [](const auto& each) { return each.kind == TimelineKind::purchase; }));
  // A new kind of fact has to be done here too.
  // Of all but what head office alone says.
  CHECK(walk.seen.size() == size_of<AnyFact> - 3);  // settings, statements, dormancy
}

TEST_CASE("stored value and rewards stand on the timeline") {
  Walk walk;
  walk.record(programme(1));
  walk.enrol_two();
  Purchase bought = purchase(walk.clock, {line("WALLET", 1, 20'000), line("GIFT", 1, 5'000)});
  bought.customer = walk.ref;
  bought.programme_version = 1;
  const Date last = walk.clock.local_now().date();
  bought.top_ups = {{0, StoredValue::wallet, "", kroner(20'000), last},
                    {1, StoredValue::gift_card, "GIFT001234", kroner(5'000), std::nullopt}};
  bought.points_earned = {2000};
  bought.loyalty = LoyaltyResult{};
  bought.loyalty->rules = {{"base", {2000}}};
  bought.loyalty->issued = {{{2000}, std::nullopt}};
  bought.loyalty->lines = {{kroner(20'000), {2000}, {}}, {kroner(5'000), {}, {}}};
  bought.loyalty->to_wallet = bought.loyalty->paid_out = kroner(0);
  const FactId sold = walk.record(bought);
  LoyaltyEvent claimed;
  claimed.at = walk.clock.local_now();
  claimed.customer = walk.ref;
  claimed.currency = nok();
  claimed.programme_version = 1;
  claimed.loyalty.rewards = {{"five-off", "", 1, {1000}, kroner(500), {}}};
  claimed.loyalty.used = {{{sold, 0}, {1000}}};
  claimed.loyalty.to_wallet = kroner(500);
  claimed.loyalty.paid_out = kroner(0);
  const FactId claim = walk.record(claimed);
  const auto told = walk.entries(sold, walk.ref);
  REQUIRE(told.size() == 3);
  CHECK(told[0].kind == TimelineKind::gift_card);
  CHECK(told[0].text == "1234");
  CHECK(told[0].amount == kroner(5'000));
  CHECK(told[1].kind == TimelineKind::wallet_filled);
  CHECK(told[1].text == "");
  CHECK(told[1].amount == kroner(20'000));
  CHECK(told[2].kind == TimelineKind::purchase);
  const auto reward = walk.entries(claim, walk.ref);
  REQUIRE(reward.size() == 1);  // the claim itself has no more to say
  CHECK(reward[0].kind == TimelineKind::reward);
  CHECK(reward[0].text == "five-off");
  CHECK(reward[0].amount == kroner(500));
  CHECK(reward[0].points == Points{-1000});

  walk.clock.advance(std::chrono::days(2));
  const auto run = run_expiry(*walk.book, {}, walk.clock.local_now());
  REQUIRE(run.ok());
  REQUIRE(run->facts.size() == 1);
  const auto expired = walk.entries(run->facts[0], walk.ref);
  REQUIRE(expired.size() == 1);
  CHECK(expired[0].kind == TimelineKind::wallet_expired);
  CHECK(expired[0].amount == kroner(20'000));  // the reward stands by itself
  // Pages of one entry each miss none.
  std::size_t n = 0;
  std::optional<TimelinePlace> from;
  while (true) {
    const auto page = walk.reader()->timeline(walk.ref, from, 1);
    REQUIRE(page.ok());
    if (page->empty()) break;
    from = page->front().place;
    ++n;
  }
  CHECK(n == walk.reader()->timeline(walk.ref, {}, 200)->size());
  CHECK(findings_of(walk.data()) == "");
}

TEST_CASE("what expired is told of whom it was taken from before and after a merge") {
  Walk walk;
  walk.record(programme(1));
  walk.enrol_two();
  Purchase bought = purchase(walk.clock, {line("1001", 1, 10'000)});
  bought.customer = walk.ref;
  bought.programme_version = 1;
  bought.points_earned = {1000};
  const FactId sold = walk.record(bought);
  const auto expire = [&](const CustomerRef& owner, std::int64_t points) {
    PointsExpired expired;
    expired.at = walk.clock.local_now();
    expired.as_of = walk.clock.local_now().date();
    expired.currency = nok();
    expired.lots = {{owner, {sold, 0}, {points}}};
    return walk.record(expired);
  };
  const FactId first = expire(walk.ref, 100);
  const auto merge = merge_customers(*walk.book, walk.other, walk.ref, "by hand", walk.hand());
  REQUIRE(merge.ok());
  CHECK(walk.entries(first, walk.other).size() == 1);
  const FactId second = expire(walk.other, 200);
  REQUIRE(undo_merge(*walk.book, *merge, walk.hand()).ok());
  CHECK(walk.entries(first, walk.ref).size() == 1);
  CHECK(walk.entries(first, walk.other).empty());
  const auto told = walk.entries(second, walk.other);
  REQUIRE(told.size() == 1);  // it was theirs then
  CHECK(told[0].points == Points{-200});
}
