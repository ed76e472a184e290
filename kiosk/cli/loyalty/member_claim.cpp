// `keepsake member claim`: points for a reward that needs no goods.
#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/customers/customer.hpp"
#include "kiosk/cli/loyalty/loyalty.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/cash_out.hpp"
#include "storage/domain/loyalty/sale.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/exchange/table.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  std::string who, reward, staff;
  std::int64_t times = 1;
  bool in_hand = false;
};

/// Discounts take something off goods, so they are for a sale.
Result<Done> expect_claimable(const loyalty::Rules& rules, const std::string& id) {
  const loyalty::Reward* reward = loyalty::find_reward(rules, id);
  if (reward == nullptr)
    return Error{Failure::not_found, "reward.unknown", "The programme has no such reward", id,
                 "Use an id of the programme file"};
  if (loyalty::is_discount(reward->kind))
    return Error{Failure::refused, "reward.discount", "This reward is a discount on goods", id,
                 "Redeem it in a sale"};
  return Done{};
}

/// What is paid in hand comes out of the drawer of the open shift.
Result<std::optional<FactId>> drawer_of(Reader& reader, bool in_hand) {
  if (!in_hand) return std::optional<FactId>();
  const auto shift = reader.open_shift();
  if (!shift) return shift.error();
  if (!*shift)
    return Error{Failure::refused, "shift.closed", "No shift is open to pay out from", "--in-hand",
                 "Open a shift, or put the money in the wallet"};
  return std::optional((*shift)->id);
}

Result<LoyaltyEvent> event_of(Reader& reader, const OpenBook& open, const Options& options) {
  const auto who = find_anybody(reader, open.book->settings(), options.who);
  if (!who) return who.error();
  const auto programme = active_programme(*open.book, reader);
  if (!programme) return programme.error();
  const loyalty::Rules& rules = programme->rules;
  if (const auto ok = expect_claimable(rules, options.reward); !ok) return ok.error();
  const auto shift = drawer_of(reader, options.in_hand);
  if (!shift) return shift.error();
  const LocalTime now = open.clock->local_now();
  const auto member = reader.member(*who, rules, now);
  if (!member) return member.error();
  SaleRequest request;
  request.store = programme->store;
  request.claims = {{options.reward, options.times, {}}};
  request.cash_out = options.in_hand ? CashOut::in_hand : CashOut::onto_wallet;
  const SaleContext context{now,  options.staff,        *shift,
                            *who, programme->programme, open.book->settings().cash_step};
  return to_event(context, request, "", rules, *member);
}

void print(std::ostream& out, const LoyaltyEvent& event, Points balance) {
  const LoyaltyResult& outcome = event.loyalty;
  for (const RewardUse& use : outcome.rewards) {
    out << use.steps << " x " << use.reward << " for " << to_decimal(use.cost) << " points\n";
    for (const std::string& code : use.vouchers) out << "Code: " << code << '\n';
  }
  const std::string currency(event.currency.code());
  if (outcome.to_wallet.minor > 0)
    out << "To the wallet: " << grouped(outcome.to_wallet) << ' ' << currency << '\n';
  if (outcome.paid_out.minor > 0)
    out << "From the drawer: " << grouped(outcome.paid_out) << ' ' << currency << '\n';
  out << "Left: " << to_decimal(balance) << " points\n";
}

Json to_json(const FactId& id, const LoyaltyEvent& event, Points balance) {
  auto codes = Json::array();
  Points cost;
  for (const RewardUse& use : event.loyalty.rewards) {
    cost.hundredths += use.cost.hundredths;
    for (const std::string& code : use.vouchers) codes.push_back(code);
  }
  return {{"fact", to_hex(id)},
          {"cost", to_decimal(cost)},
          {"codes", codes},
          {"to_wallet", to_decimal(event.loyalty.to_wallet)},
          {"paid_out", to_decimal(event.loyalty.paid_out)},
          {"currency", event.currency.code()},
          {"balance", to_decimal(balance)}};
}

Exit run(Program& program, const Options& options) {
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  const auto reader = open->book->reader();
  if (!reader) return program.fail(reader.error());
  const auto event = event_of(**reader, *open, options);
  if (!event) return answer_no(program, event.error());
  const auto id = open->book->record(*event);
  if (!id) return program.fail(id.error());
  const auto balance = balance_now(**reader, *open, event->customer);
  if (!balance) return program.fail(balance.error());
  if (program.json())
    program.print(to_json(*id, *event, *balance));
  else
    print(program.out(), *event, *balance);
  return Exit::ok;
}

}  // namespace

void add_member_claim(Command& member, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command = member.add_subcommand("claim", "Redeem a reward for points, without a sale");
  command->add_option("customer", options->who, "Reference, card, phone, e-mail, or import's name")
      ->required()
      ->type_name("WHO");
  command->add_option("reward", options->reward, "Its id in the programme")
      ->required()
      ->type_name("REWARD");
  command->add_option("--times", options->times, "How many")->between(1, 1000)->type_name("N");
  command->add_flag("--in-hand", options->in_hand,
                    "Pay money out from the drawer instead of to the wallet");
  command->add_option("--staff", options->staff, "Who hands it over")->type_name("NAME");
  command->footer(
      "For gifts, vouchers, donations and cash-out; discounts are redeemed in a sale. Prints the "
      "codes to hand over.\nExit code 1: not enough points, none left, "
      "not for this member, or no such\ncustomer or reward.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
