#include <algorithm>
#include <memory>
#include <ostream>
#include <span>

#include "kiosk/cli/commands.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/fact.hpp"
#include "storage/exchange/catalogue_changes.hpp"
#include "storage/exchange/catalogue_source.hpp"
#include "storage/exchange/table.hpp"

namespace keepsake::cli {
namespace {

constexpr std::size_t warnings_listed = 1000;

KnownArticles articles_of(Reader& reader) {
  return {[&reader](std::string_view code) { return reader.article_by_code(code); },
          [&reader](const Gtin& gtin) { return reader.article_by_gtin(gtin); },
          [&reader](std::string_view code) { return reader.article_by_more_code(code); }};
}

Result<CatalogueChanges> record(Book& book, const Catalogue& catalogue,
                                std::vector<Error>& mistakes) {
  Result<CatalogueChanges> changes = CatalogueChanges{};
  {
    const auto reader = book.reader();
    if (!reader) return reader.error();
    const KnownArticles known = articles_of(**reader);
    auto taken = taken_codes(known, catalogue);
    if (!taken) return taken.error();
    mistakes = std::move(*taken);
    if (!mistakes.empty()) return CatalogueChanges{};
    changes = changes_of(known, catalogue);
  }
  if (!changes || changes->changes.empty()) return changes;
  std::vector<Article> articles;
  articles.reserve(changes->changes.size());
  for (ArticleChange& each : changes->changes) articles.push_back(std::move(each.after));
  if (const auto ids = book.record_all(in_facts(std::move(articles))); !ids) return ids.error();
  return changes;
}

/// What a map left out, apart from the articles.
struct LeftOut {
  std::vector<Error> warnings;
  std::vector<std::string> unread;
  std::uint64_t passed_over = 0;
};

std::string number(std::uint64_t n) { return grouped(static_cast<std::int64_t>(n)); }

void print_json(Program& program, const CatalogueSource& options, const CatalogueChanges& changes,
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

void print_text(Program& program, const CatalogueChanges& changes, const LeftOut& left) {
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

Exit run(Program& program, const CatalogueSource& options) {
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  std::vector<Error> mistakes;
  auto catalogue = read_catalogue(options, open->book->settings().currency, mistakes);
  if (!mistakes.empty()) return program.fail(mistakes);
  if (!catalogue) return program.fail(catalogue.error());
  if (!catalogue->mistakes.empty()) return program.fail(catalogue->mistakes);
  const LeftOut left{std::move(catalogue->warnings), std::move(catalogue->unread),
                     catalogue->passed_over};
  const auto changes = record(*open->book, *catalogue, mistakes);
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
  auto options = std::make_shared<CatalogueSource>();
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
      "  cover         the same in any unit: 2 years, 90 days; cover_usage: how far, 100000 km; "
      "covered: what;\n"
      "  cover_starts  purchase, delivery, installation or activation; serialised: yes or no\n"
      "  serial_rule   how serial numbers are built: imei, vin, or a pattern such as KK######\n"
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
