// `keepsake export customers`.
#include <functional>
#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/customers/customer.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/engine/private_file.hpp"
#include "storage/engine/shell_user.hpp"
#include "storage/exchange/csv.hpp"
#include "storage/exchange/customer_cells.hpp"
#include "storage/exchange/customer_map.hpp"
#include "storage/exchange/table.hpp"
#include "storage/services/active_programme.hpp"
#include "storage/services/expiry.hpp"

namespace keepsake::cli {
namespace {

constexpr std::size_t page = 500;

struct Options {
  std::string out, staff = shell_user();
  std::vector<std::string> columns;
  std::string separator;
  bool bom = false;
};

char character_of(const std::string& separator) {
  if (separator == "semicolon") return ';';
  return separator == "tab" ? '\t' : ',';
}

struct Person {
  CustomerProfile profile;
  Points balance;
};

struct Column {
  std::string title;
  std::function<std::string(const Person&)> cell;
};

std::string consent_cell(const Person& person, ConsentPurpose purpose, std::string_view part) {
  for (const ConsentState& each : person.profile.consents) {
    if (each.purpose != purpose) continue;
    if (part.empty()) return each.granted ? "yes" : "no";
    if (part == ".wording") return each.last.wording;
    if (part == ".language") return each.last.language;
    return to_iso(each.last.at.date());
  }
  return {};
}

void add_fields(std::vector<Column>& columns, const Settings& settings) {
  std::vector<std::string> names;
  for (const auto name :
       {customer_field::name, customer_field::birthday, customer_field::gender,
        customer_field::postcode, customer_field::household, customer_field::language,
        customer_field::channel, customer_field::do_not_contact, customer_field::heard_from})
    names.emplace_back(name);
  for (const CustomerField& each : settings.customer_fields)
    names.push_back(std::string(customer_field::custom) + each.key);
  for (const std::string& name : names)
    columns.push_back(
        {name, [name](const Person& p) { return std::string(p.profile.value(name)); }});
}

std::vector<Column> all_columns(const Settings& settings) {
  std::vector<Column> columns{
      {std::string(own_key), [](const Person& p) { return to_hex(p.profile.ref); }},
      {"origin", [](const Person& p) { return p.profile.origin; }},
      {"member_since", [](const Person& p) { return to_iso(p.profile.member_since.date()); }}};
  add_fields(columns, settings);
  for (const auto kind : {ContactKind::phone, ContactKind::email, ContactKind::card,
                          ContactKind::key_fob, ContactKind::address, ContactKind::label})
    columns.push_back({std::string(name_of(kind)), [kind](const Person& p) {
                         return join_contacts(p.profile.contacts, kind);
                       }});
  for (const auto& [name, purpose] : {std::pair("membership", ConsentPurpose::membership),
                                      std::pair("marketing", ConsentPurpose::marketing),
                                      std::pair("sharing", ConsentPurpose::sharing)})
    for (const char* part : {"", ".wording", ".language", ".on"})
      columns.push_back(
          {std::string("consent.") + name + part,
           [purpose = purpose, part](const Person& p) { return consent_cell(p, purpose, part); }});
  columns.push_back({"points", [](const Person& p) { return to_decimal(p.balance); }});
  return columns;
}

Result<std::vector<Column>> chosen(std::vector<Column> all,
                                   const std::vector<std::string>& titles) {
  if (titles.empty()) return all;
  std::vector<Column> columns;
  for (const std::string& title : titles) {
    const auto at = std::find_if(all.begin(), all.end(),
                                 [&](const Column& each) { return each.title == title; });
    if (at == all.end()) {
      std::string known;
      for (const Column& each : all) known += (known.empty() ? "" : ", ") + each.title;
      return Error{Failure::bad_input, "export.column", "There is no column " + title, "--columns",
                   "Use some of: " + known};
    }
    columns.push_back(*at);
  }
  return columns;
}

class Csv {
 public:
  Csv(std::vector<Column> columns, const Options& options)
      : columns_(std::move(columns)),
        separator_(character_of(options.separator)),
        mark_(options.bom ? byte_order_mark : "") {}
  std::string begin() const {
    std::string line;
    for (const Column& each : columns_) add(line, each.title);
    return mark_ + line + "\r\n";
  }
  std::string entry(const Person& person, std::uint64_t) const {
    std::string line;
    for (const Column& each : columns_) add(line, each.cell(person));
    return line + "\r\n";
  }
  std::string end() const { return {}; }

 private:
  void add(std::string& line, std::string_view text) const {
    if (!line.empty()) line += separator_;
    // An empty first cell would make the row shorter by one.
    const std::string cell = csv_field(defused(text), separator_);
    line += line.empty() && cell.empty() ? "\"\"" : cell;
  }
  std::vector<Column> columns_;
  char separator_;
  std::string mark_;
};

/// An array, or where `lines` one object a line.
class Json {
 public:
  enum class Shape { array, lines };
  explicit Json(Shape shape) : shape_(shape) {}
  std::string begin() const { return shape_ == Shape::array ? "[" : ""; }
  std::string entry(const Person& person, std::uint64_t n) const {
    auto answer = to_json(person.profile);
    answer["points_hundredths"] = person.balance.hundredths;
    const std::string text = answer.dump(-1);
    if (shape_ == Shape::lines) return text + "\n";
    return (n > 0 ? ",\n" : "\n") + text;
  }
  std::string end() const { return shape_ == Shape::array ? "\n]\n" : ""; }

 private:
  Shape shape_;
};

template <class Format>
Result<std::uint64_t> write(Program& program, Reader& reader, PrivateFile& file,
                            const Format& format, const LapsedPoints& lapsed, std::uint64_t total) {
  Progress bar(program.err(), program.progress(), "Exporting");
  std::uint64_t done = 0;
  file.write(format.begin());
  CustomerRef after;
  for (;;) {
    const auto refs = reader.customers_after(after, page);
    if (!refs) return refs.error();
    if (refs->empty()) break;
    for (const CustomerRef& ref : *refs) {
      auto profile = reader.customer_profile(ref);
      if (!profile) return profile.error();
      const auto view = reader.customer(ref);
      if (!view) return view.error();
      if (!*profile || !*view || (*profile)->erased) continue;  // since the page was read
      const Points balance{(*view)->balance.hundredths -
                           lapsed.of_customer((*view)->ref).hundredths};
      file.write(format.entry({std::move(**profile), balance}, done));
      bar.update(++done, total);
    }
    after = refs->back();
  }
  file.write(format.end());
  if (const auto ok = file.finish(); !ok) return ok.error();
  return done;
}

Result<std::uint64_t> export_all(Program& program, const Options& options, OpenBook& open) {
  auto columns = chosen(all_columns(open.book->settings()), options.columns);
  if (!columns) return columns.error();
  const std::string ending = std::filesystem::path(options.out).extension();
  if (ending != ".csv" && ending != ".json" && ending != ".jsonl")
    return Error{Failure::bad_input, "export.format",
                 "The format is not known from the file's name", "--out",
                 "End it in .csv, .json (an array) or .jsonl (a line each)"};
  for (const auto& [given, name] :
       {std::pair(!options.columns.empty(), "--columns"),
        std::pair(!options.separator.empty(), "--separator"), std::pair(options.bom, "--bom")})
    if (ending != ".csv" && given)
      return Error{Failure::bad_input, "export.columns", "This option is for CSV only", name,
                   std::string("Leave ") + name + " out, or end the file's name in .csv"};
  auto reader = open.book->reader();
  if (!reader) return reader.error();
  const auto totals = (*reader)->totals();
  if (!totals) return totals.error();
  const auto programme = active_programme(*open.book, **reader);
  if (!programme) return programme.error();
  const auto lapsed = lapsed_points(**reader, programme->rules.expiry,
                                    open.book->settings().currency, open.clock->local_now().date());
  if (!lapsed) return lapsed.error();
  auto file = PrivateFile::create(options.out);
  if (!file) return file.error();
  // Before the file is there: an export that nobody knows of would be worse than one that failed.
  if (const auto kept = open.book->audit(
          {open.clock->local_now(), options.staff, AuditAction::exported, CustomerRef{}});
      !kept)
    return kept.error();
  const auto total = static_cast<std::uint64_t>(totals->customers);
  if (ending == ".csv")
    return write(program, **reader, **file, Csv(std::move(*columns), options), *lapsed, total);
  const auto shape = ending == ".json" ? Json::Shape::array : Json::Shape::lines;
  return write(program, **reader, **file, Json(shape), *lapsed, total);
}

Exit run(Program& program, const Options& options) {
  auto open = program.open_book_to_read();
  if (!open) return program.fail(open.error());
  const auto done = export_all(program, options, *open);
  if (!done) return program.fail(done.error());
  if (program.json())
    program.print({{"file", options.out}, {"customers", *done}});
  else
    program.out() << grouped(static_cast<std::int64_t>(*done)) << " customers written to "
                  << options.out << ".\n";
  return Exit::ok;
}

}  // namespace

void add_export(Command& app, Program& program) {
  Command* parent = app.add_subcommand("export", "Write customers for another system");
  parent->require_subcommand(1);
  parent->footer("For what one person may ask to know about themselves, use `customer export`.");
  auto options = std::make_shared<Options>();
  Command* command = parent->add_subcommand("customers", "Every living customer, as CSV or JSON");
  command->add_option("--out", options->out, "FILE.csv, FILE.json (an array) or FILE.jsonl")
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--columns", options->columns, "Columns of the CSV, separated by commas [all]")
      ->delimiter(',')
      ->type_name("NAMES");
  command->add_option("--separator", options->separator, "Between cells of the CSV [comma]")
      ->one_of({"comma", "semicolon", "tab"})
      ->type_name("WORD");
  command->add_flag("--bom", options->bom,
                    "Begin the CSV with a byte order mark, by which spreadsheets know UTF-8");
  command->add_option("--staff", options->staff, "Who is asking; written to the audit trail");
  command->footer(
      "Cells that a spreadsheet would take for formulas begin with an apostrophe, phone numbers "
      "among them;\n`import customers FILE.csv` takes it off again. Merged customers are one row, "
      "erased ones none. The file is its\nowner's alone. storage/exchange/CUSTOMERS.md tells the "
      "columns.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
