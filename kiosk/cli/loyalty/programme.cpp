#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/loyalty/code_lists.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/tidy.hpp"
#include "storage/exchange/programme_files.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  std::vector<std::string> files;
  std::vector<std::string> codes;  ///< REWARD=FILE, for a check
};

constexpr const char* format =
    "The file is TOML; storage/programme/PROGRAMME.md has every key. The least there is:\n"
    "  name = \"Lysvik Bonus\"\n"
    "  currency = \"NOK\"       # the shop's\n"
    "  [earn]\n"
    "  points = 1             # for ...\n"
    "  for_each = \"10.00\"     # ... of this amount\n"
    "  [redeem]               # may be missing\n"
    "  point_value = \"0.10\"   # what a point is worth\n"
    "Decimals stand in quotes, so that they stay exact. `keepsake quote` tries a programme.\n"
    "Several files make one programme: each key or table stands in one of them, rules,\n"
    "multipliers, groups, rewards and levels follow in the order of the files.";

std::string names_of(const std::vector<std::string>& files) {
  std::string names;
  for (const std::string& each : files) names.append(names.empty() ? "" : ", ").append(each);
  return names;
}

Json to_json_programme(const Programme& programme, const loyalty::Rules& rules) {
  return {
      {"version", programme.version},
      {"name", programme.name},
      {"currency", programme.currency.code()},
      {"points_per_major_unit", to_decimal(programme.per_major_unit)},
      {"point_value", to_decimal(UnitPrice{programme.point_value_milli_minor}, programme.currency)},
      {"rules", rules.earning.rules.size()},
      {"multipliers", rules.earning.multipliers.size()},
      {"levels", rules.tiers.levels.size()},
      {"rewards", rules.rewards.size()}};
}

void describe(std::ostream& out, const Programme& programme, const loyalty::Rules& rules) {
  out << programme.name << ": " << to_decimal(programme.per_major_unit) << " points for each "
      << programme.currency.code() << "; a point is worth "
      << to_decimal(UnitPrice{programme.point_value_milli_minor}, programme.currency) << " "
      << programme.currency.code() << ".\n"
      << "Earning rules: " << rules.earning.rules.size()
      << ", multipliers: " << rules.earning.multipliers.size()
      << ", levels: " << rules.tiers.levels.size() << ", rewards: " << rules.rewards.size()
      << ".\n";
}

/// Codes that the till cannot tell apart. No mistake of a published programme, which must go on.
std::vector<Error> alike_codes(const Options& options, const loyalty::Rules& rules) {
  std::vector<Error> alike;
  std::map<std::string, std::string> seen;
  for (const loyalty::Reward& reward : rules.rewards) {
    for (const loyalty::CouponCode& coupon : reward.codes) {
      const auto [first, fresh] = seen.emplace(code_key(coupon.code), coupon.code);
      if (fresh || first->second == coupon.code) continue;
      alike.push_back({Failure::bad_input, "programme.alike",
                       "The codes " + first->second + " and " + coupon.code +
                           " differ by capitals or blanks only",
                       names_of(options.files) + " (" + reward.id + ")",
                       "Choose codes that differ by more: the till takes either as the other"});
    }
  }
  return alike;
}

/// Codes that no receipt can carry. No mistake of a published programme, either.
std::vector<Error> long_codes(const Options& options, const loyalty::Rules& rules) {
  std::vector<Error> too_long;
  for (const loyalty::Reward& reward : rules.rewards) {
    for (const std::string& code : reward.pool) {
      if (code.size() <= limits::code_bytes) continue;
      too_long.push_back({Failure::bad_input, "text.length",
                          "The code " + code + " is too long to be handed out",
                          names_of(options.files) + " (" + reward.id + ".pool)",
                          "Write at most " + std::to_string(limits::code_bytes) + " bytes"});
    }
  }
  return too_long;
}

Exit run_check(Program& program, const Options& options) {
  const auto file = read_programme(options.files);
  if (!file) return program.fail(file.error());
  std::vector<Error> mistakes = file->mistakes;
  std::ranges::move(alike_codes(options, file->rules), std::back_inserter(mistakes));
  std::ranges::move(long_codes(options, file->rules), std::back_inserter(mistakes));
  const auto lists = read_code_lists(options.codes);
  if (!lists) return program.fail(lists.error());
  std::ranges::move(mistakes_of(file->rules, *lists), std::back_inserter(mistakes));
  if (!mistakes.empty()) return program.fail(mistakes, Exit::no);
  if (program.json()) {
    auto answer = to_json_programme(file->programme, file->rules);
    answer.erase("version");
    Json warnings = Json::array();
    for (const Error& each : file->warnings)
      warnings.push_back({{"code", each.code},
                          {"what", each.what},
                          {"where", each.where},
                          {"remedy", each.remedy}});
    program.print({{"valid", true}, {"programme", answer}, {"warnings", warnings}});
  } else {
    describe(program.out(), file->programme, file->rules);
    for (const Error& each : file->warnings)
      program.out() << "Warning: " << each.where << ": " << each.what << ". " << each.remedy
                    << ".\n";
    program.out() << names_of(options.files)
                  << (options.files.size() == 1 ? " is valid.\n" : " are valid together.\n");
  }
  return Exit::ok;
}

// By meaning: another comment or order of keys is no new programme.
bool same_rules(const Programme& in_force, const ProgrammeFile& file) {
  const auto rules = rules_of(in_force);
  return rules && *rules == file.rules;
}

enum class Publishing { published, in_force_already };

struct Published {
  Publishing publishing;
  Programme programme;
};

Result<Published> publish(Book& book, const ProgrammeFile& file) {
  Result<Programme> newest = Programme{};
  {
    const auto reader = book.reader();
    if (!reader) return reader.error();
    newest = (*reader)->programme();
  }
  if (!newest) return newest.error();
  if (newest->version > 0 && same_rules(*newest, file))
    return Published{Publishing::in_force_already, *newest};
  Programme programme = file.programme;
  programme.version = newest->version + 1;
  if (const auto id = book.record(programme); !id) return id.error();
  return Published{Publishing::published, std::move(programme)};
}

Exit run_publish(Program& program, const Options& options) {
  auto file = read_programme(options.files);
  if (!file) return program.fail(file.error());
  if (!file->mistakes.empty()) return program.fail(file->mistakes);
  if (const auto wrong = long_codes(options, file->rules); !wrong.empty())
    return program.fail(wrong);
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  if (file->programme.currency != open->book->settings().currency) {
    return program.fail({Failure::bad_input, "programme.currency",
                         "The programme is in " + std::string(file->programme.currency.code()) +
                             ", the shop in " + std::string(open->book->settings().currency.code()),
                         names_of(options.files), "Write the shop's currency"});
  }
  const auto published = publish(*open->book, *file);
  if (!published) return program.fail(published.error());
  const bool is_new = published->publishing == Publishing::published;
  if (program.json()) {
    program.print({{"published", is_new},
                   {"programme", to_json_programme(published->programme, file->rules)}});
  } else {
    describe(program.out(), published->programme, file->rules);
    program.out() << (is_new ? "Published as version "
                             : "Nothing to publish: it is already version ")
                  << published->programme.version << ".\n";
  }
  return Exit::ok;
}

Command* add(Command& parent, Program& program, const std::shared_ptr<Options>& options,
             const char* name, const char* what, const std::string& footer,
             Exit (*run)(Program&, const Options&)) {
  Command* command = parent.add_subcommand(name, what);
  command->add_option("file", options->files, "Programme file (TOML), or several of one programme")
      ->required()
      ->type_name("FILE");
  command->footer(footer);
  command->callback([&program, options, run] {
    program.set_action([&program, options, run] { return run(program, *options); });
  });
  return command;
}

std::string with_format(const char* more) {
  std::string text(format);
  text.append(more);
  return text;
}

}  // namespace

void add_programme(Command& app, Program& program) {
  Command* programme = app.add_subcommand("programme", "Check and publish the loyalty rules");
  programme->require_subcommand(1);
  const auto checked = std::make_shared<Options>();
  Command* check = add(
      *programme, program, checked, "check", "Report every error in a programme file",
      with_format(
          "\nNeeds no data folder. Exit code 1: there are errors; each is reported with line and "
          "column. Warnings tell of what is valid and may surprise; the exit code stays 0."),
      run_check);
  add_codes_option(*check, checked->codes);
  add(*programme, program, std::make_shared<Options>(), "publish",
      "Publish a programme on this terminal",
      with_format(
          "\nPurchases from now on earn under the new version; earlier ones keep theirs. Rules "
          "that are already in\n"
          "force are not published again."),
      run_publish);
  add_programme_codes(*programme, program);
}

}  // namespace keepsake::cli
