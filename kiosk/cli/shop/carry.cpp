#include "sync/agent/carry.hpp"

#include <limits>
#include <memory>
#include <ostream>
#include <utility>

#include "kiosk/cli/commands.hpp"
#include "storage/book/book.hpp"
#include "storage/exchange/table.hpp"

namespace keepsake::cli {
namespace {

constexpr std::int64_t not_acknowledged = std::numeric_limits<std::int64_t>::min();

struct Options {
  std::string file;
  std::int64_t from = not_acknowledged;
  bool one_by_one = false;
};

void print(Program& program, const Options& options, const sync::CarriedOut& out) {
  const std::int64_t records = std::int64_t{out.last} + 1 - out.first;
  if (program.json()) {
    program.print({{"file", options.file},
                   {"bytes", out.bytes},
                   {"first", out.first},
                   {"last", out.last},
                   {"records", records},
                   {"left", out.left}});
    return;
  }
  program.out() << "Wrote " << options.file << " (" << grouped(static_cast<std::int64_t>(out.bytes))
                << " bytes): ";
  if (records > 0)
    program.out() << "records " << grouped(out.first) << " to " << grouped(out.last) << ".\n";
  else
    program.out() << "no record is waiting; it asks for the news of the store.\n";
  program.out() << "Nothing counts as sent yet. At head office: keepsake-central carry-in FILE "
                   "--answers ANSWERS\nBring ANSWERS back, and run here: keepsake carry-in "
                   "ANSWERS\n";
  if (out.left > 0)
    program.out() << grouped(out.left)
                  << " more did not fit: carry them when the answers to these are here.\n";
}

Exit run_out(Program& program, const Options& options) {
  const auto open = program.open_book_to_read();
  if (!open) return program.fail(open.error());
  std::optional<Seq> from;
  // No journal reaches the last number, so what is none at all is told like it.
  if (options.from != not_acknowledged)
    from = std::in_range<Seq>(options.from) ? static_cast<Seq>(options.from)
                                            : std::numeric_limits<Seq>::max();
  const auto how = options.one_by_one ? sync::CarryHow::one_by_one : sync::CarryHow::batches;
  const auto out = sync::carry_out(*open->book, *open->clock, options.file, from, how);
  if (!out) return program.fail(out.error(), Failure::refused);
  print(program, options, *out);
  return Exit::ok;
}

void print(Program& program, const sync::CarriedIn& in) {
  if (program.json()) {
    program.print({{"acknowledged", in.acknowledged},
                   {"acknowledged_before", in.acknowledged_before},
                   {"waiting", in.waiting},
                   {"outcomes", in.outcomes},
                   {"pages", in.pages},
                   {"news_elsewhere", in.news_elsewhere},
                   {"trouble", in.trouble ? to_json(*in.trouble) : nullptr}});
    return;
  }
  const std::int64_t more = std::int64_t{in.acknowledged} - in.acknowledged_before;
  program.out() << "Head office has " << grouped(in.acknowledged) << " records (" << grouped(more)
                << " more than was known). Waiting " << grouped(in.waiting) << ", to look at "
                << grouped(in.outcomes) << ".\n";
  if (in.pages > 0) program.out() << "The news of the store is here.\n";
  if (in.news_elsewhere)
    program.out() << "The news in the file goes on from another place and is left out: it comes "
                     "with the next file or over the line.\n";
}

Exit run_in(Program& program, const Options& options) {
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  const auto in = sync::carry_in(*open->book, *open->clock, options.file);
  if (!in) return program.fail(in.error(), Failure::refused);
  print(program, *in);
  if (!in->trouble) return Exit::ok;
  return program.json() ? Exit::no : program.fail(*in->trouble, Exit::no);
}

}  // namespace

/// And `carry-in`, its way back.
void add_carry(Command& app, Program& program) {
  auto options = std::make_shared<Options>();
  Command* out = app.add_subcommand(
      "carry-out", "Write what head office does not have yet to a file, for a till without a line");
  out->add_option("file", options->file, "A new file, on a USB stick for example")
      ->required()
      ->type_name("FILE");
  out->add_option("--from", options->from,
                  "Begin at this record, where an answer of head office asks for it")
      ->type_name("RECORD");
  out->add_flag("--one-by-one", options->one_by_one,
                "Where head office fails at a record: let it keep that one unread, and go on");
  out->footer(
      "Works while the kiosk is open. The file is sealed: only head office can read it, with "
      "keepsake-central carry-in.\nIt is no promise: its records count as waiting until the answer "
      "is back (carry-in). A line that comes back\nmeanwhile sends them too; nothing counts "
      "twice.");
  out->callback([&program, options] {
    program.set_action([&program, options] { return run_out(program, *options); });
  });
  Command* in = app.add_subcommand(
      "carry-in", "Take in what head office answered to a file from carry-out, and its news");
  in->add_option("file", options->file, "What keepsake-central carry-in wrote with --answers")
      ->required()
      ->type_name("FILE");
  in->footer(
      "Works while the kiosk is open. The file is checked as a whole before anything of it counts; "
      "the "
      "same one twice changes\nnothing. Exit code 1: head office refused something, or this is an "
      "old answer; what to do is shown.");
  in->callback([&program, options] {
    program.set_action([&program, options] { return run_in(program, *options); });
  });
}

}  // namespace keepsake::cli
