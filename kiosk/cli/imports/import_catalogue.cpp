#include <algorithm>
#include <memory>
#include <ostream>
#include <set>
#include <span>
#include <utility>

#include "kiosk/cli/commands.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/fact.hpp"
#include "storage/exchange/bytes.hpp"
#include "storage/exchange/catalogue_file.hpp"
#include "storage/exchange/table.hpp"
#include "storage/exchange/transcode.hpp"

namespace keepsake::cli {
namespace {

// Together within limits::fact_body_bytes even when every text has its greatest length.
constexpr std::size_t articles_per_fact = 80;
constexpr std::size_t warnings_listed = 1000;

struct Options {
  std::string file, map, encoding;
};

struct Changes {
  std::vector<Fact> facts;
  std::uint64_t added = 0, changed = 0, unchanged = 0;
};

/// The option decides over the map.
Result<CatalogueMap> map_of(const Options& options, Currency currency,
                            std::vector<Error>& mistakes) {
  CatalogueMap map;
  if (!options.map.empty()) {
    auto file = read_catalogue_map(options.map, currency);
    mistakes = std::move(file.mistakes);
    if (!mistakes.empty()) return mistakes.front();
    map = std::move(file.map);
  }
  if (options.encoding.empty()) return map;
  auto encoding = encoding_named(options.encoding);
  if (!encoding) return encoding.error();
  map.encoding = std::move(*encoding);
  return map;
}

Result<Catalogue> read_file(const Options& options, Currency currency,
                            std::vector<Error>& mistakes) {
  auto map = map_of(options, currency, mistakes);
  if (!map) return map.error();
  auto source = open_bytes(options.file);
  if (!source) return source.error();
  const auto text = transcoded(**source, map->encoding, options.file);
  CsvReader csv(*text, options.file, map->separator);
  return options.map.empty() ? read_catalogue(csv, currency) : read_catalogue(csv, currency, *map);
}

// A code that another article of the shop has, unless this very file takes it from that one.
class Taken {
 public:
  Taken(const Catalogue& catalogue, std::vector<Error>& mistakes) : mistakes_(mistakes) {
    for (const auto& entry : catalogue.entries) named_.insert(entry.article.code);
  }
  Result<Done> look(const CatalogueEntry& entry, const char* what,
                    const Result<std::optional<Article>>& owner) {
    if (!owner) return owner.error();
    if (!*owner || (*owner)->code == entry.article.code || named_.contains((*owner)->code) ||
        mistakes_.size() == most_mistakes_told)
      return Done{};
    mistakes_.push_back(
        {Failure::bad_input, "catalogue.gtin-taken",
         std::string("The ") + what + " belongs to article " + (*owner)->code + " of the shop",
         entry.where,
         std::string("Correct it, or put that article into the file without its ") + what});
    return Done{};
  }

 private:
  std::set<std::string_view> named_;
  std::vector<Error>& mistakes_;
};

Result<std::vector<Error>> taken_codes(Reader& reader, const Catalogue& catalogue) {
  std::vector<Error> mistakes;
  Taken taken(catalogue, mistakes);
  for (const auto& entry : catalogue.entries) {
    for (const Gtin& each : all_gtins(entry.article))
      if (auto ok = taken.look(entry, "GTIN", reader.article_by_gtin(each)); !ok) return ok.error();
    for (const std::string& each : entry.article.more_codes)
      if (auto ok = taken.look(entry, "code", reader.article_by_more_code(each)); !ok)
        return ok.error();
  }
  return mistakes;
}

Result<Changes> changes_of(Reader& reader, Catalogue catalogue) {
  Changes changes;
  CatalogueChange change;
  for (auto& entry : catalogue.entries) {
    const auto known = reader.article_by_code(entry.article.code);
    if (!known) return known.error();
    if (*known && **known == entry.article) {
      ++changes.unchanged;
      continue;
    }
    ++(*known ? changes.changed : changes.added);
    change.put.push_back(std::move(entry.article));
    if (change.put.size() == articles_per_fact)
      changes.facts.emplace_back(std::exchange(change, {}));
  }
  if (!change.put.empty()) changes.facts.emplace_back(std::move(change));
  return changes;
}

Result<Changes> record(Book& book, Catalogue catalogue, std::vector<Error>& mistakes) {
  Result<Changes> changes = Changes{};
  {
    const auto reader = book.reader();
    if (!reader) return reader.error();
    auto taken = taken_codes(**reader, catalogue);
    if (!taken) return taken.error();
    mistakes = std::move(*taken);
    if (!mistakes.empty()) return Changes{};
    changes = changes_of(**reader, std::move(catalogue));
  }
  if (!changes || changes->facts.empty()) return changes;
  if (const auto ids = book.record_all(changes->facts); !ids) return ids.error();
  return changes;
}

/// What a map left out, apart from the articles.
struct LeftOut {
  std::vector<Error> warnings;
  std::vector<std::string> unread;
  std::uint64_t passed_over = 0;
};

std::string number(std::uint64_t n) { return grouped(static_cast<std::int64_t>(n)); }

void print_json(Program& program, const Options& options, const Changes& changes,
                const LeftOut& left) {
  auto warnings = Json::array();
  for (const Error& each :
       std::span(left.warnings).first(std::min(left.warnings.size(), warnings_listed)))
    warnings.push_back(to_json(each));
  program.print({{"file", options.file},
                 {"articles", changes.added + changes.changed + changes.unchanged},
                 {"added", changes.added},
                 {"changed", changes.changed},
                 {"unchanged", changes.unchanged},
                 {"passed_over", left.passed_over},
                 {"unread_columns", left.unread},
                 {"warned", left.warnings.size()},
                 {"warnings", warnings}});
}

void print_text(Program& program, const Changes& changes, const LeftOut& left) {
  for (const Error& each : left.warnings)
    program.err() << "keepsake: warning: " << to_line(each) << '\n';
  if (!left.unread.empty()) {
    program.err() << "keepsake: warning: columns that are not imported:";
    for (const std::string& each : left.unread)
      program.err() << (&each == &left.unread.front() ? " " : ", ")
                    << (each.empty() ? "(untitled)" : each);
    program.err() << '\n';
  }
  std::ostream& out = program.out();
  out << number(changes.added + changes.changed + changes.unchanged)
      << " articles: " << number(changes.added) << " added, " << number(changes.changed)
      << " changed, " << number(changes.unchanged) << " as they were.\n";
  if (left.passed_over > 0)
    out << number(left.passed_over) << " rows that are no article were passed over.\n";
}

Exit run(Program& program, const Options& options) {
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  std::vector<Error> mistakes;
  auto catalogue = read_file(options, open->book->settings().currency, mistakes);
  if (!mistakes.empty()) return program.fail(mistakes);
  if (!catalogue) return program.fail(catalogue.error());
  if (!catalogue->mistakes.empty()) return program.fail(catalogue->mistakes);
  const LeftOut left{std::move(catalogue->warnings), std::move(catalogue->unread),
                     catalogue->passed_over};
  const auto changes = record(*open->book, std::move(*catalogue), mistakes);
  if (!changes) return program.fail(changes.error());
  if (!mistakes.empty()) return program.fail(mistakes);
  if (program.json())
    print_json(program, options, *changes, left);
  else
    print_text(program, *changes, left);
  return left.warnings.empty() ? Exit::ok : Exit::no;
}

}  // namespace

void add_import_catalogue(Command& import, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command = import.add_subcommand("catalogue", "What the shop sells, from a CSV file");
  command->add_option("file", options->file, "CSV file, plain or packed with xz")
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--map", options->map,
                   "Describes the columns of another system's file; assets/maps has some")
      ->type_name("MAP.toml");
  command
      ->add_option("--encoding", options->encoding,
                   "Of the file: windows-1251, windows-1252, iso-8859-15, utf-16 ... [utf-8]")
      ->type_name("NAME");
  command->footer(
      "The first line names the columns, in any order; code, name and price must be there:\n"
      "  code          the shop's own, unique            price         tax included, such as "
      "49.90\n"
      "  gtin          8, 12, 13 or 14 digits; several   tax_percent   the tax in it, such as 25 "
      "or 12.5\n"
      "  name          as printed on receipts            sold_by       piece (default) or weight "
      "(price per kg)\n"
      "  category      free text                         cover_months  the maker's warranty, 0 for "
      "none\n"
      "  maker         free text; identifies warranted items together with the serial number\n"
      "  labels        words that the programme chooses by, with | between them: eco|sale\n"
      "Example:\n"
      "  code,gtin,name,category,maker,price,tax_percent,sold_by,cover_months\n"
      "  KET-01,2000000000015,\"Kettle 1,7 l\",Kitchen,Fjordvarme,499.00,25,piece,24\n"
      "A file with a mistake changes nothing; mistakes are told with line and column. Articles "
      "that are as they were\n"
      "add nothing, so the same file can be imported again. Articles that the file does not name "
      "stay.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

void add_import(Command& app, Program& program) {
  Command* import =
      app.add_subcommand("import", "Import a catalogue, customers, or sales of another system");
  import->require_subcommand(1);
  add_import_catalogue(*import, program);
  add_import_customers(*import, program);
  add_import_online_retail(*import, program);
}

}  // namespace keepsake::cli
