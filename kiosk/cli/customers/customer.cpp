#include "kiosk/cli/customers/customer.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/loyalty/loyalty.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/customer/email.hpp"
#include "storage/domain/customer/phone.hpp"
#include "storage/domain/loyalty/overview.hpp"
#include "storage/domain/values/tidy.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/engine/shell_user.hpp"
#include "storage/exchange/table.hpp"

namespace keepsake::cli {

namespace {

constexpr std::size_t file_entries = 1'000'000;

struct Options {
  std::string who;
  std::string staff = shell_user();
  std::size_t limit = 50;
};

/// Looking is kept too: the trail would mean little otherwise.
Result<Done> keep_look(OpenBook& open, const CustomerRef& ref, const std::string& staff) {
  return open.book->audit({open.clock->local_now(), staff, AuditAction::looked, ref});
}

struct Opened {
  OpenBook open;
  std::unique_ptr<Reader> reader;
  CustomerRef ref;
};

Result<Opened> open_for(Program& program, const Options& options) {
  auto target = look_at_customer(program, options.who, options.staff);
  if (!target) return target.error();
  auto reader = target->open.book->reader();
  if (!reader) return reader.error();
  return Opened{std::move(target->open), std::move(*reader), target->ref};
}

struct Standing {
  Points balance;
  std::string tier;
  std::optional<loyalty::GivenLevel> given;
};

Result<Standing> standing_of(Reader& reader, const OpenBook& open, const CustomerRef& ref) {
  const auto programme = active_programme(*open.book, reader);
  if (!programme) return programme.error();
  const LocalTime now = open.clock->local_now();
  const auto member = reader.member(ref, programme->rules, now);
  if (!member) return member.error();
  return Standing{loyalty::balance(programme->rules, *member, now.date()), member->tier,
                  member->given};
}

void print(std::ostream& out, const CustomerProfile& profile, const Standing& standing) {
  Table table({{"what"}, {"value"}, {"since or id"}});
  table.row({"reference", to_hex(profile.ref), to_iso(profile.member_since)});
  for (const CustomerRef& alias : profile.aliases) table.row({"merged", to_hex(alias), ""});
  if (profile.erased) table.row({"erased", "yes", ""});
  for (const Restriction& each : profile.kept) table.row({"stays", words_of(each), ""});
  if (profile.sealed) table.row({"sealed", "something here has no key in this folder", ""});
  for (const FieldValue& each : profile.fields) table.row({each.field, each.value, ""});
  for (const Contact& each : profile.contacts)
    table.row({std::string(keepsake::name_of(each.kind)),
               each.usage.empty() ? each.value : each.value + " (" + each.usage + ")",
               to_text(each.tag)});
  for (const ConsentState& each : profile.consents)
    table.row({"consent", std::string(name_of(each.purpose)) + (each.granted ? ": yes" : ": no"),
               to_iso(each.last.at)});
  table.row({"points", to_decimal(standing.balance), ""});
  if (!standing.tier.empty())
    table.row(
        {"level", standing.given ? standing.tier + ", given" : standing.tier,
         standing.given && standing.given->until ? "until " + to_iso(*standing.given->until) : ""});
  out << table.text();
}

Exit run_show(Program& program, const Options& options) {
  auto opened = open_for(program, options);
  if (!opened) return program.fail(opened.error());
  const auto profile = opened->reader->customer_profile(opened->ref);
  if (!profile) return program.fail(profile.error());
  const auto standing = standing_of(*opened->reader, opened->open, opened->ref);
  if (!standing) return program.fail(standing.error());
  if (program.json()) {
    auto answer = to_json(**profile);
    answer["points_hundredths"] = standing->balance.hundredths;
    answer["tier"] = standing->tier;
    if (standing->given) answer["earned_tier"] = standing->given->earned;
    if (standing->given && standing->given->until)
      answer["given_until"] = to_iso(*standing->given->until);
    program.print({{"customer", answer}});
  } else {
    print(program.out(), **profile, *standing);
  }
  return Exit::ok;
}

Exit run_timeline(Program& program, const Options& options) {
  auto opened = open_for(program, options);
  if (!opened) return program.fail(opened.error());
  const auto entries = opened->reader->timeline(opened->ref, {}, options.limit);
  if (!entries) return program.fail(entries.error());
  if (program.json()) {
    auto list = Json::array();
    for (const auto& entry : *entries) list.push_back(to_json(entry));
    program.print({{"timeline", list}});
    return Exit::ok;
  }
  Table table({{"when"},
               {"what"},
               {"text"},
               {"amount", Align::right},
               {"points", Align::right},
               {"staff"},
               {"id"}});
  for (const auto& each : *entries)
    table.row({to_iso(each.at), std::string(name_of(each.kind)), each.text,
               each.amount ? grouped(*each.amount) : "",
               each.points == Points{} ? "" : to_decimal(each.points), each.staff,
               to_hex(each.place.fact)});
  program.out() << table.text();
  return Exit::ok;
}

Exit run_audit(Program& program, const Options& options) {
  auto open = program.open_book_to_read();
  if (!open) return program.fail(open.error());
  auto reader = open->book->reader();
  if (!reader) return program.fail(reader.error());
  CustomerRef ref;
  if (!options.who.empty()) {
    const auto found = find_customer(**reader, open->book->settings(), options.who);
    if (!found) return program.fail(found.error());
    ref = *found;
  }
  const auto entries = (*reader)->audit(ref, options.limit);
  if (!entries) return program.fail(entries.error());
  if (program.json()) {
    auto list = Json::array();
    for (const auto& each : *entries)
      list.push_back({{"at", to_iso(each.at)},
                      {"staff", each.staff},
                      {"action", name_of(each.action)},
                      {"customer", to_hex(each.customer)}});
    program.print({{"audit", list}});
    return Exit::ok;
  }
  Table table({{"when"}, {"staff"}, {"did"}, {"customer"}});
  for (const auto& each : *entries)
    table.row(
        {to_iso(each.at), each.staff, std::string(name_of(each.action)), to_hex(each.customer)});
  program.out() << table.text();
  return Exit::ok;
}

void add_reading(Command& customer, Program& program, const char* name, const char* description,
                 const char* footer, Exit (*run)(Program&, const Options&), bool who_required) {
  auto options = std::make_shared<Options>();
  Command* command = customer.add_subcommand(name, description);
  command->add_option("who", options->who, "Reference, card, phone or e-mail")
      ->type_name("WHO")
      ->required(who_required);
  command->add_option("--staff", options->staff, "Who is asking; written to the audit trail");
  command->add_option("--limit", options->limit, "Maximum number of lines")
      ->between(std::size_t{1}, file_entries);
  command->footer(footer);
  command->callback([&program, options, run] {
    program.set_action([&program, options, run] { return run(program, *options); });
  });
}

}  // namespace

Result<CustomerRef> find_customer(Reader& reader, const Settings& settings, std::string_view who) {
  const Error unknown{Failure::not_found, "customer.unknown", "There is no such customer", "WHO",
                      "Give a reference of 32 digits, a card, a phone or an e-mail."};
  if (const auto ref = parse_customer_ref(tidied(who))) {
    const auto profile = reader.customer_profile(*ref);
    if (!profile) return profile.error();
    if (*profile) return (*profile)->ref;
    return unknown;
  }
  const auto by_card = reader.customer_by_card(without_blanks(who));
  if (!by_card) return by_card.error();
  if (*by_card) return **by_card;
  if (const auto email = normalise_email(who)) {
    const auto found = reader.customer_by_email(*email);
    if (!found) return found.error();
    if (*found) return **found;
  }
  if (const auto phone = normalise_phone(who, settings.calling_code, settings.country)) {
    const auto found = reader.customer_by_phone(*phone);
    if (!found) return found.error();
    if (*found) return **found;
  }
  return unknown;
}

Result<CustomerRef> find_anybody(Reader& reader, const Settings& settings, std::string_view who) {
  auto found = find_customer(reader, settings, who);
  if (found || found.error().kind != Failure::not_found) return found;
  const auto imported = reader.customer_by_origin(who);
  if (!imported) return imported.error();
  if (*imported) return **imported;
  return found;
}

namespace {

Result<OpenCustomer> customer_in(Result<OpenBook> open, std::string_view who,
                                 const std::string& staff) {
  if (!open) return open.error();
  auto reader = open->book->reader();
  if (!reader) return reader.error();
  auto ref = find_customer(**reader, open->book->settings(), who);
  if (!ref) return ref.error();
  Actor actor{staff, open->clock->local_now()};
  return OpenCustomer{std::move(*open), *ref, std::move(actor)};
}

}  // namespace

Result<OpenCustomer> open_customer(Program& program, std::string_view who,
                                   const std::string& staff) {
  return customer_in(program.open_book(), who, staff);
}

Result<OpenCustomer> look_at_customer(Program& program, std::string_view who,
                                      const std::string& staff) {
  auto target = customer_in(program.open_book_to_read(), who, staff);
  if (!target) return target;
  if (auto kept = keep_look(target->open, target->ref, staff); !kept) return kept.error();
  return target;
}

Json to_json(const std::vector<Restriction>& kept) {
  Json listed = Json::array();
  for (const Restriction& each : kept) {
    Json entry{{"reason", keepsake::name_of(each.reason)}, {"until", nullptr}};
    if (each.until) entry["until"] = to_iso(*each.until);
    listed.push_back(entry);
  }
  return listed;
}

Json to_json(const CustomerProfile& profile) {
  Json answer{{"reference", to_hex(profile.ref)},
              {"member_since", to_iso(profile.member_since)},
              {"origin", profile.origin},
              {"erased", profile.erased},
              {"sealed", profile.sealed}};
  auto aliases = Json::array();
  for (const auto& each : profile.aliases) aliases.push_back(to_hex(each));
  answer["aliases"] = aliases;
  answer["kept"] = to_json(profile.kept);
  auto fields = Json::object();
  for (const auto& each : profile.fields) fields[each.field] = each.value;
  answer["fields"] = fields;
  auto contacts = Json::array();
  for (const auto& each : profile.contacts)
    contacts.push_back({{"id", to_text(each.tag)},
                        {"kind", keepsake::name_of(each.kind)},
                        {"value", each.value},
                        {"usage", each.usage}});
  answer["contacts"] = contacts;
  auto consents = Json::array();
  for (const auto& each : profile.consents)
    consents.push_back({{"purpose", name_of(each.purpose)},
                        {"granted", each.granted},
                        {"wording", each.last.wording},
                        {"language", each.last.language},
                        {"at", to_iso(each.last.at)}});
  answer["consents"] = consents;
  return answer;
}

Json to_json(const TimelineEntry& entry) {
  Json answer{{"at", to_iso(entry.at)},
              {"kind", name_of(entry.kind)},
              {"id", to_hex(entry.place.fact)},
              {"staff", entry.staff},
              {"text", entry.text}};
  if (entry.amount)
    answer["amount"] = {{"minor", entry.amount->minor},
                        {"currency", entry.amount->currency.code()}};
  if (entry.points != Points{}) answer["points_hundredths"] = entry.points.hundredths;
  return answer;
}

void add_customer(Command& app, Program& program) {
  Command* customer =
      app.add_subcommand("customer", "Enrol, show, change, merge, export, erase customers");
  customer->require_subcommand(1);
  customer->footer(
      "WHO is a reference (32 digits), a card, a phone or an e-mail. Every look-up and every "
      "change is written to the\naudit trail with the name given as --staff.");
  add_reading(*customer, program, "show", "Show a customer's data",
              "A merged customer is shown as the customer that was kept.", run_show, true);
  add_reading(*customer, program, "timeline", "The customer's history, newest first",
              "Purchases, returns, warranties, consents, notes, changes and merges.", run_timeline,
              true);
  add_reading(*customer, program, "audit",
              "The audit trail of customer look-ups and changes, newest first",
              "Without WHO: for all customers. Entries are removed as the retention rule says.",
              run_audit, false);
  add_customer_join(*customer, program);
  add_customer_find(*customer, program);
  add_customer_look_up(*customer, program);
  add_customer_files(*customer, program);
  add_customer_changes(*customer, program);
  add_customer_export(*customer, program);
}

}  // namespace keepsake::cli
