#include "kiosk/cli/sales/pay_in.hpp"

#include "kiosk/cli/loyalty/loyalty.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/loyalty/sale.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/basket.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/shift.hpp"

namespace keepsake::cli {
namespace {

Result<Basket> basket_of(const TopUp& top_up) {
  const bool wallet = top_up.kind == StoredValue::wallet;
  Article article;
  article.code = wallet ? "WALLET" : "GIFT-CARD";
  article.name = wallet ? "Wallet" : "Gift card";
  article.price = UnitPrice::from_minor(top_up.amount.minor);
  Basket basket;
  basket.currency = top_up.amount.currency;
  auto filled = with_article(basket, article, Quantity::pieces(1));
  if (!filled) return filled.error();
  return with_top_up(*filled, 0, top_up);
}

}  // namespace

void add_options(Command& command, PayIn& typed) {
  command.add_option("amount", typed.amount, "In the shop's currency, such as 500.00")
      ->required()
      ->type_name("AMOUNT");
  command.add_option("--paid", typed.paid, "cash or card")->one_of({"cash", "card"});
  command.add_option("--until", typed.until, "Last day of validity [as keepsake.toml says]")
      ->type_name("DATE");
  command.add_option("--staff", typed.staff, "Who is selling")->type_name("NAME");
}

Result<TopUp> top_up_of(const PayIn& typed, StoredValue kind, std::string card,
                        const Settings& settings, Date today) {
  const auto amount = parse_money(typed.amount, settings.currency);
  if (!amount) return amount.error();
  if (amount->minor <= 0)
    return Error{Failure::bad_input, "money.zero", "The amount must be above zero", "AMOUNT",
                 "Write such as 500.00"};
  TopUp top_up{0, kind, std::move(card), *amount, {}};
  if (typed.until.empty()) {
    top_up.expires = settings.stored_value.last_day(kind, today);
    return top_up;
  }
  const auto until = parse_date(typed.until);
  if (!until) return until.error();
  if (*until < today)
    return Error{Failure::bad_input, kind == StoredValue::wallet ? "wallet.past" : "gift-card.past",
                 "This day is in the past", "--until", "Give today or a later day"};
  top_up.expires = *until;
  return top_up;
}

Result<Purchase> purchase_of(Reader& reader, const OpenBook& open, const TopUp& top_up,
                             const CustomerRef& customer, const PayIn& typed) {
  const Settings& settings = open.book->settings();
  const auto programme = active_programme(*open.book, reader);
  if (!programme) return programme.error();
  const auto shift = reader.open_shift();
  if (!shift) return shift.error();
  if (typed.paid == "cash" && !*shift)
    return Error{Failure::refused, "shift.none", "No shift is open to take cash", "--paid",
                 "Open a shift at the till, or take it by card"};
  const auto basket = basket_of(top_up);
  if (!basket) return basket.error();
  const SaleContext context{open.clock->local_now(),
                            typed.staff,
                            *shift ? std::optional((*shift)->id) : std::nullopt,
                            customer,
                            programme->programme,
                            settings.cash_step};
  const auto member = reader.member(customer, programme->rules, context.at);
  if (!member) return member.error();
  SaleRequest request;
  request.store = programme->store;
  const auto quote = quote_sale(*basket, {}, request, programme->rules, *member, context.at);
  if (!quote) return quote.error();
  Money due = quote->total;  // the programme may take something off by itself
  const TenderKind kind = typed.paid == "cash" ? TenderKind::cash : TenderKind::card;
  if (kind == TenderKind::cash) {
    const auto rounded = round_to_cash(due, settings.cash_step);
    if (!rounded) return rounded.error();
    due = *rounded;
  }
  return to_purchase(*basket, {{kind, due, due, ""}}, context, request, programme->rules, *member);
}

}  // namespace keepsake::cli
