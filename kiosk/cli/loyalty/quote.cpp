#include <algorithm>
#include <iterator>
#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/loyalty/code_lists.hpp"
#include "kiosk/cli/loyalty/quote_input.hpp"
#include "kiosk/cli/loyalty/quote_output.hpp"
#include "storage/domain/loyalty/explain.hpp"
#include "storage/domain/loyalty/member_after.hpp"
#include "storage/engine/system_clock.hpp"
#include "storage/exchange/bytes.hpp"
#include "storage/exchange/programme_files.hpp"

namespace keepsake::cli {
namespace {

constexpr std::size_t question_bytes = 1024 * 1024;

struct Options {
  std::vector<std::string> programme;
  std::vector<std::string> codes;  ///< REWARD=FILE
  std::string basket;
  std::string returned;
  std::string member;
  std::string at;
};

template <class T>
Result<ReadJson<T>> read_file(const std::string& file, Currency currency,
                              ReadJson<T> (*read)(std::string_view, const std::string&, Currency)) {
  const auto text = read_text(file, question_bytes);
  if (!text) return text.error();
  return read(*text, file, currency);
}

struct Question {
  loyalty::Rules rules;
  loyalty::Member member;
  LocalTime at;
  std::vector<CodeList> lists = {};
};

Result<LocalTime> time_of(const Options& options) {
  if (!options.at.empty()) {
    auto at = parse_local_time(options.at);
    if (at) return at;
    Error error = at.error();
    error.where = "--at";
    return error;
  }
  const auto clock = SystemClock::open("UTC");
  if (!clock) return clock.error();
  return (*clock)->local_now();
}

/// What was earned on another day counts towards no cap of today.
void forget_today(loyalty::Member& member) {
  member.earned_today = {};
  for (loyalty::Uses* uses : {&member.uses, &member.uses_by_all})
    for (auto& [id, use] : *uses) {
      use.points_today = {};
      use.times_today = 0;
    }
}

Result<Question> question_of(const Options& options, std::vector<Error>& mistakes) {
  auto file = read_programme(options.programme);
  if (!file) return file.error();
  mistakes = std::move(file->mistakes);
  const auto at = time_of(options);
  if (!at) return at.error();
  auto lists = read_code_lists(options.codes);
  if (!lists) return lists.error();
  std::ranges::move(mistakes_of(file->rules, *lists), std::back_inserter(mistakes));
  Question question{std::move(file->rules), {}, *at, *std::move(lists)};
  if (options.member.empty() || !mistakes.empty()) return question;
  auto member = read_file(options.member, question.rules.currency, read_member);
  if (!member) return member.error();
  question.member = std::move(member->value.member);
  if (member->value.as_of && *member->value.as_of != at->date()) forget_today(question.member);
  mistakes = std::move(member->mistakes);
  return question;
}

Exit answer_return(Program& program, const Options& options, const Question& question) {
  const auto asked = read_file(options.returned, question.rules.currency, read_return);
  if (!asked) return program.fail(asked.error());
  if (!asked->mistakes.empty()) return program.fail(asked->mistakes);
  const auto quote = loyalty::quote_return(question.rules, asked->value.ledger, asked->value.before,
                                           asked->value.now, question.member, question.at);
  if (!quote) return program.fail(quote.error());
  if (program.json()) {
    program.print(to_json(*quote));
  } else {
    describe(program.out(), *quote);
  }
  return Exit::ok;
}

Exit answer_basket(Program& program, const Options& options, Question& question) {
  auto basket = read_file(options.basket, question.rules.currency, read_basket);
  if (!basket) return program.fail(basket.error());
  if (!basket->mistakes.empty()) return program.fail(basket->mistakes);
  use_lists(question.rules, question.lists, basket->value, question.member);
  const auto quote = loyalty::quote(question.rules, basket->value, question.member, question.at);
  if (!quote) return program.fail(quote.error());
  const auto why = loyalty::explain(question.rules, question.member, *quote);
  if (!program.json()) {
    describe(program.out(), *quote, basket->value, why);
    return Exit::ok;
  }
  const auto lots = loyalty::new_lot_names(question.member, *quote);
  const auto ledger = loyalty::ledger_of(*quote, basket->value, question.member, lots);
  if (!ledger) return program.fail(ledger.error());
  auto answer = to_json(*quote, basket->value, why);
  answer["ledger"] = to_json(*ledger);
  if (question.member.known)
    answer["member_after"] = to_json(
        loyalty::member_after(question.rules, basket->value, question.member, *quote, question.at),
        question.rules.currency, question.at.date());
  program.print(answer);
  return Exit::ok;
}

Exit run(Program& program, const Options& options) {
  if (options.basket.empty() == options.returned.empty())
    return program.fail({Failure::bad_input, "usage", "Give either a basket or a return",
                         "command line", "Give --basket FILE or --return FILE"});
  std::vector<Error> mistakes;
  auto question = question_of(options, mistakes);
  if (!question) return program.fail(question.error());
  if (!mistakes.empty()) return program.fail(mistakes);
  return options.basket.empty() ? answer_return(program, options, *question)
                                : answer_basket(program, options, *question);
}

}  // namespace

void add_quote(Command& app, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command = app.add_subcommand(
      "quote", "Dry run: what a programme would give for a basket, or take for a return");
  const auto file = [&](const char* name, std::string& into, const char* what) {
    return command->add_option(name, into, what)->type_name("FILE");
  };
  command
      ->add_option("--programme", options->programme,
                   "Programme file (TOML); once more for each further file of it")
      ->required()
      ->allow_extra_args(false)
      ->type_name("FILE");
  add_codes_option(*command, options->codes);
  file("--basket", options->basket, "What is bought (JSON)");
  file("--return", options->returned, "What is returned of which purchase (JSON)");
  file("--member", options->member, "The member who buys (JSON) [no member]");
  command->add_option("--at", options->at, "Time of the purchase [now, in UTC]")->type_name("TIME");
  command->footer(
      "Needs no data folder and changes nothing. kiosk/cli/QUOTE.md has the formats with "
      "examples.\n"
      "TIME is such as 2026-11-21T15:02:07+01:00: its offset is the shop's wall clock.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
