// `keepsake customer look-up`: a customer of another store.
#include <memory>
#include <ostream>

#include "kiosk/cli/customers/customer.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/customer/contact_key.hpp"
#include "storage/domain/customer/email.hpp"
#include "storage/domain/customer/phone.hpp"
#include "storage/domain/values/tidy.hpp"
#include "storage/engine/shell_user.hpp"
#include "sync/agent/agent.hpp"
#include "sync/agent/look_up.hpp"

namespace keepsake::cli {

namespace {

struct Options {
  std::string who;
  std::string staff = shell_user();
};

/// As head office keeps it: whole, or nobody is found.
ContactKey key_of(const std::string& who, const Settings& settings) {
  if (auto email = normalise_email(who)) return {ContactKind::email, std::move(*email)};
  if (auto phone = normalise_phone(who, settings.calling_code, settings.country))
    return {ContactKind::phone, std::move(*phone)};
  return {ContactKind::card, without_blanks(who)};
}

/// The customer, who is here when this returns; nullopt: nobody in the chain has it.
Result<std::optional<CustomerRef>> look_up(Book& book, const Clock& clock, const ContactKey& key) {
  const auto reader = book.reader();
  if (!reader) return reader.error();
  if (auto here = (*reader)->customer_by_key(key); !here || *here) return here;
  const auto known = sync::LookUps(book).ask(key);
  if (!known) return known.error();
  if (!*known) return std::optional<CustomerRef>();
  const auto state = sync::sync_once(book, clock);
  if (!state) return state.error();
  if (state->pull_error) return *state->pull_error;
  return (*reader)->customer_by_key(key);
}

Exit run(Program& program, const Options& options) {
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  const auto key = key_of(options.who, open->book->settings());
  const auto found = look_up(*open->book, *open->clock, key);
  if (!found) return program.fail(found.error());
  if (!*found) {
    program.json() ? program.print({{"reference", nullptr}})
                   : void(program.out() << "Nobody has it: neither here nor in the chain.\n");
    return Exit::no;
  }
  const AuditEntry look{open->clock->local_now(), options.staff, AuditAction::searched, **found};
  if (const auto ok = open->book->audit(look); !ok) return program.fail(ok.error());
  if (program.json())
    program.print({{"reference", to_hex(**found)}});
  else
    program.out() << "Known here now: " << to_hex(**found) << "\n";
  return Exit::ok;
}

}  // namespace

void add_customer_look_up(Command& customer, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command = customer.add_subcommand(
      "look-up", "Ask head office for a customer whom this store does not know");
  command->add_option("WHO", options->who, "A whole phone number, e-mail or card")->required();
  command->add_option("--staff", options->staff, "Who is asking; written to the audit trail");
  command->footer(
      "The kiosk does this by itself when a card, a number or an e-mail is nobody's here. Whoever "
      "is "
      "found is known at\nevery till of this store from then on. Exit code 1: nobody in the chain "
      "has it.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
