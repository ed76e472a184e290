// Photos, invoices and documents of customers.
#include "storage/services/customer_files.hpp"

#include <algorithm>
#include <chrono>
#include <doctest/doctest.h>
#include <fstream>

#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/rebuild.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/vault/vault.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/shop.hpp"
#include "tests/support/staff.hpp"

using namespace keepsake;
using namespace keepsake::test;
using file_store::Part;

namespace {

Profile ingrid() {
  Profile profile;
  profile.name = "Ingrid Haugen";
  return profile;
}

Hash attach(Shop& shop, const CustomerRef& ref, const std::string& content,
            const std::string& name = "SECRETNAME.png", FileKind kind = FileKind::photo) {
  const auto id = attach_file(*shop.book, ref, {kind, name, content}, hand(shop));
  REQUIRE_MESSAGE(id.ok(), why(id));
  return sha256(content);
}

std::string refusal(Shop& shop, const CustomerRef& ref, const std::string& content) {
  const auto id = attach_file(*shop.book, ref, {FileKind::photo, "a", content}, hand(shop));
  return id ? "" : id.error().code;
}

std::size_t files_on_disk(const Shop& shop) {
  std::size_t count = 0;
  std::error_code none;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(shop.data() / "files", none))
    count += entry.is_regular_file() ? 1 : 0;
  return count;
}

bool folder_holds(const Shop& shop, std::string_view bytes) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(shop.data())) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string all{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (all.find(bytes) != std::string::npos) return true;
  }
  return false;
}

void make_old(const std::filesystem::path& file) {
  std::filesystem::last_write_time(
      file, std::filesystem::file_time_type::clock::now() - std::chrono::hours(2));
}

}  // namespace

TEST_CASE("files are attached, listed, read and removed") {
  Shop shop;
  const CustomerRef ref = shop.enrol(ingrid());
  const std::string photo = png_picture(600, 400), scan = jpeg_picture(300, 500);
  const std::string invoice = pdf_document();
  const Hash first = attach(shop, ref, photo);
  attach(shop, ref, scan, "", FileKind::document);
  const Hash third = attach(shop, ref, invoice, "invoice.exe", FileKind::invoice);

  const auto files = *shop.reader()->files(ref);
  REQUIRE(files.size() == 3);
  CHECK(files[0].hash == third);
  CHECK(files[0].type == FileType::pdf);
  CHECK(files[0].kind == FileKind::invoice);
  CHECK(files[2].name == "SECRETNAME.png");
  CHECK(files[2].bytes == static_cast<std::int64_t>(photo.size()));
  CHECK(*read_file(*shop.book, ref, first) == photo);
  CHECK(*read_file(*shop.book, ref, third) == invoice);
  const auto small = read_file(*shop.book, ref, first, Part::thumbnail);
  REQUIRE(small.ok());
  CHECK(file_type_of(*small) == FileType::jpeg);
  CHECK(read_file(*shop.book, ref, third, Part::thumbnail).error().code == "file.none");
  CHECK(files_on_disk(shop) == 5);
  CHECK_FALSE(folder_holds(shop, invoice.substr(0, 30)));
  CHECK(shop.reader()->timeline(ref, {}, 1)->front().text == "invoice, invoice.exe");
  CHECK(refusal(shop, ref, photo) == "file.already");

  REQUIRE(remove_file(*shop.book, ref, first, hand(shop)).ok());
  CHECK(shop.reader()->files(ref)->size() == 2);
  CHECK(files_on_disk(shop) == 3);
  CHECK(read_file(*shop.book, ref, first).error().code == "file.none");
  CHECK(remove_file(*shop.book, ref, first, hand(shop)).error().code == "file.none");
  const auto last = shop.reader()->timeline(ref, {}, 1)->front();
  CHECK(last.kind == TimelineKind::file_removed);
  CHECK(last.text == "photo");
  CHECK(findings_of(shop.data()) == "");
  CHECK(rebuilt(shop) == "");
  attach(shop, ref, photo);
  CHECK(shop.reader()->files(ref)->size() == 3);
  CHECK(findings_of(shop.data()) == "");
}

TEST_CASE("what is no picture or document or too large is refused and leaves nothing") {
  Shop shop;
  const CustomerRef ref = shop.enrol(ingrid());
  CHECK(refusal(shop, ref, "") == "file.empty");
  CHECK(refusal(shop, ref, "MZ a program called photo.png") == "file.type");
  CHECK(refusal(shop, ref, png_header(60'000, 60'000)) == "image.pixels");
  CHECK(refusal(shop, ref, png_picture(90, 90).substr(0, 100)) == "image.damaged");
  std::string large = pdf_document();
  large.resize(static_cast<std::size_t>(limits::file_bytes) + 1, ' ');
  CHECK(refusal(shop, ref, large) == "file.limit");
  large.pop_back();
  CHECK(refusal(shop, ref, large) == "");
  CHECK(*read_file(*shop.book, ref, sha256(large)) == large);
  CHECK(shop.reader()->files(ref)->size() == 1);
  CHECK(files_on_disk(shop) == 1);
  CHECK(attach_file(*shop.book, CustomerRef{{1}}, {FileKind::photo, "", pdf_document()}, hand(shop))
            .error()
            .code == "customer.unknown");
}

TEST_CASE("verify finds a file that is missing or damaged") {
  Shop shop;
  const CustomerRef ref = shop.enrol(ingrid());
  const Hash hash = attach(shop, ref, pdf_document());
  const auto path = file_store::path_of(shop.data(), ref, hash, Part::content);
  SUBCASE("damaged") {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(60);
    file.put('\0').put('\1');
    file.close();
    CHECK(findings_of(shop.data()).find("I1: A customer's file is damaged") != std::string::npos);
    CHECK(read_file(*shop.book, ref, hash).error().code == "file.damaged");
  }
  SUBCASE("another file in its place") {
    const CustomerRef other = shop.enrol(ingrid());
    const Hash theirs = attach(shop, other, pdf_document() + " ");
    std::filesystem::copy_file(file_store::path_of(shop.data(), other, theirs, Part::content), path,
                               std::filesystem::copy_options::overwrite_existing);
    CHECK(findings_of(shop.data()).find("I1: A customer's file is damaged") != std::string::npos);
  }
  SUBCASE("missing") {
    std::filesystem::remove(path);
    CHECK(findings_of(shop.data()).find("I1: A customer's file is not in this folder") !=
          std::string::npos);
  }
}

TEST_CASE("a file without its fact is harmless and swept away later") {
  Shop shop;
  const CustomerRef ref = shop.enrol(ingrid());
  const Hash kept = attach(shop, ref, png_picture(10, 10));
  // As after a crash between the file and the fact.
  const std::string lost = pdf_document();
  const Hash orphan = sha256(lost);
  REQUIRE(file_store::put(shop.data(), shop.book->vault(), ref, orphan, Part::content, lost).ok());
  const auto path = file_store::path_of(shop.data(), ref, orphan, Part::content);
  std::ofstream(path.string() + ".part") << "half written";
  CHECK(findings_of(shop.data()) == "");
  CHECK(shop.book->run_retention(shop.clock.now())->files_removed == 0);  // its fact may follow
  for (const auto& entry : std::filesystem::recursive_directory_iterator(shop.data() / "files"))
    if (entry.is_regular_file()) make_old(entry.path());
  CHECK(shop.book->run_retention(shop.clock.now())->files_removed == 2);
  CHECK_FALSE(std::filesystem::exists(path));
  CHECK(read_file(*shop.book, ref, kept).ok());
  CHECK(findings_of(shop.data()) == "");
  // The same file attached after all.
  CHECK(refusal(shop, ref, lost) == "");
}

TEST_CASE("erasing a customer removes the files under every reference") {
  Shop shop;
  const CustomerRef kept = shop.enrol(ingrid());
  const CustomerRef merged = shop.enrol(ingrid());
  const std::string content = png_picture(300, 300);
  attach(shop, kept, content);
  const Hash hash = attach(shop, merged, content, "OTHERNAME.png");
  const auto merge = merge_customers(*shop.book, kept, merged, "by hand", hand(shop));
  REQUIRE(merge.ok());
  CHECK(shop.reader()->files(merged)->size() == 2);
  CHECK(read_file(*shop.book, merged, hash).ok());
  REQUIRE(shop.book->erase(merged, "request", "marit").ok());
  CHECK(files_on_disk(shop) == 0);
  CHECK_FALSE(folder_holds(shop, "SECRETNAME"));
  CHECK_FALSE(folder_holds(shop, "OTHERNAME"));
  CHECK(shop.reader()->files(kept)->empty());
  CHECK(refusal(shop, kept, content) == "customer.erased");
  CHECK(findings_of(shop.data()) == "");
  CHECK(rebuilt(shop) == "");
}

TEST_CASE("what a crash leaves of an erased customer is unreadable and swept away") {
  Shop shop;
  const CustomerRef ref = shop.enrol(ingrid());
  const std::string content = pdf_document();
  const Hash hash = attach(shop, ref, content);
  const auto path = file_store::path_of(shop.data(), ref, hash, Part::content);
  std::filesystem::copy_file(path, shop.folder.path() / "copy");
  REQUIRE(shop.book->erase(ref, "request", "").ok());
  std::filesystem::copy_file(shop.folder.path() / "copy", path);
  make_old(path);
  CHECK(file_store::get(shop.data(), shop.book->vault(), ref, hash, Part::content).error().code ==
        "vault.no-key");
  CHECK(shop.book->run_retention(shop.clock.now())->files_removed == 1);
  CHECK_FALSE(std::filesystem::exists(path));
}
