#include "storage/exchange/catalogue_file.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/decimal.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/tidy.hpp"
#include "storage/exchange/catalogue_cells.hpp"
#include "storage/exchange/catalogue_columns.hpp"
#include "storage/exchange/catalogue_cover.hpp"

namespace keepsake {
namespace {

using Target = CatalogueTarget;
constexpr std::array required{Target::code, Target::name, Target::price};

std::string_view title_of(Target target) {
  return catalogue_titles[static_cast<std::size_t>(target)];
}

/// "eco | sale": without the blanks around them; nothing between two bars is no label.
std::vector<std::string> parts_of(std::string_view cell, char separator) {
  std::vector<std::string> parts;
  while (!cell.empty()) {
    const std::size_t end = std::min(cell.find(separator), cell.size());
    std::string part = tidied(cell.substr(0, end));
    cell.remove_prefix(std::min(end + 1, cell.size()));
    if (!part.empty()) parts.push_back(std::move(part));
  }
  return parts;
}

/// Whose file it is. In ours everything that is written is meant.
enum class Whose { ours, mapped };

class Reading {
 public:
  Reading(CsvReader& csv, Currency currency, const CatalogueMap* map)
      : csv_(csv),
        currency_(currency),
        whose_(map == nullptr ? Whose::ours : Whose::mapped),
        map_(map == nullptr ? CatalogueMap{} : *map) {}

  Catalogue run() {
    CsvRecord record;
    auto there = csv_.next(record);
    if (there && *there) read_header(record);
    if (there && !*there) {
      add_error({Failure::bad_input, "catalogue.header", "The file is empty", csv_.where({}),
                 "The first line names the columns: " + std::string(all_catalogue_titles)});
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
  void read_own_header(const CsvRecord& record);
  void bind();
  Result<bool> read_lines(CsvRecord& record);
  void read_row(const CsvRecord& record);
  void read_article(const CsvRecord& record);
  void read_name(const CsvRecord& record, Article& article);
  void read_codes(const CsvRecord& record, Article& article);
  void read_more_codes(const CsvRecord& record, std::vector<std::string> more, Article& article);
  void read_price(const CsvRecord& record, Article& article);
  std::optional<std::string> rate_said(const CsvRecord& record) const;
  void read_tax(const CsvRecord& record, Article& article);
  void read_sold_by(const CsvRecord& record, Article& article);
  void read_cover(const CsvRecord& record, Article& article);
  void read_labels(const CsvRecord& record, Article& article);
  void shorten(const CsvRecord& record, Target target, std::string& value);
  void check_code(const CsvRecord& record, const Article& article);
  void check_gtins(const CsvRecord& record, const Article& article);
  void take_more_codes(const CsvRecord& record, Article& article);
  std::string where(const CsvRecord& record, std::size_t at) const {
    return csv_.where(record.fields[at].place, columns_.titles()[at]);
  }
  /// Of the first column that fills it.
  std::string where(const CsvRecord& record, Target target) const {
    const auto at = columns_.first_of(target);
    return at ? where(record, *at) : csv_.where({record.line, 1});
  }
  void add_error(Error error) {
    if (catalogue_.mistakes.size() < most_mistakes_told) {
      catalogue_.mistakes.push_back(std::move(error));
    } else {
      ++untold_;
    }
  }
  std::uint64_t mistakes() const { return catalogue_.mistakes.size() + untold_; }
  void wrong(Error error, std::string at) {
    error.where = std::move(at);
    add_error(std::move(error));
  }
  /// What need not be there: a mistake in a file of ours, left out of another's.
  void odd(Error error, std::string at) {
    if (whose_ == Whose::ours) return wrong(std::move(error), std::move(at));
    error.where = std::move(at);
    error.what += "; it was left out";
    catalogue_.warnings.push_back(std::move(error));
  }

  CsvReader& csv_;
  Currency currency_;
  Whose whose_;
  CatalogueMap map_;
  CatalogueColumns columns_;
  Catalogue catalogue_;
  std::uint64_t untold_ = 0;
  std::unordered_map<std::string, std::uint64_t> codes_;  // and the line that has it
  struct Owner {
    std::string code;
    std::uint64_t line;
  };
  std::unordered_map<std::string, Owner> gtins_;
  std::unordered_map<std::string, Owner> more_codes_;
};

void Reading::read_header(const CsvRecord& record) {
  columns_ = CatalogueColumns(record);
  if (whose_ == Whose::ours) read_own_header(record);
  if (catalogue_.mistakes.empty()) bind();
}

void Reading::read_own_header(const CsvRecord& record) {
  std::set<std::string> seen;
  for (const CsvField& field : record.fields) {
    const std::string title = tidied(field.text);
    if (!catalogue_target(title))
      add_error(
          {Failure::bad_input, "catalogue.header", "Unknown column", csv_.where(field.place),
           "Use " + std::string(all_catalogue_titles) + ", or describe the file with --map FILE"});
    else if (!seen.insert(title).second)
      add_error({Failure::bad_input, "catalogue.header", "The column appears twice",
                 csv_.where(field.place, title), "Remove one of them"});
  }
  for (const Target target : required)
    if (!seen.contains(std::string(title_of(target))))
      add_error({Failure::bad_input, "catalogue.header",
                 "The column " + std::string(title_of(target)) + " is missing",
                 csv_.where({record.line, 1}), "Add it to the first line and to every other"});
  map_ = own_catalogue_map(columns_.titles());
}

void Reading::bind() {
  for (const std::string& title : columns_.bind(map_))
    add_error({Failure::bad_input, "import.column", "The file has no column " + title,
               csv_.file() + ":1", "Correct the map, or add optional = true there"});
  for (const Target target : required)
    if (!columns_.first_of(target) && catalogue_.mistakes.empty())
      add_error({Failure::bad_input, "import.column",
                 "No column of the file gives the " + std::string(title_of(target)),
                 csv_.file() + ":1", "Map one of its columns to it"});
  catalogue_.unread = columns_.unread();
}

Result<bool> Reading::read_lines(CsvRecord& record) {
  for (;;) {
    const auto there = csv_.next(record);
    if (!there || !*there) return there;
    if (record.fields.size() != columns_.titles().size()) {
      add_error({Failure::bad_input, "catalogue.columns",
                 "The line has " + std::to_string(record.fields.size()) + " columns, the header " +
                     std::to_string(columns_.titles().size()),
                 csv_.where({record.line, 1}), "Put a field with a comma in quotes"});
      continue;
    }
    if (catalogue_.entries.size() >= most_catalogue_articles) {
      return Error{Failure::limit, "catalogue.long", "The file has more than 200,000 articles",
                   csv_.where({record.line, 1}), "Split it into several files"};
    }
    read_row(record);
  }
}

void Reading::read_row(const CsvRecord& record) {
  if (whose_ == Whose::ours) return read_article(record);
  columns_.follow(record);
  if (!catalogue_.entries.empty() && columns_.has_codes_only(record)) {
    Article& article = catalogue_.entries.back().article;
    const Article before = article;
    read_codes(record, article);
    if (article == before) return;
    check_gtins(record, article);
    take_more_codes(record, article);
    return;
  }
  if (columns_.is_no_article(record)) {
    ++catalogue_.passed_over;
    return;
  }
  read_article(record);
}

void Reading::read_article(const CsvRecord& record) {
  const std::uint64_t before = mistakes();
  Article article;
  article.code = columns_.first(record, Target::code).text;
  read_name(record, article);
  article.category = columns_.first(record, Target::category).text;
  article.maker = columns_.first(record, Target::maker).text;
  shorten(record, Target::category, article.category);
  shorten(record, Target::maker, article.maker);
  const bool priced = whose_ == Whose::ours || !columns_.first(record, Target::price).text.empty();
  if (!priced)
    return odd({Failure::bad_input, "catalogue.no-price", "The article has no price", "",
                "Give it one, or leave it out of the file"},
               where(record, Target::price));
  read_price(record, article);
  read_codes(record, article);
  read_tax(record, article);
  read_sold_by(record, article);
  read_cover(record, article);
  read_labels(record, article);
  if (mistakes() != before) return;
  if (const auto ok = check(article); !ok) {
    const auto target =
        catalogue_target(ok.error().where == "tax" ? "tax_percent" : ok.error().where);
    return wrong(ok.error(), where(record, target.value_or(Target::code)));
  }
  check_code(record, article);
  check_gtins(record, article);
  take_more_codes(record, article);
  catalogue_.entries.push_back(
      {std::move(article), csv_.file() + ":" + std::to_string(record.line)});
}

void Reading::read_name(const CsvRecord& record, Article& article) {
  for (const CatalogueCell& each : columns_.cells(record, Target::name)) {
    if (!article.name.empty()) article.name += ' ';
    article.name += each.text;
  }
  std::ranges::replace(article.name, '\n', ' ');
}

/// Of another system's text only what we have no room for is left out.
void Reading::shorten(const CsvRecord& record, Target target, std::string& value) {
  if (whose_ == Whose::ours) return;
  std::ranges::replace(value, '\n', ' ');
  if (value.size() <= limits::name_bytes) return;
  value.clear();
  odd({Failure::limit, "text.limit", "The text is too long", "", "Shorten it"},
      where(record, target));
}

void Reading::read_codes(const CsvRecord& record, Article& article) {
  std::vector<Gtin> all = article.more_gtins;
  std::vector<std::string> others;
  for (const CatalogueCell& cell : columns_.cells(record, Target::gtin)) {
    // Other systems keep whatever a label says in the one column.
    LabelCodes codes =
        whose_ == Whose::ours ? LabelCodes{codes_in(cell.text), {}} : label_codes_in(cell.text);
    std::ranges::move(codes.worded, std::back_inserter(others));
    for (const std::string& code : codes.numbers) {
      const auto gtin = whose_ == Whose::ours ? Gtin::from_label(code) : gtin_of(code);
      if (!gtin) {
        odd(gtin.error(), where(record, cell.at));
        continue;
      }
      if (!article.gtin)
        article.gtin = *gtin;
      else if (article.gtin != *gtin && std::ranges::find(all, *gtin) == all.end())
        all.push_back(*gtin);
    }
  }
  std::ranges::sort(all);
  article.more_gtins = std::move(all);
  read_more_codes(record, std::move(others), article);
}

/// `more`: those found among the numbers.
void Reading::read_more_codes(const CsvRecord& record, std::vector<std::string> more,
                              Article& article) {
  for (const CatalogueCell& cell : columns_.cells(record, Target::more_codes))
    std::ranges::move(parts_of(cell.text, cell.column->split), std::back_inserter(more));
  std::vector<std::string> all = article.more_codes;
  for (std::string& code : more) {
    if (code == article.code) continue;
    if (whose_ == Whose::mapped &&
        (code.size() > limits::code_bytes || all.size() == limits::article_gtins))
      odd({Failure::limit, "article.codes", "A code is too long, or there are too many", "",
           "Shorten it"},
          where(record, columns_.first_of(Target::more_codes) ? Target::more_codes : Target::gtin));
    else
      all.push_back(std::move(code));
  }
  article.more_codes = in_order_of_keys(std::move(all));
}

void Reading::read_price(const CsvRecord& record, Article& article) {
  const CatalogueCell cell = columns_.first(record, Target::price);
  auto written =
      whose_ == Whose::ours ? Result<std::string>(cell.text) : price_text(cell.text, map_.decimal);
  if (!written) return wrong(written.error(), where(record, cell.at));
  const auto price = parse_unit_price(*written, currency_);
  if (!price) return wrong(price.error(), where(record, Target::price));
  article.price = *price;
}

/// What the cell says; "Y" below "Tax - VAT (25%)" says what the title does, and two of them no one
/// rate. nullopt: nothing is said.
std::optional<std::string> Reading::rate_said(const CsvRecord& record) const {
  std::optional<std::string> said;
  for (const CatalogueCell& cell : columns_.cells(record, Target::tax_percent)) {
    const auto& yes = cell.column->rate_in_title;
    if (yes.empty()) return whose_ == Whose::ours ? cell.text : percent_text(cell.text);
    if (std::ranges::find(yes, cell.text) == yes.end()) continue;
    const std::string_view title = columns_.titles()[cell.at];
    const auto rate = std::min(title.rfind('('), title.size());  // names have digits, too
    said = said ? std::string() : percent_text(rate < title.size() ? title.substr(rate) : title);
  }
  for (const auto& [constant, value] : map_.constants)
    if (!said && constant == Target::tax_percent) said = percent_text(value);
  return said;
}

void Reading::read_tax(const CsvRecord& record, Article& article) {
  const auto rate = rate_said(record);
  if (!rate) return;
  const auto basis_points = parse_scaled(*rate, {2, 10'000, "tax.rate", "tax.rate"});
  if (!basis_points) return odd(basis_points.error(), where(record, Target::tax_percent));
  if (*basis_points < 0)
    return odd({Failure::bad_input, "tax.rate", "A tax rate must not be negative", "",
                "Write 25 for 25 %"},
               where(record, Target::tax_percent));
  article.tax = {static_cast<std::int32_t>(*basis_points)};
}

void Reading::read_sold_by(const CsvRecord& record, Article& article) {
  const CatalogueCell cell = columns_.first(record, Target::sold_by);
  const auto weighed = [&](const std::vector<std::string>& words) {
    return std::ranges::find(words, cell.text) != words.end();
  };
  const bool weight = cell.column == nullptr ? cell.text == "weight" : weighed(cell.column->weight);
  if (weight) article.sold_by = SoldBy::weight;
  if (whose_ == Whose::ours && !cell.text.empty() && !weight && cell.text != "piece")
    wrong({Failure::bad_input, "article.sold-by", "An article must be sold by piece or by weight",
           "", "Write piece or weight"},
          where(record, Target::sold_by));
}

void Reading::read_cover(const CsvRecord& record, Article& article) {
  const auto cell = [&](Target target) { return columns_.first(record, target).text; };
  CoverCells cells{cell(Target::cover_months), cell(Target::cover),
                   cell(Target::cover_usage),  cell(Target::covered),
                   cell(Target::cover_starts), cell(Target::serialised),
                   cell(Target::serial_rule)};
  auto terms = cover_terms(cells);
  if (!terms && terms.error().code == "serial.rule") {  // its cover stands without it
    odd(terms.error(), where(record, Target::serial_rule));
    cells.serial_rule.clear();
    terms = cover_terms(cells);
  }
  if (terms) {
    article.cover = *terms;
    return;
  }
  odd(terms.error(),
      where(record, catalogue_target(terms.error().where).value_or(Target::cover_months)));
}

void Reading::read_labels(const CsvRecord& record, Article& article) {
  for (const CatalogueCell& cell : columns_.cells(record, Target::labels)) {
    for (std::string& label : parts_of(cell.text, cell.column->split)) {
      const bool mapped = whose_ == Whose::mapped;
      if (mapped && std::ranges::find(article.labels, label) != article.labels.end()) continue;
      if (mapped &&
          (label.size() > limits::code_bytes || article.labels.size() == limits::article_labels))
        odd({Failure::limit, "article.labels", "A label is too long, or there are too many", "",
             "Shorten it"},
            where(record, cell.at));
      else
        article.labels.push_back(std::move(label));
    }
  }
}

void Reading::check_code(const CsvRecord& record, const Article& article) {
  const auto [same, fresh] = codes_.emplace(article.code, record.line);
  if (!fresh)
    wrong({Failure::bad_input, "catalogue.twice",
           "The code is already on line " + std::to_string(same->second), "",
           "Give each article its own code"},
          where(record, Target::code));
}

void Reading::check_gtins(const CsvRecord& record, const Article& article) {
  for (const Gtin& each : all_gtins(article)) {
    const auto [same, fresh] =
        gtins_.try_emplace(each.digits14(), Owner{article.code, record.line});
    if (fresh || same->second.code == article.code) continue;
    wrong({Failure::bad_input, "catalogue.twice",
           "The GTIN is already on line " + std::to_string(same->second.line), "",
           "A GTIN belongs to one article"},
          where(record, Target::gtin));
  }
}

/// Of another's file only the code is left out: it may be the same word for many.
void Reading::take_more_codes(const CsvRecord& record, Article& article) {
  std::erase_if(article.more_codes, [&](const std::string& each) {
    const auto [same, fresh] =
        more_codes_.try_emplace(code_key(each), Owner{article.code, record.line});
    if (fresh || same->second.code == article.code) return false;
    odd({Failure::bad_input, "catalogue.twice",
         "The code " + each + " is already on line " + std::to_string(same->second.line), "",
         "A code belongs to one article"},
        where(record, columns_.first_of(Target::more_codes) ? Target::more_codes : Target::gtin));
    return true;
  });
}

}  // namespace

Catalogue read_catalogue(CsvReader& csv, Currency currency) {
  return Reading(csv, currency, nullptr).run();
}

Catalogue read_catalogue(CsvReader& csv, Currency currency, const CatalogueMap& map) {
  return Reading(csv, currency, &map).run();
}

}  // namespace keepsake
