#include <algorithm>
#include <cassert>

#include "kiosk/flow/figure.hpp"
#include "kiosk/flow/places.hpp"
#include "kiosk/flow/sale/figures.hpp"
#include "kiosk/flow/sale/handlers.hpp"
#include "kiosk/flow/sale/quoting.hpp"
#include "kiosk/flow/staff/handlers.hpp"
#include "kiosk/flow/warranty/handlers.hpp"
#include "storage/domain/customer/phone.hpp"
#include "storage/domain/values/handle.hpp"
#include "storage/domain/values/overloaded.hpp"

namespace keepsake::flow {
namespace {

bool accept(Turn& turn, Result<Basket> changed) {
  if (!changed.ok()) {
    turn.fail(changed.error(), Kept::basket);
    return false;
  }
  // What no quote looks at: the sum before discounts must be an amount, too.
  if (const auto sums = keepsake::totals(*changed); !sums.ok()) {
    turn.fail(sums.error(), Kept::basket);
    return false;
  }
  Till next = turn.s.till;
  next.basket = *std::move(changed);
  return turn.accept(std::move(next));
}

/// The line that with_article made or raised: it only ever touches one, so the first that differs.
std::size_t changed_line(const Basket& before, const Basket& after) {
  assert(!after.lines.empty() && after.lines.size() >= before.lines.size());
  for (std::size_t i = 0; i < before.lines.size(); ++i)
    if (before.lines[i] != after.lines[i]) return i;
  return after.lines.size() - 1;
}

void add(Turn& turn, Sale& sale, const Article& article, Quantity quantity) {
  Basket before = turn.s.till.basket;
  if (before.lines.empty()) before.currency = turn.ctx.currency;
  if (!accept(turn, with_article(before, article, quantity))) return;
  sale.touched = changed_line(before, turn.s.till.basket);
  turn.play(Sound::good);
}

/// Nothing is asked that what comes now would leave unanswered.
bool free_for_another(const Sale& sale) {
  return holds_alternative<Lines>(sale.pane) || holds_alternative<SearchPane>(sale.pane) ||
         holds_alternative<MorePane>(sale.pane) || holds_alternative<HeldSalesPane>(sale.pane);
}

void choose(Turn& turn, Sale& sale, const Article& article) {
  const bool free = free_for_another(sale);
  if (article.sold_by == SoldBy::weight) {
    // One scale, one weight at a time: the open question is answered first.
    if (!free) return turn.refuse("scan.finish-first", Kept::basket);
    sale.pane = WeightPane{article, {}};
    return;
  }
  if (free) sale.pane = Lines{};
  add(turn, sale, article, Quantity::pieces(1));
}

void scanned(Turn& turn, Sale& sale, const ScanResolved& answer) {
  if (!answer.scanned.ok()) return turn.fail(answer.scanned.error(), Kept::basket);
  if (holds_alternative<GiftCardPane>(sale.pane)) {
    // A new card is a code that nobody knows yet.
    if (const auto* known = std::get_if<GiftCardView>(&*answer.scanned))
      return gift_card_scanned(turn, sale, answer.text, *known);
    if (std::holds_alternative<std::monostate>(*answer.scanned))
      return gift_card_scanned(turn, sale, answer.text, std::nullopt);
    return turn.refuse("scan.finish-first", Kept::basket);
  }
  // Typed as a coupon, it is one or nothing.
  const auto* typed = get_if<CouponPane>(&sale.pane);
  const bool coupon = std::holds_alternative<CodeScanned>(*answer.scanned);
  if (typed != nullptr && typed->code == answer.text && !coupon)
    return turn.refuse("coupon.unknown", turn.kept());
  std::visit(Overloaded{
                 [&](const Article& article) { choose(turn, sale, article); },
                 [&](const CodeScanned& code) {
                   show_listed(turn, code);
                   close_when_taken(turn, sale);
                 },
                 [&](const CustomerView& member) {
                   attach(turn, member, by_card(answer.text));
                   if (holds_alternative<CustomerPane>(sale.pane) ||
                       holds_alternative<PeoplePane>(sale.pane))
                     sale.pane = Lines{};
                 },
                 [&](const ReceiptScanned& receipt) {
                   if (!free_for_another(sale))
                     return turn.refuse("scan.finish-first", turn.kept());
                   open_receipt(turn, receipt, turn.kept());
                 },
                 [&](const GiftCardView& card) {
                   if (!holds_alternative<Lines>(sale.pane))
                     return turn.refuse("scan.finish-first", Kept::basket);
                   sale.pane = GiftCardPane{};
                   gift_card_scanned(turn, sale, answer.text, card);
                 },
                 [&](const ItemsScanned& found) {
                   if (!free_for_another(sale))
                     return turn.refuse("scan.finish-first", turn.kept());
                   show_items(turn, found.items, turn.kept());
                 },
                 [&](std::monostate) { turn.refuse("scan.unknown", Kept::basket); },
             },
             *answer.scanned);
}

/// "1.5", "2." and ".5" as they are typed; nullopt when that is no quantity above zero.
std::optional<Quantity> entered_quantity(std::string_view text) {
  if (text.ends_with('.')) text.remove_suffix(1);
  const std::string padded = text.starts_with('.') ? "0" + std::string(text) : std::string(text);
  const auto quantity = parse_quantity(padded);
  if (!quantity.ok() || quantity->thousandths <= 0) return std::nullopt;
  return *quantity;
}

void set_quantity(Turn& turn, Sale& sale, std::size_t line, Quantity quantity) {
  if (line >= turn.s.till.basket.lines.size()) return;
  if (!accept(turn, with_quantity(turn.s.till.basket, line, quantity))) return;
  sale.pane = Lines{};
  if (quantity.thousandths > 0)
    sale.touched = line;
  else
    sale.touched.reset();
}

void add_pieces(Turn& turn, Sale& sale, const AddPieces& add) {
  const auto& lines = turn.s.till.basket.lines;
  if (add.line >= lines.size() || lines[add.line].article.sold_by == SoldBy::weight) return;
  const std::int64_t by = std::clamp(add.pieces, -1000, 1000) * 1000LL;
  set_quantity(turn, sale, add.line,
               {std::max<std::int64_t>(0, lines[add.line].quantity.thousandths + by)});
}

void scan(Turn& turn, Sale& sale, const std::string& text) {
  auto* pane = get_if<SerialPane>(&sale.pane);
  if (pane == nullptr) {
    if (holds_alternative<GiftCardPane>(sale.pane) || !show_code(turn, text))
      turn.resolve(text);
    else if (holds_alternative<CouponPane>(sale.pane))
      sale.pane = Lines{};
    return;
  }
  assert(pane->line < turn.s.till.basket.lines.size());  // nothing goes while a pane lies over it
  const Article& article = turn.s.till.basket.lines[pane->line].article;
  if (is_code_of(text, article)) return turn.refuse("warranty.article-code", Kept::basket);
  pane->serial = text;
  pane->refused = false;
}

// ---- Submit, by pane: first whether its figure is one ----

bool stands(Turn&, const Submit&, const auto&) { return true; }

bool stands(Turn& turn, const Submit& how, WeightPane& pane) {
  const auto weight = entered_quantity(pane.entry);
  return counts(turn, how, pane.entry, weight && is_much(*weight, SoldBy::weight));
}

bool stands(Turn& turn, const Submit& how, QuantityPane& pane) {
  assert(pane.line < turn.s.till.basket.lines.size());
  const auto quantity = entered_quantity(pane.entry);
  const SoldBy sold_by = turn.s.till.basket.lines[pane.line].article.sold_by;
  return counts(turn, how, pane.entry, quantity && is_much(*quantity, sold_by));
}

bool stands(Turn& turn, const Submit& how, GiftCardPane& pane) {
  if (!pane.checked || pane.asking) return true;
  const auto amount = entered_amount(pane.amount, turn.ctx.currency);
  return counts(turn, how, pane.amount, amount && is_much_paid_in(*amount));
}

/// A slow scanner's card lies in the phone's field.
bool stands(Turn& turn, const Submit& how, CustomerPane& pane) {
  if (how.burst.empty() || !scannable(how.burst)) return true;
  if (normalise_phone(pane.phone, turn.ctx.calling_code, turn.ctx.country).ok()) return true;
  pane.phone.clear();
  turn.resolve(how.burst);
  return false;
}

void submit(Turn& turn, Sale& sale, Lines&) { go_to_tender(turn, sale); }

void submit(Turn& turn, Sale& sale, SearchPane& pane) {
  if (pane.found.size() == 1) return choose(turn, sale, Article(pane.found.front()));
  if (pane.found.empty() && scannable(pane.words)) return turn.resolve(pane.words);
}

void submit(Turn& turn, Sale& sale, WeightPane& pane) {
  const auto weight = entered_quantity(pane.entry);
  if (!weight) return turn.refuse("weight.syntax", Kept::basket);
  const Article article = pane.article;
  sale.pane = Lines{};
  add(turn, sale, article, *weight);
}

void submit(Turn& turn, Sale& sale, QuantityPane& pane) {
  const auto quantity = entered_quantity(pane.entry);
  if (!quantity) return turn.refuse("quantity.syntax", Kept::basket);
  set_quantity(turn, sale, pane.line, *quantity);
}

void submit(Turn& turn, Sale&, CustomerPane& pane) {
  if (turn.asked<FindCustomer, LoadCustomer>()) return;
  const auto phone = normalise_phone(pane.phone, turn.ctx.calling_code, turn.ctx.country);
  if (!phone.ok()) return turn.fail(phone.error(), Kept::basket);
  turn.ask(FindCustomer{*phone});
}

void submit(Turn& turn, Sale&, PeoplePane& pane) {
  if (pane.search.found.size() == 1) serve(turn, pane.search.found.front().ref);
}

void submit(Turn& turn, Sale& sale, ClearPane&) {
  sale = Sale{};
  if (!turn.s.till.tenders.empty()) return turn.refuse("sale.paid", Kept::basket_and_payments);
  turn.s.till = Till{};
}

// Panes whose buttons each say what they mean.
void submit(Turn& turn, Sale& sale, RewardsPane&) {
  if (hands_over(turn.s.till)) return hand_over(turn, sale);
  sale.pane = Lines{};
}
void submit(Turn&, Sale& sale, WhyPane&) { sale.pane = Lines{}; }
void submit(Turn&, Sale&, ChoicePane&) {}
void submit(Turn&, Sale&, MorePane&) {}
void submit(Turn&, Sale&, HeldSalesPane&) {}

/// Letters are no phone: who types them means a name.
bool begins_a_name(const Sale& sale, std::string_view utf8) {
  const auto* pane = get_if<CustomerPane>(&sale.pane);
  std::string nothing;
  return pane != nullptr && pane->phone.empty() &&
         type_into(nothing, Field::phone, utf8) == Typed::wrong_key;
}

void typed(Turn& turn, Sale& sale, const std::string& utf8) {
  if (holds_alternative<Lines>(sale.pane)) sale.pane = SearchPane{};
  if (begins_a_name(sale, utf8)) sale.pane = PeoplePane{};
  const Editing e = editing(turn.s.visit.screen);
  if (e.text == nullptr) return;
  if (type_into(*e.text, e.field, utf8) != Typed::taken)
    return turn.refuse("field.full", Kept::basket);
  if (auto* people = get_if<PeoplePane>(&sale.pane))
    search_people(turn, people->search);
  else if (e.field == Field::search)
    turn.search(*e.text);
  if (auto* pane = get_if<CustomerPane>(&sale.pane)) pane->not_found = false;
  if (auto* pane = get_if<SerialPane>(&sale.pane)) pane->refused = false;
}

void shortened(Turn& turn, Sale& sale) {
  if (auto* people = get_if<PeoplePane>(&sale.pane)) {
    people->search.found.clear();
    search_people(turn, people->search);
  }
  if (auto* pane = get_if<CustomerPane>(&sale.pane)) pane->not_found = false;
  if (auto* pane = get_if<SerialPane>(&sale.pane)) pane->refused = false;
  auto* pane = get_if<SearchPane>(&sale.pane);
  if (pane == nullptr) return;
  *pane = SearchPane{std::move(pane->words), {}, false, 0};
  turn.search(pane->words);
}

void found(Turn& turn, Sale& sale, const ArticlesFound& answer) {
  auto* pane = get_if<SearchPane>(&sale.pane);
  if (pane == nullptr) return;
  if (!answer.articles.ok()) return turn.fail(answer.articles.error(), Kept::basket);
  pane->found = *answer.articles;
  pane->more = answer.more;
  pane->page = 0;
}

void customer_found(Turn& turn, Sale& sale, const CustomerFound& answer) {
  if (!answer.customer.ok()) return turn.fail(answer.customer.error(), Kept::basket);
  auto* pane = get_if<CustomerPane>(&sale.pane);
  if (answer.customer.value()) {
    const CustomerView& member = *answer.customer.value();
    // After a lock the member comes back by reference; meanwhile nobody else may have taken the
    // place.
    if (pane != nullptr || turn.s.till.customer == member.ref) attach(turn, member, {});
    if (pane != nullptr) sale.pane = Lines{};
  } else if (pane != nullptr) {
    pane->not_found = true;
    turn.refuse("customer.unknown", Kept::basket);
  }
}

void people_found(Turn& turn, Sale& sale, const PeopleFound& answer) {
  auto* pane = get_if<PeoplePane>(&sale.pane);
  if (pane == nullptr) return;
  if (!answer.people.ok()) return turn.fail(answer.people.error(), turn.kept());
  take_found(pane->search, answer);
}

void show_more(Turn& turn, Sale& sale) {
  if (auto* people = get_if<PeoplePane>(&sale.pane)) more_people(turn, people->search);
  const auto* pane = get_if<SearchPane>(&sale.pane);
  if (pane != nullptr && pane->more && pane->found.size() < articles_most)
    turn.search(pane->words, pane->found.size() + articles_shown);
}

bool back_in_pane(Turn& turn, Sale& sale);

void back(Turn& turn, Sale& sale) {
  if (back_in_pane(turn, sale)) return;
  if (!holds_alternative<Lines>(sale.pane)) {
    turn.forget<SearchArticles>();
    turn.forget<SearchCustomers>();
    sale.pane = Lines{};
    return;
  }
  turn.s.till.empty() ? turn.reset() : turn.lock();
}

/// Lines whose pane knows what to go back to.
bool back_in_pane(Turn& turn, Sale& sale) {
  auto* pane = get_if<GiftCardPane>(&sale.pane);
  if (pane == nullptr || !pane->checked || pane->kind == StoredValue::wallet) return false;
  if (pane->asking && pane->known->state == GiftCardState::active) {
    pane->asking = false;
    return true;
  }
  turn.forget<LookUpGiftCard>();
  *pane = GiftCardPane{.card = pane->card};
  return true;
}

void show_page(Sale& sale, int page) {
  int& shown =
      holds_alternative<SearchPane>(sale.pane) ? get<SearchPane>(sale.pane).page : sale.page;
  shown = std::max(0, page);
}

/// Questions about the sale open only over the bare basket: none can lie over another.
bool bare(const Sale& sale) { return holds_alternative<Lines>(sale.pane); }

void open(Turn& turn, Sale& sale, const Event& event) {
  const std::size_t lines = turn.s.till.basket.lines.size();
  handle(
      event, [&](const OpenSearch&) { sale.pane = SearchPane{}; },
      [&](const OpenCustomer&) { sale.pane = CustomerPane{}; },
      [&](const OpenQuantity& e) {
        if (e.line < lines) sale.pane = QuantityPane{e.line, {}};
      },
      [&](const OpenSerial& e) { open_serial(turn, sale, e.line); },
      [&](const OpenClear&) {
        if (!turn.s.till.empty()) sale.pane = ClearPane{};
      },
      [&](const AddPieces& e) { add_pieces(turn, sale, e); },
      [&](const VoidLine& e) { set_quantity(turn, sale, e.line, {0}); },
      [&](const DetachCustomer&) { detach(turn); },
      [&](const OpenMore&) { sale.pane = MorePane{}; });
}

/// From the bare basket, or from the pane with what is asked for less often.
void asked_for(Turn& turn, Sale& sale, const Event& event) {
  if (bare(sale) || holds_alternative<MorePane>(sale.pane)) {
    if (open_rewards(turn, sale, event) || open_held_sales(turn, sale, event)) return;
    open(turn, sale, event);
    return;
  }
  in_pane(turn, sale, event);
}

}  // namespace

void forget_claims(Till& till) {
  till.request.claims.clear();
  till.request.cash_out = SaleRequest{}.cash_out;
}

void attach(Turn& turn, const CustomerView& member, Recognition how) {
  Till& till = turn.s.till;
  if (till.customer != member.ref) {
    if (!till.tenders.empty() && !till.customer.nobody())
      return turn.refuse("sale.paid", Kept::basket_and_payments);
    till.state.reset();
    forget_claims(till);
    till.choice = PointsChoice::open;
    till.recognised = {};
  }
  if (how.proof != Proof::number) {
    till.recognised = std::move(how);
    turn.s.visit.proving.reset();
  }
  till.customer = member.ref;
  till.member = member;
  turn.requote();
  if (!till.state) turn.load_member();
  turn.play(Sound::good);
}

void serve(Turn& turn, CustomerRef customer) {
  assert(turn.s.visit.staff && !customer.nobody());
  Till& till = turn.s.till;
  if (!till.tenders.empty()) return turn.refuse("sale.paid", Kept::basket_and_payments);
  if (till.customer != customer) {
    till.state.reset();
    forget_claims(till);
    till.choice = PointsChoice::open;
    till.recognised = {};
    till.customer = customer;
    turn.requote();
  }
  till.member.reset();
  auto* sale = get_if<Sale>(&turn.s.visit.screen);
  if (sale == nullptr) return turn.staff_home();
  sale->pane = Lines{};  // and no scan that is under way gets lost
  turn.bring_back();
}

void detach(Turn& turn) {
  if (fills_wallet(turn.s.till)) return turn.refuse("wallet.member", turn.kept());
  Till next = turn.s.till;
  next.customer = {};
  next.recognised = {};
  next.member.reset();
  next.state.reset();
  forget_claims(next);
  next.choice = PointsChoice::open;
  if (!turn.accept(std::move(next))) return;
  turn.s.visit.proving.reset();
  turn.forget<LoadMember>();
  turn.forget<FindCustomer, LoadCustomer>();
}

void on(Turn& turn, Sale& sale, const Event& event) {
  const bool handled = handle(
      event, [&](const Scan& e) { scan(turn, sale, e.text); },
      [&](const ScanResolved& answer) { scanned(turn, sale, answer); },
      [&](const ArticlesFound& answer) { found(turn, sale, answer); },
      [&](const CustomerFound& answer) { customer_found(turn, sale, answer); },
      [&](const PeopleFound& answer) { people_found(turn, sale, answer); },
      [&](const MemberLoaded& answer) { member_loaded(turn, answer); },
      [&](const GiftCardFound& answer) { gift_card_found(turn, sale, answer); },
      [&](const OnHold& answer) { held(turn, sale, answer); },
      [&](const Recorded& answer) { recorded(turn, sale, answer); },
      [&](const LinesFound& answer) { lines_found(turn, sale, answer); },
      [&](const Type& e) { typed(turn, sale, e.utf8); },
      [&](const Erase&) {
        if (const Editing e = editing(turn.s.visit.screen); e.text != nullptr) erase_last(*e.text);
        shortened(turn, sale);
      },
      [&](const ClearField&) {
        if (const Editing e = editing(turn.s.visit.screen); e.text != nullptr) e.text->clear();
        shortened(turn, sale);
      },
      [&](const ShowMore&) { show_more(turn, sale); },
      [&](const StandsSo&) { stands_so(turn, sale); },
      [&](const PickArticle& e) {
        const auto* pane = get_if<SearchPane>(&sale.pane);
        if (pane == nullptr || e.index >= pane->found.size()) return;
        turn.forget<SearchArticles>();
        choose(turn, sale, Article(pane->found[e.index]));
      },
      [&](const Submit& e) {
        const bool ready = visit([&](auto& pane) { return stands(turn, e, pane); }, sale.pane);
        if (ready) visit([&](auto& pane) { submit(turn, sale, pane); }, sale.pane);
      },
      [&](const ShowPage& e) { show_page(sale, e.page); }, [&](const Back&) { back(turn, sale); },
      [&](const Go& e) {
        // An article on its way must not get lost on the way to another screen.
        if (turn.asked<ResolveScan>()) return turn.refuse("scan.waiting", Kept::basket);
        if (e.place == Place::tender) return go_to_tender(turn, sale);
        go_to(turn, e.place);
      });
  if (!handled) asked_for(turn, sale, event);
}

}  // namespace keepsake::flow
