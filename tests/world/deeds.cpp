#include "tests/world/deeds.hpp"

#include <algorithm>

#include "storage/domain/customer/contact_key.hpp"
#include "storage/domain/customer/customer.hpp"
#include "storage/domain/customer/field.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/return_basis.hpp"
#include "storage/domain/loyalty/sale.hpp"
#include "storage/domain/staff/exception_view.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/services/active_programme.hpp"
#include "storage/services/articles.hpp"
#include "storage/services/customers.hpp"
#include "storage/services/exceptions.hpp"
#include "storage/services/spending.hpp"
#include "storage/vault/vault.hpp"
#include "sync/agent/look_up.hpp"
#include "sync/agent/reservations.hpp"
#include "tests/support/shop.hpp"

namespace keepsake::world {

namespace {

using test::kroner;
using test::nok;

constexpr std::int64_t point_minor = 10;  ///< what a point pays
constexpr const char* clerk = "anna";

}  // namespace

std::string listed_article(std::size_t n) { return "P-" + std::to_string(100 + n); }
std::string own_article(std::size_t n) { return "W-" + std::to_string(n); }

/// A customer at the counter, as the till knows them.
struct Deeds::Counter {
  SaleContext context;
  loyalty::Rules rules;
  loyalty::Member member;
};

bool Deeds::done(const Result<FactId>& id) {
  if (id) confirmed(*id);
  return id.ok();
}

/// Who is known here.
std::optional<CustomerRef> Deeds::somebody() {
  for (std::size_t tries = 0; tries < 8 && !people.members.empty(); ++tries) {
    const CustomerRef ref = chance.one_of(people.members).ref;
    const auto known = till.reader().customer(ref);
    if (known && *known) return ref;
  }
  return std::nullopt;
}

std::optional<Deeds::Counter> Deeds::counter(const CustomerRef& customer) {
  auto active = active_programme(till.book(), till.reader());
  if (!active) return std::nullopt;
  Counter at{
      {till.clock.local_now(), clerk, {}, customer, active->programme, {}}, active->rules, {}};
  if (customer.nobody()) return at;
  auto member = till.reader().member(customer, at.rules, at.context.at);
  if (!member) return std::nullopt;
  at.member = std::move(*member);
  return at;
}

/// One with something leased on it, where there is one; empty: none was sold.
std::string Deeds::some_card() {
  std::string name;
  for (std::size_t tries = 0; tries < 8 && !people.gift_cards.empty(); ++tries) {
    name = chance.below(2) == 0 ? people.gift_cards.back() : chance.one_of(people.gift_cards);
    const auto here = spendable_alone(till.reader(), card_of(name, nok()), till.clock.now());
    if (here && *here > 0) break;
  }
  return name;
}

/// As the till knows it; 0: it does not.
std::int64_t Deeds::balance_here(const Resource& resource) {
  if (resource.kind == resource::gift_card) {
    const auto card = till.reader().gift_card(resource.owner, till.clock.local_now().date());
    return card && *card ? (*card)->balance.minor : 0;
  }
  if (resource.kind != resource::points) return 0;
  const auto customer = till.reader().customer(customer_of(resource));
  return customer && *customer ? (*customer)->balance.hundredths : 0;
}

bool Deeds::cover_and_record(Fact fact) {
  const auto shortage = cover(till.reader(), fact, till.clock.now());
  return shortage && !*shortage && done(till.book().record(fact));
}

std::optional<Fact> Deeds::sale(Counter& at, std::vector<Tender> before) {
  Basket basket;
  basket.currency = nok();
  for (std::size_t n = 1 + chance.below(3); n > 0; --n) {
    const auto article =
        till.reader().article_by_code(listed_article(chance.below(price_list_length)));
    if (!article || !*article) return std::nullopt;
    basket =
        with_article(std::move(basket), **article, Quantity::pieces(chance.between(1, 3))).value();
  }
  before.push_back({TenderKind::cash, kroner(0), kroner(100'000'000), ""});
  auto bought = to_purchase(basket, before, at.context, {}, at.rules, at.member);
  if (!bought) return std::nullopt;
  return std::move(*bought);
}

void Deeds::sell() {
  const CustomerRef customer =
      chance.below(4) == 0 ? CustomerRef{} : somebody().value_or(CustomerRef{});
  auto at = counter(customer);
  if (!at) return;
  auto fact = sale(*at, {});
  if (!fact) return;
  const auto id = till.book().record(*fact);
  if (done(id)) people.purchases.push_back(*id);
}

/// With points, a wallet or a gift card: what is leased here, or what head office holds for it.
void Deeds::pay_with(TenderKind kind, bool hold) {
  const bool card = kind == TenderKind::gift_card;
  const std::string name = card ? some_card() : "";
  if (card && name.empty()) return;
  const auto customer = card ? std::optional(CustomerRef{}) : somebody();
  if (!customer) return;
  auto at = counter(*customer);
  if (!at) return;
  const bool points = kind == TenderKind::points;
  const Resource resource = card     ? card_of(name, nok())
                            : points ? points_of(*customer)
                                     : wallet_of(*customer, nok());
  const std::int64_t unit =
      points ? 100 / point_minor : 1;  // hundredths of a point for a minor unit
  std::int64_t minor = chance.between(1, 20'000);
  if (hold) {
    // Most of what there is: two tills may want it.
    if (const auto known = balance_here(resource); known >= unit)
      minor = std::max<std::int64_t>(known / unit * chance.between(50, 100) / 100, 1);
    const auto held =
        sync::Holds(till.book(), till.clock, till.line()).ask({{resource, minor * unit}});
    if (!held || held->shortage) return;
  } else {
    const auto here = spendable_alone(till.reader(), resource, till.clock.now());
    if (!here || *here < unit) return;
    minor = std::min(minor, *here / unit);
  }
  auto fact = sale(*at, {{kind, kroner(minor), kroner(minor), name}});
  if (fact) cover_and_record(std::move(*fact));
}

void Deeds::sell_card() {
  const bool new_card = people.gift_cards.size() < 4 || chance.below(3) == 0;
  const std::string name = new_card ? "GIFT" + std::to_string(10'000 + chance.below(80'000))
                                    : chance.one_of(people.gift_cards);
  auto at = counter({});
  if (!at) return;
  Basket basket;
  basket.currency = nok();
  basket = with_article(std::move(basket),
                        test::article("GIFT", "Gift card", 100 * chance.between(100, 500)),
                        Quantity::pieces(1))
               .value();
  TopUp top_up;
  top_up.card = name;
  if (chance.below(8) == 0) top_up.expires = add_months(at->context.at.date(), 1);
  auto loaded = with_top_up(std::move(basket), 0, top_up);
  if (!loaded) return;
  auto bought = to_purchase(*loaded, {{TenderKind::cash, kroner(0), kroner(100'000'000), ""}},
                            at->context, {}, at->rules, at->member);
  if (bought && done(till.book().record(std::move(*bought))) && new_card)
    people.gift_cards.push_back(name);
}

void Deeds::claim(const std::string& reward) {
  const auto customer = somebody();
  if (!customer) return;
  auto at = counter(*customer);
  if (!at) return;
  SaleRequest request;
  request.claims = {{reward, chance.between(1, 4), {}}};
  auto event = to_event(at->context, request, "", at->rules, at->member);
  if (event) cover_and_record(std::move(*event));
}

void Deeds::bring_back() {
  if (people.purchases.empty()) return;
  const FactId id = chance.one_of(people.purchases);
  const auto bought = till.reader().purchase(id);
  if (!bought || !*bought) return;
  auto at = counter((*bought)->customer);
  if (!at) return;
  const auto basis =
      till.reader().return_basis((*bought)->customer, std::span(&id, 1), at->rules, at->context.at);
  if (!basis) return;
  const auto line = static_cast<std::uint32_t>(chance.below((*bought)->lines.size()));
  auto back = to_return({{id, line, Quantity::pieces(1)}}, Refund{}, "changed mind", at->context,
                        *basis, at->rules);
  if (back) done(till.book().record(std::move(*back)));
}

void Deeds::join() {
  const auto ref = till.book().vault().new_customer();
  if (!ref) return;
  const std::string number = std::to_string(chance.draw() % 1'000'000'000);
  Profile profile;
  profile.name = "Kunde " + number;
  profile.card = "C-" + number;
  auto sealed = till.book().vault().seal_profile(*ref, profile);
  if (!sealed) return;
  CustomerEnrolment enrolment;
  enrolment.customer = *ref;
  enrolment.sealed_profile = std::move(*sealed);
  enrolment.consents = {
      {ConsentPurpose::membership, true, "membership-1", "nb", till.clock.local_now()}};
  enrolment.language = "nb";
  enrolment.at = till.clock.local_now();
  if (done(till.book().record(enrolment))) people.members.push_back({*ref, profile.card});
}

void Deeds::change_profile() {
  const auto customer = somebody();
  if (!customer) return;
  ProfileChange change;
  change.fields = {{"name", "Kunde " + std::to_string(chance.below(1000))}};
  if (chance.below(2) == 0)
    change.added = {{ContactKind::label, "mark " + std::to_string(chance.below(5)), ""}};
  const auto id = change_customer(till.book(), *customer, change, {clerk, till.clock.local_now()});
  if (id && *id) done(**id);
}

void Deeds::merge() {
  const auto kept = somebody(), merged = somebody();
  if (!kept || !merged || *kept == *merged) return;
  const auto id =
      merge_customers(till.book(), *kept, *merged, "by hand", {clerk, till.clock.local_now()});
  if (done(id)) people.merges.push_back(*id);
}

void Deeds::undo_merge() {
  if (people.merges.empty()) return;
  done(keepsake::undo_merge(till.book(), chance.one_of(people.merges),
                            {clerk, till.clock.local_now()}));
}

void Deeds::change_price() {
  done(keepsake::change_price(till.book(), own_article(chance.below(own_articles)),
                              UnitPrice::from_minor(chance.between(100, 9000)), clerk,
                              till.clock.local_now()));
}

void Deeds::settle() {
  const auto open = till.reader().open_exceptions(20);
  if (!open || open->empty()) return;
  const ExceptionView& one = (*open)[chance.below(open->size())];
  const auto said = decisions_for(one);
  done(settle_exception(till.book(), one.name, said[chance.below(said.size())], "agreed", clerk,
                        till.clock.local_now()));
}

void Deeds::look_up() {
  if (people.members.empty()) return;
  const ContactKey key{ContactKind::card, chance.one_of(people.members).card};
  const auto found = sync::LookUps(till.book(), till.line()).ask(key);
  if (found && *found) static_cast<void>(till.pull());
}

void Deeds::forget_hold() {
  if (people.gift_cards.empty()) return;
  sync::Holds holds(till.book(), till.clock, till.line());
  const auto held =
      holds.ask({{card_of(chance.one_of(people.gift_cards), nok()), chance.between(1, 20'000)}});
  if (held && chance.below(2) == 0) holds.give_back(held->granted);
}

bool Deeds::perform(What what) {
  switch (what) {
    case What::sell:
      sell();
      return true;
    case What::spend_points:
      pay_with(TenderKind::points, false);
      return true;
    case What::sell_card:
      sell_card();
      return true;
    case What::pay_by_card:
      pay_with(TenderKind::gift_card, false);
      return true;
    case What::hold_and_pay:
      pay_with(chance.below(2) == 0 ? TenderKind::gift_card : TenderKind::points, true);
      return true;
    case What::pay_by_wallet:
      pay_with(TenderKind::wallet, chance.below(2) == 0);
      return true;
    case What::cash_out:
      claim("cash");
      return true;
    case What::take_voucher:
      claim("autumn");
      return true;
    case What::bring_back:
      bring_back();
      return true;
    case What::join:
      join();
      return true;
    case What::change_profile:
      change_profile();
      return true;
    case What::merge:
      merge();
      return true;
    case What::undo_merge:
      undo_merge();
      return true;
    case What::erase:
      if (const auto customer = somebody())
        static_cast<void>(till.book().erase(*customer, "request", clerk));
      return true;
    case What::change_price:
      change_price();
      return true;
    case What::settle:
      settle();
      return true;
    case What::look_up:
      look_up();
      return true;
    case What::forget_hold:
      forget_hold();
      return true;
    default:
      return false;
  }
}

}  // namespace keepsake::world
