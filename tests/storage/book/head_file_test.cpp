#include "storage/book/head_file.hpp"

#include <doctest/doctest.h>
#include <fstream>

#include "storage/book/verify.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using namespace keepsake::test;
namespace fs = std::filesystem;

namespace {

std::string opening(const Shop& shop) {
  const auto book = Book::open(shop.data(), shop.clock);
  return book.ok() ? "opened" : book.error().code;
}

void sell(const Shop& shop) {
  REQUIRE(shop.book->record(purchase(shop.clock, {line("A-1", 1, 100)})).ok());
}

}  // namespace

TEST_CASE("a head is read as it was written and nothing torn is a head") {
  TemporaryFolder folder;
  CHECK_FALSE(read_head(folder.path()));
  KeptHead head{17, {}};
  head.hash[3] = 9;
  HeadFile::open(folder.path())->write(head);
  const auto read = read_head(folder.path());
  REQUIRE(read);
  CHECK(read->seq == 17);
  CHECK(read->hash == head.hash);
  const auto file = folder.path() / "head";
  std::string line;
  {
    std::ifstream in(file);
    std::getline(in, line);
  }
  for (std::size_t i = 0; i < line.size(); ++i) {
    CAPTURE(i);
    std::string torn = line;
    torn[i] = torn[i] == '1' ? '2' : '1';
    std::ofstream(file) << torn << '\n';
    CHECK_FALSE(read_head(folder.path()));
    std::ofstream(file) << line.substr(0, i) << '\n';
    CHECK_FALSE(read_head(folder.path()));
  }
}

TEST_CASE("confirmed sales that a folder lost are told at once") {
  Shop shop;
  sell(shop);
  const auto away = shop.folder.path() / "away.db";
  shop.book.reset();
  fs::copy_file(shop.data() / "keepsake.db", away);
  shop.book = Book::open(shop.data(), shop.clock).value();
  sell(shop);
  shop.book.reset();
  CHECK(opening(shop) == "opened");
  const auto newest = shop.folder.path() / "newest.db";
  fs::rename(shop.data() / "keepsake.db", newest);

  // An older copy, as a folder that was copied without its log.
  fs::copy_file(away, shop.data() / "keepsake.db");
  CHECK(opening(shop) == "journal.behind");
  const auto verified = verify(shop.data(), {});
  REQUIRE(verified.ok());
  CHECK(verified->findings.size() == 1);

  // The newest copy heals it; and so does the owner's word that there is none.
  fs::copy_file(newest, shop.data() / "keepsake.db", fs::copy_options::overwrite_existing);
  CHECK(opening(shop) == "opened");
  fs::copy_file(away, shop.data() / "keepsake.db", fs::copy_options::overwrite_existing);
  fs::remove(shop.data() / "head");
  CHECK(opening(shop) == "opened");
}

TEST_CASE("another history of the same length is told too") {
  Shop shop;
  shop.book.reset();
  const auto empty = shop.folder.path() / "empty.db";
  fs::copy_file(shop.data() / "keepsake.db", empty);
  shop.book = Book::open(shop.data(), shop.clock).value();
  sell(shop);
  shop.book.reset();
  const auto head = read_head(shop.data());
  fs::copy_file(empty, shop.data() / "keepsake.db", fs::copy_options::overwrite_existing);
  fs::remove(shop.data() / "head");
  shop.book = Book::open(shop.data(), shop.clock).value();
  REQUIRE(shop.book->record(purchase(shop.clock, {line("B-2", 1, 700)})).ok());
  shop.book.reset();
  HeadFile::open(shop.data())->write(*head);
  CHECK(opening(shop) == "journal.behind");
}
