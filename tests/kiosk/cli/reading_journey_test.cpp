// What only looks works while the kiosk is open, and leaves its trace in the audit trail.
#include <doctest/doctest.h>
#include <fstream>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/engine/system_clock.hpp"
#include "tests/kiosk/cli/customers/customer_shop.hpp"

using namespace keepsake;
using namespace keepsake::cli;

namespace {

/// A shop with Ingrid (card C-1), a gift card and a file of hers.
struct Filled : CustomerShop {
  std::string ingrid, hash, card;

  Filled() {
    const auto joined = json({"customer", "join", "--set", "name=Ingrid Haugen", "--add",
                              "phone=91234417", "--add", "card=C-1"});
    REQUIRE_MESSAGE(joined.exit == 0, joined.out);
    ingrid = joined.json().at("customer");
    const auto file = scratch().write("bill.pdf", "%PDF-1.4\n%%EOF\n");
    const auto attached = json({"customer", "attach", "C-1", file});
    REQUIRE_MESSAGE(attached.exit == 0, attached.out);
    hash = attached.json().at("attached");
  }
  std::string out(const char* name) const { return (scratch() / name).string(); }
};

/// As the kiosk holds it.
struct Kiosk {
  Result<std::unique_ptr<SystemClock>> clock = SystemClock::open("Europe/Oslo");
  Result<std::unique_ptr<Book>> book;
  explicit Kiosk(const std::string& folder) : book(Book::open(folder, **clock)) {
    REQUIRE(book.ok());
  }
};

std::size_t times(Book& book, AuditAction action, std::string_view staff) {
  const auto reader = book.reader();
  REQUIRE(reader.ok());
  const auto entries = (*reader)->audit({}, 1000);
  REQUIRE(entries.ok());
  return static_cast<std::size_t>(std::ranges::count_if(*entries, [&](const AuditEntry& each) {
    return each.action == action && each.staff == staff;
  }));
}

}  // namespace

TEST_CASE("every command that only reads works while the kiosk is open") {
  const Filled shop;
  const auto customers = shop.scratch().write("c.csv", "No,Name\n1,Per Vik\n");
  const auto map = shop.scratch().write(
      "m.toml", "origin = \"x\"\nkey = \"No\"\n[[column]]\nfrom = \"Name\"\nto = \"name\"\n");
  const Kiosk kiosk(shop.folder());
  const Args commands[] = {
      {"customer", "show", "C-1"},
      {"customer", "find", "ingrid"},
      {"customer", "timeline", "C-1"},
      {"customer", "audit", "C-1"},
      {"customer", "audit"},
      {"customer", "files", "C-1"},
      {"customer", "file", "C-1", shop.hash, "--out", shop.out("bill-out.pdf")},
      {"customer", "export", "C-1", "--out", shop.out("export")},
      {"export", "customers", "--out", shop.out("all.csv")},
      {"dedupe"},
      {"member", "show", "C-1"},
      {"wallet", "show", "C-1"},
      {"report"},
      {"report", "--by", "customer"},
      {"retention"},
      {"expire"},
      {"staff", "list"},
      {"clock", "show"},
      {"settings", "show"},
      {"settings", "check"},
      {"import", "customers", customers, "--map", map, "--check"},
      {"import", "customers", customers, "--map", map, "--preview", "1"},
      {"verify"},
      {"backup", shop.out("copy.db")},
  };
  for (const Args& command : commands) {
    const auto ran = shop.json(command);
    CHECK_MESSAGE(ran.exit == 0, command[0], " ", command.size() > 1 ? command[1] : "", ": ",
                  ran.out, ran.err);
  }
  const auto unknown = shop.json({"gift-card", "show", "KC-123456"});
  CHECK(unknown.exit == 1);
  CHECK(unknown.json().at("error").at("code") == "gift-card.unknown");
  // What changes something says who is in the way.
  const auto change = shop.json({"customer", "change", "C-1", "--set", "name=Kari"});
  CHECK(change.exit == 2);
  CHECK(change.json().at("error").at("code") == "book.locked");
}

TEST_CASE("a look beside the open kiosk is in the trail at once, and once only afterwards") {
  const Filled shop;
  {
    const Kiosk kiosk(shop.folder());
    REQUIRE(shop.run({"customer", "show", "C-1", "--staff", "marit"}).exit == 0);
    REQUIRE(shop.run({"customer", "find", "haugen", "--staff", "marit"}).exit == 0);
    REQUIRE(
        shop.run({"export", "customers", "--out", shop.out("a.csv"), "--staff", "marit"}).exit ==
        0);
    CHECK(times(**kiosk.book, AuditAction::looked, "marit") == 1);
    CHECK(times(**kiosk.book, AuditAction::searched, "marit") == 1);
    CHECK(times(**kiosk.book, AuditAction::exported, "marit") == 1);
    const auto told = shop.json({"customer", "audit", "C-1"}).json().at("audit");
    CHECK(told.front().at("staff") == "marit");
  }
  const Kiosk again(shop.folder());
  CHECK(times(**again.book, AuditAction::looked, "marit") == 1);
  CHECK(times(**again.book, AuditAction::searched, "marit") == 1);
  CHECK(times(**again.book, AuditAction::exported, "marit") == 1);
}

TEST_CASE("nothing of a person is shown when the look cannot be kept") {
  const Filled shop;
  const Kiosk kiosk(shop.folder());
  std::ofstream(std::filesystem::path(shop.folder()) / "looks.db") << "this is no database at all";
  for (const Args& command : {Args{"customer", "show", "C-1"}, Args{"customer", "find", "ingrid"},
                              Args{"customer", "export", "C-1", "--out", shop.out("e")},
                              Args{"export", "customers", "--out", shop.out("e.csv")}}) {
    const auto ran = shop.run(command);
    CHECK(ran.exit == 2);
    CHECK(ran.out.find("Ingrid") == std::string::npos);
  }
  CHECK_FALSE(std::filesystem::exists(shop.out("e.csv")));
  CHECK_FALSE(std::filesystem::exists(std::filesystem::path(shop.out("e")) / "customer.json"));
}
