// `keepsake member event`: what happened beside sales, told by hand.
#include <memory>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/customers/customer.hpp"
#include "kiosk/cli/loyalty/loyalty.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/loyalty/enum_names.hpp"
#include "storage/domain/values/limits.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  std::string event, who, by, which, staff;
};

Error wrong(const char* what, const char* where, const char* remedy) {
  return {Failure::bad_input, "usage", what, where, remedy};
}

/// Those that follow from sales nobody tells.
Result<loyalty::Event> event_of(const Options& options) {
  using enum loyalty::Event;
  const auto event = loyalty::from_name<loyalty::Event>(options.event);
  if (!event || (*event != enrolled && *event != referred && *event != survey))
    return wrong("There is no such event", "EVENT", "Use enrolled, referred or survey");
  if ((*event == referred) == options.by.empty())
    return wrong("Only a referral names the customer who referred somebody, and it must", "--by",
                 "Write member event referred WHO --by OTHER");
  if (*event == survey && options.which.empty())
    return wrong("The survey's name is missing", "--which",
                 "Name it, such as --which spring-2027: each survey earns once");
  if (*event != survey && !options.which.empty())
    return wrong("--which is only for surveys", "--which", "Leave it out");
  if (options.which.size() > limits::name_bytes)
    return wrong("The name is too long", "--which", "Shorten it");
  return *event;
}

Result<std::vector<EarningTrigger>> triggers_of(Reader& reader, const Settings& settings,
                                                loyalty::Event event, const Options& options) {
  const auto who = find_anybody(reader, settings, options.who);
  if (!who) return who.error();
  if (event != loyalty::Event::referred)
    return std::vector<EarningTrigger>{{event, *who, {}, options.which}};
  const auto by = find_anybody(reader, settings, options.by);
  if (!by) return by.error();
  if (*by == *who)
    return Error{Failure::refused, "referral.self", "A customer cannot refer themselves", "--by",
                 "Name another customer"};
  return referral(*who, *by);
}

Exit run(Program& program, const Options& options) {
  const auto event = event_of(options);
  if (!event) return program.fail(event.error());
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  auto reader = open->book->reader();
  if (!reader) return program.fail(reader.error());
  const auto programme = active_programme(*open->book, **reader);
  if (!programme) return program.fail(programme.error());
  const auto triggers = triggers_of(**reader, open->book->settings(), *event, options);
  if (!triggers) return program.fail(triggers.error(), Failure::not_found);
  const auto recorded = record_earning(*open->book, *programme, {}, *triggers,
                                       {options.staff, open->clock->local_now()});
  if (!recorded) return program.fail(recorded.error());
  bool earned = false;
  auto list = Json::array();
  for (std::size_t i = 0; i < triggers->size(); ++i) {
    const Judged& judged = recorded->verdicts[i];
    earned = earned || judged.verdict == Verdict::earned;
    if (program.json())
      list.push_back(to_json((*triggers)[i], judged));
    else
      print(program.out(), (*triggers)[i], judged);
  }
  if (program.json()) program.print({{"events", list}});
  return earned ? Exit::ok : Exit::no;
}

}  // namespace

void add_member_event(Command& member, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command = member.add_subcommand("event", "Record what earns points outside sales");
  command->add_option("event", options->event, "enrolled, referred or survey")
      ->required()
      ->type_name("EVENT");
  command->add_option("customer", options->who, "Reference, card, phone, e-mail, or import's name")
      ->required()
      ->type_name("WHO");
  command->add_option("--by", options->by, "For referred: who referred them; both earn")
      ->type_name("OTHER");
  command->add_option("--which", options->which, "For survey: its name")->type_name("NAME");
  command->add_option("--staff", options->staff, "Who is recording it")->type_name("NAME");
  command->footer(
      "Each event earns once, however often it is recorded and whoever is merged: joining and "
      "being "
      "referred once\nin a lifetime, a survey once for each name, referring somebody once for each "
      "person. Joining at the kiosk, with\n`customer join` or with `import customers --welcome` is "
      "recorded automatically; this is for all other cases.\nExit code 1: nothing was earned, or "
      "there is no such customer.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
