// `keepsake exceptions`: what waits for the store's manager, and what was said to it.
#include "storage/services/exceptions.hpp"

#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/loyalty/loyalty.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/staff/exception_view.hpp"
#include "storage/domain/staff/staff_member.hpp"
#include "storage/domain/values/overloaded.hpp"
#include "storage/exchange/table.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  bool settled = false;
  bool settles = false;  ///< `settle`
  std::string which, decision, reason;
};

Json to_json(const Lacking& lacking) {
  return std::visit(
      Overloaded{[](std::monostate) { return Json(); },
                 [](Points points) {
                   return Json{{"points", to_decimal(points)}};
                 },
                 [](Money money) {
                   return Json{{"value", to_decimal(money)}, {"currency", money.currency.code()}};
                 }},
      lacking);
}

Json to_json(const Settlement& settlement) {
  Json answer{{"fact", to_hex(settlement.fact)},
              {"decision", name_of(settlement.decision)},
              {"staff", settlement.staff},
              {"at", to_iso(settlement.at)},
              {"reason", settlement.reason}};
  if (is_something(settlement.owed)) answer["owed"] = to_json(settlement.owed);
  return answer;
}

Json to_json(const ExceptionView& exception) {
  const ExceptionKind& kind = kind_of_exception(exception.name.code);
  Json answer{{"name", to_text(exception.name)},
              {"fact", to_hex(exception.name.fact)},
              {"exception", exception.name.code},
              {"meaning", kind.meaning},
              {"remedy", kind.remedy},
              {"message", exception.message},
              {"times", exception.times},
              {"at", to_iso(exception.at)},
              {"about", name_of(exception.subject)}};
  if (!exception.what.empty()) answer["what"] = exception.what;
  if (exception.amount) {
    answer["amount"] = to_decimal(*exception.amount);
    answer["currency"] = exception.amount->currency.code();
  }
  if (!exception.customer.nobody()) answer["customer"] = to_hex(exception.customer);
  if (is_something(exception.lacking)) answer["lacking"] = to_json(exception.lacking);
  if (exception.settled) {
    answer["settled"] = to_json(*exception.settled);
    return answer;
  }
  auto decisions = Json::array();
  for (const Decision each : decisions_for(exception)) decisions.push_back(name_of(each));
  answer["decisions"] = std::move(decisions);
  return answer;
}

std::string subject_words(const ExceptionView& exception) {
  std::string words = exception.subject == ExceptionSubject::other
                          ? std::string()
                          : std::string(name_of(exception.subject)) + " ";
  words += "of " + to_iso(exception.at);
  if (exception.amount)
    words +=
        ", " + grouped(*exception.amount) + " " + std::string(exception.amount->currency.code());
  if (!exception.what.empty()) words += ", " + exception.what;
  if (!exception.customer.nobody()) words += ", customer " + to_hex(exception.customer);
  return words;
}

std::string settled_words(const Settlement& settlement) {
  std::string words(name_of(settlement.decision));
  if (is_something(settlement.owed)) words += " of " + to_text(settlement.owed);
  words += ", by " + (settlement.staff.empty() ? "head office" : settlement.staff) + " at " +
           to_iso(settlement.at);
  return settlement.reason.empty() ? words : words + ": " + settlement.reason;
}

void describe(std::ostream& out, const ExceptionView& exception) {
  const ExceptionKind& kind = kind_of_exception(exception.name.code);
  out << to_text(exception.name) << "  " << kind.meaning;
  if (exception.times > 1) out << " (" << exception.times << " times)";
  out << "\n    " << subject_words(exception);
  if (is_something(exception.lacking)) out << ", short by " << to_text(exception.lacking);
  out << '\n';
  if (exception.settled) {
    out << "    " << settled_words(*exception.settled) << '\n';
    return;
  }
  out << "    " << kind.remedy << ". Settle as:";
  for (const Decision each : decisions_for(exception)) out << ' ' << name_of(each);
  out << '\n';
}

Exit run_list(Program& program, const Options& options) {
  const auto open = program.open_book_to_read();
  if (!open) return program.fail(open.error());
  const auto reader = open->book->reader();
  if (!reader) return program.fail(reader.error());
  const auto found = options.settled ? (*reader)->settled_exceptions(exceptions_listed)
                                     : (*reader)->open_exceptions(exceptions_listed);
  if (!found) return program.fail(found.error());
  const auto waiting = (*reader)->count_open_exceptions();
  if (!waiting) return program.fail(waiting.error());
  if (program.json()) {
    auto list = Json::array();
    for (const ExceptionView& each : *found) list.push_back(to_json(each));
    program.print({{"open", *waiting}, {"exceptions", list}});
    return Exit::ok;
  }
  for (const ExceptionView& each : *found) describe(program.out(), each);
  if (found->empty())
    program.out() << (options.settled ? "Nothing was settled yet.\n" : "Nothing to settle.\n");
  else if (!options.settled && static_cast<std::size_t>(*waiting) > found->size())
    program.out() << "And " << grouped(*waiting - static_cast<std::int64_t>(found->size()))
                  << " older ones.\n";
  return Exit::ok;
}

Exit run_settle(Program& program, const Options& options) {
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  const auto decision = parse_decision(options.decision);
  if (!decision) return program.fail(decision.error());
  const auto reader = open->book->reader();
  if (!reader) return program.fail(reader.error());
  const auto all = (*reader)->open_exceptions(exceptions_listed);
  if (!all) return program.fail(all.error());
  const auto settled = (*reader)->settled_exceptions(exceptions_listed);
  if (!settled) return program.fail(settled.error());
  const auto meant = exception_named(*all, *settled, options.which);
  if (!meant) return program.fail(meant.error(), Failure::not_found);
  const auto by = ask_manager(program, *open, "Only a manager may settle an exception");
  if (!by) return answer_no(program, by.error());
  const auto fact = settle_exception(*open->book, meant->name, *decision, options.reason, by->id,
                                     open->clock->local_now());
  if (!fact) return program.fail(fact.error(), Failure::refused);
  if (program.json()) {
    program.print({{"settled", to_text(meant->name)},
                   {"fact", to_hex(*fact)},
                   {"decision", name_of(*decision)},
                   {"staff", by->id}});
    return Exit::ok;
  }
  program.out() << to_text(meant->name) << " is settled: " << name_of(*decision);
  if (*decision == Decision::debt) program.out() << " of " << to_text(meant->lacking);
  program.out() << ", by " << by->id << ".\n";
  return Exit::ok;
}

}  // namespace

void add_exceptions(Command& app, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command =
      app.add_subcommand("exceptions", "List what a manager has to settle, or settle it");
  command->add_flag("--settled", options->settled, "What was settled, by whom and when");
  command->footer(
      "An exception is a fact that contradicted what else is known: two tills without a line took "
      "the same points,\nmore came back than was sold. It has happened and is counted; a person "
      "says what follows. Head office sees\nthe same list, and what is settled in one place is "
      "gone from both.\n"
      "Listing works while the kiosk is open.");
  Command* settle = command->add_subcommand("settle", "Say what follows from one of them");
  settle->add_option("which", options->which, "Its name, as the list prints it")
      ->required()
      ->type_name("NAME");
  settle
      ->add_option("--as", options->decision,
                   "absorb: the shop bears it; debt: the customer owes it; noted: seen")
      ->required()
      ->one_of({"absorb", "debt", "noted"});
  settle->add_option("--reason", options->reason, "Why, in the shop's words; the history keeps it")
      ->type_name("TEXT");
  settle->footer(
      "Managers only: the PIN is asked for, or read as one line from a pipe. It cannot be taken "
      "back.\n"
      "Example:\n"
      "  keepsake --data DIR exceptions settle 1204711-1-42/points.short --as debt --reason "
      "\"agreed on the phone\"\n"
      "At the till it is under More, Exceptions. Exit code 1: no "
      "manager's PIN, no such\nexception, or somebody was faster.");
  settle->callback([options] { options->settles = true; });
  // Comes after the callback of what was typed behind it.
  command->callback([&program, options] {
    program.set_action([&program, options] {
      return options->settles ? run_settle(program, *options) : run_list(program, *options);
    });
  });
}

}  // namespace keepsake::cli
