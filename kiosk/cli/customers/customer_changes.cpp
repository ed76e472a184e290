// `keepsake customer change|note|consent|merge|unmerge|erase`.
#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/customers/customer.hpp"
#include "kiosk/cli/loyalty/loyalty.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/loyalty/overview.hpp"
#include "storage/engine/shell_user.hpp"
#include "storage/exchange/table.hpp"
#include "storage/services/withdrawal.hpp"

namespace keepsake::cli {

namespace {

struct Options {
  std::string who;
  std::string other;
  std::string staff = shell_user();
  WrittenChange written;
  std::string text;
  std::string purpose, wording, language = "en", place;
  bool withdraw = false;
  bool yes = false;
};

Error syntax(std::string where, std::string remedy) {
  return {Failure::bad_input, "usage", "Not in the expected form", std::move(where),
          std::move(remedy)};
}

Exit print(Program& program, const FactId& id, const char* words) {
  if (program.json())
    program.print({{"id", to_hex(id)}});
  else
    program.out() << words << " (" << to_hex(id) << ")\n";
  return Exit::ok;
}

Exit run_change(Program& program, const Options& options) {
  const auto change = read_change(options.written);
  if (!change) return program.fail(change.error());
  auto target = open_customer(program, options.who, options.staff);
  if (!target) return program.fail(target.error());
  const auto id = change_customer(*target->open.book, target->ref, *change, target->actor);
  if (!id) return program.fail(id.error());
  if (*id) return print(program, **id, "Changed");
  if (program.json())
    program.print({{"id", nullptr}});
  else
    program.out() << "No change: this is already the value.\n";
  return Exit::ok;
}

Exit run_note(Program& program, const Options& options) {
  auto target = open_customer(program, options.who, options.staff);
  if (!target) return program.fail(target.error());
  const auto id = add_note(*target->open.book, target->ref, options.text, target->actor);
  return id ? print(program, *id, "Noted") : program.fail(id.error());
}

const char* withdrawn_words(const Options& options, bool left, Points given_up) {
  if (!options.withdraw) return "Given";
  if (!left) return "Withdrawn";
  if (given_up != Points{})
    return "Withdrawn: they earn and redeem nothing any more, and gave up their points; to erase "
           "the person, use\ncustomer erase";
  return "Withdrawn: they earn and redeem nothing any more. Their points are kept until they "
         "rejoin or\nexpire; to erase the person, use customer erase";
}

Exit run_consent(Program& program, const Options& options) {
  Consent consent;
  consent.purpose = parse_consent_purpose(options.purpose).value_or(ConsentPurpose::membership);
  consent.granted = !options.withdraw;
  consent.wording = options.wording;
  consent.language = options.language;
  auto target = open_customer(program, options.who, options.staff);
  if (!target) return program.fail(target.error());
  consent.at = target->actor.at;
  const bool left = options.withdraw && consent.purpose == ConsentPurpose::membership;
  auto given_up = Result<Points>(Points{});
  if (left) given_up = points_given_up(*target->open.book, target->ref, consent.at);
  if (!given_up) return program.fail(given_up.error());
  if (*given_up != Points{} && !options.yes)
    return program.fail(
        Error{Failure::refused, "withdrawal.unsure",
              "By withdrawing from membership they give up " + to_decimal(*given_up) + " points",
              "customer consent", "Tell them; if they want it all the same, add --yes."});
  const auto id =
      change_consents(*target->open.book, target->ref, {consent}, options.place, target->actor);
  if (!id) return program.fail(id.error());
  return print(program, *id, withdrawn_words(options, left, *given_up));
}

Exit run_merge(Program& program, const Options& options) {
  auto target = open_customer(program, options.who, options.staff);
  if (!target) return program.fail(target.error());
  auto reader = target->open.book->reader();
  if (!reader) return program.fail(reader.error());
  const auto other = find_customer(**reader, target->open.book->settings(), options.other);
  if (!other) return program.fail(other.error());
  const auto id =
      merge_customers(*target->open.book, target->ref, *other, "by hand", target->actor);
  return id ? print(program, *id, "Merged into one customer; undo it with customer unmerge")
            : program.fail(id.error());
}

Exit run_apart(Program& program, const Options& options) {
  auto target = open_customer(program, options.who, options.staff);
  if (!target) return program.fail(target.error());
  auto reader = target->open.book->reader();
  if (!reader) return program.fail(reader.error());
  const auto other = find_customer(**reader, target->open.book->settings(), options.other);
  if (!other) return program.fail(other.error());
  const auto id = tell_apart(*target->open.book, target->ref, *other, target->actor);
  return id ? print(program, *id, "Marked as two customers; the pair is not listed again")
            : program.fail(id.error());
}

Exit run_unmerge(Program& program, const Options& options) {
  const auto merge = parse_fact_id(options.who);
  if (!merge) return program.fail(merge.error());
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  const auto id = undo_merge(*open->book, *merge, {options.staff, open->clock->local_now()});
  return id ? print(program, *id, "The merge is undone: they are two customers again")
            : program.fail(id.error());
}

/// What the shop owes the person, and they the shop.
struct Left {
  Points points, debt;
  Money wallet;
  std::vector<Restriction> kept;  ///< what stays of them, without a name
};

Result<Left> left_of(const OpenBook& open, const CustomerRef& ref) {
  const auto reader = open.book->reader();
  if (!reader) return reader.error();
  const auto programme = active_programme(*open.book, **reader);
  if (!programme) return programme.error();
  const LocalTime now = open.clock->local_now();
  const auto member = (*reader)->member(ref, programme->rules, now);
  if (!member) return member.error();
  auto kept = (*reader)->would_stay(ref, open.book->settings().retention.keeping, now.date());
  if (!kept) return kept.error();
  return Left{loyalty::balance(programme->rules, *member, now.date()),
              member->debt,
              {member->wallet_minor, open.book->settings().currency},
              std::move(*kept)};
}

std::string words_of(const Left& left) {
  return to_decimal(left.points) + " points, " + grouped(left.wallet) + " " +
         std::string(left.wallet.currency.code()) + " in the wallet, " + to_decimal(left.debt) +
         " points of debt";
}

/// To be read to the person.
std::string words_of(const std::vector<Restriction>& kept) {
  if (kept.empty()) return "Nothing stands against it: all that is known of them goes at once.\n";
  std::string words =
      "Who they are, how to reach them, notes, files and consents go at once. What stays, without "
      "a "
      "name and for\nthis alone:\n";
  for (const Restriction& each : kept) words += "  " + keepsake::words_of(each) + "\n";
  return words;
}

Exit run_erase(Program& program, const Options& options) {
  auto target = open_customer(program, options.who, options.staff);
  if (!target) return program.fail(target.error());
  const auto left = left_of(target->open, target->ref);
  if (!left) return program.fail(left.error());
  if (!options.yes && !program.json()) program.out() << words_of(left->kept);
  if (!options.yes)
    return program.fail(Error{
        Failure::refused, "erase.unsure",
        "Erasing a customer cannot be undone; they still have " + words_of(*left), "customer erase",
        "Pay out or write off what is left, export them first if they ask for it, then add "
        "--yes."});
  const auto done = target->open.book->erase(target->ref, "request", options.staff);
  if (!done) return program.fail(done.error());
  if (program.json())
    program.print({{"erased", to_hex(target->ref)},
                   {"points_left", to_decimal(left->points)},
                   {"points_debt_left", to_decimal(left->debt)},
                   {"wallet_left", to_decimal(left->wallet)},
                   {"currency", left->wallet.currency.code()},
                   {"kept", to_json(left->kept)}});
  else
    program.out() << "Erased. Their purchases still count in the totals; their personal data is "
                     "gone from this folder, but not\nfrom backups made earlier.\nLeft on the "
                     "books, nobody's any more: "
                  << words_of(*left) << ".\n"
                  << words_of(left->kept);
  return Exit::ok;
}

struct Described {
  const char* name;
  const char* description;
  const char* footer;
  Exit (*run)(Program&, const Options&);
  const char* who;
};

std::shared_ptr<Options> add(Command& customer, Program& program, const Described& command,
                             Command*& added) {
  auto options = std::make_shared<Options>();
  added = customer.add_subcommand(command.name, command.description);
  added->add_option("who", options->who, command.who)->required()->type_name("WHO");
  added->add_option("--staff", options->staff, "Who is doing this");
  added->footer(command.footer);
  added->callback([&program, options, run = command.run] {
    program.set_action([&program, options, run] { return run(program, *options); });
  });
  return options;
}

constexpr const char* whom = "Reference, card, phone or e-mail";

}  // namespace

Result<ProfileChange> read_change(const WrittenChange& written) {
  ProfileChange change;
  for (const auto& set : written.sets) {
    const auto equals = set.find('=');
    if (equals == std::string::npos) return syntax("--set", "Write --set FIELD=VALUE.");
    change.fields.push_back({set.substr(0, equals), set.substr(equals + 1)});
  }
  for (const auto& add : written.adds) {
    const auto equals = add.find('=');
    if (equals == std::string::npos) return syntax("--add", "Write --add phone=+4791234417.");
    auto kind = parse_contact_kind(add.substr(0, equals));
    if (!kind) return kind.error();
    change.added.push_back({*kind, add.substr(equals + 1), ""});
  }
  for (const auto& remove : written.removes) {
    auto tag = parse_contact_tag(remove);
    if (!tag) return tag.error();
    change.removed.push_back(*tag);
  }
  return change;
}

void add_customer_changes(Command& customer, Program& program) {
  Command* command = nullptr;
  auto options = add(customer, program,
                     {"change", "Set fields, add and remove contacts",
                      "Fields: name birthday gender postcode household language channel "
                      "do_not_contact heard_from and custom.KEY;\n--set FIELD= clears one. Kinds: "
                      "phone email card key-fob address label. Ids are those of `customer show`.",
                      run_change, whom},
                     command);
  command->add_option("--set", options->written.sets, "FIELD=VALUE")->take_all();
  command->add_option("--add", options->written.adds, "KIND=VALUE")->take_all();
  command->add_option("--remove", options->written.removes, "Id of a contact")->take_all();

  options = add(customer, program,
                {"note", "Add a note", "Notes are sealed with the customer's key.", run_note, whom},
                command);
  command->add_option("--text", options->text, "The note")->required();

  options = add(customer, program,
                {"consent", "Record a consent, or its withdrawal",
                 "A withdrawal stands until a later consent is given here.", run_consent, whom},
                command);
  command->add_option("--purpose", options->purpose, "membership, marketing or sharing")
      ->required()
      ->one_of({"membership", "marketing", "sharing"});
  command->add_option("--wording", options->wording, "Version of the text shown")->required();
  command->add_option("--language", options->language, "Language of the text shown");
  command->add_option("--place", options->place, "Store or terminal");
  command->add_flag("--withdraw", options->withdraw, "The consent is withdrawn");
  command->add_flag("--yes", options->yes, "They know that they give up their points");

  options = add(customer, program,
                {"merge", "Merge two customers: OTHER becomes WHO",
                 "The balance moves to WHO. Nothing is lost, and `customer unmerge` restores both.",
                 run_merge, whom},
                command);
  command->add_option("other", options->other, whom)->required()->type_name("OTHER");

  options = add(
      customer, program,
      {"apart", "Mark two similar customers as different people",
       "`dedupe` and the screens never suggest this pair again, at any terminal.", run_apart, whom},
      command);
  command->add_option("other", options->other, whom)->required()->type_name("OTHER");

  add(customer, program,
      {"unmerge", "Undo a merge", "The id is shown by `customer merge` and by the timeline.",
       run_unmerge, "Id of the merge"},
      command);

  options = add(customer, program,
                {"erase", "Erase a person: destroys their key and cleans every file",
                 "Totals do not change. Backups made earlier are not changed.", run_erase, whom},
                command);
  command->add_flag("--yes", options->yes, "Yes, erase");
}

}  // namespace keepsake::cli
