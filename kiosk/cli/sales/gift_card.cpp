#include <memory>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/sales/stored_value.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/customer/contact_key.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/engine/system_clock.hpp"
#include "sync/agent/agent.hpp"
#include "sync/agent/look_up.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  std::string card;
  std::string reason;
  std::string staff;
};

Error unknown_card() {
  return {Failure::not_found, "gift-card.unknown", "Unknown gift card", "", "Check its number"};
}

void print(Program& program, const GiftCardView& card) {
  print(program, ShownValue{"card", card.card, card.balance, card.sold_on, card.expires,
                            card.state == GiftCardState::blocked, card.reason, card.lapsed});
}

Exit show(Program& program, Reader& reader, const std::string& name, Date today) {
  const auto card = reader.gift_card(name, today);
  if (!card) return program.fail(card.error());
  if (!*card) return program.fail(unknown_card(), Exit::no);
  print(program, **card);
  return Exit::ok;
}

Exit run_show(Program& program, const Options& options) {
  const auto name = card_name(options.card);
  if (!name) return program.fail(name.error());
  const auto folder = program.data_folder();
  if (!folder) return program.fail(folder.error());
  const auto reader = open_reader(*folder);
  if (!reader) return program.fail(reader.error());
  const auto settings = read_settings(*folder);
  if (!settings) return program.fail(settings.error());
  const auto clock = SystemClock::open(settings->time_zone);
  if (!clock) return program.fail(clock.error());
  return show(program, **reader, *name, (*clock)->local_now().date());
}

Exit run_change(Program& program, const Options& options, GiftCardState state) {
  const auto name = card_name(options.card);
  if (!name) return program.fail(name.error());
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  const GiftCardChange change{open->clock->local_now(), options.staff, *name, state,
                              options.reason};
  if (const auto id = open->book->record(change); !id) return program.fail(id.error());
  const auto reader = open->book->reader();
  if (!reader) return program.fail(reader.error());
  return show(program, **reader, *name, open->clock->local_now().date());
}

/// A card of another store: head office says what is on it, once it is known here.
Exit run_look_up(Program& program, const Options& options) {
  const auto name = card_name(options.card);
  if (!name) return program.fail(name.error());
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  const auto reader = open->book->reader();
  if (!reader) return program.fail(reader.error());
  const Date today = open->clock->local_now().date();
  const auto here = (*reader)->gift_card(*name, today);
  if (!here) return program.fail(here.error());
  if (!*here) {
    const auto known = sync::LookUps(*open->book).ask({ContactKind::card, *name});
    if (!known) return program.fail(known.error());
    if (*known) {
      const auto state = sync::sync_once(*open->book, *open->clock);
      if (!state) return program.fail(state.error());
      if (state->pull_error) return program.fail(*state->pull_error);
    }
  }
  return show(program, **reader, *name, today);
}

using Run = Exit (*)(Program&, const Options&);

Command* add(Command& parent, Program& program, const std::shared_ptr<Options>& options,
             const char* name, const char* what, Run run) {
  Command* command = parent.add_subcommand(name, what);
  command
      ->add_option("card", options->card, "Number of the card; blanks and dashes may be left out")
      ->required()
      ->type_name("CARD");
  command->callback([&program, options, run] {
    program.set_action([&program, options, run] { return run(program, *options); });
  });
  return command;
}

}  // namespace

void add_gift_card(Command& app, Program& program) {
  Command* cards =
      app.add_subcommand("gift-card", "Sell, top up, show, look up, block and unblock gift cards");
  cards->require_subcommand(1);
  add_gift_card_sale(*cards, program);
  auto options = std::make_shared<Options>();
  add(*cards, program, options, "show", "Balance, last day and state of a card", run_show)
      ->footer("Only reads. Exit code 1: unknown card.");
  add(*cards, program, options, "look-up",
      "Ask head office for a card that another store of the chain sold", run_look_up)
      ->footer(
          "The kiosk does this by itself when a card is scanned that is not known here. It is "
          "known "
          "at every till\nof this store from then on. Exit code 1: unknown card.");
  const auto change = [&](const char* name, const char* what, Run run) {
    Command* command = add(*cards, program, options, name, what, run);
    command
        ->add_option("--reason", options->reason, "Reason, in your own words: lost, stolen, found")
        ->type_name("TEXT");
    command->add_option("--staff", options->staff, "Who is doing this")->type_name("NAME");
    command->footer("The balance stays; a blocked card cannot be used until it is unblocked.");
  };
  change("block", "Block a card",
         [](Program& p, const Options& o) { return run_change(p, o, GiftCardState::blocked); });
  change("unblock", "Unblock a card",
         [](Program& p, const Options& o) { return run_change(p, o, GiftCardState::active); });
}

}  // namespace keepsake::cli
