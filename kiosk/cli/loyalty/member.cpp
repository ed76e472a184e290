#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/customers/customer.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/engine/system_clock.hpp"
#include "storage/exchange/table.hpp"
#include "storage/programme/active_programme.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  std::string ref;
};

struct Held {
  Points balance;
  loyalty::Pending pending;
};

Json to_json(const loyalty::Member& member, const Held& held, Currency currency) {
  auto lots = Json::array();
  for (const loyalty::Lot& lot : member.lots) {
    Json entry{{"id", lot.id},
               {"issued", to_decimal(lot.issued)},
               {"remaining", to_decimal(lot.remaining)},
               {"earned_on", to_iso(lot.earned_on)}};
    if (lot.expires) entry["expires"] = to_iso(*lot.expires);
    if (lot.spendable_from) entry["spendable_from"] = to_iso(*lot.spendable_from);
    lots.push_back(entry);
  }
  Json answer{{"balance", to_decimal(held.balance)},
              {"pending", to_decimal(held.pending.points)},
              {"debt", to_decimal(member.debt)},
              {"wallet", to_decimal(Money{member.wallet_minor, currency})},
              {"tier", member.tier},
              {"visits", member.visits},
              {"lots", lots}};
  if (held.pending.until) answer["pending_until"] = to_iso(*held.pending.until);
  if (member.wallet_until) answer["wallet_until"] = to_iso(*member.wallet_until);
  if (member.wallet_state == WalletState::blocked) answer["wallet_state"] = "blocked";
  if (member.tier_since) answer["tier_since"] = to_iso(*member.tier_since);
  if (member.given) {
    answer["earned_tier"] = member.given->earned;
    if (member.given->earned_since) answer["earned_since"] = to_iso(*member.given->earned_since);
    if (member.given->until) answer["given_until"] = to_iso(*member.given->until);
  }
  if (member.last_activity) answer["last_activity"] = to_iso(*member.last_activity);
  return answer;
}

void print(std::ostream& out, const loyalty::Member& member, const Held& held, Currency currency) {
  out << "Balance: " << to_decimal(held.balance) << " points";
  if (held.pending.until)
    out << ", " << to_decimal(held.pending.points) << " of them pending until "
        << to_iso(*held.pending.until);
  if (member.debt.hundredths > 0) out << ", owes " << to_decimal(member.debt);
  out << "\nWallet:  " << grouped(Money{member.wallet_minor, currency}) << ' ' << currency.code();
  if (member.wallet_until) out << ", good until " << to_iso(*member.wallet_until);
  if (member.wallet_state == WalletState::blocked) out << ", blocked";
  out << "\nVisits:  " << grouped(member.visits) << '\n';
  if (!member.tier.empty()) {
    out << "Tier:    " << member.tier;
    if (member.tier_since) out << " since " << to_iso(*member.tier_since);
    if (member.given) {
      out << ", given";
      if (member.given->until) out << " until " << to_iso(*member.given->until);
      out << "; earned: " << (member.given->earned.empty() ? "none" : member.given->earned);
    }
    out << '\n';
  }
  if (member.lots.empty()) return;
  Table table({{"earned on"}, {"last day"}, {"points", Align::right}, {"of", Align::right}});
  for (const loyalty::Lot& lot : member.lots)
    table.row({to_iso(lot.earned_on), lot.expires ? to_iso(*lot.expires) : "never",
               to_decimal(lot.remaining), to_decimal(lot.issued)});
  out << '\n' << table.text();
}

Exit run(Program& program, const Options& options) {
  const auto folder = program.data_folder();
  if (!folder) return program.fail(folder.error());
  const auto settings = read_settings(*folder);
  if (!settings) return program.fail(settings.error());
  const auto clock = SystemClock::open(settings->time_zone);
  if (!clock) return program.fail(clock.error());
  const auto reader = open_reader(*folder);
  if (!reader) return program.fail(reader.error());
  const auto ref = find_anybody(**reader, *settings, options.ref);
  if (!ref) return program.fail(ref.error(), Failure::not_found);
  const auto published = (*reader)->programme();
  if (!published) return program.fail(published.error());
  const auto programme = active_programme(*published, settings->currency, "");
  if (!programme) return program.fail(programme.error());
  const loyalty::Rules& rules = programme->rules;
  const LocalTime now = (*clock)->local_now();
  auto member = (*reader)->member(*ref, rules, now);
  if (!member) return program.fail(member.error());
  member->lots =
      loyalty::with_last_days(std::move(member->lots), rules.expiry, member->last_activity);
  const auto balance = loyalty::balance(member->lots, now.date());
  if (!balance) return program.fail(balance.error());
  const Held held{*balance, loyalty::pending_of(member->lots, now.date())};
  if (program.json()) {
    auto answer = to_json(*member, held, rules.currency);
    answer["customer"] = to_hex(*ref);
    program.print(answer);
  } else {
    print(program.out(), *member, held, rules.currency);
  }
  return Exit::ok;
}

}  // namespace

void add_member(Command& app, Program& program) {
  Command* member = app.add_subcommand(
      "member", "A customer's points and wallet, and what is earned and redeemed outside sales");
  member->require_subcommand(1);
  auto options = std::make_shared<Options>();
  Command* command = member->add_subcommand("show", "Balance, lots, debt, wallet and tier, today");
  command
      ->add_option("customer", options->ref,
                   "Reference, card, phone, e-mail, or the name an import gave")
      ->required()
      ->type_name("REF");
  command->footer(
      "Shows no personal data. Only reads; may run while the kiosk is open. Exit code 1: no such "
      "customer.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
  add_member_event(*member, program);
  add_member_claim(*member, program);
  add_member_adjust(*member, program);
  add_member_level(*member, program);
  add_member_pin(*member, program);
}

}  // namespace keepsake::cli
