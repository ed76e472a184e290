#include <algorithm>
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/engine/sqlite/fault.hpp"
#include "tests/sync/central/office.hpp"

using namespace keepsake;
using namespace keepsake::sync;
using namespace keepsake::sync::central;
using namespace keepsake::sync::central::test;

namespace {

/// A database whose commits can fail, and one of whose statements can: once, or in so many transactions.
class Failing : public Database {
 public:
  explicit Failing(Database& inner) : inner_(inner) {}
  std::unique_ptr<Query> query(const Sql& sql) override {
    if (queries_before_fault >= 0 && queries_before_fault-- == 0) {
      ++struck;
      throw DatabaseError(fault);
    }
    return inner_.query(sql);
  }
  void execute(std::string_view script) override { inner_.execute(script); }
  void begin() override {
    if (struck < transactions_to_strike) queries_before_fault = queries_in_each;
    inner_.begin();
  }
  void commit() override {
    if (commits_to_fail > 0) {
      --commits_to_fail;
      throw DatabaseError({Failure::unavailable, "disk.full", "The disk is full", {}, {}});
    }
    inner_.commit();
  }
  void rollback() noexcept override { inner_.rollback(); }
  int commits_to_fail = 0;
  int queries_before_fault = -1;  ///< below 0: none fails
  int queries_in_each = 0;        ///< before the fault, of the next transactions
  int transactions_to_strike = 0;
  int struck = 0;
  Error fault;

 private:
  Database& inner_;
};

constexpr Sql count_rows{"test.rows",
                         "SELECT (SELECT count(*) FROM purchase), (SELECT count(*) FROM"
                         " purchase_line), (SELECT count(*) FROM tender), (SELECT count(*) FROM"
                         " warranty)"};

/// Sales, their lines, what paid them, what they began to cover.
std::string rows_of_sales(Database& database) {
  auto row = database.query(count_rows);
  REQUIRE(row->step());
  std::string all;
  for (int column = 0; column < 4; ++column)
    all += (column > 0 ? " " : "") + std::to_string(row->integer(column));
  return all;
}

/// Taken, and applied.
std::optional<Refusal> take_and_apply(Ingest& ingest, const Batch& batch) {
  const auto answer = ingest.take({1}, {1}, batch);
  if (const auto* refusal = std::get_if<Refusal>(&answer)) return *refusal;
  if (const auto applied = ingest.apply_all(); !applied) return as_refusal(applied.error());
  return std::nullopt;
}

bool acknowledged(const Ingest::Answer& answer) {
  return std::holds_alternative<SignedAcknowledgement>(answer);
}

}  // namespace

TEST_CASE("a full disk is 503 and the same batch is taken when there is room") {
  Scratch centre;
  SendingTerminal terminal(centre.clock);
  centre.know(terminal, 1);
  Failing failing(*centre.database);
  Ingest ingest(failing, *centre.vault, centre.clock, *centre.forgetting);
  terminal.sell(100);
  const auto batch = terminal.all();
  failing.commits_to_fail = 1;
  const auto full = ingest.take({1}, {1}, batch);
  REQUIRE(std::holds_alternative<Refusal>(full));
  CHECK(std::get<Refusal>(full).status == 503);
  CHECK(std::get<Refusal>(full).retry_after_s.has_value());
  CHECK(std::get<Refusal>(full).cause.starts_with("disk.full"));
  CHECK(acknowledged(ingest.take({1}, {1}, batch)));
  // Full again before it is applied: it waits, acknowledged as it is, and is applied once.
  failing.commits_to_fail = 1;
  CHECK_FALSE(ingest.apply_all().ok());
  CHECK(facts_of(*centre.database, "Lysvik") == 0);
  for (int n = 0; n < 2; ++n) REQUIRE(ingest.apply_all().ok());
  CHECK(facts_of(*centre.database, "Lysvik") == 1);
  CHECK(rows_of_sales(*centre.database) == "1 1 1 0");
}

TEST_CASE("a fault that may pass sets nothing aside wherever it strikes") {
  Scratch centre;
  SendingTerminal terminal(centre.clock);
  terminal.sell(100);
  const auto sale = keepsake::test::purchase(centre.clock, {keepsake::test::line("A-1", 2, 100)});
  const FactId id = terminal.add(sale);
  terminal.add(keepsake::test::bring_back(centre.clock, sale, id, 0, 1));
  // SQLite's codes: NOMEM, IOERR_READ, INTERRUPT, BUSY.
  for (const int code : {7, 10 | 1 << 8, 9, 5}) {
    bool struck = true;
    for (int n = 0; struck; ++n) {
      CAPTURE(code);
      CAPTURE(n);
      centre.forget();
      centre.know(terminal, 1);
      Failing failing(*centre.database);
      Ingest ingest(failing, *centre.vault, centre.clock, *centre.forgetting);
      const auto batch = terminal.all();
      failing.fault = sqlite::fault(code, "test");
      failing.queries_before_fault = n;
      const auto refusal = take_and_apply(ingest, batch);
      struck = failing.queries_before_fault < 0;
      if (struck) {
        REQUIRE(refusal);
        CHECK(refusal->status == 503);
        CHECK(facts_of(*centre.database, "Lysvik") == 0);
      }
      failing.queries_before_fault = -1;
      REQUIRE_FALSE(take_and_apply(ingest, batch));
      const auto status = read_status(*centre.database, "Lysvik", centre.clock.now());
      REQUIRE(status.ok());
      CHECK(status->stores.front().purchases == 2);
      CHECK(status->stores.front().returns == 1);
      CHECK(status->stores.front().terminals.front().exceptions == 0);
    }
  }
}

TEST_CASE("a fact that breaks a rule of the tables at any statement leaves nothing of itself") {
  Scratch centre;
  SendingTerminal terminal(centre.clock);
  auto sale = keepsake::test::purchase(
      centre.clock, {keepsake::test::line("A-1", 2, 100), keepsake::test::line("A-2", 1, 900)});
  sale.lines[1].warranty = keepsake::test::item("SN0001");
  terminal.add(sale);
  terminal.sell(100);
  int set_aside = 0;
  bool struck = true;
  for (int n = 0; struck; ++n) {
    CAPTURE(n);
    centre.forget();
    centre.know(terminal, 1);
    Failing failing(*centre.database);
    Ingest ingest(failing, *centre.vault, centre.clock, *centre.forgetting);
    REQUIRE(acknowledged(ingest.take({1}, {1}, terminal.all())));
    failing.fault = sqlite::fault(19, "test");  // SQLITE_CONSTRAINT
    // As it is applied at once, and again where all of it was undone.
    failing.queries_in_each = n;
    failing.transactions_to_strike = 2;
    const bool applied = ingest.apply_all().ok();
    struck = failing.struck > 0;
    if (!struck || !applied) continue;
    const auto status = read_status(*centre.database, "Lysvik", centre.clock.now());
    REQUIRE(status.ok());
    const StoreStatus& store = status->stores.front();
    if (store.terminals.front().exceptions == 0) continue;
    ++set_aside;
    CHECK(store.facts == 2);
    CHECK(store.purchases == 1);
    // Rows of the one that counts, and none of the other's: two lines and a warranty, or one line.
    const bool small = store.purchase_minor == 100;
    CHECK(rows_of_sales(*centre.database) == (small ? "1 1 1 0" : "1 2 1 1"));
  }
  CHECK(set_aside > 7);
}

TEST_CASE("of many facts those that break a rule of the tables are set aside alone, and once") {
  Scratch centre;
  SendingTerminal terminal(centre.clock);
  centre.know(terminal, 1);
  // A row that stands behind others of the same sale.
  centre.database->execute(
      "CREATE TRIGGER rule BEFORE INSERT ON tender WHEN NEW.amount_minor IN (5, 600)"
      " BEGIN SELECT RAISE(ABORT, 'rule'); END");
  Ingest ingest(*centre.database, *centre.vault, centre.clock, *centre.forgetting);
  for (int n = 1; n <= 700; ++n) terminal.sell(n);
  for (const Seq first : {1U, 301U})
    REQUIRE(acknowledged(
        ingest.take({1}, {1}, terminal.batch(first, std::min<Seq>(700, first + 399)))));
  CHECK(count_waiting(*centre.database) == 700);
  REQUIRE(ingest.apply_some(100)->more);
  CHECK(count_waiting(*centre.database) == 600);
  REQUIRE(ingest.apply_all().ok());
  CHECK(count_waiting(*centre.database) == 0);
  const auto status = read_status(*centre.database, "Lysvik", centre.clock.now());
  REQUIRE(status.ok());
  const auto& store = status->stores.front();
  CHECK(store.facts == 700);
  CHECK(store.purchases == 698);
  CHECK(store.purchase_minor == 700 * 701 / 2 - 605);
  CHECK(store.terminals.front().exceptions == 2);
  CHECK(rows_of_sales(*centre.database) == "698 698 698 0");
  const auto found = outcomes(*centre.database, *find_terminal(*centre.database, {1}), 1, 700, 10);
  REQUIRE(found.size() == 2);
  CHECK(found[0].seq == 5);
  CHECK(found[1].seq == 600);
  CHECK(found[1].code == "fact.quarantined");
  // Mended, they are judged again and counted once.
  centre.database->execute("DROP TRIGGER rule");
  for (const std::int64_t applied : {2, 0}) CHECK(ingest.judge_again()->applied == applied);
  CHECK(rows_of_sales(*centre.database) == "700 700 700 0");
}

TEST_CASE("a vault that is in use is nobody's fault") {
  Scratch centre;
  SendingTerminal terminal(centre.clock);
  centre.know(terminal, 1);
  CustomerEnrolment enrolment;
  enrolment.customer = terminal.vault->new_customer().value();
  enrolment.sealed_profile =
      terminal.vault->seal_profile(enrolment.customer, {"Ingrid", "", "", "", {}}).value();
  enrolment.at = centre.clock.local_now();
  terminal.add(enrolment);
  Ingest ingest(*centre.database, *centre.vault, centre.clock, *centre.forgetting);
  const auto batch = terminal.all();
  {
    const auto other =
        sqlite::open(centre.folder.path() / "vault.db", {.log = sqlite::Log::rollback});
    REQUIRE(other.ok());
    (*other)->execute("BEGIN EXCLUSIVE");
    const auto refusal = take_and_apply(ingest, batch);
    REQUIRE(refusal);
    CHECK(refusal->status == 503);
    CHECK(facts_of(*centre.database, "Lysvik") == 0);
  }
  CHECK_FALSE(take_and_apply(ingest, batch));
  CHECK(read_status(*centre.database, "Lysvik", centre.clock.now())
            ->stores.front()
            .terminals.front()
            .exceptions == 0);
}

TEST_CASE("whatever the order and repetition of batches the totals are the same") {
  Scratch centre;
  std::vector<std::unique_ptr<SendingTerminal>> terminals;
  for (std::uint32_t n = 1; n <= 2; ++n) {
    terminals.push_back(std::make_unique<SendingTerminal>(centre.clock));
    centre.know(*terminals.back(), n);
    for (int i = 0; i < 10; ++i) {
      if (i % 4 == 3) {
        terminals.back()->add_raw(1, "garbage");
      } else {
        terminals.back()->sell(100 * n + i);
      }
    }
  }
  const bool holds = rc::check([&] {
    centre.forget();
    for (std::uint32_t n = 1; n <= 2; ++n) centre.know(*terminals[n - 1], n);
    Ingest ingest(*centre.database, *centre.vault, centre.clock, *centre.forgetting);
    const auto steps = *rc::gen::container<std::vector<std::tuple<int, int, int>>>(
        rc::gen::tuple(rc::gen::inRange(0, 2), rc::gen::inRange(1, 11), rc::gen::inRange(0, 8)));
    const auto send = [&](const SendingTerminal& terminal, int first, int count) {
      const int last = std::min(10, first + count - 1);
      return ingest.take(terminal.number, {1},
                         terminal.batch(static_cast<Seq>(first), static_cast<Seq>(last)));
    };
    for (const auto& [who, first, count] : steps) {
      const auto& terminal = *terminals[static_cast<std::size_t>(who)];
      const auto before = find_terminal(*centre.database, terminal.number)->cursor;
      const auto answer = send(terminal, first, count);
      const auto after = find_terminal(*centre.database, terminal.number)->cursor;
      RC_ASSERT(after >= before);
      RC_ASSERT(acknowledged(answer) == (static_cast<Seq>(first) <= before + 1));
      if (first % 3 == 0) RC_ASSERT(ingest.apply_some(static_cast<std::size_t>(count) + 1).ok());
    }
    for (const auto& terminal : terminals) RC_ASSERT(acknowledged(send(*terminal, 1, 10)));
    RC_ASSERT(ingest.apply_all().ok());
    const auto status = read_status(*centre.database, "Lysvik", centre.clock.now());
    RC_ASSERT(status.ok());
    const auto& store = status->stores.front();
    RC_ASSERT(store.facts == 20);
    RC_ASSERT(store.purchases == 16);
    std::int64_t expected = 0;
    for (int n = 1; n <= 2; ++n)
      for (int i = 0; i < 10; ++i) expected += i % 4 == 3 ? 0 : 100 * n + i;
    RC_ASSERT(store.purchase_minor == expected);
    for (const auto& terminal : store.terminals) RC_ASSERT(terminal.exceptions == 2);
  });
  CHECK(holds);
}
