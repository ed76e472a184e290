// `keepsake gift-card sell|top-up`: money onto a card, outside of the kiosk.
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "storage/cli/commands.hpp"
#include "storage/cli/loyalty.hpp"
#include "storage/cli/table.hpp"

namespace keepsake::cli {
namespace {

enum class Card { fresh, known };  ///< sell: nobody has it yet; top-up: somebody has

struct Options {
  std::string card, amount, until, staff;
  std::string paid = "card";
};

Result<ValueLoad> load_of(const Options& options, Currency currency) {
  const auto name = card_name(options.card);
  if (!name) return name.error();
  const auto amount = parse_money(options.amount, currency);
  if (!amount) return amount.error();
  if (amount->minor <= 0)
    return Error{Failure::bad_input, "money.zero", "A card is filled with more than nothing",
                 "AMOUNT", "Write such as 500.00"};
  ValueLoad load{0, StoredValue::gift_card, *name, *amount, {}};
  if (options.until.empty()) return load;
  const auto until = parse_date(options.until);
  if (!until) return until.error();
  load.expires = *until;
  return load;
}

Result<Done> expect(Reader& reader, const ValueLoad& load, Card card, Date today) {
  const auto there = reader.gift_card(load.card);
  if (!there) return there.error();
  if (load.expires && *load.expires < today)
    return Error{Failure::bad_input, "gift-card.past", "This last day is past", "--until",
                 "Give today or a later day"};
  if (card == Card::known && !*there)
    return Error{Failure::not_found, "gift-card.unknown", "This gift card is not known here", "",
                 "Check its number, or sell it with gift-card sell"};
  if (card == Card::fresh && *there)
    return Error{Failure::refused, "gift-card.known", "This gift card is sold already", "",
                 "Fill it up with gift-card top-up, or take another"};
  return Done{};
}

/// A purchase of one line, which pays in. Cash goes into the drawer of the shift that is open.
Result<Purchase> purchase_of(Reader& reader, const OpenBook& open, const ValueLoad& load,
                             const Options& options) {
  const Settings& settings = open.book->settings();
  const auto programme = programme_in_force(*open.book, reader);
  if (!programme) return programme.error();
  const auto shift = reader.open_shift();
  if (!shift) return shift.error();
  Article article;
  article.code = "GIFT-CARD";
  article.name = "Gift card";
  article.price = UnitPrice::from_minor(load.amount.minor);
  Basket basket;
  basket.currency = settings.currency;
  auto filled = with_article(basket, article, Quantity::pieces(1));
  if (!filled) return filled.error();
  filled = with_load(*filled, 0, load);
  if (!filled) return filled.error();
  const SaleContext context{
      open.clock->local_now(), options.staff,     *shift ? to_hex((*shift)->id) : "", {},
      programme->programme,    settings.cash_step};
  Money due = load.amount;
  const TenderKind kind = options.paid == "cash" ? TenderKind::cash : TenderKind::card;
  if (kind == TenderKind::cash) {
    const auto rounded = round_to_cash(due, settings.cash_step);
    if (!rounded) return rounded.error();
    due = *rounded;
  }
  SaleRequest request;
  request.store = programme->store;
  return to_purchase(*filled, {{kind, due, due, ""}}, context, request, programme->rules, {});
}

Exit run(Program& program, const Options& options, Card card) {
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  const auto load = load_of(options, open->book->settings().currency);
  if (!load) return program.fail(load.error());
  const auto reader = open->book->reader();
  if (!reader) return program.fail(reader.error());
  if (const auto ok = expect(**reader, *load, card, open->clock->local_now().date()); !ok)
    return program.fail(ok.error());
  const auto purchase = purchase_of(**reader, *open, *load, options);
  if (!purchase) return program.fail(purchase.error());
  const auto id = open->book->record(*purchase);
  if (!id) return program.fail(id.error());
  const auto now = (*reader)->gift_card(load->card);
  if (!now) return program.fail(now.error());
  if (program.json())
    program.print({{"purchase", to_hex(*id)},
                   {"card", load->card},
                   {"balance", to_decimal((*now)->balance)},
                   {"currency", load->amount.currency.code()}});
  else
    program.out() << load->card << " holds " << grouped((*now)->balance) << ' '
                  << load->amount.currency.code() << " now (" << to_hex(*id) << ")\n";
  return Exit::ok;
}

void add(CLI::App& cards, Program& program, const char* name, const char* what, const char* footer,
         Card card) {
  auto options = std::make_shared<Options>();
  CLI::App* command = cards.add_subcommand(name, what);
  command->add_option("card", options->card, "Number of the card")->required()->type_name("CARD");
  command->add_option("amount", options->amount, "In the shop's currency, such as 500.00")
      ->required()
      ->type_name("AMOUNT");
  command->add_option("--paid", options->paid, "cash or card")
      ->check(CLI::IsMember({"cash", "card"}));
  command->add_option("--until", options->until, "Its last day; without it, it never lapses")
      ->type_name("DATE");
  command->add_option("--staff", options->staff, "Who sells")->type_name("NAME");
  command->footer(footer);
  command->callback([&program, options, card] {
    program.set_action([&program, options, card] { return run(program, *options, card); });
  });
}

}  // namespace

void add_gift_card_sale(CLI::App& cards, Program& program) {
  add(cards, program, "sell", "Sell a card with money on it",
      "Records a purchase of one line. Cash stands in the shift that is open. The kiosk must be "
      "closed.",
      Card::fresh);
  add(cards, program, "top-up", "Put more money onto a card",
      "As sell, for a card that was sold before; of two last days the later one holds. A blocked "
      "card is refused.",
      Card::known);
}

}  // namespace keepsake::cli
