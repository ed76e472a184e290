#include "sync/central/centre.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

#include "tests/sync/central/office.hpp"

using namespace keepsake;
using namespace keepsake::sync;
using namespace keepsake::sync::central;
using namespace keepsake::sync::central::test;
namespace fs = std::filesystem;

namespace {

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// An office that has let a terminal in and is closed.
struct ClosedOffice : Office {
  SendingTerminal terminal{clock};
  ClosedOffice() {
    terminal.enrol(centre->enrolment());
    terminal.sell(100);
    taken(terminal, terminal.all());
    centre.reset();
  }
  Result<std::unique_ptr<Centre>> reopened() { return Centre::open(data(), {"localhost"}, clock); }
  std::string refusal() {
    auto opened = reopened();
    return opened.ok() ? "opened" : opened.error().code;
  }
};

}  // namespace

TEST_CASE("a lost certificate of the authority is made again from its key") {
  ClosedOffice office;
  const std::string key = content_of(office.data() / "ca.key");
  const std::string before = content_of(office.data() / "ca.pem");
  fs::remove(office.data() / "ca.pem");
  const auto opened = office.reopened();
  REQUIRE(opened.ok());
  CHECK(content_of(office.data() / "ca.key") == key);
  CHECK(content_of(office.data() / "ca.pem") != before);
  CHECK(pki::check_issued(office.terminal.certificate_pem, (*opened)->authority_pem(),
                          office.clock.now())
            .ok());
}

TEST_CASE("a centre that has data does not start over without its keys") {
  ClosedOffice office;
  const auto file = [&](const char* name) { return office.data() / name; };
  SUBCASE("the authority's key") {
    fs::rename(file("ca.key"), file("away"));
    CHECK(office.refusal() == "central.incomplete");
    CHECK_FALSE(fs::exists(file("ca.key")));
    fs::rename(file("away"), file("ca.key"));
  }
  SUBCASE("the whole authority") {
    fs::rename(file("ca.key"), file("away"));
    fs::remove(file("ca.pem"));
    CHECK(office.refusal() == "central.incomplete");
    fs::rename(file("away"), file("ca.key"));
  }
  SUBCASE("the vault") {
    fs::rename(file("vault.db"), file("away"));
    CHECK(office.refusal() == "vault.missing");
    CHECK_FALSE(fs::exists(file("vault.db")));
    fs::rename(file("away"), file("vault.db"));
  }
  SUBCASE("an emptied vault") {
    fs::copy_file(file("vault.db"), file("away"));
    fs::resize_file(file("vault.db"), 0);
    CHECK(office.refusal() == "vault.empty");
    fs::rename(file("away"), file("vault.db"));
  }
  SUBCASE("keys that others may read") {
    for (const char* name : {"vault.db", "ca.key"}) {
      const auto mode = fs::status(file(name)).permissions();
      fs::permissions(file(name), mode | fs::perms::others_read);
      CHECK(office.refusal().ends_with(".mode"));
      fs::permissions(file(name), mode);
    }
  }
  // Put back, everything goes on.
  const auto opened = office.reopened();
  REQUIRE_MESSAGE(opened.ok(), (opened.ok() ? "" : to_line(opened.error())));
  CHECK(office.figures().purchases == 1);
}

TEST_CASE("a folder whose making was cut short is made to its end") {
  ClosedOffice office;
  fs::remove(office.data() / "central.db");
  fs::remove(office.data() / "ca.pem");
  CHECK(office.reopened().ok());
}
