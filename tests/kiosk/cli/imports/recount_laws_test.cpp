// Real sales under a rich programme: what the ledger holds of every customer is what this file
// works out from the journal alone, with arithmetic of its own and none of storage/domain/loyalty.
#include <algorithm>
#include <doctest/doctest.h>
#include <map>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/engine/system_clock.hpp"
#include "storage/programme/programme_file.hpp"
#include "storage/services/expiry.hpp"
#include "tests/kiosk/cli/imports/each_fact.hpp"
#include "tests/kiosk/cli/imports/invented_sales.hpp"
#include "tests/kiosk/cli/loyalty/shares.hpp"
#include "tests/kiosk/cli/run_program.hpp"

using namespace keepsake;
using namespace keepsake::cli;
using namespace keepsake::cli::retail;

namespace {

const std::string gift_club = R"(name = "Gift club"
currency = "GBP"
[earn]
points = 1
for_each = "1.00"
[counting]
never_articles = ["POST", "DOT", "M"]
[[rule]]
id = "light"
kind = "per item"
articles = ["85123A", "A3"]
points = 2
[[rule]]
id = "large"
kind = "per order"
minimum = "300.00"
points = 30
multiplied = false
[[rule]]
id = "fifth"
kind = "event"
event = "nth visit"
every_nth = 5
points = 25
multiplied = false
[tiers]
basis = "spend"
[[tiers.level]]
id = "silver"
name = "Silver"
threshold = "500.00"
[[tiers.level]]
id = "gold"
name = "Gold"
threshold = "2000.00"
[[multiplier]]
id = "silver-bonus"
times = "1.25"
tiers = ["silver"]
[[multiplier]]
id = "gold-bonus"
times = "1.5"
tiers = ["gold"]
[[multiplier]]
id = "sunday"
times = "2"
weekdays = ["sun"]
[expiry]
kind = "days"
count = 90
)";

/// Points of a rule that counts lines: whole ones, rounded down over the order, and where they
/// fall. `counts` times `quarters` over `each` are the exact points.
Parts down_and_spread(const Parts& counts, Int quarters, Int each) {
  Parts exact, parts(counts.size()), order;
  Int sum = 0;
  for (const Int count : counts) {
    exact.push_back(count * quarters);
    sum += exact.back();
  }
  const Int step = each * 4;
  Int left = sum / step;
  for (std::size_t i = 0; i < exact.size(); ++i) {
    parts[i] = exact[i] / step;
    left -= parts[i];
    if (exact[i] % step > 0) order.push_back(static_cast<Int>(i));
  }
  std::ranges::stable_sort(order, [&](Int a, Int b) {
    return exact[static_cast<std::size_t>(a)] % step > exact[static_cast<std::size_t>(b)] % step;
  });
  for (Int n = 0; n < left; ++n)
    ++parts[static_cast<std::size_t>(order[static_cast<std::size_t>(n)])];
  for (Int& part : parts) part *= 100;
  return parts;
}

struct Batch {  // a lot, as this file sees it
  Int last_day = 0;
  FactId from;
  Int left = 0;
};

struct Person {
  std::vector<Batch> lots;
  Int debt = 0, spend = 0, visits = 0;
  std::string tier;

  Int balance(Int day) const {
    Int sum = 0;
    for (const Batch& lot : lots)
      if (lot.last_day >= day) sum += lot.left;
    return sum;
  }
};

struct Bought {
  Purchase purchase;
  Parts earned;    // hundredths, by line
  Parts returned;  // thousandths, by line
};

class Recount {
 public:
  void take(const FactId& id, const Fact& fact) {
    if (const auto* purchase = get_if<Purchase>(&fact)) bought(id, *purchase);
    if (const auto* returned = get_if<Return>(&fact)) brought_back(*returned);
  }

  std::map<CustomerRef, Person> people;
  Int purchases = 0, wrong_purchases = 0, returns = 0, wrong_returns = 0;

 private:
  void bought(const FactId& id, const Purchase& purchase) {
    if (purchase.customer.nobody()) return;
    ++purchases;
    Person& person = people[purchase.customer];
    const Parts earned = earned_by(purchase, person);
    Int points = 0;
    for (const Int part : earned) points += part;
    if (purchase.points_earned.hundredths != points) ++wrong_purchases;
    const Int settled = std::min(person.debt, points);
    person.debt -= settled;
    if (points > settled)
      person.lots.push_back({to_days(purchase.at.date()) + 90, id, points - settled});
    ++person.visits;
    // What came back beyond what was bought is no spend below nothing.
    const Int reached = std::max<Int>(person.spend, 0) + purchase.total.minor;
    person.spend += purchase.total.minor;
    if (reached >= 200'000)
      person.tier = "gold";
    else if (reached >= 50'000 && person.tier.empty())
      person.tier = "silver";
    sold_[id] = {purchase, earned, Parts(purchase.lines.size())};
  }

  static Parts earned_by(const Purchase& purchase, const Person& person) {
    const auto weekday = std::chrono::weekday(std::chrono::sys_days(purchase.at.date()));
    Int quarters = person.tier == "gold" ? 6 : person.tier == "silver" ? 5 : 4;
    if (weekday == std::chrono::Sunday) quarters *= 2;
    Parts pence, pieces, all;
    Int counting = 0;
    for (const PurchaseLine& line : purchase.lines) {
      const bool never = line.article == "POST" || line.article == "DOT" || line.article == "M";
      const bool light = line.article == "85123A" || line.article == "A3";
      pence.push_back(never ? 0 : line.amount.minor);
      pieces.push_back(light && line.amount.minor > 0 ? line.quantity.thousandths * 2 : 0);
      all.push_back(line.amount.minor);
      counting += pence.back();
    }
    Parts earned = down_and_spread(pence, quarters, 100);
    add(earned, down_and_spread(pieces, quarters, 1000));
    if (counting >= 30'000) add(earned, by_weight(3000, all));
    if ((person.visits + 1) % 5 == 0) add(earned, by_weight(2500, all));
    return earned;
  }

  void brought_back(const Return& returned) {
    if (returned.customer.nobody()) return;
    ++returns;
    Person& person = people[returned.customer];
    std::vector<FactId> purchases_named;
    for (const ReturnLine& line : returned.lines)
      if (line.purchase &&
          std::ranges::find(purchases_named, *line.purchase) == purchases_named.end())
        purchases_named.push_back(*line.purchase);
    Int reversed = 0;
    for (const FactId& id : purchases_named) reversed += undo(returned, id, person);
    if (returned.points_reversed.hundredths != reversed) ++wrong_returns;
    person.spend = person.spend - returned.total.minor;
  }

  Int undo(const Return& returned, const FactId& id, Person& person) {
    Bought& from = sold_.at(id);
    Int before = 0, after = 0;
    bool whole_before = true, whole = true;
    for (std::size_t i = 0; i < from.earned.size(); ++i) {
      Int now = 0;
      for (const ReturnLine& line : returned.lines)
        if (line.purchase == id && line.line_no == i) now += line.quantity.thousandths;
      const Int of = from.purchase.lines[i].quantity.thousandths;
      const auto share = [&](Int part) { return (from.earned[i] * part * 2 + of) / (2 * of); };
      before += share(from.returned[i]);
      after += share(from.returned[i] + now);
      whole_before = whole_before && from.returned[i] == of;
      from.returned[i] += now;
      whole = whole && from.returned[i] == of;
    }
    if (whole && !whole_before) --person.visits;  // as if it had never been bought
    // Parts count whole points; what that leaves goes with the last piece.
    const auto counted = [](Int points, bool all) { return all ? points : points - points % 100; };
    const Int reversed = counted(after, whole) - counted(before, whole_before);
    Int need = reversed + person.debt;
    const auto take = [&](Batch& lot) {
      const Int part = std::min(need, lot.left);
      lot.left -= part;
      need -= part;
    };
    for (Batch& lot : person.lots)
      if (lot.from == id) take(lot);
    std::ranges::stable_sort(person.lots, [](const Batch& a, const Batch& b) {
      return std::pair(a.last_day, a.from) < std::pair(b.last_day, b.from);
    });
    for (Batch& lot : person.lots)
      if (lot.last_day >= to_days(returned.at.date())) take(lot);
    person.debt = need;
    return reversed;
  }

  std::map<FactId, Bought> sold_;
};

Recount recounted(Reader& reader) {
  Recount recount;
  each_fact(reader, [&](const FactId& id, const Fact& fact) { recount.take(id, fact); });
  return recount;
}

/// How many customers' balance, debt or level on `day` differ from the recount.
int differing(Reader& reader, const Recount& recount, const loyalty::Rules& rules, LocalTime at) {
  int wrong = 0;
  const Int today = to_days(at.date());
  for (const auto& [ref, person] : recount.people) {
    const auto member = reader.member(ref, rules, at);
    REQUIRE(member.ok());
    Int balance = 0;
    for (const loyalty::Lot& lot : member->lots)
      if (!lot.expires || to_days(*lot.expires) >= today) balance += lot.remaining.hundredths;
    const bool same = balance == person.balance(today) && member->debt.hundredths == person.debt &&
                      member->tier == person.tier;
    if (!same) ++wrong;
  }
  return wrong;
}

LocalTime noon(int year, unsigned month, unsigned day) {
  const auto date = std::chrono::year(year) / month / day;
  const auto since = std::chrono::sys_days(date).time_since_epoch() + std::chrono::hours(12);
  return {{std::chrono::milliseconds(since).count()}, 0};
}

void import_and_recount(const Scratch& scratch, const std::string& sales) {
  const auto folder = (scratch / "shop").string();
  const auto keepsake = [&](std::vector<std::string> args) {
    args.insert(args.begin(), {"--data", folder});
    const auto ran = run_program(args);
    REQUIRE_MESSAGE(ran.exit == 0, ran.err);
  };
  keepsake({"init", "--currency", "GBP", "--time-zone", "Europe/London"});
  keepsake({"programme", "publish", scratch.write("club.toml", gift_club)});
  keepsake({"import", "online-retail", sales});

  const auto clock = SystemClock::open("Europe/London");
  REQUIRE(clock.ok());
  auto book = Book::open(folder, **clock);
  REQUIRE(book.ok());
  const auto rules = rules_of(*(*(*book)->reader())->programme());
  REQUIRE(rules.ok());
  const auto recount = recounted(**(*book)->reader());
  CHECK(recount.purchases > 0);
  CHECK(recount.returns > 0);
  CHECK(recount.wrong_purchases == 0);
  CHECK(recount.wrong_returns == 0);
  for (const auto& day : {noon(2011, 3, 1), noon(2011, 6, 1)})
    CHECK(differing(**(*book)->reader(), recount, *rules, day) == 0);

  // Expiry runs after a long time away, twice; what it lets expire was no longer counted before.
  const auto run = run_expiry(**book, rules->expiry, noon(2011, 6, 1));
  REQUIRE(run.ok());
  CHECK(run->lots > 0);
  CHECK(run_expiry(**book, rules->expiry, noon(2011, 6, 1))->lots == 0);
  CHECK(differing(**(*book)->reader(), recount, *rules, noon(2011, 6, 1)) == 0);
  Int outstanding = 0;
  for (const auto& [ref, person] : recount.people)
    outstanding += person.balance(to_days(noon(2011, 6, 1).date()));
  CHECK((*(*book)->reader())->totals()->points_outstanding.hundredths == outstanding);
  book->reset();
  keepsake({"verify"});
  keepsake({"rebuild", "--check"});
}

}  // namespace

TEST_CASE("recount: invented sales leave every customer what the journal says") {
  const Scratch scratch;
  import_and_recount(scratch, scratch.write("sales.csv", invented_sales()));
}

TEST_CASE("recount: the real sales leave every customer what the journal says") {
  const std::string file = KEEPSAKE_SOURCE_DIR "/../shared/data/online_retail_h1.csv.xz";
  if (!std::filesystem::exists(file)) {
    MESSAGE("skipped: the real file is not beside the source folder");
    return;
  }
  const Scratch scratch;
  import_and_recount(scratch, file);
}
