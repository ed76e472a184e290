// Sales into a real book: what arrives, what a second import adds, and what is left after an import
// that was cut short.
#include <doctest/doctest.h>

#include "kiosk/cli/imports/retail_import.hpp"
#include "storage/book/book.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/book/import_mark.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/customer/customer.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/feed.hpp"
#include "storage/domain/loyalty/return_basis.hpp"
#include "storage/domain/loyalty/returns.hpp"
#include "storage/domain/record.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/trusted_time.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/domain/views/purchase_summary.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/engine/system_clock.hpp"
#include "storage/programme/programme_file.hpp"
#include "storage/vault/vault.hpp"
#include "tests/kiosk/cli/imports/retail_text.hpp"
#include "tests/kiosk/cli/run_program.hpp"

using namespace keepsake;
using namespace keepsake::cli;
using namespace keepsake::cli::retail;

namespace {

const std::vector<Row> few = {
    {.invoice = "536365", .code = "A", .quantity = "6", .price = "2.55"},
    {.invoice = "536365", .code = "B", .quantity = "2", .price = "1.00"},
    {.invoice = "536366",
     .code = "A",
     .quantity = "3",
     .customer = "NA",
     .date = "2010-12-02 09:00:00"},
    {.invoice = "C536367",
     .code = "A",
     .quantity = "-8",
     .date = "2010-12-03 09:00:00",
     .price = "2.55"},
    {.invoice = "536368",
     .code = "A",
     .quantity = "-9",
     .customer = "NA",
     .price = "0",
     .description = "damaged"},
};

Settings british() {
  Settings settings;
  settings.currency = *Currency::parse("GBP");
  settings.time_zone = "Europe/London";
  return settings;
}

class RetailShop {
 public:
  RetailShop() : clock_(*SystemClock::open("Europe/London")) {
    auto book = Book::create(scratch_ / "shop", british(), *clock_);
    REQUIRE(book.ok());
    book_ = std::move(*book);
  }
  Result<Imported> import(Book& book, const Sales& sales) const {
    return retail::import(book, *clock_, sales, match_returns(sales),
                          [](std::uint64_t, std::uint64_t) {});
  }
  Book& book() { return *book_; }
  Totals totals() const { return *(*book_->reader())->totals(); }

 private:
  Scratch scratch_;
  std::unique_ptr<SystemClock> clock_;
  std::unique_ptr<Book> book_;
};

// A book whose disk is full after so many commits.
class FailingBook : public Book {
 public:
  FailingBook(Book& book, int commits) : book_(book), left_(commits) {}
  Result<FactId> record(const Fact& fact) override { return book_.record(fact); }
  Result<std::vector<FactId>> record_all(std::span<const Fact> facts) override {
    if (left_-- == 0)
      return Error{Failure::unavailable, "db.full", "The disk is full", "", "Make room"};
    return book_.record_all(facts);
  }
  Result<std::vector<FactId>> record_import(std::span<const Fact> facts,
                                            std::span<const ImportMark> marks) override {
    return book_.record_import(facts, marks);
  }
  Result<std::unique_ptr<Reader>> reader() const override { return book_.reader(); }
  Result<Done> audit(std::span<const AuditEntry> entries) override { return book_.audit(entries); }
  Result<Done> erase(const CustomerRef& ref, std::string_view reason,
                     std::string_view staff) override {
    return book_.erase(ref, reason, staff);
  }
  Result<RetentionDue> retention_due(Instant now) override { return book_.retention_due(now); }
  Result<RetentionDone> run_retention(Instant now, Authority authority) override {
    return book_.run_retention(now, authority);
  }
  Result<ClockTrust> look_at_clock() override { return book_.look_at_clock(); }
  Result<Done> confirm_clock() override { return book_.confirm_clock(); }
  Result<Done> hear_clock(Instant there) override { return book_.hear_clock(there); }
  const Settings& settings() const override { return book_.settings(); }
  const std::filesystem::path& folder() const override { return book_.folder(); }
  Vault& vault() override { return book_.vault(); }
  std::optional<Enrolment> enrolment() const override { return book_.enrolment(); }
  TerminalNumber terminal() const override { return book_.terminal(); }
  Result<Done> put_line_refusal(const std::optional<LineRefusal>& refusal) override {
    return book_.put_line_refusal(refusal);
  }
  Result<Done> set_enrolment(const Enrolment& enrolment) override {
    return book_.set_enrolment(enrolment);
  }
  Result<Done> acknowledge(const Acknowledged& acknowledged, std::span<const FactOutcome> outcomes,
                           std::string_view answer) override {
    return book_.acknowledge(acknowledged, outcomes, answer);
  }
  Result<Done> backup(const std::filesystem::path& file,
                      const std::function<void(int)>& progress) override {
    return book_.backup(file, progress);
  }
  Result<Done> checkpoint() override { return book_.checkpoint(); }
  Result<bool> take_in(const FeedPage& page) override { return book_.take_in(page); }
  SnapshotIntake* snapshots() override { return book_.snapshots(); }
  Result<bool> take_in(const ReservationNews& news) override { return book_.take_in(news); }
  Result<FeedCursor> feed_cursor() override { return book_.feed_cursor(); }
  Result<Done> begin_feed(std::int64_t generation) override { return book_.begin_feed(generation); }

 private:
  Book& book_;
  int left_;
};

void check_few(const Totals& totals) {
  CHECK(totals.purchases == 2);
  CHECK(totals.purchase_minor == 1530 + 200 + 300);
  CHECK(totals.returns == 1);
  CHECK(totals.return_minor == 2040);
  CHECK(totals.customers == 1);
  CHECK(totals.articles == 2);
  CHECK(totals.points_outstanding == Points{});
  CHECK(totals.facts == 5);
}

}  // namespace

TEST_CASE("import: sales arrive as they were and a return names its purchase") {
  RetailShop shop;
  const auto imported = shop.import(shop.book(), sales_of(few));
  REQUIRE(imported.ok());
  CHECK(imported->purchases.added == 2);
  CHECK(imported->returns.added == 1);
  check_few(shop.totals());
  auto reader = *shop.book().reader();
  const auto documents = *reader->imported("online-retail");
  REQUIRE(documents.size() == 3);
  const auto sale = std::ranges::find(documents, "online-retail:536365", &ImportedDocument::origin);
  REQUIRE(sale != documents.end());
  const auto id = sale->id;
  const auto purchase = *reader->purchase(id);
  REQUIRE(purchase.has_value());
  CHECK(to_iso(purchase->at) == "2010-12-01T08:26:00+00:00");
  CHECK(purchase->lines.at(1).article == "B");
  CHECK(purchase->customer == *reader->customer_by_origin("online-retail:17850"));
  CHECK(sale->total == purchase->total);
  CHECK(reader->imported("online")->empty());
  const auto basis = *reader->return_basis({}, {{id}}, {}, purchase->at);
  REQUIRE(basis.purchases.size() == 1);
  CHECK(basis.purchases[0].returned ==
        std::vector<loyalty::LineQuantity>{{0, Quantity::pieces(6)}});
  CHECK((*reader->article_by_code("A"))->price == UnitPrice::from_minor(100));
  const auto customer = *reader->customer(purchase->customer);
  CHECK(customer->profile == Profile{});
}

TEST_CASE("import: what all customers together may use is used no more often in one commit") {
  RetailShop shop;
  auto club = parse_programme(
      "name = \"X\"\ncurrency = \"GBP\"\n[[rule]]\nid = \"early\"\nkind = \"per order\"\n"
      "points = 10\nuses = 3\n",
      "club.toml");
  REQUIRE(club.mistakes.empty());
  club.programme.version = 1;
  REQUIRE(shop.book().record(club.programme).ok());
  std::vector<Row> rows;
  for (int n = 0; n < 6; ++n)
    rows.push_back({std::to_string(536365 + n), "A", "1", std::to_string(17850 + n)});
  REQUIRE(shop.import(shop.book(), sales_of(rows)).ok());
  CHECK(shop.totals().purchases == 6);
  CHECK(shop.totals().points_outstanding == Points{3000});
}

TEST_CASE("import: a second time adds nothing") {
  RetailShop shop;
  REQUIRE(shop.import(shop.book(), sales_of(few)).ok());
  const auto again = shop.import(shop.book(), sales_of(few));
  REQUIRE(again.ok());
  for (const auto& tally : {again->articles, again->customers, again->purchases, again->returns}) {
    CHECK(tally.added == 0);
    CHECK(tally.already_there > 0);
  }
  check_few(shop.totals());
}

TEST_CASE("import: an article that the shop has is left alone") {
  RetailShop shop;
  Article own;
  own.code = "A";
  own.name = "Our cup";
  own.price = UnitPrice::from_minor(900);
  REQUIRE(shop.book().record(CatalogueChange{{own}, {}}).ok());
  REQUIRE(shop.import(shop.book(), sales_of(few)).ok());
  CHECK(**(*shop.book().reader())->article_by_code("A") == own);
}

TEST_CASE("import: cut short at any commit it is continued by the next") {
  for (int commits = 0; commits < 4; ++commits) {
    CAPTURE(commits);
    RetailShop shop;
    FailingBook failing(shop.book(), commits);
    const auto cut = shop.import(failing, sales_of(few));
    REQUIRE_FALSE(cut.ok());
    CHECK(cut.error().code == "db.full");
    CHECK(shop.totals().returns == 0);
    REQUIRE(shop.import(shop.book(), sales_of(few)).ok());
    check_few(shop.totals());
  }
}

TEST_CASE("import: a document that no fact can hold is left out and the others are recorded") {
  // Of the real sales the longest has 1,114 lines.
  const struct {
    std::size_t lines;
    std::string code, name;
    bool recorded;
  } cases[] = {{1114, "A", "THING", true},
               {limits::lines_per_purchase + 1, "A", "THING", false},
               {1000, std::string(64, 'C'), std::string(200, 'D'), false}};
  for (const auto& c : cases) {
    CAPTURE(c.lines);
    RetailShop shop;
    auto rows = few;
    rows.insert(rows.end(), c.lines,
                Row{.invoice = "536369", .code = c.code, .description = c.name});
    rows.push_back({.invoice = "C536370",
                    .code = c.code,
                    .quantity = "-1",
                    .date = "2010-12-04 09:00:00",
                    .description = c.name});
    const auto sales = sales_of(rows);
    const auto imported = shop.import(shop.book(), sales);
    REQUIRE(imported.ok());
    CHECK(imported->purchases.added == (c.recorded ? 3 : 2));
    CHECK(imported->returns.added == 2);
    REQUIRE(imported->rejected.size() == (c.recorded ? 0 : 1));
    if (c.recorded) continue;
    CHECK(sales.invoices[imported->rejected[0].invoice].number == "536369");
    CHECK(imported->rejected[0].error.kind == Failure::limit);
    const auto again = shop.import(shop.book(), sales);
    REQUIRE(again.ok());
    CHECK(again->purchases.added + again->returns.added == 0);
    CHECK(again->rejected.size() == 1);
  }
}

TEST_CASE("import: the program names what it left out") {
  const Scratch scratch;
  const auto folder = (scratch / "shop").string();
  auto rows = few;
  rows.insert(rows.end(), limits::lines_per_purchase + 1, Row{.invoice = "536369", .code = "A"});
  const auto file = scratch.write("long.csv", text_of(rows));
  const auto rejects = (scratch / "rejects.csv").string();
  REQUIRE(
      run_program({"--data", folder, "init", "--currency", "GBP", "--time-zone", "Europe/London"})
          .exit == 0);
  const auto ran = run_program(
      {"--data", folder, "import", "online-retail", file, "--rejects", rejects, "--json"});
  REQUIRE(ran.exit == 0);
  CHECK(ran.json().at("rejected").at(0).at("invoice") == "536369");
  CHECK(ran.json().at("rejected").at(0).at("code") == "lines.limit");
  CHECK(ran.json().at("purchases").at("added") == 2);
  CHECK(scratch.read("rejects.csv").find("536369") != std::string::npos);
  const auto said = run_program({"--data", folder, "import", "online-retail", file});
  CHECK(said.out.find("invoice 536369") != std::string::npos);
}

TEST_CASE("import: what happened comes in the order in which it happened") {
  RetailShop shop;
  auto club = parse_programme(
      "name = \"X\"\ncurrency = \"GBP\"\n[[rule]]\nid = \"first\"\nkind = \"per order\"\n"
      "points = 10\nuses_per_customer = 1\n",
      "club.toml");
  REQUIRE(club.mistakes.empty());
  club.programme.version = 1;
  REQUIRE(shop.book().record(club.programme).ok());
  // The first purchase comes back before the second is made, so that the bonus is free again.
  const std::vector<Row> rows = {
      {.invoice = "536365", .code = "A"},
      {.invoice = "C536366", .code = "A", .quantity = "-1", .date = "2010-12-01 08:26:00"},
      {.invoice = "536367", .code = "A", .date = "2010-12-02 09:00:00"}};
  REQUIRE(shop.import(shop.book(), sales_of(rows)).ok());
  CHECK(shop.totals().returns == 1);
  CHECK(shop.totals().points_outstanding == Points{1000});
}

TEST_CASE("import: an invoice that was recorded with another total is named and left") {
  RetailShop shop;
  REQUIRE(shop.import(shop.book(), sales_of(few)).ok());
  std::vector<Row> rows = few;
  rows[0].price = "2.50";
  rows[3].price = "2.50";
  const auto again = shop.import(shop.book(), sales_of(rows));
  REQUIRE(again.ok());
  CHECK(again->purchases.added == 0);
  CHECK(again->purchases.already_there == 2);
  CHECK(again->purchases.differing == std::vector<std::string>{"536365"});
  CHECK(again->returns.differing == std::vector<std::string>{"C536367"});
  check_few(shop.totals());
}

TEST_CASE("import: a file without a line under its titles is no import") {
  const Scratch scratch;
  const auto folder = (scratch / "shop").string();
  const auto file = scratch.write("none.csv", text_of({}));
  REQUIRE(
      run_program({"--data", folder, "init", "--currency", "GBP", "--time-zone", "Europe/London"})
          .exit == 0);
  const auto ran = run_program({"--data", folder, "import", "online-retail", file, "--json"});
  CHECK(ran.exit == 2);
  CHECK(ran.json().at("error").at("code") == "retail.empty");
}

TEST_CASE("import: rejects never take the place of a file that is there") {
  const Scratch scratch;
  const auto folder = (scratch / "shop").string();
  const auto text = text_of(few);
  const auto file = scratch.write("few.csv", text);
  scratch.write("map.toml", "mine");
  std::filesystem::create_symlink(file, scratch / "link.csv");
  REQUIRE(
      run_program({"--data", folder, "init", "--currency", "GBP", "--time-zone", "Europe/London"})
          .exit == 0);
  for (const auto& target : {file, (scratch / "link.csv").string(), (scratch / "map.toml").string(),
                             folder + "/keepsake.db"}) {
    const auto ran = run_program(
        {"--data", folder, "import", "online-retail", file, "--rejects", target, "--json"});
    CHECK(ran.exit == 2);
    CHECK(ran.json().at("error").at("code") == "file.exists");
  }
  CHECK(scratch.read("few.csv") == text);
  CHECK(scratch.read("map.toml") == "mine");
  CHECK(run_program({"--data", folder, "report", "--json"}).json().at("totals").at("purchases") ==
        0);
}

TEST_CASE("import: the program tells what became of every line and keeps the rest") {
  const Scratch scratch;
  const auto folder = (scratch / "shop").string();
  const auto file = scratch.write("few.csv.xz", packed(text_of(few)));
  const auto rejects = (scratch / "rejects.csv").string();
  REQUIRE(
      run_program({"--data", folder, "init", "--currency", "GBP", "--time-zone", "Europe/London"})
          .exit == 0);
  const auto ran = run_program(
      {"--data", folder, "import", "online-retail", file, "--rejects", rejects, "--json"});
  REQUIRE(ran.exit == 0);
  CHECK(ran.err.empty());
  const auto answer = ran.json();
  CHECK(answer.at("lines") == 5);
  CHECK(answer.at("anonymous_lines") == 2);
  std::uint64_t lines = 0;
  for (const auto& row : answer.at("outcome")) lines += row.at("lines").get<std::uint64_t>();
  CHECK(lines == 5);
  CHECK(answer.at("purchases").at("amount") == "20.30");
  CHECK(answer.at("returns").at("amount") == "-20.40");
  CHECK(answer.at("stock_adjustments").at(0).at("reason") == "damaged");
  CHECK(
      scratch.read("rejects.csv") ==
      "line,reason,InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,"
      "Country\n"
      "6,stock adjustment: damaged,536368,A,damaged,-9,2010-12-01 08:26:00,0,NA,United Kingdom\n");
  const auto text = run_program({"--data", folder, "import", "online-retail", file});
  CHECK(text.exit == 0);
  CHECK(text.out.find("return, part of it without receipt") != std::string::npos);
  CHECK(text.out.find("\x1B") == std::string::npos);
  CHECK(text.err.empty());
}

TEST_CASE("import: a broken file leaves the data as it was") {
  const Scratch scratch;
  const auto folder = (scratch / "shop").string();
  REQUIRE(
      run_program({"--data", folder, "init", "--currency", "GBP", "--time-zone", "Europe/London"})
          .exit == 0);
  const auto good = text_of(few);
  auto wrong_number = good;
  wrong_number.replace(wrong_number.find(",3,2010-12-02"), 3, ",3x,");
  const auto xz = packed(good);
  const struct {
    const char* name;
    std::string bytes;
    const char* where;
  } cases[] = {
      {"cut.csv.xz", xz.substr(0, xz.size() - 40), "cut.csv.xz:"},
      {"header.csv", "a,b,c\n1,2,3\n", "header.csv:1:1"},
      {"number.csv", wrong_number, "number.csv:4:16 (Quantity)"},
      {"long.csv", good + std::string(3 << 20, 'x'), "long.csv:7:65537"},
      {"binary.csv", good + std::string("\0\0", 2), "binary.csv:7:1"},
  };
  for (const auto& c : cases) {
    CAPTURE(std::string(c.name));
    const auto file = scratch.write(c.name, c.bytes);
    const auto ran = run_program({"--data", folder, "import", "online-retail", file});
    CHECK(ran.exit == 2);
    CHECK(ran.out.empty());
    CHECK(ran.err.find(c.where) != std::string::npos);
    CHECK(run_program({"--data", folder, "report", "--json"}).json().at("totals").at("facts") == 0);
  }
}

TEST_CASE("import: another currency is refused") {
  const Scratch scratch;
  const auto folder = (scratch / "shop").string();
  REQUIRE(run_program({"--data", folder, "init", "--currency", "NOK", "--time-zone", "Europe/Oslo"})
              .exit == 0);
  const auto ran = run_program({"--data", folder, "import", "online-retail",
                                scratch.write("f.csv", text_of(few)), "--json"});
  CHECK(ran.exit == 2);
  CHECK(ran.json().at("error").at("code") == "retail.currency");
}

TEST_CASE("import: the real file after two kills gives its figures") {
  const std::string file = KEEPSAKE_SOURCE_DIR "/../shared/data/online_retail_h1.csv.xz";
  if (!std::filesystem::exists(file)) {
    MESSAGE("skipped: the real file is not beside the source folder");
    return;
  }
  const Scratch scratch;
  const auto folder = (scratch / "shop").string();
  REQUIRE(
      run_program({"--data", folder, "init", "--currency", "GBP", "--time-zone", "Europe/London"})
          .exit == 0);
  run_and_kill({"--data", folder, "import", "online-retail", file}, 700);
  run_and_kill({"--data", folder, "import", "online-retail", file}, 1200);
  const auto ran = run_program({"--data", folder, "import", "online-retail", file, "--json"});
  REQUIRE(ran.exit == 0);
  const auto answer = ran.json();
  CHECK(answer.at("lines") == 209029);
  CHECK(answer.at("anonymous_lines") == 59976);
  CHECK(answer.at("purchases").at("count") == 8455);
  CHECK(answer.at("purchases").at("amount") == "4064726.59");
  CHECK(answer.at("returns").at("count") == 1677);
  CHECK(answer.at("returns").at("amount") == "-357898.95");
  CHECK(answer.at("customers").at("count") == 2767);
  CHECK(answer.at("articles").at("count") == 3514);
  std::uint64_t adjustments = 0, lines = 0;
  for (const auto& reason : answer.at("stock_adjustments"))
    adjustments += reason.at("lines").get<std::uint64_t>();
  for (const auto& row : answer.at("outcome")) lines += row.at("lines").get<std::uint64_t>();
  CHECK(adjustments == 651);
  CHECK(lines == 209029);
  const auto totals = run_program({"--data", folder, "report", "--json"}).json().at("totals");
  CHECK(totals.at("purchases") == 8455);
  CHECK(totals.at("purchase_minor") == 406472659);
  CHECK(totals.at("returns") == 1677);
  CHECK(totals.at("return_minor") == 35789895);
  CHECK(totals.at("customers") == 2767);
  const auto facts = totals.at("facts");
  const auto again =
      run_program({"--data", folder, "import", "online-retail", file, "--json"}).json();
  for (const char* what : {"purchases", "returns", "customers", "articles"})
    CHECK(again.at(what).at("added") == 0);
  CHECK(run_program({"--data", folder, "report", "--json"}).json().at("totals").at("facts") ==
        facts);
  CHECK(run_program({"--data", folder, "verify"}).exit == 0);
  CHECK(run_program({"--data", folder, "rebuild", "--check"}).exit == 0);
}
