#pragma once
// Facts of every type and shape within their limits, for laws about encoding and applying them.
// They need not make sense together (sums, tax): check() has its own tests.

#include <rapidcheck.h>

#include "storage/domain/customer/change.hpp"
#include "storage/domain/customer/file.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/values/limits.hpp"

namespace keepsake::arbitrary {

inline std::string text(std::size_t max_points = 12) {
  const auto points =
      *rc::gen::resize(static_cast<int>(max_points),
                       rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                           "a", "Z", "0", " ", "-", "Å", "ї", "漢", "😀", "\n", "\"", "\\")));
  std::string out;
  for (const auto& point : points) out += point;
  return out;
}

inline std::int64_t amount() {
  return *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(-5, 6),
                         rc::gen::inRange(-limits::amount_minor, limits::amount_minor + 1));
}

inline Currency currency() {
  return Currency::parse(*rc::gen::element("NOK", "JPY", "KWD", "UAH", "CLF")).value();
}

inline LocalTime time() {
  return {{*rc::gen::inRange<std::int64_t>(0, 253'402'300'800'000)},
          *rc::gen::inRange<std::int16_t>(-1080, 1081)};
}

inline Date date() { return from_days(*rc::gen::inRange<std::int32_t>(-719'162, 2'932'897)); }
inline Cover cover() { return {date(), date()}; }
inline FactId id() {
  return {*rc::gen::arbitrary<std::uint64_t>(), *rc::gen::arbitrary<std::uint64_t>()};
}
inline bool maybe() { return *rc::gen::arbitrary<bool>(); }

inline CustomerRef somebody() {
  CustomerRef ref;
  for (auto& byte : ref.bytes) byte = *rc::gen::inRange<std::uint8_t>(1, 255);
  return ref;
}
inline CustomerRef customer() { return maybe() ? somebody() : CustomerRef{}; }
inline std::optional<FactId> shift() { return maybe() ? std::optional(id()) : std::nullopt; }

template <class One>
auto several(std::size_t max, One one) {
  std::vector<decltype(one())> values;
  const auto count = *rc::gen::inRange<std::size_t>(0, max + 1);
  for (std::size_t i = 0; i < count; ++i) values.push_back(one());
  return values;
}

inline std::vector<Tender> tenders(Currency c) {
  return several(3, [&] {
    return Tender{*rc::gen::element(TenderKind::cash, TenderKind::card, TenderKind::unknown,
                                    TenderKind::points, TenderKind::wallet, TenderKind::gift_card),
                  {amount(), c},
                  {amount(), c},
                  text()};
  });
}

}  // namespace keepsake::arbitrary

#include "tests/storage/facts/arbitrary_loyalty.hpp"

namespace keepsake::arbitrary {

inline PurchaseLine line(Currency c) {
  PurchaseLine l;
  l.article = text();
  l.name = text();
  l.quantity = {*rc::gen::inRange<std::int64_t>(-1000, limits::quantity_thousandths)};
  l.unit_price = {amount()};
  l.discounts = several(2, [&] { return Discount{text(), {amount(), c}}; });
  l.amount = {amount(), c};
  l.tax_rate = {*rc::gen::inRange<std::int32_t>(0, 10'001)};
  l.tax = {amount(), c};
  if (maybe()) l.warranty = LineWarranty{text(), text(), text(), cover()};
  return l;
}

inline Purchase purchase() {
  Purchase p;
  p.at = time();
  p.origin = text();
  p.staff = text();
  p.shift = shift();
  p.customer = customer();
  p.currency = currency();
  p.lines = several(5, [&] { return line(p.currency); });
  p.total = {amount(), p.currency};
  p.tax = {amount(), p.currency};
  p.cash_rounding = {amount(), p.currency};
  p.tenders = tenders(p.currency);
  p.programme_version = *rc::gen::arbitrary<std::int32_t>();
  p.points_earned = {amount()};
  if (maybe()) p.loyalty = outcome(p.currency);
  p.top_ups = several(2, [&] { return top_up(p.currency); });
  return p;
}

inline Return returned() {
  Return r;
  r.at = time();
  r.origin = text();
  r.staff = text();
  r.shift = shift();
  r.customer = customer();
  r.currency = currency();
  r.reason = text();
  r.lines = several(5, [&] {
    ReturnLine l{text(),
                 text(),
                 {amount() % 1000},
                 {amount(), r.currency},
                 {amount(), r.currency},
                 std::nullopt,
                 std::nullopt};
    if (maybe()) l.purchase = id();
    if (maybe()) l.line_no = *rc::gen::arbitrary<std::uint32_t>();
    return l;
  });
  r.total = {amount(), r.currency};
  r.tax = {amount(), r.currency};
  r.tenders = tenders(r.currency);
  r.points_reversed = {amount()};
  if (maybe()) r.loyalty = return_outcome();
  return r;
}

inline CustomerEnrolment enrolment() {
  CustomerEnrolment e;
  e.customer = somebody();
  e.origin = text();
  e.sealed_profile = *rc::gen::arbitrary<std::string>();  // any bytes
  e.consents = several(3, [] {
    return Consent{*rc::gen::element(ConsentPurpose::membership, ConsentPurpose::marketing,
                                     ConsentPurpose::sharing),
                   maybe(), text(), text(), time()};
  });
  e.language = text();
  e.staff = text();
  e.at = time();
  e.place = text();
  return e;
}

inline WarrantyRegistration registration() {
  WarrantyRegistration r;
  r.article = text();
  r.article_name = text();
  r.maker = text();
  r.serial = text();
  r.serial_typed = text();
  r.cover = cover();
  r.customer = customer();
  if (maybe()) r.purchase = id();
  r.staff = text();
  r.at = time();
  return r;
}

inline Programme programme() {
  return {*rc::gen::inRange<std::int32_t>(0, 1000),
          text(),
          currency(),
          {amount()},
          *rc::gen::inRange<std::int64_t>(0, limits::amount_minor),
          text(40)};
}

inline CatalogueChange change() {
  CatalogueChange c;
  c.put = several(5, [] {
    Article a;
    a.code = text();
    if (maybe())
      a.gtin = Gtin::parse(
                   *rc::gen::element("4006381333931", "96385074", "036000291452", "10614141000415"))
                   .value();
    a.name = text();
    a.category = text();
    a.maker = text();
    a.price = {amount()};
    a.tax = {*rc::gen::inRange<std::int32_t>(0, 10'001)};
    a.sold_by = maybe() ? SoldBy::piece : SoldBy::weight;
    a.cover_months = *rc::gen::inRange<std::int32_t>(0, limits::cover_months + 1);
    a.labels = several(3, [] { return text(); });
    return a;
  });
  c.removed = several(3, [] { return text(); });
  return c;
}

inline std::string sealed() { return *rc::gen::arbitrary<std::string>(); }

inline Consent consent() {
  return {*rc::gen::element(ConsentPurpose::membership, ConsentPurpose::marketing,
                            ConsentPurpose::sharing),
          maybe(), text(), text(), time()};
}

inline ProfileChange profile_change() {
  ProfileChange c;
  c.fields = several(3, [] { return FieldChange{text(), text(40)}; });
  c.added = several(3, [] {
    return ContactAddition{static_cast<ContactKind>(*rc::gen::inRange(1, 7)), text(), text()};
  });
  c.removed = several(3, [] { return ContactTag{id(), *rc::gen::arbitrary<std::uint32_t>()}; });
  return c;
}

inline FileAttached attached() {
  FileAttached f;
  f.customer = somebody();
  for (std::uint8_t& byte : f.hash) byte = *rc::gen::arbitrary<std::uint8_t>();
  f.kind = *rc::gen::element(FileKind::photo, FileKind::invoice, FileKind::document);
  f.type = *rc::gen::element(FileType::png, FileType::jpeg, FileType::pdf);
  f.bytes = *rc::gen::inRange<std::int64_t>(0, limits::file_bytes + 1);
  f.sealed_name = sealed();
  f.staff = text();
  f.at = time();
  return f;
}

inline Fact customer_fact() {
  switch (*rc::gen::inRange(0, 9)) {
    case 7:
      return attached();
    case 8:
      return FileRemoved{somebody(), id(), text(), time()};
    case 5:
      return CustomersApart{somebody(), somebody(), text(), time()};
    case 0:
      return CustomerChange{somebody(), sealed(), text(), time()};
    case 1:
      return ConsentChange{somebody(), several(3, consent), several(3, id), text(), text(), time()};
    case 2:
      return CustomerNote{somebody(), sealed(), text(), time()};
    case 3:
      return CustomerMerge{somebody(), somebody(), text(), text(), time()};
    case 4:
      return MergeUndoing{id(), text(), time()};
    default:
      return CustomerErasure{several(3, somebody), text(), text(), time()};
  }
}

inline Fact fact() {
  switch (*rc::gen::inRange(0, 15)) {
    case 14:
      return wallet_change();
    case 11:
    case 12:
    case 13:
      return customer_fact();
    case 0:
      return purchase();
    case 1:
      return returned();
    case 2:
      return enrolment();
    case 3:
      return registration();
    case 4:
      return programme();
    case 5:
      return change();
    case 8:
      return expired();
    case 9:
      return card_change();
    case 10:
      return event();
    case 6:
      return ShiftOpening{time(), text(), {amount(), currency()}};
    default: {
      const Currency c = currency();
      return ShiftClosing{time(), text(), id(), {amount(), c}, {amount(), c}};
    }
  }
}

}  // namespace keepsake::arbitrary
