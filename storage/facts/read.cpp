#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/facts/covers.hpp"
#include "storage/facts/read_loyalty.hpp"
#include "storage/facts/reading.hpp"

namespace keepsake::facts {
namespace {

TenderKind kind_of(Reading& in, v1::TenderKind kind) {
  switch (kind) {
    case v1::TENDER_KIND_CASH:
      return TenderKind::cash;
    case v1::TENDER_KIND_CARD:
      return TenderKind::card;
    case v1::TENDER_KIND_UNKNOWN:
      return TenderKind::unknown;
    case v1::TENDER_KIND_POINTS:
      return TenderKind::points;
    case v1::TENDER_KIND_WALLET:
      return TenderKind::wallet;
    case v1::TENDER_KIND_GIFT_CARD:
      return TenderKind::gift_card;
    default:
      in.fail("Unknown kind of payment", "tenders");
      return TenderKind::unknown;
  }
}

SoldBy sold_by_of(Reading& in, v1::SoldBy sold_by) {
  switch (sold_by) {
    case v1::SOLD_BY_PIECE:
      return SoldBy::piece;
    case v1::SOLD_BY_WEIGHT:
      return SoldBy::weight;
    default:
      in.fail("Unknown way an article is sold", "sold_by");
      return SoldBy::piece;
  }
}

Tender tender_of(Reading& in, const v1::Tender& message, Currency currency) {
  return {kind_of(in, message.kind()), in.money(message.amount(), currency, "tender amount"),
          in.money(message.tendered(), currency, "tendered"),
          in.code(message.reference(), "reference"),
          in.day(message.has_expires_day(), message.expires_day(), "expires_day")};
}

std::vector<Discount> discounts_of(Reading& in, const v1::PurchaseLine& message,
                                   Currency currency) {
  std::vector<Discount> discounts;
  if (!in.count(message.discounts_size(), limits::discounts_per_line, "discounts"))
    return discounts;
  for (const v1::Discount& discount : message.discounts())
    discounts.push_back({in.name(discount.reason(), "discount reason"),
                         in.money(discount.amount(), currency, "discount amount")});
  return discounts;
}

PurchaseLine line_of(Reading& in, const v1::PurchaseLine& message, Currency currency) {
  PurchaseLine line;
  line.article = in.code(message.article(), "article");
  line.name = in.name(message.name(), "name");
  line.quantity = in.quantity(message.quantity(), "quantity");
  line.unit_price = in.price(message.unit_price(), "unit_price");
  line.discounts = discounts_of(in, message, currency);
  line.amount = in.money(message.amount(), currency, "amount");
  line.tax_rate = in.rate(message.tax_rate(), "tax_rate");
  line.tax = in.money(message.tax(), currency, "tax");
  if (message.sold_by() != v1::SOLD_BY_UNSPECIFIED)
    line.sold_by = sold_by_of(in, message.sold_by());
  if (message.has_warranty()) {
    const v1::LineWarranty& warranty = message.warranty();
    line.warranty = LineWarranty{
        in.code(warranty.serial(), "serial"), in.name(warranty.serial_typed(), "serial_typed"),
        in.name(warranty.maker(), "maker"), read_covers(in, warranty), warranty.unfit()};
  }
  return line;
}

ReturnLine return_line_of(Reading& in, const v1::ReturnLine& message, Currency currency) {
  ReturnLine line;
  line.article = in.code(message.article(), "article");
  line.name = in.name(message.name(), "name");
  line.quantity = in.quantity(message.quantity(), "quantity");
  line.amount = in.money(message.amount(), currency, "amount");
  line.tax = in.money(message.tax(), currency, "tax");
  line.purchase = in.optional_id(message.purchase(), "purchase");
  if (message.has_line_no()) line.line_no = message.line_no();
  return line;
}

template <class Document, class Message>
void read_head(Reading& in, const Message& message, Document& document) {
  document.at = in.time(message, "at");
  document.origin = in.code(message.origin(), "origin");
  document.staff = in.name(message.staff(), "staff");
  document.shift = in.optional_id(message.shift(), "shift");
  document.customer = in.customer(message.customer());
  document.currency = in.currency(message.currency(), "currency");
  document.total = in.money(message.total(), document.currency, "total");
  document.tax = in.money(message.tax(), document.currency, "tax");
  document.tenders =
      entries<Tender>(in, message.tenders(), limits::tenders_per_purchase, "tenders",
                      [&](const v1::Tender& t) { return tender_of(in, t, document.currency); });
}

Article article_of(Reading& in, const v1::Article& message) {
  Article article;
  article.code = in.code(message.code(), "code");
  if (!message.gtin().empty()) {
    auto gtin = Gtin::parse(message.gtin());
    if (gtin)
      article.gtin = *gtin;
    else
      in.fail("An article number is not a GTIN", "gtin");
  }
  article.name = in.name(message.name(), "name");
  article.category = in.name(message.category(), "category");
  article.maker = in.name(message.maker(), "maker");
  article.price = in.price(message.price(), "price");
  article.tax = in.rate(message.tax_rate(), "tax_rate");
  article.sold_by = sold_by_of(in, message.sold_by());
  article.cover = terms_of(in, message);
  if (in.count(message.labels_size(), limits::article_labels, "labels"))
    for (const std::string& label : message.labels())
      article.labels.push_back(in.code(label, "labels"));
  if (in.count(message.more_gtins_size(), limits::article_gtins, "more_gtins"))
    for (const std::string& digits : message.more_gtins()) {
      auto gtin = Gtin::parse(digits);
      if (gtin)
        article.more_gtins.push_back(*gtin);
      else
        in.fail("An article number is not a GTIN", "more_gtins");
    }
  if (in.count(message.more_codes_size(), limits::article_gtins, "more_codes"))
    for (const std::string& code : message.more_codes())
      article.more_codes.push_back(in.code(code, "more_codes"));
  return article;
}

Permission permission_of(Reading& in, const v1::Permission& message) {
  if (message.matter() != v1::MATTER_PRICES && message.matter() != v1::MATTER_NEW_ARTICLES)
    in.fail("Unknown matter", "matter");
  return {message.matter() == v1::MATTER_PRICES ? Matter::prices : Matter::new_articles,
          message.given()};
}

RequestAnswer answer_of(Reading& in, const v1::RequestAnswer& message) {
  if (message.ruling() != v1::RULING_ACCEPTED && message.ruling() != v1::RULING_REFUSED)
    in.fail("Unknown ruling", "ruling");
  return {in.id(message.request(), "request"),
          message.ruling() == v1::RULING_ACCEPTED ? Ruling::accepted : Ruling::refused,
          in.name(message.reason(), "reason")};
}

}  // namespace

Result<Purchase> read(const v1::Purchase& message) {
  Reading in;
  Purchase fact;
  read_head(in, message, fact);
  fact.lines = entries<PurchaseLine>(
      in, message.lines(), limits::lines_per_purchase, "lines",
      [&](const v1::PurchaseLine& line) { return line_of(in, line, fact.currency); });
  fact.cash_rounding = in.money(message.cash_rounding(), fact.currency, "cash_rounding");
  fact.programme_version = message.programme_version();
  fact.points_earned = in.points(message.points_earned(), "points_earned");
  if (message.has_loyalty()) fact.loyalty = outcome_of(in, message.loyalty(), fact.currency);
  fact.top_ups =
      entries<TopUp>(in, message.loads(), limits::lines_per_purchase, "loads",
                     [&](const v1::TopUp& top_up) { return top_up_of(in, top_up, fact.currency); });
  fact.reservations = reservations_of(in, message);
  return in.result(std::move(fact));
}

Result<Return> read(const v1::Return& message) {
  Reading in;
  Return fact;
  read_head(in, message, fact);
  fact.reason = in.text(message.reason(), limits::text_bytes, "reason");
  fact.lines = entries<ReturnLine>(
      in, message.lines(), limits::lines_per_purchase, "lines",
      [&](const v1::ReturnLine& line) { return return_line_of(in, line, fact.currency); });
  fact.points_reversed = in.points(message.points_reversed(), "points_reversed");
  if (message.has_loyalty()) fact.loyalty = outcome_of(in, message.loyalty());
  return in.result(std::move(fact));
}

Result<CustomerEnrolment> read(const v1::CustomerEnrolment& message) {
  Reading in;
  CustomerEnrolment fact;
  fact.customer = {in.bytes16(message.customer(), "customer")};
  fact.origin = in.code(message.origin(), "origin");
  fact.card = in.code(message.card(), "card");
  if (message.sealed_profile().size() > sealed_profile_bytes)
    in.fail("The profile is too large", "sealed_profile");
  fact.sealed_profile = message.sealed_profile();
  fact.consents =
      entries<Consent>(in, message.consents(), consents_max, "consents",
                       [&](const v1::Consent& consent) { return consent_of(in, consent); });
  fact.language = in.code(message.language(), "language");
  fact.place = in.name(message.place(), "place");
  fact.staff = in.name(message.staff(), "staff");
  fact.at = in.time(message, "at");
  fact.member_since =
      in.day(message.has_member_since_day(), message.member_since_day(), "member_since_day");
  return in.result(std::move(fact));
}

Result<WarrantyRegistration> read(const v1::WarrantyRegistration& message) {
  Reading in;
  WarrantyRegistration fact;
  fact.article = in.code(message.article(), "article");
  fact.article_name = in.name(message.article_name(), "article_name");
  fact.maker = in.name(message.maker(), "maker");
  fact.serial = in.code(message.serial(), "serial");
  fact.serial_typed = in.name(message.serial_typed(), "serial_typed");
  fact.covers = read_covers(in, message);
  fact.customer = in.customer(message.customer());
  fact.purchase = in.optional_id(message.purchase(), "purchase");
  fact.staff = in.name(message.staff(), "staff");
  fact.at = in.time(message, "at");
  fact.unfit = message.unfit();
  return in.result(std::move(fact));
}

Result<CoverBegun> read(const v1::CoverBegun& message) {
  Reading in;
  CoverBegun fact;
  fact.registration = in.id(message.registration(), "registration");
  if (message.has_line_no())
    fact.line =
        in.number<std::int32_t>(message.line_no(), 0, limits::lines_per_purchase - 1, "line_no");
  fact.event = start_of(in, message.event());
  fact.covers = covers_of(in, message.covers());
  fact.customer = in.customer(message.customer());
  fact.staff = in.name(message.staff(), "staff");
  fact.at = in.time(message, "at");
  return in.result(std::move(fact));
}

Result<Programme> read(const v1::Programme& message) {
  Reading in;
  Programme fact;
  fact.version = in.number<std::int32_t>(message.version(), 0,
                                         std::numeric_limits<std::int32_t>::max(), "version");
  fact.name = in.name(message.name(), "name");
  fact.currency = in.currency(message.currency(), "currency");
  fact.per_major_unit = in.points(message.per_major_unit(), "per_major_unit");
  fact.point_value_milli_minor =
      in.number<std::int64_t>(message.point_value(), 0, amount_max, "point_value");
  fact.source = in.text(message.source(), limits::programme_bytes, "source");
  return in.result(std::move(fact));
}

Result<CatalogueChange> read(const v1::CatalogueChange& message) {
  Reading in;
  CatalogueChange fact;
  fact.put = entries<Article>(in, message.put(), limits::articles_per_change, "put",
                              [&](const v1::Article& article) { return article_of(in, article); });
  fact.removed =
      entries<std::string>(in, message.removed(), limits::articles_per_change, "removed",
                           [&](const std::string& code) { return in.code(code, "removed"); });
  return in.result(std::move(fact));
}

Result<CatalogueRequest> read(const v1::CatalogueRequest& message) {
  Reading in;
  CatalogueRequest fact;
  switch (message.step_case()) {
    case v1::CatalogueRequest::kPrice:
      fact.step = PriceWish{in.code(message.price().code(), "code"),
                            in.price(message.price().price(), "price")};
      break;
    case v1::CatalogueRequest::kArticle:
      fact.step = article_of(in, message.article());
      break;
    case v1::CatalogueRequest::kAnswer:
      fact.step = answer_of(in, message.answer());
      break;
    case v1::CatalogueRequest::kPermission:
      fact.step = permission_of(in, message.permission());
      break;
    case v1::CatalogueRequest::STEP_NOT_SET:
      in.fail("It asks nothing", "step");
  }
  fact.staff = in.name(message.staff(), "staff");
  fact.at = in.time(message, "at");
  return in.result(std::move(fact));
}

Result<ChainSettings> read(const v1::ChainSettings& message) {
  Reading in;
  ChainSettings fact;
  fact.source = in.text(message.source(), limits::settings_bytes, "source");
  return in.result(std::move(fact));
}

Result<ShiftOpening> read(const v1::ShiftOpening& message) {
  Reading in;
  ShiftOpening fact;
  fact.at = in.time(message, "at");
  fact.staff = in.name(message.staff(), "staff");
  fact.cash_float =
      in.money(message.cash_float(), in.currency(message.currency(), "currency"), "cash_float");
  return in.result(std::move(fact));
}

Result<ShiftClosing> read(const v1::ShiftClosing& message) {
  Reading in;
  ShiftClosing fact;
  fact.at = in.time(message, "at");
  fact.staff = in.name(message.staff(), "staff");
  fact.shift = in.id(message.shift(), "shift");
  const Currency currency = in.currency(message.currency(), "currency");
  fact.expected = in.money(message.expected(), currency, "expected");
  fact.counted = in.money(message.counted(), currency, "counted");
  return in.result(std::move(fact));
}

}  // namespace keepsake::facts
