// Copies of a data folder: a whole shop again, and nobody in it who was erased.
#include "storage/book/backup.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <fstream>
#include <set>

#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/fact.hpp"
#include "storage/services/customer_files.hpp"
#include "storage/vault/key_backup.hpp"
#include "storage/vault/vault.hpp"
#include "tests/support/disk_calls.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

namespace fs = std::filesystem;

constexpr std::string_view passphrase = "lamp orchard seven kettle";

struct Copied : Shop {
  fs::path copies = folder.path() / "copies", copy = copies / "shop.db", keys = copies / "keys";
  CustomerRef ref, other;
  const std::string picture = jpeg_picture(300, 200), bill = pdf_document();

  Copied() {
    fs::create_directory(copies);
    Profile profile;
    profile.name = "Ingrid Haugen";
    ref = enrol(profile, "C-1");
    profile.name = "Kunigunde Moe";
    other = enrol(profile, "C-2");
    attach(ref, FileKind::photo, picture);
    attach(other, FileKind::invoice, bill);
  }
  Actor hand() {
    clock.advance(std::chrono::seconds(1));
    return {"marit", clock.local_now()};
  }
  void attach(const CustomerRef& to, FileKind kind, const std::string& content) {
    const auto id = attach_file(*book, to, {kind, "a file", content}, hand());
    REQUIRE_MESSAGE(id.ok(), why(id));
  }
  BackupDone back_up_now() {
    const auto done = back_up(data(), copy, {});
    REQUIRE_MESSAGE(done.ok(), why(done));
    return *done;
  }
  fs::path sealed(const CustomerRef& owner, const std::string& content) const {
    const auto path = file_store::path_of("", owner, sha256(content), file_store::Part::content);
    return fs::path(copy.string() + ".files") / path.lexically_relative("files");
  }
  fs::path restored() const { return folder.path() / "restored"; }
};

}  // namespace

TEST_CASE("a shop made of its copies has every fact and every file") {
  Copied shop;
  const BackupDone done = shop.back_up_now();
  CHECK(done.files_copied == 3);  // with a thumbnail
  CHECK(done.database_bytes == fs::file_size(shop.copy));
  REQUIRE(back_up_keys(shop.data(), shop.keys, passphrase).ok());
  shop.record(purchase(shop.clock, {line("1001", 1, 9900)}));  // is not in the copy

  REQUIRE(restore(shop.copy, shop.restored()).ok());
  CHECK(Book::open(shop.restored(), shop.clock).error().code == "vault.missing");
  REQUIRE(restore_keys(shop.keys, shop.restored(), passphrase).ok());
  CHECK(*destroy_erased_keys(shop.restored()) == 0);
  CHECK(findings_of(shop.restored()) == "");
  const auto book = Book::open(shop.restored(), shop.clock);
  REQUIRE_MESSAGE(book.ok(), why(book));
  CHECK((*book)->settings() == shop.book->settings());
  CHECK((*(*book)->reader())->head()->seq + 1 == shop.reader()->head()->seq);
  const auto hash = sha256(shop.picture);
  CHECK(*read_file(**book, shop.ref, hash) == shop.picture);
  CHECK(read_file(**book, shop.ref, hash, file_store::Part::thumbnail).ok());
  CHECK(*read_file(**book, shop.other, sha256(shop.bill)) == shop.bill);
  CHECK(why(restore(shop.copy, shop.restored())) == "");  // it is there already
  REQUIRE((*book)->record(purchase(shop.clock, {line("1001", 1, 9900)})).ok());
  CHECK(restore(shop.copy, shop.restored()).error().code == "book.exists");
  CHECK(restore(shop.copies / "none.db", shop.folder.path() / "x").error().code == "backup.none");
}

TEST_CASE("every file of a copy is on the disk before it gets its name, and then its name") {
  Copied shop;
  const DiskCalls calls;
  shop.back_up_now();
  std::set<std::string> folders{shop.copies.filename().string()};
  for (const auto& entry : fs::recursive_directory_iterator(shop.copies))
    if (entry.is_directory()) folders.insert(entry.path().filename().string());
  std::set<std::string> synced;
  std::set<std::string> named;
  for (std::size_t n = 0; n < calls.told().size(); ++n) {
    const std::string& each = calls.told()[n];
    CAPTURE(each);
    if (each.starts_with("sync ")) {
      synced.insert(each.substr(5));
      continue;
    }
    const auto blank = each.find(' ', 7);
    CHECK(synced.count(each.substr(7, blank - 7)) == 1);
    named.insert(each.substr(blank + 1));
    REQUIRE(n + 1 < calls.told().size());
    const std::string& next = calls.told()[n + 1];
    CAPTURE(next);
    CHECK((next.starts_with("sync ") && folders.count(next.substr(5)) == 1));
  }
  CHECK(std::ranges::includes(synced, folders));
  for (const auto& entry : fs::recursive_directory_iterator(shop.copies)) {
    const std::string name = entry.path().filename().string();
    CAPTURE(name);
    if (entry.is_regular_file()) CHECK(named.count(name) == 1);
  }
}

TEST_CASE("a copy made again takes what is new and drops what was erased") {
  Copied shop;
  shop.back_up_now();
  CHECK(fs::exists(shop.sealed(shop.other, shop.bill)));
  shop.attach(shop.ref, FileKind::document, shop.bill);
  REQUIRE(shop.book->erase(shop.other, "request", "marit").ok());
  const BackupDone again = shop.back_up_now();
  CHECK(again.files_kept == 2);
  CHECK(again.files_copied == 1);
  CHECK(again.files_dropped == 1);
  CHECK_FALSE(fs::exists(shop.sealed(shop.other, shop.bill)));
}

TEST_CASE("a copy that was cut short is gone on with") {
  Copied shop;
  shop.back_up_now();
  fs::remove(shop.sealed(shop.ref, shop.picture));
  fs::resize_file(shop.sealed(shop.other, shop.bill), 10);  // as a stick that was pulled out
  std::ofstream(shop.sealed(shop.ref, shop.picture).parent_path() / "another.part") << "half";
  const BackupDone again = shop.back_up_now();
  CHECK(again.files_copied == 2);
  CHECK(again.files_kept == 1);
  CHECK(again.files_dropped == 1);
  REQUIRE(restore(shop.copy, shop.restored()).ok());
  fs::copy_file(shop.data() / "vault.db", shop.restored() / "vault.db");
  CHECK(findings_of(shop.restored()) == "");
}

TEST_CASE("old keys do not bring back a customer whose erasure the data know") {
  Copied shop;
  REQUIRE(back_up_keys(shop.data(), shop.keys, passphrase).ok());
  REQUIRE(shop.book->erase(shop.other, "request", "marit").ok());
  shop.back_up_now();
  REQUIRE(restore(shop.copy, shop.restored()).ok());
  REQUIRE(restore_keys(shop.keys, shop.restored(), passphrase).ok());
  CHECK(*destroy_erased_keys(shop.restored()) == 1);
  const auto vault = Vault::open(shop.restored());
  REQUIRE(vault.ok());
  CHECK((*vault)->seal_keys_for({&shop.other, 1}, (*vault)->box_public())->empty());
  CHECK((*vault)->seal_keys_for({&shop.ref, 1}, (*vault)->box_public())->size() == 1);
  CHECK(findings_of(shop.restored()) == "");
}
