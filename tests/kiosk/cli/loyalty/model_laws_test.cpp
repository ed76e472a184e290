// Members of real sales go on living under a rich programme; what the ledger holds of them is what
// model_recount.hpp works out from the journal alone.
#include <doctest/doctest.h>

#include "storage/book/book.hpp"
#include "storage/book/data_folder.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/customer/change.hpp"
#include "storage/exchange/bytes.hpp"
#include "storage/programme/programme_file.hpp"
#include "storage/records/value/accounts.hpp"
#include "tests/kiosk/cli/imports/each_fact.hpp"
#include "tests/kiosk/cli/imports/invented_sales.hpp"
#include "tests/kiosk/cli/loyalty/model_days.hpp"
#include "tests/kiosk/cli/loyalty/model_programme.hpp"
#include "tests/kiosk/cli/loyalty/model_recount.hpp"
#include "tests/kiosk/cli/run_program.hpp"

using namespace keepsake;
using namespace keepsake::cli;
using namespace keepsake::cli::loyalty_model;

namespace {

/// The lines of an online-retail file before this day; its date is the fourth field from the end.
std::string until(const std::string& text, std::string_view iso_day) {
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1);
    const std::string_view line(text.data() + at, end - at);
    std::size_t comma = line.size();
    for (int n = 0; n < 4 && comma != std::string_view::npos; ++n)
      comma = line.rfind(',', comma - 1);
    if (at == 0 || line.substr(comma + 1, 10) < iso_day) kept.append(line) += '\n';
    at = end + 1;
  }
  return kept;
}

std::string unpacked(const std::string& file) {
  const auto source = open_bytes(file);
  REQUIRE(source.ok());
  std::string text, part(1 << 20, '\0');
  for (;;) {
    const auto read = (*source)->read(part);
    REQUIRE(read.ok());
    if (*read == 0) return text;
    text.append(part, 0, *read);
  }
}

struct Kept {
  std::unique_ptr<Reader> reader;
  loyalty::Rules rules;
  LocalTime at;
};

void compare_uses(const Person& person, const loyalty::Member& member, Tally& wrong) {
  for (const auto& [name, uses] : person.uses) {
    Int times = 0, points = 0;
    for (const Use& use : uses) {
      times += use.times;
      points += use.points;
    }
    const auto found = member.uses.find(name);
    const Int told = found == member.uses.end() ? 0 : found->second.times;
    if (told != times) ++wrong["uses of " + name];
    const bool rule = !name.starts_with("code:") && points > 0;
    if (rule && found != member.uses.end() && found->second.points.hundredths != points)
      ++wrong["points of " + name];
  }
}

void compare(const Person& person, const CustomerRef& ref, const Kept& kept, Tally& wrong) {
  const auto found = kept.reader->member(ref, kept.rules, kept.at);
  REQUIRE(found.ok());
  const Int today = to_days(kept.at.date());
  std::map<std::string, std::pair<Int, Int>> lots, told;
  for (const loyalty_model::Lot& lot : person.lots)
    if (lot.left > 0) lots[to_text(lot.id)] = {lot.left, lot.last_day};
  for (const loyalty::Lot& lot : found->lots)
    told[lot.id] = {lot.remaining.hundredths, lot.expires ? to_days(*lot.expires) : never};
  Int balance = 0;
  for (const auto& [id, lot] : told) balance += lot.second >= today ? lot.first : 0;
  if (told != lots) ++wrong["lots"];
  if (balance != person.balance(today)) ++wrong["balance"];
  if (found->debt.hundredths != person.debt) ++wrong["debt"];
  if (found->wallet_minor != person.wallet) ++wrong["wallet"];
  if (found->visits != person.visits) ++wrong["visits"];
  if (found->tier != level_on(person, today).tier) ++wrong["level"];
  compare_uses(person, *found, wrong);
}

void compare_accounts(const Recount& recount, const std::filesystem::path& folder, Tally& wrong) {
  using records::Account;
  const auto database = open_to_read(folder);
  REQUIRE(database.ok());
  static constexpr Sql together{"test.account",
                                "SELECT coalesce(sum(amount), 0) FROM account"
                                " WHERE unit = 'points' AND kind = $1"};
  const auto in = [&](Account account) -> Int {
    auto row = (*database)->query(together);
    row->bind(1, static_cast<std::int64_t>(account));
    return row->step() ? row->integer(0) : 0;
  };
  if (in(Account::issued) != recount.issued) ++wrong["account of points issued"];
  if (in(Account::redeemed) != recount.redeemed) ++wrong["account of points redeemed"];
  if (in(Account::expired) != recount.expired) ++wrong["account of points expired"];
  if (in(Account::losses) != 0) ++wrong["account of losses"];
  Int all = recount.issued + recount.redeemed + recount.expired;
  for (const auto& [ref, person] : recount.people) {
    for (const loyalty_model::Lot& lot : person.lots) all += lot.left;
    all -= person.debt;
  }
  if (all != 0) ++wrong["the recount's own sum"];
  for (const auto& [card, money] : recount.cards) {
    Int minor = 0;
    for (const auto& each : money) minor += each.left;
    if (records::money_in(**database, Account::gift_card, card, *Currency::parse("GBP")).minor !=
        minor)
      ++wrong["gift cards"];
  }
}

std::string words(const Tally& tally) {
  std::string words;
  for (const auto& [what, times] : tally.of) words += what + ": " + std::to_string(times) + "\n";
  return words;
}

/// Every way of earning, spending and losing points must have been walked.
void was_rich(Recount& recount) {
  INFO(words(recount.tally));
  for (const auto* what : {"rule base",
                           "rule light",
                           "rule large",
                           "rule medium",
                           "rule fifth",
                           "rule opener",
                           "reward gold-five",
                           "reward tenth",
                           "reward five-off",
                           "reward spring",
                           "reward pocket",
                           "reward tote",
                           "reward voucher",
                           "reward charity",
                           "points tenders",
                           "levels reached",
                           "levels reviewed",
                           "lots expired",
                           "gift cards expired",
                           "points restored",
                           "points given back anew",
                           "points back that had expired",
                           "debts made",
                           "debt settled by a purchase",
                           "whole purchases back",
                           "several lots of one purchase",
                           "caps that cut"})
    CHECK_MESSAGE(recount.tally[what] > 0, what);
  for (const auto& [ref, person] : recount.people) {
    const auto used = [&](const char* name) {
      const auto found = person.uses.find(name);
      Int times = 0;
      if (found != person.uses.end())
        for (const Use& use : found->second) times += use.times;
      return times;
    };
    CHECK(used("large") <= 3);
    CHECK(used("tenth") <= 4);
    CHECK(used("code:SPRING") <= 1);
  }
  CHECK(recount.uses_by_all["medium"].size() <= 700);
  CHECK(recount.uses_by_all["code:SPRING"].size() <= 25);
}

void recount_all(Book& book, const LocalTime& at) {
  Kept kept{*book.reader(), {}, at};
  kept.rules = *rules_of(*kept.reader->programme());
  Recount recount;
  each_fact(*kept.reader, [&](const FactId& id, const Fact& fact) { recount.take(id, fact); });
  recount.finish();
  for (std::size_t i = 0; i < std::min<std::size_t>(recount.differences.size(), 10); ++i)
    MESSAGE(recount.differences[i]);
  CHECK(recount.differences.size() == 0);
  Tally wrong;
  for (const auto& [ref, person] : recount.people) compare(person, ref, kept, wrong);
  compare_accounts(recount, book.folder(), wrong);
  CHECK_MESSAGE(wrong.of.empty(), words(wrong));
  was_rich(recount);
}

void live_and_recount(const Scratch& scratch, const std::string& sales, const char* first,
                      const char* second) {
  const auto folder = (scratch / "shop").string();
  const auto keepsake = [&](std::vector<std::string> args) {
    args.insert(args.begin(), {"--data", folder});
    const auto ran = run_program(args);
    REQUIRE_MESSAGE(ran.exit == 0, ran.err);
  };
  keepsake({"init", "--currency", "GBP", "--time-zone", "Europe/London"});
  keepsake({"programme", "publish", scratch.write("life.toml", programme)});
  test::FakeClock clock({}, 0);
  unsigned seed = 20110301;
  for (const char* end : {first, second}) {
    keepsake({"import", "online-retail", scratch.write("sales.csv", until(sales, end))});
    auto book = Book::open(folder, clock, Durability::normal);
    REQUIRE(book.ok());
    Days(**book, clock, ++seed)
        .live(from_days(to_days(*parse_date(end)) - 1), 60, Returns::of_this_till);
  }
  {
    auto book = Book::open(folder, clock, Durability::normal);
    REQUIRE(book.ok());
    Days days(**book, clock, ++seed);
    const Int from = to_days(*parse_date(second));
    for (int n = 0; n < 50; ++n) {
      days.live(from_days(static_cast<std::int32_t>(from + n * 5)), 14, Returns::of_any);
      if (n % 4 == 3) days.expire();
    }
    recount_all(**book, clock.local_now());
  }
  keepsake({"verify"});
  keepsake({"rebuild", "--check"});
}

}  // namespace

TEST_CASE("second life: members of invented sales have what the journal says") {
  const Scratch scratch;
  live_and_recount(scratch, retail::invented_sales(), "2011-02-01", "2011-04-01");
}

TEST_CASE("second life: members of the real sales have what the journal says") {
  const std::string file = KEEPSAKE_SOURCE_DIR "/../shared/data/online_retail_h1.csv.xz";
  if (!std::filesystem::exists(file)) {
    MESSAGE("skipped: the real file is not beside the source folder");
    return;
  }
  const Scratch scratch;
  live_and_recount(scratch, unpacked(file), "2011-01-16", "2011-03-01");
}
