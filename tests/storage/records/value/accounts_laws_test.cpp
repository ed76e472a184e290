// Whatever comes in whatever order, each owner's postings of a fact are zero, what left one owner came to
// another, and an older book's ledger becomes the same.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/domain/customer/change.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/staff/settlement.hpp"
#include "storage/records/value/points_ledger.hpp"
#include "tests/storage/records/centre.hpp"
#include "tests/support/crash_vfs.hpp"
#include "tests/support/older_records.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

/// Head office hears of what tills did without asking it: every kind of fact that posts, also of lots
/// that are another's by now and of money that was never there.
struct Chain {
  Centre centre;
  std::vector<CustomerRef> people;
  std::vector<std::pair<FactId, Purchase>> sold;
  std::vector<FactId> merges;
  std::map<std::string, int> noted;

  Chain() {
    centre.take("Bergen", 1, programme());
    for (int n = 0; n < 4; ++n) people.push_back(centre.enrol("Bergen", 1));
  }

  CustomerRef someone() { return *rc::gen::elementOf(people); }
  /// The first two may be one person, and the other two; nobody else ever.
  bool may_be_one(const CustomerRef& a, const CustomerRef& b) const {
    const auto place = [&](const CustomerRef& ref) {
      return std::ranges::find(people, ref) - people.begin();
    };
    return place(a) / 2 == place(b) / 2;
  }
  /// The lots of a purchase, and who takes them: who bought, or somebody who never was the same person.
  std::pair<FactId, CustomerRef> some_lots() {
    const auto& [id, bought] = *rc::gen::elementOf(sold);
    const CustomerRef taker = someone();
    return {id, may_be_one(taker, bought.customer) ? bought.customer : taker};
  }
  std::string some_card() {
    return *rc::gen::element<std::string>("GIFT0001", "GIFT0002", "GIFT0003");
  }
  std::optional<Date> some_day() {
    if (*rc::gen::arbitrary<bool>()) return std::nullopt;
    return from_days(to_days(centre.clock.local_now().date()) + *rc::gen::inRange(0, 40));
  }

  FactId take(const Fact& fact) {
    centre.clock.advance(std::chrono::hours(*rc::gen::inRange(0, 100)));
    const FactId id = centre.next_id(static_cast<std::uint32_t>(*rc::gen::inRange(1, 4)));
    for (const std::string& code :
         centre.take(*rc::gen::element<std::string>("Bergen", "Oslo"), id, fact))
      ++noted[code];
    return id;
  }

  void sell() {
    Purchase bought = centre.sale(*rc::gen::inRange(1, 4));
    bought.customer = someone();
    bought.programme_version = 1;
    bought.points_earned = {*rc::gen::inRange(0, 3) * 500};
    if (*rc::gen::arbitrary<bool>())
      bought.top_ups = {{0, StoredValue::wallet, "", bought.total, some_day()}};
    else if (*rc::gen::arbitrary<bool>())
      bought.top_ups = {{0, StoredValue::gift_card, some_card(), bought.total, some_day()}};
    const Money half{bought.total.minor / 2, nok()};
    const Money rest{bought.total.minor - half.minor, nok()};
    const auto by = [&](TenderKind kind, Money amount) -> Tender {
      return {kind, amount, amount, kind == TenderKind::gift_card ? some_card() : ""};
    };
    const auto some_kind = [] {
      return *rc::gen::element(TenderKind::cash, TenderKind::wallet, TenderKind::gift_card);
    };
    bought.tenders = {by(some_kind(), half), by(some_kind(), rest)};
    sold.emplace_back(take(bought), bought);
  }

  void take_back() {
    if (sold.empty()) return;
    const auto& [id, from] = *rc::gen::elementOf(sold);
    Return back = bring_back(centre.clock, from, id, 0, 1);
    back.points_reversed = {*rc::gen::inRange(0, 3) * 300};
    if (*rc::gen::arbitrary<bool>()) back.tenders.front().kind = TenderKind::wallet;
    const auto& [other, of_other] = *rc::gen::elementOf(sold);
    if (of_other.customer == from.customer || !may_be_one(of_other.customer, from.customer)) {
      ReturnResult result;
      if (back.points_reversed.hundredths > 0) result.taken = {{{id, 0}, back.points_reversed}};
      result.restored = {{{other, 0}, {300}}};
      result.given_back = {300};
      back.loyalty = result;
    }
    take(back);
  }

  void claim() {
    if (sold.empty()) return;
    LoyaltyEvent event;
    event.at = centre.clock.local_now();
    const auto [lots, taker] = some_lots();
    event.customer = taker;
    event.currency = nok();
    event.programme_version = 1;
    event.loyalty.paid_out = kroner(0);
    event.loyalty.to_wallet = kroner(*rc::gen::inRange(0, 2) * 700);
    event.loyalty.used = {{{lots, 0}, {*rc::gen::inRange(1, 900)}}};
    take(event);
  }

  void expire() {
    PointsExpired run{centre.clock.local_now(), centre.clock.local_now().date(), nok(), {}, {}};
    for (const auto& [id, bought] : sold)
      if (*rc::gen::inRange(0, 4) == 0) run.lots.push_back({someone(), {id, 0}, {400}});
    run.cards = {{some_card(), kroner(500)}};
    run.wallets = {{someone(), kroner(500)}};
    take(run);
  }

  void settle() {
    static constexpr Sql lacking{"test.lacking",
                                 "SELECT fact, code, unit, owner, amount FROM shortfall"
                                 " WHERE kind IN (1, 11) ORDER BY fact DESC LIMIT 1"};
    ExceptionSettled settled;
    {
      auto row = centre.database->query(lacking);
      if (!row->step()) return;
      settled.exception = {records::fact_id(*row, 0), std::string(row->text(1))};
      settled.decision = Decision::debt;
      settled.customer = records::customer_ref(*row, 3);
      if (row->text(2) == "points")
        settled.owed = Points{row->integer(4)};
      else
        settled.owed = kroner(row->integer(4));
    }
    settled.reason = "agreed";
    settled.at = centre.clock.local_now();
    take(settled);
  }

  void merge() {
    const CustomerRef one = someone(), other = someone();
    if (may_be_one(one, other))
      merges.push_back(take(CustomerMerge{one, other, "phone", "anna", centre.clock.local_now()}));
  }

  void step() {
    switch (*rc::gen::inRange(0, 13)) {
      case 0:
        merge();
        break;
      case 1:
        if (!merges.empty())
          take(MergeUndoing{*rc::gen::elementOf(merges), "anna", centre.clock.local_now()});
        break;
      case 2:
      case 3:
      case 4:
        take_back();
        break;
      case 5:
      case 6:
        claim();
        break;
      case 7:
        expire();
        break;
      case 8:
        settle();
        break;
      default:
        sell();
    }
  }

  /// Facts that leave something over at an owner.
  std::int64_t unbalanced() {
    return centre.number(
        "SELECT count(*) FROM (SELECT 1 FROM posting GROUP BY fact, owner, unit"
        " HAVING sum(amount) <> 0)");
  }
};

}  // namespace

TEST_CASE("the postings of a fact are zero for each owner, and older books come to the same") {
  std::map<std::string, int> noted;
  std::int64_t moved = 0;
  const bool holds = rc::check("accounts", [&] {
    const CrashDisk disk;  // for its speed only
    Chain chain;
    for (int n = 0; n < 40; ++n) chain.step();
    RC_ASSERT(chain.unbalanced() == 0);
    RC_ASSERT(
        chain.centre.number("SELECT count(*) FROM (SELECT 1 FROM posting WHERE kind IN (7, 17)"
                            " GROUP BY fact, unit HAVING sum(amount) <> 0)") == 0);
    RC_ASSERT(chain.centre.number("SELECT count(*) FROM account WHERE owner = x''") == 0);
    RC_ASSERT(migrated_otherwise(chain.centre.folder.path() / "central.db") == "");
    moved += chain.centre.number("SELECT count(*) FROM posting WHERE kind IN (7, 17)");
    for (const auto& [code, times] : chain.noted) noted[code] += times;
  });
  CHECK(holds);
  CHECK(moved > 20);
  for (const char* code : {"points.short", "points.shortfall", "wallet.short", "gift-card.short",
                           "wallet.spent", "points.restored"})
    CHECK_MESSAGE(noted[code] > 0, std::string(code));
}
