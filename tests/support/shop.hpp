#pragma once
// A small shop for tests: a folder of its own, a book in it, and facts that pass every check.

#include <doctest/doctest.h>
#include <filesystem>
#include <memory>
#include <string>

#include "storage/book/book.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/rebuild.hpp"
#include "storage/book/settings.hpp"
#include "storage/book/verify.hpp"
#include "storage/domain/customer/customer.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/sale/tender.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/values/quantity.hpp"
#include "storage/domain/warranty/warranty.hpp"
#include "storage/vault/vault.hpp"
#include "tests/support/covers.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/temporary_folder.hpp"

namespace keepsake::test {

inline Currency nok() { return *Currency::parse("NOK"); }
inline Money kroner(std::int64_t minor) { return {minor, nok()}; }

inline Settings shop_settings() {
  Settings settings;
  settings.shop = "Fjord & Co";
  settings.currency = nok();
  settings.time_zone = "Europe/Oslo";
  return settings;
}

inline PurchaseLine line(std::string code, std::int64_t pieces, std::int64_t price_minor) {
  PurchaseLine line;
  line.article = code;
  line.name = "Article " + code;
  line.quantity = Quantity::pieces(pieces);
  line.unit_price = UnitPrice::from_minor(price_minor);
  line.amount = *line_amount(line.unit_price, line.quantity, nok());
  line.tax_rate = {2500};
  line.tax = *tax_included(line.amount, line.tax_rate);
  return line;
}

inline LineWarranty item(std::string serial, const std::string& maker = "Nordlys") {
  const Date bought = std::chrono::year(2026) / 11 / 21;
  return {serial, serial, maker, makers(test::covered(bought, 24).front().dates)};
}

/// Sums and an exact cash tender from the lines.
inline Purchase purchase(const Clock& clock, std::vector<PurchaseLine> lines) {
  Purchase purchase;
  purchase.at = clock.local_now();
  purchase.staff = "anna";
  purchase.currency = nok();
  purchase.total = purchase.tax = purchase.cash_rounding = kroner(0);
  for (const PurchaseLine& each : lines) {
    purchase.total.minor += each.amount.minor;
    purchase.tax.minor += each.tax.minor;
  }
  purchase.lines = std::move(lines);
  purchase.tenders = {{TenderKind::cash, purchase.total, purchase.total, ""}};
  return purchase;
}

/// Brings `quantity` of one line back, for its unit price.
inline Return bring_back(const Clock& clock, const Purchase& from, const FactId& id,
                         std::uint32_t line_no, std::int64_t pieces) {
  const PurchaseLine& sold = from.lines.at(line_no);
  ReturnLine back;
  back.article = sold.article;
  back.name = sold.name;
  back.quantity = Quantity::pieces(pieces);
  back.amount = *line_amount(sold.unit_price, back.quantity, nok());
  back.tax = *tax_included(back.amount, sold.tax_rate);
  back.purchase = id;
  back.line_no = line_no;
  Return returned;
  returned.at = clock.local_now();
  returned.staff = "anna";
  returned.customer = from.customer;
  returned.currency = nok();
  returned.reason = "changed mind";
  returned.total = back.amount;
  returned.tax = back.tax;
  returned.tenders = {{TenderKind::cash, back.amount, back.amount, ""}};
  returned.lines = {std::move(back)};
  return returned;
}

inline Programme programme(std::int32_t version = 1) {
  Programme programme;
  programme.version = version;
  programme.name = "Fjord Club";
  programme.currency = nok();
  programme.per_major_unit = {10};
  programme.point_value_milli_minor = 10'000;
  return programme;
}

inline Article article(std::string code, std::string name, std::int64_t price_minor = 9900) {
  Article article;
  article.code = std::move(code);
  article.name = std::move(name);
  article.price = UnitPrice::from_minor(price_minor);
  article.tax = {2500};
  return article;
}

/// What a failed REQUIRE should say.
template <class T>
std::string why(const Result<T>& result) {
  return result.ok() ? "" : to_line(result.error());
}

struct Shop {
  TemporaryFolder folder;
  FakeClock clock;
  std::unique_ptr<Book> book;

  Shop() {
    auto made = Book::create(folder.path() / "data", shop_settings(), clock);
    REQUIRE_MESSAGE(made.ok(), why(made));
    book = std::move(*made);
  }
  std::filesystem::path data() const { return folder.path() / "data"; }

  FactId record(const Fact& fact) {
    clock.advance(std::chrono::seconds(1));
    auto id = book->record(fact);
    REQUIRE_MESSAGE(id.ok(), why(id));
    return *id;
  }

  CustomerRef enrol(Profile profile, std::string card = "", std::string origin = "") {
    auto ref = book->vault().new_customer();
    REQUIRE(ref.ok());
    profile.card = std::move(card);
    auto sealed = book->vault().seal_profile(*ref, profile);
    REQUIRE(sealed.ok());
    CustomerEnrolment enrolment;
    enrolment.customer = *ref;
    enrolment.origin = std::move(origin);
    enrolment.sealed_profile = *sealed;
    enrolment.consents = {
        {ConsentPurpose::membership, true, "membership-1", "nb", clock.local_now()}};
    enrolment.language = "nb";
    enrolment.at = clock.local_now();
    record(enrolment);
    return *ref;
  }

  std::unique_ptr<Reader> reader() const {
    auto opened = book->reader();
    REQUIRE_MESSAGE(opened.ok(), why(opened));
    return std::move(*opened);
  }
};

/// What a rebuild of the records would change; empty when they are what the journal says.
inline std::string rebuilt(const Shop& shop) {
  const auto findings = rebuild_check(shop.data(), {});
  if (!findings) return to_line(findings.error());
  std::string words;
  for (const Finding& finding : *findings) words += finding.what + "\n";
  return words;
}

inline std::string findings_of(const std::filesystem::path& data) {
  auto verification = verify(data, {});
  if (!verification) return to_line(verification.error());
  std::string words;
  for (const Finding& finding : verification->findings)
    words += finding.invariant + ": " + finding.what + "\n";
  return words;
}

}  // namespace keepsake::test
