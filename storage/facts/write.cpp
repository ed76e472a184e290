#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/catalogue_request.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/values/overloaded.hpp"
#include "storage/facts/covers.hpp"
#include "storage/facts/writing.hpp"

namespace keepsake::facts {
namespace {

using facts::write;  // the overloads below would hide it

v1::TenderKind kind_of(TenderKind kind) {
  switch (kind) {
    case TenderKind::cash:
      return v1::TENDER_KIND_CASH;
    case TenderKind::card:
      return v1::TENDER_KIND_CARD;
    case TenderKind::unknown:
      return v1::TENDER_KIND_UNKNOWN;
    case TenderKind::points:
      return v1::TENDER_KIND_POINTS;
    case TenderKind::wallet:
      return v1::TENDER_KIND_WALLET;
    case TenderKind::gift_card:
      return v1::TENDER_KIND_GIFT_CARD;
  }
  return v1::TENDER_KIND_UNSPECIFIED;
}

v1::SoldBy sold_by_of(SoldBy sold_by) {
  switch (sold_by) {
    case SoldBy::piece:
      return v1::SOLD_BY_PIECE;
    case SoldBy::weight:
      return v1::SOLD_BY_WEIGHT;
  }
  return v1::SOLD_BY_UNSPECIFIED;
}

template <class Tenders>
void write(const std::vector<Tender>& tenders, Tenders& messages) {
  for (const Tender& tender : tenders) {
    v1::Tender& message = *messages.Add();
    message.set_kind(kind_of(tender.kind));
    message.set_amount(tender.amount.minor);
    message.set_tendered(tender.tendered.minor);
    message.set_reference(tender.reference);
    if (tender.expires) message.set_expires_day(to_days(*tender.expires));
  }
}

void write(const PurchaseLine& line, v1::PurchaseLine& message) {
  message.set_article(line.article);
  message.set_name(line.name);
  message.set_quantity(line.quantity.thousandths);
  message.set_unit_price(line.unit_price.milli_minor);
  for (const Discount& discount : line.discounts) {
    v1::Discount& taken = *message.add_discounts();
    taken.set_reason(discount.reason);
    taken.set_amount(discount.amount.minor);
  }
  message.set_amount(line.amount.minor);
  message.set_tax_rate(static_cast<std::uint32_t>(line.tax_rate.basis_points));
  message.set_tax(line.tax.minor);
  if (line.sold_by == SoldBy::weight) message.set_sold_by(v1::SOLD_BY_WEIGHT);
  if (!line.warranty) return;
  v1::LineWarranty& warranty = *message.mutable_warranty();
  warranty.set_serial(line.warranty->serial);
  warranty.set_serial_typed(line.warranty->serial_typed);
  warranty.set_maker(line.warranty->maker);
  write_covers(line.warranty->covers, warranty);
  warranty.set_unfit(line.warranty->unfit);
}

/// What a purchase and a return begin with.
template <class Document, class Message>
void write_head(const Document& document, Message& message) {
  write(document.at, *message.mutable_at());
  message.set_origin(document.origin);
  message.set_staff(document.staff);
  if (document.shift) message.set_shift(bytes_of(*document.shift));
  message.set_customer(bytes_of(document.customer));
  message.set_currency(std::string(document.currency.code()));
  message.set_total(document.total.minor);
  message.set_tax(document.tax.minor);
  write(document.tenders, *message.mutable_tenders());
}

void write(const Article& article, v1::Article& put) {
  put.set_code(article.code);
  if (article.gtin) put.set_gtin(article.gtin->shortest());
  put.set_name(article.name);
  put.set_category(article.category);
  put.set_maker(article.maker);
  put.set_price(article.price.milli_minor);
  put.set_tax_rate(static_cast<std::uint32_t>(article.tax.basis_points));
  put.set_sold_by(sold_by_of(article.sold_by));
  write(article.cover, put);
  for (const std::string& label : article.labels) put.add_labels(label);
  for (const Gtin& gtin : article.more_gtins) put.add_more_gtins(gtin.shortest());
  for (const std::string& code : article.more_codes) put.add_more_codes(code);
}

}  // namespace

void write(const Purchase& fact, v1::Purchase& message) {
  write_head(fact, message);
  for (const PurchaseLine& line : fact.lines) write(line, *message.add_lines());
  message.set_cash_rounding(fact.cash_rounding.minor);
  message.set_programme_version(fact.programme_version);
  message.set_points_earned(fact.points_earned.hundredths);
  if (fact.loyalty) write(*fact.loyalty, *message.mutable_loyalty());
  for (const TopUp& top_up : fact.top_ups) write(top_up, *message.add_loads());
  for (const ReservationUse& use : fact.reservations) write(use, *message.add_reservations());
}

void write(const Return& fact, v1::Return& message) {
  write_head(fact, message);
  message.set_reason(fact.reason);
  for (const ReturnLine& line : fact.lines) {
    v1::ReturnLine& given = *message.add_lines();
    given.set_article(line.article);
    given.set_name(line.name);
    given.set_quantity(line.quantity.thousandths);
    given.set_amount(line.amount.minor);
    given.set_tax(line.tax.minor);
    if (line.purchase) given.set_purchase(bytes_of(*line.purchase));
    if (line.line_no) given.set_line_no(*line.line_no);
  }
  message.set_points_reversed(fact.points_reversed.hundredths);
  if (fact.loyalty) write(*fact.loyalty, *message.mutable_loyalty());
}

void write(const CustomerEnrolment& fact, v1::CustomerEnrolment& message) {
  message.set_customer(bytes_of(fact.customer));
  message.set_origin(fact.origin);
  message.set_sealed_profile(fact.sealed_profile);
  for (const Consent& consent : fact.consents) write(consent, *message.add_consents());
  message.set_language(fact.language);
  message.set_place(fact.place);
  message.set_staff(fact.staff);
  write(fact.at, *message.mutable_at());
  if (fact.member_since) message.set_member_since_day(day_of(*fact.member_since));
}

void write(const WarrantyRegistration& fact, v1::WarrantyRegistration& message) {
  message.set_article(fact.article);
  message.set_article_name(fact.article_name);
  message.set_maker(fact.maker);
  message.set_serial(fact.serial);
  message.set_serial_typed(fact.serial_typed);
  write_covers(fact.covers, message);
  message.set_customer(bytes_of(fact.customer));
  if (fact.purchase) message.set_purchase(bytes_of(*fact.purchase));
  message.set_staff(fact.staff);
  write(fact.at, *message.mutable_at());
  message.set_unfit(fact.unfit);
}

void write(const CoverBegun& fact, v1::CoverBegun& message) {
  message.set_registration(bytes_of(fact.registration));
  if (fact.line >= 0) message.set_line_no(static_cast<std::uint32_t>(fact.line));
  message.set_event(start_of(fact.event));
  for (const ItemCover& cover : fact.covers) write(cover, *message.add_covers());
  message.set_customer(bytes_of(fact.customer));
  message.set_staff(fact.staff);
  write(fact.at, *message.mutable_at());
}

void write(const Programme& fact, v1::Programme& message) {
  message.set_version(fact.version);
  message.set_name(fact.name);
  message.set_currency(std::string(fact.currency.code()));
  message.set_per_major_unit(fact.per_major_unit.hundredths);
  message.set_point_value(fact.point_value_milli_minor);
  message.set_source(fact.source);
}

void write(const CatalogueChange& fact, v1::CatalogueChange& message) {
  for (const Article& article : fact.put) write(article, *message.add_put());
  for (const std::string& code : fact.removed) message.add_removed(code);
}

void write(const CatalogueRequest& fact, v1::CatalogueRequest& message) {
  std::visit(Overloaded{[&](const PriceWish& wish) {
                          message.mutable_price()->set_code(wish.code);
                          message.mutable_price()->set_price(wish.price.milli_minor);
                        },
                        [&](const Article& article) { write(article, *message.mutable_article()); },
                        [&](const RequestAnswer& answer) {
                          v1::RequestAnswer& given = *message.mutable_answer();
                          given.set_request(bytes_of(answer.request));
                          given.set_ruling(answer.ruling == Ruling::accepted ? v1::RULING_ACCEPTED
                                                                             : v1::RULING_REFUSED);
                          given.set_reason(answer.reason);
                        },
                        [&](const Permission& permission) {
                          v1::Permission& given = *message.mutable_permission();
                          given.set_matter(permission.matter == Matter::prices
                                               ? v1::MATTER_PRICES
                                               : v1::MATTER_NEW_ARTICLES);
                          given.set_given(permission.given);
                        }},
             fact.step);
  message.set_staff(fact.staff);
  write(fact.at, *message.mutable_at());
}

void write(const ChainSettings& fact, v1::ChainSettings& message) {
  message.set_source(fact.source);
}

void write(const ShiftOpening& fact, v1::ShiftOpening& message) {
  write(fact.at, *message.mutable_at());
  message.set_staff(fact.staff);
  message.set_currency(std::string(fact.cash_float.currency.code()));
  message.set_cash_float(fact.cash_float.minor);
}

void write(const ShiftClosing& fact, v1::ShiftClosing& message) {
  write(fact.at, *message.mutable_at());
  message.set_staff(fact.staff);
  message.set_shift(bytes_of(fact.shift));
  message.set_currency(std::string(fact.expected.currency.code()));
  message.set_expected(fact.expected.minor);
  message.set_counted(fact.counted.minor);
}

}  // namespace keepsake::facts
