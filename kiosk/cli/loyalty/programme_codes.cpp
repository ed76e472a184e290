// `keepsake programme codes`: codes of a reward out of a file.
#include <algorithm>
#include <memory>
#include <ostream>
#include <span>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/loyalty/code_lists.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/code_list.hpp"
#include "storage/engine/shell_user.hpp"
#include "storage/exchange/table.hpp"
#include "storage/services/active_programme.hpp"

namespace keepsake::cli {
namespace {

constexpr std::size_t told_by_json = 1000;

struct Options {
  std::string file, reward, staff;
};

struct Added {
  std::uint64_t added = 0;
  std::uint64_t already_here = 0;
  CodeCount now;
};

/// Those that are not here yet. A list of coupons must not share a code with another.
Result<std::vector<std::string>> fresh_codes(Reader& reader, const loyalty::Rules& rules,
                                             const Options& options,
                                             const std::vector<std::string>& codes,
                                             std::vector<Error>& mistakes) {
  const auto owners = reader.rewards_of_codes(codes);
  if (!owners) return owners.error();
  const bool shown = takes_a_list(*loyalty::find_reward(rules, options.reward));
  std::vector<std::string> fresh;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto& rewards = (*owners)[i];
    if (std::ranges::find(rewards, options.reward) != rewards.end()) continue;
    for (const std::string& each : rewards) {
      const loyalty::Reward* other = loyalty::find_reward(rules, each);
      if (shown && other != nullptr && takes_a_list(*other))
        mistakes.push_back({Failure::bad_input, "codes.taken",
                            "The code " + codes[i] + " belongs to the reward " + each + " already",
                            options.file, "Give each reward its own codes"});
    }
    fresh.push_back(codes[i]);
  }
  return fresh;
}

Result<Added> bring_in(OpenBook& open, const Options& options, const CodeFile& file,
                       std::vector<Error>& mistakes) {
  const auto reader = open.book->reader();
  if (!reader) return reader.error();
  const auto programme = active_programme(*open.book, **reader);
  if (!programme) return programme.error();
  if (auto ok = expect_list(programme->rules, options.reward); !ok) return ok.error();
  mistakes = taken_codes(programme->rules, options.reward, options.file, file.codes);
  auto fresh = fresh_codes(**reader, programme->rules, options, file.codes, mistakes);
  if (!fresh) return fresh.error();
  if (!mistakes.empty()) return Added{};
  Added added{fresh->size(), file.codes.size() - fresh->size(), {}};
  std::vector<Fact> facts;
  for (CodesAdded& part :
       parts_of({open.clock->local_now(), options.staff, options.reward, std::move(*fresh)}))
    facts.emplace_back(std::move(part));
  if (!facts.empty())
    if (const auto ids = open.book->record_all(facts); !ids) return ids.error();
  const auto now = (*reader)->count_codes(options.reward);
  if (!now) return now.error();
  added.now = *now;
  return added;
}

Json to_json(const Options& options, const CodeFile& file, const Added& added) {
  auto doubled = Json::array();
  for (const Error& each :
       std::span(file.doubled).first(std::min(file.doubled.size(), told_by_json)))
    doubled.push_back(cli::to_json(each));
  return {{"file", options.file},
          {"reward", options.reward},
          {"added", added.added},
          {"already_here", added.already_here},
          {"blank_lines", file.blank_lines},
          {"doubled", doubled},
          {"codes", added.now.all},
          {"used", added.now.used}};
}

std::string number(std::uint64_t n) { return grouped(static_cast<std::int64_t>(n)); }

void print(Program& program, const Options& options, const CodeFile& file, const Added& added) {
  for (const Error& each : file.doubled)
    program.err() << "keepsake: warning: " << to_line(each) << '\n';
  std::ostream& out = program.out();
  out << number(added.added) << " codes added for " << options.reward << ".\n";
  if (added.already_here > 0) out << number(added.already_here) << " were here already.\n";
  if (file.titled) out << "The first line names the column and was passed over.\n";
  if (file.blank_lines > 0) out << "Blank lines passed over: " << number(file.blank_lines) << ".\n";
  out << "It has " << grouped(added.now.all) << " codes now, " << grouped(added.now.used)
      << " of them used.\n";
}

Exit run(Program& program, const Options& options) {
  const auto file = read_codes(options.file);
  if (!file) return program.fail(file.error());
  if (!file->mistakes.empty()) return program.fail(file->mistakes);
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  std::vector<Error> mistakes;
  const auto added = bring_in(*open, options, *file, mistakes);
  if (!added) return program.fail(added.error(), Failure::not_found);
  if (!mistakes.empty()) return program.fail(mistakes);
  if (program.json())
    program.print(to_json(options, *file, *added));
  else
    print(program, options, *file, *added);
  return file->doubled.empty() ? Exit::ok : Exit::no;
}

}  // namespace

void add_programme_codes(Command& programme, Program& program) {
  auto options = std::make_shared<Options>();
  options->staff = shell_user();
  Command* command =
      programme.add_subcommand("codes", "Bring in a file of codes for a reward, on this terminal");
  command->add_option("file", options->file, "One code a line, or the first column of a CSV")
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--reward", options->reward,
                   "Its id in the published programme; it says code_list = true")
      ->required()
      ->type_name("ID");
  command->add_option("--staff", options->staff, "Who brings them in [who is at the shell]")
      ->type_name("NAME");
  command->footer(
      "Each code is good once. A voucher hands them out in the order of the file; a reward with "
      "trigger = \"code\"\n"
      "takes them from customers. Capitals and blanks in codes do not matter. At most 200,000 in a "
      "file; more files\n"
      "add to the list, and what is here already is not added twice. A list belongs to the till "
      "where it was brought\n"
      "in: two would hand out the same codes.\n"
      "Example:\n"
      "  keepsake --data DIR programme codes autumn.csv --reward AUTUMN\n"
      "A file with a mistake changes nothing. Exit code 1: codes that "
      "stand in it twice were\n"
      "brought in once, or there is no such reward.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
