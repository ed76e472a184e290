#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <chrono>
#include <optional>
#include <unordered_map>
#include <utility>

#include "kiosk/cli/imports/retail.hpp"
#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"

namespace keepsake::cli::retail {
namespace {

enum Column : std::size_t {
  number,
  code,
  description,
  quantity,
  date,
  price,
  customer,
  country,
  columns
};
constexpr std::array<std::string_view, columns> header{"InvoiceNo",  "StockCode",   "Description",
                                                       "Quantity",   "InvoiceDate", "UnitPrice",
                                                       "CustomerID", "Country"};
constexpr std::size_t number_bytes = 20;
constexpr std::int64_t most_pieces = limits::quantity_thousandths / 1000;

/// Gives each different text a number, from 0 in order of appearance.
class Numbering {
 public:
  std::uint32_t of(std::string_view text) {
    const auto found = numbers_.find(text);
    if (found != numbers_.end()) return found->second;
    return numbers_.emplace(text, static_cast<std::uint32_t>(numbers_.size())).first->second;
  }
  std::size_t size() const { return numbers_.size(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
};

constexpr std::string_view blanks = " \t";

bool unknown(std::string_view text) { return text.empty() || text == "NA"; }

std::optional<std::int64_t> to_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::int64_t> digits(std::string_view text) {
  return !text.empty() && is_all_digits(text) ? to_integer(text) : std::nullopt;
}

// "2010-12-01 08:26:00", the seconds may be missing.
std::optional<std::int64_t> wall_seconds(std::string_view text) {
  if (text.size() == 16) {
    if (text[13] != ':') return std::nullopt;
  } else if (text.size() != 19 || text[13] != ':' || text[16] != ':') {
    return std::nullopt;
  }
  if (text[10] != ' ' && text[10] != 'T') return std::nullopt;
  const auto day = parse_date(text.substr(0, 10));
  const auto hour = digits(text.substr(11, 2));
  const auto minute = digits(text.substr(14, 2));
  const auto second = text.size() == 19 ? digits(text.substr(17, 2)) : 0;
  if (!day || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59)
    return std::nullopt;
  return std::int64_t{to_days(*day)} * 86400 + *hour * 3600 + *minute * 60 + *second;
}

std::string as_csv(const CsvRecord& record) {
  std::string text;
  for (const auto& field : record.fields) {
    if (&field != &record.fields.front()) text.push_back(',');
    text.append(csv_field(field.text));
  }
  return text;
}

class Reading {
 public:
  explicit Reading(CsvReader& csv) : csv_(csv) {}

  Result<Done> check_header();
  Result<Done> take(const CsvRecord& record);
  Sales finish();

 private:
  struct Numbers {
    std::int64_t pieces = 0;
    bool price_negative = false;
    UnitPrice price;
    std::int64_t wall_s = 0;
  };

  Error fail(const CsvRecord& record, Column column, std::string_view error_code, std::string what,
             std::string remedy) const;
  Result<Numbers> numbers_of(const CsvRecord& record) const;
  Result<Done> check_texts(const CsvRecord& record) const;
  Result<std::uint32_t> invoice_of(const CsvRecord& record, const Numbers& numbers);
  Result<Done> refuse(const CsvRecord& record, Refusal refusal, std::string reason);
  std::uint32_t article_of(std::string_view stock_code);
  std::uint32_t name_of(std::string_view text);
  void choose_names_and_prices();
  void group_by_invoice();

  CsvReader& csv_;
  Sales sales_;
  Numbering numbers_, codes_, names_, customers_;
  std::size_t refused_bytes_ = 0;
};

Error Reading::fail(const CsvRecord& record, Column column, std::string_view error_code,
                    std::string what, std::string remedy) const {
  return {Failure::bad_input, std::string(error_code), std::move(what),
          csv_.where(record.fields[column].place, header[column]), std::move(remedy)};
}

Result<Done> Reading::check_header() {
  CsvRecord record;
  const auto there = csv_.next(record);
  if (!there) return there.error();
  const std::string remedy =
      "The first line must be "
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
  if (!*there) {
    return Error{Failure::bad_input, "retail.header", "The file is empty", csv_.where({}), remedy};
  }
  for (std::size_t i = 0; i < std::max<std::size_t>(columns, record.fields.size()); ++i) {
    if (i >= record.fields.size()) {
      return Error{Failure::bad_input, "retail.header",
                   "The column " + std::string(header[i]) + " is missing",
                   csv_.where({record.line, 1}), remedy};
    }
    if (i >= columns || record.fields[i].text != header[i]) {
      return Error{Failure::bad_input, "retail.header",
                   i < columns ? "This column is not " + std::string(header[i])
                               : "There are more columns than eight",
                   csv_.where(record.fields[i].place), remedy};
    }
  }
  return Done{};
}

Result<Done> Reading::check_texts(const CsvRecord& record) const {
  const std::string_view invoice = record.fields[number].text;
  const bool lettered = !invoice.empty() && invoice[0] >= 'A' && invoice[0] <= 'Z';
  if (invoice.size() > number_bytes || !digits(invoice.substr(lettered ? 1 : 0))) {
    return fail(record, number, "retail.number", "This is not an invoice number",
                "It must be digits, with one letter before them at most");
  }
  const struct {
    Column column;
    std::size_t most;
    Presence presence;
  } texts[] = {{code, limits::code_bytes, Presence::required},
               {description, limits::name_bytes, Presence::optional},
               {customer, limits::code_bytes, Presence::optional},
               {country, limits::name_bytes, Presence::optional}};
  for (const auto& text : texts) {
    const auto& field = record.fields[text.column];
    const auto ok = check_text(trimmed(field.text, blanks), text.most, text.presence, {});
    if (ok) continue;
    Error error = ok.error();
    error.where = csv_.where(field.place, header[text.column]);
    return error;
  }
  return Done{};
}

Result<Reading::Numbers> Reading::numbers_of(const CsvRecord& record) const {
  Numbers numbers;
  const auto pieces = to_integer(record.fields[quantity].text);
  if (!pieces || *pieces > most_pieces || *pieces < -most_pieces) {
    return fail(record, quantity, "retail.number", "This is not a quantity",
                "It must be a whole number between -" + std::to_string(most_pieces) + " and " +
                    std::to_string(most_pieces));
  }
  numbers.pieces = *pieces;
  std::string_view amount = record.fields[price].text;
  numbers.price_negative = amount.starts_with('-');
  if (numbers.price_negative) amount.remove_prefix(1);
  const auto unit = parse_unit_price(amount, currency());
  if (!unit) {
    return fail(record, price, "retail.number", "This is not a price: " + unit.error().what,
                "Write it in pounds with a point, such as 2.55");
  }
  numbers.price = *unit;
  const auto wall = wall_seconds(record.fields[date].text);
  if (!wall) {
    return fail(record, date, "retail.date", "This is not a date and time",
                "Write it as 2010-12-01 08:26:00");
  }
  numbers.wall_s = *wall;
  return numbers;
}

Result<std::uint32_t> Reading::invoice_of(const CsvRecord& record, const Numbers& numbers) {
  const std::string_view text = record.fields[number].text;
  const std::string_view who = trimmed(record.fields[customer].text, blanks);
  const std::uint32_t buyer = unknown(who) ? nobody : customers_.of(who);
  if (buyer != nobody && buyer == sales_.customers.size()) sales_.customers.emplace_back(who);
  const std::uint32_t index = numbers_.of(text);
  if (index == sales_.invoices.size()) {
    sales_.invoices.push_back({std::string(text), text[0] == 'C' ? Kind::cancellation : Kind::sale,
                               numbers.wall_s, buyer, 0, 0});
  } else if (sales_.invoices[index].customer != buyer) {
    return fail(record, customer, "retail.customer",
                "Invoice " + std::string(text) + " has lines of two different customers",
                "Correct the customer, so that all lines of the invoice agree");
  }
  return index;
}

std::uint32_t Reading::article_of(std::string_view stock_code) {
  const std::uint32_t index = codes_.of(stock_code);
  if (index == sales_.articles.size())
    sales_.articles.push_back({std::string(stock_code), nameless, {}});
  return index;
}

std::uint32_t Reading::name_of(std::string_view text) {
  if (unknown(text)) return nameless;
  const std::uint32_t index = names_.of(text);
  if (index == sales_.names.size()) sales_.names.emplace_back(text);
  return index;
}

Result<Done> Reading::refuse(const CsvRecord& record, Refusal refusal, std::string reason) {
  Refused refused{static_cast<std::uint32_t>(record.line), refusal, std::move(reason),
                  as_csv(record)};
  refused_bytes_ += sizeof refused + refused.reason.size() + refused.record.size();
  if (refused_bytes_ > most_refused_bytes) {
    return Error{Failure::limit, "retail.refused", "Too many lines are not sales",
                 csv_.where({record.line, 1}), "This cannot be a file of sales"};
  }
  sales_.refused.push_back(std::move(refused));
  return Done{};
}

Result<Done> Reading::take(const CsvRecord& record) {
  if (record.fields.size() != columns) {
    return Error{Failure::bad_input, "retail.columns",
                 "The line has " + std::to_string(record.fields.size()) + " columns instead of 8",
                 csv_.where({record.line, 1}),
                 "Put fields with commas in quotes; the file may also be cut"};
  }
  if (++sales_.file_lines > most_lines) {
    return Error{Failure::limit, "retail.lines", "The file has more than 3,000,000 lines",
                 csv_.where({record.line, 1}), "Split it into several files of whole invoices"};
  }
  if (auto ok = check_texts(record); !ok) return ok;
  const auto numbers = numbers_of(record);
  if (!numbers) return numbers.error();
  if (unknown(trimmed(record.fields[customer].text, blanks))) ++sales_.anonymous_lines;
  const std::uint32_t article = article_of(trimmed(record.fields[code].text, blanks));
  const std::string_view text = trimmed(record.fields[description].text, blanks);
  const char first = record.fields[number].text[0];

  const bool cancellation = first == 'C';
  if (first > '9' && !cancellation) {
    return refuse(record, Refusal::not_a_sale,
                  "bookkeeping entry: the invoice number begins with " + std::string(1, first));
  }
  if (numbers->price_negative) return refuse(record, Refusal::not_a_sale, "negative price");
  if (numbers->pieces == 0) return refuse(record, Refusal::not_a_sale, "quantity is zero");
  if (cancellation && numbers->pieces > 0) {
    return refuse(record, Refusal::not_a_sale, "positive quantity on a cancellation");
  }
  if (!cancellation && numbers->pieces < 0) {
    return refuse(record, Refusal::stock_adjustment,
                  unknown(text) ? "no description" : std::string(text));
  }
  const auto invoice = invoice_of(record, *numbers);
  if (!invoice) return invoice.error();
  sales_.lines.push_back({static_cast<std::uint32_t>(record.line), *invoice, article, name_of(text),
                          cancellation ? -numbers->pieces : numbers->pieces, numbers->price});
  return Done{};
}

void Reading::choose_names_and_prices() {
  struct Best {
    std::int64_t wall_s = std::numeric_limits<std::int64_t>::min();
    std::uint32_t uses = 0;
  };
  std::vector<Best> best(sales_.articles.size());
  std::unordered_map<std::uint64_t, std::uint32_t> uses;
  for (const auto& line : sales_.lines) {
    if (line.price.milli_minor == 0) continue;  // notes such as "?" or "found" stand on free lines
    auto& article = sales_.articles[line.article];
    auto& so_far = best[line.article];
    const auto& invoice = sales_.invoices[line.invoice];
    if (invoice.kind == Kind::sale && invoice.wall_s >= so_far.wall_s) {
      so_far.wall_s = invoice.wall_s;
      article.price = line.price;
    }
    if (line.name == nameless) continue;
    const auto used = ++uses[std::uint64_t{line.article} << 32 | line.name];
    if (used > so_far.uses) {
      so_far.uses = used;
      article.name = line.name;
    }
  }
}

void Reading::group_by_invoice() {
  for (const auto& line : sales_.lines) ++sales_.invoices[line.invoice].end;
  std::uint32_t begin = 0;
  for (auto& invoice : sales_.invoices) {
    invoice.begin = begin;
    begin += invoice.end;
    invoice.end = invoice.begin;
  }
  sales_.by_invoice.resize(sales_.lines.size());
  for (std::uint32_t i = 0; i < sales_.lines.size(); ++i) {
    sales_.by_invoice[sales_.invoices[sales_.lines[i].invoice].end++] = i;
  }
}

Sales Reading::finish() {
  sales_.blank_lines = csv_.blank_lines();
  choose_names_and_prices();
  group_by_invoice();
  assert(sales_.file_lines == sales_.lines.size() + sales_.refused.size());
  return std::move(sales_);
}

}  // namespace

Result<Sales> read(CsvReader& csv, const std::function<void()>& progress) {
  Reading reading(csv);
  if (auto ok = reading.check_header(); !ok) return ok.error();
  CsvRecord record;
  for (std::uint64_t n = 0;; ++n) {
    const auto there = csv.next(record);
    if (!there) return there.error();
    if (!*there && n == 0)
      return Error{Failure::bad_input, "retail.empty", "The file has titles and no line of a sale",
                   csv.where({}), "Check that the export was whole"};
    if (!*there) return reading.finish();
    if (auto ok = reading.take(record); !ok) return ok.error();
    if (n % 4096 == 0) progress();
  }
}

}  // namespace keepsake::cli::retail
