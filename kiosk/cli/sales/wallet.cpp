// `keepsake wallet show|top-up|block|unblock`: the money of a member.
#include <memory>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/customers/customer.hpp"
#include "kiosk/cli/sales/pay_in.hpp"
#include "kiosk/cli/sales/stored_value.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/engine/system_clock.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  std::string who;
  std::string reason;
  PayIn pay;
};

void print(Program& program, const WalletView& wallet) {
  print(program, ShownValue{"customer",
                            to_hex(wallet.customer),
                            wallet.balance,
                            {},
                            wallet.expires,
                            wallet.state == WalletState::blocked,
                            wallet.reason,
                            wallet.lapsed,
                            wallet.owed});
}

Exit show(Program& program, Reader& reader, const CustomerRef& ref, Currency currency, Date today) {
  const auto wallet = reader.wallet(ref, currency, today);
  if (!wallet) return program.fail(wallet.error());
  print(program, *wallet);
  return Exit::ok;
}

Exit run_show(Program& program, const Options& options) {
  const auto folder = program.data_folder();
  if (!folder) return program.fail(folder.error());
  const auto settings = read_settings(*folder);
  if (!settings) return program.fail(settings.error());
  const auto reader = open_reader(*folder);
  if (!reader) return program.fail(reader.error());
  const auto ref = find_anybody(**reader, *settings, options.who);
  if (!ref) return program.fail(ref.error(), Failure::not_found);
  const auto clock = SystemClock::open(settings->time_zone);
  if (!clock) return program.fail(clock.error());
  return show(program, **reader, *ref, settings->currency, (*clock)->local_now().date());
}

/// The book, a reader of it, and who is meant.
struct Target {
  OpenBook open;
  std::unique_ptr<Reader> reader;
  CustomerRef ref;
};

Result<Target> target_of(Program& program, const std::string& who) {
  auto open = program.open_book();
  if (!open) return open.error();
  auto reader = open->book->reader();
  if (!reader) return reader.error();
  const auto ref = find_anybody(**reader, open->book->settings(), who);
  if (!ref) return ref.error();
  return Target{std::move(*open), std::move(*reader), *ref};
}

Exit run_change(Program& program, const Options& options, WalletState state) {
  const auto target = target_of(program, options.who);
  if (!target) return program.fail(target.error(), Failure::not_found);
  const WalletChange change{target->open.clock->local_now(), options.pay.staff, target->ref, state,
                            options.reason};
  if (const auto id = target->open.book->record(change); !id) return program.fail(id.error());
  return show(program, *target->reader, target->ref, target->open.book->settings().currency,
              target->open.clock->local_now().date());
}

Exit run_top_up(Program& program, const Options& options) {
  const auto target = target_of(program, options.who);
  if (!target) return program.fail(target.error(), Failure::not_found);
  const Settings& settings = target->open.book->settings();
  const auto top_up = top_up_of(options.pay, StoredValue::wallet, "", settings,
                                target->open.clock->local_now().date());
  if (!top_up) return program.fail(top_up.error());
  const auto purchase =
      purchase_of(*target->reader, target->open, *top_up, target->ref, options.pay);
  if (!purchase) return program.fail(purchase.error());
  if (const auto id = target->open.book->record(*purchase); !id) return program.fail(id.error());
  return show(program, *target->reader, target->ref, settings.currency,
              target->open.clock->local_now().date());
}

using Run = Exit (*)(Program&, const Options&);

Command* add(Command& parent, Program& program, const std::shared_ptr<Options>& options,
             const char* name, const char* what, Run run) {
  Command* command = parent.add_subcommand(name, what);
  command
      ->add_option("customer", options->who,
                   "Reference, card, phone, e-mail, or the name an import gave")
      ->required()
      ->type_name("WHO");
  command->callback([&program, options, run] {
    program.set_action([&program, options, run] { return run(program, *options); });
  });
  return command;
}

}  // namespace

void add_wallet(Command& app, Program& program) {
  Command* wallet =
      app.add_subcommand("wallet", "Show, top up, block and unblock a customer's wallet");
  wallet->require_subcommand(1);
  auto options = std::make_shared<Options>();
  add(*wallet, program, options, "show", "Balance, last day and state of a wallet", run_show)
      ->footer("Only reads. Exit code 1: no such customer.");
  Command* fill = add(*wallet, program, options, "top-up", "Top up a wallet", run_top_up);
  add_options(*fill, options->pay);
  fill->footer(
      "Records a purchase of one line. Cash is booked to the open shift. Of what is still "
      "good, the later of two expiry dates\napplies, and money that never expires keeps the rest "
      "from expiring. What is past its last day stays so. A blocked wallet\nis refused.");
  const auto change = [&](const char* name, const char* what, Run run) {
    Command* command = add(*wallet, program, options, name, what, run);
    command
        ->add_option("--reason", options->reason, "Reason, in your own words: lost phone, misuse")
        ->type_name("TEXT");
    command->add_option("--staff", options->pay.staff, "Who is doing this")->type_name("NAME");
    command->footer("The balance stays; a blocked wallet cannot be used until it is unblocked.");
  };
  change("block", "Block a wallet",
         [](Program& p, const Options& o) { return run_change(p, o, WalletState::blocked); });
  change("unblock", "Unblock a wallet",
         [](Program& p, const Options& o) { return run_change(p, o, WalletState::active); });
}

}  // namespace keepsake::cli
