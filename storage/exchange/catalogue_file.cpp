#include "storage/exchange/catalogue_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "storage/domain/values/decimal.hpp"
#include "storage/domain/values/tidy.hpp"

namespace keepsake {
namespace {

enum Column : std::size_t {
  code,
  gtin,
  name,
  category,
  maker,
  price,
  tax_percent,
  sold_by,
  cover_months,
  labels,
  columns
};
constexpr std::array<std::string_view, columns> titles{
    "code",  "gtin",        "name",    "category",     "maker",
    "price", "tax_percent", "sold_by", "cover_months", "labels"};
constexpr std::array required{code, name, price};

/// "eco | sale": without the blanks around them; nothing between two bars is no label.
std::vector<std::string> parts_of(std::string_view cell) {
  std::vector<std::string> parts;
  while (!cell.empty()) {
    const std::size_t end = std::min(cell.find('|'), cell.size());
    std::string part = tidied(cell.substr(0, end));
    cell.remove_prefix(std::min(end + 1, cell.size()));
    if (!part.empty()) parts.push_back(std::move(part));
  }
  return parts;
}

class Reading {
 public:
  Reading(CsvReader& csv, Currency currency) : csv_(csv), currency_(currency) {}

  Catalogue run() {
    CsvRecord record;
    auto there = csv_.next(record);
    if (there && *there) read_header(record);
    if (there && !*there) {
      add_error({Failure::bad_input, "catalogue.header", "The file is empty", csv_.where({}),
                 "The first line names the columns: "
                 "code,gtin,name,category,maker,price,tax_percent,sold_by,cover_months,labels"});
    }
    if (there && catalogue_.mistakes.empty()) there = read_lines(record);
    if (!there) add_error(there.error());
    if (untold_ > 0) {
      catalogue_.mistakes.push_back({Failure::bad_input, "catalogue.more",
                                     "There are " + std::to_string(untold_) + " more errors",
                                     csv_.file(), "Correct the first ones and try again"});
    }
    return std::move(catalogue_);
  }

 private:
  void read_header(const CsvRecord& record);
  Result<bool> read_lines(CsvRecord& record);
  void read_article(const CsvRecord& record);
  void check_unique(const CsvRecord& record, const Article& article);

  std::string text(const CsvRecord& record, Column column) const {
    return position_[column] ? tidied(record.fields[*position_[column]].text) : std::string();
  }
  std::string where(const CsvRecord& record, Column column) const {
    return position_[column] ? csv_.where(record.fields[*position_[column]].place, titles[column])
                             : csv_.where({record.line, 1});
  }
  void add_error(Error error) {
    if (catalogue_.mistakes.size() < most_mistakes_told) {
      catalogue_.mistakes.push_back(std::move(error));
    } else {
      ++untold_;
    }
  }
  void add_error(const CsvRecord& record, Column column, std::string_view error_code,
                 std::string what, std::string remedy) {
    add_error({Failure::bad_input, std::string(error_code), std::move(what), where(record, column),
               std::move(remedy)});
  }
  template <class T>
  T take(Result<T> parsed, const CsvRecord& record, Column column) {
    if (parsed) return std::move(*parsed);
    Error error = parsed.error();
    error.where = where(record, column);
    add_error(std::move(error));
    return T{};
  }

  CsvReader& csv_;
  Currency currency_;
  std::array<std::optional<std::size_t>, columns> position_;
  std::size_t width_ = 0;
  Catalogue catalogue_;
  std::uint64_t untold_ = 0;
  std::unordered_map<std::string, std::uint64_t> codes_, gtins_;  // and the line that has it
};

void Reading::read_header(const CsvRecord& record) {
  width_ = record.fields.size();
  for (std::size_t i = 0; i < width_; ++i) {
    const auto& field = record.fields[i];
    const auto found = std::ranges::find(titles, tidied(field.text));
    if (found == titles.end()) {
      add_error(
          {Failure::bad_input, "catalogue.header", "Unknown column", csv_.where(field.place),
           "Use code,gtin,name,category,maker,price,tax_percent,sold_by,cover_months,labels"});
      continue;
    }
    auto& position = position_[static_cast<std::size_t>(found - titles.begin())];
    if (position) {
      add_error({Failure::bad_input, "catalogue.header", "The column appears twice",
                 csv_.where(field.place, *found), "Remove one of them"});
    }
    position = i;
  }
  for (const Column column : required) {
    if (position_[column]) continue;
    add_error({Failure::bad_input, "catalogue.header",
               "The column " + std::string(titles[column]) + " is missing",
               csv_.where({record.line, 1}), "Add it to the first line and to every other"});
  }
}

Result<bool> Reading::read_lines(CsvRecord& record) {
  for (;;) {
    const auto there = csv_.next(record);
    if (!there || !*there) return there;
    if (record.fields.size() != width_) {
      add_error({Failure::bad_input, "catalogue.columns",
                 "The line has " + std::to_string(record.fields.size()) + " columns, the header " +
                     std::to_string(width_),
                 csv_.where({record.line, 1}), "Put a field with a comma in quotes"});
      continue;
    }
    if (catalogue_.entries.size() >= most_catalogue_articles) {
      return Error{Failure::limit, "catalogue.long", "The file has more than 200,000 articles",
                   csv_.where({record.line, 1}), "Split it into several files"};
    }
    read_article(record);
  }
}

void Reading::read_article(const CsvRecord& record) {
  const std::uint64_t before = catalogue_.mistakes.size() + untold_;
  Article article;
  article.code = text(record, code);
  article.name = text(record, name);
  article.category = text(record, category);
  article.maker = text(record, maker);
  article.price = take(parse_unit_price(text(record, price), currency_), record, price);
  if (const auto digits = text(record, gtin); !digits.empty()) {
    const auto parsed = Gtin::from_label(digits);
    if (parsed) {
      article.gtin = *parsed;
    } else {
      add_error(record, gtin, parsed.error().code, parsed.error().what, parsed.error().remedy);
    }
  }
  if (const auto rate = text(record, tax_percent); !rate.empty()) {
    const auto basis_points =
        take(parse_scaled(rate, {2, 10'000, "tax.rate", "tax.rate"}), record, tax_percent);
    if (basis_points < 0)
      add_error(record, tax_percent, "tax.rate", "A tax rate must not be negative",
                "Write 25 for 25 %");
    article.tax = {static_cast<std::int32_t>(std::max<std::int64_t>(basis_points, 0))};
  }
  const auto unit = text(record, sold_by);
  if (unit == "weight") article.sold_by = SoldBy::weight;
  if (!unit.empty() && unit != "weight" && unit != "piece") {
    add_error(record, sold_by, "article.sold-by", "An article must be sold by piece or by weight",
              "Write piece or weight");
  }
  if (const auto months = text(record, cover_months); !months.empty()) {
    const auto [end, failed] =
        std::from_chars(months.data(), months.data() + months.size(), article.cover_months);
    if (failed != std::errc{} || end != months.data() + months.size()) {
      add_error(record, cover_months, "cover.months", "Not a number of months",
                "Write a whole number such as 24");
    }
  }
  article.labels = parts_of(text(record, labels));
  if (catalogue_.mistakes.size() + untold_ != before) return;
  if (const auto ok = check(article); !ok) {
    const auto at =
        std::ranges::find(titles, ok.error().where == "tax" ? "tax_percent" : ok.error().where);
    const auto column = at == titles.end() ? code : static_cast<Column>(at - titles.begin());
    add_error({ok.error().kind, ok.error().code, ok.error().what, where(record, column),
               ok.error().remedy});
    return;
  }
  check_unique(record, article);
  catalogue_.entries.push_back(
      {std::move(article), csv_.file() + ":" + std::to_string(record.line)});
}

void Reading::check_unique(const CsvRecord& record, const Article& article) {
  const auto [same_code, new_code] = codes_.emplace(article.code, record.line);
  if (!new_code) {
    add_error(record, code, "catalogue.twice",
              "The code is already on line " + std::to_string(same_code->second),
              "Give each article its own code");
  }
  if (!article.gtin) return;
  const auto [same_gtin, new_gtin] = gtins_.emplace(article.gtin->digits14(), record.line);
  if (!new_gtin) {
    add_error(record, gtin, "catalogue.twice",
              "The GTIN is already on line " + std::to_string(same_gtin->second),
              "A GTIN belongs to one article");
  }
}

}  // namespace

Catalogue read_catalogue(CsvReader& csv, Currency currency) { return Reading(csv, currency).run(); }

}  // namespace keepsake
