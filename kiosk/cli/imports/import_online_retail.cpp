#include <algorithm>
#include <map>
#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/imports/retail_facts.hpp"
#include "kiosk/cli/imports/retail_import.hpp"
#include "storage/book/book.hpp"
#include "storage/book/settings.hpp"
#include "storage/engine/durable_file.hpp"
#include "storage/engine/private_file.hpp"
#include "storage/exchange/bytes.hpp"
#include "storage/exchange/table.hpp"

namespace keepsake::cli {
namespace {

constexpr std::size_t reasons_shown = 15;

struct Options {
  std::string file;
  std::string rejects;
};

// What became of the file's lines: every line is in exactly one row.
struct Row {
  std::string became;
  std::uint64_t lines = 0;
  std::uint64_t invoices = 0;
  std::int64_t minor = 0;
};

struct Sums {
  std::uint64_t count = 0;
  std::int64_t minor = 0;
};

struct Outcome {
  std::vector<Row> rows;
  Sums purchases, returns;
  std::vector<std::pair<std::string, std::uint64_t>> adjustments,
      not_sales;  // reasons, most frequent first
};

std::int64_t minor_of(const retail::Line& line) {
  return retail::amount_of(line)->minor;
}  // checked by import

std::vector<std::pair<std::string, std::uint64_t>> reasons(const retail::Sales& sales,
                                                           retail::Refusal refusal) {
  std::map<std::string, std::uint64_t> counts;
  for (const auto& refused : sales.refused) {
    if (refused.refusal != refusal) continue;
    std::string reason = refused.reason;
    std::ranges::transform(reason, reason.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    ++counts[reason];
  }
  std::vector<std::pair<std::string, std::uint64_t>> sorted(counts.begin(), counts.end());
  std::ranges::stable_sort(sorted, std::greater{}, [](const auto& entry) { return entry.second; });
  return sorted;
}

std::uint64_t sum_of(const std::vector<std::pair<std::string, std::uint64_t>>& reasons) {
  std::uint64_t sum = 0;
  for (const auto& [reason, lines] : reasons) sum += lines;
  return sum;
}

// Which row of the returns a cancelled line belongs to, by its parts.
std::size_t row_of(std::span<const retail::Part> parts) {
  if (!parts.front().from) return 2;
  return parts.back().from ? 0 : 1;
}

// What a document that was left out has in lines; its amounts may be beyond all limits.
std::vector<char> left_out(const retail::Sales& sales,
                           const std::vector<retail::Rejected>& rejected, Row& row) {
  std::vector<char> out(sales.invoices.size());
  for (const retail::Rejected& each : rejected) {
    out[each.invoice] = 1;
    ++row.invoices;
    for (const std::uint32_t line : sales.lines_of(sales.invoices[each.invoice])) {
      ++row.lines;
      const auto amount = retail::amount_of(sales.lines[line]);
      const bool sale = sales.invoices[each.invoice].kind == retail::Kind::sale;
      if (amount) row.minor += sale ? amount->minor : -amount->minor;
    }
  }
  return out;
}

Outcome judge(const retail::Sales& sales, const retail::Matches& matches,
              const retail::Imported& imported) {
  Outcome outcome;
  Row rejected{"rejected: not a possible document"};
  const std::vector<char> out = left_out(sales, imported.rejected, rejected);
  Row purchases{"purchase"};
  Row returns[] = {{"return against its purchase"},
                   {"return, part of it without receipt"},
                   {"return without receipt"}};
  for (std::uint32_t i = 0; i < sales.invoices.size(); ++i) {
    const auto& invoice = sales.invoices[i];
    if (out[i] != 0) continue;
    if (invoice.kind == retail::Kind::sale) {
      ++purchases.invoices;
      for (const std::uint32_t line : sales.lines_of(invoice)) {
        ++purchases.lines;
        purchases.minor += minor_of(sales.lines[line]);
      }
      continue;
    }
    bool touched[3] = {};
    const auto parts = matches.of(i);
    for (std::size_t begin = 0, end = 0; begin < parts.size(); begin = end) {
      while (end < parts.size() && parts[end].line == parts[begin].line) ++end;
      const std::size_t row = row_of(parts.subspan(begin, end - begin));
      ++returns[row].lines;
      returns[row].minor -= minor_of(sales.lines[parts[begin].line]);
      touched[row] = true;
    }
    for (std::size_t row = 0; row < 3; ++row) returns[row].invoices += touched[row] ? 1 : 0;
    ++outcome.returns.count;
  }
  outcome.purchases = {purchases.invoices, purchases.minor};
  outcome.rows.push_back(purchases);
  for (const auto& row : returns) {
    outcome.returns.minor += row.minor;
    outcome.rows.push_back(row);
  }
  outcome.adjustments = reasons(sales, retail::Refusal::stock_adjustment);
  outcome.not_sales = reasons(sales, retail::Refusal::not_a_sale);
  outcome.rows.push_back({"skipped: stock adjustment", sum_of(outcome.adjustments), 0, 0});
  outcome.rows.push_back({"skipped: not a sale", sum_of(outcome.not_sales), 0, 0});
  if (rejected.invoices > 0) outcome.rows.push_back(rejected);
  return outcome;
}

Json to_json(const std::vector<std::pair<std::string, std::uint64_t>>& reasons) {
  auto list = Json::array();
  for (const auto& [reason, lines] : reasons)
    list.push_back({{"reason", reason}, {"lines", lines}});
  return list;
}

Json to_json(const Sums& sums, const retail::Tally& tally) {
  return {{"count", sums.count},
          {"amount_minor", sums.minor},
          {"amount", to_decimal(Money{sums.minor, retail::currency()})},
          {"added", tally.added},
          {"already_there", tally.already_there},
          {"differing", tally.differing}};
}

Json to_json(const retail::Tally& tally) {
  return {{"count", tally.added + tally.already_there},
          {"added", tally.added},
          {"already_there", tally.already_there}};
}

Json to_json(const retail::Sales& sales, const std::vector<retail::Rejected>& rejected) {
  auto list = Json::array();
  for (const retail::Rejected& each : rejected)
    list.push_back({{"invoice", sales.invoices[each.invoice].number},
                    {"code", each.error.code},
                    {"reason", each.error.what}});
  return list;
}

void print_json(Program& program, const Options& options, const retail::Sales& sales,
                const Outcome& outcome, const retail::Imported& imported) {
  auto rows = Json::array();
  for (const auto& row : outcome.rows) {
    rows.push_back({{"became", row.became}, {"lines", row.lines}, {"amount_minor", row.minor}});
  }
  program.print({{"file", options.file},
                 {"currency", retail::currency().code()},
                 {"lines", sales.file_lines},
                 {"blank_lines", sales.blank_lines},
                 {"anonymous_lines", sales.anonymous_lines},
                 {"outcome", rows},
                 {"purchases", to_json(outcome.purchases, imported.purchases)},
                 {"returns", to_json(outcome.returns, imported.returns)},
                 {"customers", to_json(imported.customers)},
                 {"articles", to_json(imported.articles)},
                 {"stock_adjustments", to_json(outcome.adjustments)},
                 {"not_sales", to_json(outcome.not_sales)},
                 {"rejected", to_json(sales, imported.rejected)}});
}

void print_reasons(std::ostream& out, std::string_view title,
                   const std::vector<std::pair<std::string, std::uint64_t>>& reasons) {
  if (reasons.empty()) return;
  Table table({{std::string(title)}, {"lines", Align::right}});
  for (std::size_t i = 0; i < std::min(reasons.size(), reasons_shown); ++i) {
    table.row({reasons[i].first, grouped(static_cast<std::int64_t>(reasons[i].second))});
  }
  if (reasons.size() > reasons_shown) {
    const auto rest = std::vector(reasons.begin() + reasons_shown, reasons.end());
    table.row({std::to_string(rest.size()) + " more reasons (--rejects lists them)",
               grouped(static_cast<std::int64_t>(sum_of(rest)))});
  }
  out << '\n' << table.text();
}

void print_differing(std::ostream& out, const std::vector<std::string>& invoices) {
  if (invoices.empty()) return;
  out << "\nRecorded before with another total, and left as recorded: "
      << grouped(static_cast<std::int64_t>(invoices.size())) << " invoices (";
  for (std::size_t i = 0; i < std::min(invoices.size(), reasons_shown); ++i)
    out << (i == 0 ? "" : ", ") << invoices[i];
  out << (invoices.size() > reasons_shown ? ", and more; --json lists them).\n" : ").\n");
}

void print_rejected(std::ostream& out, const retail::Sales& sales,
                    const std::vector<retail::Rejected>& rejected) {
  if (rejected.empty()) return;
  Table table({{"left out"}, {"why"}});
  for (std::size_t i = 0; i < std::min(rejected.size(), reasons_shown); ++i)
    table.row({"invoice " + sales.invoices[rejected[i].invoice].number, rejected[i].error.what});
  if (rejected.size() > reasons_shown)
    table.row(
        {std::to_string(rejected.size() - reasons_shown) + " more (--rejects lists them)", ""});
  out << '\n' << table.text();
}

void print_text(std::ostream& out, const retail::Sales& sales, const Outcome& outcome,
                const retail::Imported& imported) {
  const auto number = [](std::uint64_t n) { return grouped(static_cast<std::int64_t>(n)); };
  const auto money = [](std::int64_t minor) { return grouped(Money{minor, retail::currency()}); };
  Table lines({{"result for each line"}, {"lines", Align::right}, {"GBP", Align::right}});
  std::uint64_t all = 0;
  std::int64_t net = 0;
  for (const auto& row : outcome.rows) {
    lines.row({row.became, number(row.lines), money(row.minor)});
    all += row.lines;
    net += row.minor;
  }
  lines.rule();
  lines.row({"lines of the file", number(all), money(net)});
  out << lines.text() << '\n';

  Table kept({{"recorded"},
              {"in the file", Align::right},
              {"added", Align::right},
              {"already there", Align::right},
              {"GBP", Align::right}});
  const auto add = [&](const char* what, const retail::Tally& tally, const std::string& amount) {
    kept.row({what, number(tally.added + tally.already_there), number(tally.added),
              number(tally.already_there), amount});
  };
  add("purchases", imported.purchases, money(outcome.purchases.minor));
  add("returns", imported.returns, money(outcome.returns.minor));
  add("customers", imported.customers, "");
  add("articles", imported.articles, "");
  out << kept.text();
  out << "\nLines without a customer: " << number(sales.anonymous_lines)
      << " (their sales are anonymous).\n";
  auto differing = imported.purchases.differing;
  differing.insert(differing.end(), imported.returns.differing.begin(),
                   imported.returns.differing.end());
  print_differing(out, differing);
  if (sales.blank_lines > 0) out << "Blank lines skipped: " << number(sales.blank_lines) << ".\n";
  print_reasons(out, "stock adjustments, by their note", outcome.adjustments);
  print_reasons(out, "not a sale, by reason", outcome.not_sales);
  print_rejected(out, sales, imported.rejected);
}

Result<Done> write_rejects(const std::string& file, const retail::Sales& sales,
                           const std::vector<retail::Rejected>& rejected) {
  std::string text =
      "line,reason,InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,"
      "Country\n";
  for (const auto& refused : sales.refused) {
    const std::string kind = refused.refusal == retail::Refusal::stock_adjustment
                                 ? "stock adjustment: "
                                 : "not a sale: ";
    text += std::to_string(refused.file_line) + ',' + csv_field(kind + refused.reason) + ',' +
            refused.record + '\n';
  }
  for (const retail::Rejected& each : rejected)
    text += ',' + csv_field("left out: " + each.error.what) + ',' +
            csv_field(sales.invoices[each.invoice].number) + ",,,,,,,\n";
  return PrivateFile::put(file, text);
}

Result<retail::Sales> read_file(Program& program, const std::string& file) {
  auto source = open_bytes(file);
  if (!source) return source.error();
  CsvReader csv(**source, file);
  Progress progress(program.err(), program.progress(), "Reading");
  return retail::read(csv, [&] { progress.update((*source)->consumed(), (*source)->size()); });
}

Exit run(Program& program, const Options& options) {
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  if (open->book->settings().currency != retail::currency()) {
    return program.fail({Failure::bad_input, "retail.currency",
                         "The file's prices are in GBP, the shop's are not",
                         open->book->folder().string(),
                         "Import into a folder made with `keepsake init --currency GBP --time-zone "
                         "Europe/London`"});
  }
  if (!options.rejects.empty()) {  // before a long read
    if (const auto ok = check_new(options.rejects); !ok) return program.fail(ok.error());
  }
  const auto sales = read_file(program, options.file);
  if (!sales) return program.fail(sales.error());
  const auto matches = retail::match_returns(*sales);
  Progress progress(program.err(), program.progress(), "Recording");
  const auto imported = retail::import(
      *open->book, *open->clock, *sales, matches,
      [&](std::uint64_t done, std::uint64_t total) { progress.update(done, total); });
  if (!options.rejects.empty()) {
    const auto rejected = imported ? imported->rejected : std::vector<retail::Rejected>();
    if (const auto ok = write_rejects(options.rejects, *sales, rejected); !ok)
      return program.fail(ok.error());
  }
  if (!imported) {
    Error error = imported.error();
    error.where = options.file + (error.where.empty() ? "" : ", " + error.where);
    return program.fail(error);
  }
  progress.finish();
  const auto outcome = judge(*sales, matches, *imported);
  if (program.json()) {
    print_json(program, options, *sales, outcome, *imported);
  } else {
    print_text(program.out(), *sales, outcome, *imported);
  }
  return Exit::ok;
}

}  // namespace

void add_import_online_retail(Command& import, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command =
      import.add_subcommand("online-retail", "Sales of the Online Retail data set, as history");
  command->add_option("file", options->file, "CSV file, plain or packed with xz")
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--rejects", options->rejects,
                   "Write skipped lines there, with line number and reason (CSV)")
      ->type_name("FILE");
  command->footer(
      "Columns: InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
      "  InvoiceDate  local time in the folder's time zone, e.g. 2010-12-01 08:26:00; make the "
      "folder with\n"
      "               `keepsake init --time-zone Europe/London --currency GBP`\n"
      "  UnitPrice    GBP; any other currency of the folder is refused\n"
      "  CustomerID   NA: the sale is anonymous. Known customers are enrolled without any personal "
      "value;\n"
      "               Country is not kept\n"
      "Each line becomes one of these:\n"
      "  purchase     one per invoice; how it was paid is unknown. Those of a customer earn\n"
      "               under the programme that is published, if one is; its rewards play no part\n"
      "  return       an invoice that begins with C. Each line is matched with the most recent "
      "earlier purchase of\n"
      "               the same customer and article that has quantity left, then the one before; "
      "what no purchase\n"
      "               covers is returned without receipt\n"
      "  skipped      negative quantity on any other invoice (a stock adjustment), zero quantity, "
      "negative price,\n"
      "               bookkeeping entries; counted by reason, listed by --rejects\n"
      "Articles come into the catalogue with their latest price; those it has already are left "
      "alone.\n"
      "The whole file is read and checked before anything is written; an invoice that cannot be "
      "recorded is left\n"
      "out and named. Running it again adds only "
      "what is missing,\n"
      "also after an import that was cut short.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
