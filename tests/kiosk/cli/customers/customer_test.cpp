// `keepsake customer find, attach, files, file, detach, export` as a person meets them.
#include "storage/domain/customer/customer.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <iterator>

#include "storage/book/enrolment.hpp"
#include "tests/kiosk/cli/run_program.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using cli::Ran;

namespace {

using Args = std::vector<std::string>;

/// A folder with two customers in it; the program opens it after the book here is closed.
struct Folder : test::Shop {
  std::string ingrid;

  Folder() {
    Profile profile;
    profile.name = "Ingrid Haugen";
    profile.phone = "+4791234417";
    ingrid = to_hex(enrol(profile, "C-1"));
    profile.name = "Тарас Шевченко";
    profile.phone = "+380671234567";
    enrol(profile, "C-2");
    book.reset();
  }
  Ran run(Args args) const {
    args.insert(args.begin(), {"--data", data().string(), "--json"});
    return cli::run_program(args);
  }
  std::string write(const std::string& name, const std::string& content) const {
    const auto file = folder.path() / name;
    std::ofstream(file, std::ios::binary) << content;
    return file.string();
  }
};

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("customer find: answers as a screen would and keeps who asked") {
  const Folder shop;
  const auto found = shop.run({"customer", "find", "haug", "ing", "--staff", "marit"});
  CHECK(found.exit == 0);
  REQUIRE(found.json().at("customers").size() == 1);
  const auto hit = found.json().at("customers").at(0);
  CHECK(hit.at("reference") == shop.ingrid);
  CHECK(hit.at("label") == "Ingrid H.");
  CHECK(hit.at("name") == "Ingrid Haugen");
  CHECK(hit.at("masked_phone") == "•••• 4417");
  CHECK(hit.at("matched_by") == "name");
  CHECK(shop.run({"customer", "find", "shevch"}).json().at("customers").size() == 1);
  CHECK(shop.run({"customer", "find", "c-", "--limit", "1"}).json().at("customers").size() == 1);
  const auto nobody = shop.run({"customer", "find", "nobody"});
  CHECK(nobody.exit == 1);
  CHECK(nobody.json().at("customers").empty());
  const auto audit = shop.run({"customer", "audit", "C-1"}).json().at("audit");
  CHECK(audit.back().at("action") == "searched");
  CHECK(audit.back().at("staff") == "marit");
}

TEST_CASE("customer find: stops at its limit, says so and goes on") {
  const Folder shop;
  const auto found = [&](Args more) {
    Args args{"customer", "find", "c-"};
    args.insert(args.end(), more.begin(), more.end());
    return shop.run(args).json();
  };
  const auto all = found({});
  REQUIRE(all.at("customers").size() == 2);
  CHECK(all.at("more") == false);
  CHECK_FALSE(all.contains("next_skip"));
  const auto first = found({"--limit", "1"});
  CHECK(first.at("more") == true);
  CHECK(first.at("next_skip") == 1);
  const auto rest = found({"--limit", "1", "--skip", "1"});
  CHECK(rest.at("more") == false);
  CHECK(nlohmann::json({first.at("customers").at(0), rest.at("customers").at(0)}) ==
        all.at("customers"));
  CHECK(shop.run({"customer", "find", "c-", "--skip", "2"}).exit == 1);
  const auto text =
      cli::run_program({"--data", shop.data().string(), "customer", "find", "c-", "--limit", "1"});
  CHECK(text.out.find("--skip 1") != std::string::npos);
}

TEST_CASE("customer look-up: who is known here is not asked for; without a head office nobody is") {
  const Folder folder;
  const auto here = folder.run({"customer", "look-up", "912 34 417"});
  CHECK(here.exit == 0);
  CHECK(here.json().at("reference") == folder.ingrid);
  CHECK(folder.run({"customer", "look-up", "C-1"}).json().at("reference") == folder.ingrid);
  const auto nobody = folder.run({"customer", "look-up", "912 34 418"});
  CHECK(nobody.exit != 0);
  CHECK(nobody.json().at("error").at("code") == "sync.not-enrolled");
}

TEST_CASE("customer files: attached, written out, exported and removed") {
  const Folder shop;
  const std::string pdf = "%PDF-1.4\n%%EOF\n";
  const auto attached = shop.run({"customer", "attach", "C-1", shop.write("bill.pdf", pdf),
                                  "--kind", "invoice", "--staff", "marit"});
  REQUIRE(attached.exit == 0);
  const std::string hash = attached.json().at("attached");
  const auto files = shop.run({"customer", "files", "C-1"}).json().at("files");
  REQUIRE(files.size() == 1);
  CHECK(files.at(0).at("name") == "bill.pdf");
  CHECK(files.at(0).at("kind") == "invoice");
  const auto out = shop.folder.path() / "out.pdf";
  CHECK(shop.run({"customer", "file", "C-1", hash, "--out", out.string()}).exit == 0);
  CHECK(content_of(out) == pdf);

  const auto wrong = shop.run({"customer", "attach", "C-1", shop.write("photo.png", "no picture")});
  CHECK(wrong.exit == 2);
  CHECK(wrong.json().at("error").at("code") == "file.type");
  CHECK(shop.run({"customer", "attach", "C-1", "/nowhere/a.png"}).json().at("error").at("code") ==
        "file.none");
  CHECK(shop.run({"customer", "attach", "C-1", shop.folder.path().string()})
            .json()
            .at("error")
            .at("code") == "file.unreadable");
  CHECK(shop.run({"customer", "file", "C-1", "abc", "--out", out.string()})
            .json()
            .at("error")
            .at("code") == "hash.syntax");

  const auto folder = shop.folder.path() / "export";
  REQUIRE(shop.run({"customer", "export", "C-1", "--out", folder.string()}).exit == 0);
  const auto exported = nlohmann::json::parse(content_of(folder / "customer.json")).at("files");
  REQUIRE(exported.size() == 1);
  CHECK(content_of(folder / exported.at(0).at("file").get<std::string>()) == pdf);

  CHECK(shop.run({"verify"}).exit == 0);
  CHECK(shop.run({"customer", "detach", "C-1", hash}).exit == 0);
  CHECK(shop.run({"customer", "files", "C-1"}).json().at("files").empty());
  CHECK(shop.run({"customer", "detach", "C-1", hash}).json().at("error").at("code") == "file.none");
}
