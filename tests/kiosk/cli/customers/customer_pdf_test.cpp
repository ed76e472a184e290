// The readable document that a customer gets of what is kept about them.
#include <algorithm>
#include <doctest/doctest.h>

#include "kiosk/cli/customers/customer.hpp"
#include "storage/locale/locale.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using namespace keepsake::cli;

namespace {

LocalTime day(int n) { return {{1'795'269'600'000 - std::int64_t{n} * 86'400'000}, 60}; }

CustomerFile file_of(int purchases) {
  CustomerFile file;
  file.profile.ref.bytes.fill(0x5a);
  file.profile.member_since = day(purchases);
  file.profile.fields = {{"name", "Оксана Ødegård", {}}, {"postcode", "6789", {}}};
  file.profile.contacts = {{{}, {}, ContactKind::address, std::string(600, 'x'), "home"}};
  for (int n = 0; n < purchases; ++n) {
    TimelineEntry entry;
    entry.kind = TimelineKind::purchase;
    entry.at = day(n);
    entry.text = "Набір для вишивання";
    entry.amount = test::kroner(n * 100);
    entry.points = {n * 10 - 50};
    file.timeline.push_back(entry);
  }
  return file;
}

int pages_of(const CustomerFile& file) {
  const auto pdf = to_pdf(file, test::shop_settings(), Locale());
  REQUIRE_MESSAGE(pdf.ok(), test::why(pdf));
  CHECK(pdf->starts_with("%PDF-"));
  const auto count = pdf->find("/Count ");
  REQUIRE(count != std::string::npos);
  return std::stoi(pdf->substr(count + 7));
}

}  // namespace

TEST_CASE("a customer's document grows page by page with what happened") {
  CHECK(pages_of(file_of(0)) == 1);
  CHECK(pages_of(file_of(3)) == 1);
  const int some = pages_of(file_of(100));
  CHECK(some >= 3);
  CHECK(some <= 6);
  CHECK(pages_of(file_of(400)) >= 3 * some);
  CustomerFile nobody;  // as after an erasure
  nobody.profile.erased = true;
  CHECK(pages_of(nobody) == 1);
}

TEST_CASE("a note of more lines than a page goes on over several pages") {
  CustomerFile file = file_of(0);
  TimelineEntry note;
  note.kind = TimelineKind::note;
  note.at = day(1);
  for (int line = 0; line < 400; ++line) note.text += "line\n";
  file.timeline = {note};
  CHECK(pages_of(file) >= 6);
}
