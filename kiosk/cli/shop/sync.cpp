#include <cassert>
#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/shop/sync_daemon.hpp"
#include "kiosk/cli/shop/sync_state.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/views/shift_sync.hpp"
#include "storage/exchange/table.hpp"
#include "sync/agent/agent.hpp"
#include "sync/mirror/mirror_file.hpp"

namespace keepsake::cli {
namespace {

Exit run(Program& program) {
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  const auto state = sync::sync_once(*open->book, *open->clock);
  if (!state) return program.fail(state.error(), Failure::refused);
  const bool complete = is_complete(*state);
  if (program.json()) {
    program.print(to_json_state(*state, *open->clock));
    return complete ? Exit::ok : Exit::no;
  }
  program.out() << "Head office" << (state->store.empty() ? "" : " (store " + state->store + ")")
                << ": " << name_of(state->link) << ". Acknowledged " << grouped(state->acknowledged)
                << ", waiting " << grouped(state->waiting) << ", to look at "
                << grouped(state->exceptions) << ".\n";
  if (complete) return Exit::ok;
  if (const auto& trouble = trouble_of(*state)) return program.fail(*trouble, Exit::no);
  return Exit::no;
}

/// How far head office has the open shift; nothing: none is open.
std::optional<ShiftSync> open_shift(Book& book, const SyncState& state) {
  const auto reader = book.reader();
  if (!reader) return std::nullopt;
  const auto shift = (*reader)->open_shift();
  if (!shift || !*shift) return std::nullopt;
  return shift_sync(**shift, state);
}

Json json_of(const std::optional<ShiftSync>& shift, const Clock& clock) {
  if (!shift) return nullptr;
  return {{"records", shift->records},
          {"waiting", shift->waiting},
          {"sent", shift->sent()},
          {"accepted", shift->accepted()},
          {"exceptions", shift->exceptions},
          {"oldest_waiting", to_json_moment(shift->oldest_waiting, clock)}};
}

void print(std::ostream& out, const ShiftSync& shift, const Clock& clock) {
  out << "The open shift: " << grouped(shift.records) << " records, " << grouped(shift.waiting)
      << " waiting";
  if (shift.oldest_waiting)
    out << " (the oldest since " << to_iso(clock.local(*shift.oldest_waiting)) << ")";
  out << ", " << grouped(shift.sent()) << " sent; of these " << grouped(shift.accepted())
      << " accepted, " << grouped(shift.exceptions) << " to look at.\n";
}

/// What is known without asking head office: the kiosk may have the line.
Exit run_status(Program& program) {
  const auto open = program.open_book_to_read();
  if (!open) return program.fail(open.error());
  const auto state = sync::standing_state(*open->book);
  if (!state) return program.fail(state.error());
  // A file that cannot be read keeps nobody from the rest.
  const auto mirror = sync::mirror::read_mirror_state(open->book->folder());
  const MirrorState copies = mirror ? *mirror : MirrorState{};
  const bool refused = state->link == LinkState::refused;
  if (program.json()) {
    program.print({{"link", name_of(state->link)},
                   {"store", state->store},
                   {"terminal", state->terminal.value},
                   {"till", state->till},
                   {"waiting", state->waiting},
                   {"acknowledged", state->acknowledged},
                   {"exceptions", state->exceptions},
                   {"oldest_waiting", to_json_moment(state->oldest_waiting, *open->clock)},
                   {"refused_since", to_json_moment(state->refused_since, *open->clock)},
                   {"arriving_percent",
                    state->arriving_percent ? Json(*state->arriving_percent) : Json(nullptr)},
                   {"shift", json_of(open_shift(*open->book, *state), *open->clock)},
                   {"mirror", to_json_mirror(copies, *open->clock)},
                   {"last_error", state->last_error ? to_json(*state->last_error) : nullptr}});
    return refused ? Exit::no : Exit::ok;
  }
  if (state->link == LinkState::not_enrolled) {
    program.out() << "Not enrolled with a head office. Waiting " << grouped(state->waiting)
                  << ".\n";
    return Exit::ok;
  }
  const std::string terminal = "terminal " + std::to_string(state->terminal.value);
  program.out() << "Store " << state->store << ", "
                << (state->till == 0
                        ? terminal
                        : "till " + std::to_string(state->till) + " (" + terminal + ")")
                << ". Acknowledged " << grouped(state->acknowledged) << ", waiting "
                << grouped(state->waiting) << ", to look at " << grouped(state->exceptions)
                << ".\n";
  if (state->arriving_percent)
    program.out() << "The store's records are arriving: " << *state->arriving_percent << " %.\n";
  if (const auto shift = open_shift(*open->book, *state))
    print(program.out(), *shift, *open->clock);
  print_mirror(program.out(), copies, *open->clock);
  if (!refused) return Exit::ok;
  assert(state->last_error);
  if (state->refused_since)
    program.out() << "Nothing is taken since " << to_iso(*state->refused_since) << ".\n";
  return program.fail(*state->last_error, Exit::no);
}

struct Options {
  bool once = false;
  bool goes_on = false;  ///< --daemon
  bool looks = false;    ///< `status`
};

}  // namespace

void add_sync(Command& app, Program& program) {
  Command* command = app.add_subcommand("sync", "Send new records to head office");
  const auto options = std::make_shared<Options>();
  command->add_flag("--once", options->once,
                    "What it does anyway: send until nothing is left, then stop");
  command->add_flag("--daemon", options->goes_on,
                    "Go on until SIGTERM or Ctrl-C, both ways, with a line for each change");
  command->footer(
      "The kiosk does this automatically all day; this is for the shell. Exit code 0: head office "
      "has everything;\n1: something is still waiting, and the reason is shown. Nothing is lost "
      "either way: run it again.");
  Command* status = command->add_subcommand(
      "status", "Show how far head office has come, and why it refuses this terminal if it does");
  status->footer(
      "Asks nobody: the kiosk may be open. Exit code 1: head office refuses this terminal, and "
      "what to do is shown.");
  status->callback([options] { options->looks = true; });
  // Comes after the callback of what was typed behind it.
  command->callback([&program, options] {
    program.set_action([&program, options] {
      if (options->looks) return run_status(program);
      if (options->once && options->goes_on)
        return program.fail({Failure::bad_input,
                             "options.both",
                             "--once and --daemon say opposite things",
                             {},
                             "Leave one of them out"});
      return options->goes_on ? run_sync_daemon(program) : run(program);
    });
  });
}

}  // namespace keepsake::cli
