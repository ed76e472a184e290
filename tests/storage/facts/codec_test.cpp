#include "storage/facts/codec.hpp"

#include <algorithm>
#include <array>
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/domain/customer/change.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/values/limits.hpp"
#include "tests/storage/facts/arbitrary_facts.hpp"
#include "tests/support/fields.hpp"

using namespace keepsake;

namespace {

constexpr FactType types[] = {FactType::purchase,
                              FactType::returned,
                              FactType::customer_enrolled,
                              FactType::warranty_registered,
                              FactType::programme_published,
                              FactType::catalogue_changed,
                              FactType::shift_opened,
                              FactType::shift_closed};

Currency nok() { return Currency::parse("NOK").value(); }

Purchase small_purchase() {
  Purchase p;
  p.at = {{1'795'269'727'123}, 60};
  p.currency = nok();
  p.lines.push_back({"A",
                     "B",
                     Quantity::pieces(1),
                     UnitPrice::from_minor(100),
                     {},
                     {100, nok()},
                     {2500},
                     {20, nok()},
                     std::nullopt});
  p.total = {100, nok()};
  p.tax = {20, nok()};
  p.cash_rounding = {0, nok()};
  p.tenders = {{TenderKind::cash, {100, nok()}, {200, nok()}, ""}};
  return p;
}

/// A length-delimited or varint field as protobuf writes it.
std::string varint(std::size_t value) {
  std::string out;
  for (;; value >>= 7) {
    out += static_cast<char>((value & 0x7F) | (value > 0x7F ? 0x80 : 0));
    if (value <= 0x7F) return out;
  }
}
std::string field(std::size_t number, std::string_view bytes) {
  return (varint(number << 3 | 2) + varint(bytes.size())).append(bytes);
}
std::string field(std::size_t number, std::uint8_t value) {
  return varint(number << 3) + static_cast<char>(value);
}

/// The error of decoding `extra` merged into a small purchase: later values win in protobuf.
Error purchase_error(const std::string& extra) {
  const auto fact = decode(FactType::purchase, encode(small_purchase()).value() + extra);
  REQUIRE(!fact);
  CHECK(fact.error().kind == Failure::bad_input);
  CHECK(fact.error().code == "fact.syntax");
  return fact.error();
}

template <class Change>
Error encode_error(Change change) {
  Purchase p = small_purchase();
  change(p);
  const auto body = encode(p);
  REQUIRE(!body);
  return body.error();
}

}  // namespace

TEST_CASE("any fact comes back whole and writes the same bytes again") {
  CHECK(rc::check("round trip", [] {
    const Fact fact = arbitrary_facts::fact();
    const auto body = encode(fact);
    RC_ASSERT(body.ok());
    const auto back = decode(type_of(fact), *body);
    RC_ASSERT(back.ok());
    RC_ASSERT(*back == fact);
    RC_ASSERT(encode(*back).value() == *body);
    RC_ASSERT(to_json(type_of(fact), *body).ok());
  }));
}

TEST_CASE("the laws go over facts of every type, with every field that is written") {
  std::array<int, size_of<AnyFact>> types_made{};
  test::FieldsSet fields;
  CHECK(rc::check([&] {
    for (std::size_t i = 0; i < 2 * size_of<AnyFact>; ++i) {
      const Fact fact = arbitrary_facts::fact();
      ++types_made[fact.index()];
      visit([&](const auto& each) { fields.look_at(each); }, fact);
    }
  }));
  CHECK(std::ranges::count(types_made, 0) == 0);
  std::vector<std::string> never = fields.never();
  // Read from old journals, never written: see the test of it below.
  const auto clear_card = std::string(typeid(CustomerEnrolment).name()) + ", field 3";
  REQUIRE(std::erase(never, clear_card) == 1);
  std::string all;
  for (const std::string& each : never) all += each + "; ";
  CHECK(all == "");
}

TEST_CASE("the bytes of a purchase are pinned") {
  // Journals in shops hold these bytes: a change here is a broken format.
  const std::string body = encode(small_purchase()).value();
  std::string hex;
  for (const char c : body) {
    static constexpr char digits[] = "0123456789abcdef";
    hex += digits[static_cast<unsigned char>(c) >> 4];
    hex += digits[static_cast<unsigned char>(c) & 15];
  }
  CHECK(hex ==
        "0a090893a7a8f39f341078"                        // at
        "32034e4f4b"                                    // currency
        "3a140a014112014218e80720a08d06306438c4134014"  // line
        "40644814"                                      // total and tax
        "5a070801106418c801");                          // tender
}

TEST_CASE("unknown fields of a later version are no error and keep their bytes") {
  const std::string old = encode(small_purchase()).value();
  const std::string body = old + field(115, "gift wrap") + field(114, std::uint8_t{7});
  const auto fact = decode(FactType::purchase, body);
  REQUIRE(fact.ok());
  CHECK(*fact == Fact(small_purchase()));
  CHECK(body.substr(0, old.size()) == old);
  CHECK(to_json(FactType::purchase, body).ok());
}

TEST_CASE("an enrolment with its card in clear is read and never written") {
  CustomerEnrolment enrolment;
  enrolment.customer.bytes[0] = 1;
  enrolment.at = {{1'795'269'727'123}, 60};
  const std::string sealed = encode(enrolment).value();
  const auto old = decode(FactType::customer_enrolled, sealed + field(3, "C-100"));
  REQUIRE(old.ok());
  CHECK(get<CustomerEnrolment>(*old).card == "C-100");
  CHECK(encode(*old).error().code == "fact.clear-card");
}

TEST_CASE(
    "an erasure that keeps something for a reason of a later version is an erasure all the same") {
  CustomerErasure erasure;
  erasure.customers.resize(1);
  erasure.customers[0].bytes.fill(7);
  erasure.kept = {{KeptFor::cover, std::nullopt}, {KeptFor::bookkeeping, std::nullopt}};
  std::string body = encode(Fact(erasure)).value();
  REQUIRE(body.ends_with(std::string("\x2a\x02\x08\x05", 4)));
  body.back() = 9;
  const auto read = decode(FactType::customer_erased, body);
  REQUIRE(read.ok());
  erasure.kept.pop_back();
  CHECK(get<CustomerErasure>(*read) == erasure);
  body.back() = 0;
  CHECK_FALSE(decode(FactType::customer_erased, body).ok());
}

TEST_CASE("an unknown type is said to be one") {
  for (const int type : {0, 39, 65535}) {
    CHECK(decode(static_cast<FactType>(type), "").error().code == "fact.type");
    CHECK(to_json(static_cast<FactType>(type), "").error().code == "fact.type");
  }
}

TEST_CASE("bytes that are no fact") {
  for (const FactType type : types) {
    CAPTURE(name_of(type));
    if (type != FactType::catalogue_changed) CHECK(!decode(type, ""));
    for (const std::string_view bytes : {"\xFF", "\x0A\xFF", "\x0A\x05zz", "\x08\x80\x80\x80"}) {
      const auto fact = decode(type, bytes);
      REQUIRE(!fact);
      CHECK(fact.error().code == "fact.syntax");
      CHECK(!to_json(type, bytes));
    }
    const std::string large(limits::fact_body_bytes + 1, '\0');
    CHECK(decode(type, large).error().kind == Failure::limit);
    CHECK(to_json(type, large).error().kind == Failure::limit);
  }
}

TEST_CASE("each part of a body is checked") {
  CHECK(purchase_error(field(6, "XXX")).where == "currency");
  CHECK(purchase_error(field(6, "nok")).where == "currency");
  CHECK(purchase_error(field(4, "short")).where == "shift");
  CHECK(purchase_error(field(5, "seventeen bytes!!")).where == "customer");
  CHECK(purchase_error(field(2, std::string(65, 'x'))).where == "origin");
  CHECK(purchase_error(field(3, std::string(201, 'x'))).where == "staff");
  CHECK(purchase_error(field(3, "\xFF")).where.empty());  // refused while parsing
  CHECK(purchase_error(field(11, field(1, std::uint8_t{9}))).where == "entry 2, tenders");
  CHECK(purchase_error(field(11, "")).where == "entry 2, tenders");
  CHECK(purchase_error(field(7, field(1, std::string(65, 'x')))).where == "entry 2, article");
  CHECK(purchase_error(field(7, field(9, ""))).where == "entry 2, cover");
  CHECK(purchase_error(field(1, "\x10\xC2\x12")).where == "at");  // 1185 minutes
  std::string many;
  for (std::size_t i = 0; i < limits::lines_per_purchase; ++i) many += field(7, "");
  CHECK(purchase_error(many).where == "lines");
  std::string amount = {8 << 3};
  amount += "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F";
  CHECK(purchase_error(amount).where == "total");
}

TEST_CASE("what would not come back is not written") {
  CHECK(encode_error([](Purchase& p) { p.tax.currency = Currency::parse("EUR").value(); }).code ==
        "fact.currency");
  CHECK(encode_error([](Purchase& p) { p.cash_rounding = {}; }).code == "fact.currency");
  CHECK(encode_error([](Purchase& p) { p.currency = {}; }).where == "currency");
  CHECK(encode_error([](Purchase& p) { p.lines[0].name = "\xC3"; }).where == "entry 1, name");
  CHECK(encode_error([](Purchase& p) { p.tenders[0].kind = static_cast<TenderKind>(15); }).where ==
        "entry 1, tenders");
  CHECK(encode_error([](Purchase& p) { p.lines[0].tax_rate = {-1}; }).where == "entry 1, tax_rate");
  CHECK(encode_error([](Purchase& p) { p.at.at.ms = -1; }).where == "at");
  CHECK(encode_error([](Purchase& p) {
          p.lines[0].warranty = LineWarranty{"ABC", "", "", makers(Cover{})};
        }).where == "entry 1, cover");
  CHECK(!encode(CustomerEnrolment{}));  // nobody cannot be enrolled
  ShiftClosing closing;
  closing.expected = {1, nok()};
  closing.counted = {1, Currency::parse("EUR").value()};
  CHECK(encode(closing).error().code == "fact.currency");
}

TEST_CASE("a fact has a largest size") {
  CatalogueChange change;
  Article article;
  article.code = "A";
  article.name = std::string(limits::name_bytes, 'x');
  change.put.assign(limits::articles_per_change, article);
  CHECK(encode(change).error().code == "fact.size");
  change.put.resize(500);
  CHECK(encode(change).ok());
  change.put.assign(limits::articles_per_change + 1, Article{});
  CHECK(encode(change).error().where == "put");
}

TEST_CASE("a full purchase fits into a fact") {
  Purchase p = small_purchase();
  p.lines[0].article = "online-22423";
  p.lines[0].name = std::string(40, 'x');
  p.lines.resize(limits::lines_per_purchase, p.lines[0]);
  CHECK(encode(p).ok());
}

TEST_CASE("any bytes decode to a fact or an error") {
  CHECK(rc::check("garbage", [](const std::string& bytes) {
    const auto type =
        *rc::gen::elementOf(std::vector<FactType>(std::begin(types), std::end(types)));
    const auto fact = decode(type, bytes);
    if (fact) RC_ASSERT(encode(*fact).ok());
  }));
  CHECK(rc::check("garbled", [] {
    const Fact fact = arbitrary_facts::fact();
    std::string body = encode(fact).value();
    RC_PRE(!body.empty());
    const auto flips = *rc::gen::inRange(1, 4);
    for (int i = 0; i < flips; ++i)
      body[*rc::gen::inRange<std::size_t>(0, body.size())] = *rc::gen::arbitrary<char>();
    const auto back = decode(type_of(fact), body);
    if (back) RC_ASSERT(encode(*back).ok());
  }));
}

TEST_CASE("the JSON mapping is protobuf's own") {
  const std::string body = encode(small_purchase()).value();
  CHECK(to_json(FactType::purchase, body).value() ==
        R"({"at":{"ms":"1795269727123","offsetMinutes":60},"currency":"NOK",)"
        R"("lines":[{"article":"A","name":"B","quantity":"1000","unitPrice":"100000",)"
        R"("amount":"100","taxRate":2500,"tax":"20"}],"total":"100","tax":"20",)"
        R"("tenders":[{"kind":"TENDER_KIND_CASH","amount":"100","tendered":"200"}]})");
}
