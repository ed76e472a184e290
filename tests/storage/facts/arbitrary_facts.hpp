#pragma once
// Facts of every type and shape within their limits, for laws about encoding and applying them.
// They need not make sense together (sums, tax): check() has its own tests. A type of AnyFact
// without an `arbitrary` here does not compile; that every field is set is codec_test's to prove.

#include <rapidcheck.h>
#include <type_traits>

#include "storage/domain/chain_settings.hpp"
#include "storage/domain/customer/change.hpp"
#include "storage/domain/customer/dormancy.hpp"
#include "storage/domain/customer/file.hpp"
#include "storage/domain/customer/member_pin.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/catalogue_request.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/staff/settlement.hpp"
#include "storage/domain/staff/staff_change.hpp"
#include "storage/domain/values/limits.hpp"
#include "tests/support/any.hpp"

namespace keepsake::arbitrary_facts {

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
using test::any_below;
using test::any_of;
using test::maybe;

inline CustomerRef somebody() {
  CustomerRef ref;
  for (auto& byte : ref.bytes) byte = *rc::gen::inRange<std::uint8_t>(1, 255);
  return ref;
}
inline CustomerRef customer() { return maybe() ? somebody() : CustomerRef{}; }
inline std::optional<FactId> shift() { return maybe() ? std::optional(id()) : std::nullopt; }

inline Consent consent() { return {any_of<ConsentPurpose>(), maybe(), text(), text(), time()}; }

template <class One>
auto several(std::size_t max, One one) {
  std::vector<decltype(one())> values;
  const auto count = *rc::gen::inRange<std::size_t>(0, max + 1);
  for (std::size_t i = 0; i < count; ++i) values.push_back(one());
  return values;
}

inline std::vector<ReservationUse> reservations() {
  return several(2, [] {
    return ReservationUse{{somebody().bytes}, *rc::gen::inRange<std::int64_t>(1, 1000)};
  });
}

inline std::vector<Tender> tenders(Currency c) {
  return several(3, [&] {
    return Tender{any_of<TenderKind>(),
                  {amount(), c},
                  {amount(), c},
                  text(),
                  maybe() ? std::optional(date()) : std::nullopt};
  });
}

}  // namespace keepsake::arbitrary_facts

#include "tests/storage/facts/arbitrary_loyalty.hpp"

namespace keepsake::arbitrary_facts {

inline Period period() { return {*rc::gen::inRange(0, 601), any_of<PeriodUnit>()}; }
inline Usage usage() { return {*rc::gen::inRange<std::int64_t>(0, 1'000'000'001), text()}; }
inline ItemCover item_cover() {
  return {any_of<CoverKind>(), cover(), period(), maybe() ? usage() : Usage{}, text()};
}
inline Covers covers() {
  if (maybe()) return makers(cover());
  Covers all = several(3, item_cover);
  if (all.empty()) all.push_back(item_cover());
  return all;
}
inline CoverTerms cover_terms() {
  if (maybe()) return terms_of({*rc::gen::inRange(0, 601), PeriodUnit::month});
  return {period(), maybe() ? usage() : Usage{}, text(), any_of<CoverStart>(), maybe(), {text()}};
}

inline PurchaseLine line(Currency c) {
  PurchaseLine l;
  l.article = text();
  l.name = text();
  l.quantity = {*rc::gen::inRange<std::int64_t>(-1000, limits::quantity_thousandths)};
  l.unit_price = {amount()};
  l.discounts = several(2, [&] { return Discount{text(), {amount(), c}}; });
  l.amount = {amount(), c};
  l.sold_by = *rc::gen::element(SoldBy::piece, SoldBy::weight);
  l.tax_rate = {*rc::gen::inRange<std::int32_t>(0, 10'001)};
  l.tax = {amount(), c};
  if (maybe()) l.warranty = LineWarranty{text(), text(), text(), covers(), maybe()};
  return l;
}

inline Purchase arbitrary(std::type_identity<Purchase>) {
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
  p.reservations = reservations();
  return p;
}

inline Return arbitrary(std::type_identity<Return>) {
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

inline CustomerEnrolment arbitrary(std::type_identity<CustomerEnrolment>) {
  CustomerEnrolment e;
  e.customer = somebody();
  e.origin = text();
  e.sealed_profile = *rc::gen::arbitrary<std::string>();  // any bytes
  e.consents = several(3, consent);
  e.language = text();
  e.staff = text();
  e.at = time();
  e.place = text();
  if (maybe()) e.member_since = date();
  return e;
}

inline WarrantyRegistration arbitrary(std::type_identity<WarrantyRegistration>) {
  WarrantyRegistration r;
  r.article = text();
  r.article_name = text();
  r.maker = text();
  r.serial = text();
  r.serial_typed = text();
  r.covers = covers();
  r.customer = customer();
  if (maybe()) r.purchase = id();
  r.staff = text();
  r.at = time();
  r.unfit = maybe();
  return r;
}

inline CoverBegun arbitrary(std::type_identity<CoverBegun>) {
  CoverBegun b;
  b.registration = id();
  b.line = *rc::gen::inRange<std::int32_t>(-1, limits::lines_per_purchase);
  b.event = any_of<CoverStart>();
  b.covers = covers();
  b.customer = customer();
  b.staff = text();
  b.at = time();
  return b;
}

inline Programme arbitrary(std::type_identity<Programme>) {
  return {*rc::gen::inRange<std::int32_t>(0, 1000),
          text(),
          currency(),
          {amount()},
          *rc::gen::inRange<std::int64_t>(0, limits::amount_minor),
          text(40)};
}

inline Article any_article() {
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
  a.sold_by = any_of<SoldBy>();
  a.cover = cover_terms();
  a.labels = several(3, [] { return text(); });
  if (a.gtin && maybe()) {
    a.more_gtins = {Gtin::parse("73513537").value(), Gtin::parse("7038010000010").value()};
    std::ranges::sort(a.more_gtins);
  }
  a.more_codes = in_order_of_keys(several(3, [] { return text(); }));
  return a;
}

inline CatalogueChange arbitrary(std::type_identity<CatalogueChange>) {
  CatalogueChange c;
  c.put = several(5, any_article);
  c.removed = several(3, [] { return text(); });
  return c;
}

inline CatalogueRequest arbitrary(std::type_identity<CatalogueRequest>) {
  CatalogueRequest r;
  switch (any_below(4)) {
    case 3:
      r.step = Permission{maybe() ? Matter::prices : Matter::new_articles, maybe()};
      break;
    case 0:
      r.step = PriceWish{text(), {amount()}};
      break;
    case 1:
      r.step = any_article();
      break;
    default:
      r.step = RequestAnswer{id(), maybe() ? Ruling::accepted : Ruling::refused, text()};
  }
  r.staff = text();
  r.at = time();
  return r;
}

inline std::string sealed() { return *rc::gen::arbitrary<std::string>(); }

inline FileAttached arbitrary(std::type_identity<FileAttached>) {
  FileAttached f;
  f.customer = somebody();
  for (std::uint8_t& byte : f.hash) byte = *rc::gen::arbitrary<std::uint8_t>();
  f.kind = any_of<FileKind>();
  f.type = any_of<FileType>();
  f.bytes = *rc::gen::inRange<std::int64_t>(0, limits::file_bytes + 1);
  f.sealed_name = sealed();
  f.staff = text();
  f.at = time();
  return f;
}

inline FileRemoved arbitrary(std::type_identity<FileRemoved>) {
  return {somebody(), id(), text(), time()};
}
inline CustomerChange arbitrary(std::type_identity<CustomerChange>) {
  return {somebody(), sealed(), text(), time()};
}
inline ConsentChange arbitrary(std::type_identity<ConsentChange>) {
  return {somebody(), several(3, consent), several(3, id), text(), text(), time()};
}
inline MemberPinChange arbitrary(std::type_identity<MemberPinChange>) {
  return {somebody(), sealed(), text(), time()};
}
inline StaffChange arbitrary(std::type_identity<StaffChange>) {
  const auto role = *rc::gen::element(StaffRole::none, StaffRole::cashier, StaffRole::manager);
  return {{text(), role, somebody(), sealed(), sealed()}, text(), time()};
}
inline CustomerNote arbitrary(std::type_identity<CustomerNote>) {
  return {somebody(), sealed(), text(), time()};
}
inline CustomerMerge arbitrary(std::type_identity<CustomerMerge>) {
  return {somebody(), somebody(), text(), text(), time()};
}
inline MergeUndoing arbitrary(std::type_identity<MergeUndoing>) { return {id(), text(), time()}; }
inline CustomersApart arbitrary(std::type_identity<CustomersApart>) {
  return {somebody(), somebody(), text(), time()};
}
inline Restriction restriction() {
  Restriction kept{static_cast<KeptFor>(*rc::gen::inRange(1, 6)), std::nullopt};
  if (maybe()) kept.until = date();
  return kept;
}
inline CustomerErasure arbitrary(std::type_identity<CustomerErasure>) {
  return {several(3, somebody), text(), text(), time(), several(3, restriction)};
}
inline DormancyChange arbitrary(std::type_identity<DormancyChange>) {
  return {time(), *rc::gen::element(StorePresence::dormant, StorePresence::back),
          several(3, somebody)};
}
inline ChainSettings arbitrary(std::type_identity<ChainSettings>) { return {text(40)}; }
inline ShiftOpening arbitrary(std::type_identity<ShiftOpening>) {
  return {time(), text(), {amount(), currency()}};
}
inline ShiftClosing arbitrary(std::type_identity<ShiftClosing>) {
  const Currency c = currency();
  return {time(), text(), id(), {amount(), c}, {amount(), c}};
}

template <class... Ts>
Fact fact_of(Types<Ts...>) {
  using Make = Fact (*)();
  static constexpr Make makes[] = {[] { return Fact(arbitrary(std::type_identity<Ts>())); }...};
  return makes[any_below(sizeof...(Ts))]();
}
inline Fact fact() { return fact_of(AnyFact()); }

}  // namespace keepsake::arbitrary_facts
