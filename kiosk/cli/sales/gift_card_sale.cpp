// `keepsake gift-card sell|top-up`: money onto a card, outside of the kiosk.
#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/sales/pay_in.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/values/hash.hpp"
#include "storage/exchange/table.hpp"

namespace keepsake::cli {
namespace {

enum class Card { fresh, known };  ///< sell: nobody has it yet; top-up: somebody has

struct Options {
  std::string card;
  PayIn pay;
};

Result<Done> expect(Reader& reader, const TopUp& top_up, Card card) {
  const auto there = reader.gift_card(top_up.card);
  if (!there) return there.error();
  if (card == Card::known && !*there)
    return Error{Failure::not_found, "gift-card.unknown", "Unknown gift card", "",
                 "Check its number, or sell it with gift-card sell"};
  if (card == Card::fresh && *there)
    return Error{Failure::refused, "gift-card.known", "This gift card is already sold", "",
                 "Top it up with gift-card top-up, or use another card"};
  return Done{};
}

Exit run(Program& program, const Options& options, Card card) {
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  const auto name = card_name(options.card);
  if (!name) return program.fail(name.error());
  const auto top_up = top_up_of(options.pay, StoredValue::gift_card, *name, open->book->settings(),
                                open->clock->local_now().date());
  if (!top_up) return program.fail(top_up.error());
  if (card == Card::fresh) {
    const auto ok = expect_new_card(*name, open->book->settings().stored_value.form);
    if (!ok) return program.fail(ok.error());
  }
  const auto reader = open->book->reader();
  if (!reader) return program.fail(reader.error());
  if (const auto ok = expect(**reader, *top_up, card); !ok) return program.fail(ok.error());
  const auto purchase = purchase_of(**reader, *open, *top_up, {}, options.pay);
  if (!purchase) return program.fail(purchase.error());
  const auto id = open->book->record(*purchase);
  if (!id) return program.fail(id.error());
  const auto now = (*reader)->gift_card(top_up->card, open->clock->local_now().date());
  if (!now) return program.fail(now.error());
  if (program.json())
    program.print({{"purchase", to_hex(*id)},
                   {"card", top_up->card},
                   {"balance", to_decimal((*now)->balance)},
                   {"currency", top_up->amount.currency.code()}});
  else
    program.out() << top_up->card << " holds " << grouped((*now)->balance) << ' '
                  << top_up->amount.currency.code() << " now (" << to_hex(*id) << ")\n";
  return Exit::ok;
}

void add(Command& cards, Program& program, const char* name, const char* what, const char* footer,
         Card card) {
  auto options = std::make_shared<Options>();
  Command* command = cards.add_subcommand(name, what);
  command->add_option("card", options->card, "Number of the card")->required()->type_name("CARD");
  add_options(*command, options->pay);
  command->footer(footer);
  command->callback([&program, options, card] {
    program.set_action([&program, options, card] { return run(program, *options, card); });
  });
}

}  // namespace

void add_gift_card_sale(Command& cards, Program& program) {
  add(cards, program, "sell", "Sell a gift card",
      "Records a purchase of one line. Cash is booked to the open shift.", Card::fresh);
  add(cards, program, "top-up", "Top up a card",
      "Like sell, for a card that is already sold. Of what is still good, the later of two "
      "expiry dates applies.\nA blocked card is refused.",
      Card::known);
}

}  // namespace keepsake::cli
