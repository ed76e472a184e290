#include <algorithm>
#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "storage/book/book.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/domain/values/tidy.hpp"
#include "storage/engine/system_clock.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  std::string currency;
  std::string cash_step;
  std::string paper = "80";
  std::string trunk_prefix;  // scripts of earlier versions still give it
  Settings settings;
};

Error wrong(std::string option, std::string what, std::string remedy) {
  return {Failure::bad_input, "init.option", std::move(what), std::move(option), std::move(remedy)};
}

bool is_printer(std::string_view printer) {
  if (printer.empty() || (printer.starts_with("file:") && printer.size() > 5)) return true;
  if (!printer.starts_with("tcp:")) return false;
  const auto colon = printer.rfind(':');
  const auto port = printer.substr(colon + 1);
  return colon > 4 && !port.empty() && port.size() <= 5 && is_all_digits(port);
}

bool is_country(std::string_view country) {
  return country.size() == 2 && std::ranges::all_of(country, is_upper<char>);
}

Result<Settings> settings_of(const Options& options) {
  Settings settings = options.settings;
  const auto currency = Currency::parse(options.currency);
  if (!currency)
    return wrong("--currency", currency.error().what,
                 "Give three letters of ISO 4217, such as NOK");
  settings.currency = *currency;
  settings.shop = tidied(settings.shop);
  if (auto ok = check_text(settings.shop, limits::name_bytes, Presence::optional, "--shop"); !ok)
    return ok.error();
  settings.paper_mm = options.paper == "58" ? 58 : 80;
  if (!options.cash_step.empty()) {
    const auto step = parse_money(options.cash_step, *currency);
    if (!step || step->minor < 1) {
      return wrong("--cash-step", "Not a coin value",
                   "Give the smallest coin in use, such as 0.05 or 1.00");
    }
    settings.cash_step = {step->minor};
  }
  if (!is_country(settings.country)) {
    return wrong("--country", "Not a country code", "Give two letters of ISO 3166-1, such as NO");
  }
  const std::string_view calling_code = settings.calling_code;
  if (!calling_code.starts_with('+') || calling_code.size() < 2 || calling_code.size() > 4 ||
      !is_all_digits(calling_code.substr(1))) {
    return wrong("--calling-code", "Not a calling code",
                 "Give a plus and up to three digits, such as +47");
  }
  if (settings.receipt_lines.size() > limits::receipt_lines)
    return wrong("--receipt-line", "Too many lines for a receipt's head",
                 "Give at most " + std::to_string(limits::receipt_lines));
  for (std::string& line : settings.receipt_lines) {
    line = tidied(line);
    if (auto ok = check_text(line, limits::name_bytes, Presence::required, "--receipt-line"); !ok)
      return ok.error();
  }
  if (!is_printer(settings.printer)) {
    return wrong("--printer", "Not a printer setting", "Give file:DIR or tcp:HOST:PORT");
  }
  return settings;
}

Exit run(Program& program, const Options& options) {
  const auto folder = program.data_folder();
  if (!folder) return program.fail(folder.error());
  const auto settings = settings_of(options);
  if (!settings) return program.fail(settings.error());
  const auto clock = SystemClock::open(settings->time_zone);
  if (!clock) return program.fail(clock.error());
  const auto book = Book::create(*folder, *settings, **clock);
  if (!book) return program.fail(book.error());
  if (program.json()) {
    program.print({{"folder", folder->string()},
                   {"shop", settings->shop},
                   {"currency", settings->currency.code()},
                   {"time_zone", settings->time_zone},
                   {"terminal", (*book)->terminal().value}});
  } else {
    program.out() << "Made " << folder->string() << " for " << settings->shop << " ("
                  << settings->currency.code() << ", " << settings->time_zone
                  << ").\nNext: import a catalogue, publish a programme, add staff; enrol at head"
                  << " office when there is one.\n";
  }
  return Exit::ok;
}

}  // namespace

void add_init(Command& app, Program& program) {
  auto options = std::make_shared<Options>();
  Settings& settings = options->settings;
  Command* command = app.add_subcommand("init", "Create the data folder of a terminal");
  command->add_option("--shop", settings.shop, "Name of the shop, on screens and receipts")
      ->capture_default_str();
  command->add_option("--currency", options->currency, "ISO 4217, three letters")
      ->required()
      ->type_name("CODE");
  command->add_option("--time-zone", settings.time_zone, "IANA name, such as Europe/Oslo")
      ->required()
      ->type_name("ZONE");
  command
      ->add_option("--country", settings.country,
                   "ISO 3166-1, two letters; picks formats of dates and numbers")
      ->capture_default_str();
  command
      ->add_option("--calling-code", settings.calling_code,
                   "Used for phone numbers typed without one")
      ->capture_default_str();
  command->add_option("--trunk-prefix", options->trunk_prefix,
                      "Ignored: the country's numbering plan says it");
  command
      ->add_option("--cash-step", options->cash_step,
                   "Smallest coin in use; cash is rounded to it [one minor unit]")
      ->type_name("AMOUNT");
  command->add_option("--printer", settings.printer, "Receipts: file:DIR or tcp:HOST:PORT [none]")
      ->type_name("PRINTER");
  command->add_option("--paper", options->paper, "Width of the receipt paper in mm: 58 or 80")
      ->capture_default_str()
      ->one_of({"58", "80"});
  command
      ->add_option("--receipt-line", settings.receipt_lines,
                   "Text under the shop's name on receipts: address, organisation number. Repeat "
                   "for more lines [none]")
      ->type_name("TEXT")
      ->expected(1)
      ->take_all();
  command->footer(
      "The folder must not hold a shop yet. It gets the journal and records (keepsake.db), the "
      "keys (vault.db)\n"
      "and the settings (keepsake.toml), which can be edited later.\n"
      "Example:\n"
      "  keepsake --data /srv/till1 init --shop \"Lysvik Elektro\" --currency NOK --time-zone "
      "Europe/Oslo \\\n"
      "    --country NO --calling-code +47 --cash-step 1.00 --printer tcp:192.168.1.50:9100 \\\n"
      "    --receipt-line \"Storgata 12, 6789 Lysvik\" --receipt-line \"Org.nr. 912 345 678 MVA\"");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
