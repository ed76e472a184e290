// `keepsake import customers`.
#include <algorithm>
#include <map>
#include <memory>
#include <ostream>
#include <set>

#include "kiosk/cli/commands.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/engine/durable_file.hpp"
#include "storage/engine/private_file.hpp"
#include "storage/exchange/customer_import.hpp"
#include "storage/exchange/table.hpp"

namespace keepsake::cli {
namespace {

constexpr std::size_t errors_listed = 10'000;
constexpr std::size_t preview_most = 1000;

struct Options {
  std::string file, map, rejects, staff = "import";
  std::size_t preview = 0;
  bool check = false, welcome = false;
};

/// The file as records, opened anew for each reading.
struct OpenFile {
  std::unique_ptr<ByteSource> bytes, text;
  std::unique_ptr<CsvReader> csv;
  CsvRecord titles;
};

Result<OpenFile> open_file(const std::string& file, const CustomerMap& map) {
  OpenFile open;
  auto bytes = open_bytes(file);
  if (!bytes) return bytes.error();
  open.bytes = std::move(*bytes);
  open.text = transcoded(*open.bytes, map.encoding, file);
  open.csv = std::make_unique<CsvReader>(*open.text, file, map.separator);
  const auto there = open.csv->next(open.titles);
  if (!there) return there.error();
  if (!*there)
    return Error{Failure::bad_input, "import.header", "The file is empty", file + ":1",
                 "Its first line names the columns"};
  return open;
}

/// Everything that one run of the command holds.
class Run {
 public:
  Run(Program& program, const Options& options, OpenBook& open)
      : program_(program), options_(options), open_(open) {}

  Exit go();

 private:
  Result<CustomerMap> map();
  Result<Done> read_once(const std::function<Result<Done>(const CsvRecord&)>& each,
                         const char* label);
  Result<Done> look_through();
  Result<Done> import(Reader& reader);
  void report(const RowReport& report, std::span<const RawRow> raw);
  Exit preview();
  Exit print();

  Program& program_;
  const Options& options_;
  OpenBook& open_;
  CustomerMap map_;
  std::vector<Error> map_mistakes_;
  std::unique_ptr<PrivateFile> rejects_;
  ImportCounts counts_;
  std::vector<std::string> unread_, titles_;
  std::map<std::string, std::uint64_t> by_code_;
  Json errors_ = Json::array(), warnings_ = Json::array();
  std::uint64_t reports_ = 0, last_reject_ = 0;
};

Result<CustomerMap> Run::map() {
  const Settings& settings = open_.book->settings();
  if (!options_.map.empty()) {
    auto file = read_customer_map(options_.map, settings);
    map_mistakes_ = std::move(file.mistakes);
    if (!map_mistakes_.empty()) return map_mistakes_.front();
    return std::move(file.map);
  }
  CustomerMap tried;
  for (const char separator : {',', ';', '\t'}) {
    tried.separator = separator;
    auto file = open_file(options_.file, tried);
    if (!file) return file.error();
    std::vector<std::string> titles;
    for (const CsvField& each : file->titles.fields) titles.emplace_back(each.text);
    if (std::find(titles.begin(), titles.end(), own_key) == titles.end()) continue;
    auto map = own_map(titles, settings);
    map.separator = tried.separator;
    return map;
  }
  return Error{Failure::bad_input, "import.map", "This file was not written by `export customers`",
               options_.file + ":1", "Describe its columns with --map FILE"};
}

Result<Done> Run::read_once(const std::function<Result<Done>(const CsvRecord&)>& each,
                            const char* label) {
  auto file = open_file(options_.file, map_);
  if (!file) return file.error();
  Progress bar(program_.err(), program_.progress(), label);
  CsvRecord record;
  for (;;) {
    const auto there = file->csv->next(record);
    if (!there) return there.error();
    if (!*there) return Done{};
    if (auto ok = each(record); !ok) return ok;
    bar.update(file->bytes->consumed(), file->bytes->size());
  }
}

/// A file that breaks off, or is none, is refused before the first row is recorded.
Result<Done> Run::look_through() {
  auto file = open_file(options_.file, map_);
  if (!file) return file.error();
  const auto reader =
      RowReader::create(*file->csv, file->titles, map_, open_.book->settings(), *open_.clock);
  if (!reader) return reader.error();
  unread_ = reader->unread();
  titles_ = reader->titles();
  // What this file has not asks for nothing: points that are not brought need no programme.
  std::erase_if(map_.columns, [&](const MapColumn& each) {
    return each.optional && std::ranges::find(titles_, each.from) == titles_.end();
  });
  std::uint64_t rows = 0;
  return read_once(
      [&](const CsvRecord& record) -> Result<Done> {
        if (++rows > most_import_rows)
          return Error{Failure::limit, "import.limit", "The file has more than two million rows",
                       options_.file + ":" + std::to_string(record.line), "Import it in parts"};
        return Done{};
      },
      "Looking through");
}

void Run::report(const RowReport& report, std::span<const RawRow> raw) {
  const bool row = report.of == RowReport::Of::row;
  ++by_code_[report.error.code];
  ++reports_;
  if (program_.json()) {
    Json& list = row ? errors_ : warnings_;
    if (errors_.size() + warnings_.size() < errors_listed) {
      auto entry = keepsake::cli::to_json(report.error);
      entry["line"] = report.line;
      list.push_back(std::move(entry));
    }
  } else {
    program_.err() << (row ? "keepsake: " : "keepsake: warning: ") << to_line(report.error) << '\n';
  }
  // A row stands there once, whatever is wrong with it: corrected, it is imported once. Of a
  // rounded value nothing is left to correct.
  const bool nothing_lost = report.error.code == "points.rounded";
  if (!rejects_ || nothing_lost || raw.empty() || raw.front().line == last_reject_) return;
  last_reject_ = raw.front().line;
  for (const RawRow& each : raw) {
    std::string line = std::to_string(each.line) + map_.separator +
                       csv_field(defused(report.error.what), map_.separator);
    for (const std::string& field : each.fields)
      line += map_.separator + csv_field(field, map_.separator);
    rejects_->write(line + "\n");
  }
}

Result<Done> Run::import(Reader& reader) {
  const auto where = [&](std::uint64_t line) { return options_.file + ":" + std::to_string(line); };
  CustomerImport import(
      *open_.book, reader, map_, {options_.staff, open_.clock->local_now()},
      options_.check ? Writing::no : Writing::yes, where,
      [&](const RowReport& r, std::span<const RawRow> raw) { report(r, raw); },
      options_.welcome ? Welcome::yes : Welcome::no);
  if (auto ok = import.begin(); !ok) return ok;
  auto file = open_file(options_.file, map_);
  if (!file) return file.error();
  auto rows =
      RowReader::create(*file->csv, file->titles, map_, open_.book->settings(), *open_.clock);
  if (!rows) return rows.error();
  rows->round_points_to(import.points_decimals());
  Progress bar(program_.err(), program_.progress(), options_.check ? "Checking" : "Importing");
  CsvRecord record;
  Result<bool> there = true;
  while ((there = file->csv->next(record)) && *there) {
    std::vector<std::string> raw;
    for (const CsvField& each : record.fields) raw.emplace_back(each.text);
    auto taken = import.take(rows->read(record), std::move(raw));
    counts_ = import.counts();
    if (!taken) return taken;
    bar.update(file->bytes->consumed(), file->bytes->size());
  }
  if (!there) return there.error();
  auto done = import.finish();
  counts_ = import.counts();
  return done;
}

Json to_json(const CustomerRow& row) {
  auto fields = Json::object();
  for (const FieldChange& each : row.fields) fields[each.field] = each.value;
  auto contacts = Json::array();
  for (const ContactAddition& each : row.contacts)
    contacts.push_back(
        {{"kind", name_of(each.kind)}, {"value", each.value}, {"usage", each.usage}});
  auto consents = Json::array();
  for (const Consent& each : row.consents)
    consents.push_back({{"purpose", name_of(each.purpose)},
                        {"granted", each.granted},
                        {"wording", each.wording},
                        {"language", each.language}});
  Json answer{{"line", row.line},
              {"key", row.key},
              {"fields", fields},
              {"contacts", contacts},
              {"consents", consents}};
  if (row.points) answer["points"] = to_decimal(*row.points);
  return answer;
}

void print_row(std::ostream& out, const ReadRow& read) {
  if (read.kind == ReadRow::Kind::continued)
    out << "line " << read.row.line << ", more of the row before\n";
  else
    out << "line " << read.row.line << ", key " << read.row.key << '\n';
  for (const FieldChange& each : read.row.fields)
    if (!each.value.empty()) out << "  " << each.field << ": " << each.value << '\n';
  for (const ContactAddition& each : read.row.contacts)
    out << "  " << name_of(each.kind) << ": " << each.value
        << (each.usage.empty() ? "" : " (" + each.usage + ")") << '\n';
  for (const Consent& each : read.row.consents)
    out << "  consent." << name_of(each.purpose) << ": " << (each.granted ? "yes" : "no") << ", "
        << each.wording << '\n';
  if (read.row.points) out << "  points: " << to_decimal(*read.row.points) << '\n';
  for (const Error& each : read.mistakes) out << "  WRONG: " << to_line(each) << '\n';
  for (const Error& each : read.warnings) out << "  WARNING: " << to_line(each) << '\n';
}

Exit Run::preview() {
  auto file = open_file(options_.file, map_);
  if (!file) return program_.fail(file.error());
  const auto rows =
      RowReader::create(*file->csv, file->titles, map_, open_.book->settings(), *open_.clock);
  if (!rows) return program_.fail(rows.error());
  auto list = Json::array();
  CsvRecord record;
  for (std::size_t n = 0; n < options_.preview; ++n) {
    const auto there = file->csv->next(record);
    if (!there) return program_.fail(there.error());
    if (!*there) break;
    const ReadRow read = rows->read(record);
    if (read.kind == ReadRow::Kind::blank) continue;
    if (!program_.json()) {
      print_row(program_.out(), read);
      continue;
    }
    auto entry = to_json(read.row);
    auto mistakes = Json::array();
    for (const Error& each : read.mistakes) mistakes.push_back(keepsake::cli::to_json(each));
    entry["mistakes"] = mistakes;
    auto warnings = Json::array();
    for (const Error& each : read.warnings) warnings.push_back(keepsake::cli::to_json(each));
    entry["warnings"] = warnings;
    list.push_back(std::move(entry));
  }
  if (program_.json()) program_.print({{"rows", list}, {"unread_columns", rows->unread()}});
  return Exit::ok;
}

Exit Run::print() {
  const bool all_well = counts_.refused + counts_.skipped + counts_.warned == 0;
  const Exit exit = all_well ? Exit::ok : Exit::no;
  if (program_.json()) {
    program_.print({{"file", options_.file},
                    {"checked_only", options_.check},
                    {"rows", counts_.rows},
                    {"added", counts_.added},
                    {"changed", counts_.changed},
                    {"unchanged", counts_.unchanged},
                    {"duplicates", counts_.duplicates},
                    {"skipped", counts_.skipped},
                    {"refused", counts_.refused},
                    {"warned", counts_.warned},
                    {"points_hundredths", counts_.points_hundredths},
                    {"unread_columns", unread_},
                    {"reasons", by_code_},
                    {"errors", errors_},
                    {"warnings", warnings_},
                    {"errors_not_listed", reports_ - errors_.size() - warnings_.size()}});
    return exit;
  }
  const auto n = [](std::uint64_t number) { return grouped(static_cast<std::int64_t>(number)); };
  std::ostream& out = program_.out();
  out << n(counts_.rows) << " rows" << (options_.check ? ", only checked: " : ": ")
      << n(counts_.added) << " added, " << n(counts_.changed) << " changed, "
      << n(counts_.unchanged) << " as they were, " << n(counts_.skipped) << " left out, "
      << n(counts_.refused) << " refused.\n";
  if (counts_.warned > 0)
    out << n(counts_.warned) << " rows were taken without a value, or with a rounded one.\n";
  if (counts_.duplicates > 0)
    out << n(counts_.duplicates) << " rows are customers who already exist.\n";
  if (counts_.points_hundredths > 0)
    out << "Opening points granted: "
        << to_decimal(Points{static_cast<std::int64_t>(counts_.points_hundredths)}) << ".\n";
  for (const auto& [code, times] : by_code_) out << "  " << code << ": " << n(times) << '\n';
  if (!unread_.empty()) {
    out << "Columns that are not imported:";
    for (const std::string& each : unread_) out << ' ' << (each.empty() ? "(untitled)" : each);
    out << '\n';
  }
  return exit;
}

Exit Run::go() {
  auto map_read = map();
  if (!map_mistakes_.empty()) return program_.fail(map_mistakes_);
  if (!map_read) return program_.fail(map_read.error());
  map_ = std::move(*map_read);
  if (options_.preview > 0) return preview();
  if (!options_.rejects.empty())
    if (const auto ok = check_new(options_.rejects); !ok) return program_.fail(ok.error());
  if (const auto ok = look_through(); !ok) return program_.fail(ok.error());
  if (!options_.rejects.empty()) {
    auto rejects = PrivateFile::create(options_.rejects);
    if (!rejects) return program_.fail(rejects.error());
    rejects_ = std::move(*rejects);
    std::string header = std::string("rejected_line") + map_.separator + "rejected_because";
    for (const std::string& each : titles_)
      header += map_.separator + csv_field(each, map_.separator);
    rejects_->write(header + "\n");
  }
  const auto reader = open_.book->reader();
  if (!reader) return program_.fail(reader.error());
  if (const auto ok = import(**reader); !ok) return program_.fail(ok.error());
  if (rejects_)
    if (const auto ok = rejects_->finish(); !ok) return program_.fail(ok.error());
  return print();
}

Exit run(Program& program, const Options& options) {
  auto open =
      options.check || options.preview > 0 ? program.open_book_to_read() : program.open_book();
  if (!open) return program.fail(open.error());
  return Run(program, options, *open).go();
}

}  // namespace

void add_import_customers(Command& import, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command = import.add_subcommand("customers", "Customers of another system, from CSV");
  command->add_option("file", options->file, "CSV file, plain or packed with xz")
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--map", options->map,
                   "Describes the columns; not needed for a file of `export customers`")
      ->type_name("MAP.toml");
  command->add_option("--preview", options->preview, "Show how the first N rows would be read")
      ->type_name("N")
      ->between(std::size_t{1}, preview_most);
  command->add_flag("--check", options->check, "Check every row without recording anything");
  command
      ->add_option("--rejects", options->rejects,
                   "Write the rows that lost a value, or are left out, to FILE")
      ->type_name("FILE");
  command->add_flag("--welcome", options->welcome,
                    "New customers earn what the programme gives for joining");
  command->add_option("--staff", options->staff, "Who is importing; recorded in every fact");
  command->footer(
      "storage/exchange/CUSTOMERS.md describes the map's format, with examples. Every rejected "
      "row\nis reported with "
      "line, column, reason\nand remedy; the others are recorded. Importing the same file again "
      "adds nothing; of a row that changed in its\nsource, only the change is recorded. Exit code "
      "1: some rows were rejected, or taken without a value.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
