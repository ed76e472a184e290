#include <algorithm>

#include "storage/domain/limits.hpp"
#include "storage/domain/text.hpp"
#include "storage/facts/messages.hpp"

namespace keepsake::facts {
namespace {

constexpr std::int64_t last_ms = 253'402'300'799'999;  // 9999-12-31
constexpr std::int32_t first_day = -719'162;           // 0001-01-01
constexpr std::int32_t last_day = 2'932'896;           // 9999-12-31
constexpr int offset_minutes_max = 18 * 60;
constexpr std::int64_t amount_max = limits::amount_minor * 1000;  // sums of a document included
constexpr std::int64_t points_max = 100'000'000'000'000'000;
constexpr std::size_t sealed_profile_bytes = 8 * 1024;
constexpr int consents_max = 20;

/// Reads values of one message and remembers the first thing wrong; what follows is then of no use.
class Reading {
 public:
  void fail(const char* what, const char* field) {
    if (error_) return;
    error_ = Error{Failure::bad_input, "fact.syntax", what,
                   line_ < 0 ? field : "entry " + std::to_string(line_ + 1) + ", " + field,
                   "Correct the fact where it is made"};
  }
  /// Entries of a list are named by their index in errors; -1: none.
  void at_entry(int index) { line_ = index; }

  template <class T>
  Result<T> result(T value) const {
    if (error_) return *error_;
    return value;
  }

  std::string text(const std::string& value, std::size_t max_bytes, const char* field) {
    if (value.size() > max_bytes)
      fail("A text is too long", field);
    else if (!is_utf8(value))
      fail("A text is not UTF-8", field);
    return value;
  }
  std::string code(const std::string& value, const char* field) {
    return text(value, limits::code_bytes, field);
  }
  std::string name(const std::string& value, const char* field) {
    return text(value, limits::name_bytes, field);
  }

  template <class Number>
  Number number(std::int64_t value, Number low, Number high, const char* field) {
    if (value < low || value > high) {
      fail("A figure is out of its range", field);
      return low;
    }
    return static_cast<Number>(value);
  }
  Money money(std::int64_t minor, Currency currency, const char* field) {
    return {number<std::int64_t>(minor, -amount_max, amount_max, field), currency};
  }
  Points points(std::int64_t hundredths, const char* field) {
    return {number<std::int64_t>(hundredths, -points_max, points_max, field)};
  }
  Quantity quantity(std::int64_t thousandths, const char* field) {
    return {number<std::int64_t>(thousandths, -limits::quantity_thousandths,
                                 limits::quantity_thousandths, field)};
  }
  UnitPrice price(std::int64_t milli_minor, const char* field) {
    return {number<std::int64_t>(milli_minor, -amount_max, amount_max, field)};
  }
  TaxRate rate(std::uint32_t basis_points, const char* field) {
    return {number<std::int32_t>(basis_points, 0, 10'000, field)};
  }

  Currency currency(const std::string& code, const char* field) {
    auto known = Currency::parse(code);
    if (known) return *known;
    fail("The currency is not known", field);
    return {};
  }

  Bytes16 bytes16(const std::string& bytes, const char* field) {
    Bytes16 out{};
    if (bytes.size() == out.size())
      std::copy(bytes.begin(), bytes.end(), out.begin());
    else
      fail("An identifier has not 16 bytes", field);
    return out;
  }
  FactId id(const std::string& bytes, const char* field) {
    return fact_id_from(bytes16(bytes, field));
  }
  std::optional<FactId> optional_id(const std::string& bytes, const char* field) {
    if (bytes.empty()) return std::nullopt;
    return id(bytes, field);
  }
  std::string shift(const std::string& bytes) {
    return bytes.empty() ? std::string() : to_hex(id(bytes, "shift"));
  }
  CustomerRef customer(const std::string& bytes) {
    return bytes.empty() ? CustomerRef{} : CustomerRef{bytes16(bytes, "customer")};
  }

  template <class Message>
  LocalTime time(const Message& owner, const char* field) {
    if (!owner.has_at()) fail("The time is missing", field);
    const v1::LocalTime& t = owner.at();
    return {
        {number<std::int64_t>(t.ms(), 0, last_ms, field)},
        number<std::int16_t>(t.offset_minutes(), -offset_minutes_max, offset_minutes_max, field)};
  }
  template <class Message>
  Cover cover(const Message& owner) {
    if (!owner.has_cover()) fail("The cover is missing", "cover");
    return {from_days(number(owner.cover().start_day(), first_day, last_day, "cover")),
            from_days(number(owner.cover().end_day(), first_day, last_day, "cover"))};
  }

  /// False, and failed, when a list is too long to be looked at.
  bool count(int size, std::size_t max, const char* field) {
    if (static_cast<std::size_t>(size) <= max) return true;
    fail("A list is too long", field);
    return false;
  }

 private:
  std::optional<Error> error_;
  int line_ = -1;
};

TenderKind kind_of(Reading& in, v1::TenderKind kind) {
  switch (kind) {
    case v1::TENDER_KIND_CASH:
      return TenderKind::cash;
    case v1::TENDER_KIND_CARD:
      return TenderKind::card;
    case v1::TENDER_KIND_UNKNOWN:
      return TenderKind::unknown;
    default:
      in.fail("A payment is of no known kind", "tenders");
      return TenderKind::unknown;
  }
}

ConsentPurpose purpose_of(Reading& in, v1::ConsentPurpose purpose) {
  switch (purpose) {
    case v1::CONSENT_PURPOSE_MEMBERSHIP:
      return ConsentPurpose::membership;
    case v1::CONSENT_PURPOSE_MARKETING:
      return ConsentPurpose::marketing;
    case v1::CONSENT_PURPOSE_SHARING:
      return ConsentPurpose::sharing;
    default:
      in.fail("A consent has no known purpose", "consents");
      return ConsentPurpose::membership;
  }
}

SoldBy sold_by_of(Reading& in, v1::SoldBy sold_by) {
  switch (sold_by) {
    case v1::SOLD_BY_PIECE:
      return SoldBy::piece;
    case v1::SOLD_BY_WEIGHT:
      return SoldBy::weight;
    default:
      in.fail("An article is sold in no known way", "sold_by");
      return SoldBy::piece;
  }
}

/// The entries of `messages`, each read by `one(entry)`, named by their index in errors.
template <class Value, class Messages, class One>
std::vector<Value> entries(Reading& in, const Messages& messages, std::size_t max,
                           const char* field, One one) {
  std::vector<Value> values;
  if (!in.count(messages.size(), max, field)) return values;
  values.reserve(static_cast<std::size_t>(messages.size()));
  for (int i = 0; i < messages.size(); ++i) {
    in.at_entry(i);
    values.push_back(one(messages.Get(i)));
  }
  in.at_entry(-1);
  return values;
}

Tender tender_of(Reading& in, const v1::Tender& message, Currency currency) {
  return {kind_of(in, message.kind()), in.money(message.amount(), currency, "tender amount"),
          in.money(message.tendered(), currency, "tendered"),
          in.code(message.reference(), "reference")};
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
  if (message.has_warranty()) {
    const v1::LineWarranty& warranty = message.warranty();
    line.warranty = LineWarranty{in.code(warranty.serial(), "serial"),
                                 in.name(warranty.serial_typed(), "serial_typed"),
                                 in.name(warranty.maker(), "maker"), in.cover(warranty)};
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
  document.shift = in.shift(message.shift());
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
  article.cover_months =
      in.number<std::int32_t>(message.cover_months(), 0, limits::cover_months, "cover_months");
  return article;
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
  fact.consents = entries<Consent>(
      in, message.consents(), consents_max, "consents", [&](const v1::Consent& consent) {
        return Consent{purpose_of(in, consent.purpose()), consent.granted(),
                       in.code(consent.wording(), "wording"),
                       in.code(consent.language(), "language"), in.time(consent, "at")};
      });
  fact.language = in.code(message.language(), "language");
  fact.staff = in.name(message.staff(), "staff");
  fact.at = in.time(message, "at");
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
  fact.cover = in.cover(message);
  fact.customer = in.customer(message.customer());
  fact.purchase = in.optional_id(message.purchase(), "purchase");
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
