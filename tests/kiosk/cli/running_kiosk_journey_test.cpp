// Commands that write while a real kiosk holds the folder.
#include <cstdlib>
#include <doctest/doctest.h>
#include <thread>

#include "storage/book/book.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/engine/system_clock.hpp"
#include "tests/kiosk/cli/customers/customer_shop.hpp"
#include "tests/support/process.hpp"

using namespace keepsake;
using namespace keepsake::cli;
using namespace std::chrono_literals;

namespace {

const std::string binaries = KEEPSAKE_BINARY_DIR "/bin/";

/// A program that holds the shop's folder and answers commands, as soon as this is made.
class Holding {
 public:
  Holding(const CustomerShop& shop, const std::vector<std::string>& arguments)
      : socket_(std::filesystem::path(shop.folder()) / "control.sock"),
        former_(made()),
        process_(started(arguments), shop.scratch() / "holder.log") {
    // Not the socket of one that was killed: a command would do without, and be in the way.
    const auto answers = [&] {
      return made() && made() != former_ && shop.json({"clock", "confirm"}).exit == 0;
    };
    bool up = false;
    for (int tries = 0; tries < 500 && !up; ++tries) {
      std::this_thread::sleep_for(20ms);
      up = answers();
    }
    REQUIRE_MESSAGE(up, process_.output());
  }
  test::Process* operator->() { return &process_; }

 private:
  static const std::vector<std::string>& started(const std::vector<std::string>& arguments) {
    ::setenv("SDL_VIDEODRIVER", "offscreen", 1);
    ::setenv("SDL_AUDIODRIVER", "dummy", 1);
    ::setenv("LIBGL_ALWAYS_SOFTWARE", "1", 1);
    return arguments;
  }
  using Made = std::optional<std::filesystem::file_time_type>;
  Made made() const {
    std::error_code none;
    const auto when = std::filesystem::last_write_time(socket_, none);
    return none ? Made() : Made(when);
  }

  const std::filesystem::path socket_;
  const Made former_;
  test::Process process_;
};

Holding open_kiosk(const CustomerShop& shop) {
  return {shop,
          {binaries + "keepsake-kiosk", "--data", shop.folder(), "--windowed", "400x320",
           "--px-per-mm", "1.9"}};
}

std::string customers_csv(const CustomerShop& shop, int customers) {
  std::string csv = "No,Name\n";
  for (int each = 1; each <= customers; ++each)
    csv += std::to_string(each) + ",Per Vik " + std::to_string(each) + "\n";
  return shop.scratch().write("customers.csv", csv);
}

Args import_of(const CustomerShop& shop, int customers) {
  return {"import", "customers", customers_csv(shop, customers), "--map",
          shop.scratch().write("map.toml",
                               "origin = \"x\"\nkey = \"No\"\n[[column]]\nfrom = "
                               "\"Name\"\nto = \"name\"\n")};
}

std::int64_t customers_of(const CustomerShop& shop) {
  const auto exported = (shop.scratch() / "all.csv").string();
  REQUIRE(shop.run({"export", "customers", "--out", exported}).exit == 0);
  const std::string text = shop.scratch().read("all.csv");
  return std::ranges::count(text, '\n') - 1;
}

}  // namespace

TEST_CASE("every command that writes works while the kiosk is open, and answers as without it") {
  const CustomerShop shop;
  Holding kiosk = open_kiosk(shop);
  shop.add_staff("marit", "2468", {"--manager"});
  const std::string source = KEEPSAKE_SOURCE_DIR;
  const auto codes = shop.scratch().write("codes.txt", "AAA-1\nAAA-2\n");
  const auto bill = shop.scratch().write("bill.pdf", "%PDF-1.4\n%%EOF\n");
  const Args commands[] = {
      {"import", "catalogue", source + "/assets/demo/catalogue.csv"},
      {"programme", "publish", source + "/assets/demo/programme.toml"},
      {"customer", "join", "--set", "name=Ingrid Haugen", "--add", "card=C-1"},
      {"customer", "join", "--set", "name=Per Vik", "--add", "card=C-2"},
      {"customer", "change", "C-1", "--set", "name=Ingrid Berg"},
      {"customer", "attach", "C-1", bill},
      {"customer", "erase", "C-2", "--yes"},
      {"retention", "--yes"},
      {"expire", "--yes"},
      {"clock", "confirm"},
      {"dedupe", "--merge-certain"},
      {"staff", "remove", "marit"},
  };
  for (const Args& command : commands) {
    const auto ran = shop.json(command);
    CHECK_MESSAGE(ran.exit == 0, command[0], " ", command[1], ": ", ran.out, ran.err);
    CHECK(ran.err.empty());
  }
  const auto shown = shop.json({"customer", "show", "C-1"});
  CHECK(shown.out.find("Ingrid Berg") != std::string::npos);
  CHECK(shop.json({"customer", "show", "C-2"}).exit == 1);
  // What is refused is refused as ever.
  CHECK(shop.json({"gift-card", "block", "KC-404404", "--reason", "lost"})
            .json()
            .at("error")
            .at("code") == "gift-card.unknown");
  CHECK(shop.verify() == 0);
  kiosk->ask_to_end();
  CHECK(kiosk->wait(20s) == 0);
  CHECK(shop.verify() == 0);
}

TEST_CASE("what needs the folder alone says which program has it open") {
  const CustomerShop shop;
  Holding kiosk = open_kiosk(shop);
  for (const Args& command : {Args{"enrol", "--url", "https://localhost:1", "--code", "X"},
                              Args{"rebuild"}, Args{"sync", "--daemon"}}) {
    const auto ran = shop.json(command);
    CAPTURE(command[0]);
    CHECK(ran.exit == 2);
    CHECK(ran.json().at("error").at("code") == "book.locked");
    CHECK(ran.json().at("error").at("where").get<std::string>().starts_with("keepsake-kiosk"));
  }
}

TEST_CASE("a PIN is read where the command was typed, and no other program hears it") {
  const CustomerShop shop;
  Holding kiosk = open_kiosk(shop);
  shop.add_staff("marit", "2468", {"--manager"});
  REQUIRE(
      shop.run({"programme", "publish", KEEPSAKE_SOURCE_DIR "/assets/demo/programme.toml"}).exit ==
      0);
  REQUIRE(shop.run({"customer", "join", "--set", "name=Kari", "--add", "card=C-1"}).exit == 0);
  const Args adjust{"--data",   shop.folder(), "member",   "adjust", "C-1",
                    "--points", "25",          "--reason", "parcel"};
  CHECK(run_program(adjust, "1111\n").exit == 1);
  CHECK(run_program(adjust, "2468\n").exit == 0);
  CHECK(shop.json({"member", "show", "C-1"}).json().at("balance") == "75");
  const auto audit = shop.json({"customer", "audit", "C-1"}).out;
  CHECK(audit.find("marit") != std::string::npos);
}

TEST_CASE("after a kiosk was killed, commands work without it and the next kiosk answers again") {
  const CustomerShop shop;
  {
    Holding kiosk = open_kiosk(shop);
    REQUIRE(kiosk->kill());
  }
  CHECK(std::filesystem::exists(std::filesystem::path(shop.folder()) / "control.sock"));
  shop.add_staff("marit", "2468", {"--manager"});
  Holding again = open_kiosk(shop);
  CHECK(shop.run({"staff", "remove", "marit"}).exit == 0);
}

TEST_CASE("a command killed in the middle leaves a kiosk that goes on and a sound book") {
  const CustomerShop shop;
  Holding kiosk = open_kiosk(shop);
  constexpr int customers = 3000;
  Args import = import_of(shop, customers);
  import.insert(import.begin(), {"--data", shop.folder()});
  int killed = 0;
  for (const int after_ms : {5, 20, 40, 80, 160, 320})
    killed += run_and_kill(import, after_ms) ? 1 : 0;
  CHECK(killed > 2);
  CHECK(shop.verify() == 0);
  const auto whole = run_program(import);
  CHECK_MESSAGE(whole.exit == 0, whole.err);
  CHECK(customers_of(shop) == customers);  // each once, whatever came of the earlier ones
  CHECK(shop.verify() == 0);
  kiosk->ask_to_end();
  CHECK(kiosk->wait(20s) == 0);
}

TEST_CASE("a kiosk closes while a command runs, and running it again finishes the work once") {
  const CustomerShop shop;
  constexpr int customers = 3000;
  const Args import = import_of(shop, customers);
  for (const auto after : {100ms, 300ms}) {
    Holding kiosk = open_kiosk(shop);
    Ran ran;
    std::thread command([&] { ran = shop.json(import); });
    std::this_thread::sleep_for(after);
    kiosk->ask_to_end();
    CHECK(kiosk->wait(20s) == 0);
    command.join();
    if (ran.exit == 0) continue;  // it was faster
    const auto code = ran.json().at("error").at("code").get<std::string>();
    // It was closing already: it answers nobody any more, and holds the folder still.
    const bool too_late = code == "book.locked";
    CHECK_MESSAGE((too_late || code.starts_with("control.")), ran.out);
    CHECK(shop.verify() == 0);
  }
  const auto whole = shop.json(import);
  CHECK_MESSAGE(whole.exit == 0, whole.out);
  CHECK(customers_of(shop) == customers);
  CHECK(shop.verify() == 0);
}

TEST_CASE("sync --daemon answers commands as the kiosk does") {
  const CustomerShop shop;
  {
    const auto clock = SystemClock::open("Europe/Oslo");
    const auto book = Book::open(shop.folder(), **clock);
    REQUIRE(book.ok());
    const Enrolment given{
        {17}, {1}, "Lysvik", "https://localhost:1", std::string(32, 's'), std::string(32, 'b')};
    REQUIRE((*book)->set_enrolment(given).ok());
  }
  Holding daemon(shop, {binaries + "keepsake", "--data", shop.folder(), "sync", "--daemon"});
  shop.add_staff("marit", "2468", {"--manager"});
  CHECK(shop.run({"staff", "list"}).out.find("marit") != std::string::npos);
  daemon->ask_to_end();
  CHECK(daemon->wait(20s) == 0);
  CHECK_FALSE(std::filesystem::exists(std::filesystem::path(shop.folder()) / "control.sock"));
}
