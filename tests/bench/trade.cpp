#include "tests/bench/trade.hpp"

#include "storage/domain/customer/customer.hpp"
#include "storage/domain/fact.hpp"
#include "storage/vault/vault.hpp"
#include "tests/bench/people.hpp"
#include "tests/bench/store.hpp"

namespace keepsake::bench {

namespace {

constexpr int wares = 2000;

Currency currency() { return must(Currency::parse("NOK")); }

constexpr std::size_t people_at_once = 1000;

CustomerEnrolment enrolment_of(Till& till, const CustomerRef& ref, const Person& person) {
  Profile profile;
  profile.name = person.name;
  profile.phone = person.phone;
  profile.email = person.email;
  profile.card = person.card;
  CustomerEnrolment made;
  made.customer = ref;
  made.sealed_profile = must(till.book->vault().seal_profile(ref, profile));
  made.language = "nb";
  made.at = till.clock->local_now();
  return made;
}

LoyaltyResult earned(const Purchase& purchase) {
  LoyaltyResult result;
  result.rules = {{"base", purchase.points_earned}};
  result.issued = {{purchase.points_earned, add_months(purchase.at.date(), 24)}};
  result.to_wallet = result.paid_out = {0, purchase.currency};
  for (const PurchaseLine& each : purchase.lines) result.lines.push_back({each.amount, {}, {}});
  result.lines.front().earned = purchase.points_earned;
  return result;
}

}  // namespace

std::vector<CustomerRef> enrol_people(Till& till, std::size_t size) {
  People people(7);
  std::vector<CustomerRef> all;
  while (all.size() < size) {
    std::vector<Fact> facts;
    const std::size_t some = std::min(people_at_once, size - all.size());
    for (const CustomerRef& ref : must(till.book->vault().new_customers(some))) {
      facts.emplace_back(enrolment_of(till, ref, people.next(all.size())));
      all.push_back(ref);
    }
    must(till.book->record_all(facts));
  }
  return all;
}

Trade::Trade(std::uint64_t seed, std::vector<CustomerRef> members)
    : random_(seed), members_(std::move(members)) {
  People words(11);
  for (int n = 0; n < wares; ++n) {
    const std::string name = words.next(static_cast<std::size_t>(n)).name;
    const auto whole = static_cast<std::int64_t>(9 + random_() % 990);
    wares_.push_back({std::to_string(100'000 + n * 37), name, whole * 100 + 90});
  }
}

Programme Trade::programme() {
  Programme made;
  made.version = 1;
  made.name = "Club";
  made.currency = currency();
  made.per_major_unit = {10};
  return made;
}

PurchaseLine Trade::line() {
  const double u = std::uniform_real_distribution<double>(0, 1)(random_);
  const Ware& ware = wares_[static_cast<std::size_t>(u * u * u * wares)];
  PurchaseLine made;
  made.article = ware.code;
  made.name = ware.name;
  made.quantity = Quantity::pieces(random_() % 5 == 0 ? 2 : 1);
  made.unit_price = UnitPrice::from_minor(ware.price_minor);
  made.amount = must(line_amount(made.unit_price, made.quantity, currency()));
  made.tax_rate = {2500};
  made.tax = must(tax_included(made.amount, made.tax_rate));
  return made;
}

Purchase Trade::sale(const LocalTime& at) {
  Purchase sale;
  sale.at = at;
  sale.staff = random_() % 2 == 0 ? "anna" : "bjorn";
  sale.currency = currency();
  sale.total = sale.tax = sale.cash_rounding = {0, sale.currency};
  for (std::uint64_t lines = 1 + random_() % 5; lines > 0; --lines) {
    sale.lines.push_back(line());
    sale.total.minor += sale.lines.back().amount.minor;
    sale.tax.minor += sale.lines.back().tax.minor;
  }
  const bool card = random_() % 3 != 0;
  sale.tenders = {{card ? TenderKind::card : TenderKind::cash, sale.total, sale.total, ""}};
  if (members_.empty() || random_() % 10 >= 4) return sale;
  sale.customer = members_[random_() % members_.size()];
  sale.programme_version = 1;
  sale.points_earned = {sale.total.minor / 10};
  sale.loyalty = earned(sale);
  return sale;
}

void Trade::sell(Till& till, int count) {
  for (int n = 0; n < count; ++n) {
    till.clock->advance(pause());
    must(till.book->record(sale(till.clock->local_now())));
  }
}

std::chrono::milliseconds Trade::pause() {
  return std::chrono::milliseconds(20'000 + random_() % 140'000);
}

}  // namespace keepsake::bench
