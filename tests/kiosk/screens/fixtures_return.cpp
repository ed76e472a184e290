#include "tests/kiosk/screens/fixtures_return.hpp"

#include <cassert>

#include "kiosk/flow/question.hpp"
#include "storage/domain/sale/refund.hpp"
#include "storage/domain/sale/return.hpp"
#include "tests/kiosk/flow/sold.hpp"

namespace keepsake::test {

using namespace flow;
using namespace made;

namespace {

constexpr const char* given_card = "GC4417000012345678";

FactId sold_as(Seq number) { return FactId::make({1}, {2}, {1}, number); }

Purchase bought(const Till& till, CustomerRef customer) {
  SaleContext sale;
  sale.at = days_ago(3);
  sale.staff = "marit";
  sale.programme = shop_context().active->programme;
  sale.cash_step = shop_context().cash_step;
  loyalty::Rules without_rewards;
  without_rewards.currency = nok();
  const Money total = totals(till.basket)->total;
  auto purchase = to_purchase(till.basket, {{TenderKind::card, total, total, "A81-0042"}}, sale, {},
                              without_rewards, {});
  assert(purchase.ok());
  purchase->customer = customer;
  if (!customer.nobody()) purchase->points_earned = {72200};
  return *std::move(purchase);
}

Till without_member(Till till) {
  till.customer = {};
  till.member.reset();
  till.state.reset();
  return till;
}

Return draft_of(const Returning& r) {
  std::vector<ReturnedPiece> pieces;
  for (std::size_t i = 0; i < r.chosen.size(); ++i)
    if (r.chosen[i].thousandths > 0)
      pieces.push_back({r.sold().id, static_cast<std::uint32_t>(i), r.chosen[i]});
  SaleContext sale;
  sale.at = moment;
  sale.staff = "marit";
  sale.customer = r.sold().purchase.customer;
  sale.cash_step = shop_context().cash_step;
  const TenderKind kind =
      !r.as_paid && r.kind == TenderKind::cash ? TenderKind::cash : TenderKind::unknown;
  auto draft = to_return(pieces, {kind, {}}, {}, sale, *r.basis, shop_context().active->rules);
  assert(draft.ok());
  return *std::move(draft);
}

/// The everyday till, sold to its member; one of three bulbs is back already.
Returning members_goods() {
  const Till till = everyday_till();
  loyalty::Member member = *till.state;
  member.known = true;
  return opened(basis_of(sold_as(1042), bought(without_member(till), till.customer), member,
                         {{3, Quantity::pieces(1)}}));
}

void add_finding(const AddLook& add) {
  ReturnFind find;
  add("return-find.searching", staff(find));
  find.list = ReturnFind::List::there;
  add("return-find.none", staff(find));
  for (int i = 0; i < 12; ++i) {
    const bool large = i % 4 == 1;
    find.recent.push_back({sold_as(static_cast<Seq>(1042 - i)), days_ago(i / 3),
                           money(large ? 123456789012 : 49900 + i * 1000), large ? 14 : i % 3 + 1,
                           large ? longest().name : kettle().name, Points{}});
  }
  add("return-find.list", staff(find));
  find.number = "1039";
  add("return-find.number", staff(find));
  find.customer.bytes[0] = 1;
  find.number = "4294967295";
  add("return-find.member", staff(find));
  add("return-find.unknown",
      noticed(staff(find), flow::Tone::warning, "return.unknown-purchase", Kept::form));
}

void add_choosing(const AddLook& add) {
  Returning r = members_goods();
  add("returning.opened", staff(r));
  r.chosen[0] = Quantity::pieces(1);
  r.chosen[3] = Quantity::pieces(2);
  r.reason = ReturnReason::faulty;
  r.kind = TenderKind::cash;
  r.draft = draft_of(r);
  add("returning.chosen", staff(r));
  Returning all = r;
  for (std::size_t i = 0; i < all.chosen.size(); ++i) all.chosen[i] = left_of(all.sold(), i);
  ReturnBasis spent = *all.basis;
  spent.member.lots.clear();  // a debt
  all.basis = std::make_shared<const ReturnBasis>(std::move(spent));
  all.draft = draft_of(all);
  all.draft->loyalty->given_back = {12000};
  add("returning.debt", staff(all));
  r.kind = TenderKind::card;
  r.editing = Field::reference;
  r.reference = "R-11";
  add("returning.slip", staff(r));
  r.editing = Field::amount;
  r.reference = "R-118-0042";
  r.draft = draft_of(r);
  add("returning.card", staff(r));
  r.kind = TenderKind::gift_card;
  r.reference = r.card = given_card;
  add("returning.gift-card", staff(r));
  add("returning.working", working(staff(r), question_id<RecordFact>));
  add("returning.beyond", noticed(staff(r), flow::Tone::warning, "return.beyond-sold", Kept::form));

  Till rupiah = without_member(rupiah_till());
  Returning dear = opened(basis_of(sold_as(1043), bought(rupiah, {}), {}));
  for (std::size_t i = 0; i < dear.chosen.size(); ++i) dear.chosen[i] = left_of(dear.sold(), i);
  dear.kind = TenderKind::cash;
  dear.draft = draft_of(dear);
  add("returning.rupiah", staff(dear));

  Till many = without_member(forty_lines());
  Returning large = opened(basis_of(sold_as(4294967295), bought(many, {}), {}));
  for (std::size_t i = 0; i < large.chosen.size(); ++i) large.chosen[i] = left_of(large.sold(), i);
  large.kind = TenderKind::cash;
  large.draft = draft_of(large);
  add("returning.forty", staff(large));
  Returning gone = members_goods();
  ReturnBasis back = *gone.basis;
  back.purchases[0].returned.clear();
  for (std::size_t i = 0; i < gone.chosen.size(); ++i)
    back.purchases[0].returned.push_back({i, gone.sold().purchase.lines[i].quantity});
  gone.basis = std::make_shared<const ReturnBasis>(std::move(back));
  add("returning.gone", staff(gone));
}

Tender way(TenderKind kind, std::int64_t minor, std::string reference = {}) {
  return {kind, money(minor), money(minor), std::move(reference), {}};
}

/// Paid by gift card, wallet, card and cash: the most ways that there are.
void add_parts(const AddLook& add) {
  Returning r = members_goods();
  ReturnBasis basis = *r.basis;
  Purchase& sold = basis.purchases.front().purchase;
  const std::int64_t total = sold.total.minor;
  sold.tenders = {way(TenderKind::wallet, 10000), way(TenderKind::gift_card, 20000, given_card),
                  way(TenderKind::card, 30000, "A81"), way(TenderKind::cash, total - 60000)};
  r = opened(std::make_shared<const ReturnBasis>(std::move(basis)));
  add("returning.parts", staff(r));
  for (std::size_t i = 0; i < r.chosen.size(); ++i) r.chosen[i] = left_of(r.sold(), i);
  r.draft = draft_of(r);
  auto parts = refund_over(refundable(r.sold().purchase.tenders, {}, r.sold().purchase.customer),
                           given_by(*r.draft), shop_context().cash_step);
  assert(parts.ok());
  r.draft->tenders = *std::move(parts);
  r.reference = "R-118-0042";
  add("returning.parts-chosen", staff(r));
}

void add_done(const AddLook& add) {
  ReturnDone done;
  done.total = money(49939);
  done.given = money(49900);
  done.tenders = {way(TenderKind::cash, 49900)};
  done.member = true;
  done.taken = {5000};
  done.balance = Points{195600};
  done.covers_ended = 1;
  add("return-done.cash", staff(done));
  done.receipt = Receipt::printed;
  add("return-done.printed", staff(done));
  done.receipt = Receipt::not_asked;
  done.given = done.total = money(123456789012);
  done.tenders = {way(TenderKind::gift_card, 123456789012, given_card)};
  done.given_back = {12000};
  done.debt = {1234500};
  done.covers_ended = 12;
  add("return-done.gift-card", staff(done));
  ReturnDone plain;
  plain.total = plain.given = money(4990);
  plain.tenders = {way(TenderKind::card, 4990)};
  add("return-done.card", staff(plain));
  plain.total = plain.given = money(0);
  plain.tenders.clear();
  add("return-done.nothing", staff(plain));
  done.tenders = {way(TenderKind::wallet, 12345600), way(TenderKind::gift_card, 49900, given_card),
                  way(TenderKind::card, 120000), way(TenderKind::cash, 1900)};
  done.total = money(12517439);
  done.given = money(12517400);
  add("return-done.parts", staff(done));
}

}  // namespace

void add_return_looks(const AddLook& add) {
  add_finding(add);
  add_choosing(add);
  add_parts(add);
  add_done(add);
}

}  // namespace keepsake::test
